import { RuleTester } from "../support/rule-tester.ts";

const CALLER = ".github/workflows/ci.yml";
const CALLED = ".github/workflows/called.yml";
const OTHER = ".github/workflows/other.yml";
const JOB = "runs-on: ubuntu-latest\n    steps:\n      - run: make\n";

/** A workflow that others can call, with keys of its own and of its job. */
const called = (own = "", ofJob = "", inputs = ""): string =>
  `on:\n  workflow_call:\n${inputs}${own}jobs:\n  build:\n${ofJob}    ${JOB}`;
/** One that calls it; keys of the workflow and of the calling job. */
const calling = (own = "", ofJob = "", path = CALLED): string =>
  `on: push\n${own}jobs:\n  call:\n${ofJob}    uses: ./${path}\n`;
const INPUTS = `    inputs:
      target: { type: string, required: true }
      dry-run: { type: boolean }
      count: { type: number, default: 1 }
`;
const passing = (...inputs: readonly string[]): string => `    with: { ${inputs.join(", ")} }\n`;
const files = (text: string, callee: string, others: Readonly<Record<string, string>> = {}) => ({
  file: CALLER,
  files: { [CALLER]: text, [CALLED]: callee, ...others },
});
const READ = "permissions: { contents: read }\n";
const ofJob = (permissions: string): string => `    ${permissions}`;

const exceeded = (asked: string, allowed: string, place = `${CALLER}:2`): string =>
  `GitHub rejects this run: the called workflow asks for ${asked}, and this job is only allowed ${allowed} (${place}).`;
const WRITE = "permissions: { contents: write }\n";

new RuleTester().run("call-fits-workflow", {
  valid: [
    { name: "what is granted by itself is a setting", ...files(calling(), called(WRITE)) },
    { name: "the same is granted", ...files(calling(READ), called(READ)) },
    { name: "more is granted", ...files(calling(WRITE), called(READ)) },
    { name: "the job grants what its workflow does not", ...files(calling(READ, ofJob(WRITE)), called(WRITE)) },
    { name: "all is granted", ...files(calling("permissions: write-all\n"), called(WRITE, ofJob(READ))) },
    { name: "nothing is asked for", ...files(calling("permissions: {}\n"), called()) },
    {
      name: "`none` is asked for",
      ...files(calling("permissions: {}\n"), called("permissions: { contents: none }\n")),
    },
    { name: "`permissions` that are none", ...files(calling("permissions: none\n"), called(WRITE)) },
    { name: "`permissions` without a value", ...files(calling("permissions:\n"), called(WRITE)) },
    {
      name: "a permission that GitHub does not have",
      ...files(calling("permissions: { code: read }\n"), called(WRITE)),
    },
    {
      name: "a level that GitHub does not have",
      ...files(calling(READ), called("permissions: { contents: admin }\n")),
    },
    {
      name: "`models` beside `read-all`",
      ...files(calling("permissions: read-all\n"), called("permissions: { models: read }\n")),
    },
    {
      name: "a level that GitHub does not take for this permission",
      ...files(calling("permissions: { models: read }\n"), called("permissions: { models: write }\n")),
    },
    {
      name: "a workflow elsewhere",
      ...files(calling(READ, "", "x").replace("./x", "a/b/.github/workflows/x.yml@v1"), called(WRITE)),
    },
    { name: "a workflow that is not there", ...files(calling(READ, "", OTHER), called(WRITE)) },
    {
      name: "a workflow that calls itself",
      ...files(calling(READ), calling("", "").replace("on: push", "on: workflow_call")),
    },
    {
      name: "what a called workflow grants itself is its own fault",
      ...files(calling(WRITE), calling(READ, "", OTHER).replace("on: push", "on: workflow_call"), {
        [OTHER]: called(WRITE),
      }),
    },
    // Inputs
    {
      name: "all inputs",
      ...files(calling() + passing("target: a", "dry-run: true", "count: 2"), called("", "", INPUTS)),
    },
    { name: "only what is required", ...files(calling() + passing("TARGET: a"), called("", "", INPUTS)) },
    { name: "a number for a string", ...files(calling() + passing("target: 1"), called("", "", INPUTS)) },
    {
      name: "expressions",
      ...files(
        calling() + passing("target: a", 'dry-run: "${{ inputs.x }}"', 'count: "${{ 1 }}"'),
        called("", "", INPUTS),
      ),
    },
    {
      name: "names that are expressions",
      ...files(calling() + passing('"${{ inputs.x }}": a'), called("", "", INPUTS)),
    },
    { name: "inputs of a wrong shape", ...files(`${calling()}    with: 3\n`, called("", "", INPUTS)) },
  ],
  invalid: [
    {
      name: "the workflow asks for more",
      ...files(calling(READ), called(WRITE)),
      errors: [
        {
          message: exceeded(`\`contents: write\` (${CALLED}:3)`, "`contents: read`"),
          line: 5,
          suggestions: [
            {
              desc: "Grant this job `contents: write`.",
              output: `on: push\n${READ}jobs:\n  call:\n    uses: ./${CALLED}\n    permissions:\n      contents: write\n`,
            },
          ],
        },
      ],
    },
    {
      name: "a job of it asks for more",
      ...files(
        calling("", "    permissions:\n      contents: read # to check out\n"),
        called("", "    permissions:\n      contents: write\n      id-token: write\n      packages: none\n"),
      ),
      errors: [
        {
          message: exceeded(
            `\`contents: write\` (${CALLED}:6) and \`id-token: write\` (${CALLED}:7)`,
            "`contents: read` and `id-token: none`",
            `${CALLER}:4`,
          ),
          suggestions: [
            {
              desc: "Grant this job `contents: write` and `id-token: write`.",
              output: calling("", "    permissions:\n      contents: write # to check out\n      id-token: write\n"),
            },
          ],
        },
      ],
    },
    {
      name: "its own `permissions` count, though each of its jobs has less",
      ...files(calling("permissions: {}\n"), called(READ, ofJob("permissions: {}\n"))),
      errors: [
        {
          message: exceeded(`\`contents: read\` (${CALLED}:3)`, "`contents: none`"),
          suggestions: [
            {
              desc: "Grant this job `contents: read`.",
              output: `on: push\npermissions: {}\njobs:\n  call:\n    uses: ./${CALLED}\n    permissions:\n      contents: read\n`,
            },
          ],
        },
      ],
    },
    {
      name: "a token for OpenID Connect, where `read-all` grants only to read",
      ...files(calling("permissions: read-all\n"), called("permissions: { id-token: write }\n")),
      errors: [{ message: exceeded(`\`id-token: write\` (${CALLED}:3)`, "`id-token: read`"), suggestions: [] }],
    },
    {
      name: "all is asked for",
      ...files(calling(READ), called("permissions: write-all\n")),
      errors: [
        {
          message: exceeded(
            `\`write-all\` (${CALLED}:3)`,
            "`actions: none`, `artifact-metadata: none`, `attestations: none`, `checks: none` and 11 more",
          ),
          suggestions: [],
        },
      ],
    },
    {
      name: "what is called by what is called",
      ...files(calling(READ), calling("", "", OTHER).replace("on: push", "on: workflow_call"), {
        [OTHER]: called(WRITE),
      }),
      errors: [
        {
          message: exceeded(`\`contents: write\` (${OTHER}:3)`, "`contents: read`"),
          suggestions: [
            {
              desc: "Grant this job `contents: write`.",
              output: `on: push\n${READ}jobs:\n  call:\n    uses: ./${CALLED}\n    permissions:\n      contents: write\n`,
            },
          ],
        },
      ],
    },
    {
      name: "an input that is required, even with a default",
      ...files(
        calling(),
        called(
          "",
          "",
          "    inputs:\n      a: { type: string, required: true }\n      b: { type: string, required: true, default: c }\n",
        ),
      ),
      errors: ["a", "b"].map((name, index) => ({
        message: `GitHub rejects this run: the called workflow requires the input \`${name}\` (${CALLED}:${String(4 + index)}).`,
        line: 4,
        suggestions: [],
      })),
    },
    {
      name: "an input that is not declared, where another call has it, too",
      ...files(
        `${calling()}    with: &inputs { target: a, dryRun: true }\n  other:\n    uses: ./${OTHER}\n    with: *inputs\n`,
        called("", "", INPUTS),
      ),
      errors: [
        {
          message: `GitHub rejects this run: the called workflow declares no input \`dryRun\` (${CALLED}:1). There is \`dry-run\`.`,
          suggestions: [],
        },
      ],
    },
    {
      name: "inputs that are not declared",
      ...files(calling() + passing("target: a", "dryRun: true", "verbose: true"), called("", "", INPUTS)),
      errors: [
        {
          message: `GitHub rejects this run: the called workflow declares no input \`dryRun\` (${CALLED}:1). There is \`dry-run\`.`,
          line: 5,
          suggestions: [
            {
              desc: "Write `dry-run`.",
              output: calling() + passing("target: a", "dry-run: true", "verbose: true"),
            },
          ],
        },
        {
          message: `GitHub rejects this run: the called workflow declares no input \`verbose\` (${CALLED}:1).`,
          suggestions: [],
        },
      ],
    },
    {
      name: "inputs of another type",
      ...files(calling() + passing("target: a", 'dry-run: "true"', "count: true"), called("", "", INPUTS)),
      errors: [
        {
          message: `GitHub rejects this run: the called workflow takes a boolean as \`dry-run\` (${CALLED}:5), and this is a string.`,
          suggestions: [],
        },
        {
          message: `GitHub rejects this run: the called workflow takes a number as \`count\` (${CALLED}:6), and this is a boolean.`,
          suggestions: [],
        },
      ],
    },
  ],
});
