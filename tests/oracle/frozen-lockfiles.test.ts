/** The real pnpm and npm judge what is said of package.json files and their lockfiles: what is reported fails, what is not lacking passes. */
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { lockfileFaults } from "../../src/faults/lockfile/lockfile-faults.ts";
import { Repository } from "../../src/project/repository.ts";
import { writeFiles, writeRepository, type RepositoryFiles } from "../support/temporary.ts";
import { startRegistry } from "./registry.ts";

const PUBLISHED = {
  ms: { "1.0.0": {}, "2.1.0": {}, "2.1.3": {} },
  num: { "6.0.0": {}, "7.0.0": {} },
  odd: { "3.0.0": { dependencies: { num: "^6.0.0" } } },
  even: { "1.0.0": {} },
};
const TOOLS = fileURLToPath(new URL("node_modules", import.meta.url));
const PNPM = { pnpm10: "pnpm10/bin/pnpm.cjs", pnpm12: "pnpm12/bin/pnpm.mjs" };

let registry: Awaited<ReturnType<typeof startRegistry>>;

beforeAll(async () => {
  registry = await startRegistry(PUBLISHED);
});

afterAll(() => {
  registry.server.close();
});

/** Whether a command succeeds in a folder, as in a job of GitHub. */
function run(
  root: string,
  file: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<boolean> {
  const settings = {
    npm_config_registry: registry.url,
    pnpm_config_registry: registry.url,
    npm_config_audit: "false",
    npm_config_manage_package_manager_versions: "false",
  };
  const options = { cwd: root, env: { ...process.env, ...settings, HOME: join(root, ".home"), ...env } };
  return new Promise((resolve) =>
    execFile(file, [...args], options, (error) => {
      resolve(error === null);
    }),
  );
}

const runPnpm = (tool: keyof typeof PNPM, root: string, ci: boolean, ...args: readonly string[]): Promise<boolean> =>
  run(
    root,
    process.execPath,
    [join(TOOLS, PNPM[tool]), ...args, "--store-dir", join(root, ".store"), "--ignore-scripts"],
    { CI: ci ? "true" : "", GITHUB_ACTIONS: "" },
  );

function text(value: object): string {
  return JSON.stringify(value, null, 2);
}

const workflow = (...steps: readonly string[]): RepositoryFiles => ({
  ".github/workflows/ci.yml": `on: push
jobs:
  a:
    runs-on: ubuntu-latest
    steps:
${["uses: actions/checkout@v5", ...steps]
  .map(
    (step) => `      - ${step}
`,
  )
  .join("")}`,
});

/** Names of what is reported, in all manifests. */
function reported(root: string, files: RepositoryFiles): readonly string[] {
  const repository = new Repository(root);
  const manifests = Object.keys(files).filter((path) => path.endsWith("package.json"));
  return manifests.flatMap((path) => lockfileFaults(repository, path)).map(({ problem, name }) => `${problem} ${name}`);
}

const ROOT = {
  name: "root",
  version: "1.0.0",
  dependencies: { ms: "^2.1.0", odd: "^3.0.0" },
  devDependencies: { even: "^1.0.0" },
};
const MEMBER = { name: "a", version: "1.0.0", dependencies: { ms: "^2.1.0" } };

/** What the root and its member are changed to, and what is reported then. */
type Case = readonly [name: string, change: RepositoryFiles, expected: readonly string[]];

const root = (change: object): RepositoryFiles => ({ "package.json": text({ ...ROOT, ...change }) });
const member = (change: object): RepositoryFiles => ({ "packages/a/package.json": text({ ...MEMBER, ...change }) });

describe("pnpm", () => {
  const base: RepositoryFiles = {
    ...root({}),
    "pnpm-workspace.yaml": "packages:\n  - packages/*\n",
    ...member({}),
    ...workflow("uses: pnpm/action-setup@v4\n        with: { version: 10 }", "run: pnpm install"),
  };
  const own = root;
  const cases: readonly Case[] = [
    ["nothing", {}, []],
    ["a dependency", own({ dependencies: { ...ROOT.dependencies, num: "^6.0.0" } }), ["changedDependency num"]],
    [
      "another range that allows what is locked",
      own({ dependencies: { ms: "^2.1.1", odd: "^3.0.0" } }),
      ["changedDependency ms"],
    ],
    ["a dependency that is gone", own({ devDependencies: {} }), ["removedDependency even"]],
    [
      "a dependency in another list",
      own({ dependencies: { odd: "^3.0.0" }, devDependencies: { even: "^1.0.0", ms: "^2.1.0" } }),
      ["changedDependency ms"],
    ],
    [
      "a dependency that becomes optional",
      own({ dependencies: { odd: "^3.0.0" }, optionalDependencies: { ms: "^2.1.0" } }),
      ["changedDependency ms"],
    ],
    ["a peer", own({ peerDependencies: { num: "^6.0.0" } }), ["changedDependency num"]],
    ["a peer that is a dependency too", own({ peerDependencies: { ms: "*" } }), []],
    ["a dependency in two lists", own({ devDependencies: { even: "^1.0.0", ms: "^1.0.0" } }), []],
    ["a dependency of a member", member({ dependencies: { ms: "^2.1.0", num: "^7.0.0" } }), ["changedDependency num"]],
    [
      "a member",
      { "packages/b/package.json": text({ name: "b", dependencies: { ms: "^2.1.0" } }) },
      ["unlockedMember packages/b"],
    ],
    ["a member without dependencies", { "packages/b/package.json": text({ name: "b" }) }, []],
    ["a name and a version", member({ name: "a", version: "2.0.0" }), []],
  ];

  it.each(Object.keys(PNPM) as (keyof typeof PNPM)[])(
    "%s fails for what is reported, and for nothing else",
    async (tool) => {
      const locked = writeRepository(base);
      await runPnpm(tool, locked, false, "install", "--lockfile-only");
      const lock = { "pnpm-lock.yaml": readFileSync(join(locked, "pnpm-lock.yaml"), "utf8") };
      for (const [name, change, expected] of cases) {
        const files = { ...base, ...change };
        const folder = writeRepository({ ...files, ...lock });
        expect([name, reported(folder, files)]).toEqual([name, expected]);
        expect([name, await runPnpm(tool, folder, true, "install")]).toEqual([name, expected.length === 0]);
      }
    },
    240_000,
  );

  it("compares whatever flag is given that is taken for plain", async () => {
    const locked = writeRepository(base);
    await runPnpm("pnpm10", locked, false, "install", "--lockfile-only");
    writeFiles(locked, own({ dependencies: { ms: "^2.1.1", odd: "^3.0.0" } }));
    const flags =
      "--force --no-optional --prefer-offline --prod --recursive --shamefully-hoist --silent --strict-peer-dependencies --reporter=silent".split(
        " ",
      );
    for (const tool of Object.keys(PNPM) as (keyof typeof PNPM)[])
      for (const flag of flags)
        expect([tool, flag, await runPnpm(tool, locked, true, "install", flag)]).toEqual([tool, flag, false]);
  }, 240_000);
});

describe("npm", () => {
  const base: RepositoryFiles = {
    ...root({ workspaces: ["packages/*"] }),
    ...member({}),
    ...workflow("run: npm ci"),
  };
  const own = (change: object): RepositoryFiles => root({ workspaces: ["packages/*"], ...change });
  const cases: readonly Case[] = [
    ["nothing", {}, []],
    [
      "a dependency",
      own({ dependencies: { ...ROOT.dependencies, missing: "^1.0.0" } }),
      ["unlockedDependency missing"],
    ],
    ["a dependency that another one has brought", own({ dependencies: { ...ROOT.dependencies, num: "^6.0.0" } }), []],
    [
      "another version of it",
      own({ dependencies: { ...ROOT.dependencies, num: "^7.0.0" } }),
      ["mismatchedDependency num"],
    ],
    ["another range that allows what is locked", own({ dependencies: { ms: "^2.0.0", odd: "^3.0.0" } }), []],
    ["a range that does not", own({ dependencies: { ms: "^1.0.0", odd: "^3.0.0" } }), ["mismatchedDependency ms"]],
    ["a dependency that is gone", own({ devDependencies: {} }), []],
    ["a tag", own({ dependencies: { ms: "latest", odd: "^3.0.0" } }), []],
    [
      "a range that is accepted beside",
      own({ acceptDependencies: { ms: "^2.0.0" }, dependencies: { ms: "^1.0.0", odd: "^3.0.0" } }),
      [],
    ],
    ["a dependency of a member that the root has", member({ dependencies: { ms: "^2.1.0", even: "^1.0.0" } }), []],
    ["a dependency of a member", member({ dependencies: { ms: "^1.0.0" } }), ["mismatchedDependency ms"]],
    ["a member", { "packages/b/package.json": text({ name: "b", version: "1.0.0" }) }, ["unlockedMember packages/b"]],
    ["the version of a member", member({ version: "2.0.0" }), []],
  ];

  const nested: RepositoryFiles = { ...base, ...member({ dependencies: { num: "^7.0.0" } }) };
  const ofNested: readonly Case[] = [
    ["nothing", {}, []],
    ["what the copy of the root is", member({ dependencies: { num: "^6.0.0" } }), []],
    ["what neither copy is", member({ dependencies: { num: "^8.0.0" } }), ["mismatchedDependency num"]],
  ];

  it.each([
    ["what is reported", base, cases],
    ["what is reported of a dependency with a copy in a member", nested, ofNested],
  ])(
    "fails for %s, and for nothing else",
    async (_, start, changes) => {
      const locked = writeRepository(start);
      await run(locked, "npm", ["install", "--package-lock-only"]);
      const lock = { "package-lock.json": readFileSync(join(locked, "package-lock.json"), "utf8") };
      for (const [name, change, expected] of changes) {
        const files = { ...start, ...change };
        const folder = writeRepository({ ...files, ...lock });
        expect([name, reported(folder, files)]).toEqual([name, expected]);
        expect([name, await run(folder, "npm", ["ci", "--dry-run"])]).toEqual([name, expected.length === 0]);
      }
    },
    240_000,
  );
});

it("all fail without a lockfile", async () => {
  const folder = writeRepository({ "package.json": text(ROOT) });
  expect(await run(folder, "npm", ["ci", "--dry-run"])).toBe(false);
  for (const tool of Object.keys(PNPM) as (keyof typeof PNPM)[])
    expect([tool, await runPnpm(tool, folder, false, "install", "--frozen-lockfile")]).toEqual([tool, false]);
});
