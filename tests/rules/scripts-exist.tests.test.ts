import { RuleTester } from "../support/rule-tester.ts";
import type { RepositoryFiles } from "../support/temporary.ts";

const WORKFLOW = ".github/workflows/ci.yml";
const BUN = "      - uses: oven-sh/setup-bun@v2\n        with: { bun-version: 1.3.1 }\n";
const run = (command: string): string => `      - run: ${command}\n`;
const workflow = (steps: string): string =>
  `on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v5\n${steps}`;
const FILES: RepositoryFiles = {
  "package.json": JSON.stringify({
    name: "acme",
    workspaces: ["packages/*"],
    scripts: {
      test: "bun test",
      unit: "bun run test tests/unit/a.test.ts",
      vitest: "vitest run",
      gone: "vitest run tests/unit/a.test.ts",
    },
  }),
  "packages/app/package.json": JSON.stringify({ name: "app", scripts: { test: "vitest run" } }),
  "packages/app/src/deep/c.test.ts": "",
  "test/unit/a.test.ts": "",
  "test/unit/b.test.ts": "",
  ".gitignore": "generated/\n",
};
const repository = (steps: string, more: RepositoryFiles = {}, name = steps) => ({
  name: [name, ...Object.entries(more).flat()].join(" "),
  file: WORKFLOW,
  files: { ...FILES, ...more, [WORKFLOW]: workflow(steps) },
});
/** With a Bun that fails without tests. */
const bun = (command: string, more: RepositoryFiles = {}) => repository(BUN + run(command), more, command);
const vitest = (command: string, more: RepositoryFiles = {}) => repository(run(command), more, command);
const config = (text: string, name = "vitest.config.ts"): RepositoryFiles => ({
  [name]: `import { defineConfig } from "vitest/config";\n${text}`,
});
const withBun = (version: string) => {
  const step = `      - uses: oven-sh/setup-bun@v2\n        with: { bun-version: ${version} }\n`;
  return repository(step + run("bun test tests/unit/a.test.ts"), {}, `Bun ${version}`);
};
/** A workflow whose index of git lists a path that is not there. */
const listed = (path: string): RepositoryFiles => ({
  ".git/index": `DIRC\0\0\0\u0002\0${String.fromCharCode(path.length)}${path}\0`,
});
const GONE = "tests/unit/a.test.ts";

const error = (command: string, words = `\`${GONE}\``, hint = "") => ({
  message: `\`${command}\` fails: no test file matches ${words}.${hint === "" ? "" : ` There is \`${hint}\`.`}`,
});

new RuleTester().run("scripts-exist", {
  valid: [
    ...[
      "bun test",
      "bun test test/unit/a.test.ts",
      "bun test unit/a.test.ts",
      "bun test ./test/unit",
      "bun test tests/unit/a.test.ts test/unit/b.test.ts",
      "bun test tests/unit/a.test.ts unit",
      "bun test tests/unit/*.test.ts",
      "bun test tests/unit/$NAME.test.ts",
      "bun test --pass-with-no-tests tests/unit/a.test.ts",
      "bun test --unknown tests/unit/a.test.ts",
      "bun test --watch tests/unit/a.test.ts",
      "bun test tests/unit/a.test.ts || true",
      "bun test generated/a.test.ts",
      "bun test node_modules/a/a.test.ts",
      "bun test ../other/a.test.ts",
      "bun run generate && bun test tests/unit/a.test.ts",
      "git ls-files | xargs bun test tests/unit/a.test.ts",
      "bun run test --pass-with-no-tests tests/unit/a.test.ts",
      "cd packages/app && bun test deep/c.test.ts",
      "cd packages/app && bun test ../../test/unit",
    ].map((command) => bun(command)),
    bun("bun test tests/unit/a.test.ts", listed("packages/app/tests/unit/a.test.ts")),
    bun("bun test tests/unit/a.test.ts", { ".gitmodules": "" }),
    bun("cd packages/app && bun test unit/a.test.ts", { "packages/app/bunfig.toml": '[test]\nroot = "../.."\n' }),
    bun("bun test tests/unit/a.test.ts", { "packages/tests": "a link to a folder" }),
    repository(run("bun test tests/unit/a.test.ts"), {}, "a Bun that is not known"),
    withBun("1.2.15"),
    withBun("canary"),
    repository(`${BUN}${run("bun test tests/unit/a.test.ts")}        env: { BUN_OPTIONS: --pass-with-no-tests }\n`),
    repository(`${BUN}${run("bun test tests/unit/a.test.ts")}        continue-on-error: true\n`),
    repository(`${BUN}      - uses: actions/download-artifact@v5\n${run("bun test tests/unit/a.test.ts")}`),
    repository(
      `${BUN}      - uses: actions/cache@v4\n        with: { path: dist, key: a }\n${run("bun test unit/a.test.js")}`,
    ),
    ...[
      "npx vitest run",
      "npx vitest run test/unit/A.test.ts",
      "npx vitest run ./test/unit",
      "npx vitest run tests/unit/a.test.ts test/unit/b.test.ts",
      "npx vitest run tests/unit/a.test.ts:12",
      "npx vitest run --passWithNoTests tests/unit/a.test.ts",
      "npx vitest run tests/unit/a.test.ts --passWithNoTests",
      "npx vitest run tests/unit/a.test.ts --root packages/app",
      "npx vitest run --coverage tests/unit/a.test.ts",
      "npx vitest related tests/unit/a.test.ts",
      "npx vitest bench tests/unit/a.test.ts",
      "npx vitest watch tests/unit/a.test.ts",
      "npx vitest run -- tests/unit/a.test.ts",
    ].map((command) => vitest(command)),
    ...[
      config("export default defineConfig({ test: { passWithNoTests: true } });"),
      config("import own from 'some-plugin';\nexport default defineConfig({ plugins: [own()] });"),
      config("export default defineConfig(await import('./a.ts'));"),
      config("import shared from '../gone';\nexport default shared;"),
      {
        ...config("import shared from './shared';\nexport default shared;"),
        "shared.ts": "export default { passWithNoTests: true }",
      },
    ].map((more) => vitest("npx vitest run tests/unit/a.test.ts", more)),
    vitest("cd packages/app && npx vitest run tests/unit/a.test.ts", config("passWithNoTests")),
    vitest("npx vitest run -c other.config.ts tests/unit/a.test.ts", config("passWithNoTests", "other.config.ts")),
    vitest("npx vitest run packages/app/c.test.ts", config("export default { test: { projects: ['packages/*'] } };")),
    vitest("cd packages/app && npx vitest run unit/a.test.ts", {
      "packages/app/vitest.config.ts": "export default { test: { include: ['../../test/**/*.ts'] } };",
    }),
  ],
  invalid: [
    {
      ...bun("bun test tests/unit/a.test.ts"),
      errors: [
        {
          ...error("bun test tests/unit/a.test.ts", undefined, "test/unit/a.test.ts"),
          suggestions: [
            {
              messageId: "useName",
              output: workflow(BUN + run("bun test test/unit/a.test.ts")),
            },
          ],
        },
      ],
    },
    ...["bun test ./tests/unit/a.test.ts --timeout 100", "bun --silent test --coverage tests/unit/a.test.ts"].map(
      (command) => ({
        ...bun(command),
        errors: [{ ...error(command, undefined, "test/unit/a.test.ts"), suggestions: 1 }],
      }),
    ),
    {
      ...bun("bun test tests/unit/a.test.ts tests/gone"),
      errors: [error("bun test tests/unit/a.test.ts tests/gone", `\`${GONE}\` or \`tests/gone\``)],
    },
    {
      ...bun("cd packages/app && bun test packages/app/src/deep"),
      errors: [error("bun test packages/app/src/deep", "`packages/app/packages/app/src/deep`")],
    },
    {
      ...bun("bun test tests/unit/a.test.ts", listed("test/unit/a.test.ts")),
      errors: [{ ...error("bun test tests/unit/a.test.ts", undefined, "test/unit/a.test.ts"), suggestions: 1 }],
    },
    ...["1.2.18", "latest"].map((version) => ({
      ...withBun(version),
      errors: [{ ...error("bun test tests/unit/a.test.ts", undefined, "test/unit/a.test.ts"), suggestions: 1 }],
    })),
    {
      ...bun("bun run test tests/unit/a.test.ts"),
      errors: [
        {
          message:
            "`bun run test tests/unit/a.test.ts` runs `bun test tests/unit/a.test.ts` (package.json:1 `bun test tests/unit/a.test.ts`), which fails: no test file matches `tests/unit/a.test.ts`. There is `test/unit/a.test.ts`.",
        },
      ],
    },
    {
      ...bun("bun run unit"),
      file: "package.json",
      errors: [
        {
          message:
            "`bun run test tests/unit/a.test.ts` runs `bun test tests/unit/a.test.ts` (package.json:1 `bun test tests/unit/a.test.ts`), which fails: no test file matches `tests/unit/a.test.ts`. There is `test/unit/a.test.ts`.",
        },
      ],
    },
    {
      ...vitest("npm test -w app -- unit/a.test.ts"),
      errors: [
        {
          message:
            "`npm test -w app -- unit/a.test.ts` runs `vitest run unit/a.test.ts` (packages/app/package.json:1 `vitest run unit/a.test.ts`), which fails: no test file matches `packages/app/unit/a.test.ts`. There is `test/unit/a.test.ts`.",
        },
      ],
    },
    {
      name: "a matrix of paths, of which one is there",
      file: WORKFLOW,
      files: {
        ...FILES,
        [WORKFLOW]: workflow(run("npx vitest run ${{ matrix.path }}")).replace(
          "    steps:",
          "    strategy: { matrix: { path: [test/unit, tests/gone, tests/unit/a.test.ts] } }\n    steps:",
        ),
      },
      errors: [
        error("npx vitest run ${{ matrix.path }}", "`tests/gone`"),
        error("npx vitest run ${{ matrix.path }}", undefined, "test/unit/a.test.ts"),
      ],
    },
    {
      ...vitest("npm run gone"),
      file: "package.json",
      errors: [
        {
          message:
            "`vitest run tests/unit/a.test.ts`, which .github/workflows/ci.yml:7 runs, fails: no test file matches `tests/unit/a.test.ts`. There is `test/unit/a.test.ts`.",
          suggestions: 1,
        },
      ],
    },
    ...["npx vitest run --retry=3 tests/unit/a.test.ts", "npx vitest --run tests/unit/a.test.ts --coverage"].map(
      (command) => ({
        ...vitest(command, config("import './shared';\nexport default {};")),
        files: {
          ...vitest(command, config("import './shared';\nexport default {};")).files,
          "shared.ts": "import path from 'node:path';",
        },
        errors: [{ ...error(command, undefined, "test/unit/a.test.ts"), suggestions: 1 }],
      }),
    ),
    {
      ...vitest("cd packages/app && npx vitest run unit/a.test.ts"),
      errors: [error("npx vitest run unit/a.test.ts", "`packages/app/unit/a.test.ts`", "test/unit/a.test.ts")],
    },
    {
      ...vitest("npx vitest run -c own.config.ts tests/gone.test.ts", {
        ...config("passWithNoTests"),
        ...config("", "own.config.ts"),
      }),
      errors: [error("npx vitest run -c own.config.ts tests/gone.test.ts", "`tests/gone.test.ts`")],
    },
  ],
});
