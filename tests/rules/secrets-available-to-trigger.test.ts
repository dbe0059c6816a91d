import { RuleTester } from "../support/rule-tester.ts";

const WORKFLOW = ".github/workflows/ci.yml";
const CALLED = ".github/workflows/deploy.yml";
const ACTION = ".github/actions/deploy/action.yml";
const KEY = "CONVEX_DEPLOY_KEY: ${{ secrets.CONVEX_DEPLOY_KEY }}";
const TOKEN = "CLOUDFLARE_API_TOKEN: ${{ secrets.CLOUDFLARE_API_TOKEN }}";
const MANIFEST = JSON.stringify({ name: "app", devDependencies: { convex: "^1.28.0", wrangler: "^4.0.0" } });
const FORKS = [{ forks: true }];

/** A workflow with one job, whose steps are given with the indentation that they have there. */
const workflow = (steps: string, on = "push", job = ""): string => `on: ${on}
jobs:
  test:
    runs-on: ubuntu-latest
${job}    steps:
      - uses: actions/checkout@v5
${steps}`;
const linted = (file: string, files: Readonly<Record<string, string>>) => ({
  file,
  files: { "package.json": MANIFEST, ...files },
});
const repository = (text: string, others: Readonly<Record<string, string>> = {}) =>
  linted(WORKFLOW, { [WORKFLOW]: text, ...others });

const action = (steps: string): string => `name: deploy\nruns:\n  using: composite\n  steps:\n${steps}`;

const call = (rest = "", on = "push", target = "./.github/workflows/deploy.yml"): string =>
  `on: ${on}\njobs:\n  deploy:\n    uses: ${target}\n${rest}`;
const PASSED = `    secrets:\n      ${TOKEN}\n`;
const called = (secrets: string, job = ""): string =>
  workflow(
    `      - run: npx wrangler deploy\n        env:\n          ${TOKEN}\n`,
    `\n  workflow_call:\n${secrets}`,
    job,
  );
const UNPASSED =
  "`./.github/workflows/deploy.yml` runs `wrangler deploy` (.github/workflows/deploy.yml:11 `npx wrangler deploy`), which fails: `CLOUDFLARE_API_TOKEN` is `${{ secrets.CLOUDFLARE_API_TOKEN }}` (.github/workflows/deploy.yml:13), and the call at .github/workflows/ci.yml:4 does not pass this secret.";
const OPTIONAL = "    secrets:\n      CLOUDFLARE_API_TOKEN:\n";
const REQUIRED = "    secrets:\n      CLOUDFLARE_API_TOKEN:\n        required: true\n";

const deploy = `      - run: npx convex deploy\n        env:\n          ${KEY}\n`;
const jobEnv = `    env:\n      ${KEY}\n`;

const stepIf = workflow("      - run: x\n        if: secrets.KEY != ''\n");
const jobIf = workflow("      - run: x\n", "push", "    if: ${{ secrets.KEY != '' }}\n");
const withEnv = workflow(
  "      - name: x\n        if: ${{ always() && secrets.KEY != 'secrets.KEY' }} # only with it\n        env:\n          HOOK: ${{ secrets.KEY }}\n        run: x\n",
);
const twoSecrets = workflow("      - run: x\n        if: 'secrets.A || Secrets.B == '''''\n");
const byName = workflow("      - run: x\n        if: secrets['KEY'] != ''\n");
const matrix = workflow(
  "      - run: x\n",
  "push",
  "    strategy:\n      matrix:\n        key: ['${{ secrets.A }}']\n",
);
const input = `on: push\njobs:\n  deploy:\n    uses: acme/x/.github/workflows/y.yml@v1\n    with:\n      key: \${{ secrets.KEY }}\n`;
const fromFork = workflow(deploy, "pull_request");
const guarded = (text: string): string =>
  text.replace(
    "      - run: npx convex deploy\n",
    "      - run: npx convex deploy\n        if: ${{ env.CONVEX_DEPLOY_KEY != '' }}\n",
  );

new RuleTester().run("secrets-available-to-trigger", {
  valid: [
    {
      name: "names that GitHub takes, and its own",
      ...repository(
        workflow(
          "      - run: x ${{ secrets.GITHUB_TOKEN }} ${{ secrets.MY_GITHUB_PAT }} ${{ vars.GITHUBBER }} ${{ env.GITHUB_PAT }}\n",
        ),
      ),
    },
    {
      name: "a reserved name that the called workflow declares as a parameter",
      ...repository(
        workflow("      - run: x ${{ secrets.GITHUB_PAT }}\n", "\n  workflow_call:\n    secrets:\n      GITHUB_PAT:\n"),
      ),
    },
    {
      name: "a reserved name that a workflow declares which also starts by itself",
      ...repository(
        workflow(
          "      - run: x ${{ secrets.GITHUB_PAT }}\n",
          "\n  push:\n  workflow_call:\n    secrets:\n      github_pat:\n",
        ),
      ),
    },
    ...["secrets.GITHUB_PAT || secrets.PAT", "inputs.id || secrets.GITHUB_ID", "vars.GITHUB_OWNER || 'acme'"].map(
      (expression) => ({
        name: `a reserved name for which something else stands in: ${expression}`,
        ...repository(workflow(`      - run: x \${{ ${expression} }}\n`)),
      }),
    ),
    {
      name: "a reserved name for which something else stands in, in a condition",
      ...repository(workflow("      - run: x\n        if: vars.GITHUB_OWNER || vars.OWNER\n")),
    },
    { name: "a reserved name in a text", ...repository(workflow("      - run: echo secrets.GITHUB_PAT\n")) },
    {
      name: "secrets where they are available",
      ...repository(
        `on: push\nenv:\n  ${KEY}\njobs:\n  a:\n    runs-on: ubuntu-latest\n    env:\n      HAS_KEY: \${{ secrets.KEY != '' }}\n    outputs:\n      a: \${{ secrets.KEY }}\n    container:\n      image: node\n      env: { A: '\${{ secrets.A }}' }\n      credentials: { username: a, password: '\${{ secrets.A }}' }\n    steps:\n      - run: echo \${{ secrets.KEY }}\n        if: env.HAS_KEY == 'true'\n        name: \${{ secrets.KEY }}\n`,
      ),
    },
    {
      name: "a text about secrets",
      ...repository(workflow("      - run: x\n        if: github.ref == 'secrets.KEY'\n")),
    },
    {
      name: "a condition that is no expression",
      ...repository(workflow("      - run: x\n        if: secrets.KEY !=\n")),
    },
    {
      name: "an action that takes an input",
      ...linted(ACTION, { [ACTION]: action("    - run: ${{ inputs.key }}\n") }),
    },
    {
      name: "an action that is a program, and has no steps",
      ...linted(ACTION, { [ACTION]: "runs:\n  using: node24\n  steps:\n    - run: '${{ secrets.A }}'\n" }),
    },
    { name: "a call that passes what is required", ...repository(call(PASSED), { [CALLED]: called(REQUIRED) }) },
    {
      name: "a call that passes everything",
      ...repository(call("    secrets: inherit\n"), { [CALLED]: called(REQUIRED) }),
    },
    {
      name: "a call without what is optional",
      ...repository(call(), { [CALLED]: workflow("      - run: echo\n", `\n  workflow_call:\n${OPTIONAL}`) }),
    },
    {
      name: "a name in other letters",
      ...repository(call("    secrets:\n      cloudflare_api_token: a\n"), { [CALLED]: called(REQUIRED) }),
    },
    { name: "a workflow that cannot be called", ...repository(call(PASSED), { [CALLED]: workflow("") }) },
    { name: "a workflow that is not there", ...repository(call(PASSED)) },
    { name: "secrets in a wrong shape", ...repository(call("    secrets: 3\n"), { [CALLED]: called(REQUIRED) }) },
    {
      name: "a command of a called workflow with its secret",
      ...linted(CALLED, { [WORKFLOW]: call(PASSED), [CALLED]: called(OPTIONAL) }),
    },
    {
      name: "a deployment environment, which can have the secret",
      ...linted(CALLED, { [WORKFLOW]: call(), [CALLED]: called(OPTIONAL, "    environment: production\n") }),
    },
    {
      name: "a job that may know of the secret from another one",
      ...linted(CALLED, {
        [WORKFLOW]: call(),
        [CALLED]: called(OPTIONAL, "    needs: check\n    if: needs.check.outputs.hasToken == 'true'\n"),
      }),
    },
    {
      name: "a command of a called workflow that its other caller's event alone runs",
      ...linted(WORKFLOW, {
        [WORKFLOW]: call("", "pull_request"),
        [CALLED]: called(OPTIONAL).replace("        env:", "        if: github.event_name == 'push'\n        env:"),
      }),
    },
    {
      name: "a command of a called workflow that runs for an input which is not known",
      ...linted(WORKFLOW, {
        [WORKFLOW]: call("    with: { deploy: '${{ github.actor }}' }\n"),
        [CALLED]: called(`    inputs: { deploy: { type: string } }\n${OPTIONAL}`).replace(
          "        env:",
          "        if: inputs.deploy == 'x'\n        env:",
        ),
      }),
    },
    { name: "a workflow that nothing here calls", ...linted(CALLED, { [CALLED]: called(OPTIONAL) }) },
    {
      name: "Convex, of which the rule for its key tells",
      ...linted(CALLED, { [WORKFLOW]: call(), [CALLED]: workflow(deploy, "workflow_call") }),
    },
    { name: "pull requests, without the option", ...repository(fromFork) },
    { name: "another event", ...repository(workflow(deploy, "[push, pull_request_target]")), options: FORKS },
    { name: "a step that runs only with the key", ...repository(guarded(fromFork)), options: FORKS },
    {
      name: "a step that may fail",
      ...repository(fromFork.replace("env:", "continue-on-error: true\n        env:")),
      options: FORKS,
    },
    {
      name: "a condition of the job",
      ...repository(workflow(deploy, "pull_request", "    if: github.event.pull_request.head.repo.fork == false\n")),
      options: FORKS,
    },
    {
      name: "a condition of a job before",
      ...repository(
        `${workflow(deploy, "pull_request", "    needs: own\n")}  own:\n    if: github.actor != 'dependabot[bot]'\n    runs-on: ubuntu-latest\n    steps: [{ run: x }]\n`,
      ),
      options: FORKS,
    },
    {
      name: "a test of the script",
      ...repository(fromFork.replace("npx convex deploy", `test -z "$CONVEX_DEPLOY_KEY" || npx convex deploy`)),
      options: FORKS,
    },
    ...[
      ['if [ -z "$CONVEX_DEPLOY_KEY" ]; then', "  exit 1", "fi"],
      ["if [ -z '${{ secrets.CONVEX_DEPLOY_KEY }}' ]; then echo none; exit 1; fi"],
      ['[ -n "$CONVEX_DEPLOY_KEY" ] || exit 1'],
      ['[ -n "$CONVEX_DEPLOY_KEY" ]'],
      ['[[ -n "$CONVEX_DEPLOY_KEY" ]]'],
      [': "${CONVEX_DEPLOY_KEY:?is missing}"'],
      ["fail() { echo no; exit 1; }", 'test -n "$CONVEX_DEPLOY_KEY" || fail'],
    ].map((lines) => ({
      name: `a script that ends before: ${lines.join(" ")}`,
      ...repository(
        fromFork.replace("run: npx convex deploy", ["run: |", ...lines, "npx convex deploy"].join("\n          ")),
      ),
      options: FORKS,
    })),
    {
      name: "another credential that can do",
      ...repository(fromFork.replace(KEY, `${KEY}\n          CONVEX_DEPLOYMENT_TOKEN: \${{ vars.TOKEN }}`)),
      options: FORKS,
    },
    {
      name: "a value that is not only the secret",
      ...repository(fromFork.replace("secrets.CONVEX_DEPLOY_KEY", "secrets.CONVEX_DEPLOY_KEY || vars.KEY")),
      options: FORKS,
    },
  ],
  invalid: [
    {
      name: "an input of an action that is a program",
      ...linted(ACTION, { [ACTION]: "inputs:\n  a: { default: '${{ secrets.A }}' }\nruns:\n  using: node24\n" }),
      errors: [{ messageId: "unavailableSecrets", line: 2 }],
    },
    {
      name: "names that GitHub keeps for itself",
      ...repository(
        workflow(
          "      - run: x ${{ secrets.GITHUB_PAT || secrets.GITHUB_TOKEN || '' }}\n        env:\n          A: ${{ vars['github_org'] }}\n",
        ),
      ),
      errors: [
        {
          message:
            "`secrets.GITHUB_PAT` is always empty: GitHub takes no secret whose name begins with `GITHUB_`. Create it by another name.",
          line: 7,
          column: 16,
        },
        {
          message:
            "`vars.github_org` is always empty: GitHub takes no variable whose name begins with `GITHUB_`. Create it by another name.",
          line: 9,
        },
      ],
    },
    {
      name: "the condition of a job",
      ...repository(jobIf),
      errors: [
        {
          message:
            "GitHub rejects this workflow: `jobs.test.if` cannot read `secrets`. The `if` of a step can test `env` instead, which can hold the secret.",
          line: 5,
          column: 9,
        },
      ],
    },
    {
      name: "the condition of a step",
      ...repository(stepIf),
      errors: [
        {
          messageId: "rejectedCondition",
          line: 8,
          suggestions: [
            {
              messageId: "testEnv",
              output: workflow(
                "      - run: x\n        env:\n          KEY: ${{ secrets.KEY }}\n        if: env.KEY != ''\n",
              ),
            },
          ],
        },
      ],
    },
    {
      name: "a condition beside an `env` that has the secret",
      ...repository(withEnv),
      errors: [
        {
          messageId: "rejectedCondition",
          suggestions: [{ messageId: "testEnv", output: withEnv.replace("secrets.KEY != ", "env.HOOK != ") }],
        },
      ],
    },
    {
      name: "a condition in quotes that reads two secrets",
      ...repository(twoSecrets),
      errors: [
        {
          messageId: "rejectedCondition",
          suggestions: [
            {
              messageId: "testEnv",
              output: workflow(
                "      - run: x\n        env:\n          A: ${{ secrets.A }}\n          B: ${{ secrets.B }}\n        if: 'env.A || env.B == '''''\n",
              ),
            },
          ],
        },
      ],
    },
    {
      name: "a secret that is not named with a dot",
      ...repository(byName),
      errors: [{ messageId: "rejectedCondition" }],
    },
    {
      name: "a matrix",
      ...repository(matrix),
      errors: [
        { message: "GitHub rejects this workflow: `jobs.test.strategy.matrix.key` cannot read `secrets`.", line: 7 },
      ],
    },
    {
      name: "an input of a called workflow",
      ...repository(input),
      errors: [
        {
          message:
            "GitHub rejects this workflow: `jobs.deploy.with.key` cannot read `secrets`. A called workflow gets them through `secrets`.",
        },
      ],
    },
    {
      name: "an action",
      ...linted(ACTION, {
        [ACTION]: action(
          "    - run: x\n      shell: bash\n      if: secrets.A\n      env:\n        A: ${{ secrets.A }}\n",
        ),
      }),
      errors: [
        { messageId: "unavailableSecrets", line: 7 },
        {
          message:
            "A job that uses this action fails: `runs.steps.env.A` cannot read `secrets`. An action gets a secret as an input or through `env`.",
          line: 9,
        },
      ],
    },
    {
      name: "a secret that the called workflow does not declare",
      ...repository(call(PASSED), { [CALLED]: called("    inputs: {}\n") }),
      errors: [
        {
          message:
            "GitHub rejects this run: the called workflow declares no secret `CLOUDFLARE_API_TOKEN` (.github/workflows/deploy.yml:1).",
          line: 6,
          column: 7,
        },
      ],
    },
    {
      name: "a call without a required secret",
      ...repository(call(), { [CALLED]: called(REQUIRED) }),
      errors: [
        {
          message:
            "GitHub rejects this run: the called workflow requires the secret `CLOUDFLARE_API_TOKEN` (.github/workflows/deploy.yml:4).",
          line: 4,
          column: 11,
        },
      ],
      output: call(PASSED),
    },
    {
      name: "a call with other secrets and inputs",
      ...repository(call("    secrets:\n      BARE: x # more\n    with:\n      a: 1\n"), {
        [CALLED]: called(`${REQUIRED}      BARE:\n`),
      }),
      errors: [{ messageId: "missingSecret" }],
      output: call(`    secrets:\n      BARE: x # more\n      ${TOKEN}\n    with:\n      a: 1\n`),
    },
    {
      name: "a call with inputs",
      ...repository(call("    with:\n      a: 1\n"), { [CALLED]: called(REQUIRED) }),
      errors: [{ messageId: "missingSecret" }],
      output: call(`    with:\n      a: 1\n${PASSED}`),
    },
    {
      name: "another call that passes a secret of another name",
      ...repository(call(), {
        [CALLED]: called(REQUIRED),
        ".github/workflows/other.yml": call("    secrets:\n      CLOUDFLARE_API_TOKEN: ${{ secrets.CF }}\n"),
      }),
      errors: [{ messageId: "missingSecret" }],
      output: call("    secrets:\n      CLOUDFLARE_API_TOKEN: ${{ secrets.CF }}\n"),
    },
    {
      name: "an event that runs a stranger's code",
      ...repository(call("", "pull_request_target"), { [CALLED]: called(REQUIRED) }),
      errors: [
        {
          messageId: "missingSecret",
          suggestions: [{ messageId: "passSecret", output: call(PASSED, "pull_request_target") }],
        },
      ],
    },
    {
      name: "a caller that is called itself, without the secret",
      ...repository(call("", "\n  push:\n  workflow_call:"), { [CALLED]: called(REQUIRED) }),
      errors: [{ messageId: "missingSecret" }],
    },
    {
      name: "the only call without a secret that its workflow declares",
      ...repository(call(), { [CALLED]: called(OPTIONAL) }),
      errors: [{ message: UNPASSED, line: 4 }],
      output: call(PASSED),
    },
    {
      name: "one call of two without the secret, for two commands",
      ...repository(call(), {
        [CALLED]: `${called(OPTIONAL)}      - run: npx wrangler d1 list\n        env:\n          ${TOKEN}\n`,
        ".github/workflows/other.yml": call("    secrets:\n      CLOUDFLARE_API_TOKEN: ${{ secrets.CF }}\n"),
      }),
      errors: [{ message: UNPASSED, line: 4 }],
      output: call("    secrets:\n      CLOUDFLARE_API_TOKEN: ${{ secrets.CF }}\n"),
    },
    {
      name: "a call whose own caller does not pass the secret that it hands on",
      ...linted(".github/workflows/outer.yml", {
        ".github/workflows/outer.yml": call("", "push", "./.github/workflows/ci.yml"),
        [WORKFLOW]: call(
          "    secrets:\n      CLOUDFLARE_API_TOKEN: ${{ secrets.CF }}\n",
          "\n  workflow_call:\n    secrets:\n      CF:\n",
        ),
        [CALLED]: called(OPTIONAL),
      }),
      errors: [
        {
          message: UNPASSED.replace("./.github/workflows/deploy.yml", "./.github/workflows/ci.yml").replace(
            "at .github/workflows/ci.yml",
            "at .github/workflows/outer.yml",
          ),
        },
      ],
      output: call("    secrets:\n      CF: ${{ secrets.CF }}\n", "push", "./.github/workflows/ci.yml"),
    },
    {
      name: "a call that could not pass the secret, which its workflow does not declare",
      ...linted(CALLED, { [WORKFLOW]: call(), [CALLED]: called("") }),
      errors: [
        {
          message:
            "`npx wrangler deploy` fails: `CLOUDFLARE_API_TOKEN` is `${{ secrets.CLOUDFLARE_API_TOKEN }}` (.github/workflows/deploy.yml:11), and the call at .github/workflows/ci.yml:4 does not pass this secret.",
          line: 9,
        },
      ],
    },
    {
      name: "a pull request from a fork",
      ...repository(fromFork),
      options: FORKS,
      errors: [
        {
          message:
            "`npx convex deploy` fails in every pull request from a fork, which gets no secrets: it needs `secrets.CONVEX_DEPLOY_KEY`.",
          line: 7,
          suggestions: [{ messageId: "skipStep", output: guarded(fromFork) }],
        },
      ],
    },
    {
      name: "a step with an id, for whose outputs others may ask, is not to be skipped",
      ...repository(fromFork.replace("- run: npx convex", "- id: deploy\n        run: npx convex")),
      options: FORKS,
      errors: [{ messageId: "secretlessPullRequest", suggestions: [] }],
    },
    {
      name: "a pull request by Dependabot, through a package script",
      ...repository(workflow("      - name: x\n        run: npm run deploy\n", "[push, pull_request]", jobEnv), {
        "package.json": JSON.stringify({ scripts: { deploy: "convex deploy" }, dependencies: { convex: "^1.28.0" } }),
        ".github/dependabot.yml": "version: 2\n",
      }),
      options: FORKS,
      errors: [
        {
          message:
            "`npm run deploy` runs `convex deploy` (package.json:1 `convex deploy`), which fails in every pull request from a fork or by Dependabot, which gets no secrets: it needs `secrets.CONVEX_DEPLOY_KEY`.",
          suggestions: [
            {
              messageId: "skipStep",
              output: workflow(
                "      - name: x\n        if: ${{ env.CONVEX_DEPLOY_KEY != '' }}\n        run: npm run deploy\n",
                "[push, pull_request]",
                jobEnv,
              ),
            },
          ],
        },
      ],
    },
    {
      name: "a variable that only the script has",
      ...repository(
        workflow(
          "      - run: CONVEX_DEPLOY_KEY=${{ secrets.A }} npx convex deploy\n      - run: npx convex deploy\n        env:\n          CONVEX_DEPLOY_KEY: ${{ secrets.B }}\n",
          "pull_request",
        ),
      ),
      options: FORKS,
      errors: [{ messageId: "secretlessPullRequest", line: 8, suggestions: 1 }],
    },
  ],
});
