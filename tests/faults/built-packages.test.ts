import { describe, expect, it } from "vitest";
import { missingDependencies, ungeneratedCode } from "../../src/faults/generated-code/missing-code.ts";
import { Repository } from "../../src/project/repository.ts";
import { BUILT_CASES, UNBUILT } from "../project/typescript/built-cases.ts";
import { writeRepository, type RepositoryFiles } from "../support/temporary.ts";

const WORKFLOW = ".github/workflows/ci.yml";
const CHECK = "run: npx tsc -p packages/web";

/** The modules that the checks of a job lack after its checkout. */
function missingAfter(steps: readonly string[], others: RepositoryFiles = {}): readonly string[] {
  const items = ["uses: actions/checkout@v5", ...steps].map((step) => `      - ${step}\n`);
  const workflow = `on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n${items.join("")}`;
  const repository = new Repository(writeRepository({ ...UNBUILT, ...others, [WORKFLOW]: workflow }));
  return ungeneratedCode(repository, WORKFLOW).map(({ module }) => module);
}

describe("a package that is not built", () => {
  it.each(BUILT_CASES)("$what", ({ files, isMissing }) => {
    expect(missingAfter(["run: npm ci", CHECK], files)).toHaveLength(isMissing ? 1 : 0);
  });
});

const DIST = ["packages/shared/dist/index.d.ts"];
const manifest = (others: object): RepositoryFiles => ({
  "packages/shared/package.json": JSON.stringify({ name: "@acme/shared", main: "dist/index.js", ...others }),
});
const root = (others: object): RepositoryFiles => ({
  "package.json": JSON.stringify({ packageManager: "npm@11.6.2", workspaces: ["packages/*"], ...others }),
});
const web = (others: object): RepositoryFiles => ({
  "packages/web/package.json": JSON.stringify({ name: "web", dependencies: { "@acme/shared": "*" }, ...others }),
});

describe("what leaves a package unbuilt", () => {
  it.each<[what: string, steps: readonly string[], others?: RepositoryFiles]>([
    ["a check that emits nothing", ["run: npx tsc --noEmit -p packages/shared"]],
    ["a linter", ["run: npx eslint ."]],
    ["a question", ['run: echo "x=$(pnpm store path --silent)" >> $GITHUB_ENV']],
    ["a global installation", ["run: npm install -g npm@11"]],
    ["a trap that makes nothing", ["run: trap 'rm -f a' EXIT"]],
    [
      "plugins of Yarn's own",
      ["run: yarn"],
      {
        ...root({ packageManager: "yarn@3.8.0" }),
        ".yarnrc.yml":
          "nodeLinker: node-modules\nplugins:\n  - path: .yarn/plugins/@yarnpkg/plugin-workspace-tools.cjs\n    spec: a\n",
      },
    ],
    [
      "hooks of pnpm that only change manifests",
      ["run: pnpm install"],
      {
        ...root({ packageManager: "pnpm@10.0.0" }),
        "pnpm-workspace.yaml": "packages: [packages/*]\n",
        ...web({ dependencies: { "@acme/shared": "workspace:*" } }),
        ".pnpmfile.cjs": "module.exports = { hooks: { readPackage: (manifest) => manifest } };\n",
      },
    ],
    ["a generator that keeps to itself", ["run: npx prisma generate"]],
    ["a cache of dependencies", ["uses: actions/cache@v4\n        with: { path: node_modules, key: a }"]],
    [
      "a script that an install does not run",
      ["run: npm ci"],
      manifest({ main: "dist/a.js", types: "dist/index.d.ts", scripts: { build: "tsc", prepack: "tsc" } }),
    ],
    [
      "yarn with node_modules",
      ["run: yarn"],
      { ...root({ packageManager: "yarn@4.5.0" }), ".yarnrc.yml": "nodeLinker: node-modules\n" },
    ],
    [
      "what git does not have",
      ["run: npm ci"],
      { "packages/shared/dist/index.d.ts": "", ".git/index": "DIRC\0\0\0\u0002" },
    ],
  ])("%s", (_, steps, others) => {
    expect(missingAfter([...steps, CHECK], others)).toEqual(DIST);
  });
});

describe("what may build a package", () => {
  it.each<[what: string, steps: readonly string[], others?: RepositoryFiles]>([
    ["its script", ["run: npm run build --workspace=@acme/shared"]],
    ["the compiler", ["run: npx tsc -p packages/shared"]],
    ["the compiler that is told to emit", ["run: npx tsc --noEmit false -p packages/shared"]],
    ["a build of projects", ["run: npx tsc -b packages/shared"]],
    ["a test", ["run: npx vitest run"]],
    ["a tool that packs", ["run: npx attw --pack packages/shared"]],
    ["a tool that is not known", ["run: make"]],
    ["a filter that is not followed", ["run: pnpm --filter web... build"]],
    ["a generator that may write into it", ["run: npx buf generate"]],
    ["a cache", ["uses: actions/cache@v4\n        with: { path: packages/*/dist, key: a }"]],
    ["an artifact", ["uses: actions/download-artifact@v5"]],
    ["the root's installation", ["run: npm ci"], root({ scripts: { postinstall: "npm run build --workspaces" } })],
    ["a trap", ["run: trap 'npm run build --workspace=@acme/shared' EXIT"]],
    [
      "a plugin of Yarn",
      ["run: yarn"],
      {
        ...root({ packageManager: "yarn@4.5.0" }),
        ".yarnrc.yml":
          "nodeLinker: node-modules\nafterInstall: yarn workspace @acme/shared build\nplugins:\n  - path: .yarn/plugins/@yarnpkg/plugin-after-install.cjs\n    spec: a\n",
      },
    ],
    [
      "hooks of pnpm",
      ["run: pnpm install"],
      {
        ...root({ packageManager: "pnpm@10.0.0" }),
        "pnpm-workspace.yaml": "packages: [packages/*]\n",
        ...web({ dependencies: { "@acme/shared": "workspace:*" } }),
        ".pnpmfile.cjs": `require("node:child_process").execSync("tsc -p packages/shared");\n`,
      },
    ],
    ["its own installation", ["run: npm ci"], manifest({ scripts: { build: "tsc", prepare: "tsc" } })],
  ])("%s", (_, steps, others) => {
    expect(missingAfter([...steps, CHECK], others)).toEqual([]);
  });
});

describe("a package that may be another one", () => {
  it.each<[what: string, others: RepositoryFiles]>([
    ["a range", web({ dependencies: { "@acme/shared": "^1.0.0" } })],
    ["no dependency", web({ dependencies: {} })],
    ["an override", root({ overrides: { "@acme/shared": "1.0.0" } })],
    ["the folder that is published", manifest({ scripts: { build: "tsc" }, publishConfig: { directory: "dist" } })],
    ["types of its own", web({ devDependencies: { "@types/acme__shared": "1" } })],
    ["types that something else brings along", { "package-lock.json": `"node_modules/@types/acme__shared"` }],
    ["types in a folder of its name", { "packages/web/types/@acme/shared/index.d.ts": "export const a: 1;\n" }],
    ["types in a file of its name", { "packages/web/types/@acme/shared.d.ts": "export const a: 1;\n" }],
    ["types by version", manifest({ scripts: { build: "tsc" }, typesVersions: { "*": { "*": ["src/*"] } } })],
    ["no script that builds it", manifest({})],
    ["files that git does not ignore", { ".gitignore": "node_modules\n" }],
    ["files that git may have", { "packages/shared/dist/index.d.ts": "export declare const a: 1;\n" }],
    ["plug'n'play", root({ packageManager: "yarn@4.5.0" })],
  ])("%s", (_, others) => {
    expect(missingAfter(["run: npm ci", CHECK], others)).toEqual([]);
  });
});

it("is told at the step where turbo runs nothing else", () => {
  const files = {
    ...root({ devDependencies: { turbo: "2.9.18" } }),
    ...web({ scripts: { typecheck: "tsc --noEmit" } }),
    "turbo.json": `{ "tasks": { "build": { "dependsOn": ["^build"] }, "typecheck": { "dependsOn": ["^build"] } } }`,
  };
  expect(missingAfter(["run: npx turbo run typecheck --only"], files)).toEqual(DIST);
  expect(missingAfter(["run: npx turbo run typecheck"], files)).toEqual([]);
});

describe("a check of svelte-check", () => {
  it.each<[what: string, config: object, missing: readonly string[]]>([
    ["lacks what is not built", {}, DIST],
    ["reads the sources of a project that it refers to", { references: [{ path: "../shared" }] }, []],
  ])("%s", (_, config, missing) => {
    const files = {
      ...web({ devDependencies: { "svelte-check": "^4.0.0" } }),
      "packages/web/tsconfig.json": JSON.stringify({ include: ["."], ...config }),
    };
    expect(missingAfter(["run: cd packages/web && npx svelte-check"], files)).toEqual(missing);
  });
});

describe("the task to wait for", () => {
  const inTurbo = (files: RepositoryFiles): readonly (string | undefined)[] => {
    const repository = new Repository(
      writeRepository({
        ...UNBUILT,
        ...root({ devDependencies: { turbo: "2.9.18" } }),
        ...web({ scripts: { typecheck: "tsc --noEmit" } }),
        ...manifest({ scripts: { build: "tsc" } }),
        "packages/shared/tsconfig.json": `{ "compilerOptions": { "declaration": true, "outDir": "dist" } }`,
        "turbo.json": `{ "tasks": { "build": { "dependsOn": ["^build"] }, "typecheck": {} } }`,
        [WORKFLOW]:
          "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v5\n      - run: npx turbo run typecheck\n",
        ...files,
      }),
    );
    return missingDependencies(repository, "turbo.json").map(({ item }) => item);
  };

  it.each<[what: string, files: RepositoryFiles, items: readonly (string | undefined)[]]>([
    ["builders alone", {}, ["^build"]],
    ["a bundler that declares types", manifest({ scripts: { build: "rm -rf dist && tsup src --dts" } }), ["^build"]],
    [
      "no task of all packages",
      { "turbo.json": `{ "tasks": { "@acme/shared#build": {}, "typecheck": {} } }` },
      ["@acme/shared#build"],
    ],
    ["what does more than to build", manifest({ scripts: { build: "node setup.js && tsc" } }), [undefined]],
    [
      "what waits for the check",
      { "turbo.json": `{ "tasks": { "build": { "dependsOn": ["typecheck"] }, "typecheck": {} } }` },
      [undefined],
    ],
    ["another script that makes it", manifest({ scripts: { build: "vite build", package: "tsc" } }), []],
    [
      "a task that waits",
      { "turbo.json": `{ "tasks": { "build": {}, "typecheck": { "dependsOn": ["^build"] } } }` },
      [],
    ],
  ])("%s", (_, files, items) => {
    expect(inTurbo(files)).toEqual(items);
  });
});
