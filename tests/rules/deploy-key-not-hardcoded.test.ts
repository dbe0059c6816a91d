import { RuleTester } from "../support/rule-tester.ts";
import { noise, TOKENS } from "../support/tokens.ts";

const WORKFLOW = ".github/workflows/ci.yml";
const ACTION = ".github/actions/deploy/action.yml";
const convex = TOKENS["a Convex deploy key"];
const github = TOKENS["a GitHub token"];
const npm = TOKENS["an npm access token"];

const workflow = (step: string, env = ""): string => `on: push
jobs:
  deploy:
    runs-on: ubuntu-latest
${env}    steps:
      - uses: actions/checkout@v5
${step}`;
const inWorkflow = (text: string) => ({ file: WORKFLOW, files: { [WORKFLOW]: text } });
const message = (kind: string, shown: string, issuer: string): string =>
  `This is ${kind} (\`${shown}…\`): whoever can read the repository or its history can use it. Revoke it at ${issuer}, and keep its successor in a secret.`;
const CONVEX = message("a Convex deploy key", "prod", "Convex");
const GITHUB = message("a GitHub token", "ghp_", "GitHub");

new RuleTester().run("deploy-key-not-hardcoded", {
  valid: [
    {
      name: "a secret",
      ...inWorkflow(
        workflow(
          "      - run: npx convex deploy\n        env:\n          CONVEX_DEPLOY_KEY: ${{ secrets.CONVEX_DEPLOY_KEY }}\n",
        ),
      ),
    },
    {
      name: "a placeholder",
      ...inWorkflow(workflow("      - run: CONVEX_DEPLOY_KEY='prod:name|xxxx' npx convex deploy\n")),
    },
    { name: "a hash", ...inWorkflow(workflow(`      - uses: a/b@${noise(40, "0123456789abcdef")}\n`)) },
    {
      name: "the key of a local backend",
      ...inWorkflow(
        workflow(
          `      - run: npx convex dev --once --url http://127.0.0.1:3210 --admin-key '${TOKENS["a Convex admin key"]}'\n`,
        ),
      ),
    },
  ],
  invalid: [
    {
      name: "the value of a variable",
      ...inWorkflow(
        workflow(`      - run: npx convex deploy\n        env:\n          CONVEX_DEPLOY_KEY: ${convex} # for now\n`),
      ),
      errors: [{ message: CONVEX, line: 9, column: 30, endLine: 9, endColumn: 30 + convex.length }],
    },
    {
      name: "within a script, quoted",
      ...inWorkflow(workflow(`      - run: "git clone https://x:${github}@github.com/a/b"\n`)),
      errors: [{ message: GITHUB, line: 7, column: 35, endColumn: 35 + github.length }],
    },
    {
      name: "within an expression",
      ...inWorkflow(workflow(`      - run: make\n        env:\n          T: \${{ secrets.T || '${github}' }}\n`)),
      errors: [{ message: GITHUB }],
    },
    {
      name: "in a comment, which everybody can read",
      ...inWorkflow(workflow(`      # NPM_TOKEN=${npm}\n      - run: npm ci\n`)),
      errors: [{ message: message("an npm access token", "npm_", "npm"), line: 7, column: 19 }],
    },
    {
      name: "each one that there is",
      ...inWorkflow(workflow(`      - run: |\n          A=${github} one\n          B=${npm} two\n`)),
      errors: [
        { message: GITHUB, line: 8 },
        { message: message("an npm access token", "npm_", "npm"), line: 9 },
      ],
    },
    {
      name: "with CRLF and a byte order mark",
      ...inWorkflow(`\uFEFF${workflow(`      - run: A=${github} one\n`).replaceAll("\n", "\r\n")}`),
      errors: [{ message: GITHUB, line: 7, column: 16, endColumn: 16 + github.length }],
    },
    {
      name: "in an action that nobody uses",
      file: ACTION,
      files: {
        [ACTION]: `name: deploy\nruns:\n  using: composite\n  steps:\n    - run: npx convex deploy\n      shell: bash\n      env: { CONVEX_DEPLOY_KEY: "${convex}" }\n`,
      },
      errors: [{ message: CONVEX, line: 7, column: 34 }],
    },
    {
      name: "in a package script",
      file: "package.json",
      files: { "package.json": `{ "scripts": { "up": "CONVEX_DEPLOY_KEY=\\"${convex}\\" convex deploy" } }\n` },
      errors: [{ message: CONVEX, line: 1, column: 43, endColumn: 43 + convex.length }],
    },
    {
      name: "in turbo.json",
      file: "turbo.json",
      files: { "turbo.json": `{ "tasks": {} /* ${github} */ }\n` },
      errors: [{ message: GITHUB, line: 1, column: 18 }],
    },
    {
      name: "a key that has no prefix",
      ...inWorkflow(
        workflow(
          `      - run: npx convex deploy --url https://convex.acme.dev --admin-key '${TOKENS["a Convex admin key"]}'\n`,
        ),
      ),
      errors: [
        {
          message:
            "This is a Convex admin key: whoever can read the repository or its history can use it. Revoke it at the Convex backend, and keep its successor in a secret.",
        },
      ],
    },
  ],
});
