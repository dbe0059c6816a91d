import { RuleTester } from "../support/rule-tester.ts";

const WORKFLOW = ".github/workflows/ci.yml";
const ACTION = "tools/action.yml";

const files = (path: string, text: string) => ({ file: path, files: { [path]: text } });
/** A workflow with some more keys of its own and of its job. */
const workflow = (ofJob = "", steps = "      - run: make\n", own = "") =>
  files(WORKFLOW, `on: push\n${own}jobs:\n  build:\n    runs-on: ubuntu-latest\n${ofJob}    steps:\n${steps}`);
const ofJob = (line: string) => workflow(`    ${line}\n`);
const ofStep = (line: string) => workflow("", `      - run: make\n        ${line}\n`);
const action = (step: string, using = "composite") =>
  files(ACTION, `name: x\nruns:\n  using: ${using}\n  steps:\n    - run: make\n      shell: bash\n      ${step}\n`);

const rejects = (what: string): string => `GitHub rejects this workflow: ${what}`;

new RuleTester().run("expressions-valid", {
  valid: [
    { name: "what a job may read", ...ofJob("env: { A: '${{ matrix.a }}${{ secrets.A }}${{ vars.A }}' }") },
    { name: "what a step may read", ...ofStep("env: { A: '${{ runner.temp }}', B: \"${{ hashFiles('a') }}\" }") },
    { name: "how the jobs before went", ...ofJob("if: always() && needs.a.result == 'success'") },
    { name: "how the steps before went", ...ofStep("if: failure() && runner.os == 'Linux' && env.A") },
    { name: "secrets, of which another rule tells", ...ofJob("if: secrets.A != ''") },
    { name: "names in any case", ...ofStep("if: ALWAYS() && GitHub.ref && CONTAINS('a', 'b')") },
    { name: "a context that may be new", ...ofJob("env: { A: '${{ artifacts.x }}' }") },
    { name: "a function that may be new", ...ofJob("env: { A: '${{ summary(1) }}' }") },
    { name: "braces in a text of an expression", ...ofJob(`env: { A: "\${{ '\${{' }}" }`) },
    { name: "what is not closed where nothing is evaluated", ...workflow("", undefined, "name: ${{ github.ref\n") },
    { name: "an empty condition", ...ofJob("if: ''") },
    { name: "a condition that is no text", ...ofJob("if: true") },
    { name: "a key of an action that is called like that of a condition", ...ofStep("env: { if: 'a b' }") },
    { name: "keys without expressions", ...workflow("", undefined, "name: ${{ secret.a }}\n") },
    { name: "quotes in a text of an expression", ...ofStep("name: ${{ format('\"{0}\"', github.ref) }}") },
    { name: "the context of inputs in an action", ...action("env: { A: '${{ inputs.a }}' }") },
    { name: "an action that is a program", ...action("env: { A: '${{ vars.a }}' }", "node20") },
    { name: "a file that GitHub does not run", ...files("ci.yml", "on: push\njobs: { a: { if: matrix.a } }\n") },
    { name: "a workflow that is none", ...files(WORKFLOW, "jobs: 3\n") },
  ],
  invalid: [
    {
      name: "an expression that is not closed",
      ...ofJob('env: { A: "${{ vars.A }}${{ github.ref == " }'),
      errors: [
        {
          message: rejects("the expression that begins here has no `}}` at its end."),
          line: 5,
          column: 29,
          endColumn: 32,
        },
      ],
    },
    {
      name: "an expression whose end is in a text",
      ...ofStep("name: a ${{ hashFiles(''**/x') }}"),
      errors: [
        {
          message: rejects(
            "the expression that begins here has no `}}` at its end. That behind it is in a text, of which a quote is not closed.",
          ),
        },
      ],
    },
    {
      name: "a condition that is not closed",
      ...ofStep("if: ${{ failure() }"),
      errors: [{ message: rejects("the expression that begins here has no `}}` at its end.") }],
    },
    {
      name: "an expression of an action that is not closed",
      ...action("env: { A: '${{ inputs.a' }"),
      errors: [
        {
          message: "A job that uses this action fails: the expression that begins here has no `}}` at its end.",
        },
      ],
    },
    {
      name: "`runner` in the environment of a job",
      ...ofJob("env: { A: '${{ runner.temp }}/a' }"),
      errors: [
        {
          message: rejects("`jobs.build.env.A` cannot read `runner`. The `env` of a step can."),
          line: 5,
          column: 16,
          endColumn: 34,
        },
      ],
    },
    {
      name: "`matrix` in the condition of a job",
      ...ofJob("if: matrix.os == 'linux'"),
      errors: [{ message: rejects("`jobs.build.if` cannot read `matrix`. The `if` of a step can.") }],
    },
    {
      name: "`hashFiles` in the condition of a job",
      ...ofJob("if: ${{ hashFiles('bun.lock') != '' }}"),
      errors: [{ message: rejects("`jobs.build.if` cannot call `hashFiles()`. Steps can, which have a checkout.") }],
    },
    {
      name: "`env` in the runner of a job",
      ...files(WORKFLOW, "on: push\nenv: { OS: a }\njobs:\n  a:\n    runs-on: ${{ env.OS }}\n    steps: []\n"),
      errors: [
        {
          message: rejects(
            "`jobs.a.runs-on` cannot read `env`. `vars` or an output of a job in `needs` can hold the value.",
          ),
        },
      ],
    },
    {
      name: "`env` in the inputs of a called workflow",
      ...files(
        WORKFLOW,
        "on: push\njobs:\n  a:\n    uses: ./.github/workflows/b.yml\n    with: { a: '${{ env.A }}' }\n",
      ),
      errors: [
        {
          message: rejects(
            "`jobs.a.with.a` cannot read `env`. `vars` or an output of a job in `needs` can hold the value.",
          ),
        },
      ],
    },
    {
      name: "a job in the environment of a workflow",
      ...workflow("", undefined, "env: { A: '${{ needs.a.outputs.b }}' }\n"),
      errors: [{ message: rejects("`env.A` cannot read `needs`. The `env` of a step can.") }],
    },
    {
      name: "how the steps went, outside of a condition",
      ...ofStep("env: { FAILED: '${{ failure() }}' }"),
      errors: [
        {
          message: rejects(
            "`jobs.build.steps.env.FAILED` cannot call `failure()`. `job.status` tells how the steps before went.",
          ),
        },
      ],
    },
    {
      name: "how the jobs went, outside of a condition",
      ...ofJob("continue-on-error: ${{ failure() }}"),
      errors: [
        {
          message: rejects(
            "`jobs.build.continue-on-error` cannot call `failure()`. Only an `if` can ask how jobs and steps went.",
          ),
        },
      ],
    },
    {
      name: "double quotes",
      ...workflow("", '      - run: |\n          make\n          echo "${{ github.ref == "main" }}"\n'),
      errors: [
        {
          message: rejects('`github.ref == "main"` is no expression, from `"main"` on. Texts stand in single quotes.'),
          line: 8,
          column: 17,
        },
      ],
    },
    {
      name: "one sign of equality",
      ...ofJob("if: github.ref = 'main'"),
      errors: [{ message: rejects("`github.ref = 'main'` is no expression, from `=` on.") }],
    },
    {
      name: "nothing after an operator",
      ...ofStep("if: github.ref &&"),
      errors: [{ message: rejects("`github.ref &&` is no expression, as something is missing at its end.") }],
    },
    {
      name: "nothing at all",
      ...ofJob("env: { A: '${{ }}' }"),
      errors: [{ message: rejects("`${{ }}` is no expression, as something is missing at its end.") }],
    },
    {
      name: "too few arguments",
      ...ofStep("if: startsWith(github.ref)"),
      errors: [{ messageId: "invalidSyntax" }],
    },
    {
      name: "a misspelled context",
      ...ofStep("env: { A: '${{ secret.A }}' }"),
      errors: [{ message: rejects("`secret` means nothing in an expression. Did you mean `secrets`?") }],
    },
    {
      name: "a misspelled function",
      ...ofStep("if: startWith(github.ref, 'a')"),
      errors: [{ message: rejects("`startWith` means nothing in an expression. Did you mean `startsWith`?") }],
    },
    {
      name: "a boolean in capitals",
      ...ofJob("if: github.event.forced == True"),
      errors: [{ message: rejects("`True` means nothing in an expression. Did you mean `true`?") }],
    },
    {
      name: "each value once, for its first reason",
      ...workflow("    if: matrix.a && env.b\n    env: { A: '${{ runner.a }}', B: '${{ steps.a }}' }\n"),
      errors: [{ line: 5 }, { line: 6 }, { line: 6 }].map((at) => ({ messageId: "unavailableContext", ...at })),
    },
    {
      name: "a value that an alias shares",
      ...workflow("    env: &env { A: '${{ runner.a }}' }\n    container: { image: a, env: *env }\n"),
      errors: [{ messageId: "unavailableContext", line: 5 }],
    },
    {
      name: "`vars` in an action",
      ...action("env: { A: '${{ vars.A }}' }"),
      errors: [
        {
          message:
            "A job that uses this action fails: `runs.steps.env.A` cannot read `vars`. An action gets the value as an input or through `env`.",
        },
      ],
    },
    {
      name: "lines that end with CRLF",
      ...files(WORKFLOW, "on: push\r\njobs:\r\n  a:\r\n    if: matrix.a\r\n    runs-on: a\r\n"),
      errors: [{ messageId: "unavailableContext", line: 4, column: 9, endColumn: 17 }],
    },
  ],
});
