import { RuleTester } from "../support/rule-tester.ts";
import type { RepositoryFiles } from "../support/temporary.ts";

const WORKFLOW = ".github/workflows/ci.yml";
const NAME = "NEXT_PUBLIC_CONVEX_URL";

/** A workflow with steps that are given with the indentation that they have there. */
const workflow = (steps: string, job = ""): string =>
  `on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n${job}    steps:\n      - uses: actions/checkout@v5\n${steps}`;
const run = (command: string, more = ""): string => `      - run: ${command}\n${more}`;
const SCHEMA = `import { createEnv } from "@t3-oss/env-nextjs";
import { z } from "zod";

export const env = createEnv({
  client: { ${NAME}: z.url() },
  server: { LOG_LEVEL: z.string().optional() },
  runtimeEnv: { ${NAME}: process.env.${NAME}, LOG_LEVEL: process.env.LOG_LEVEL },
  skipValidation: !!process.env.SKIP_ENV_VALIDATION,
});
`;

/** A workspace whose app checks the environment where its configuration is loaded. */
const app = (others: RepositoryFiles = {}): RepositoryFiles => ({
  "package.json": JSON.stringify({
    name: "acme",
    packageManager: "bun@1.3.1",
    workspaces: ["apps/*", "packages/*"],
    scripts: { build: "turbo run build" },
    devDependencies: { turbo: "2.9.18" },
  }),
  "turbo.json": '{ "tasks": { "build": { "env": ["DATABASE_URL"] } } }',
  "apps/web/package.json": JSON.stringify({
    name: "web",
    scripts: { build: "next build", migrate: "prisma migrate deploy" },
    dependencies: { "@acme/env": "workspace:*", next: "16.0.0" },
  }),
  "apps/web/next.config.ts": 'import "@acme/env/web";\nexport default {};\n',
  "apps/web/prisma.config.ts":
    'import "dotenv/config";\nimport { defineConfig, env } from "prisma/config";\nexport default defineConfig({ datasource: { url: env("DATABASE_URL") } });\n',
  "packages/env/package.json": '{ "name": "@acme/env", "exports": { "./web": "./src/web.ts" } }',
  "packages/env/src/web.ts": SCHEMA,
  ...others,
});
const repository = (steps: string, others: RepositoryFiles = {}, job = "") => ({
  name: [steps, job, ...Object.entries(others).flat()].join(" ").replaceAll(/\s+/g, " "),
  file: WORKFLOW,
  files: app({ [WORKFLOW]: workflow(steps, job), ...others }),
});
const IN_APP = "        working-directory: apps/web\n";
const build = run("bun run build");
const inApp = (command: string): string => run(command, IN_APP);
const withEnv = (text: string): string => `${build}        env:\n          ${text}\n`;
const REPORT =
  "`bun run build` runs `next build` (package.json:1 `turbo run build` → turbo.json:1 `web#build` → apps/web/package.json:1 `next build`), " +
  `which fails: packages/env/src/web.ts:5, which apps/web/next.config.ts loads, requires \`${NAME}\`, and nothing sets it.`;
/** An app whose environment is checked in functions of packages, as next-forge has it. */
const forge = (others: RepositoryFiles = {}, next = "15.4.2"): RepositoryFiles => ({
  "apps/web/package.json": JSON.stringify({
    name: "web",
    scripts: { build: "next build" },
    dependencies: { "@acme/env": "workspace:*", next },
  }),
  "apps/web/tsconfig.json": '{ "compilerOptions": { "paths": { "@/*": ["./*"] } } }',
  "apps/web/next.config.ts": 'import { env } from "@/env";\nexport default { basePath: env.BASE_PATH };\n',
  "apps/web/env.ts":
    'import { createEnv } from "@t3-oss/env-nextjs";\nimport { vercel } from "@t3-oss/env-nextjs/presets-zod";\n' +
    'import { keys as web } from "@acme/env/web";\n' +
    "export const env = createEnv({ extends: [vercel(), web()], server: {}, client: {}, runtimeEnv: {} });\n",
  "packages/env/src/web.ts": SCHEMA.replace("const env = createEnv", "const keys = () =>\n  createEnv"),
  ...others,
});
const FORGE_REPORT =
  "`bun run build` runs `next build` (package.json:1 `turbo run build` → turbo.json:1 `web#build` → apps/web/package.json:1 `next build`), " +
  `which fails: packages/env/src/web.ts:6, which apps/web/next.config.ts loads, requires \`${NAME}\`, and nothing sets it.`;
const WEB_ENV = forge()["apps/web/env.ts"] ?? "";
/** An app of SvelteKit whose start page takes in a variable. */
const kit = (steps: string, others: RepositoryFiles = {}) => ({
  name: ["SvelteKit", steps, ...Object.entries(others).flat()].join(" ").replaceAll(/\s+/g, " "),
  file: WORKFLOW,
  files: {
    [WORKFLOW]: workflow(steps),
    "package.json": JSON.stringify({
      scripts: { build: "vite build" },
      devDependencies: { "@sveltejs/kit": "2.70.4", vite: "7.3.8" },
    }),
    "svelte.config.js": "export default { kit: { adapter: adapter() } };\n",
    "src/routes/+page.svelte": '<script lang="ts">\n  import { url } from "$lib/client";\n</script>\n<p>{url}</p>\n',
    "src/lib/client.ts":
      'import { PUBLIC_CONVEX_URL } from "$env/static/public";\nexport const url = PUBLIC_CONVEX_URL;\n',
    ...others,
  },
});
const PROVIDER = `"use client";
import { ConvexProvider, ConvexReactClient } from "convex/react";

const convex = new ConvexReactClient(process.env.${NAME}!);

export function Provider({ children }: { children: React.ReactNode }) {
  return <ConvexProvider client={convex}>{children}</ConvexProvider>;
}
`;
const LAYOUT = `import { Provider } from "@/components/provider";

export default function Layout({ children }: { children: React.ReactNode }) {
  return (
    <html>
      <body>
        <Provider>{children}</Provider>
      </body>
    </html>
  );
}
`;
const PLAIN = LAYOUT.replace(/import.*/, "").replaceAll(/<\/?Provider>/g, "");
const HTTP =
  'import { ConvexHttpClient } from "convex/browser";\nconst client = new ConvexHttpClient(process.env.CONVEX_URL!);\n';
/** An app of Next.js with a client of Convex in its layout. */
const next = (others: RepositoryFiles = {}, steps = run("npm run build")) => ({
  name: ["Next.js", steps, ...Object.entries(others).flat()].join(" ").replaceAll(/\s+/g, " "),
  file: WORKFLOW,
  files: {
    [WORKFLOW]: workflow(steps),
    "package.json": JSON.stringify({
      scripts: { build: "next build" },
      dependencies: { convex: "^1.31.2", next: "^16.1.1" },
    }),
    "tsconfig.json": '{ "compilerOptions": { "paths": { "@/*": ["./src/*"] } } }',
    "src/app/layout.tsx": LAYOUT,
    "src/app/page.tsx": "export default function Page() { return <p />; }\n",
    "src/components/provider.tsx": PROVIDER,
    ...others,
  },
});
const nextReport = (requiredAt: string, name = NAME): string =>
  `\`npm run build\` runs \`next build\` (package.json:1 \`next build\`), which fails: ${requiredAt} requires \`${name}\`, and nothing sets it.`;
const IN_LAYOUT = nextReport("src/components/provider.tsx:4, which src/app/layout.tsx loads,");
const ACTION = "runs:\n  using: composite\n  steps:\n    - run: bun run build\n      shell: bash\n";
const token = (secret: string): string => `        env:\n          CLOUDFLARE_API_TOKEN: \${{ secrets.${secret} }}\n`;

new RuleTester().run("required-env-set", {
  valid: [
    // It is set, or may be.
    repository(withEnv(`${NAME}: https://example.convex.cloud`)),
    repository(withEnv(`${NAME}: \${{ vars.${NAME} }}`)),
    repository(build, {}, `    env:\n      ${NAME}: a\n`),
    repository(build, {}, "    container: acme/image\n"),
    repository(run(`echo "${NAME}=a" >> $GITHUB_ENV`) + build),
    repository(`      - uses: 1password/load-secrets-action@v3\n${build}`),
    repository(run("doppler run -- bun run build")),
    repository(run(`${NAME}=a bun run build`)),
    // Nothing is checked.
    repository(withEnv('SKIP_ENV_VALIDATION: "1"')),
    repository(withEnv("SKIP_ENV_VALIDATION: ${{ vars.SKIP }}")),
    repository(build, { "packages/env/src/web.ts": SCHEMA.replace("SKIP_ENV_VALIDATION", "CI") }),
    repository(build, { "packages/env/src/web.ts": SCHEMA.replace("z.url()", "z.url().optional()") }),
    repository(build, { "apps/web/next.config.ts": 'if (process.env.CHECK) await import("@acme/env/web");\n' }),
    repository(build, { "apps/web/next.config.ts": 'import type { env } from "@acme/env/web";\n' }),
    repository(build, { "apps/web/next.config.ts": 'import { load } from "@acme/env/other";\n' }),
    repository(inApp("next lint")),
    // Functions that are not certainly called, and modules that are not certainly found.
    ...[
      WEB_ENV.replace("[vercel(), web()]", "process.env.CHECK ? [web()] : []"),
      WEB_ENV.replace("[vercel(), web()]", "[]"),
      WEB_ENV.replace("const env = createEnv", "const env = () => createEnv"),
      WEB_ENV.replace("keys as web", "other as web"),
    ].map((text) => repository(build, forge({ "apps/web/env.ts": text }))),
    repository(
      build,
      forge({ "packages/env/src/web.ts": SCHEMA.replace("const env = ", "const keys = async () => ") }),
    ),
    repository(build, forge({}, "14.2.35")),
    repository(build, forge({}, "latest || 14")),
    repository(build, forge({ "apps/web/tsconfig.json": "{}" })),
    repository(
      build,
      forge({ "apps/web/tsconfig.json": '{ "compilerOptions": { "paths": { "@/*": ["./src/*"] } } }' }),
    ),
    repository(
      build,
      forge({ "apps/web/tsconfig.json": '{ "compilerOptions": { "baseUrl": "..", "paths": { "@/*": ["web/*"] } } }' }),
    ),
    repository(
      build,
      forge({ "apps/web/tsconfig.json": '{ "compilerOptions": { "paths": { "@/*": ["./*", "./lib/*"] } } }' }),
    ),
    repository(
      build,
      forge({
        "apps/web/base.json": '{ "compilerOptions": { "paths": { "@/*": ["./*"] } } }',
        "apps/web/tsconfig.json": '{ "extends": "./base.json" }',
      }),
    ),
    repository(build, forge({ "apps/web/env.json": "{}" })),
    repository(build, forge({ "apps/web/env.js": "exports.env = {};" })),
    repository(
      build,
      forge({
        "apps/web/next.config.ts": 'export { env } from "./src/config";\nexport default {};\n',
        "apps/web/src/config.ts": 'export { env } from "@/env";\n',
      }),
    ),
    // A file may set it.
    ...[".env", "apps/web/.env.production", "packages/env/.env.local"].map((path) =>
      repository(build, { [path]: `${NAME}=a\n` }),
    ),
    repository(run("cp .env.example .env") + build),
    repository(run("cp .env.example apps/web/.env.production") + build),
    repository(run("bash scripts/setup.sh") + build, {
      "scripts/setup.sh": 'readonly TARGET="$(pwd)/.env"\nsetup() {\n  cp .env.example "$TARGET"\n}\nsetup\n',
    }),
    repository(build, {
      "apps/web/next.config.ts": `process.env.${NAME} ??= "a";\nimport "@acme/env/web";\n`,
    }),
    repository(build, {
      "apps/web/next.config.ts": 'import "@acme/load-env";\nimport "@acme/env/web";\n',
    }),
    repository(build, {
      "apps/web/next.config.ts": 'import "./load";\nimport "@acme/env/web";\n',
      "apps/web/load.ts": "process.loadEnvFile();\n",
    }),
    ...[
      'echo "A=b" > apps/web/.env.production',
      "node scripts/env.mjs",
      "npx vercel env pull",
      "rm -f apps/web/next.config.ts",
      "git checkout gh-pages",
      'F="$GITHUB_ENV"; echo "A=b" >> "$F"',
    ].map((command) =>
      repository(run(command) + build, { "scripts/env.mjs": 'writeFileSync(".env.production", "");' }),
    ),
    repository(`      - run: echo "${NAME}=a" >> $env:GITHUB_ENV\n        shell: pwsh\n${build}`),
    repository(`      - uses: acme/setup@v1\n${build}`),
    repository(`      - uses: actions/download-artifact@v5\n${build}`),
    repository(build, {}, "    container:\n      image: ubuntu\n      options: --env-file ci\n"),
    repository(build, {}, "    env:\n      NODE_OPTIONS: --import=./env.js\n"),
    repository(inApp("npx next build --webpack ../other")),
    repository(build, {
      "apps/web/next.config.ts":
        'import { config } from "dotenv";\nconfig({ path: "config/ci.env" });\nimport "@acme/env/web";\n',
    }),
    repository(build, { "apps/web/next.config.ts": 'import "#env";\nimport "@acme/env/web";\n' }),
    repository(build, {
      "apps/web/next.config.ts": 'for (const key of KEYS) process.env[key] ??= "a";\nimport "@acme/env/web";\n',
    }),
    // Its failure is not the job's.
    repository(run("bun run build || true")),
    repository(run("bun run build", "        continue-on-error: true\n")),
    repository(run("bun run build", "        if: steps.x.outputs.y == 'a'\n")),
    repository(withEnv("TURBO_TOKEN: ${{ secrets.TURBO_TOKEN }}")),
    // Another caller of the same step gives it.
    {
      name: "an action",
      file: "actions/a/action.yml",
      files: app({
        "actions/a/action.yml": ACTION,
        [WORKFLOW]: workflow("      - uses: ./actions/a\n", `    env:\n      ${NAME}: a\n`),
        ".github/workflows/other.yml": workflow("      - uses: ./actions/a\n"),
      }),
    },
    // SvelteKit
    kit(`${run("npm run build")}        env:\n          PUBLIC_CONVEX_URL: a\n`),
    kit(run("npm run build"), { ".env.production": "PUBLIC_CONVEX_URL=a\n" }),
    kit(run("npm run build"), { "svelte.config.js": 'export default { kit: { env: { dir: "../.." } } };\n' }),
    kit(run("npm run build"), { "vite.config.ts": 'export default { "envDir": "../.." };\n' }),
    kit(run("npm run build"), { "vite.config.ts": 'process.env.PUBLIC_CONVEX_URL = "a";\n' }),
    kit(run("npm run build"), { "vite.config.ts": 'import "./load";\n' }),
    kit(run("npm run build"), { "src/routes/+page.svelte": "<p></p>\n" }),
    kit(run("npx vite dev")),
    // Next.js: the variable is set, or a page need not be rendered.
    next({}, `${run("npm run build")}        env:\n          ${NAME}: a\n`),
    next({}, run("npx convex deploy --cmd 'npm run build'")),
    next({ ".env.production": `${NAME}=a\n` }),
    next({ "next.config.ts": `export default { env: { ${NAME}: "a" } };\n` }),
    next({ "next.config.ts": "export default { cacheComponents: true };\n" }),
    next({
      "package.json": '{ "scripts": { "build": "next build" }, "dependencies": { "convex": "1", "next": "13" } }',
    }),
    next({}, run("npx next build --experimental-build-mode compile")),
    next({ "src/app/layout.tsx": `export const dynamic = "force-dynamic";\n${LAYOUT}` }),
    next({ "src/app/layout.tsx": LAYOUT.replace("return", "void headers();\n  return") }),
    next({
      "src/app/layout.tsx": `import { auth } from "acme-auth";\n${LAYOUT.replace("return", "auth();\n  return")}`,
    }),
    next({ "src/app/layout.tsx": LAYOUT.replace("return", "if (process.env.OFF) return <html />;\n  return") }),
    next({ "src/app/layout.tsx": LAYOUT.replace("<Provider>{children}</Provider>", "{on && <Provider />}") }),
    next({ "src/app/layout.tsx": PLAIN }),
    next({
      "src/app/layout.tsx": `import { Gate } from "./gate";\n${LAYOUT.replace(/<Provider>.*<.Provider>/, "<Gate>$&</Gate>")}`,
      "src/app/gate.tsx":
        '"use client";\nexport function Gate({ children }) {\n  const isOn = useOn();\n  if (!isOn) return null;\n  return <>{children}</>;\n}\n',
    }),
    next({ "src/app/@modal/default.tsx": "export default function Modal() { return null; }\n" }),
    next({
      "src/app/layout.tsx": PLAIN,
      "src/app/[id]/page.tsx":
        '"use client";\nimport { Provider } from "@/components/provider";\nexport default () => <Provider />;\n',
    }),
    next({ "src/app/layout.tsx": PLAIN, "src/middleware.ts": `${HTTP}export function middleware() {}\n` }),
    next({ "src/app/layout.tsx": PLAIN, "src/app/x/route.ts": `export const runtime = "edge";\n${HTTP}` }),
    next({ "src/app/layout.tsx": PLAIN, "src/app/x/layout.tsx": `${HTTP}${PLAIN}` }),
    next({ "src/app/layout.tsx": PLAIN, "src/pages/api/x.ts": `${HTTP}export default function handler() {}\n` }),
    next({
      "package.json":
        '{ "sideEffects": false, "scripts": { "build": "next build" }, "dependencies": { "convex": "1", "next": "16" } }',
      "src/app/layout.tsx": PLAIN,
      "src/app/x/route.ts": 'import { client } from "../client";\nexport const POST = () => client.query("x");\n',
      "src/app/client.ts": HTTP.replace("const", "export const"),
    }),
    // Tools that need a credential, and have one.
    repository(run("npx wrangler deploy", token("CLOUDFLARE_API_TOKEN"))),
    repository(run("npx wrangler deploy --dry-run")),
    repository(run("npx wrangler dev")),
    repository(run('echo "$CONFIG" > ~/.config/.wrangler/config/default.toml') + run("npx wrangler deploy")),
    repository(run("npx eas build")),
    repository(
      "      - uses: expo/expo-github-action@v8\n        with:\n          token: ${{ secrets.EXPO }}\n" +
        run("eas build"),
    ),
    // The rule of Convex tells of its own.
    repository(run("npx convex deploy")),
  ],
  invalid: [
    ...[
      forge(),
      forge({}, "^16.0.0"),
      forge({ "apps/web/tsconfig.json": '{ "compilerOptions": { "baseUrl": ".", "paths": { "@/*": ["*"] } } }' }),
      forge({
        "apps/web/tsconfig.json": '{ "compilerOptions": { "paths": { "@/*": ["./src/*"] } } }',
        "apps/web/src/env/index.ts": WEB_ENV,
      }),
      forge({ "apps/web/next.config.ts": 'import "./env";\nexport default {};\n' }),
      forge({
        "apps/web/next.config.ts": 'import { env } from "./env";\nexport default { basePath: env().BASE_PATH };\n',
        "apps/web/env.ts": 'export { keys as env } from "@acme/env/web";\n',
      }),
    ].map((files) => ({
      ...repository(build, files),
      errors: [{ message: FORGE_REPORT, suggestions: 3 }],
    })),
    {
      ...repository(build),
      errors: [
        {
          message: REPORT,
          suggestions: [
            { messageId: "addStepEnv", output: workflow(withEnv(`${NAME}: \${{ vars.${NAME} }}`)) },
            { messageId: "addJobEnv", output: workflow(build, `    env:\n      ${NAME}: \${{ vars.${NAME} }}\n`) },
            { messageId: "skipCheck", output: workflow(withEnv('SKIP_ENV_VALIDATION: "true"')) },
          ],
        },
      ],
    },
    {
      ...repository(inApp("npx prisma generate")),
      errors: [
        {
          message:
            "`npx prisma generate` fails: apps/web/prisma.config.ts:3 requires `DATABASE_URL`, and nothing sets it.",
          suggestions: [
            {
              messageId: "addStepEnv",
              output: workflow(
                run(
                  "npx prisma generate",
                  `        env:\n          DATABASE_URL: \${{ secrets.DATABASE_URL }}\n${IN_APP}`,
                ),
              ),
            },
            {
              messageId: "addJobEnv",
              output: workflow(
                inApp("npx prisma generate"),
                "    env:\n      DATABASE_URL: ${{ secrets.DATABASE_URL }}\n",
              ),
            },
          ],
        },
      ],
    },
    // A variable for another step, and an example of a dotenv file.
    {
      ...repository(`${withEnv("OTHER: a")}${build}`, { ".env.example": `${NAME}=\n` }),
      errors: [
        { message: REPORT, suggestions: 3 },
        { message: REPORT, suggestions: 3 },
      ],
    },
    // An action that its only caller gives nothing.
    {
      name: "an action",
      file: "actions/a/action.yml",
      files: app({ [WORKFLOW]: workflow("      - uses: ./actions/a\n"), "actions/a/action.yml": ACTION }),
      errors: [
        {
          message: REPORT,
          suggestions: [
            {
              messageId: "skipCheck",
              output: ACTION.replace("      shell", `      env:\n        SKIP_ENV_VALIDATION: "true"\n      shell`),
            },
          ],
        },
      ],
    },
    {
      ...kit(run("npm run build")),
      errors: [
        {
          message:
            "`npm run build` runs `vite build` (package.json:1 `vite build`), which fails: src/lib/client.ts:1 requires `PUBLIC_CONVEX_URL`, and nothing sets it.",
          suggestions: 2,
        },
      ],
    },
    {
      ...repository(build, {
        "packages/env/src/web.ts": `${SCHEMA}createEnv({ server: { ${["A", "B", "C", "D", "E", "F"].map((name) => `${name}: z.string()`).join(", ")} }, runtimeEnv: process.env });\n`,
      }),
      errors: [
        {
          message: REPORT.replace(
            `\`${NAME}\`, and nothing sets it`,
            `\`${NAME}\`, \`A\`, \`B\`, \`C\` and 3 more, and nothing sets them`,
          ),
          suggestions: 3,
        },
      ],
    },
    {
      ...next(),
      errors: [
        {
          message: IN_LAYOUT,
          suggestions: [
            {
              messageId: "addStepEnv",
              output: workflow(`${run("npm run build")}        env:\n          ${NAME}: \${{ vars.${NAME} }}\n`),
            },
            {
              messageId: "addJobEnv",
              output: workflow(run("npm run build"), `    env:\n      ${NAME}: \${{ vars.${NAME} }}\n`),
            },
          ],
        },
      ],
    },
    // What is asked for on request does not matter where the layout is also that of the page for what is not found.
    {
      ...next({ "src/app/page.tsx": 'export const dynamic = "force-dynamic";\nexport default () => <p />;\n' }),
      errors: [{ message: IN_LAYOUT, suggestions: 2 }],
    },
    {
      ...next({
        "src/app/layout.tsx": PLAIN,
        "src/app/a/layout.tsx": `"use client";\n${LAYOUT}`,
        "src/app/a/page.tsx": "export default function Page() { return <p />; }\n",
      }),
      errors: [{ message: IN_LAYOUT.replace("app/layout", "app/a/layout"), suggestions: 2 }],
    },
    {
      ...next({
        "src/app/layout.tsx": PLAIN,
        "src/app/x/[id]/route.ts": `${HTTP}export const POST = () => client.query("x");\n`,
      }),
      errors: [{ message: nextReport("src/app/x/[id]/route.ts:2", "CONVEX_URL"), suggestions: 2 }],
    },
    // Two modules lack the same variable.
    {
      ...next({
        "src/app/layout.tsx": PLAIN,
        "src/app/a/route.ts": `${HTTP}export const POST = () => client.query("x");\n`,
        "src/app/b/route.ts": `${HTTP}export const POST = () => client.query("x");\n`,
      }),
      errors: [{ message: nextReport("src/app/a/route.ts:2", "CONVEX_URL"), suggestions: 2 }],
    },
    {
      ...next({
        "src/app/layout.tsx": PLAIN,
        "src/pages/_app.tsx": 'import { Provider } from "@/components/provider";\nexport default () => <Provider />;\n',
      }),
      errors: [
        { message: nextReport("src/components/provider.tsx:4, which src/pages/_app.tsx loads,"), suggestions: 2 },
      ],
    },
    // Tools that need a credential.
    {
      ...repository(run("npx wrangler deploy")),
      errors: [
        {
          message: "`npx wrangler deploy` fails without `CLOUDFLARE_API_TOKEN`.",
          suggestions: [
            {
              messageId: "addStepEnv",
              output: workflow(run("npx wrangler deploy", token("CLOUDFLARE_API_TOKEN"))),
            },
            {
              messageId: "addJobEnv",
              output: workflow(
                run("npx wrangler deploy"),
                "    env:\n      CLOUDFLARE_API_TOKEN: ${{ secrets.CLOUDFLARE_API_TOKEN }}\n",
              ),
            },
          ],
        },
      ],
    },
    // The repository has the secret by another name.
    {
      ...repository(run("npx wrangler deploy", token("CF_TOKEN")) + run("npx wrangler secret put A")),
      errors: [{ message: "`npx wrangler secret put A` fails without `CLOUDFLARE_API_TOKEN`.", suggestions: 2 }],
    },
    {
      ...repository(run("npx wrangler deploy", '        env:\n          CLOUDFLARE_API_TOKEN: ""\n')),
      errors: [
        {
          message:
            "`npx wrangler deploy` fails: `CLOUDFLARE_API_TOKEN` is empty here (.github/workflows/ci.yml:9), and an empty value counts as none.",
          suggestions: 1,
        },
      ],
    },
  ],
});
