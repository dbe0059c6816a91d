import { RuleTester } from "../support/rule-tester.ts";

const WORKFLOW = ".github/workflows/ci.yml";

interface Layout {
  /** The steps after the checkout, with the indentation that they have in the workflow. */
  readonly steps: string;
  readonly manifest?: Readonly<Record<string, unknown>>;
  readonly lockfile?: string | null;
  readonly others?: Readonly<Record<string, string>>;
}

const lock = (lockfileVersion: number, configVersion?: number): string => `{
  "lockfileVersion": ${String(lockfileVersion)},
${configVersion === undefined ? "" : `  "configVersion": ${String(configVersion)},\n`}  "workspaces": { "": { "name": "app", "dependencies": { "hono": "^4" } } },
  "packages": { "hono": ["hono@4.10.4", "", {}, ""] },
}
`;
const workflow = (steps: string): string => `on: push
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
${steps}`;
const files = ({ steps, manifest = {}, lockfile = lock(1), others = {} }: Layout) => ({
  "package.json": JSON.stringify({ name: "app", dependencies: { hono: "^4" }, ...manifest }),
  [WORKFLOW]: workflow(steps),
  ...(lockfile !== null && { "bun.lock": lockfile }),
  ...others,
});
const layout = (options: Layout, file = WORKFLOW) => ({ file, files: files(options) });
const run = (command: string): string => `      - run: ${command}\n`;
const setup = (version?: string, ref = "v2"): string =>
  `      - uses: oven-sh/setup-bun@${ref}\n${version === undefined ? "" : `        with:\n          bun-version: ${version}\n`}`;
const bun = (version: string) => ({ packageManager: `bun@${version}` });

/** The root of a workspace. */
const inWorkspace = (manifest: Readonly<Record<string, unknown>>) => ({ ...manifest, workspaces: ["packages/*"] });
/** A member with an install script that asks for `lib` by a range, which the lockfile repeats. */
const tagged = (range: string): Pick<Layout, "lockfile" | "others"> => ({
  lockfile: lock(1)
    .replace("} } },", `} }, "packages/a": { "name": "a", "dependencies": { "lib": "${range}" } } },`)
    .replace('"hono": [', '"a": ["a@workspace:packages/a"],\n    "lib": ["lib@1.0.0", "", {}, ""],\n    "hono": ['),
  others: {
    "packages/a/package.json": JSON.stringify({
      name: "a",
      scripts: { prepare: "husky" },
      dependencies: { lib: range },
    }),
  },
});
const withPackages = (packages: string): string => lock(1).replace('"hono": ["hono@4.10.4", "", {}, ""]', packages);

/** An older setup-bun, which reads no declaration by itself. */
const BEFORE_CHECKOUT = `on: push
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - uses: oven-sh/setup-bun@v2.0.2
INPUTS      - uses: actions/checkout@v5
      - run: bun ci
`;

const unfrozen = (command: string): string =>
  `\`${command}\` can change \`bun.lock\` in CI. With \`--frozen-lockfile\` it fails instead where the lockfile is out of date.`;
const mismatch = (
  used: string,
  declared: string,
  effect: string,
  label = "package.json:1 (`packageManager`)",
): string => `CI gets ${used} here, but ${label} declares Bun ${declared}: ${effect}.`;
const OTHER = "CI does not run what the repository is developed with";
const FLOATING = "CI moves on with each release while the repository stays";

new RuleTester().run("lockfile-frozen-bun-version-match", {
  valid: [
    { name: "frozen by flag", ...layout({ steps: run("bun install --frozen-lockfile") }) },
    ...[
      "      - uses: stefanzweifel/git-auto-commit-action@v6\n        with: { file_pattern: 'bun.lock docs/*' }\n",
      "      - uses: EndBug/add-and-commit@v9\n        with: { add: bun.lock }\n",
    ].map((step) => ({ name: `committed by an action: ${step}`, ...layout({ steps: run("bun install") + step }) })),
    ...["oldest-bun", "compat"].map((id) => ({
      name: `a job that runs another Bun on purpose: ${id}`,
      file: WORKFLOW,
      files: {
        ...files({ steps: setup("1.2.19") + run("bun ci"), manifest: bun("1.3.14") }),
        [WORKFLOW]: workflow(setup("1.2.19") + run("bun ci")).replace("  test:", `  ${id}:`),
      },
    })),
    {
      name: "a job that only runs bunx in a folder with a Bun of its own",
      ...layout({
        steps: `${setup("1.2.18")}      - run: bunx serve\n        working-directory: site\n`,
        manifest: bun("1.3.14"),
        others: { "site/package.json": JSON.stringify({ name: "site", ...bun("1.2.18") }) },
      }),
    },
    ...[
      `node -e "const f = require('fs'); f.writeFileSync('package.json', f.readFileSync('next.json'))"`,
      "npm pkg set dependencies.a=1.2.3",
      "node scripts/replace.js",
      "sed -i s/1.0.0/2.0.0/ package.json",
    ].map((script) => ({
      name: `after something that changes the dependencies: ${script}`,
      ...layout({
        steps: `${run(JSON.stringify(script))}${run("bun install")}`,
        others: { "scripts/replace.js": "require('fs').writeFileSync('package.json', '{}')\n" },
      }),
    })),
    {
      name: "after a frozen install of the same job, which has proved the lockfile",
      ...layout({ steps: run("bun install --frozen-lockfile") + run("bun install") }),
    },
    { name: "frozen by command", ...layout({ steps: setup("1.3.1") + run("bun ci") }) },
    { name: "frozen by --production", ...layout({ steps: run("bun install --production") }) },
    {
      name: "frozen by bunfig.toml",
      ...layout({ steps: run("bun install"), others: { "bunfig.toml": "[install]\nfrozenLockfile = true\n" } }),
    },
    {
      name: "bunfig.toml that cannot be read",
      ...layout({ steps: run("bun install"), others: { "bunfig.toml": "[install\n" } }),
    },
    {
      name: "a member of a pnpm workspace, which Bun installs by itself",
      ...layout({
        steps: run("cd packages/mcp && bun install"),
        others: {
          "pnpm-workspace.yaml": "packages: [packages/*]\n",
          "packages/mcp/package.json": JSON.stringify({ name: "mcp", dependencies: { hono: "^4" } }),
          "packages/mcp/.gitignore": "bun.lock\n",
        },
      }),
    },
    {
      name: "a package that is a member for pnpm alone, with its own lockfile",
      ...layout({
        steps: run("cd packages/mcp && bun install --frozen-lockfile"),
        manifest: { workspaces: ["apps/*"] },
        lockfile: null,
        others: {
          "pnpm-workspace.yaml": "packages: [packages/*]\n",
          "packages/mcp/package.json": JSON.stringify({ name: "mcp", dependencies: { hono: "^4" } }),
          "packages/mcp/bun.lock": `{ "lockfileVersion": 1 }`,
        },
      }),
    },
    {
      name: "the change is meant",
      ...layout({
        steps:
          run("bun install --no-frozen-lockfile") +
          run("bun install --no-save") +
          run("bun add hono") +
          run("bun install --lockfile-only"),
      }),
    },
    {
      name: "the dependencies are changed before, or the lockfile is committed after",
      ...layout({ steps: run("bun add hono && bun install") + run("bun install && git add bun.lock") }),
    },
    ...["git add -A", "git add .", "git add --all && git status", "git commit -am x"].map((command) => ({
      name: `all that was changed is committed after, by ${command}`,
      ...layout({ steps: run("bun install") + run(`bun test && ${command}`) }),
    })),
    {
      name: "another package manager's lockfile",
      ...layout({ steps: run("bun install"), lockfile: null, others: { "package-lock.json": "{}" } }),
    },
    {
      name: "nothing to install",
      ...layout({ steps: run("bun install --frozen-lockfile"), lockfile: null, manifest: { dependencies: {} } }),
    },
    { name: "flags that are not known", ...layout({ steps: run("bun install ${{ inputs.flags }}") }) },
    { name: "outside of the repository", ...layout({ steps: run("cd /tmp/x && bun install") }) },
    { name: "versions that agree", ...layout({ steps: setup("1.3.1") + run("bun ci"), manifest: bun("1.3.1") }) },
    { name: "setup-bun reads packageManager", ...layout({ steps: setup() + run("bun ci"), manifest: bun("1.3.1") }) },
    {
      name: "the hash of corepack is no part of the version",
      ...layout({ steps: setup("1.3.1"), manifest: bun("1.3.1+sha512.abc") }),
    },
    {
      name: "a range that still resolves to the declared version",
      ...layout({ steps: setup("1.3"), manifest: bun("1.3.14") }),
    },
    { name: "a matrix of versions", ...layout({ steps: setup("${{ matrix.bun }}"), manifest: bun("1.3.14") }) },
    { name: "nothing is declared", ...layout({ steps: setup("1.3.1") }) },
    {
      name: "engines that setup-bun follows to the declared version",
      ...layout({ steps: setup(), manifest: { engines: { bun: "~1.2.5" } }, others: { ".bun-version": "1.2.23\n" } }),
    },
    { name: "engines that hold", ...layout({ steps: setup("1.3.1"), manifest: { engines: { bun: ">=1.2" } } }) },
  ],
  invalid: [
    ...["EndBug/add-and-commit@v9\n        with: { add: docs }", "peter-evans/create-pull-request@v7"].map((uses) => ({
      name: `an action that commits something else, or all: ${uses}`,
      ...layout({ steps: `${run("bun install")}      - uses: ${uses}\n` }),
      errors: [
        {
          message: unfrozen("bun install"),
          suggestions: [
            {
              messageId: "freezeInstall" as const,
              output: workflow(`${run("bun install --frozen-lockfile")}      - uses: ${uses}\n`),
            },
          ],
        },
      ],
    })),
    {
      name: "an install that can change the lockfile",
      ...layout({ steps: run("bun install") }),
      errors: [{ message: unfrozen("bun install"), line: 7, column: 14, endColumn: 25 }],
      output: workflow(run("bun install --frozen-lockfile")),
    },
    ...[
      `node -p "require('./package.json').version"`,
      "node scripts/read.js",
      "bun install --frozen-lockfile || true",
    ].map((script) => ({
      name: `after something that changes nothing: ${script}`,
      ...layout({
        steps: run(JSON.stringify(script)) + run("bun install"),
        others: { "scripts/read.js": "console.log(require('../package.json').version)\n" },
      }),
      errors: [{ message: unfrozen("bun install") }],
      output: workflow(run(JSON.stringify(script)) + run("bun install --frozen-lockfile")),
    })),
    {
      name: "a binary lockfile, of which nobody can tell whether it is in sync",
      ...layout({ steps: run("bun install"), lockfile: null, others: { "bun.lockb": "#!/usr/bin/env bun\n" } }),
      errors: [
        {
          message: unfrozen("bun install").replace("bun.lock", "bun.lockb"),
          suggestions: [{ messageId: "freezeInstall", output: workflow(run("bun install --frozen-lockfile")) }],
        },
      ],
    },
    {
      name: "a lockfile beside another one, with which npm installs elsewhere, and which nobody compares therefore",
      ...layout({
        steps: `${run("bun install")}${run("npm ci")}`,
        others: { "package-lock.json": "{}" },
      }),
      errors: [
        {
          message: unfrozen("bun install"),
          suggestions: [
            {
              messageId: "freezeInstall",
              output: workflow(`${run("bun install --frozen-lockfile")}${run("npm ci")}`),
            },
          ],
        },
      ],
    },
    ...(
      [
        [
          "a tag that Bun before 1.4.4 looks up anew, for a member has an install script",
          "latest",
          setup("1.3.1"),
          bun("1.3.1"),
          "",
        ],
        ["no range there, by a Bun that is not known", "", "", {}, ""],
        [
          "a tag, where another fix makes CI follow an older Bun",
          "latest",
          setup("1.4.5"),
          bun("1.3.1"),
          setup("1.3.1"),
        ],
      ] as const
    ).map(([name, range, steps, manifest, fixed]) => ({
      name,
      ...layout({ steps: steps + run("bun install"), manifest: inWorkspace(manifest), ...tagged(range) }),
      errors: [
        ...(fixed === "" ? [] : [{ messageId: "mismatchedVersion" as const }]),
        {
          message: unfrozen("bun install"),
          suggestions: [
            { messageId: "freezeInstall" as const, output: workflow(steps + run("bun install --frozen-lockfile")) },
          ],
        },
      ],
      ...(fixed !== "" && { output: workflow(fixed + run("bun install")) }),
    })),
    ...(
      [
        ["a tag, of which Bun since 1.4.4 keeps what is locked", "latest", "1.4.5"],
        ["a range that keeps what is locked", "^1.0.0", "1.3.1"],
      ] as const
    ).map(([name, range, version]) => ({
      name,
      ...layout({
        steps: setup(version) + run("bun install"),
        manifest: inWorkspace(bun(version)),
        ...tagged(range),
      }),
      errors: [{ message: unfrozen("bun install") }],
      output: workflow(setup(version) + run("bun install --frozen-lockfile")),
    })),
    {
      name: "a lockfile with a rest that needs itself, to which only an optional peer leads",
      ...layout({
        steps: run("bun install"),
        lockfile:
          withPackages(`"hono": ["hono@4.10.4", "", { "peerDependencies": { "native": "*" }, "optionalPeers": ["native"] }, ""],
    "lists": ["lists@1.0.0", "", { "peerDependencies": { "native": "*" } }, ""],
    "native": ["native@1.0.0", "", { "dependencies": { "lists": "*" } }, ""]`),
      }),
      errors: [
        {
          message: unfrozen("bun install"),
          suggestions: [{ messageId: "freezeInstall", output: workflow(run("bun install --frozen-lockfile")) }],
        },
      ],
    },
    {
      name: "a lockfile with an optional peer that nothing else needs",
      ...layout({
        steps: run("bun install"),
        lockfile:
          withPackages(`"hono": ["hono@4.10.4", "", { "peerDependencies": { "native": "*" }, "optionalPeers": ["native"] }, ""],
    "native": ["native@1.0.0", "", {}, ""]`),
      }),
      errors: [{ message: unfrozen("bun install") }],
      output: workflow(run("bun install --frozen-lockfile")),
    },
    {
      name: "a lockfile beside another one, with which nothing installs",
      ...layout({ steps: run("bun install"), others: { "package-lock.json": "{}" } }),
      errors: [{ message: unfrozen("bun install") }],
      output: workflow(run("bun install --frozen-lockfile")),
    },
    {
      name: "all that was changed in the clone of another repository is committed after",
      ...layout({ steps: run("bun install") + run("cd tap && git add .") }),
      errors: [{ message: unfrozen("bun install") }],
      output: workflow(run("bun install --frozen-lockfile") + run("cd tap && git add .")),
    },
    {
      name: "its other flags stay",
      ...layout({ steps: `      - run: |\n          # quietly\n          bun i --ignore-scripts # no scripts\n` }),
      errors: [{ message: unfrozen("bun i --ignore-scripts"), line: 9, column: 11 }],
      output: workflow(
        `      - run: |\n          # quietly\n          bun i --frozen-lockfile --ignore-scripts # no scripts\n`,
      ),
    },
    {
      name: "a flag that does not exist",
      ...layout({ steps: run("bun install --frozen") }),
      errors: [{ messageId: "unknownFlag" }],
      output: workflow(run("bun install --frozen-lockfile")),
    },
    {
      name: "a flag that does not exist yet",
      ...layout({ steps: setup("1.3.14") + run("bun install --immutable") }),
      errors: [{ messageId: "unknownFlag" }],
      output: workflow(setup("1.3.14") + run("bun install --frozen-lockfile")),
    },
    {
      name: "a command that does not exist yet",
      ...layout({ steps: setup("1.2.18") + run("bun ci --ignore-scripts") }),
      errors: [
        {
          message:
            "Bun 1.2.18 has no command `bun ci`, which came with 1.2.19, and looks for a script of that name instead.",
        },
      ],
      output: workflow(setup("1.2.18") + run("bun install --frozen-lockfile --ignore-scripts")),
    },
    {
      name: "no lockfile",
      ...layout({ steps: run("bun ci"), lockfile: null }),
      errors: [
        {
          message:
            "`bun ci` freezes nothing: the repository has no `bun.lock`, which Bun lets pass. Each run can install other versions.",
        },
      ],
    },
    {
      name: "an ignored lockfile",
      ...layout({ steps: run("bun ci"), lockfile: null, others: { ".gitignore": "bun.lock\n" } }),
      errors: [{ message: "`bun ci` freezes nothing: git ignores `bun.lock`, so CI has none, which Bun lets pass." }],
    },
    {
      name: "an older Bun than declared",
      ...layout({ steps: setup("'1.3.5' # for now"), manifest: bun("1.3.14") }),
      errors: [{ message: mismatch("Bun 1.3.5", "1.3.14", OTHER), line: 9, column: 24 }],
      output: workflow(setup("'1.3.14' # for now")),
    },
    {
      name: "the newest Bun",
      ...layout({ steps: setup("latest"), manifest: bun("1.3.14") }),
      errors: [{ message: mismatch("the newest Bun (1.4.5 or later)", "1.3.14", FLOATING) }],
      output: workflow(setup("1.3.14")),
    },
    {
      name: "a range that has moved on",
      ...layout({ steps: setup("1.x"), manifest: bun("1.3.14") }),
      errors: [{ message: mismatch("the newest Bun of `1.x` (1.4.5 or later)", "1.3.14", FLOATING) }],
      output: workflow(setup("1.3.14")),
    },
    {
      name: "a number",
      ...layout({ steps: setup("1.2"), manifest: bun("1.3.14") }),
      errors: [{ message: mismatch("the newest Bun of `1.2` (1.2.23 or later)", "1.3.14", FLOATING) }],
      output: workflow(setup("1.3.14")),
    },
    {
      name: "a release of setup-bun that reads nothing by itself",
      ...layout({ steps: setup(undefined, "v2.0.2"), manifest: bun("1.3.14") }),
      errors: [{ message: mismatch("the newest Bun (1.4.5 or later)", "1.3.14", FLOATING), line: 7, column: 15 }],
      output: workflow(setup("1.3.14", "v2.0.2").replace("bun-version: 1.3.14", "bun-version-file: package.json")),
    },
    {
      name: "a version file that nothing names",
      ...layout({ steps: setup(), others: { ".bun-version": "1.3.14\n" } }),
      errors: [
        { message: mismatch("the newest Bun (1.4.5 or later)", "1.3.14", FLOATING, ".bun-version:1 (`.bun-version`)") },
      ],
      output: workflow(setup("1.3.14").replace("bun-version: 1.3.14", "bun-version-file: .bun-version")),
    },
    {
      name: "engines that setup-bun follows past a version file",
      ...layout({
        steps: setup(),
        manifest: { engines: { bun: ">=1.2.15" } },
        others: { ".bun-version": "1.2.15\n" },
      }),
      errors: [
        {
          message: mismatch(
            "the newest Bun of `engines.bun: >=1.2.15` (1.4.5 or later)",
            "1.2.15",
            FLOATING,
            ".bun-version:1 (`.bun-version`)",
          ),
          line: 7,
          column: 15,
        },
      ],
      output: workflow(setup("1.2.15").replace("bun-version: 1.2.15", "bun-version-file: .bun-version")),
    },
    {
      name: "engines that a step names",
      ...layout({
        steps: setup("package.json").replace("bun-version:", "bun-version-file:"),
        manifest: { engines: { bun: "1.3.5" } },
        others: { ".tool-versions": "bun 1.3.14\n" },
      }),
      errors: [
        {
          message: `${mismatch("Bun 1.3.5 (`engines.bun`)", "1.3.14", "one of the two is out of date", ".tool-versions:1 (`.tool-versions`)")} package.json:1 declares Bun 1.3.5.`,
        },
      ],
    },
    {
      name: "engines that do not hold",
      ...layout({ steps: setup("1.2.18"), manifest: { engines: { bun: ">=1.3" } } }),
      errors: [{ message: mismatch("Bun 1.2.18", ">=1.3", OTHER, "package.json:1 (`engines.bun`)") }],
    },
    {
      name: "another layout of node_modules",
      ...layout({ steps: setup("1.3.0") + run("bun ci"), manifest: { ...bun("1.3.14"), workspaces: ["a"] } }),
      errors: [
        {
          message: mismatch(
            "Bun 1.3.0",
            "1.3.14",
            "1.3.0 installs isolated and 1.3.14 hoisted, so a dependency that is not declared is found by one and not by the other",
          ),
        },
      ],
      output: workflow(setup("1.3.14") + run("bun ci")),
    },
    {
      name: "a lockfile that CI's Bun cannot read",
      ...layout({ steps: setup("1.3.14") + run("bun ci"), manifest: bun("1.4.5"), lockfile: lock(2, 1) }),
      errors: [
        {
          message: mismatch(
            "Bun 1.3.14",
            "1.4.5",
            "1.3.14 cannot read `bun.lock` with `lockfileVersion` 2, and a frozen install fails with `Unknown lockfile version`",
          ),
        },
      ],
      output: workflow(setup("1.4.5") + run("bun ci")),
    },
    ...[
      { line: "FROM --platform=amd64 oven/bun:1.3.12" },
      { line: "FROM oven/bun:1.3.12-slim AS build" },
      { line: "ARG BUN_VERSION=1.3.12" },
      { line: "COPY --from=oven/bun:1.3.12 /usr/local/bin/bun /bin/bun" },
      { line: "image: oven/bun:1.3.12-alpine", path: "docker-compose.yml" },
    ].map(({ line, path = "apps/web/Dockerfile" }) => ({
      name: `CI does not follow a declaration unasked where an image has a newer Bun: ${line}`,
      ...layout({
        steps: setup("1.3.12") + run("bun ci"),
        manifest: bun("1.3.10"),
        others: { [path]: `# FROM oven/bun:1.3.14\n${line}\n` },
      }),
      errors: [
        {
          message: `${mismatch("Bun 1.3.12", "1.3.10", "one of the two is out of date")} ${path}:2 has Bun 1.3.12.`,
          suggestions: [{ messageId: "followDeclaration", output: workflow(setup("1.3.10") + run("bun ci")) }],
        },
      ],
    })),
    {
      name: "CI does not follow a declaration unasked where a newer Bun has written the lockfile",
      ...layout({ steps: setup("1.3.8") + run("bun ci"), manifest: bun("1.2.19"), lockfile: lock(1, 1) }),
      errors: [
        {
          message: `${mismatch("Bun 1.3.8", "1.2.19", "one of the two is out of date")} \`bun.lock\` was written by Bun 1.3.2 or later.`,
          suggestions: [{ messageId: "followDeclaration", output: workflow(setup("1.2.19") + run("bun ci")) }],
        },
      ],
    },
    {
      name: "CI does not follow a declaration unasked where a comment says why",
      ...layout({ steps: setup('"1.3.8" # 1.3.10 is broken') + run("bun ci"), manifest: bun("1.3.10") }),
      errors: [
        {
          message: mismatch("Bun 1.3.8", "1.3.10", OTHER),
          suggestions: [
            {
              messageId: "followDeclaration",
              output: workflow(setup('"1.3.10" # 1.3.10 is broken') + run("bun ci")),
            },
          ],
        },
      ],
    },
    {
      name: "a declaration that cannot read the lockfile is what is out of date",
      ...layout({ steps: setup("latest") + run("bun ci"), manifest: bun("1.1.0"), lockfile: lock(1) }),
      errors: [
        {
          message: `${mismatch("the newest Bun (1.4.5 or later)", "1.1.0", "one of the two is out of date")} \`bun.lock\` was written by Bun 1.2.0 or later.`,
        },
      ],
    },
    {
      name: "CI does not follow a declaration unasked where another one says otherwise",
      ...layout({
        steps: setup("1.3.5") + run("bun ci"),
        manifest: { ...bun("1.2.19"), engines: { bun: ">=1.3.0" } },
      }),
      errors: [
        {
          message: `${mismatch("Bun 1.3.5", "1.2.19", "one of the two is out of date")} package.json:1 declares Bun >=1.3.0.`,
          suggestions: [{ messageId: "followDeclaration", output: workflow(setup("1.2.19") + run("bun ci")) }],
        },
      ],
    },
    {
      name: "CI does not follow a declaration unasked where a newer Bun has saved an older lockfile",
      ...layout({ steps: setup("1.3.8") + run("bun ci"), manifest: bun("1.2.19"), lockfile: lock(1, 0) }),
      errors: [
        {
          messageId: "mismatchedVersion",
          suggestions: [{ messageId: "followDeclaration", output: workflow(setup("1.2.19") + run("bun ci")) }],
        },
      ],
    },
    ...[
      { name: "an older image", image: "1.3.1", used: "1.3.12" },
      { name: "an image of the declared Bun", image: "1.3.10", used: "1.3.12" },
      { name: "an image whose tag moves", image: "latest", used: "1.3.12" },
      { name: "an image of the older Bun that CI gets", image: "1.3.1", used: "1.3.1" },
    ].map(({ name, image, used }) => ({
      name: `CI follows a declaration beside ${name}`,
      ...layout({
        steps: setup(used) + run("bun ci"),
        manifest: bun("1.3.10"),
        others: { Dockerfile: `FROM oven/bun:${image}\n` },
      }),
      output: workflow(setup("1.3.10") + run("bun ci")),
      errors: [{ message: mismatch(`Bun ${used}`, "1.3.10", OTHER) }],
    })),
    {
      name: "a step before the checkout, which cannot read a file",
      file: WORKFLOW,
      files: {
        ...files({ steps: "", manifest: bun("1.3.1") }),
        [WORKFLOW]: BEFORE_CHECKOUT.replace("INPUTS", ""),
      },
      output: BEFORE_CHECKOUT.replace("INPUTS", "        with:\n          bun-version: 1.3.1\n"),
      errors: [{ messageId: "mismatchedVersion" }],
    },
    {
      name: "CI does not follow a declaration that cannot read the lockfile",
      ...layout({ steps: setup("1.4.5") + run("bun ci"), manifest: bun("1.3.14"), lockfile: lock(2, 1) }),
      errors: [{ messageId: "mismatchedVersion" }],
    },
    {
      name: "a declaration that cannot read the lockfile, where CI brings another Bun",
      ...layout(
        { steps: setup("1.4.5") + run("bun ci"), manifest: bun("1.3.14"), lockfile: lock(2, 1) },
        "package.json",
      ),
      errors: [
        {
          message:
            "Bun 1.3.14 cannot read `bun.lock` with `lockfileVersion` 2, which takes Bun 1.4.0: a frozen install fails with `Unknown lockfile version`.",
          suggestions: [
            {
              desc: "Declare Bun 1.4.0, the first that reads this lockfile.",
              output: JSON.stringify({ name: "app", dependencies: { hono: "^4" }, ...bun("1.4.0") }),
            },
          ],
        },
      ],
    },
    {
      name: "a declaration that cannot read the lockfile, which CI follows",
      ...layout({ steps: setup() + run("bun ci"), manifest: bun("1.3.14"), lockfile: lock(2, 1) }, "package.json"),
      errors: [
        {
          message:
            "Bun 1.3.14 cannot read `bun.lock` with `lockfileVersion` 2, which takes Bun 1.4.0: a frozen install fails with `Unknown lockfile version` (.github/workflows/ci.yml:8).",
          suggestions: 1,
        },
      ],
    },
    {
      name: "two declarations",
      ...layout({ steps: run("echo"), manifest: bun("1.3.14"), others: { ".bun-version": "1.3.5\n" } }, "package.json"),
      errors: [
        { message: "`packageManager` declares Bun 1.3.14, but .bun-version:1 declares 1.3.5. One of them is wrong." },
      ],
    },
    {
      name: "an image is a suggestion",
      file: WORKFLOW,
      files: {
        ...files({ steps: "", manifest: bun("1.3.14") }),
        [WORKFLOW]: workflow(run("bun ci")).replace("    steps:", "    container: oven/bun:1.3.5-slim\n    steps:"),
      },
      errors: [
        {
          message: mismatch("Bun 1.3.5", "1.3.14", OTHER),
          suggestions: [
            {
              desc: "Use Bun 1.3.14, which package.json:1 (`packageManager`) declares.",
              output: workflow(run("bun ci")).replace("    steps:", "    container: oven/bun:1.3.14-slim\n    steps:"),
            },
          ],
        },
      ],
    },
    {
      name: "a lockfile that is out of date has to be mended first",
      ...layout({
        steps: setup("1.3.1") + run("bun install"),
        lockfile: `{ "lockfileVersion": 1, "workspaces": { "": { "name": "app" } }, "packages": {} }`,
      }),
      errors: [
        {
          message: unfrozen("bun install"),
          suggestions: [
            {
              desc: "Add `--frozen-lockfile`.",
              output: workflow(setup("1.3.1") + run("bun install --frozen-lockfile")),
            },
          ],
        },
      ],
    },
    {
      name: "a script of package.json that CI runs",
      ...layout(
        { steps: run("bun run setup"), manifest: { scripts: { setup: "bun install && bun run build" } } },
        "package.json",
      ),
      errors: [
        {
          message:
            "`bun install` can change `bun.lock` in CI, where .github/workflows/ci.yml:7 runs it. With `--frozen-lockfile` it fails instead where the lockfile is out of date.",
          suggestions: [
            {
              desc: "Add `--frozen-lockfile`.",
              output: JSON.stringify({
                name: "app",
                dependencies: { hono: "^4" },
                scripts: { setup: "bun install --frozen-lockfile && bun run build" },
              }),
            },
          ],
        },
      ],
    },
  ],
});
