import { RuleTester } from "../support/rule-tester.ts";

const manifest = JSON.stringify({ name: "app", dependencies: { convex: "^1.28.0" } });
const workflow = (steps: string): string => `on: push
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
${steps}`;

new RuleTester().run("convex-codegen-needs-deploy-key", {
  valid: [
    {
      name: "the step has the key",
      file: ".github/workflows/ci.yml",
      files: {
        "package.json": manifest,
        ".github/workflows/ci.yml": workflow(`      - run: npx convex codegen
        env:
          CONVEX_DEPLOY_KEY: \${{ secrets.CONVEX_DEPLOY_KEY }}
`),
      },
    },
  ],
  invalid: [
    {
      name: "a direct call without the key",
      file: ".github/workflows/ci.yml",
      files: {
        "package.json": manifest,
        ".github/workflows/ci.yml": workflow("      - run: npx convex codegen\n"),
      },
      errors: [
        {
          message: "`npx convex codegen` fails without `CONVEX_DEPLOY_KEY`.",
          line: 7,
          column: 14,
          suggestions: 3,
        },
      ],
      output: workflow(`      - run: npx convex codegen
        env:
          CONVEX_DEPLOY_KEY: \${{ secrets.CONVEX_DEPLOY_KEY }}
`),
    },
  ],
});
