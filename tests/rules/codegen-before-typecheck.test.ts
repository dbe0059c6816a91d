import { RuleTester } from "../support/rule-tester.ts";
import type { RepositoryFiles } from "../support/temporary.ts";

const WORKFLOW = ".github/workflows/ci.yml";

/** A package whose functions import what Convex generates, with the steps of a job after its checkout. */
const files = (steps: readonly string[], others: RepositoryFiles = {}, job = ""): RepositoryFiles => ({
  ".gitignore": "node_modules\n_generated\n",
  "package.json": JSON.stringify({
    name: "acme",
    packageManager: "npm@11.6.2",
    scripts: { codegen: "convex codegen", typecheck: "tsc --noEmit" },
    dependencies: { convex: "^1.31.0" },
  }),
  "tsconfig.json": "{}\n",
  "convex/messages.ts": `import { query } from "./_generated/server";\nexport const list = query;\n`,
  [WORKFLOW]: `on: push
jobs:
  check:
    runs-on: ubuntu-latest
${job === "" ? "" : `    ${job}\n`}    steps:
${["uses: actions/checkout@v5", ...steps].map((step) => `      - ${step}\n`).join("")}`,
  ...others,
});
const inWorkflow = (steps: readonly string[], others: RepositoryFiles = {}, job = "") => ({
  file: WORKFLOW,
  files: files(steps, others, job),
});

const PACKAGES: RepositoryFiles = {
  "package.json": JSON.stringify({
    name: "acme",
    packageManager: "npm@11.6.2",
    workspaces: ["packages/*"],
    devDependencies: { turbo: "2.9.18" },
  }),
  "packages/backend/package.json": JSON.stringify({
    name: "backend",
    scripts: { codegen: "convex codegen" },
    dependencies: { convex: "^1.31.0" },
  }),
  "packages/web/package.json": JSON.stringify({
    name: "web",
    scripts: { typecheck: "tsc" },
    dependencies: { backend: "*" },
  }),
  "packages/web/tsconfig.json": "{}\n",
  "packages/web/a.ts": `export { api } from "backend/convex/_generated/api";\n`,
};
const backend = (scripts: object): string =>
  JSON.stringify({ name: "backend", scripts, dependencies: { convex: "^1.31.0" } });
const inTurbo = (turbo: string, command = "npx turbo run typecheck", others: RepositoryFiles = {}) => ({
  file: "turbo.json",
  files: files(["run: npm ci", `run: ${command}`], { ...PACKAGES, "turbo.json": turbo, ...others }),
});

/** A package with a tool that generates code, the steps of a job after its checkout, and what is left of the repository. */
const using = (manifest: object, others: RepositoryFiles, steps: readonly string[] = ["run: npm ci", "run: npx tsc"]) =>
  inWorkflow(steps, {
    "convex/messages.ts": "export {};\n",
    "package.json": JSON.stringify({ packageManager: "npm@11.6.2", ...manifest }),
    ...others,
  });
const absent = (importer: string, relation: string, module: string, command = "npx tsc"): string =>
  `\`${command}\` fails: ${importer}:1 ${relation} \`${module}\`, which git ignores and nothing before it in this job generates.`;

const KIT = { devDependencies: { "@sveltejs/kit": "^2.16.0", "svelte-check": "^4.0.0" } };
const KIT_FILES = {
  ".gitignore": "node_modules\n.svelte-kit\n",
  "tsconfig.json": `{ "extends": "./.svelte-kit/tsconfig.json" }\n`,
};
const kit = (...steps: readonly string[]) => using(KIT, KIT_FILES, steps);
const KIT_BASE = ".svelte-kit/tsconfig.json";

const NUXT = { devDependencies: { nuxt: "^4.0.0" } };
const NUXT_FILES = {
  ".gitignore": ".nuxt\n",
  "tsconfig.json": `{ "files": [], "references": [{ "path": "./.nuxt/tsconfig.app.json" }] }\n`,
};
const nuxt = (...steps: readonly string[]) => using(NUXT, NUXT_FILES, steps);

const PRISMA = { dependencies: { "@prisma/client": "^7.0.0" }, devDependencies: { prisma: "^7.0.0" } };
const PRISMA_FILES = {
  ".gitignore": "/src/generated\n",
  "prisma/schema.prisma": `generator client {\n  provider = "prisma-client"\n  output   = "../src/generated/prisma" // ignored\n}\n`,
  "src/db.ts": `export { PrismaClient } from "./generated/prisma/client";\n`,
};
const prisma = (...steps: readonly string[]) => using(PRISMA, PRISMA_FILES, steps);
const prismaWith = (others: RepositoryFiles) => using(PRISMA, { ...PRISMA_FILES, ...others });
const PRISMA_CLIENT = "src/generated/prisma/client";

const GRAPHQL = { devDependencies: { "@graphql-codegen/cli": "^6.0.0" } };
const GRAPHQL_FILES = {
  ".gitignore": "gql\ntypes.ts\n",
  "codegen.ts": `export default { generates: { "./src/gql/": { preset: "client" }, "src/types.ts": { plugins: [] } } };\n`,
};
const graphql = (others: RepositoryFiles, ...steps: readonly string[]) =>
  using(GRAPHQL, { ...GRAPHQL_FILES, ...others }, steps);
const GQL = { "src/a.ts": `export { graphql } from "./gql";\n` };

const PARAGLIDE = { devDependencies: { "@inlang/paraglide-js": "^2.0.0" } };
const PARAGLIDE_FILES = {
  ".gitignore": "paraglide\n",
  "vite.config.ts": `import { paraglideVitePlugin } from "@inlang/paraglide-js";\nexport default { plugins: [paraglideVitePlugin({ project: "./project.inlang", outdir: "./src/paraglide" })] };\n`,
  "src/a.ts": `export { m } from "./paraglide/messages.js";\n`,
};
const paraglide = (...steps: readonly string[]) => using(PARAGLIDE, PARAGLIDE_FILES, steps);

const inKit = (...steps: readonly string[]) =>
  using(
    { devDependencies: { ...KIT.devDependencies, ...PARAGLIDE.devDependencies } },
    {
      ...KIT_FILES,
      ...PARAGLIDE_FILES,
      ".gitignore": ".svelte-kit\nparaglide\n",
      "svelte.config.js": "export default {};\n",
      "src/a.ts": `export { m } from "$lib/paraglide/messages";\n`,
      "vite.config.ts": `export default { plugins: [sveltekit(), paraglideVitePlugin({ outdir: "./src/lib/paraglide" })] };\n`,
    },
    steps,
  );

const BUF = { devDependencies: { "@bufbuild/buf": "^1.0.0", "@bufbuild/protoc-gen-es": "^2.0.0" } };
const BUF_FILES = {
  ".gitignore": "/src/gen\n",
  "buf.gen.yaml": "version: v2\nplugins:\n  - local: protoc-gen-es\n    out: src/gen\n",
  "src/a.ts": `export { UserSchema } from "./gen/acme/v1/user_pb.js";\n`,
};
const buf = (...steps: readonly string[]) => using(BUF, BUF_FILES, steps);

/** The same packages, of which `web` imports what `backend` is built to. */
const UNBUILT: RepositoryFiles = {
  ...PACKAGES,
  ".gitignore": "node_modules\ndist\n",
  "packages/backend/package.json": `{\n  "name": "backend",\n  "types": "./dist/index.d.ts",\n  "scripts": { "build": "tsc" }\n}\n`,
  "packages/backend/tsconfig.json": `{ "compilerOptions": { "declaration": true, "outDir": "dist" } }`,
  "packages/web/a.ts": `export { api } from "backend";\n`,
};
const UNBUILT_TASKS = `{\n  "tasks": {\n    "build": { "dependsOn": ["^build"] },\n    "typecheck": {}\n  }\n}\n`;
const LEADS =
  "packages/web/a.ts:1 imports `backend`, which packages/backend/package.json:3 leads to `packages/backend/dist/index.d.ts`. Git ignores that, and";
const unbuilt = (steps: readonly string[], others: RepositoryFiles = {}) =>
  inWorkflow(steps, { ...UNBUILT, ...others });

const TEST_FILE = `import { expect, test } from "vitest";\nimport { list } from "./messages";\ntest("a", () => expect(list).toBe(1));\n`;
const tested = (steps: readonly string[], others: RepositoryFiles = {}) =>
  inWorkflow(steps, {
    "convex/messages.ts": `import { query } from "./_generated/server";\nexport const list = query({});\n`,
    "convex/messages.test.ts": TEST_FILE,
    ...others,
  });
const loaded = (command: string, from = "convex/messages.ts:1, which convex/messages.test.ts loads,"): string =>
  `\`${command}\` fails: ${from} imports \`convex/_generated/server\`, which git ignores and nothing before it in this job generates.`;

/** An app of Next.js whose types are not checked. */
const nextApp = (page: string, others: RepositoryFiles = {}) =>
  inWorkflow(["run: npx next build"], {
    "package.json": JSON.stringify({ dependencies: { convex: "1", next: "^16.0.0" } }),
    "next.config.js": "module.exports = { typescript: { ignoreBuildErrors: true } };\n",
    "tsconfig.json": `{ "compilerOptions": { "paths": { "@/*": ["./*"] } } }\n`,
    "convex/messages.ts": "export {};\n",
    "app/layout.tsx": "export default ({ children }) => children;\n",
    "app/page.tsx": page,
    ...others,
  });
const NEXT_PAGE = `import { api } from "@/convex/_generated/api";\nexport default () => String(api.messages);\n`;

const MODULE = "imports `convex/_generated/server`, which git ignores and nothing before it in this job generates.";
const direct = `\`npx tsc\` fails: convex/messages.ts:1 ${MODULE}`;
const waiting =
  "`web#typecheck` fails in a fresh checkout: packages/web/a.ts:1 imports `packages/backend/convex/_generated/api`, which git ignores, and the task does not wait for `backend#codegen`. `npx turbo run typecheck` runs it at .github/workflows/ci.yml:8.";
const general = `{\n  "tasks": {\n    "codegen": {},\n    "typecheck": {}\n  }\n}\n`;
const INDEX = "DIRC\0\0\0\u0002";
const indexOf = (...paths: readonly string[]): string =>
  INDEX + paths.map((path) => `\0${String.fromCharCode(path.length)}${path}\0`).join("");

new RuleTester().run("codegen-before-typecheck", {
  valid: [
    { name: "generated before", ...inWorkflow(["run: npm ci", "run: npx convex codegen", "run: npx tsc"]) },
    { name: "generated before by a script", ...inWorkflow(["run: npm run codegen && npm run typecheck"]) },
    {
      name: "generated by the install",
      ...inWorkflow(["run: npm ci", "run: npx tsc"], {
        "package.json": JSON.stringify({ scripts: { postinstall: "convex codegen" }, dependencies: { convex: "1" } }),
      }),
    },
    { name: "tested after it was generated", ...tested(["run: npx convex codegen && npx vitest run"]) },
    {
      name: "tested with a file that is loaded first",
      ...tested(["run: NODE_OPTIONS='--import ./hook.mjs' npx vitest run"]),
    },
    {
      name: "tested with a mock of what imports it",
      ...tested(["run: npx vitest run"], { "convex/messages.test.ts": `${TEST_FILE}vi.mock("./messages");\n` }),
    },
    {
      name: "tested with a mock of what it is",
      ...tested(["run: npx vitest run"], {
        "convex/messages.test.ts": `${TEST_FILE}vi.mock(import("@/_generated/server.js"));\n`,
      }),
    },
    {
      name: "tested with a mock of what is not known",
      ...tested(["run: npx vitest run"], { "convex/messages.test.ts": `${TEST_FILE}vi.mock(name);\n` }),
    },
    {
      name: "tested with a setup that mocks it",
      ...tested(["run: npx vitest run"], {
        "vitest.config.ts": `export default { test: { setupFiles: ["./setup.ts"] } };\n`,
        "setup.ts": `import "./mocks";\n`,
        "mocks.ts": `vi.mock("./convex/_generated/server", () => ({}));\n`,
      }),
    },
    {
      name: "tested with a setup that is not there",
      ...tested(["run: npx vitest run"], {
        "vitest.config.ts": `export default { test: { setupFiles: ["./setup.ts"] } };\n`,
      }),
    },
    ...[
      "import shared from './shared';\nexport default shared;",
      "export default { ...shared };",
      "export default { plugins: [convex()] , resolve: { alias: { './_generated/server': 'a' } } };",
      "import { convex } from 'vite-plugin-convex';\nexport default { plugins: [convex()] };",
      "export default { test: { projects: ['packages/*'] } };",
      "export default { test: { include } };",
      "export default { test: { exclude: ['!convex/**'] } };",
      "export default { test: process.env.CI ? { include: [] } : {} };",
      "export default { test: { globalSetup: './generate.ts' } };",
    ].map((config) => ({
      name: `tested with a configuration that may lead elsewhere: ${config}`,
      ...tested(["run: npx vitest run"], { "vitest.config.ts": `${config}\n` }),
    })),
    ...[
      "npx vitest run --root src",
      "npx vitest run --project unit",
      "npx vitest run --changed",
      "npx vitest run src",
      "npx vitest run ${{ inputs.files }}",
      "npx vitest related src/a.ts",
      "npx vitest list",
      "npx vitest run --config other.ts",
      "npx vitest run --reporter dot convex",
      "bun test src",
      "bun test --preload ./mocks.ts",
    ].map((command) => ({ name: `perhaps not tested: ${command}`, ...tested([`run: ${command}`]) })),
    { name: "a test that is ignored", ...tested(["run: npx vitest run"], { ".gitignore": "_generated\n*.test.ts\n" }) },
    {
      name: "a workspace of Vitest above",
      ...tested(["run: npx vitest run\n        working-directory: convex"], {
        "vitest.workspace.ts": "export default [];\n",
      }),
    },
    {
      name: "Next.js: bundled, but only for a type",
      ...nextApp(NEXT_PAGE.replace("String(api.messages)", "1 as api")),
    },
    ...["webpack: (config) => config", "turbopack: {}", "env: {}"].map((setting) => ({
      name: `Next.js: bundled by a configuration that may lead elsewhere: ${setting}`,
      ...nextApp(NEXT_PAGE, { "next.config.js": `module.exports = { typescript: {}, ${setting} };\n` }),
    })),
    {
      name: "Next.js: a page that is none",
      ...nextApp("export default () => 1;\n", { "app/_private/page.tsx": NEXT_PAGE }),
    },
    { name: "committed", ...inWorkflow(["run: npx tsc"], { ".gitignore": "node_modules\n" }) },
    {
      name: "committed although it is ignored",
      ...inWorkflow(["run: npx tsc"], {
        "convex/_generated/server.d.ts": "export declare const query: 1;\n",
        ".git/index": indexOf("convex/_generated/server.d.ts"),
      }),
    },
    {
      name: "perhaps committed although it is ignored",
      ...inWorkflow(["run: npx tsc"], { "convex/_generated/server.d.ts": "export declare const query: 1;\n" }),
    },
    { name: "not imported", ...inWorkflow(["run: npx tsc"], { "convex/messages.ts": "export const list = 1;\n" }) },
    { name: "not checked", ...inWorkflow(["run: npx tsc"], { "tsconfig.json": `{ "exclude": ["convex"] }` }) },
    { name: "no dependency on Convex", ...inWorkflow(["run: npx tsc"], { "package.json": "{}" }) },
    { name: "functions elsewhere", ...inWorkflow(["run: npx tsc"], { "convex.json": `{ "functions": "backend" }` }) },
    { name: "restored by an artifact", ...inWorkflow(["uses: actions/download-artifact@v5", "run: npx tsc"]) },
    {
      name: "perhaps restored by a cache",
      ...inWorkflow(["uses: actions/cache@v4\n        with: { path: convex, key: a }", "run: npx tsc"]),
    },
    { name: "an action that is not known", ...inWorkflow(["uses: acme/setup@v1", "run: npx tsc"]) },
    { name: "a script that cannot be read", ...inWorkflow(["run: node scripts/prepare.mjs", "run: npx tsc"]) },
    { name: "a tool that is not known", ...inWorkflow(["run: make generate", "run: npx tsc"]) },
    { name: "written by hand", ...inWorkflow(["run: echo 'export {}' > convex/_generated/server.ts", "run: npx tsc"]) },
    { name: "perhaps written by hand", ...inWorkflow(["run: echo a > $FILE", "run: npx tsc"]) },
    { name: "a configuration that is written", ...inWorkflow(["run: echo '{}' > tsconfig.json", "run: npx tsc"]) },
    { name: "a failure that is tolerated", ...inWorkflow(["run: npx tsc || true"]) },
    { name: "a step that may fail", ...inWorkflow(["run: npx tsc\n        continue-on-error: true"]) },
    { name: "a branch that is not certain", ...inWorkflow(["run: if [ -d dist ]; then npx tsc; fi"]) },
    {
      name: "a step that runs only where the code is there",
      ...inWorkflow(["run: npx tsc\n        if: hashFiles('convex/_generated/api.js') != ''"]),
    },
    {
      name: "a checkout of another repository",
      file: WORKFLOW,
      files: {
        ...files(["run: npx tsc"]),
        [WORKFLOW]: `on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v5\n        with: { repository: acme/other }\n      - run: npx tsc\n`,
      },
    },
    {
      name: "a task that waits",
      ...inTurbo(general.replace(`"typecheck": {}`, `"typecheck": { "dependsOn": ["^codegen"] }`)),
    },
    { name: "a task that may come later", ...inTurbo(general, "npx turbo run typecheck codegen") },
    {
      name: "a task whose result may come from elsewhere",
      file: "turbo.json",
      files: files(["run: npx turbo run typecheck"], { ...PACKAGES, "turbo.json": general }, "env: { TURBO_TOKEN: x }"),
    },
    ...["tsc -v", "vue-tsc -v", "tsc -b -d"].map((command) => ({
      name: `checks nothing: ${command}`,
      ...inWorkflow([`run: npx ${command}`]),
    })),
    ...[
      "corepack pnpm run codegen",
      "corepack npx convex codegen",
      "corepack use pnpm@10",
      "npx corepack pnpm run codegen",
      "npx lefthook run pre-commit",
      "npx lint-staged",
    ].map((command) => ({
      name: `perhaps generated by another command: ${command}`,
      ...inWorkflow([`run: ${command}`, "run: npx tsc"]),
    })),
    { name: "SvelteKit: synced before", ...kit("run: npx svelte-kit sync && npx tsc") },
    {
      name: "SvelteKit: synced by the install",
      ...using({ ...KIT, scripts: { prepare: "svelte-kit sync || echo ''" } }, KIT_FILES),
    },
    {
      name: "SvelteKit: perhaps synced by its own installation",
      ...using({ devDependencies: { "@sveltejs/kit": "^2.15.0" } }, KIT_FILES),
    },
    { name: "SvelteKit: synced by a build", ...kit("run: npx vite build", "run: npx tsc") },
    { name: "SvelteKit: synced by a test", ...kit("run: npx vitest run", "run: npx tsc") },
    {
      name: "SvelteKit: an older svelte-check",
      ...using({ devDependencies: { ...KIT.devDependencies, "svelte-check": "^3.8.0" } }, KIT_FILES, [
        "run: npx svelte-check",
      ]),
    },
    { name: "SvelteKit: Svelte files alone", ...kit("run: npx svelte-check --no-tsconfig") },
    {
      name: "SvelteKit: a base that is committed",
      ...using(KIT, { ...KIT_FILES, ".gitignore": "node_modules\n", ".svelte-kit/tsconfig.json": "{}" }),
    },
    { name: "Nuxt: prepared before", ...nuxt("run: npx nuxi prepare", "run: npx vue-tsc -b --noEmit") },
    {
      name: "Nuxt: prepared by the install",
      ...using({ ...NUXT, scripts: { postinstall: "nuxt prepare" } }, NUXT_FILES),
    },
    { name: "Nuxt: prepared by what checks", ...nuxt("run: npx nuxt typecheck") },
    { name: "Nuxt: prepared by a build", ...nuxt("run: npx nuxt build", "run: npx vue-tsc --noEmit") },
    { name: "Prisma: generated before", ...prisma("run: npx prisma generate", "run: npx tsc") },
    {
      name: "Prisma: generated by the install",
      ...using({ ...PRISMA, scripts: { postinstall: "prisma generate" } }, PRISMA_FILES),
    },
    ...[
      ["npm ci", "npm@11.6.2", "dependencies"],
      ["npm ci", "npm@11.6.2", "prepublish"],
      ["npm ci", "npm@11.6.2", "preprepare"],
      ["npm ci", "npm@11.6.2", "postprepare"],
      ["pnpm install", "pnpm@10.20.0", "pnpm:devPreinstall"],
      ["pnpm install", "pnpm@10.20.0", "postprepare"],
      ["bun install", "bun@1.3.1", "preprepare"],
      ["bun install", "bun@1.3.1", "postprepare"],
      ["yarn install", "yarn@1.22.22", "prepublish"],
    ].map(([install = "", packageManager = "", script = ""]) => ({
      name: `Prisma: generated by the install's ${script}: ${install}`,
      ...using({ ...PRISMA, packageManager, scripts: { [script]: "prisma generate" } }, PRISMA_FILES, [
        `run: ${install}`,
        "run: npx tsc",
      ]),
    })),
    ...["styles.css?url", "styles.css", "logo.svg", "tokens.json"].map((name) => ({
      name: `Panda: no module of TypeScript: ${name}`,
      ...using(
        { devDependencies: { "@pandacss/dev": "^1.0.0" } },
        {
          ".gitignore": "styled-system\n",
          "src/a.ts": `import url from "../styled-system/${name}";\nexport default url;\n`,
        },
      ),
    })),
    {
      name: "Prisma: perhaps generated by its own installation",
      ...using({ dependencies: { "@prisma/client": "^6.16.0" }, devDependencies: { prisma: "^7.0.0" } }, PRISMA_FILES),
    },
    {
      name: "Prisma: perhaps generated with a build",
      ...using(PRISMA, { ...PRISMA_FILES, "nuxt.config.ts": `export default { modules: ["@prisma/nuxt"] };\n` }, [
        "run: npx nuxt build",
        "run: npx tsc",
      ]),
    },
    {
      name: "Prisma: an output that is computed",
      ...prismaWith({
        "prisma/schema.prisma": `generator client {\n  provider = "prisma-client"\n  output   = env("OUT")\n}\n`,
      }),
    },
    {
      name: "Prisma: a generator of something else",
      ...prismaWith({
        "prisma/schema.prisma": `generator zod {\n  provider = "zod-prisma"\n  output   = "../src/generated/prisma"\n}\n`,
      }),
    },
    { name: "Prisma: committed", ...prismaWith({ ".gitignore": "node_modules\n" }) },
    {
      name: "GraphQL: generated before",
      ...graphql(GQL, "run: npx graphql-codegen --config codegen.ts", "run: npx tsc"),
    },
    {
      name: "GraphQL: generated by a plugin",
      ...graphql(
        {
          ...GQL,
          "vite.config.ts": `import codegen from "vite-plugin-graphql-codegen";\nexport default [codegen()];\n`,
        },
        "run: npx vite build",
        "run: npx tsc",
      ),
    },
    {
      name: "GraphQL: an output that is computed",
      ...graphql(
        { ...GQL, "codegen.ts": "export default { generates: { [folder]: { preset: 'client' } } };\n" },
        "run: npx tsc",
      ),
    },
    { name: "Paraglide: compiled before", ...paraglide("run: npx paraglide-js compile", "run: npx tsc") },
    { name: "Paraglide: compiled by a build", ...paraglide("run: npx vite build", "run: npx tsc") },
    {
      name: "Paraglide: not committed yet",
      ...using(
        PARAGLIDE,
        { ...PARAGLIDE_FILES, ".gitignore": "", ".git/index": INDEX, "src/paraglide/messages.js": "export {};\n" },
        ["run: npx tsc"],
      ),
    },
    {
      name: "Protocol Buffers: an output that is no place of its own",
      ...using(BUF, { ...BUF_FILES, "buf.gen.yaml": "plugins:\n  - out: .\n  - out: ../gen\n  - out: /gen\n" }, [
        "run: npx tsc",
      ]),
    },
    {
      name: "Paraglide: compiled by the install",
      ...using({ ...PARAGLIDE, scripts: { postinstall: "paraglide-js compile" } }, PARAGLIDE_FILES),
    },
    {
      name: "Paraglide: compiled before, in SvelteKit",
      ...inKit("run: npx svelte-kit sync && npx paraglide-js compile", "run: npx svelte-check"),
    },
    { name: "Protocol Buffers: generated before", ...buf("run: npx buf generate", "run: npx tsc") },
    {
      name: "Protocol Buffers: perhaps generated by protoc",
      ...buf("run: protoc --es_out src/gen a.proto", "run: npx tsc"),
    },
    {
      name: "a folder in another one, which a plugin generates",
      ...using(
        { devDependencies: { ...BUF.devDependencies, "@inlang/paraglide-js": "^2.0.0" } },
        {
          ...BUF_FILES,
          "vite.config.ts": `export default [paraglide({ outdir: "src/gen/paraglide" })];\n`,
          "src/a.ts": `export { m } from "./gen/paraglide/messages.js";\n`,
        },
        ["run: npx vite build", "run: npx tsc"],
      ),
    },
    ...[
      "typescript: { ignoreBuildErrors: true }",
      "typescript: options",
      "webpack: (config) => { execSync('npx convex codegen'); return config; }",
    ].map((setting) => ({
      name: `Next.js: a build that may check nothing, or generate: ${setting}`,
      ...inWorkflow(["run: npx next build"], { "next.config.ts": `export default { ${setting} };\n` }),
    })),
    ...["./next.base.mjs", "acme/next"].map((module) => ({
      name: `Next.js: settings from elsewhere: ${module}`,
      ...inWorkflow(["run: npx next build"], { "next.config.mjs": `export { default } from "${module}";\n` }),
    })),
    ...["npx next build apps/web", "npx next build --experimental-build-mode compile", "npx next dev", "npx next"].map(
      (command) => ({ name: `Next.js: ${command}`, ...inWorkflow([`run: ${command}`]) }),
    ),
    {
      name: "Next.js: a build in a folder without tsconfig.json",
      ...inWorkflow(["run: cd convex && npx next build"]),
    },
    {
      name: "Next.js: an import of a test",
      ...inWorkflow(["run: npx next build"], {
        "convex/messages.ts": "",
        "convex/messages.test.ts": `import { query } from "./_generated/server";\nexport const list = query;\n`,
      }),
    },
    {
      name: "Next.js: generated before",
      ...inWorkflow(["run: npx convex codegen", "run: npx next build"]),
    },
    {
      name: "Next.js: perhaps generated by a plugin",
      ...using(
        { devDependencies: { "@pandacss/dev": "^1.0.0" } },
        {
          ".gitignore": "styled-system\n",
          "panda.config.ts": "export default {};\n",
          "src/a.ts": `export { css } from "../styled-system/css";\n`,
        },
        ["run: npx next build"],
      ),
    },
    {
      name: "a task that a step before generates for",
      ...inTurbo(general, "npm run codegen -w backend && npx turbo run typecheck"),
    },
  ],
  invalid: [
    {
      name: "a package that is not built",
      ...unbuilt(["run: npm ci", "run: npx tsc -p packages/web"]),
      errors: [
        {
          message: `\`npx tsc -p packages/web\` fails: ${LEADS} nothing before it in this job builds it.`,
          line: 8,
          suggestions: [
            {
              messageId: "addBuild",
              data: { package: "backend" },
              output:
                files(
                  ["run: npm ci", "run: npm run build --workspace=backend", "run: npx tsc -p packages/web"],
                  UNBUILT,
                )[WORKFLOW] ?? "",
            },
          ],
        },
      ],
    },
    {
      name: "a package that another job builds",
      ...unbuilt(["run: npx tsc -p packages/web"], {
        [WORKFLOW]: `on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v5\n      - run: npm run build --workspaces\n  check:\n    needs: build\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v5\n      - run: npx tsc -p packages/web\n`,
      }),
      errors: [
        {
          message: `\`npx tsc -p packages/web\` fails: ${LEADS} jobs share no files: what .github/workflows/ci.yml:7 builds stays there.`,
          line: 13,
        },
      ],
    },
    {
      name: "a task that does not wait for the build of a package",
      ...inTurbo(UNBUILT_TASKS, "npx turbo run typecheck", UNBUILT),
      errors: [
        {
          message: `\`web#typecheck\` fails in a fresh checkout: ${LEADS} the task, which \`npx turbo run typecheck\` runs at .github/workflows/ci.yml:8, does not wait for \`backend#build\`.`,
          line: 4,
        },
      ],
      output: UNBUILT_TASKS.replace(`"typecheck": {}`, `"typecheck": { "dependsOn": ["^build"] }`),
    },
    { name: "nothing generates", ...inWorkflow(["run: npx tsc"]), errors: [{ message: direct }] },
    ...["corepack enable", "npx husky", "npx lefthook install", "git status", "npx tsc -b -v"].map((command) => ({
      name: `does not generate: ${command}`,
      ...inWorkflow([`run: ${command} || true`, "run: npx tsc"]),
      errors: [{ message: direct }],
    })),
    ...[{}, { "next.config.mjs": `import sentry from "@sentry/nextjs";\nexport default sentry({});\n` }].map(
      (settings, index) => ({
        name: `Next.js: a build, which checks the types: ${String(index)}`,
        ...inWorkflow(["run: npm ci", "run: npx next build --turbopack"], settings),
        errors: [{ message: direct.replace("npx tsc", "npx next build --turbopack"), suggestions: 1 }],
      }),
    ),
    {
      name: "generated on the developer's machine alone",
      ...inWorkflow(["run: npx tsc"], {
        "convex/_generated/server.d.ts": "export declare const query: 1;\n",
        ".git/index": indexOf("convex/messages.ts"),
      }),
      errors: [{ message: direct }],
    },
    {
      name: "dotenv files, credentials and logs before it",
      ...inWorkflow([
        "uses: actions/create-github-app-token@v2\n        with: { app-id: 1, private-key: a }",
        "run: sudo apt-get install -y jq && mkdir -p apps/web",
        'run: echo A=1 >> "apps/web/.env.local"; echo A=1 > .env; echo a > ~/.npmrc',
        "run: ls 2>&1 > list.txt",
        "run: npx tsc",
      ]),
      errors: [{ message: direct }],
    },
    {
      name: "generated too late",
      ...inWorkflow(["run: npm ci", "run: npx tsc", "run: npx convex codegen"]),
      errors: [
        {
          message: direct,
          suggestions: [
            {
              messageId: "addStep",
              output:
                files([
                  "run: npm ci",
                  "run: npm run codegen\n        env:\n          CONVEX_DEPLOY_KEY: ${{ secrets.CONVEX_DEPLOY_KEY }}",
                  "run: npx tsc",
                  "run: npx convex codegen",
                ])[WORKFLOW] ?? "",
            },
          ],
        },
      ],
    },
    {
      name: "generated nowhere, in a job that has credentials",
      ...inWorkflow(["run: npm ci", "run: echo CONVEX_AGENT_MODE=x >> $GITHUB_ENV", "run: npx tsc"]),
      errors: [
        {
          message: direct,
          suggestions: [
            {
              messageId: "addStep",
              output:
                files([
                  "run: npm ci",
                  "run: echo CONVEX_AGENT_MODE=x >> $GITHUB_ENV",
                  "run: npm run codegen",
                  "run: npx tsc",
                ])[WORKFLOW] ?? "",
            },
          ],
        },
      ],
    },
    {
      name: "a cache of something else, and tools that leave sources alone",
      ...inWorkflow([
        "uses: actions/setup-node@v5",
        "uses: actions/cache@v4\n        with: { path: ~/.npm, key: a }",
        "run: npx eslint . && npx prettier --check . && rg --files && git diff --stat",
        "run: npx tsc",
      ]),
      errors: [{ message: direct }],
    },
    {
      name: "reached through a script, once",
      ...inWorkflow(["run: npm run typecheck", "run: npx tsc"]),
      errors: [
        {
          message: `\`npm run typecheck\` runs \`tsc --noEmit\` (package.json:1 \`tsc --noEmit\`), which fails: convex/messages.ts:1 ${MODULE}`,
        },
      ],
    },
    {
      name: "generated in another job",
      file: WORKFLOW,
      files: {
        ...files([]),
        [WORKFLOW]: `on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: npx convex codegen\n  b:\n    needs: a\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v5\n      - run: npx tsc\n`,
      },
      errors: [
        {
          message:
            "`npx tsc` fails: convex/messages.ts:1 imports `convex/_generated/server`, which git ignores and this job does not generate. Jobs share no files: what .github/workflows/ci.yml:6 generates stays there.",
        },
      ],
    },
    {
      name: "functions where convex.json says",
      ...inWorkflow(["run: npx tsc"], {
        "convex.json": `{ "functions": "src/backend/" }`,
        "convex/messages.ts": "export {};\n",
        "src/backend/a.ts": `export * from "./_generated/api";\n`,
      }),
      errors: [
        {
          message:
            "`npx tsc` fails: src/backend/a.ts:1 imports `src/backend/_generated/api`, which git ignores and nothing before it in this job generates.",
        },
      ],
    },
    {
      name: "Panda's styled-system where its configuration says",
      ...inWorkflow(["run: npx tsc"], {
        ".gitignore": "/gen\n",
        "package.json": `{ "devDependencies": { "@pandacss/dev": "1" } }`,
        "panda.config.ts": `export default { outdir: "gen" };\n`,
        "convex/messages.ts": "export {};\n",
        "src/a.ts": `import { css } from "../gen/css";\nexport default css;\n`,
      }),
      errors: [
        {
          message:
            "`npx tsc` fails: src/a.ts:1 imports `gen/css`, which git ignores and nothing before it in this job generates.",
        },
      ],
    },
    {
      name: "TanStack Router's tree",
      ...inWorkflow(["run: npx tsc"], {
        ".gitignore": "*.gen.ts\n",
        "package.json": `{ "devDependencies": { "@tanstack/router-plugin": "1" } }`,
        "convex/messages.ts": "export {};\n",
        "src/router.ts": `import { routeTree } from "./routeTree.gen";\nexport default routeTree;\n`,
      }),
      errors: [
        {
          message:
            "`npx tsc` fails: src/router.ts:1 imports `src/routeTree.gen`, which git ignores and nothing before it in this job generates.",
        },
      ],
    },
    ...[
      "npx vitest run",
      "npx vitest",
      "npx vitest --run --coverage",
      "npx vitest run convex/mess",
      "bun test",
      "bun test messages",
    ].map((command) => ({
      name: `a test: ${command}`,
      ...tested([`run: ${command}`]),
      errors: [{ message: loaded(command) }],
    })),
    {
      name: "a test with a mock of something else",
      ...tested(["run: npx vitest run"], {
        "convex/messages.test.ts": `${TEST_FILE}vi.mock("convex/react", () => ({}));\n`,
      }),
      errors: [{ message: loaded("npx vitest run") }],
    },
    {
      name: "a test before which something is installed",
      ...tested(["run: npm ci", "run: npx vitest run"]),
      errors: [
        {
          message: loaded("npx vitest run"),
          suggestions: [
            {
              messageId: "addStep",
              output: (tested(["run: npm ci", "run: npx vitest run"]).files[WORKFLOW] ?? "").replace(
                "      - run: npx vitest",
                `      - run: npm run codegen
        env:
          CONVEX_DEPLOY_KEY: \${{ secrets.CONVEX_DEPLOY_KEY }}
      - run: npx vitest`,
              ),
            },
          ],
        },
      ],
    },
    {
      name: "a test before a type check, which does not run any more",
      ...tested(["run: npx vitest run", "run: npx tsc"]),
      errors: [{ message: loaded("npx vitest run") }],
    },
    ...[
      "bun convex/messages.ts",
      "bun run convex/messages.ts",
      "npx tsx convex/messages.ts",
      "bun build convex/messages.ts --outdir out",
    ].map((command) => ({
      name: `a file: ${command}`,
      ...tested([`run: ${command}`]),
      errors: [{ message: loaded(command, "convex/messages.ts:1") }],
    })),
    {
      name: "a build of Vite",
      ...tested(["run: npx vite build"], {
        "index.html": `<script type="module" src="./main.tsx"></script>\n`,
        "main.tsx": `import { list } from "./convex/messages";\nconsole.log(list());\n`,
        "vite.config.ts": `import react from "@vitejs/plugin-react";\nexport default { plugins: [react()], resolve: { alias: { "@": "/src" } } };\n`,
      }),
      errors: [{ message: loaded("npx vite build", "convex/messages.ts:1, which main.tsx loads,") }],
    },
    {
      name: "Next.js: bundled, though its types are not checked",
      ...nextApp(NEXT_PAGE),
      errors: [{ message: absent("app/page.tsx", "imports", "convex/_generated/api", "npx next build") }],
    },
    {
      name: "Next.js: bundled through a component",
      ...nextApp(`import { List } from "../lib/list";\nexport default () => <List />;\n`, {
        "lib/list.tsx": `"use client";\nimport { api } from "@/convex/_generated/api";\nexport const List = () => <b>{useQuery(api.list)}</b>;\n`,
      }),
      errors: [
        {
          message:
            "`npx next build` fails: lib/list.tsx:2, which app/page.tsx loads, imports `convex/_generated/api`, which git ignores and nothing before it in this job generates.",
        },
      ],
    },
    {
      name: "a task that tests",
      ...inTurbo(`{ "tasks": { "codegen": {}, "test": {} } }\n`, "npx turbo run test", {
        "packages/backend/package.json": backend({ codegen: "convex codegen", test: "vitest run" }),
        "packages/backend/convex/a.test.ts": `import { api } from "./_generated/api";\ntest("a", () => expect(api.x));\n`,
      }),
      errors: [
        {
          message:
            "`backend#test` fails in a fresh checkout: packages/backend/convex/a.test.ts:1 imports `packages/backend/convex/_generated/api`, which git ignores, and the task does not wait for `backend#codegen`. `npx turbo run test` runs it at .github/workflows/ci.yml:8.",
        },
      ],
      output: `{ "tasks": { "codegen": {}, "test": { "dependsOn": ["codegen"] } } }\n`,
    },
    ...["tsc", "vue-tsc --noEmit", "svelte-check", "svelte-check --tsconfig ./tsconfig.json --threshold error"].map(
      (check) => ({
        name: `SvelteKit: the base of a configuration, with ${check}`,
        ...kit(`run: npx ${check}`),
        errors: [{ message: absent("tsconfig.json", "extends", KIT_BASE, `npx ${check}`) }],
      }),
    ),
    {
      name: "SvelteKit: a configuration for JavaScript",
      ...using(KIT, { ...KIT_FILES, "tsconfig.json": "", "jsconfig.json": KIT_FILES["tsconfig.json"] }, [
        "run: npx svelte-check --tsconfig ./jsconfig.json",
      ]),
      errors: [
        {
          message: absent("jsconfig.json", "extends", KIT_BASE, "npx svelte-check --tsconfig ./jsconfig.json"),
        },
      ],
    },
    {
      name: "SvelteKit: installed without a script that syncs",
      ...kit("run: npm ci", "run: npx tsc"),
      errors: [
        {
          message: absent("tsconfig.json", "extends", KIT_BASE),
          suggestions: [
            {
              messageId: "addStep",
              output: kit("run: npm ci", "run: npx svelte-kit sync", "run: npx tsc").files[WORKFLOW] ?? "",
            },
          ],
        },
      ],
    },
    ...["vue-tsc --noEmit", "vue-tsc -b --noEmit", "tsc"].map((check) => ({
      name: `Nuxt: projects that one refers to, with ${check}`,
      ...nuxt(`run: npx ${check}`),
      errors: [{ message: absent("tsconfig.json", "refers to", ".nuxt/tsconfig.app.json", `npx ${check}`) }],
    })),
    {
      name: "Prisma: the client",
      ...prisma("run: npx tsc"),
      errors: [{ message: absent("src/db.ts", "imports", PRISMA_CLIENT) }],
    },
    {
      name: "Prisma: a build that does not generate",
      ...prisma("run: npx vite build", "run: npx tsc"),
      errors: [{ message: absent("src/db.ts", "imports", PRISMA_CLIENT) }],
    },
    {
      name: "Prisma: a schema of several files",
      ...using(
        PRISMA,
        {
          ...PRISMA_FILES,
          "prisma/schema.prisma": "",
          "db/schema/main.prisma": `generator client {\n  provider = "prisma-client-js"\n  output = "../../src/generated/prisma"\n}\n`,
        },
        ["run: npx tsc"],
      ),
      errors: [{ message: absent("src/db.ts", "imports", PRISMA_CLIENT) }],
    },
    {
      name: "GraphQL: a folder",
      ...graphql(GQL, "run: npx tsc"),
      errors: [{ message: absent("src/a.ts", "imports", "src/gql") }],
    },
    {
      name: "GraphQL: a file",
      ...graphql({ "src/a.ts": `export type { Query } from "./types";\n` }, "run: npx tsc"),
      errors: [{ message: absent("src/a.ts", "imports", "src/types") }],
    },
    {
      name: "GraphQL: a configuration in YAML",
      ...graphql(
        { ...GQL, "codegen.ts": "", "codegen.yml": "schema: a.graphql\ngenerates:\n  src/gql/:\n    preset: client\n" },
        "run: npx tsc",
      ),
      errors: [{ message: absent("src/a.ts", "imports", "src/gql") }],
    },
    {
      name: "Paraglide: where the plugin is told to write",
      ...paraglide("run: npx tsc"),
      errors: [{ message: absent("src/a.ts", "imports", "src/paraglide/messages.js") }],
    },
    {
      name: "Paraglide: ignored by what it writes itself",
      ...using(PARAGLIDE, { ...PARAGLIDE_FILES, ".gitignore": "node_modules\n" }, ["run: npx tsc"]),
      errors: [{ message: absent("src/a.ts", "imports", "src/paraglide/messages.js") }],
    },
    {
      name: "Paraglide: where a script is told to write",
      ...using(
        { ...PARAGLIDE, scripts: { i18n: "paraglide-js compile --project ./project.inlang --outdir ./src/paraglide" } },
        { ...PARAGLIDE_FILES, "vite.config.ts": "" },
        ["run: npx tsc"],
      ),
      errors: [{ message: absent("src/a.ts", "imports", "src/paraglide/messages.js") }],
    },
    {
      name: "Paraglide: in SvelteKit, which syncs no plugin",
      ...inKit("run: npx svelte-kit sync", "run: npx svelte-check"),
      errors: [{ message: absent("src/a.ts", "imports", "src/lib/paraglide/messages", "npx svelte-check") }],
    },
    {
      name: "Protocol Buffers",
      ...buf("run: npx tsc"),
      errors: [{ message: absent("src/a.ts", "imports", "src/gen/acme/v1/user_pb.js") }],
    },
    ...[
      ["npm ci", "npm@11.6.2", "pnpm:devPreinstall"],
      ["bun install", "bun@1.3.1", "dependencies"],
    ].map(([install = "", packageManager = "", script = ""]) => ({
      name: `an install that does not run ${script}: ${install}`,
      ...using({ ...PRISMA, packageManager, scripts: { [script]: "prisma generate" } }, PRISMA_FILES, [
        `run: ${install}`,
        "run: npx tsc",
      ]),
      errors: [{ message: absent("src/db.ts", "imports", PRISMA_CLIENT), suggestions: 1 }],
    })),
    {
      name: "a task of a package that depends on the one with the code",
      ...inTurbo(general),
      errors: [{ message: waiting }],
      output: general.replace(`"typecheck": {}`, `"typecheck": { "dependsOn": ["^codegen"] }`),
    },
    {
      name: "a task that waits for others",
      ...inTurbo(`{ "tasks": { "codegen": {}, "typecheck": { "dependsOn": ["^build"] }, "build": {} } }\n`),
      errors: [{ message: waiting }],
      output: `{ "tasks": { "codegen": {}, "typecheck": { "dependsOn": ["^build", "^codegen"] }, "build": {} } }\n`,
    },
    {
      name: "a task that only one package defines",
      ...inTurbo(`{ "tasks": { "backend#codegen": {}, "typecheck": {} } }\n`),
      errors: [{ message: waiting }],
      output: `{ "tasks": { "backend#codegen": {}, "typecheck": { "dependsOn": ["backend#codegen"] } } }\n`,
    },
    {
      name: "a task of the same package",
      ...inTurbo(general, "npx turbo run typecheck", {
        "packages/web/package.json": JSON.stringify({
          name: "web",
          scripts: { typecheck: "tsc", codegen: "convex codegen" },
          dependencies: { convex: "1" },
        }),
        "packages/web/a.ts": `export { api } from "./convex/_generated/api";\n`,
      }),
      errors: [
        { message: waiting.replace("packages/backend/", "packages/web/").replace("backend#codegen", "web#codegen") },
      ],
      output: general.replace(`"typecheck": {}`, `"typecheck": { "dependsOn": ["codegen"] }`),
    },
    {
      name: "a task that would then wait for itself",
      ...inTurbo(`{ "tasks": { "codegen": { "dependsOn": ["typecheck"] }, "typecheck": {} } }\n`),
      errors: [{ message: waiting }],
    },
    ...[`{ "persistent": true }`, `{ "dependsOn": ["serve"] }`].map((codegen) => ({
      name: `a task for which nothing can wait: ${codegen}`,
      ...inTurbo(
        `{ "tasks": { "codegen": ${codegen}, "serve": { "persistent": true }, "typecheck": {} } }\n`,
        undefined,
        {
          "packages/backend/package.json": backend({ codegen: "convex codegen", serve: "convex logs" }),
        },
      ),
      errors: [{ message: waiting }],
    })),
    {
      name: "a task that does something else in another package",
      ...inTurbo(general, undefined, {
        "packages/db/package.json": JSON.stringify({ name: "db", scripts: { codegen: "drizzle-kit pull" } }),
      }),
      errors: [{ message: waiting }],
      output: general.replace(`"typecheck": {}`, `"typecheck": { "dependsOn": ["backend#codegen"] }`),
    },
    ...["convex codegen && convex deploy", "convex codegen && vitest run"].map((codegen) => ({
      name: `a script that does more: ${codegen}`,
      ...inTurbo(general, undefined, { "packages/backend/package.json": backend({ codegen }) }),
      file: WORKFLOW,
      errors: [
        {
          messageId: "missingCode",
          suggestions: [
            {
              messageId: "addStep",
              output: (files(["run: npm ci", "run: npx turbo run typecheck"])[WORKFLOW] ?? "").replace(
                "      - run: npx turbo",
                `      - run: npx convex codegen
        working-directory: packages/backend
        env:
          CONVEX_DEPLOY_KEY: \${{ secrets.CONVEX_DEPLOY_KEY }}
      - run: npx turbo`,
              ),
            },
          ],
        },
      ],
    })),
    {
      name: "a script that says what it generates",
      ...inTurbo(general, undefined, {
        "packages/backend/package.json": backend({ codegen: "echo Convex && convex codegen" }),
      }),
      errors: [{ message: waiting }],
      output: general.replace(`"typecheck": {}`, `"typecheck": { "dependsOn": ["^codegen"] }`),
    },
  ],
});
