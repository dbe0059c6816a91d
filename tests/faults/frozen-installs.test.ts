import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { lockfileFaults } from "../../src/faults/lockfile/lockfile-faults.ts";
import { Repository } from "../../src/project/repository.ts";
import { writeRepository, type RepositoryFiles } from "../support/temporary.ts";

const text = (value: object): string => JSON.stringify(value, null, 2);

/** Steps of the one job of a workflow, each as its YAML after the dash. */
function workflow(
  steps: readonly string[],
  job: readonly string[] = [],
  top: readonly string[] = ["on: push"],
): string {
  const indent = (lines: readonly string[], by: string): string =>
    lines.map((line) => `${by}${line.replaceAll("\n", `\n${by}`)}\n`).join("");
  const hasRunner = job.some((line) => line.startsWith("runs-on"));
  return `${top.join("\n")}\njobs:\n  a:\n${indent([...(hasRunner ? [] : ["runs-on: ubuntu-latest"]), ...job], "    ")}    steps:\n${steps
    .map((step) => `      - ${step.replaceAll("\n", "\n        ")}\n`)
    .join("")}`;
}

const CHECKOUT = "uses: actions/checkout@v5";
const CI = ".github/workflows/ci.yml";
const PNPM_LOCK = `lockfileVersion: '9.0'

settings:
  autoInstallPeers: true
  excludeLinksFromLockfile: false

importers:

  .:
    dependencies:
      ms:
        specifier: ^2.0.0
        version: 2.1.3

  packages/a:
    dependencies:
      ms:
        specifier: ^2.0.0
        version: 2.1.3

packages:
`;
const PNPM_REPOSITORY: RepositoryFiles = {
  "package.json": text({ name: "root", packageManager: "pnpm@10.1.0", dependencies: { ms: "^2.0.0", num: "^6.0.0" } }),
  "packages/a/package.json": text({ name: "a", dependencies: { ms: "^2.0.0" } }),
  "pnpm-workspace.yaml": "packages:\n  - packages/*\n",
  "pnpm-lock.yaml": PNPM_LOCK,
};
const NPM_LOCK = text({
  name: "root",
  lockfileVersion: 3,
  packages: {
    "": { name: "root", workspaces: ["packages/*"], dependencies: { ms: "^2.0.0" } },
    "node_modules/a": { resolved: "packages/a", link: true },
    "node_modules/ms": { version: "2.1.3" },
    "node_modules/pre": { version: "2.0.0-beta.1" },
    "packages/a": { version: "1.0.0" },
    "packages/a/node_modules/own": { version: "3.0.0" },
  },
});
const NPM_REPOSITORY: RepositoryFiles = {
  "package.json": text({ name: "root", workspaces: ["packages/*"], dependencies: { ms: "^2.0.0", num: "^6.0.0" } }),
  "packages/a/package.json": text({ name: "a", version: "1.0.0" }),
  "package-lock.json": NPM_LOCK,
};

/** What is reported in all manifests of a repository. */
function reported(files: RepositoryFiles): readonly string[] {
  const repository = new Repository(writeRepository(files));
  const manifests = Object.keys(files).filter((path) => path.endsWith("package.json"));
  return manifests.flatMap((path) => lockfileFaults(repository, path)).map(({ problem, name }) => `${problem} ${name}`);
}

const withPnpm = (more: RepositoryFiles): readonly string[] => reported({ ...PNPM_REPOSITORY, ...more });
const withNpm = (more: RepositoryFiles): readonly string[] => reported({ ...NPM_REPOSITORY, ...more });
const inPnpm = (...steps: readonly string[]) => withPnpm({ [CI]: workflow([CHECKOUT, ...steps]) });
const inNpm = (...steps: readonly string[]) => withNpm({ [CI]: workflow([CHECKOUT, ...steps]) });
const INSTALL = { [CI]: workflow([CHECKOUT, "run: pnpm install"]) };
const NPM_CI = { [CI]: workflow([CHECKOUT, "run: npm ci"]) };
const NEW = ["changedDependency num"];
const MISSING = ["unlockedDependency num"];
/** The same repository without a word on which pnpm it uses. */
const UNDECLARED = {
  "package.json": text({ name: "root", dependencies: { ms: "^2.0.0", num: "^6.0.0" } }),
};

describe("pnpm certainly compares", () => {
  it.each([
    ["run: pnpm install"],
    ["run: pnpm i --frozen-lockfile"],
    ["run: pnpm install --frozen-lockfile --prefer-offline --reporter=append-only"],
    ["run: pnpm install --frozen-lockfile=true"],
    ["run: pnpm -C packages/a install"],
    ["run: pnpm install\nworking-directory: packages/a"],
    ["run: |\n  node --version\n  corepack enable\n  pnpm install"],
    ["run: pnpm install\nif: github.event_name == 'push'"],
  ])("with %s", (step) => {
    expect(inPnpm(step)).toEqual(NEW);
  });

  it.each([
    ["actions", ["uses: pnpm/action-setup@v4", "uses: actions/setup-node@v5\nwith: { node-version: 22, cache: pnpm }"]],
    [
      "a cache of packages",
      ["uses: actions/cache@v4\nwith:\n  key: x\n  path: |\n    ~/.pnpm-store\n    **/node_modules"],
    ],
    ["the path of the store", ['run: echo "STORE=$(pnpm store path --silent)" >> $GITHUB_ENV']],
    ["a package for the machine", ["run: npm install --global corepack@latest"]],
    ["a frozen install elsewhere", ["run: npm ci\nworking-directory: packages/a"]],
  ])("after %s", (_, steps) => {
    expect(inPnpm(...steps, "run: pnpm install")).toEqual(NEW);
  });

  it.each([["10"], ['"9.15"'], ["latest"], ["^10.1.0"]])("as version %s of an action", (version) => {
    const steps = [CHECKOUT, `uses: pnpm/action-setup@v4\nwith: { version: ${version} }`, "run: pnpm install"];
    expect(withPnpm({ ...UNDECLARED, [CI]: workflow(steps) })).toEqual(NEW);
  });

  it("in a script of the repository, and in one job of a matrix", () => {
    const job = ["strategy: { matrix: { args: ['--no-frozen-lockfile', '--frozen-lockfile'] } }"];
    expect(withPnpm({ [CI]: workflow([CHECKOUT, "run: pnpm install ${{ matrix.args }}"], job) })).toEqual(NEW);
    expect(withPnpm({ [CI]: workflow([CHECKOUT, "run: bash ci.sh"]), "ci.sh": "set -e\npnpm install\n" })).toEqual(NEW);
  });

  it("where it is told so, whichever it is", () => {
    expect(withPnpm({ ...UNDECLARED, [CI]: workflow([CHECKOUT, "run: pnpm install --frozen-lockfile"]) })).toEqual(NEW);
  });
});

describe("pnpm may not compare", () => {
  it.each([
    ["run: pnpm install --no-frozen-lockfile"],
    ["run: pnpm install --frozen-lockfile=false"],
    ["run: pnpm install --prefer-frozen-lockfile"],
    ["run: pnpm install --fix-lockfile"],
    ["run: pnpm install --lockfile-only"],
    ["run: pnpm install --ignore-workspace"],
    ["run: pnpm install --filter a"],
    ["run: pnpm install --config.frozen-lockfile=false"],
    ["run: pnpm install num"],
    ["run: pnpm install $(cat flags)"],
    ["run: pnpm ci"],
    ["run: pnpm add num"],
    ["run: npx pnpm@7 install"],
    ["run: pnpm install --help"],
    ["run: pnpm install || true"],
    ["run: pnpm install || pnpm install --no-frozen-lockfile"],
    ["run: pnpm install\ncontinue-on-error: true"],
    ["run: pnpm install\nif: false"],
    ["run: pnpm install\nenv: { CI: '' }"],
    ["run: pnpm install\nenv: { CI: false }"],
    ["run: CI= pnpm install"],
    ["run: pnpm install\nenv: { npm_config_frozen_lockfile: 'false' }"],
    ["run: pnpm install\nshell: pwsh"],
    ["run: pnpm install\nworking-directory: ${{ inputs.dir }}"],
    ["run: pnpm install\nworking-directory: docs"],
    ["run: npm ci"],
    ["run: if [ -f x ]; then pnpm install; fi"],
  ])("with %s", (step) => {
    expect(inPnpm(step)).toEqual([]);
  });

  it.each([
    ["another install", ["run: pnpm install --no-frozen-lockfile"]],
    ["an added package", ["run: pnpm add num"]],
    ["a setting", ["run: pnpm config set frozen-lockfile false"]],
    ["a written setting", ["run: echo frozen-lockfile=false >> .npmrc"]],
    ["a changed manifest", ["run: sed -i s/6/7/ package.json"]],
    ["a script that is not known", ["run: node scripts/prepare.js"]],
    ["an action that is not known", ["uses: some/action@v1"]],
    ["an action that installs", ["uses: pnpm/action-setup@v4\nwith: { run_install: true }"]],
    ["a download", ["uses: actions/download-artifact@v4"]],
    ["another repository", ["uses: actions/checkout@v5\nwith: { repository: a/b }"]],
    ["another ref", ["uses: actions/checkout@v5\nwith: { ref: '${{ inputs.tag }}' }"]],
    ["a part of the files", ["uses: actions/checkout@v5\nwith: { sparse-checkout: docs }"]],
    ["a cache of anything", ["uses: actions/cache@v4\nwith: { key: x, path: . }"]],
    ["git", ["run: git checkout other"]],
  ])("after %s", (_, steps) => {
    expect(inPnpm(...steps, "run: pnpm install")).toEqual([]);
  });

  it.each<[string, RepositoryFiles]>([
    ["without a workflow", {}],
    ["without a checkout", { [CI]: workflow(["run: pnpm install"]) }],
    ["in a workflow that others call", { [CI]: workflow([CHECKOUT, "run: pnpm install"], [], ["on: workflow_call"]) }],
    [
      "as an old version of an action",
      {
        ...UNDECLARED,
        [CI]: workflow([CHECKOUT, "uses: pnpm/action-setup@v4\nwith: { version: 8 }", "run: pnpm install"]),
      },
    ],
    ["as a version that is not known", { ...UNDECLARED, ...INSTALL }],
    [
      "as another package manager",
      { ...INSTALL, "package.json": text({ packageManager: "yarn@4.0.0", dependencies: { num: "^6.0.0" } }) },
    ],
    ["with a setting", { ...INSTALL, ".npmrc": "frozen-lockfile=false\n" }],
    [
      "with a setting of the workspace",
      { ...INSTALL, "pnpm-workspace.yaml": "packages: [packages/*]\npreferFrozenLockfile: true\n" },
    ],
    ["with lockfiles for each member", { ...INSTALL, ".npmrc": "shared-workspace-lockfile = false\n" }],
    [
      "with lockfiles for each branch",
      { ...INSTALL, "pnpm-workspace.yaml": "packages: [packages/*]\ngitBranchLockfile: true\n" },
    ],
    ["with hooks", { ...INSTALL, ".pnpmfile.cjs": "" }],
    [
      "with hooks of a package",
      { ...INSTALL, "pnpm-workspace.yaml": "packages: [packages/*]\nconfigDependencies:\n  x: 1.0.0\n" },
    ],
    [
      "with extensions",
      { ...INSTALL, "pnpm-workspace.yaml": "packages: [packages/*]\npackageExtensions:\n  root: {}\n" },
    ],
    ["with an override", { ...INSTALL, "pnpm-workspace.yaml": "packages: [packages/*]\noverrides:\n  num: 6.1.0\n" }],
    [
      "with an override that only the lockfile has",
      { ...INSTALL, "pnpm-lock.yaml": PNPM_LOCK.replace("importers", "overrides:\n  num@6: 6.1.0\n\nimporters") },
    ],
    [
      "with a resolution",
      {
        ...INSTALL,
        "package.json": text({
          packageManager: "pnpm@10.1.0",
          resolutions: { "**/num": "6" },
          dependencies: { ms: "^2.0.0", num: "^6.0.0" },
        }),
      },
    ],
    ["with an older lockfile", { ...INSTALL, "pnpm-lock.yaml": PNPM_LOCK.replace("9.0", "6.0") }],
    [
      "with both sides of a merge",
      { ...INSTALL, "pnpm-lock.yaml": PNPM_LOCK.replace("  packages/a", "<<<<<<< HEAD\n  packages/a") },
    ],
    ["with a lockfile that git ignores", { ...INSTALL, ".gitignore": "pnpm-lock.yaml\n" }],
    ["with a manifest that git ignores", { ...INSTALL, ".gitignore": "/package.json\n" }],
    [
      "with wrong types",
      {
        ...INSTALL,
        "package.json": text({ packageManager: "pnpm@10.1.0", dependencies: ["num"], devDependencies: 3 })
          .replace("[", "{")
          .replace("]", ": 1 }"),
      },
    ],
  ])("%s", (_, files) => {
    expect(withPnpm(files)).toEqual([]);
  });
});

it("takes nothing for an install of an example inside of another repository", () => {
  const files = Object.entries({ ...PNPM_REPOSITORY, ...INSTALL }).map(([path, content]) => [
    `examples/app/${path}`,
    content,
  ]);
  const example = new Repository(join(writeRepository(Object.fromEntries(files) as RepositoryFiles), "examples/app"));
  expect(lockfileFaults(example, "package.json")).toEqual([]);
});

describe("pnpm compares", () => {
  const changed = (change: object, more: RepositoryFiles = {}): readonly string[] =>
    withPnpm({
      ...INSTALL,
      "package.json": text({ packageManager: "pnpm@10.1.0", dependencies: { ms: "^2.0.0" }, ...change }),
      ...more,
    });
  it.each<[string, readonly string[], readonly string[]]>([
    ["nothing that is the same", changed({}), []],
    ["texts", changed({ dependencies: { ms: "^2.0" } }), ["changedDependency ms"]],
    ["lists", changed({ dependencies: {}, devDependencies: { ms: "^2.0.0" } }), ["changedDependency ms"]],
    ["what is gone", changed({ dependencies: {} }), ["removedDependency ms"]],
    ["peers", changed({ peerDependencies: { num: "*" } }), ["changedDependency num"]],
    [
      "no peers where they are not installed",
      changed(
        { peerDependencies: { num: "*" } },
        { "pnpm-lock.yaml": PNPM_LOCK.replace("Peers: true", "Peers: false") },
      ),
      [],
    ],
    ["no optional ones that are new", changed({ optionalDependencies: { num: "*" } }), []],
    ["the first of several lists", changed({ devDependencies: { ms: "^1.0.0" } }), []],
    [
      "no links where they are left out",
      changed(
        { dependencies: { ms: "^2.0.0", x: "link:../x" } },
        { "pnpm-lock.yaml": PNPM_LOCK.replace("Lockfile: false", "Lockfile: true") },
      ),
      [],
    ],
    ["entries of a catalog by their text", changed({ dependencies: { ms: "catalog:" } }), ["changedDependency ms"]],
    [
      "no Node.js of devEngines",
      changed(
        {},
        {
          "pnpm-lock.yaml": PNPM_LOCK.replace(
            "      ms:",
            "      node:\n        specifier: runtime:^24\n        version: runtime:24.0.0\n      ms:",
          ),
        },
      ),
      [],
    ],
    [
      "members",
      changed({}, { "packages/b/package.json": text({ name: "b", devDependencies: { ms: "1" } }) }),
      ["unlockedMember packages/b"],
    ],
    [
      "no members without dependencies",
      changed({}, { "packages/b/package.json": text({ name: "b", peerDependencies: { ms: "1" } }) }),
      [],
    ],
    [
      "no members that a glob excludes",
      changed(
        {},
        {
          "pnpm-workspace.yaml": "packages:\n  - packages/*\n  - '!packages/b'\n",
          "packages/b/package.json": text({ dependencies: { ms: "1" } }),
        },
      ),
      [],
    ],
    [
      "no members of package.json",
      changed(
        { workspaces: ["other/*"] },
        {
          "other/b/package.json": text({ dependencies: { ms: "1" } }),
          "pnpm-workspace.yaml": "onlyBuiltDependencies: []\n",
        },
      ),
      [],
    ],
    [
      "no workspace inside",
      changed(
        {},
        {
          "packages/a/pnpm-workspace.yaml": "packages: []\n",
          "packages/a/package.json": text({ dependencies: { x: "1" } }),
        },
      ),
      [],
    ],
  ])("%s", (_, found, expected) => {
    expect(found).toEqual(expected);
  });
});

describe("npm", () => {
  it.each([
    ["run: npm ci"],
    ["run: npm clean-install --no-audit --prefer-offline"],
    ["run: npm ci --omit=dev"],
    ["run: npm ci --omit dev"],
    ["run: cd . && npm ci"],
  ])("certainly compares with %s", (step) => {
    expect(inNpm(step)).toEqual(MISSING);
  });

  it.each([
    ["run: npm install"],
    ["run: npm ci -g"],
    ["run: npm ci -w a"],
    ["run: npm ci --workspaces=false"],
    ["run: npm ci --install-strategy=linked"],
    ["run: npm ci --prefix docs"],
    ["run: npm ci\nworking-directory: packages/a"],
    ["run: npm ci || npm install"],
    ["run: npm ci $(cat flags)"],
    ["run: pnpm install --frozen-lockfile"],
  ])("may not compare with %s", (step) => {
    expect(inNpm(step)).toEqual([]);
  });

  it.each([
    ["18", MISSING],
    ["20.x", MISSING],
    ["lts/*", MISSING],
    ["16", []],
    ["14.x", []],
    ["${{ inputs.node }}", []],
  ])("compares since Node.js 18: %s", (version, expected) => {
    expect(inNpm(`uses: actions/setup-node@v5\nwith: { node-version: "${version}" }`, "run: npm ci")).toEqual(expected);
  });

  it.each([
    [".nvmrc", "v22.1.0\n", MISSING],
    [".nvmrc", "lts/iron\n", []],
    [".nvmrc", "14\n", []],
    [".tool-versions", "nodejs 20.1.0\n", MISSING],
    ["package.json", NPM_REPOSITORY["package.json"] ?? "", []],
  ])("compares since Node.js 18: %s with %j", (path, content, expected) => {
    const setup = `uses: actions/setup-node@v5\nwith: { node-version-file: ${path} }`;
    expect(withNpm({ [path]: content, [CI]: workflow([CHECKOUT, setup, "run: npm ci"]) })).toEqual(expected);
  });

  it.each([
    ["container: node:14", []],
    ["runs-on: self-hosted", []],
    ["runs-on: windows-latest", []],
    ["runs-on: macos-latest", MISSING],
  ])("compares with the npm of a hosted runner: %s", (line, expected) => {
    expect(withNpm({ [CI]: workflow([CHECKOUT, "run: npm ci"], [line]) })).toEqual(expected);
  });

  const changed = (change: object, more: RepositoryFiles = {}): readonly string[] =>
    withNpm({ ...NPM_CI, "package.json": text({ name: "root", workspaces: ["packages/*"], ...change }), ...more });
  const member = (change: object): readonly string[] =>
    changed({}, { "packages/a/package.json": text({ name: "a", version: "1.0.0", ...change }) });
  it.each<[string, readonly string[], readonly string[]]>([
    ["nothing that is gone", changed({}), []],
    ["no range that allows what is locked", changed({ dependencies: { ms: ">=1" } }), []],
    ["a range that does not", changed({ devDependencies: { ms: "^1.0.0" } }), ["mismatchedDependency ms"]],
    ["no prerelease", changed({ dependencies: { pre: ">=1.0.0" } }), []],
    ["a member", changed({}, { "packages/b/package.json": text({ name: "b" }) }), ["unlockedMember packages/b"]],
    ["a dependency of a member", member({ dependencies: { num: "6" } }), MISSING],
    ["no dependency below a member", member({ dependencies: { own: "3" } }), []],
    ["another version below a member", member({ dependencies: { own: "4" } }), ["mismatchedDependency own"]],
    [
      "nothing below a member where the root overrides anything",
      changed(
        { overrides: { x: "1" } },
        { "packages/a/package.json": text({ name: "a", dependencies: { own: "4" } }) },
      ),
      [],
    ],
    [
      "no dependency of the root on what lies below a member",
      changed({ dependencies: { own: "3" } }),
      ["unlockedDependency own"],
    ],
    ["no members", changed({ dependencies: { a: "^9.0.0" } }), []],
    ["no peers and optional ones", changed({ peerDependencies: { x: "1" }, optionalDependencies: { y: "1" } }), []],
    [
      "no optional ones that are dependencies too",
      changed({ dependencies: { y: "1" }, optionalDependencies: { y: "1" } }),
      [],
    ],
    ["no different ranges", changed({ dependencies: { ms: "^1.0.0" }, devDependencies: { ms: "^2.0.0" } }), []],
    [
      "no tags, aliases and addresses",
      changed({ dependencies: { a1: "latest", a2: "npm:x@1", a3: "github:a/b", a4: "file:../x", a5: "workspace:*" } }),
      [],
    ],
    ["no overrides", changed({ dependencies: { num: "6" }, overrides: { x: { num: "7" } } }), []],
    [
      "no ranges that are accepted beside",
      changed({ dependencies: { ms: "^1.0.0" }, acceptDependencies: { ms: "2" } }),
      [],
    ],
    ["nothing beside a shrinkwrap", changed({ dependencies: { num: "6" } }, { "npm-shrinkwrap.json": "{}" }), []],
    ["nothing of another package manager", changed({ dependencies: { num: "6" }, packageManager: "pnpm@10.0.0" }), []],
    [
      "nothing of version 1",
      changed(
        { dependencies: { num: "6" } },
        { "package-lock.json": NPM_LOCK.replace('"lockfileVersion": 3', '"lockfileVersion": 1') },
      ),
      [],
    ],
    [
      "no members that a glob excludes",
      changed({ workspaces: ["packages/*", "!packages/b"] }, { "packages/b/package.json": text({ name: "b" }) }),
      [],
    ],
    ["nothing with a setting", changed({ dependencies: { num: "6" } }, { ".npmrc": "install-links=true\n" }), []],
    [
      "no package in a workspace around it",
      changed(
        {},
        {
          "packages/a/package.json": text({ name: "a", dependencies: { num: "6" } }),
          "packages/a/package-lock.json": NPM_LOCK,
          [CI]: workflow([CHECKOUT, "run: npm ci\nworking-directory: packages/a"]),
        },
      ),
      [],
    ],
  ])("compares %s", (_, found, expected) => {
    expect(found).toEqual(expected);
  });
});
