import { RuleTester } from "../support/rule-tester.ts";

const WORKFLOW = ".github/workflows/ci.yml";
const ACTION = ".github/actions/generate/action.yml";
const SECRET = "CONVEX_DEPLOY_KEY: ${{ secrets.CONVEX_DEPLOY_KEY }}";
const manifest = (scripts: Readonly<Record<string, string>> = {}, version = "1.48.0"): string =>
  JSON.stringify({ name: "app", scripts, dependencies: { convex: version } });

/** A workflow with one job, whose steps stand after its environment. */
const workflow = (steps: string, env: readonly string[] = [SECRET], on = "push"): string => `on: ${on}
jobs:
  test:
    runs-on: ubuntu-latest
${env.length > 0 ? `    env:\n${env.map((line) => `      ${line}\n`).join("")}` : ""}    steps:
      - uses: actions/checkout@v5
${steps}`;
const repository = (text: string, others: Readonly<Record<string, string>> = {}) => ({
  file: WORKFLOW,
  files: { "package.json": manifest(), [WORKFLOW]: text, ...others },
});
const run = (line: string): string => `      - run: ${line}\n`;
/** What can be known of a key, and no more. */
const key = (before: string): string => `CONVEX_DEPLOY_KEY: ${before}|\${{ secrets.CONVEX_TOKEN }}`;
const AT = ".github/workflows/ci.yml:6";
const prod = workflow(run("npx convex codegen --prod"));
const action = (line: string): string =>
  `name: generate\nruns:\n  using: composite\n  steps:\n    - run: ${line}\n      shell: bash\n`;

new RuleTester().run("deploy-key-fits-command", {
  valid: [
    { name: "codegen as it is", ...repository(workflow(run("npx convex codegen --init --typecheck disable"))) },
    { name: "deploy with its flags", ...repository(workflow(run("npx convex deploy -y --cmd 'npm run build'"))) },
    { name: "a flag of another command", ...repository(workflow(run("npx convex run seed --prod"))) },
    { name: "a flag that is an argument", ...repository(workflow(run("npx convex run seed -- --prod"))) },
    { name: "help", ...repository(workflow(run("npx convex codegen --prod --help"))) },
    { name: "a failure that is tolerated", ...repository(workflow(run("npx convex codegen --prod || true"))) },
    {
      name: "a flag that is perhaps not there",
      ...repository(workflow(run("npx convex codegen ${{ inputs.flags }}"))),
    },
    {
      name: "a version in which the flag is known",
      ...repository(workflow(run("npx convex run seed --deployment x"))),
    },
    {
      name: "a version that is not known",
      ...repository(prod, { "package.json": JSON.stringify({ dependencies: { convex: "github:a/b" } }) }),
    },
    {
      name: "a command of a release that is perhaps newer",
      ...repository(workflow(run("npx convex generate")), { "package.json": manifest({}, "^1.27.0") }),
    },
    { name: "a deployment and its key", ...repository(workflow(run("npx convex codegen"), [key("dev:x")])) },
    { name: "a production key for what reads", ...repository(workflow(run("npx convex codegen"), [key("prod:x")])) },
    { name: "a production key that deploys", ...repository(workflow(run("npx convex deploy"), [key("prod:x")])) },
    { name: "a preview key that deploys", ...repository(workflow(run("npx convex deploy"), [key("preview:a:b")])) },
    {
      name: "the key of a preview deployment",
      ...repository(workflow(run("npx convex codegen"), [key("preview:joyful-jaguar-123")])),
    },
    { name: "a project's key", ...repository(workflow(run("npx convex dev --once"), [key("project:a:b")])) },
    {
      name: "a secret's name is no evidence",
      ...repository(
        workflow(run("npx convex dev --once"), ["CONVEX_DEPLOY_KEY: ${{ secrets.CONVEX_DEPLOY_KEY_PREVIEW }}"]),
      ),
    },
    {
      name: "a key that is not read",
      ...repository(
        workflow(run("npx convex dev --once --url http://127.0.0.1:3210 --admin-key $KEY"), [
          "CONVEX_DEPLOY_KEY: none",
        ]),
      ),
    },
    {
      name: "an address of a secret, which another program replaces",
      ...repository(workflow(run("op run -- npx convex deploy"), ["CONVEX_DEPLOY_KEY: op://ci/convex/key"])),
    },
    {
      name: "an instruction in place of a key",
      ...repository(workflow(run("npx convex dev --once"), ['CONVEX_DEPLOY_KEY: "<ignore_deploy_key>"'])),
    },
    {
      name: "without a key, which another rule reports",
      ...repository(workflow(run("npx convex codegen --url $URL"), [])),
    },
    {
      name: "a backend of one's own",
      ...repository(
        workflow(run("npx convex deploy"), [
          "CONVEX_SELF_HOSTED_URL: https://convex.acme.dev",
          "CONVEX_SELF_HOSTED_ADMIN_KEY: ${{ secrets.ADMIN_KEY }}",
        ]),
      ),
    },
    {
      name: "a deployment that may be empty",
      ...repository(
        workflow(run("npx convex deploy"), [
          "CONVEX_SELF_HOSTED_URL: https://convex.acme.dev",
          "CONVEX_SELF_HOSTED_ADMIN_KEY: ${{ secrets.ADMIN_KEY }}",
          "CONVEX_DEPLOYMENT: ${{ vars.DEPLOYMENT }}",
        ]),
      ),
    },
    {
      name: "a deploy key decides before both",
      ...repository(
        workflow(run("npx convex deploy"), [
          SECRET,
          "CONVEX_SELF_HOSTED_URL: https://convex.acme.dev",
          "CONVEX_DEPLOYMENT: dev:joyful-jaguar-123",
        ]),
      ),
    },
    {
      name: "a variable for a command",
      ...repository(workflow(run("npx convex deploy --cmd-url-env-var-name CONVEX_URL --cmd 'npm run build'"))),
    },
    {
      name: "a variable for what may be a command",
      ...repository(workflow(run("npx convex deploy --cmd-url-env-var-name CONVEX_URL $(cat flags)"))),
    },
    { name: "both flags", ...repository(workflow(run("npx convex deploy --url $URL --admin-key $ADMIN_KEY"))) },
    {
      name: "the other flag may be among those that are not known",
      ...repository(workflow(run("npx convex deploy --url ${{ vars.URL }} ${{ vars.FLAGS }}"))),
    },
    { name: "network-test takes a URL alone", ...repository(workflow(run("npx convex network-test --url $URL"))) },
    { name: "another command that is called auth", ...repository(workflow(run("npx @convex-dev/auth --prod"))) },
    {
      name: "an action that nobody uses",
      file: ACTION,
      files: { "package.json": manifest(), [ACTION]: action("npx convex codegen --prod") },
    },
    {
      name: "a package script that no workflow runs",
      file: "package.json",
      files: { "package.json": manifest({ gen: "convex codegen --prod" }), [WORKFLOW]: workflow(run("npm test")) },
    },
    {
      name: "convex init of old, which fails for another reason",
      ...repository(workflow(run("npx convex init"), ["CONVEX_DEPLOY_KEY: none"]), {
        "package.json": manifest({}, "1.31.0"),
      }),
    },
  ],
  invalid: [
    {
      name: "a flag that codegen has not",
      ...repository(prod),
      errors: [
        {
          message: "`npx convex codegen --prod` fails: `convex codegen` has no flag `--prod`.",
          line: 9,
          column: 33,
          endColumn: 39,
          suggestions: [{ messageId: "removeFlag", output: prod.replace(" --prod", "") }],
        },
      ],
    },
    {
      name: "a flag with its value, on a line of its own",
      ...repository(
        workflow(
          "      - run: |\n          npx convex codegen \\\n            --env-file .env.ci\n          echo done\n",
        ),
      ),
      errors: [
        {
          message: "`npx convex codegen --env-file .env.ci` fails: `convex codegen` has no flag `--env-file`.",
          line: 11,
          suggestions: [
            {
              messageId: "removeFlag",
              output: workflow("      - run: |\n          npx convex codegen\n          echo done\n"),
            },
          ],
        },
      ],
    },
    {
      name: "a flag between folded lines, of which none may be left empty: that would end the command",
      ...repository(workflow("      - run: >-\n          npx convex deploy\n          --prod\n          --yes\n")),
      errors: [
        {
          messageId: "rejectedFlag",
          suggestions: [
            {
              messageId: "removeFlag",
              output: workflow("      - run: >-\n          npx convex deploy\n          --yes\n"),
            },
          ],
        },
      ],
    },
    {
      name: "a flag after an escape, which stays whole or goes",
      file: "package.json",
      files: {
        "package.json": manifest({ gen: "convex codegen\t--prod --typecheck disable" }),
        [WORKFLOW]: workflow(run("npm run gen")),
      },
      errors: [
        {
          messageId: "rejectedFlag",
          suggestions: [{ messageId: "removeFlag", output: manifest({ gen: "convex codegen --typecheck disable" }) }],
        },
      ],
    },
    {
      name: "a flag that is there twice, of which one would stay",
      ...repository(workflow(run("npx convex deploy --prod --yes --prod"))),
      errors: [{ messageId: "rejectedFlag" }],
    },
    {
      name: "a flag behind a redirection",
      ...repository(workflow(run("npx convex deploy > log --prod"))),
      errors: [{ messageId: "rejectedFlag" }],
    },
    {
      name: "a flag that deploy has not",
      ...repository(workflow(run("npx convex deploy --prod --yes"))),
      errors: [
        {
          messageId: "rejectedFlag",
          suggestions: [{ messageId: "removeFlag", output: workflow(run("npx convex deploy --yes")) }],
        },
      ],
    },
    {
      name: "in a package script, there",
      file: "package.json",
      files: { "package.json": manifest({ gen: "convex codegen --prod" }), [WORKFLOW]: workflow(run("npm run gen")) },
      errors: [
        {
          message:
            "`convex codegen --prod`, which .github/workflows/ci.yml:9 runs, fails: `convex codegen` has no flag `--prod`.",
          line: 1,
          column: 48,
          suggestions: [{ messageId: "removeFlag", output: manifest({ gen: "convex codegen" }) }],
        },
      ],
    },
    {
      name: "a flag that the workflow adds to a package script",
      ...repository(workflow(run("npm run gen -- --prod")), { "package.json": manifest({ gen: "convex codegen" }) }),
      errors: [
        {
          message:
            "`npm run gen -- --prod` runs `convex codegen` (package.json:1 `convex codegen --prod`), which fails: `convex codegen` has no flag `--prod`.",
          line: 9,
        },
      ],
    },
    {
      name: "in an action, once",
      file: ACTION,
      files: {
        "package.json": manifest(),
        [ACTION]: action("npx convex codegen --prod"),
        [WORKFLOW]: workflow("      - uses: ./.github/actions/generate\n      - uses: ./.github/actions/generate\n"),
      },
      errors: [{ messageId: "rejectedFlag", line: 5, suggestions: 1 }],
    },
    {
      name: "half of a pair",
      ...repository(workflow(run("npx convex deploy --url https://convex.acme.dev"))),
      errors: [
        {
          message:
            "`npx convex deploy --url https://convex.acme.dev` ignores `--url`, which counts only together with `--admin-key`. It goes to the deployment that its environment names.",
          suggestions: [{ messageId: "removeFlag", output: workflow(run("npx convex deploy")) }],
        },
      ],
    },
    {
      name: "a variable for a command that is not given",
      ...repository(workflow(run("npx convex deploy --cmd-url-env-var-name CONVEX_URL --yes"))),
      errors: [
        {
          message:
            "`npx convex deploy --cmd-url-env-var-name CONVEX_URL --yes` ignores `--cmd-url-env-var-name`: it names a variable for the command that `--cmd` runs, and there is none.",
          suggestions: [{ messageId: "removeFlag", output: workflow(run("npx convex deploy --yes")) }],
        },
      ],
    },
    {
      name: "a command that was removed",
      ...repository(workflow(run("npx convex auth list"))),
      errors: [{ message: "`npx convex auth list` fails: `convex auth list` was removed from the Convex CLI." }],
    },
    {
      name: "a command that does not exist",
      ...repository(workflow(run("npm run types")), { "package.json": manifest({ types: "convex generate" }) }),
      file: "package.json",
      errors: [
        {
          message: `\`convex generate\`, which ${AT.replace(":6", ":9")} runs, fails: the Convex CLI has no command \`generate\`.`,
        },
      ],
    },
    {
      name: "a command for somebody who is logged in",
      ...repository(workflow(run("npx convex deployment token create ci"))),
      errors: [
        {
          message:
            "`npx convex deployment token create ci` fails in CI: `convex deployment token create` is for somebody who is logged in, and refuses deploy keys.",
        },
      ],
    },
    {
      name: "a preview key for codegen",
      ...repository(workflow(run("npx convex codegen"), [key("preview:acme:shop")])),
      errors: [
        {
          message: `\`npx convex codegen\` fails: \`CONVEX_DEPLOY_KEY\` (${AT}) is a preview deploy key, which \`convex codegen\` refuses. It takes the key of a deployment or of the project.`,
          line: 9,
          column: 14,
        },
      ],
    },
    {
      name: "a preview key for dev, which a script runs",
      ...repository(workflow(run("npm run push"), [key("preview:acme:shop")]), {
        "package.json": manifest({ push: "convex dev --once" }),
      }),
      errors: [
        {
          message: `\`npm run push\` runs \`convex dev\` (package.json:1 \`convex dev --once\`), which fails: \`CONVEX_DEPLOY_KEY\` (${AT}) is a preview deploy key, which \`convex dev\` refuses. It takes the key of a deployment or of the project.`,
        },
      ],
    },
    {
      name: "a production key for dev",
      ...repository(workflow(run("npx convex dev --once"), [key("prod:joyful-jaguar-123")])),
      errors: [
        {
          message: `\`npx convex dev --once\` pushes to production: \`CONVEX_DEPLOY_KEY\` (${AT}) is a production key. \`convex dev\` is for development deployments, \`convex deploy\` for this one.`,
        },
      ],
    },
    {
      name: "a key without a bar",
      ...repository(workflow(run("npx convex codegen"), ["CONVEX_DEPLOY_KEY: prod:joyful-jaguar-123"])),
      errors: [
        {
          message: `\`npx convex codegen\` fails: the value of \`CONVEX_DEPLOY_KEY\` (${AT}) has no \`|\`, as every deploy key has.`,
        },
      ],
    },
    {
      name: "a key that is set in the script",
      ...repository(workflow(run("CONVEX_DEPLOY_KEY=none npx convex deploy"), [])),
      errors: [{ messageId: "malformedKey" }],
    },
    {
      name: "two deployments",
      ...repository(
        workflow(run("npx convex deploy"), [
          "CONVEX_DEPLOYMENT: dev:joyful-jaguar-123",
          "CONVEX_SELF_HOSTED_URL: https://convex.acme.dev",
          "CONVEX_SELF_HOSTED_ADMIN_KEY: ${{ secrets.ADMIN_KEY }}",
        ]),
      ),
      errors: [
        {
          message: `\`npx convex deploy\` fails: \`CONVEX_DEPLOYMENT\` (${AT}) must not be set beside \`CONVEX_SELF_HOSTED_URL\`, which names a deployment too.`,
        },
      ],
    },
  ],
});
