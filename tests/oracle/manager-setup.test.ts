import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { missingManagers } from "../../src/faults/setup/missing-managers.ts";
import { Repository } from "../../src/project/repository.ts";
import { writeRepository, type RepositoryFiles } from "../support/temporary.ts";
import { binaryOf, TURBO_VERSIONS, type TurboVersion } from "./turbo-binaries.ts";

const WORKFLOW = ".github/workflows/ci.yml";
const YARN = fileURLToPath(new URL("node_modules/yarn1/bin/yarn.js", import.meta.url));

/** A repository with a job that runs one command after a checkout. */
function repositoryWith(command: string, files: RepositoryFiles): string {
  const steps = `      - uses: actions/checkout@v5\n      - run: ${command}\n`;
  return writeRepository({
    ...files,
    [WORKFLOW]: `on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n${steps}`,
  });
}

const kindsIn = (root: string): readonly string[] =>
  missingManagers(new Repository(root), WORKFLOW).map(({ kind }) => kind);

/** The exit code of the images' Yarn. */
function runYarn(root: string, folder: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): number | null {
  return spawnSync(process.execPath, [YARN, ...args], {
    cwd: join(root, folder),
    env: { HOME: root, PATH: process.env["PATH"], ...env },
  }).status;
}

const manifest = (packageManager?: string): string =>
  JSON.stringify({ name: "root", license: "MIT", scripts: { hello: "echo hello" }, packageManager });
const member = JSON.stringify({ name: "member", license: "MIT", scripts: { hello: "echo hello" } });

describe("Yarn 1.22.22", () => {
  it.each([undefined, "yarn@1.22.19", "yarn@1.22.22+sha1.abc", "yarn@1", "yarn@4.10.3", "yarn@berry", "pnpm@10.18.3"])(
    "runs or refuses as is said for %s",
    (packageManager) => {
      const root = repositoryWith("yarn hello", { "package.json": manifest(packageManager) });
      expect(kindsIn(root)).toEqual(runYarn(root, "", ["hello"]) === 0 ? [] : ["oldYarn"]);
    },
  );

  it.each<[string, RepositoryFiles]>([
    ["nothing", {}],
    ["its own", { "web/package.json": manifest("yarn@1.22.19") }],
  ])("takes the declaration of the nearest folder above: %s", (_, files) => {
    const all = { "package.json": manifest("yarn@4.10.3"), "web/package.json": member, ...files };
    const root = repositoryWith("cd web && yarn hello", all);
    expect(kindsIn(root)).toEqual(runYarn(root, "web", ["hello"]) === 0 ? [] : ["oldYarn"]);
  });

  it("hands over to the one of yarnPath", () => {
    const root = repositoryWith("yarn hello", {
      "package.json": manifest("yarn@4.10.3"),
      ".yarnrc.yml": "yarnPath: yarn.cjs\n",
      "yarn.cjs": "",
    });
    expect([kindsIn(root), runYarn(root, "", ["hello"])]).toEqual([[], 0]);
  });

  it("looks at nothing with a variable of Corepack, or for its version", () => {
    const root = repositoryWith("yarn --version", { "package.json": manifest("yarn@4.10.3") });
    const codes = [
      runYarn(root, "", ["--version"]),
      runYarn(root, "", ["hello"], { SKIP_YARN_COREPACK_CHECK: "1" }),
      runYarn(root, "", ["hello"], { COREPACK_ROOT: "/corepack" }),
    ];
    expect([kindsIn(root), codes]).toEqual([[], [0, 0, 0]]);
  });
});

describe.each(Object.keys(TURBO_VERSIONS) as TurboVersion[])("turbo %s", (version) => {
  it.each(["bun@1.3.1", "pnpm@10.18.3"])("fails without %s", (packageManager) => {
    const tasks = version.startsWith("1.") ? "pipeline" : "tasks";
    const root = repositoryWith("npx turbo run hello", {
      "package.json": JSON.stringify({ name: "root", packageManager, workspaces: ["web"] }),
      "pnpm-workspace.yaml": "packages: [web]\n",
      "package-lock.json": "{}",
      "turbo.json": JSON.stringify({ [tasks]: { hello: {} } }),
      "web/package.json": member,
    });
    expect(kindsIn(root)).toEqual(["missingForTurbo"]);
    const { status, stderr, stdout } = spawnSync(binaryOf(version), ["run", "hello", "--skip-infer"], {
      cwd: root,
      encoding: "utf8",
      env: { PATH: root, TURBO_TELEMETRY_DISABLED: "1" },
    });
    expect([status, `${stderr}${stdout}`]).toEqual([1, expect.stringMatching(/cannot[\s|]*find binary path/)]);
  });
});
