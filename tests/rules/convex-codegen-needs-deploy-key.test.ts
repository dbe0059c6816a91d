import { RuleTester } from "../support/rule-tester.ts";

const WORKFLOW = ".github/workflows/ci.yml";
const ACTION = ".github/actions/generate/action.yml";
const KEY = "CONVEX_DEPLOY_KEY: ${{ secrets.CONVEX_DEPLOY_KEY }}";
const manifest = JSON.stringify({ name: "app", dependencies: { convex: "^1.28.0" } });

/** A workflow with one job, whose steps are given with the indentation that they have there. */
const workflow = (steps: string, on = "push"): string => `on: ${on}
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
${steps}`;
const repository = (text: string, others: Readonly<Record<string, string>> = {}) => ({
  file: WORKFLOW,
  files: { "package.json": manifest, [WORKFLOW]: text, ...others },
});

const MESSAGE = "`npx convex codegen` fails without `CONVEX_DEPLOY_KEY`.";
const jobEnv = (text: string): string => text.replace("    steps:", `    env:\n      ${KEY}\n    steps:`);
const workflowEnv = (text: string): string => text.replace("\njobs:", `\nenv:\n  ${KEY}\njobs:`);
const broader = (text: string) => [
  { messageId: "addJobEnv", output: jobEnv(text) },
  { messageId: "addWorkflowEnv", output: workflowEnv(text) },
];

const direct = workflow("      - run: npx convex codegen\n");
const named = workflow(
  "      - name: Generate # the types\n        # from the schema\n        run: |\n          npx convex codegen\n",
);
const withEnv = workflow(
  "      - run: npx convex codegen\n        env:\n          A: 1 # one\n          # and no more\n",
);
const withEmptyEnv = workflow("      - env: # nothing yet\n        run: npx convex codegen\n");
const flow = workflow("      - { name: x, run: npx convex codegen }\n");
const flowEnv = workflow("      - run: npx convex codegen\n        env: { A: 1 }\n");
const anchored = workflow("      - &generate\n        run: npx convex codegen\n      - *generate\n");
const quoted = workflow(`      - run: "npx convex \\\n          codegen"\n`);
const crlf = workflow("      - run: npx convex codegen\n").replaceAll("\n", "\r\n");
const privileged = workflow("      - run: npx convex codegen\n      - run: echo\n", "pull_request_target");
const otherName = workflow(
  "      - run: npx convex codegen\n      - run: npx convex deploy\n        env:\n          CONVEX_DEPLOY_KEY: ${{ secrets.CONVEX_PROD }}\n",
);
const PRODUCTION_KEY = "CONVEX_DEPLOY_KEY: ${{ secrets.CONVEX_PROD }}";
const deployJob = (environment: string): string => `  deploy:
    runs-on: ubuntu-latest
${environment}    steps:
      - run: npx convex deploy
        env:
          ${PRODUCTION_KEY}
`;
const ofEnvironment = direct + deployJob("    environment: production\n");
const withProductionKey = ofEnvironment.replace("codegen\n", `codegen\n        env:\n          ${PRODUCTION_KEY}\n`);
const ofBoth = ofEnvironment + deployJob("").replace("deploy:", "preview:");
const withId = workflow("      - id: generate\n        run: npx convex codegen\n");
const twoNames = workflow(
  "      - run: npx convex codegen\n      - run: npx convex deploy\n        env:\n          CONVEX_DEPLOY_KEY: ${{ secrets.CONVEX_PROD }}\n      - run: npx convex run x\n        env:\n          CONVEX_DEPLOY_KEY: ${{ secrets.CONVEX_DEV }}\n",
);
const blank = workflow("      - run: npx convex codegen\n        env:\n          CONVEX_DEPLOY_KEY: ''\n");
const half = workflow(
  "      - run: npx convex codegen\n        env:\n          CONVEX_SELF_HOSTED_URL: https://convex.example.com\n",
);
const url = workflow("      - run: npx convex codegen\n        env:\n          VITE_CONVEX_URL: ${{ vars.URL }}\n");
const guarded = workflow("      - run: npx convex codegen\n        if: env.HAS_KEY == 'true'\n", "push").replace(
  "    steps:",
  "    env:\n      HAS_KEY: ${{ secrets.CONVEX_DEPLOY_KEY != '' }}\n    steps:",
);
const READS = 'const fs = require("node:fs");\nconsole.log(fs.existsSync(".env.local"), process.env.WORKER);\n';
/** The job with a matrix. */
const withMatrix = (matrix: string, steps: string, runsOn = "ubuntu-latest"): string =>
  workflow(steps).replace("    runs-on: ubuntu-latest", `    runs-on: ${runsOn}\n    strategy: { matrix: ${matrix} }`);
/** A step that runs a script of the repository before it generates. */
const scripted = (script: string) =>
  repository(workflow("      - run: node prepare.cjs && npx convex codegen\n"), { "prepare.cjs": script });
/** A package whose task generates. */
const turboFiles = (task: string) => ({
  "turbo.json": `{ "tasks": { "generate": ${task} } }\n`,
  "package.json": JSON.stringify({
    name: "app",
    packageManager: "npm@11.6.2",
    scripts: { generate: "convex codegen" },
    dependencies: { convex: "^1.28.0" },
    devDependencies: { turbo: "2.9.18" },
  }),
});
const DECLARING = "{ workflow_call: { secrets: { CONVEX_DEPLOY_KEY: { required: false } } } }";
const calledStep = workflow("      - run: npx convex codegen\n", DECLARING);
const CALLER = ".github/workflows/release.yml";
const caller = (rest: string, on = "push"): string =>
  `on: ${on}\njobs:\n  check:\n    uses: ./.github/workflows/ci.yml\n${rest}`;
/** A workflow that only others call, and one that calls it. */
const called = (call: string, on = "push", text = calledStep): ReturnType<typeof repository> =>
  repository(text, { [CALLER]: caller(call, on) });
const calledWithKey = calledStep.replace("codegen\n", `codegen\n        env:\n          ${KEY}\n`);
const action =
  "name: generate\nruns:\n  using: composite\n  steps:\n    - run: npx convex codegen\n      shell: bash\n";

new RuleTester().run("convex-codegen-needs-deploy-key", {
  valid: [
    {
      name: "a combination that has the key, and others that generate nothing",
      ...repository(
        withMatrix(
          "{ include: [{ command: codegen, key: a }, { command: --version }] }",
          "      - run: npx convex ${{ matrix.command }}\n        env:\n          CONVEX_DEPLOY_KEY: ${{ matrix.key && secrets.CONVEX_DEPLOY_KEY || '' }}\n",
        ),
      ),
    },
    {
      name: "a combination whose step is left out",
      ...repository(
        withMatrix(
          "{ os: [windows-latest, ubuntu-latest] }",
          "      - run: npx convex codegen\n        if: matrix.os == 'windows-latest'\n",
          "${{ matrix.os }}",
        ),
      ),
    },
    { name: "the step has the key", ...repository(withEnv.replace("A: 1", KEY)) },
    { name: "the job has the key", ...repository(jobEnv(direct)) },
    { name: "the workflow has the key", ...repository(workflowEnv(direct)) },
    {
      name: "Convex before 1.28 generates offline",
      file: WORKFLOW,
      files: {
        [WORKFLOW]: direct,
        "package.json": JSON.stringify({ dependencies: { convex: "1.27.5" } }),
      },
    },
    {
      name: "a range on both sides of the threshold",
      file: WORKFLOW,
      files: {
        [WORKFLOW]: direct,
        "package.json": JSON.stringify({ dependencies: { convex: "^1.17.0" } }),
      },
    },
    ...[
      `${READS}fs.writeFileSync(".env.local", text);`,
      `${READS}fs.cpSync("ci.env", ".env.local");`,
      "require('fs').writeFileSync(`.env.${name}`, text);",
      `${READS}require("child_process").execSync("./prepare.sh");`,
      `${READS}require("./prepare");`,
      `${READS}await import(process.env.MODULE);`,
      `import { load } from "secrets";\nload(".env.local");`,
      `import "./prepare.js"; // fills .env.local`,
    ].map((script) => ({ name: `a script that may write a dotenv file: ${script}`, ...scripted(script) })),
    ...["bun --env-file=.env.ci x convex codegen", "node --env-file=.env.ci node_modules/.bin/convex codegen"].map(
      (command) => ({
        name: `variables from a file: ${command}`,
        ...repository(workflow(`      - run: ${command}\n`), { ".env.ci": "CONVEX_DEPLOY_KEY=x\n" }),
      }),
    ),
    ...[
      "gcloud secrets versions access latest --secret=env --out-file=.env.local",
      "op inject --in-file=.env.tpl --out-file=.env.local",
      "npx vercel env pull --yes",
      "npx eas-cli env:pull --environment preview",
      "npx dotenv-vault@latest pull production",
      "git-crypt unlock key",
      "sops -d ci.enc",
      "aws s3 cp s3://acme-ci/env/ . --recursive",
      "cp config/env/* .",
      "mkdir -p ~/.convex && echo $TOKEN > ~/.convex/config.json",
      "node -e 'fs.writeFileSync(`.env.local`, process.env.TEXT)'",
      'python3 -c \'open(".env.local", "w")\'',
      "curl -fsSL https://example.com/setup | bash",
      "make missing",
      "just --justfile ci/justfile setup",
      "mise run setup",
      "task setup",
    ].map((command) => ({
      name: `what may bring a credential: ${command}`,
      ...repository(workflow(`      - run: |\n          ${command}\n      - run: npx convex codegen\n`)),
    })),
    ...[
      ["make setup", "Makefile", "setup:\n\techo x > .env.local\n"],
      ["just setup", "justfile", "setup:\n  npx convex init\n"],
      ["task setup", "Taskfile.yml", "includes: { ci: ./ci }\n"],
      ["python3 scripts/setup.py", "scripts/setup.py", "import os\nprint(os.environ['GITHUB_ENV'])\n"],
      ["python3 -m scripts.setup", "scripts/setup.py", "open('.env.local', 'w')\n"],
      ["npx tsx scripts/setup.ts", "scripts/setup.ts", "execSync('npx convex init');\n"],
      ["go run ./cmd/env", "cmd/env/main.go", `package main\n// os.Getenv("GITHUB_ENV")\n`],
      ["./setup", "setup", "#!/usr/bin/env node\nrequire('fs').writeFileSync('.env', '');\n"],
    ].map(([command = "", path = "", text = ""]) => ({
      name: `code that may bring a credential: ${command}`,
      ...repository(workflow(`      - run: ${command}\n      - run: npx convex codegen\n`), { [path]: text }),
    })),
    ...["echo 'A=b' >> $env:GITHUB_ENV", "Write-Output A=b | Out-File $env:GITHUB_ENV -Append"].map((command) => ({
      name: `a variable that PowerShell sets: ${command}`,
      ...repository(
        workflow(
          `      - run: ${command}\n        shell: pwsh\n      - run: npx convex codegen\n        shell: bash\n`,
        ),
      ),
    })),
    {
      name: "a step in another language that writes a dotenv file",
      ...repository(
        workflow(
          "      - run: open('.env.local', 'w').write('x')\n        shell: python\n      - run: npx convex codegen\n",
        ),
      ),
    },
    {
      name: "a script of the install that makes a deployment",
      ...repository(workflow("      - run: npm ci\n      - run: npx convex codegen\n"), {
        "package.json": JSON.stringify({
          packageManager: "npm@11.6.2",
          dependencies: { convex: "^1.28.0" },
          scripts: { postinstall: "node setup.mjs" },
        }),
        "setup.mjs": "import { execSync } from 'node:child_process';\nexecSync('npx convex init');\n",
      }),
    },
    ...[
      "jdx/mise-action@v3",
      "actions/github-script@v8\n        with: { script: \"core.exportVariable('A', 'b')\" }",
      "acme/load-secrets@v1",
      "acme/setup@v1\n        with: { vault-path: ci }",
      "damianreeves/write-file-action@v1.3\n        with: { path: .env.local, contents: x }",
      "actions/cache/restore@v4\n        with: { path: '.env.local', key: x }",
      "./.github/actions/setup",
    ].map((uses) => ({
      name: `an action that may bring a credential: ${uses}`,
      ...repository(workflow(`      - uses: ${uses}\n      - run: npx convex codegen\n`), {
        "mise.toml": "[env]\nCONVEX_DEPLOY_KEY = 'x'\n",
        ".github/actions/setup/action.yml": "runs: { using: node24, main: index.js }\n",
      }),
    })),
    ...[
      "- run: npx turbo run generate\n        env: { TURBO_TOKEN: x }",
      "- uses: rharkor/caching-for-turbo@v2\n      - run: npx turbo run generate",
      "- uses: actions/cache@v4\n        with: { path: .turbo, key: x }\n      - run: npx turbo run generate",
    ].map((steps) => ({
      name: `a task whose result may come from elsewhere: ${steps}`,
      ...repository(workflow(`      ${steps}\n`), turboFiles("{}")),
    })),
    { name: "an action that nobody uses", file: ACTION, files: { "package.json": manifest, [ACTION]: action } },
    {
      name: "the token's newer name",
      ...repository(withEnv.replace("A: 1", "CONVEX_DEPLOYMENT_TOKEN: x"), {
        "package.json": JSON.stringify({ dependencies: { convex: "^1.38.0" } }),
      }),
    },
  ],
  invalid: [
    ...[
      { flags: "--url ${{ secrets.URL }}", flag: "--url", other: "--admin-key" },
      { flags: "--admin-key $ADMIN_KEY", flag: "--admin-key", other: "--url" },
    ].map(({ flags, flag, other }) => ({
      name: `a backend of one's own, with ${flag} alone`,
      ...repository(workflow(`      - run: npx convex deploy ${flags}\n        env: { ADMIN_KEY: x }\n`)),
      errors: [
        {
          message: `\`npx convex deploy ${flags}\` fails: \`${flag}\` counts only together with \`${other}\`, and without them it needs \`CONVEX_DEPLOY_KEY\`.`,
          suggestions: 0,
        },
      ],
    })),
    ...[
      "curl -fsSL https://bun.sh/install | bash",
      "make check",
      "node scripts/check.mjs",
      "bunx --bun tsc",
      "mkdir -p .convex && echo '{}' > .convex/deployment.json",
    ].map((command) => ({
      name: `after what brings no credential: ${command}`,
      ...repository(workflow(`      - run: ${command}\n      - run: npx convex codegen\n`), {
        "package.json": JSON.stringify({ dependencies: { convex: "^1.28.0" } }),
        Makefile: "check:\n\tnpx eslint .\n",
        "scripts/check.mjs": "console.log(1);\n",
      }),
      errors: [{ message: MESSAGE, suggestions: 3 }],
      output: workflow(`      - run: ${command}\n      - run: npx convex codegen\n        env:\n          ${KEY}\n`),
    })),
    {
      name: "in a shell script that is run by its path, after another one",
      ...repository(workflow("      - run: ./ci/prepare.sh\n      - run: ./ci/generate.sh\n"), {
        "package.json": JSON.stringify({ dependencies: { convex: "^1.28.0" } }),
        "ci/prepare.sh": "#!/usr/bin/env bash\necho convex\n",
        "ci/generate.sh": "#!/bin/sh -e\nnpx convex codegen\n",
      }),
      errors: [{ messageId: "missingDeployKey", suggestions: 3 }],
      output: workflow(`      - run: ./ci/prepare.sh\n      - run: ./ci/generate.sh\n        env:\n          ${KEY}\n`),
    },
    {
      name: "one of the machines of a matrix",
      ...repository(
        withMatrix("{ os: [windows-latest, ubuntu-latest] }", "      - run: npx convex codegen\n", "${{ matrix.os }}"),
      ),
      errors: [{ message: MESSAGE, suggestions: 3 }],
      output: withMatrix(
        "{ os: [windows-latest, ubuntu-latest] }",
        `      - run: npx convex codegen\n        env:\n          ${KEY}\n`,
        "${{ matrix.os }}",
      ),
    },
    {
      name: "one of the commands of a matrix",
      ...repository(withMatrix("{ command: [lint, generate] }", "      - run: npm run ${{ matrix.command }}\n"), {
        "package.json": JSON.stringify({
          dependencies: { convex: "^1.28.0" },
          scripts: { lint: "eslint .", generate: "convex codegen" },
        }),
      }),
      errors: [
        {
          message:
            "`npm run ${{ matrix.command }}` runs `convex codegen` (package.json:1 `convex codegen`), which fails without `CONVEX_DEPLOY_KEY`.",
          suggestions: 2,
        },
      ],
      output: withMatrix(
        "{ command: [lint, generate] }",
        `      - run: npm run \${{ matrix.command }}\n        env:\n          ${KEY}\n`,
      ),
    },
    {
      name: "a step that is only a command",
      ...repository(direct),
      errors: [
        {
          message: MESSAGE,
          line: 7,
          column: 14,
          endLine: 7,
          endColumn: 32,
          suggestions: [...broader(direct), { messageId: "removeStep", output: workflow("") }],
        },
      ],
      output: workflow(`      - run: npx convex codegen\n        env:\n          ${KEY}\n`),
    },
    {
      name: "a script that only looks for dotenv files",
      ...scripted(READS),
      errors: [{ message: MESSAGE, suggestions: 2 }],
      output: workflow(`      - run: node prepare.cjs && npx convex codegen\n        env:\n          ${KEY}\n`),
    },
    ...[
      "actions/checkout@v5\n        with: { persist-credentials: false }",
      "jdx/mise-action@v3\n        with: { env: false }",
      "actions/github-script@v8\n        with: { script: console.log(process.env.HOME) }",
      "actions/cache@v4\n        with: { path: ~/.bun/install/cache, key: x }",
      "acme/lint@v1\n        with: { path: src }",
    ].map((uses) => {
      const before = workflow(`      - uses: ${uses}\n      - run: npx convex codegen\n`);
      return {
        name: `an action that brings no credential: ${uses}`,
        ...repository(before, { "mise.toml": "[env]\nCONVEX_DEPLOY_KEY = 'x'\n" }),
        errors: [{ message: MESSAGE, suggestions: 3 }],
        output: before.replace("codegen\n", `codegen\n        env:\n          ${KEY}\n`),
      };
    }),
    ...[
      "- run: npx convex deploy --preview-create x\n        env: { CONVEX_DEPLOY_KEY: '${{ secrets.CONVEX_KEY }}' }",
      "- run: npm run deploy\n        env: { CONVEX_DEPLOY_KEY: '${{ secrets.CONVEX_PREVIEW_KEY }}' }\n      - run: CONVEX_DEPLOY_KEY=x npm test",
      "- run: npx convex deploy\n        env: { CONVEX_DEPLOY_KEY: '${{ github.ref_name && secrets.PROD || secrets.DEV }}' }",
      "- run: npx convex deploy\n        env: { CONVEX_DEPLOY_KEY: '${{ secrets[matrix.key] }}' }",
      "- run: npx convex deploy\n        env: { CONVEX_DEPLOY_KEY: 'op://ci/convex/key' }",
      "- run: npx convex deploy\n        env: { CONVEX_SELF_HOSTED_URL: x, CONVEX_SELF_HOSTED_ADMIN_KEY: '${{ secrets.ADMIN }}' }",
      "- run: CONVEX_DEPLOY_KEY=${{ secrets.CONVEX_PROD }} npx convex deploy",
      '- run: echo "CONVEX_DEPLOY_KEY=${{ secrets.CONVEX_PROD }}" >> $GITHUB_ENV',
      "- run: npx convex deploy --url ${{ vars.URL }} --admin-key ${{ secrets.ADMIN }}",
      "- uses: ./.github/actions/deploy\n        with: { key: '${{ secrets.CONVEX_PROD_KEY }}' }",
    ].map((steps) => ({
      name: `another workflow has a key that is not for this: ${steps}`,
      ...repository(direct, { ".github/workflows/deploy.yml": workflow(`      ${steps}\n`) }),
      errors: [{ message: MESSAGE, suggestions: 4 }],
    })),
    ...["npx convex deploy", "npx convex run testing:clear", "npx convex codegen && npx convex import x"].map(
      (command) => ({
        name: `a pull request changes no deployment: ${command}`,
        ...repository(workflow(`      - run: ${command}\n`, "pull_request"), {
          ".github/workflows/deploy.yml": workflow(`      - run: npx convex deploy\n        env:\n          ${KEY}\n`),
        }),
        errors: command.split("&&").map(() => ({ messageId: "missingDeployKey", suggestions: 3 })),
      }),
    ),
    {
      name: "a key that pull requests have anyway",
      ...repository(workflow("      - run: npx convex deploy\n", "pull_request"), {
        ".github/workflows/preview.yml": workflow(
          `      - run: npx convex run seed\n        env:\n          ${PRODUCTION_KEY}\n`,
          "pull_request",
        ),
      }),
      errors: [{ messageId: "missingDeployKey", suggestions: 2 }],
      output: workflow(`      - run: npx convex deploy\n        env:\n          ${PRODUCTION_KEY}\n`, "pull_request"),
    },
    ...[
      "npx convex deploy --dry-run && npx convex dev --once",
      "npm run build && npx start-server-and-test 'convex dev' 3000 e2e",
    ].map((command) => ({
      name: `\`convex dev\` would work on the key's deployment: ${command}`,
      ...repository(workflow(`      - run: ${command}\n`), {
        "package.json": JSON.stringify({
          packageManager: "npm@11.6.2",
          scripts: { build: "convex deploy" },
          dependencies: { convex: "^1.28.0" },
        }),
      }),
      errors: [{ messageId: "missingDeployKey", suggestions: 3 }],
    })),
    {
      name: "a task whose result is not kept",
      ...repository(
        workflow("      - run: npx turbo run generate\n        env: { TURBO_TOKEN: x }\n"),
        turboFiles('{ "cache": false }'),
      ),
      errors: [{ messageId: "missingDeployKey", suggestions: 3 }],
      output: workflow(
        `      - run: npx turbo run generate\n        env: { TURBO_TOKEN: x, ${KEY.replace("$", '"$')}" }\n`,
      ),
    },
    ...[
      ["make lint", "Makefile", "lint:\n\teslint .\n"],
      ["python3 scripts/lint.py", "scripts/lint.py", "print('fine')\n"],
      ["mise install", "mise.toml", "[tools]\nnode = '22'\n"],
      ["cp -r dist out", "dist/a.txt", ""],
    ].map(([command = "", path = "", text = ""]) => {
      const before = workflow(`      - run: ${command}\n      - run: npx convex codegen\n`);
      return {
        name: `what brings no credential: ${command}`,
        ...repository(before, { [path]: text }),
        errors: [{ message: MESSAGE, suggestions: 3 }],
        output: before.replace("codegen\n", `codegen\n        env:\n          ${KEY}\n`),
      };
    }),
    {
      name: "a named step keeps its comments, and the new block stands before what runs",
      ...repository(named),
      errors: [{ message: MESSAGE, line: 10, column: 11, suggestions: 3 }],
      output: named.replace("types\n", `types\n        env:\n          ${KEY}\n`),
    },
    {
      name: "a condition that asks for the secret does not give it to the step",
      ...repository(guarded),
      output: guarded.replace("codegen\n", `codegen\n        env:\n          ${KEY}\n`),
      errors: [{ message: MESSAGE, suggestions: 3 }],
    },
    {
      name: "an env block is extended",
      ...repository(withEnv),
      errors: [{ message: MESSAGE, suggestions: 3 }],
      output: withEnv.replace("# one\n", `# one\n          ${KEY}\n`),
    },
    {
      name: "an env key without a value is filled",
      ...repository(withEmptyEnv),
      errors: [{ message: MESSAGE, suggestions: 3 }],
      output: withEmptyEnv.replace("yet\n", `yet\n          ${KEY}\n`),
    },
    {
      name: "a step in flow style stays one",
      ...repository(flow),
      errors: [{ message: MESSAGE, suggestions: 3 }],
      output: flow.replace("codegen }", `codegen, env: { ${KEY.replace("$", '"$')}" } }`),
    },
    {
      name: "an env in flow style stays one",
      ...repository(flowEnv),
      errors: [{ message: MESSAGE, suggestions: 3 }],
      output: flowEnv.replace("A: 1 }", `A: 1, ${KEY.replace("$", '"$')}" }`),
    },
    {
      name: "a step that is used twice is not changed",
      ...repository(anchored),
      errors: [{ message: MESSAGE, suggestions: broader(anchored) }],
    },
    {
      name: "the position is exact in a quoted scalar over two lines",
      ...repository(quoted),
      errors: [
        {
          message: MESSAGE.replace("convex codegen", "convex codegen"),
          line: 7,
          column: 15,
          endLine: 8,
          endColumn: 18,
          suggestions: 3,
        },
      ],
      output: `${quoted}        env:\n          ${KEY}\n`,
    },
    {
      name: "line endings are kept",
      ...repository(crlf),
      errors: [{ message: MESSAGE, suggestions: 3 }],
      output: `${crlf}        env:\r\n          ${KEY}\r\n`,
    },
    {
      name: "no secret is given to a stranger's code without asking",
      ...repository(privileged),
      errors: [
        {
          message: MESSAGE,
          suggestions: [
            {
              messageId: "addStepEnv",
              output: privileged.replace("codegen\n", `codegen\n        env:\n          ${KEY}\n`),
            },
            ...broader(privileged),
            { messageId: "removeStep", output: privileged.replace("      - run: npx convex codegen\n", "") },
          ],
        },
      ],
    },
    {
      name: "the expression that the workflow uses already is used again",
      ...repository(otherName),
      errors: [{ message: MESSAGE, suggestions: 3 }],
      output: otherName.replace(
        "codegen\n",
        "codegen\n        env:\n          CONVEX_DEPLOY_KEY: ${{ secrets.CONVEX_PROD }}\n",
      ),
    },
    {
      name: "which of two secrets is meant is not for us to say",
      ...repository(twoNames),
      errors: [{ message: MESSAGE, suggestions: 4 }],
    },
    {
      name: "what only a job with an environment uses may be that environment's own",
      ...repository(ofEnvironment),
      errors: [
        {
          message: MESSAGE,
          suggestions: [
            { messageId: "addStepEnv", output: withProductionKey },
            { messageId: "addJobEnv", output: jobEnv(ofEnvironment).replace(KEY, PRODUCTION_KEY) },
            { messageId: "addWorkflowEnv", output: workflowEnv(ofEnvironment).replace(KEY, PRODUCTION_KEY) },
            { messageId: "removeStep", output: ofEnvironment.replace("      - run: npx convex codegen\n", "") },
          ],
        },
      ],
    },
    {
      name: "what a job without an environment uses too is there for all",
      ...repository(ofBoth),
      errors: [{ message: MESSAGE, suggestions: 3 }],
      output: ofBoth.replace("codegen\n", `codegen\n        env:\n          ${PRODUCTION_KEY}\n`),
    },
    {
      name: "a step with an id, which others may ask for its result, is not to go",
      ...repository(withId),
      errors: [{ message: MESSAGE, suggestions: 2 }],
      output: withId.replace("        run:", `        env:\n          ${KEY}\n        run:`),
    },
    {
      name: "an empty value counts as none",
      ...repository(blank),
      errors: [
        {
          message:
            "`npx convex codegen` fails: `CONVEX_DEPLOY_KEY` is empty here (.github/workflows/ci.yml:9), and an empty value counts as none.",
          suggestions: [{ messageId: "removeStep", output: workflow("") }],
        },
      ],
      output: blank.replace("''", "${{ secrets.CONVEX_DEPLOY_KEY }}"),
    },
    {
      name: "a called workflow has the secrets that its caller hands on",
      ...called("    secrets: inherit\n"),
      errors: [{ message: MESSAGE, suggestions: 3 }],
      output: calledWithKey,
    },
    ...[
      { name: "a called workflow has no secret that its caller does not pass", ...called("") },
      {
        name: "a called workflow runs a stranger's code where its caller does",
        ...called("    secrets: inherit\n", "pull_request_target"),
      },
    ].map((test) => ({
      ...test,
      errors: [
        {
          message: MESSAGE,
          suggestions: [
            { messageId: "addStepEnv", output: calledWithKey },
            ...broader(calledStep),
            { messageId: "removeStep", output: workflow("", DECLARING) },
          ],
        },
      ],
    })),
    {
      name: "a called workflow reads a secret that its caller does not pass",
      ...called("", "push", calledWithKey),
      file: CALLER,
      errors: [
        {
          message:
            "`./.github/workflows/ci.yml` runs `convex codegen` (.github/workflows/ci.yml:7 `npx convex codegen`), which fails: `CONVEX_DEPLOY_KEY` is `${{ secrets.CONVEX_DEPLOY_KEY }}` (.github/workflows/ci.yml:9), and the call at .github/workflows/release.yml:4 does not pass this secret.",
        },
      ],
      output: caller(`    secrets:\n      ${KEY}\n`),
    },
    {
      name: "a caller that runs a stranger's code is asked before it passes the secret",
      ...called("", "pull_request_target", calledWithKey),
      file: CALLER,
      errors: [
        {
          messageId: "unpassedDeployKey",
          suggestions: [
            { messageId: "passSecret", output: caller(`    secrets:\n      ${KEY}\n`, "pull_request_target") },
          ],
        },
      ],
    },
    {
      name: "half of a pair is completed",
      ...repository(half),
      errors: [{ message: MESSAGE.replace("DEPLOY", "SELF_HOSTED_ADMIN"), suggestions: 3 }],
      output: `${half}          CONVEX_SELF_HOSTED_ADMIN_KEY: \${{ secrets.CONVEX_SELF_HOSTED_ADMIN_KEY }}\n`,
    },
    {
      name: "the URL does not help",
      ...repository(url),
      errors: [
        {
          message:
            "`npx convex codegen` fails without `CONVEX_DEPLOY_KEY`: the Convex CLI does not read `VITE_CONVEX_URL`.",
          suggestions: 3,
        },
      ],
      output: `${url}          ${KEY}\n`,
    },
    {
      name: "an action is given the secret through an input",
      file: ACTION,
      files: {
        "package.json": manifest,
        [ACTION]: action,
        [WORKFLOW]: workflow("      - uses: ./.github/actions/generate\n"),
      },
      errors: [
        {
          message: MESSAGE,
          line: 5,
          column: 12,
          suggestions: [
            {
              messageId: "addActionInput",
              output:
                "name: generate\ninputs:\n  convex-deploy-key:\n    description: The secret CONVEX_DEPLOY_KEY\n    required: true\nruns:\n  using: composite\n  steps:\n    - run: npx convex codegen\n      env:\n        CONVEX_DEPLOY_KEY: ${{ inputs.convex-deploy-key }}\n      shell: bash\n",
            },
          ],
        },
      ],
    },
  ],
});
