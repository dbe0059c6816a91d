import { execFile, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { writeRepository, type RepositoryFiles } from "../support/temporary.ts";

/** The releases that judge: the last before `bun ci`, one that always installs isolated, and one that writes `lockfileVersion: 2`. */
export const BUNS = ["1.2.18", "1.3.1", "1.4.5"] as const;

/** One of the releases that judge. */
export type BunRelease = (typeof BUNS)[number];

/** The workflow whose only command is the one that is judged. */
export const WORKFLOW = ".github/workflows/ci.yml";

const ORACLE = fileURLToPath(new URL(".", import.meta.url));
const home = writeRepository({});

/** What a Bun did. */
export interface BunRun {
  readonly status: number | null;
  readonly output: string;
}

/** Nothing listens there: what would need the network fails at once. */
const NO_REGISTRY = "http://127.0.0.1:9/";

function environmentOf(release: BunRelease, registry: string): NodeJS.ProcessEnv {
  const folder = join(ORACLE, "node_modules", `bun-${release}-${process.platform}-${process.arch}`, "bin");
  if (!existsSync(join(folder, "bun"))) throw new Error(`Bun ${release} is not installed for this platform`);
  return {
    PATH: `${folder}:${process.env["PATH"] ?? ""}`,
    HOME: home,
    BUN_INSTALL_CACHE_DIR: join(home, `cache-${release}`),
    BUN_CONFIG_REGISTRY: registry,
  };
}

/** Runs a line of shell in which `bun` is the given release, without network, in a folder of its own or below it. */
export function runWithBun(release: BunRelease, line: string, cwd: string): BunRun {
  const env = environmentOf(release, NO_REGISTRY);
  const { status, stdout, stderr } = spawnSync("/bin/sh", ["-c", line], { cwd, encoding: "utf8", env });
  return { status, output: stdout + stderr };
}

/** Runs `bun install` of a release in a folder, with a registry that this process may serve itself. */
export function installFrom(
  registry: string,
  release: BunRelease,
  args: readonly string[],
  cwd: string,
): Promise<BunRun> {
  const env = environmentOf(release, registry);
  return new Promise((resolve) => {
    execFile("bun", ["install", ...args], { cwd, env }, (error, stdout, stderr) => {
      resolve({ status: error ? (typeof error.code === "number" ? error.code : null) : 0, output: stdout + stderr });
    });
  });
}

/** A workspace whose only dependencies are its own packages. */
export const WORKSPACE: RepositoryFiles = {
  "package.json": JSON.stringify({
    name: "root",
    workspaces: ["apps/*", "packages/*"],
    devDependencies: { utils: "workspace:*" },
  }),
  "apps/web/package.json": JSON.stringify({ name: "web", dependencies: { ui: "workspace:*" } }),
  "packages/ui/package.json": JSON.stringify({ name: "ui" }),
  "packages/utils/package.json": JSON.stringify({ name: "utils" }),
};

/** A package that no lockfile of {@link WORKSPACE} knows, so that the lockfile is out of date. */
export const NEW_PACKAGE: RepositoryFiles = {
  "apps/web/package.json": JSON.stringify({ name: "web", dependencies: { extra: "workspace:*", ui: "workspace:*" } }),
  "packages/extra/package.json": JSON.stringify({ name: "extra" }),
};

/** A workflow that gets a Bun from setup-bun and runs one line. */
export function workflowWith(release: BunRelease, line: string): string {
  return [
    "on: push",
    "jobs:",
    "  build:",
    "    runs-on: ubuntu-latest",
    "    steps:",
    "      - uses: actions/checkout@v5",
    "      - uses: oven-sh/setup-bun@v2",
    `        with: { bun-version: ${release} }`,
    `      - run: ${JSON.stringify(line)}`,
    "",
  ].join("\n");
}
