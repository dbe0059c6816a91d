import { describe, expect, it } from "vitest";
import { droppedVariables } from "../../src/faults/turbo/dropped-variables.ts";
import { Repository } from "../../src/project/repository.ts";
import { writeRepository, type RepositoryFiles } from "../support/temporary.ts";

type Level = "job" | "step";

/** What turbo keeps of a variable that a workflow sets for a build with Vite. */
function droppedFrom(
  level: Level,
  files: RepositoryFiles,
  script = "vite build",
  name = "API_URL",
  run = "npx turbo run build",
): readonly string[] {
  const env = (indent: string): string => `${indent}env:\n${indent}  ${name}: https://example.org\n`;
  const root = writeRepository({
    "package.json": JSON.stringify({ workspaces: ["apps/*"], devDependencies: { turbo: "2.11.11" } }),
    "turbo.json": `{ "tasks": { "build": {} } }`,
    "apps/web/package.json": JSON.stringify({ name: "web", scripts: { build: script } }),
    ".github/workflows/ci.yml": `on: push
jobs:
  build:
    runs-on: ubuntu-latest
${level === "job" ? env("    ") : ""}    steps:
      - uses: actions/checkout@v5
      - run: ${run}
${level === "step" ? env("        ") : ""}`,
    ...files,
  });
  return droppedVariables(new Repository(root), "turbo.json").map(({ reason, reader }) =>
    reader === "" ? reason : `${reason} by ${reader}`,
  );
}

const config = "apps/web/vite.config.ts";
const inConfig = ["read by `vite.config.ts` (apps/web/vite.config.ts:1)"];

describe("a variable that turbo drops is read by", () => {
  it.each<[what: string, level: Level, files: RepositoryFiles, expected: readonly string[]]>([
    ["nothing, set for the job", "job", {}, []],
    ["nothing, set for the step", "step", {}, ["unused"]],
    ["the tool's configuration", "job", { [config]: "export default { base: process.env.API_URL };" }, inConfig],
    [
      "a function of the tool's configuration",
      "job",
      { [config]: "export default defineConfig(() => ({ base: process.env.API_URL }));" },
      inConfig,
    ],
    [
      "the tool's configuration, but another task is given it",
      "job",
      {
        [config]: "export default { base: process.env.API_URL };",
        "turbo.json": `{ "tasks": { "build": {}, "deploy": { "env": ["API_*"] } } }`,
      },
      [],
    ],
    [
      "a schema of the environment that the configuration imports",
      "job",
      {
        [config]: `import "./env";\nexport default {};\n`,
        "apps/web/env.ts": `import { createEnv } from "@t3-oss/env-core";\ncreateEnv({ server: { API_URL: z.url() }, runtimeEnv: process.env });\n`,
      },
      ["read by `env.ts` (apps/web/env.ts:2)"],
    ],
    ...["", "SKIP=1\n"].map((dotenv): [string, Level, RepositoryFiles, readonly string[]] => [
      `a schema whose check ${dotenv === "" ? "nothing" : "a dotenv file"} skips`,
      "job",
      {
        [config]: `import "./env";\nexport default {};\n`,
        "apps/web/env.ts": `import { createEnv } from "@t3-oss/env-core";\ncreateEnv({ server: { API_URL: z.url() }, runtimeEnv: process.env, skipValidation: !!process.env.SKIP });\n`,
        "apps/web/.env": dotenv,
      },
      dotenv === "" ? ["read by `env.ts` (apps/web/env.ts:2)"] : [],
    ]),
    [
      "a schema whose check is skipped in CI",
      "job",
      {
        [config]: `import "./env";\nexport default {};\n`,
        "apps/web/env.ts": `import { createEnv } from "@t3-oss/env-core";\ncreateEnv({ server: { API_URL: z.url() }, runtimeEnv: process.env, skipValidation: !!process.env.CI });\n`,
      },
      [],
    ],
    [
      "a module that the configuration imports",
      "job",
      { [config]: 'import "./env.ts";', "apps/web/env.ts": "export const url = process.env.API_URL;" },
      ["read by `env.ts` (apps/web/env.ts:1)"],
    ],
    [
      "a function of an imported module, which may not be called",
      "job",
      { [config]: 'import "./env.ts";', "apps/web/env.ts": "export const url = () => process.env.API_URL;" },
      [],
    ],
    [
      "a function of an imported module, and set for this step alone",
      "step",
      { [config]: 'import "./env.ts";', "apps/web/env.ts": "export const url = () => process.env.API_URL;" },
      ["read by `env.ts` (apps/web/env.ts:1)"],
    ],
    [
      "a branch of the tool's configuration",
      "job",
      { [config]: "export default () => { if (isDev) { return { base: process.env.API_URL }; } return {}; };" },
      [],
    ],
    [
      "a program that sets it itself",
      "job",
      { [config]: "process.env.API_URL ??= 'x'; export default { base: process.env.API_URL };" },
      [],
    ],
    [
      "a tool that finds it in a committed dotenv file",
      "job",
      { [config]: "export default { base: process.env.API_URL };", "apps/web/.env": "API_URL=https://example.com" },
      [],
    ],
    ...[".env.example", ".env.local.example", ".env.production.sample"].map(
      (example): [string, Level, RepositoryFiles, readonly string[]] => [
        `a tool with a dotenv file that is an example: ${example}`,
        "job",
        { [config]: "export default { base: process.env.API_URL };", [`apps/web/${example}`]: "API_URL=" },
        inConfig,
      ],
    ),
    [
      "a tool with a dotenv file that is not committed",
      "job",
      {
        [config]: "export default { base: process.env.API_URL };",
        "apps/web/.env.local": "API_URL=x",
        ".gitignore": ".env.local",
      },
      inConfig,
    ],
    ["scripts beside the sources", "step", { "apps/web/scripts/a.ts": "fetch(process.env.API_URL)" }, ["unused"]],
    ["the sources, set for the job", "job", { "apps/web/src/a.ts": "fetch(process.env.API_URL)" }, []],
    [
      "the sources, set for the step",
      "step",
      { "apps/web/src/a.ts": "fetch(process.env.API_URL)" },
      ["read by `a.ts` (apps/web/src/a.ts:1)"],
    ],
    [
      "a package of its own below the sources",
      "step",
      {
        "apps/web/services/api/package.json": `{ "name": "api" }`,
        "apps/web/services/api/a.ts": "fetch(process.env.API_URL)",
      },
      ["unused"],
    ],
  ])("%s", (_, level, files, expected) => {
    expect(droppedFrom(level, files)).toEqual(expected);
  });

  it.each([
    "cypress/support/e2e.ts",
    "e2e/auth.setup.ts",
    "e2e/playwright.config.ts",
    "playwright/auth.ts",
    "prisma/seed.ts",
    "server/index.ts",
    "src/__mocks__/env.ts",
    "src/button.stories.tsx",
    "src/db/seeds/users.ts",
    "src/drizzle/migrate.ts",
    "test/setup.ts",
    "tests/api.ts",
    "tools/upload.ts",
    "vitest.setup.ts",
  ])("no file beside the sources: %s", (path) => {
    expect(droppedFrom("step", { [`apps/web/${path}`]: "fetch(process.env.API_URL)" })).toEqual(["unused"]);
  });

  it("no sources of which Storybook compiles some", () => {
    const files = { "apps/web/src/a.ts": "fetch(process.env.API_URL)" };
    expect(droppedFrom("step", files, "storybook build")).toEqual(["unused"]);
  });

  const inTest = ["read by `a.test.ts` (apps/web/src/a.test.ts:1)"];

  it.each<[script: string, config: string, expected: readonly string[]]>([
    ["vitest run", "export default {};", inTest],
    ["vitest run --coverage --reporter=dot --passWithNoTests", "export default {};", inTest],
    ["vitest run --project unit", "export default {};", []],
    ["vitest run e2e", "export default {};", []],
    ["vitest run", `export default { test: { exclude: ["src/**"] } };`, []],
    ["vitest run", `export default { test: { coverage: { exclude: ["src/**"] } } };`, inTest],
    ["bun test", "", inTest],
    ["bun test ./e2e", "", []],
  ])("the tests that `%s` runs with %s", (script, text, expected) => {
    const files = {
      "apps/web/vitest.config.ts": text,
      "apps/web/src/a.test.ts": "fetch(process.env.API_URL)",
    };
    expect(droppedFrom("job", files, script)).toEqual(expected);
  });

  it.each<[script: string, path: string, isRun: boolean]>([
    ["vitest run", "src/a.spec.tsx", true],
    ["vitest run", "src/a.e2e.ts", false],
    ["vitest run", "src/__tests__/a.ts", false],
    ["vitest run", "dist/a.test.js", false],
    ["jest", "src/__tests__/a.ts", true],
    ["jest", "src/a.e2e.ts", false],
    ["playwright test", "src/a.spec.ts", true],
    ["playwright test", "src/a.e2e.ts", false],
    ["bun test", "src/__tests__/a.ts", false],
    ["mocha", "test/a.js", true],
    ["mocha", "test/unit/a.test.js", false],
    ["mocha", "src/a.test.js", false],
  ])("the tests that `%s` finds: %s %s", (script, path, isRun) => {
    const files = { [`apps/web/${path}`]: "fetch(process.env.API_URL)" };
    const reader = `read by \`${path.split("/").at(-1) ?? ""}\` (apps/web/${path}:1)`;
    expect(droppedFrom("job", files, script)).toEqual(isRun ? [reader] : []);
  });

  it.each([
    ["bun test", "src/a.test.ts", "bunfig.toml", `[test]\nroot = "e2e"\n`],
    ["jest", "src/a.test.ts", "jest.config.json", `{ "testMatch": ["<rootDir>/e2e/**"] }`],
    ["mocha", "test/a.js", ".mocharc.yml", "spec: e2e/*.js\n"],
    ["vitest run", "src/a.test.ts", "vitest.workspace.json", `["packages/*"]`],
  ])("no tests of `%s` in %s beside %s", (script, test, settings, text) => {
    const files = { [`apps/web/${test}`]: "fetch(process.env.API_URL)", [`apps/web/${settings}`]: text };
    expect(droppedFrom("job", files, script)).toEqual([]);
  });

  it("no tests where package.json configures their runner", () => {
    const manifest = { name: "web", scripts: { build: "jest" }, jest: { testMatch: ["<rootDir>/e2e/**"] } };
    const files = {
      "apps/web/package.json": JSON.stringify(manifest),
      "apps/web/src/a.test.ts": "fetch(process.env.API_URL)",
    };
    expect(droppedFrom("job", files)).toEqual([]);
  });

  it.each<Level>(["job", "step"])("no tool that sets it itself, if it is set for the %s", (level) => {
    const files = { [config]: "export default { base: process.env.NODE_ENV };" };
    expect(droppedFrom(level, files, "vite build", "NODE_ENV")).toEqual([]);
  });

  it("no tool that finds it in a dotenv file which a step has made", () => {
    const files = { [config]: "export default { base: process.env.API_URL };" };
    const run = "cp .env.example apps/web/.env && npx turbo run build";
    expect(droppedFrom("job", files, "vite build", "API_URL", run)).toEqual([]);
  });

  it.each<[script: string, npmrc: string, files: RepositoryFiles, isRead: boolean]>([
    ["npm publish", "//npm.example.com/:_authToken=${API_URL}", {}, true],
    ["npm publish", "# token=${API_URL}\n ; token=${API_URL}", {}, false],
    ["yarn install", "token=${API_URL}", {}, true],
    ["yarn install", "token=${API_URL}", { ".yarnrc.yml": "nodeLinker: node-modules" }, false],
  ])("`%s` with an .npmrc of %j", (script, npmrc, files, isRead) => {
    const expected = isRead ? ["read by `.npmrc` (.npmrc:1)"] : [];
    expect(droppedFrom("job", { ".npmrc": npmrc, ...files }, script)).toEqual(expected);
  });

  it("sources of a task, unless it is meant for another task that gets it", () => {
    const turbo = `{ "tasks": { "build": {}, "test": { "dependsOn": ["build"], "env": ["API_URL"] } } }`;
    const sources = { "apps/web/src/a.ts": "fetch(process.env.API_URL)" };
    const scripts = { build: "vite build", test: "node --test" };
    const manifest = { "apps/web/package.json": JSON.stringify({ name: "web", scripts }) };
    const run = "npx turbo run test";
    expect(droppedFrom("step", { "turbo.json": turbo, ...manifest, ...sources }, "", "API_URL", run)).toEqual([]);
  });

  it("the script itself", () => {
    expect(droppedFrom("job", {}, 'vite build --base "$API_URL"')).toEqual([
      'read by `vite build --base "$API_URL"` (apps/web/package.json:1)',
    ]);
  });

  it.each([
    "tsc && API_URL=x vite build",
    "export API_URL=x; vite build",
    "set -a && . ../../.env && set +a && vite build",
    "npx dotenv -e .env.test -- vite build",
    "npx env-cmd -f .env.test vite build",
    "tsc && doppler run -- vite build",
    "npm run with-env -- vite build",
    "run-s step:*",
    'concurrently "API_URL=x vite build" "serve dist"',
    "bash build.sh",
    "API_URL=$(node -p 1); echo $API_URL",
    "for API_URL in a b; do echo $API_URL; done",
    ". ./.env && curl $API_URL",
    "export $(grep -v '^#' .env | xargs) && curl $API_URL",
    'tsc && if [ "$CI" = true ]; then echo; else curl $API_URL; fi',
  ])("nothing where `%s` sets it or may not get there", (build) => {
    const scripts = { build, "with-env": "dotenv -e ../../.env --", "step:build": "cross-env API_URL=x vite build" };
    const files = {
      "apps/web/package.json": JSON.stringify({ name: "web", scripts }),
      "apps/web/build.sh": "API_URL=$(git rev-parse HEAD)\necho $API_URL\nexport API_URL\nvite build\n",
      [config]: "export default { base: process.env.API_URL };",
    };
    expect(droppedFrom("job", files)).toEqual([]);
  });

  it("a command after one for which the script sets it", () => {
    const files = { [config]: "export default { base: process.env.API_URL };" };
    expect(droppedFrom("job", files, "API_URL=x tsc && vite build")).toEqual(inConfig);
  });

  it.each(["GIT_AUTHOR_NAME", "XDG_CACHE_HOME", "MISE_ENV", "TURBO_TOKEN", "NODE_OPTIONS"])(
    "%s is never set in vain for a step",
    (name) => {
      const root = writeRepository({
        "package.json": JSON.stringify({ workspaces: ["apps/*"], devDependencies: { turbo: "2.11.11" } }),
        "turbo.json": `{ "tasks": { "build": {} } }`,
        "apps/web/package.json": JSON.stringify({ name: "web", scripts: { build: "vite build" } }),
        ".github/workflows/ci.yml": `on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: npx turbo run build\n        env: { ${name}: x }\n`,
      });
      expect(droppedVariables(new Repository(root), "turbo.json")).toEqual([]);
    },
  );

  it.each<[manager: string, settings: string, isRun: boolean]>([
    ["npm@11.6.2", "", true],
    ["npm@11.6.2", "ignore-scripts=true", false],
    ["pnpm@7.33.7", "", false],
    ["pnpm@8.15.9", "", false],
    ["pnpm@8.15.9", "enable-pre-post-scripts=true", true],
    ["pnpm@9.15.0", "", true],
    ["pnpm@9.15.0", "enable-pre-post-scripts=false", false],
  ])("a script before that of the task, as %s runs it with %j", (packageManager, npmrc, isRun) => {
    const scripts = { prebuild: "curl $API_URL", build: "tsc" };
    const files = {
      "package.json": JSON.stringify({ packageManager, workspaces: ["apps/*"], devDependencies: { turbo: "2.11.11" } }),
      "pnpm-workspace.yaml": "packages: ['apps/*']\n",
      "apps/web/package.json": JSON.stringify({ name: "web", scripts }),
      ".npmrc": npmrc,
    };
    expect(droppedFrom("job", files)).toHaveLength(isRun ? 1 : 0);
  });

  it.each<[script: string, isRead: boolean]>([
    ["node src/seed.ts", true],
    ["node --import tsx src/seed.ts", true],
    ["node -r ./env.cjs src/seed.ts", false],
    ["node --import=./env.mjs src/seed.ts", false],
    ["node --env-file=../../config/ci.env src/seed.ts", false],
    ["tsx src/seed.ts", true],
    ["tsx --env-file ../../config/ci.env src/seed.ts", false],
  ])("the file that `%s` runs: %s", (script, isRead) => {
    const files = { "apps/web/src/seed.ts": "fetch(process.env.API_URL)" };
    expect(droppedFrom("job", files, script)).toEqual(isRead ? ["read by `seed.ts` (apps/web/src/seed.ts:1)"] : []);
  });

  it.each([
    "vi.stubEnv('API_URL', 'x')",
    "jest.replaceProperty(process, 'env', { API_URL: 'x' })",
    "beforeEach(() => { process.env = { ...old, API_URL: 'x' } })",
    "Object.assign(process.env, { API_URL: 'x' })",
    "delete process.env.API_URL",
    "const live = x ? test : test.skip",
    "describe.skipIf(x)('live', () => {})",
    "xit('later', () => {})",
    "if (x) {\n  test('live', () => {})\n}",
    "import './prepare'",
  ])("no tests beside `%s`", (text) => {
    const files = {
      "apps/web/src/a.test.ts": `fetch(process.env.API_URL);\n${text};\n`,
      "apps/web/src/prepare.ts": "Object.assign(process.env, variables);",
    };
    expect(droppedFrom("job", files, "vitest run")).toEqual([]);
  });

  it("no tests that are prepared by their configuration", () => {
    const files = {
      "apps/web/vitest.config.ts": "export default { test: { setupFiles: ['./setup.ts'] } };",
      "apps/web/src/a.test.ts": "fetch(process.env.API_URL)",
    };
    expect(droppedFrom("job", files, "vitest run")).toEqual([]);
  });

  it.each<[run: string, expected: readonly string[]]>([
    ["npx turbo run test -- --coverage", inTest],
    ["npx turbo run test -- src/unit", []],
    ["npx turbo run web#test -- --exclude 'src/**'", []],
    ["npx turbo run check -- src/unit", inTest],
    ["npm run ci -- src/unit", []],
  ])("the tests of a task that `%s` runs", (run, expected) => {
    const scripts = { test: "vitest run", check: "tsc" };
    const files = {
      "package.json": JSON.stringify({
        workspaces: ["apps/*"],
        devDependencies: { turbo: "2.11.11" },
        scripts: { ci: "turbo run test --" },
      }),
      "turbo.json": `{ "tasks": { "test": {}, "check": { "dependsOn": ["test"] } } }`,
      "apps/web/package.json": JSON.stringify({ name: "web", scripts }),
      "apps/web/src/a.test.ts": "fetch(process.env.API_URL)",
    };
    expect(droppedFrom("job", files, "", "API_URL", run)).toEqual(expected);
  });

  it.each([
    ["the step's script, before turbo", 'VITE_URL="$API_URL" npx turbo run build', ""],
    ["an assignment", "|\n          V=--filter=$API_URL\n          npx turbo run build $V", ""],
    ["a redirect", 'npx turbo run build > "$API_URL"', ""],
    ["a test", "'[[ $API_URL == x ]] && npx turbo run build'", ""],
    ["a script of the package", "npm run ci", "VITE_URL=$API_URL turbo run build"],
    ["a secret manager", "doppler run -- npx turbo run build", ""],
    ["a secret manager in a script", "npm run ci", "dotenvx run -- turbo run build"],
    ["a program that loads a file", "npm run ci", "env-cmd -e ci turbo run build"],
    ["its folder", "npx turbo run build\n        working-directory: apps/${{ env.API_URL }}", ""],
    ["another key", "npx turbo run build\n        timeout-minutes: ${{ fromJSON(env.API_URL) }}", ""],
  ])("nothing is in vain that is read by %s", (_, run, ci) => {
    const manifest = { workspaces: ["apps/*"], devDependencies: { turbo: "2.11.11" }, scripts: { ci } };
    const files = { "package.json": JSON.stringify(manifest) };
    expect(droppedFrom("step", files, "vite build", "API_URL", run)).toEqual([]);
  });

  it.each([".npmrc", ".yarnrc.yml", "bunfig.toml"])(
    "nothing is in vain that the package manager reads in %s",
    (path) => {
      expect(droppedFrom("step", { [path]: "token=${API_URL}" })).toEqual([]);
    },
  );

  it.each<[what: string, before: string, run: string]>([
    [
      "a second checkout",
      "uses: actions/checkout@v5\n        with: { repository: acme/docs, path: apps/docs }",
      "build",
    ],
    ["a clone", "run: git clone https://example.org/docs apps/docs", "build"],
    ["a folder that is fetched", "run: npx degit acme/docs apps/docs", "build"],
    ["a filter that names a package which is not there", "run: npm ci", "docs"],
  ])("nothing is in vain where a package may come from %s", (_, before, name) => {
    const scripts = { build: "turbo run build --filter=web", docs: "npm run build && turbo run build --filter=docs" };
    const manifest = { workspaces: ["apps/*"], devDependencies: { turbo: "2.11.11" }, scripts };
    const [files, run] = [{ "package.json": JSON.stringify(manifest) }, `npm run ${name}`];
    expect(droppedFrom("step", files, "vite build", "API_URL", "npm run build")).toEqual(["unused"]);
    expect(
      droppedFrom("step", files, "vite build", "API_URL", `npm --version\n      - ${before}\n      - run: ${run}`),
    ).toEqual([]);
  });

  it("a variable of which another one's name is a part is in vain", () => {
    expect(droppedFrom("step", {}, "vite build", "API_URL", "VITE_API_URL=x npx turbo run build")).toEqual(["unused"]);
  });

  it.each<[what: string, turbo: string, run: string, expected: readonly string[]]>([
    ["none of them", `{ "build": {}, "test": {} }`, "npx turbo run ${{ matrix.task }}", ["unused"]],
    ["one of them", `{ "build": { "env": ["API_URL"] }, "test": {} }`, "npx turbo run ${{ matrix.task }}", []],
    [
      "another than the one that reads it",
      `{ "build": {}, "test": { "env": ["API_URL"] } }`,
      "npx turbo run ${{ matrix.task }}",
      [],
    ],
    [
      "one that is not turbo's",
      `{ "build": {}, "test": {} }`,
      "npx ${{ matrix.task == 'test' && 'vitest' || 'turbo build' }}",
      [],
    ],
  ])("a step runs by a matrix, in %s", (what, tasks, run, expected) => {
    const sources = what.endsWith("reads it") ? { "apps/web/src/a.ts": "fetch(process.env.API_URL)" } : undefined;
    const root = writeRepository({
      "package.json": JSON.stringify({ workspaces: ["apps/*"], devDependencies: { turbo: "2.11.11" } }),
      "turbo.json": `{ "tasks": ${tasks} }`,
      "apps/web/package.json": JSON.stringify({ name: "web", scripts: { build: "vite build", test: "vitest run" } }),
      ...sources,
      ".github/workflows/ci.yml": `on: push
jobs:
  check:
    runs-on: ubuntu-latest
    strategy:
      matrix:
        task: [test, build]
    steps:
      - uses: actions/checkout@v5
      - run: ${run}
        env:
          API_URL: https://example.org
`,
    });
    expect(droppedVariables(new Repository(root), "turbo.json").map(({ reason }) => reason)).toEqual(expected);
  });
});
