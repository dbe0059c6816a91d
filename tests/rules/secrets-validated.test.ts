import { RuleTester } from "../support/rule-tester.ts";

const WORKFLOW = ".github/workflows/deploy.yml";
const KEY = "CONVEX_DEPLOY_KEY: ${{ secrets.CONVEX_DEPLOY_KEY }}";
const TOKEN = "CLOUDFLARE_API_TOKEN: ${{ secrets.CF_TOKEN }}";
const MANIFEST = JSON.stringify({ name: "app", devDependencies: { convex: "^1.28.0", wrangler: "^4.0.0" } });

/** A workflow with one job, whose steps are given with the indentation that they have there. */
const workflow = (steps: string, job = "", on = "push"): string => `on: ${on}
jobs:
  deploy:
    runs-on: ubuntu-latest
${job}    steps:
      - uses: actions/checkout@v5
${steps}`;
const repository = (text: string, others: Readonly<Record<string, string>> = {}) => ({
  file: WORKFLOW,
  files: { "package.json": MANIFEST, [WORKFLOW]: text, ...others },
});

const convex = `      - run: npx convex deploy\n        env:\n          ${KEY}\n`;
const wrangler = `      - run: npx wrangler deploy\n        env:\n          ${TOKEN}\n`;
const jobEnv = `    env:\n      ${KEY}\n`;
const plain = "      - run: npx convex deploy\n";
/** The step that is put in for `secrets`, written as variable and secret, of which only the first comes with an `env`. */
const check = (condition = "", env = `        env:\n          ${KEY}\n`): string =>
  `      - name: Check secrets\n${condition}${env}        run: |\n          : "\${CONVEX_DEPLOY_KEY:?The secret CONVEX_DEPLOY_KEY is not set}"\n`;
const script = (text: string): string =>
  workflow(`      - run: |\n          ${text}\n        env:\n          ${KEY}\n`);
const before = (step: string): string => workflow(step + convex);
const under = (condition: string): string => convex.replace("env:", `if: ${condition}\n        env:`);
const conditional = (condition: string): string => workflow(under(condition));
const MAIN = "github.ref_name == 'main' && vars.BACKEND == 'yes'";
const NEXT = MAIN.replace("main", "next");
const onMain = under(MAIN);
const onNext = under(NEXT);
const called = workflow(convex, "", "\n  workflow_call:\n    secrets:\n      CONVEX_DEPLOY_KEY:\n");
const caller = (secrets: string): string =>
  `on: push\njobs:\n  deploy:\n    uses: ./${WORKFLOW}\n    secrets:\n      CONVEX_DEPLOY_KEY: ${secrets}\n`;
const composite = (rest = ""): string =>
  `inputs:\n  key:\nruns:\n  using: composite\n  steps:\n    - run: npx convex deploy\n      shell: bash\n${rest}      env:\n        CONVEX_DEPLOY_KEY: \${{ inputs.key }}\n`;
const using = "      - uses: ./deploy\n        with:\n          key: ${{ secrets.CONVEX_DEPLOY_KEY }}\n";
const needing = (job: string): string => `${workflow(convex, "    needs: before\n")}  before:\n${job}`;

new RuleTester().run("secrets-validated", {
  valid: [
    { name: "nothing that needs a secret", ...repository(workflow("      - run: npm test\n")) },
    { name: "a job that deploys nothing", ...repository(workflow(convex.replace("deploy", "codegen"))) },
    { name: "a secret that is missing", ...repository(workflow(plain)) },
    { name: "a key that is no secret", ...repository(workflow(plain.replace("npx", "CONVEX_DEPLOY_KEY=x npx"))) },
    { name: "what the fix makes", ...repository(before(check())) },
    {
      name: "a step that tests the variable",
      ...repository(workflow(`      - run: test -n "$CONVEX_DEPLOY_KEY"\n${plain}`, jobEnv)),
    },
    {
      name: "a step that gets the secret",
      ...repository(before(`      - run: ./check.sh\n        env:\n          ${KEY}\n`)),
    },
    {
      name: "a script file that looks at it",
      ...repository(workflow(`      - run: node check.js\n${plain}`, jobEnv), {
        "check.js": "if (!process.env.CONVEX_DEPLOY_KEY) process.exit(1);\n",
      }),
    },
    {
      name: "a package script that looks at it",
      ...repository(workflow(`      - run: npm run check\n${plain}`, jobEnv), {
        "package.json": JSON.stringify({
          scripts: { check: 'test -n "$CONVEX_DEPLOY_KEY"' },
          dependencies: { convex: "^1.28.0" },
        }),
      }),
    },
    {
      name: "a test in the same script",
      ...repository(script(`test -n "$CONVEX_DEPLOY_KEY" || exit 1; npx convex deploy`)),
    },
    { name: "an expansion that fails", ...repository(script(`: "\${CONVEX_DEPLOY_KEY:?}"; npx convex deploy`)) },
    {
      name: "a script file that tests it and deploys",
      ...repository(script("./deploy.sh"), {
        "deploy.sh": '#!/bin/sh\n: "${CONVEX_DEPLOY_KEY:?not set}"\nnpx convex deploy\n',
      }),
    },
    {
      name: "a branch of the script",
      ...repository(script(`if [ "$GITHUB_REF" = refs/heads/main ]; then npx convex deploy; fi`)),
    },
    { name: "a condition on the variable", ...repository(conditional("env.CONVEX_DEPLOY_KEY != ''")) },
    { name: "a step that runs after failures", ...repository(conditional("always()")) },
    {
      name: "a step that may fail",
      ...repository(workflow(convex.replace("env:", "continue-on-error: true\n        env:"))),
    },
    {
      name: "a job before that tests it",
      ...repository(
        needing(
          `    runs-on: x\n    steps:\n      - run: test -n "$KEY"\n        env:\n          KEY: \${{ secrets.CONVEX_DEPLOY_KEY }}\n`,
        ),
      ),
    },
    {
      name: "a called workflow before that gets every secret",
      ...repository(needing("    uses: acme/x/.github/workflows/check.yml@v1\n    secrets: inherit\n")),
    },
    {
      name: "a condition inside of an action",
      ...repository(workflow(using), { "deploy/action.yml": composite("      if: github.ref == 'x'\n") }),
    },
    {
      name: "one of two callers that passes nothing",
      ...repository(called.replace("  push:\n", ""), {
        ".github/workflows/a.yml": caller("${{ secrets.KEY }}"),
        ".github/workflows/b.yml": caller("''"),
      }),
    },
    {
      name: "a runner of one's own, which may have another credential",
      ...repository(workflow(convex).replace("ubuntu-latest", "[self-hosted]")),
    },
    { name: "a file that is no workflow", file: "package.json", files: { "package.json": MANIFEST } },
  ],
  invalid: [
    {
      name: "a step with the secret",
      ...repository(workflow(convex)),
      errors: [
        {
          message:
            "Nothing checks that `secrets.CONVEX_DEPLOY_KEY` is set before `npx convex deploy`, which fails without.",
          line: 7,
          column: 14,
        },
      ],
      output: before(check()),
    },
    {
      name: "a job with the secret",
      ...repository(workflow(plain, jobEnv)),
      errors: [{ messageId: "uncheckedSecrets" }],
      output: workflow(check("", "") + plain, jobEnv),
    },
    {
      name: "two secrets, one of another name",
      ...repository(workflow(`${convex}\n${wrangler}`)),
      errors: [
        {
          message:
            "Nothing checks that `secrets.CONVEX_DEPLOY_KEY` and `secrets.CF_TOKEN` are set before `npx convex deploy`, which fails without.",
        },
      ],
      output: workflow(
        `      - name: Check secrets\n        env:\n          ${KEY}\n          CF_TOKEN: \${{ secrets.CF_TOKEN }}\n        run: |\n          : "\${CONVEX_DEPLOY_KEY:?The secret CONVEX_DEPLOY_KEY is not set}"\n          : "\${CF_TOKEN:?The secret CF_TOKEN is not set}"\n${convex}\n${wrangler}`,
      ),
    },
    {
      name: "a condition, under which the check runs too",
      ...repository(conditional("github.ref == 'x'")),
      errors: [{ messageId: "uncheckedSecrets" }],
      output: workflow(
        check("        if: github.ref == 'x'\n") + convex.replace("env:", "if: github.ref == 'x'\n        env:"),
      ),
    },
    {
      name: "two conditions",
      ...repository(workflow(convex + wrangler.replace("env:", "if: github.ref == 'x'\n        env:"))),
      errors: [
        { messageId: "uncheckedSecrets", line: 7 },
        { messageId: "uncheckedSecrets", line: 10 },
      ],
      output: workflow(
        `${check()}${convex}      - name: Check secrets\n        if: github.ref == 'x'\n        env:\n          CF_TOKEN: \${{ secrets.CF_TOKEN }}\n        run: |\n          : "\${CF_TOKEN:?The secret CF_TOKEN is not set}"\n${wrangler.replace("env:", "if: github.ref == 'x'\n        env:")}`,
      ),
    },
    {
      name: "conditions that exclude each other, of which each gets its check",
      ...repository(workflow(onMain + onNext)),
      errors: [
        { messageId: "uncheckedSecrets", line: 7 },
        { messageId: "uncheckedSecrets", line: 11 },
      ],
      output: workflow(check(`        if: ${MAIN}\n`) + onMain + check(`        if: ${NEXT}\n`) + onNext),
    },
    {
      name: "a check under a condition that excludes the one of the use",
      ...repository(workflow(check(`        if: ${MAIN}\n`) + onMain + onNext)),
      errors: [{ messageId: "uncheckedSecrets" }],
      output: workflow(check(`        if: ${MAIN}\n`) + onMain + check(`        if: ${NEXT}\n`) + onNext),
    },
    ...[
      `${onMain}${under("vars.SITE == 'yes'")}`,
      `${onMain}${convex}`,
      `${onMain}      - uses: acme/notify@v1\n        with:\n          key: \${{ secrets.CONVEX_DEPLOY_KEY }}\n`,
    ].map((steps, index) => ({
      name: `another use under a condition that a check before the first would not cover (${String(index)})`,
      ...repository(workflow(steps)),
      errors: [{ messageId: "uncheckedSecrets" as const, line: 7 }],
    })),
    ...[onMain, under("always()"), onNext.replace("npx convex deploy", "npx convex deploy || true")].map(
      (step, index) => ({
        name: `another use that a check before the first covers, or that needs none (${String(index)})`,
        ...repository(workflow(onMain + step)),
        errors: [{ messageId: "uncheckedSecrets" as const, line: 7 }],
        output: workflow(check(`        if: ${MAIN}\n`) + onMain + step),
      }),
    ),
    {
      name: "a condition on several lines",
      ...repository(conditional("|-\n          github.ref == 'x'")),
      errors: [{ messageId: "uncheckedSecrets" }],
    },
    {
      name: "a condition on a variable of the step",
      ...repository(
        workflow(convex.replace("env:", "if: env.STAGE == 'x'\n        env:\n          STAGE: ${{ github.ref }}")),
      ),
      errors: [{ messageId: "uncheckedSecrets" }],
    },
    {
      name: "a secret that another one stands for is not enough",
      ...repository(workflow(`      - run: npx convex codegen\n        env:\n          ${KEY}\n${wrangler}`)),
      errors: [{ messageId: "uncheckedSecrets", line: 7 }],
      output: workflow(
        `      - name: Check secrets\n        env:\n          ${KEY}\n          CF_TOKEN: \${{ secrets.CF_TOKEN }}\n        run: |\n          : "\${CONVEX_DEPLOY_KEY:?The secret CONVEX_DEPLOY_KEY is not set}"\n          : "\${CF_TOKEN:?The secret CF_TOKEN is not set}"\n      - run: npx convex codegen\n        env:\n          ${KEY}\n${wrangler}`,
      ),
    },
    {
      name: "an action, which gets the secret as an input",
      ...repository(workflow(using), { "deploy/action.yml": composite() }),
      errors: [
        {
          message: "Nothing checks that `secrets.CONVEX_DEPLOY_KEY` is set before `./deploy`, which fails without.",
          line: 7,
        },
      ],
      output: workflow(check() + using),
    },
    {
      name: "a called workflow",
      ...repository(called, { ".github/workflows/a.yml": caller("${{ secrets.KEY }}") }),
      errors: [{ messageId: "uncheckedSecrets" }],
      output: called.replace(convex, check() + convex),
    },
    {
      name: "PowerShell",
      ...repository(
        workflow(convex).replace("ubuntu-latest", "windows-latest").replace("env:", "shell: bash\n        env:"),
      ),
      errors: [{ messageId: "uncheckedSecrets" }],
    },
    {
      name: "a default folder that the step does not start in",
      ...repository(
        workflow(
          convex.replace("env:", "working-directory: .\n        env:"),
          "    defaults: { run: { working-directory: app } }\n",
        ),
      ),
      errors: [{ messageId: "uncheckedSecrets" }],
    },
    {
      name: "steps in braces",
      ...repository(
        workflow(`      - { run: npx convex deploy, env: { CONVEX_DEPLOY_KEY: "\${{ secrets.KEY }}" } }\n`),
      ),
      errors: [{ messageId: "uncheckedSecrets" }],
      output: workflow(
        `      - name: Check secrets\n        env:\n          KEY: \${{ secrets.KEY }}\n        run: |\n          : "\${KEY:?The secret KEY is not set}"\n      - { run: npx convex deploy, env: { CONVEX_DEPLOY_KEY: "\${{ secrets.KEY }}" } }\n`,
      ),
    },
    {
      name: "a step that an alias repeats",
      ...repository(workflow(convex.replace("- run", "- &deploy\n        run") + "      - *deploy\n")),
      errors: [{ messageId: "uncheckedSecrets" }],
    },
    {
      name: "a list of steps in brackets",
      ...repository(
        `on: push\njobs:\n  deploy:\n    runs-on: ubuntu-latest\n    env: { CONVEX_DEPLOY_KEY: "\${{ secrets.CONVEX_DEPLOY_KEY }}" }\n    steps: [{ run: npx convex deploy }]\n`,
      ),
      errors: [{ messageId: "uncheckedSecrets" }],
    },
  ],
});
