import { RuleTester } from "../support/rule-tester.ts";

const WORKFLOW = ".github/workflows/deploy.yml";
const OTHER = ".github/workflows/other.yml";
const manifest = (scripts: Readonly<Record<string, string>> = {}): string =>
  JSON.stringify({ name: "app", scripts: { dev: "convex dev", ...scripts }, dependencies: { convex: "^1.28.0" } });
const workflow = (steps: string, on = "push"): string => `on: ${on}
jobs:
  deploy:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
${steps}`;
const repository = (text: string, others: Readonly<Record<string, string>> = {}) => ({
  file: WORKFLOW,
  files: { "package.json": manifest(), "convex/schema.ts": "export default {};\n", [WORKFLOW]: text, ...others },
});
const wrangler = workflow("      - run: npm run build && npx wrangler deploy\n");
const message = (text: string, functions = "convex"): string =>
  `\`${text}\` deploys what calls the Convex functions in \`${functions}\`, which no workflow deploys. They stay as old as the last \`convex deploy\` by hand.`;
const monorepo = (text: string, web: Readonly<Record<string, unknown>> = {}) => ({
  file: WORKFLOW,
  files: {
    "package.json": JSON.stringify({ name: "acme", workspaces: ["apps/*", "packages/*"] }),
    "apps/web/package.json": JSON.stringify({ name: "web", dependencies: { backend: "*" }, ...web }),
    "packages/backend/package.json": JSON.stringify({ name: "backend", dependencies: { convex: "^1.28.0" } }),
    "packages/backend/convex/schema.ts": "export default {};\n",
    [WORKFLOW]: text,
  },
});

new RuleTester().run("convex-deployed-with-frontend", {
  valid: [
    { name: "both are deployed", ...repository(`${wrangler}      - run: npx convex deploy\n`) },
    {
      name: "another workflow does",
      ...repository(wrangler, { [OTHER]: workflow("      - run: npx convex deploy\n") }),
    },
    {
      name: "a script that a workflow runs does",
      ...repository(wrangler, {
        [OTHER]: workflow("      - run: npm run up\n"),
        "package.json": manifest({ up: "convex deploy" }),
      }),
    },
    {
      name: "the build does",
      ...repository(wrangler, { "package.json": manifest({ build: "convex deploy --cmd 'vite build'" }) }),
    },
    { name: "the platform may", ...repository(workflow("      - run: npx vercel deploy --prod\n")) },
    {
      name: "the platform does",
      ...repository(workflow("      - run: npx vercel deploy --prod\n"), {
        "vercel.json": `{ "buildCommand": "npx convex deploy --cmd 'npm run build'" }`,
      }),
    },
    { name: "netlify may", ...repository(workflow("      - run: npx netlify deploy --prod\n")) },
    {
      name: "netlify does",
      ...repository(workflow("      - run: npx netlify deploy --prod\n"), {
        "netlify.toml": `[build]\ncommand = "npx convex deploy --cmd 'npm run build'"\n`,
      }),
    },
    {
      name: "a JavaScript file may",
      ...repository(wrangler, { "scripts/up.mjs": `execSync("npx convex deploy");\n` }),
    },
    ...["npx convex deploy", "npx convex@latest deploy", "npx convex \\\n\t  deploy"].map((command) => ({
      name: `a Makefile may: ${command}`,
      ...repository(wrangler, { Makefile: `up:\n\t${command}\n` }),
    })),
    {
      name: "a script in another language may",
      ...repository(wrangler, { "scripts/up.mjs": 'execa("convex", ["deploy"]);\n' }),
    },
    {
      name: "a Makefile runs a script that does",
      ...repository(wrangler, { Makefile: "all:\n\tnpm run up\n", "package.json": manifest({ up: "convex deploy" }) }),
    },
    { name: "an action may", ...repository(`${wrangler}      - uses: acme/deploy-convex@v1\n`) },
    { name: "another CI service may", ...repository(wrangler, { ".circleci/config.yml": "run: npx convex deploy\n" }) },
    { name: "convex dev pushes too", ...repository(`${wrangler}      - run: npx convex dev --once\n`) },
    { name: "a preview", ...repository(wrangler.replace("on: push", "on: pull_request")) },
    {
      name: "perhaps a preview",
      ...repository(
        wrangler
          .replace("on: push", "on: [push, pull_request]")
          .replace("    runs-on", "    if: ${{ inputs.go }}\n    runs-on"),
      ),
    },
    {
      name: "for a pull request, whose branch is the one that it is made for",
      ...repository(
        wrangler
          .replace("on: push", "on: [push, pull_request_target]")
          .replace("    runs-on", "    if: github.ref == 'refs/heads/main'\n    runs-on"),
      ),
    },
    {
      name: "an action that is given something of Convex",
      ...repository(
        `${wrangler}      - uses: acme/release@v1\n        with:\n          key: \${{ secrets.CONVEX_DEPLOY_KEY }}\n`,
      ),
    },
    { name: "a branch", ...repository(workflow("      - run: npx wrangler pages deploy dist --branch next\n")) },
    { name: "an environment", ...repository(workflow("      - run: npx wrangler deploy --env staging\n")) },
    { name: "a draft", ...repository(workflow("      - run: npx netlify deploy --dir dist --no-build\n")) },
    { name: "a dry run", ...repository(workflow("      - run: npx wrangler deploy --dry-run\n")) },
    {
      name: "no backend",
      file: WORKFLOW,
      files: { "package.json": manifest(), [WORKFLOW]: wrangler },
    },
    {
      name: "a worker that does not use it",
      ...monorepo(workflow("      - run: npx wrangler deploy\n        working-directory: apps/web\n"), {
        dependencies: {},
      }),
    },
  ],
  invalid: [
    {
      name: "a worker",
      ...repository(wrangler),
      errors: [{ message: message("npx wrangler deploy"), line: 7, column: 31, endColumn: 50 }],
    },
    ...["github.ref == 'refs/heads/main'", "github.event_name == 'push' && inputs.go"].map((condition) => ({
      name: `never for a pull request: ${condition}`,
      ...repository(
        wrangler
          .replace("on: push", "on: [push, pull_request]")
          .replace("    runs-on", `    if: ${condition}\n    runs-on`),
      ),
      errors: [{ messageId: "undeployedBackend" }],
    })),
    {
      name: "by the action, with a project that is not known",
      ...repository(
        workflow(
          "      - uses: cloudflare/wrangler-action@v3\n        with:\n          command: pages deploy dist --project-name=${{ vars.PROJECT }}\n",
        ),
      ),
      errors: [{ messageId: "undeployedBackend" }],
    },
    {
      name: "with a key that other commands need",
      ...repository(
        `${wrangler}      - run: npx convex codegen\n        env:\n          CONVEX_DEPLOY_KEY: \${{ secrets.CONVEX_DEPLOY_KEY }}\n`,
      ),
      errors: [{ messageId: "undeployedBackend" }],
    },
    {
      name: "with a script that nobody runs in CI",
      ...repository(wrangler, { "package.json": manifest({ deploy: "convex deploy" }) }),
      errors: [{ messageId: "undeployedBackend" }],
    },
    {
      name: "pages, by the action",
      ...repository(
        workflow(
          "      - uses: cloudflare/wrangler-action@v3\n        with:\n          command: pages deploy dist --project-name=web\n",
        ),
      ),
      errors: [{ message: message("cloudflare/wrangler-action@v3"), line: 7, column: 15 }],
    },
    {
      name: "a site of Netlify, by the action",
      ...repository(
        workflow(
          "      - uses: nwtgck/actions-netlify@v3\n        with:\n          publish-dir: dist\n          production-deploy: true\n",
        ),
      ),
      errors: [{ messageId: "undeployedBackend" }],
    },
    {
      name: "a site of Netlify, with its build",
      ...repository(workflow("      - run: npx netlify deploy --prod\n"), {
        "netlify.toml": `[build]\ncommand = "npm run build"\n`,
      }),
      errors: [{ messageId: "undeployedBackend" }],
    },
    {
      name: "a site of Vercel, with its build",
      ...repository(workflow("      - run: npx vercel deploy --prod\n"), {
        "vercel.json": `{ "buildCommand": "npm run build" }`,
      }),
      errors: [{ messageId: "undeployedBackend" }],
    },
    {
      name: "in a workspace, once",
      ...monorepo(
        workflow(
          "      - run: npx wrangler pages deploy apps/web/dist --branch main\n      - run: npx wrangler deploy\n        working-directory: apps/web\n",
        ),
      ),
      errors: [
        { message: message("npx wrangler pages deploy apps/web/dist --branch main", "packages/backend/convex") },
      ],
    },
  ],
});
