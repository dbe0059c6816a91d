import { RuleTester } from "../support/rule-tester.ts";

const WORKFLOW = ".github/workflows/ci.yml";
const CHECKOUT = "actions/checkout@v5";

const using = (uses: string, keys = "", runner = "ubuntu-latest"): string =>
  `on: push\njobs:\n  a:\n    runs-on: ${runner}\n    steps:\n      - uses: ${CHECKOUT}\n      - uses: ${uses}\n${keys}`;
const workflow = (uses: string, keys?: string, runner?: string) => ({
  name: [uses, keys, runner].join(" "),
  file: WORKFLOW,
  files: { [WORKFLOW]: using(uses, keys, runner) },
});
const composite = (keys: string) => ({
  name: `an action with ${keys.trim()}`,
  file: "tools/up/action.yml",
  files: {
    [WORKFLOW]: using("./tools/up"),
    "tools/up/action.yml": `runs:\n  using: composite\n  steps:\n    - uses: actions/upload-artifact@v3\n${keys}`,
  },
});

const CALLED = ".github/workflows/called.yml";
const OTHERS = "acme/ci/.github/workflows/test.yml@v1";
const bare = (steps: string): string =>
  `on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n${steps}`;
/** A workflow that uses another one in a step. */
const placed = (name: string, text: string, others: Readonly<Record<string, string>> = {}) => ({
  name,
  file: WORKFLOW,
  files: {
    [WORKFLOW]: text,
    [CALLED]: "on: workflow_call\njobs: {}\n",
    "tools/up/action.yml": "runs: { using: node24, main: a.js }\n",
    ...others,
  },
});
const placedInAction = (name: string, uses: string, keys = "") => ({
  ...placed(name, using("./tools/up"), {
    "tools/up/action.yml": `runs:\n  using: composite\n  steps:\n    - uses: ${uses}\n${keys}`,
  }),
  file: "tools/up/action.yml",
});
const misplaced = (outcome: string): string =>
  `${outcome}: a step uses an action, not a workflow. A job of its own calls one: \`jobs.<job_id>.uses\`.`;

const message = (uses: string, oldest: string): string =>
  `GitHub fails every job with \`${uses}\`: it has switched off the releases of this action before ${oldest}.`;

new RuleTester().run("scripts-exist", {
  valid: [
    ...[
      "actions/upload-artifact@v4",
      "actions/upload-artifact@v3-node20",
      "actions/upload-artifact@main",
      "actions/upload-artifact@a8a3f3ad30e3422c9c7b888a15615d19a852ae32 # v3",
      "actions/cache@v3",
      "actions/cache/restore@v3.0.5",
      "owner/upload-artifact@v3",
    ].map((uses) => workflow(uses)),
    // A server of one's own has machines of one's own.
    workflow("actions/upload-artifact@v3", "", "[self-hosted, linux]"),
    workflow("actions/upload-artifact@v3", "", "${{ vars.RUNNER }}"),
    composite("      if: inputs.upload == 'yes'\n"),
    composite("      continue-on-error: true\n"),
    placed("a job that calls a workflow", `on: push\njobs:\n  a:\n    uses: ./${CALLED}\n  b:\n    uses: ${OTHERS}\n`),
    placed("a workflow in a step that may fail", using(`./${CALLED}`, "        continue-on-error: true\n")),
    placed("a folder that is called like a workflow", using("./.github/workflows/up.yml"), {
      ".github/workflows/up.yml/action.yml": "runs: { using: node24, main: a.js }\n",
    }),
    placed(
      "a workflow after the checkout of another repository",
      `${using("b/c@v1").replace(`uses: ${CHECKOUT}`, `uses: ${CHECKOUT}\n        with: { repository: d/e }`)}      - uses: ./${CALLED}\n`,
    ),
    placed("a workflow's file elsewhere in another repository", using("acme/ci/actions/test.yml@v1")),
    placedInAction(
      "a workflow of another repository in a step of an action that may fail",
      OTHERS,
      "      continue-on-error: true\n",
    ),
  ],
  invalid: [
    ...(
      [
        ["actions/upload-artifact@v3", "v4"],
        ["actions/upload-artifact@v2.3.1", "v4"],
        ["Actions/Download-Artifact@v1", "v4"],
        ["actions/cache@v2", "v3"],
      ] as const
    ).flatMap(([uses, oldest]) => {
      const replacement = uses.replace(/@.*/, `@${oldest}`);
      return ["", "        if: failure()\n", "        continue-on-error: true\n"].map((keys) => ({
        ...workflow(uses, keys),
        errors: [
          {
            message: message(uses, oldest),
            line: 7,
            suggestions: [{ messageId: "useName", output: using(replacement, keys) }],
          },
        ],
      }));
    }),
    ...[using(`./${CALLED}`), bare(`      - uses: ./${CALLED}\n`)].map((text) => ({
      ...placed(`a workflow in a step of ${text}`, text),
      errors: [{ message: misplaced(`\`uses: ./${CALLED}\` fails`), line: 7, column: 15 }],
    })),
    {
      ...placed("a file in a folder of the workflows", using("./.github/workflows/deploy/web.yaml"), {
        ".github/workflows/deploy/web.yaml": "on: workflow_call\njobs: {}\n",
      }),
      errors: [{ messageId: "misplacedWorkflow" }],
    },
    {
      ...placed("a workflow that is not there", using("./.github/workflows/gone.yml")),
      errors: [{ messageId: "missingAction" }],
    },
    ...["", "        if: failure()\n"].map((keys) => ({
      ...placed(`a workflow of another repository in a step ${keys}`, using(OTHERS, keys)),
      errors: [{ message: misplaced(`GitHub rejects this workflow for \`${OTHERS}\``), line: 7 }],
    })),
    ...[`./${CALLED}`, OTHERS].map((uses) => ({
      ...placedInAction(`${uses} in a step of an action`, uses),
      errors: [{ message: misplaced(`\`uses: ${uses}\` fails`), line: 4 }],
    })),
    {
      ...placed("the file of an action", using("./tools/up/action.yml")),
      errors: [
        {
          message:
            "`uses: ./tools/up/action.yml` fails: the repository has no `action.yml` in `tools/up/action.yml`. There is `tools/up`.",
          suggestions: [{ messageId: "useName", output: using("./tools/up") }],
        },
      ],
    },
    {
      ...composite(""),
      errors: [
        {
          message: message("actions/upload-artifact@v3", "v4"),
          suggestions: [
            {
              messageId: "useName",
              output: "runs:\n  using: composite\n  steps:\n    - uses: actions/upload-artifact@v4\n",
            },
          ],
        },
      ],
    },
  ],
});
