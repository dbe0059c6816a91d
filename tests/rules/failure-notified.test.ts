import { RuleTester } from "../support/rule-tester.ts";

const WORKFLOW = ".github/workflows/deploy.yml";
const PUSH = "on:\n  push:\n    branches: [main]\n";

interface Layout {
  readonly on?: string;
  /** Further keys of the job. */
  readonly job?: string;
  /** Further keys of the step that deploys. */
  readonly step?: string;
  readonly run?: string;
  /** Further steps and jobs. */
  readonly after?: string;
  readonly others?: Readonly<Record<string, string>>;
}

const layout = ({ on = PUSH, job = "", step = "", run = "npx wrangler deploy", after = "", others = {} }: Layout) => ({
  file: WORKFLOW,
  files: {
    "package.json": `{ "name": "acme", "scripts": { "deploy": "wrangler deploy" } }`,
    [WORKFLOW]: `${on}jobs:\n  deploy:\n    runs-on: ubuntu-latest\n${job}    steps:\n      - uses: actions/checkout@v5\n      - run: ${run}\n${step}${after}`,
    ...others,
  },
});
const then = (condition: string): string => `      - if: ${condition}\n        run: ./alert.sh\n`;
const jobThen = (keys: string): string =>
  `  alert:\n    runs-on: ubuntu-latest\n${keys}    steps:\n      - run: ./alert.sh\n`;
const message = (command: string, occasion = "on a push to `main`"): string =>
  `Where ${command} fails ${occasion}, this workflow tells nobody: no later step and no job that needs this one runs after a failure.`;
const error = (text: string, line: number) => ({ message: text, line, column: 3 });
const direct = (line = 9): string => `\`npx wrangler deploy\` (${WORKFLOW}:${String(line)})`;

/** A workflow that calls one that deploys. */
const CALLED = `on: workflow_call\njobs:\n  ship:\n    runs-on: ubuntu-latest\n    steps:\n      - run: npx wrangler deploy\n`;
const caller = (on: string, more = ""): string =>
  `${on}jobs:\n  call:\n    uses: ./.github/workflows/called.yml\n${more}`;
const calling = (file: string, workflows: Readonly<Record<string, string>>) => ({
  file: `.github/workflows/${file}`,
  files: Object.fromEntries(Object.entries(workflows).map(([name, text]) => [`.github/workflows/${name}`, text])),
});

new RuleTester().run("failure-notified", {
  valid: [
    ...[
      "failure()",
      "always()",
      "${{ !success() }}",
      "${{ !cancelled() }}",
      "failure() && github.ref == 'refs/heads/main'",
    ].map((condition) => ({ name: `a later step, if: ${condition}`, ...layout({ after: then(condition) }) })),
    {
      name: "a later step, if one of two steps failed",
      ...layout({ after: then("always() && steps.x.outcome == 'failure'") }),
    },
    { name: "a job that needs it", ...layout({ after: jobThen("    needs: deploy\n    if: failure()\n") }) },
    {
      name: "a job that names it in capitals",
      ...layout({ after: jobThen("    needs: DEPLOY\n    if: failure()\n") }),
    },
    {
      name: "a job that needs one that needs it",
      ...layout({
        after: `  check:\n    needs: deploy\n    runs-on: ubuntu-latest\n    steps:\n      - run: ./check.sh\n${jobThen("    needs: [check]\n    if: always()\n")}`,
      }),
    },
    {
      name: "a workflow that runs after this one alone",
      ...layout({
        on: `name: Deploy\n${PUSH}`,
        others: { ".github/workflows/alert.yml": "on:\n  workflow_run:\n    workflows: Deploy\njobs: {}\n" },
      }),
    },
    {
      name: "a workflow that runs after this one",
      ...layout({
        on: `name: Deploy\n${PUSH}`,
        others: { ".github/workflows/alert.yml": "on:\n  workflow_run:\n    workflows: [Deploy]\njobs: {}\n" },
      }),
    },
    {
      name: "a workflow that hears of deployments",
      ...layout({ others: { ".github/workflows/alert.yml": "on: deployment_status\njobs: {}\n" } }),
    },
    { name: "another branch", ...layout({ on: "on:\n  push:\n    branches: [develop, 'feature/**']\n" }) },
    {
      name: "all branches but the default one",
      ...layout({ on: "on:\n  push:\n    branches-ignore: [main, master]\n" }),
    },
    { name: "tags", ...layout({ on: "on:\n  push:\n    tags: ['v*']\n" }) },
    { name: "a release", ...layout({ on: "on: [release, workflow_dispatch, pull_request]\n" }) },
    {
      name: "a job for another event",
      ...layout({ job: "    if: github.event_name == 'workflow_dispatch'\n", on: "on: [push, workflow_dispatch]\n" }),
    },
    { name: "a job for another branch", ...layout({ job: "    if: github.ref == 'refs/heads/next'\n" }) },
    {
      name: "a step for what only other events have",
      ...layout({ step: "        if: github.event.pull_request.merged\n" }),
    },
    {
      name: "a job for a choice by hand",
      ...layout({ job: "    if: inputs.deploy\n", on: `${PUSH}  workflow_dispatch:\n    inputs:\n      deploy:\n` }),
    },
    {
      name: "a job that needs one for another event",
      ...layout({
        job: "    needs: build\n",
        after:
          "  build:\n    if: github.event_name == 'release'\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n",
      }),
    },
    { name: "a deployment that may fail", ...layout({ step: "        continue-on-error: true\n" }) },
    { name: "a failure that the script handles", ...layout({ run: "npx wrangler deploy || ./alert.sh" }) },
    { name: "a trap", ...layout({ run: `|\n          trap ./alert.sh ERR\n          npx wrangler deploy` }) },
    {
      name: "a condition of the script",
      ...layout({ run: `|\n          if [ "$X" = 1 ]; then npx wrangler deploy; fi` }),
    },
    { name: "a dry run", ...layout({ run: "npx wrangler deploy --dry-run" }) },
    { name: "a package that is published", ...layout({ run: "npm publish" }) },
    { name: "no deployment", ...layout({ run: "npm test" }) },
    {
      name: "a caller that hears of it",
      ...calling("called.yml", {
        "called.yml": CALLED,
        "main.yml": caller(PUSH, jobThen("    needs: call\n    if: failure()\n")),
      }),
    },
    { name: "no caller", ...calling("called.yml", { "called.yml": CALLED }) },
  ],
  invalid: [
    { name: "nothing after it", ...layout({}), errors: [error(message(direct()), 5)] },
    {
      name: "any branch",
      ...layout({ on: "on: push\n" }),
      errors: [error(message(direct(7), "on a push to the default branch"), 3)],
    },
    {
      name: "any branch by pattern",
      ...layout({ on: "on:\n  push:\n    branches: ['**', '!next']\n" }),
      errors: [error(message(direct(), "on a push to the default branch"), 5)],
    },
    {
      name: "master",
      ...layout({ on: "on:\n  push:\n    branches: master\n" }),
      errors: [error(message(direct(), "on a push to `master`"), 5)],
    },
    {
      name: "a schedule",
      ...layout({ on: "on:\n  schedule:\n    - cron: 0 3 * * *\n" }),
      errors: [error(message(direct(), "on its schedule"), 5)],
    },
    {
      name: "a package script",
      ...layout({ run: "npm run deploy" }),
      errors: [error(message(`\`npm run deploy\` (${WORKFLOW}:9 → package.json:1 \`wrangler deploy\`)`), 5)],
    },
    {
      name: "an action",
      ...layout({ run: "make", after: "      - uses: actions/deploy-pages@v4\n" }),
      errors: [error(message(`\`actions/deploy-pages@v4\` (${WORKFLOW}:10)`), 5)],
    },
    {
      name: "an action with a computed project",
      ...layout({
        run: "make",
        after:
          "      - uses: cloudflare/wrangler-action@v3\n        with:\n          command: pages deploy out --project-name=${{ secrets.NAME }}\n",
      }),
      errors: [error(message(`\`cloudflare/wrangler-action@v3\` (${WORKFLOW}:10)`), 5)],
    },
    {
      name: "a condition that holds",
      ...layout({ job: "    if: github.ref == 'refs/heads/main' && github.event_name == 'push'\n" }),
      errors: [error(message(direct(10)), 5)],
    },
    {
      name: "a later step that runs after success alone",
      ...layout({ after: then("github.ref == 'refs/heads/main'") }),
      errors: [error(message(direct()), 5)],
    },
    {
      name: "a later step for success",
      ...layout({ after: then("success()") }),
      errors: [error(message(direct()), 5)],
    },
    {
      name: "a later step for no failure",
      ...layout({ after: then("${{ !failure() }}") }),
      errors: [error(message(direct()), 5)],
    },
    {
      name: "a later step for cancellation",
      ...layout({ after: then("cancelled()") }),
      errors: [error(message(direct()), 5)],
    },
    {
      name: "a step before it",
      ...layout({ run: "make", after: `${then("failure()")}      - run: npx wrangler deploy\n` }),
      errors: [error(message(direct(12)), 5)],
    },
    {
      name: "a job that does not need it",
      ...layout({ after: jobThen("    if: failure()\n") }),
      errors: [error(message(direct()), 5)],
    },
    {
      name: "a job that needs it to succeed",
      ...layout({ after: jobThen("    needs: deploy\n") }),
      errors: [error(message(direct()), 5)],
    },
    {
      name: "a workflow that runs after another one",
      ...layout({
        others: { ".github/workflows/alert.yml": "on:\n  workflow_run:\n    workflows: [Test]\njobs: {}\n" },
      }),
      errors: [error(message(direct()), 5)],
    },
    {
      name: "an action of the repository whose last step would run, were the action used then",
      ...layout({
        after: "      - uses: ./.github/actions/alert\n",
        others: {
          ".github/actions/alert/action.yml":
            "runs:\n  using: composite\n  steps:\n    - if: always()\n      run: ./alert.sh\n      shell: bash\n",
        },
      }),
      errors: [error(message(direct()), 5)],
    },
    {
      name: "a called workflow, in all of its callers",
      ...calling("called.yml", { "called.yml": CALLED, "main.yml": caller(PUSH) }),
      errors: [error(message("`npx wrangler deploy` (.github/workflows/called.yml:6)"), 3)],
    },
    {
      name: "a called workflow, in one of its callers",
      ...calling("main.yml", {
        "called.yml": CALLED,
        "main.yml": caller(PUSH),
        "other.yml": caller(PUSH, jobThen("    needs: call\n    if: failure()\n")),
      }),
      errors: [{ message: message("`npx wrangler deploy` (.github/workflows/called.yml:6)"), line: 6, column: 11 }],
    },
  ],
});
