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
