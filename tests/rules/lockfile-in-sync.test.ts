import { RuleTester } from "../support/rule-tester.ts";

const LOCK = `{
  "lockfileVersion": 1,
  "workspaces": {
    "": {
      "name": "root",
    },
    "apps/web": {
      "name": "web",
      "dependencies": {
        "react": "^18.0.0",
      },
    },
  },
  "packages": {
    "react": ["react@18.3.1", "", {}, ""],

    "web": ["web@workspace:apps/web"],
  }
}
`;
const WEB = "apps/web/package.json";

/** A workspace in which the dependencies of its member are what is given, linted there. */
const web = (dependencies: Readonly<Record<string, string>>, root: object = {}, file = WEB) => ({
  file,
  files: {
    "package.json": JSON.stringify({ name: "root", workspaces: ["apps/*"], ...root }, null, 2),
    [WEB]: JSON.stringify({ name: "web", dependencies }, null, 2),
    "bun.lock": LOCK,
  },
});
/** The same beside npm's lockfile, in a repository whose workflow installs with some commands. */
const beside = (...commands: readonly string[]) => ({
  ...web(incident).files,
  "package-lock.json": "{}",
  ".github/workflows/ci.yml": `on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n${commands.map((command) => `      - run: ${command}\n`).join("")}`,
});
const FAILS = "`bun install --frozen-lockfile` fails:";
const STALE = "`bun install` rewrites the lockfile, and a frozen one can fail:";
const RUN = "Run `bun install` and commit `bun.lock`.";
const incident = { "@dnd-kit/core": "^6.3.1", react: "^18.0.0" };

/** A repository whose workflow installs with a command, and in which something is not locked. */
const installedWith = (command: string, files: Readonly<Record<string, string>>) => ({
  "package.json": JSON.stringify({ name: "root", dependencies: { ms: "^2.1.0", num: "^6.0.0" } }, null, 2),
  ".github/workflows/ci.yml": `on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v5\n      - run: ${command}\n`,
  ...files,
});
const PNPM_LOCK = `lockfileVersion: '9.0'

importers:

  .:
    dependencies:
      ms:
        specifier: ^2.0.0
        version: 2.1.3
    devDependencies:
      odd:
        specifier: ^3.0.0
        version: 3.0.0
`;
const NPM_LOCK = JSON.stringify(
  { lockfileVersion: 3, packages: { "": { name: "root" }, "node_modules/num": { version: "7.0.0" } } },
  null,
  2,
);

const WORKFLOW = ".github/workflows/ci.yml";
/** A repository of which only the steps of a workflow matter, linted there, with all of its files in git's index. */
const steps = (lines: readonly string[], more: Readonly<Record<string, string>> = {}) => {
  const files = {
    [WORKFLOW]: `on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v5\n${lines.map((line) => `      - ${line}\n`).join("")}`,
    "package.json": `{ "name": "root", "dependencies": { "ms": "^2.0.0" } }`,
    "docs/package.json": `{ "name": "docs" }`,
    ...more,
  };
  const listed = Object.keys(files).map((path) => `\0${String.fromCharCode(path.length)}${path}\0`);
  return { file: WORKFLOW, files: { ".git/index": `DIRC\0\0\0\u0002${listed.join("")}`, ...files } };
};
const SETUP = (inputs: string): string => `uses: actions/setup-node@v6\n        with: { ${inputs} }`;

/** A repository whose sources import what nothing brings, and the commands of the workflow that checks them. */
const importing = (
  lines: readonly string[],
  more: Readonly<Record<string, string>> = {},
  runner = "ubuntu-latest",
) => ({
  file: WORKFLOW,
  files: {
    [WORKFLOW]: `on: push\njobs:\n  a:\n    runs-on: ${runner}\n    steps:\n${lines.map((line) => `      - ${line}\n`).join("")}`,
    "package.json": `{ "name": "root", "scripts": { "check": "tsc" }, "dependencies": { "ms": "^2.0.0" } }`,
    "package-lock.json": `{ "lockfileVersion": 3, "packages": { "": {}, "node_modules/ms": { "version": "2.1.3" } } }`,
    "tsconfig.json": `{ "compilerOptions": { "noEmit": true }, "include": ["src"] }`,
    "src/a.ts": `import { left } from "left-pad";\nimport ms from "ms";\nexport const all = [left, ms];\n`,
    ...more,
  },
});
const CHECKOUT = "uses: actions/checkout@v5";
const NODE = "uses: actions/setup-node@v5";

new RuleTester().run("lockfile-in-sync", {
  valid: [
    ...[
      importing([NODE, "run: npm ci", "run: npx tsc"]),
      importing([CHECKOUT, NODE, "run: npm ci", "run: npx tsc || true"]),
      importing([CHECKOUT, NODE, "run: npm ci", "run: npx tsc\n        continue-on-error: true"]),
      importing([CHECKOUT, NODE, "run: npm ci", "run: npx tsc src/b.ts"]),
      importing([CHECKOUT, NODE, "run: npm ci", "run: npm i ${{ vars.PACKAGES }}", "run: npx tsc"]),
      importing([CHECKOUT, NODE, "run: npm i left-pad", "run: npx tsc"]),
      importing([CHECKOUT, NODE, "run: npm ci", "run: node setup.js", "run: npx tsc"]),
      importing([CHECKOUT, NODE, "run: npm ci", "run: npx shadcn add button", "run: npx tsc"]),
      importing([CHECKOUT, NODE, "uses: acme/install@v1", "run: npx tsc"]),
      importing([
        CHECKOUT,
        NODE,
        "uses: actions/cache@v4\n        with: { path: node_modules, key: a }",
        "run: npx tsc",
      ]),
      importing([CHECKOUT, NODE, "run: npm ci", "run: npx tsc"], {}, "self-hosted"),
      importing([CHECKOUT, NODE, "run: npm ci", "run: npx tsc"], {}, "ubuntu-latest\n    container: node:24"),
      importing([CHECKOUT, NODE, "run: pnpm install", "run: npx tsc"]),
      importing([CHECKOUT, NODE, "run: npm ci", "run: npx tsc"], { "package-lock.json": "{}" }),
      importing([CHECKOUT, NODE, "run: npm i", "run: npx tsc"], {
        "package-lock.json": `{ "lockfileVersion": 3, "packages": { "": {}, "node_modules/ms": { "version": "1.0.0" } } }`,
      }),
      importing([CHECKOUT, NODE, "run: npm ci", "run: npx vite build"], {
        "vite.config.ts": "export default { resolve: { alias } }\n",
        "index.html": `<script type="module" src="/src/a.ts"></script>`,
      }),
    ].map((item, index) => ({ name: `imports that may be found, or need not be: ${String(index)}`, ...item })),
    ...[
      steps(["run: npm ci"], { "package-lock.json": "{}" }),
      steps(["run: npm ci"], { "npm-shrinkwrap.json": "{}" }),
      steps(["run: npm ci"], { ".gitignore": "package-lock.json", "package-lock.json": "{}" }),
      steps(["run: npm ci"], { ".git/index": "" }),
      steps(["run: npm ci"], { ".git/index": "DIRC\0\0\0\u0002\0\u000cpackage.json\0", "package-lock.json": "{}" }),
      steps(["run: cd docs && npm ci"], { ".git/index": "DIRC\0\0\0\u0002\0\u000cpackage.json\0" }),
      steps(["run: npm install", "run: npm ci"]),
      steps(["run: npm ci || npm install"]),
      steps(["run: npm ci\n        continue-on-error: true"]),
      steps(["run: npm ci --prefix other"]),
      steps(["run: npm ci", "uses: actions/checkout@v5"].reverse(), { "package-lock.json": "{}" }),
      steps(["uses: actions/download-artifact@v4", "run: npm ci"]),
      steps(["run: cd docs && npm ci"], { "package.json": `{ "workspaces": ["docs"] }` }),
      steps(["run: pnpm install"]),
      steps(["run: pnpm install --frozen-lockfile"], { "package.json": "{}" }),
      steps(["run: pnpm install --frozen-lockfile"], { ".npmrc": "shared-workspace-lockfile=false" }),
      steps(["run: cd docs && pnpm install --frozen-lockfile"], { "pnpm-workspace.yaml": "packages: [docs]" }),
      steps([SETUP("cache: npm")], { "yarn.lock": "" }),
      steps([SETUP("cache: npm, cache-dependency-path: docs/package-lock.json")]),
      steps([SETUP("cache: '${{ inputs.cache }}'")]),
      steps([SETUP("cache: bun")]),
      steps([SETUP("cache: ''")]),
    ].map((item, index) => ({ name: `a lockfile that is there, or need not be: ${String(index)}`, ...item })),
    {
      name: "a lockfile of npm from which nothing certainly installs",
      file: "package.json",
      files: installedWith("npm install", { "package-lock.json": NPM_LOCK }),
    },
    {
      name: "a lockfile of pnpm from which nothing certainly installs",
      file: "package.json",
      files: installedWith("pnpm install --no-frozen-lockfile", { "pnpm-lock.yaml": PNPM_LOCK }),
    },
    { name: "in sync", ...web({ react: "^18.0.0" }) },
    { name: "stale, which is not asked for", ...web({ react: "^18.2.0" }) },
    { name: "the fault of another file", ...web(incident, {}, "package.json") },
    { name: "a workflow", ...web(incident), file: ".github/workflows/ci.yml" },
    {
      name: "no workspace of Bun",
      file: "package.json",
      files: { "package.json": `{ "dependencies": { "react": "^18.0.0" } }` },
    },
    {
      name: "a lockfile of a folder that is no workspace of its own",
      file: "apps/web/package.json",
      files: { ...web({ react: "^18.0.0" }).files, "apps/web/bun.lock": LOCK.replaceAll("react", "preact") },
    },
    {
      name: "two lockfiles, which is not asked for",
      file: "package.json",
      files: { "package.json": `{ "name": "root" }`, "bun.lockb": "", "yarn.lock": "" },
    },
    {
      name: "a second lockfile that git ignores",
      file: "package.json",
      options: [{ reportStale: true }],
      files: { "package.json": `{ "name": "root" }`, "bun.lockb": "", "yarn.lock": "", ".gitignore": "yarn.lock\n" },
    },
    {
      name: "two lockfiles, of which none is Bun's",
      file: "package.json",
      options: [{ reportStale: true }],
      files: { "package.json": `{ "name": "root" }`, "pnpm-lock.yaml": "", "yarn.lock": "" },
    },
    {
      name: "a yarn.lock that Bun prints",
      file: "package.json",
      options: [{ reportStale: true }],
      files: {
        "package.json": `{ "name": "root" }`,
        "bun.lockb": "",
        "yarn.lock": "# yarn lockfile v1\n# bun ./bun.lockb --hash: 0\n",
      },
    },
    {
      name: "the lockfile of another folder",
      file: "package.json",
      options: [{ reportStale: true }],
      files: { "package.json": `{ "name": "root" }`, "bun.lockb": "", "docs/yarn.lock": "" },
    },
    { name: "two lockfiles, of which one may not be installed from", file: WEB, files: beside() },
    { name: "two lockfiles that are installed from", file: WEB, files: beside("bun install", "npm ci") },
    ...[beside("bun install", "npm ci"), { ...beside("bun ci"), "vercel.json": `{ "installCommand": "npm ci" }` }].map(
      (files, index) => ({
        name: `two lockfiles, both of which are meant: ${String(index)}`,
        file: "package.json",
        options: [{ reportStale: true }] as [{ reportStale: boolean }],
        files,
      }),
    ),
    {
      name: "the default catalog by its other name",
      ...web({ react: "catalog:default" }, { workspaces: { packages: ["apps/*"], catalog: { react: "^18.0.0" } } }),
    },
    {
      name: "the default catalog, which is called so",
      ...web(
        { react: "catalog:" },
        { workspaces: { packages: ["apps/*"], catalogs: { default: { react: "^18.0.0" } } } },
      ),
    },
  ],
  invalid: [
    ...[
      ["run: npm ci", "run: npx tsc"],
      ["run: npm install --no-audit", "run: npx eslint .", "run: npx tsc"],
      ["run: npx tsc", "run: npm ci"],
      [
        "uses: actions/cache@v4\n        with: { path: ~/.npm, key: a }",
        "run: npm ci",
        "run: npx prisma generate",
        "run: npx tsc",
      ],
    ].map((lines, index) => ({
      name: `an import that nothing brings: ${String(index)}`,
      ...importing([CHECKOUT, NODE, ...lines]),
      errors: [
        {
          message:
            "`npx tsc` fails: src/a.ts:1 imports `left-pad`, which no package.json declares, and `package-lock.json` has no such package.",
        },
      ],
    })),
    {
      name: "imports that nothing brings, of which only the first command tells",
      ...importing([CHECKOUT, NODE, "run: npm ci", "run: npm run check", "run: npx tsc"], {
        "src/b.ts": `export * from "right-pad";\nexport * from "@acme/c/d";\n`,
        "bun.lock": `{ "lockfileVersion": 1, "workspaces": {}, "packages": {} }`,
      }),
      errors: [
        {
          message:
            "`npm run check` runs `tsc` (package.json:1 `tsc`), which fails: src/a.ts:1 imports `left-pad`, which no package.json declares, and `bun.lock` and `package-lock.json` have no such package. The same is true of `right-pad` and `@acme/c`.",
          line: 9,
        },
      ],
    },
    {
      name: "what Next.js checks",
      ...importing([CHECKOUT, NODE, "run: npm ci", "run: npx next build"]),
      errors: [
        {
          message:
            "`npx next build` fails: src/a.ts:1 imports `left-pad`, which no package.json declares, and `package-lock.json` has no such package.",
        },
      ],
    },
    {
      name: "installs without a lockfile",
      ...steps(["run: npm ci", "run: cd docs && npm ci --no-audit"], { "bun.lock": "" }),
      errors: [
        {
          message: "`npm ci` fails: there is no `package-lock.json`, only `bun.lock`. Run `npm install` and commit it.",
          line: 7,
          column: 14,
        },
        {
          message:
            "`npm ci --no-audit` fails: there is no `docs/package-lock.json`. Run `npm install` there and commit it.",
          line: 8,
        },
      ],
    },
    {
      name: "an install without the lockfile that git ignores",
      ...steps(["run: npm ci"], { ".gitignore": "dist\npackage-lock.json\n" }),
      errors: [
        {
          message:
            "`npm ci` fails: there is no `package-lock.json`, which .gitignore:2 ignores. Run `npm install` and commit it.",
          line: 7,
        },
      ],
    },
    {
      name: "a frozen install of pnpm without a lockfile",
      ...steps(["run: pnpm install --frozen-lockfile"], { "package-lock.json": "{}" }),
      errors: [
        {
          message:
            "`pnpm install --frozen-lockfile` fails: there is no `pnpm-lock.yaml`, only `package-lock.json`. Run `pnpm install` and commit it.",
          line: 7,
        },
      ],
    },
    {
      name: "caches that are named by a lockfile which is not there",
      ...steps([SETUP("cache: pnpm"), SETUP("cache: npm")], { "docs/package-lock.json": "{}" }),
      errors: [
        {
          message:
            "`actions/setup-node@v6` fails: for this cache it looks for `pnpm-lock.yaml` at the root of the repository, where there is none. Say where it lies in `cache-dependency-path`, or leave `cache` out.",
          line: 8,
          column: 24,
        },
        {
          message:
            "`actions/setup-node@v6` fails: for this cache it looks for `package-lock.json` or `npm-shrinkwrap.json` or `yarn.lock` at the root of the repository, where there is none. Say where it lies in `cache-dependency-path`, or leave `cache` out.",
          line: 10,
        },
      ],
    },
    {
      name: "what npm does not find in its lockfile, or finds in another version",
      file: "package.json",
      files: installedWith("npm ci", { "package-lock.json": NPM_LOCK }),
      errors: [
        {
          message:
            "`npm ci` at .github/workflows/ci.yml:7 fails: package-lock.json:4 has no package for `ms`. Run `npm install` and commit `package-lock.json`.",
          line: 4,
          column: 5,
        },
        {
          message:
            "`npm ci` at .github/workflows/ci.yml:7 fails: package-lock.json:7 locks `num@7.0.0`, which `^6.0.0` does not allow. Run `npm install` and commit `package-lock.json`.",
          line: 5,
          column: 5,
        },
      ],
    },
    {
      name: "what the lockfile of pnpm repeats otherwise, or not at all, and what it still has",
      file: "package.json",
      files: installedWith("pnpm install --frozen-lockfile", { "pnpm-lock.yaml": PNPM_LOCK }),
      errors: [
        {
          message:
            "`pnpm install --frozen-lockfile` at .github/workflows/ci.yml:7 fails: pnpm-lock.yaml:11 still has `odd`, which is no longer in `devDependencies`. Run `pnpm install` and commit `pnpm-lock.yaml`.",
          line: 2,
        },
        {
          message:
            "`pnpm install --frozen-lockfile` at .github/workflows/ci.yml:7 fails: pnpm-lock.yaml:7 has `^2.0.0` for `ms`, not `^2.1.0`. Run `pnpm install` and commit `pnpm-lock.yaml`.",
          line: 4,
        },
        {
          message:
            "`pnpm install --frozen-lockfile` at .github/workflows/ci.yml:7 fails: pnpm-lock.yaml:5 does not have `num`, which is `^6.0.0` here. Run `pnpm install` and commit `pnpm-lock.yaml`.",
          line: 5,
        },
      ],
    },
    {
      name: "a package of the workspace that is not there",
      ...web({ gone: "workspace:*", react: "^18.0.0" }),
      errors: [
        {
          message:
            "`bun install` fails: `workspace:*` asks for `gone` in the workspace, which has no package of that name.",
          line: 4,
          column: 5,
        },
      ],
    },
    {
      name: "two lockfiles, of which the workflows install from Bun's alone",
      file: WEB,
      files: beside("bun install"),
      errors: [{ messageId: "unlockedDependency" }],
    },
    {
      name: "the lockfiles of two package managers",
      file: "package.json",
      options: [{ reportStale: true }],
      files: { "package.json": `{ "name": "root", "packageManager": "bun@1.3.1" }`, "bun.lockb": "", "yarn.lock": "" },
      errors: [
        {
          message:
            "`bun.lockb` and `yarn.lock` lie side by side, and each install changes only one of them. Delete those that CI does not install from.",
          column: 19,
          endColumn: 35,
        },
      ],
    },
    {
      name: "three lockfiles, of which npm keeps one in step with its own",
      file: "package.json",
      options: [{ reportStale: true }],
      files: { "package.json": `{ "name": "root" }`, "bun.lockb": "", "package-lock.json": "{}", "yarn.lock": "" },
      errors: [
        {
          message:
            "`bun.lockb` and `package-lock.json` lie side by side, and each install changes only one of them. Delete those that CI does not install from.",
        },
      ],
    },
    {
      name: "both formats of Bun's lockfile",
      ...web({ react: "^18.0.0" }, {}, "package.json"),
      options: [{ reportStale: true }],
      files: { ...web({ react: "^18.0.0" }).files, "bun.lockb": "" },
      errors: [
        {
          message:
            "`bun.lock` and `bun.lockb` lie side by side, and each install changes only one of them. Delete those that CI does not install from.",
          line: 2,
        },
      ],
    },
    {
      name: "a dependency that is not locked",
      ...web(incident),
      errors: [
        {
          message: `${FAILS} bun.lock:9 has no package for \`@dnd-kit/core\`. ${RUN}`,
          line: 4,
          column: 5,
          endColumn: 20,
        },
      ],
    },
    {
      name: "a dependency that is not locked, with the Bun that is declared",
      ...web(incident, { packageManager: "bun@1.3.1" }),
      errors: [
        {
          message: `${FAILS} bun.lock:9 has no package for \`@dnd-kit/core\`. Run \`bun install\` with Bun 1.3.1 and commit \`bun.lock\`.`,
        },
      ],
    },
    {
      name: "an entry that no catalog has",
      ...web({ react: "catalog:" }, { workspaces: { packages: ["apps/*"], catalog: { vue: "^3.0.0" } } }),
      errors: [
        {
          message:
            "`bun install` fails: `catalog:` takes `react` from a catalog, and package.json:7 has no such entry.",
          line: 4,
        },
      ],
    },
    {
      name: "a range that excludes what is locked",
      ...web({ react: "^19.0.0" }),
      errors: [
        { message: `${FAILS} bun.lock:15 locks \`react@18.3.1\`, which \`^19.0.0\` does not allow. ${RUN}`, line: 4 },
      ],
    },
    {
      name: "a removed dependency",
      ...web({}),
      errors: [
        {
          message: `${FAILS} bun.lock:10 still has \`react\`, which is no longer in \`dependencies\`. ${RUN}`,
          line: 3,
        },
      ],
    },
    {
      name: "a dependency that is still a peer",
      ...web({}),
      files: {
        ...web({}).files,
        [WEB]: JSON.stringify({ name: "web", peerDependencies: { react: "^18.0.0" } }, null, 2),
        "bun.lock": LOCK.replace(/( +)"dependencies": (\{[^}]+\},)/, '$&\n$1"peerDependencies": $2'),
      },
      options: [{ reportStale: true }],
      errors: [{ message: `${STALE} bun.lock:10 still has \`react\`, which is no longer in \`dependencies\`. ${RUN}` }],
    },
    {
      name: "a member that the globs leave out",
      ...web({ react: "^18.0.0" }, { workspaces: ["packages/*"] }, "package.json"),
      errors: [
        {
          message: `${FAILS} bun.lock:7 still has the member \`apps/web\`, which is no longer in the workspace. ${RUN}`,
          line: 3,
        },
      ],
    },
    {
      name: "a conflict of a merge",
      ...web({ react: "^18.0.0" }, {}, "package.json"),
      files: {
        ...web({ react: "^18.0.0" }).files,
        "bun.lock": LOCK.replace(/^ *"packages"/m, "<<<<<<< HEAD\n=======\n>>>>>>> main\n$&"),
      },
      errors: [
        {
          message: `${FAILS} bun.lock:14 holds both sides of a merge. Take one of them, run \`bun install\` and commit the lockfile.`,
          line: 2,
        },
      ],
    },
    {
      name: "a package that a merge has left twice",
      ...web({ react: "^19.0.0" }, { packageManager: "bun@1.3.1" }, "package.json"),
      files: {
        ...web({ react: "^19.0.0" }, { packageManager: "bun@1.3.1" }).files,
        "bun.lock": LOCK.replace(/^ *"react": \[.*\n/m, "$&\n$&"),
      },
      errors: [
        {
          message: `${FAILS} bun.lock:17 is a second entry for \`react\`, with which Bun ignores the lockfile. Delete one of the two, run \`bun install\` with Bun 1.3.1 and commit the lockfile.`,
          line: 2,
        },
      ],
    },
    {
      name: "a dependency that has moved to another kind",
      ...web({}),
      files: {
        ...web({}, { packageManager: "bun@1.3.1" }).files,
        [WEB]: `{\n  "name": "web",\n  "devDependencies": { "react": "^18.0.0" }\n}`,
      },
      options: [{ reportStale: true }],
      errors: [
        {
          message: `${STALE} bun.lock:10 has \`react\` in \`dependencies\`, not in \`devDependencies\`. ${RUN.replace(" and", " with Bun 1.3.1 and")}`,
          line: 3,
        },
      ],
    },
    {
      name: "an entry of a catalog, which the declared Bun does not know",
      ...web(
        { react: "^18.0.0" },
        { packageManager: "bun@1.2.13", workspaces: { packages: ["apps/*"], catalog: { react: "^18.0.0" } } },
        "package.json",
      ),
      options: [{ reportStale: true }],
      errors: [
        {
          message: `${STALE} bun.lock:1 does not have \`react\` in this catalog, which is \`^18.0.0\` here. ${RUN}`,
        },
      ],
    },
    {
      name: "a dependency that is not locked, where a newer Bun than the declared one writes the lockfile",
      ...web(incident, { packageManager: "bun@1.3.1" }),
      files: {
        ...web(incident, { packageManager: "bun@1.3.1" }).files,
        "bun.lock": LOCK.replace('"lockfileVersion": 1,', '$& "configVersion": 1,'),
      },
      errors: [{ message: `${FAILS} bun.lock:9 has no package for \`@dnd-kit/core\`. ${RUN}` }],
    },
    {
      name: "an override, without an entry of the lockfile",
      ...web({ react: "^18.0.0" }, { overrides: { react: "17.0.2" } }, "package.json"),
      errors: [
        {
          message: `${FAILS} bun.lock:1 does not have the override of \`react\`, which is \`17.0.2\` here. ${RUN}`,
          line: 7,
        },
      ],
    },
    {
      name: "stale",
      ...web({ react: "^18.2.0" }),
      options: [{ reportStale: true }],
      errors: [
        {
          message: `${STALE} bun.lock:10 has \`^18.0.0\` for \`react\`, not \`^18.2.0\`. ${RUN}`,
          line: 4,
        },
      ],
    },
  ],
});
