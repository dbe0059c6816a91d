import { RuleTester } from "../support/rule-tester.ts";
import type { RepositoryFiles } from "../support/temporary.ts";

const WORKFLOW = ".github/workflows/ci.yml";
const CALLED = ".github/workflows/called.yml";
const ACTION = ".github/actions/a/action.yml";
const OTHER_ACTION = ".github/actions/b/action.yml";

const workflow = (jobs: string, on = "push"): string => `on: ${on}\njobs:\n${jobs}`;
const job = (steps: string, keys = "", id = "a"): string =>
  `  ${id}:\n${keys}    runs-on: ubuntu-latest\n    steps:\n${steps}`;
const read = (expression: string): string => `      - run: make "\${{ ${expression} }}"\n`;
const script = (...lines: readonly string[]): string =>
  `      - id: s\n        run: |\n${lines.map((line) => `          ${line}\n`).join("")}`;
const outputs = (name: string, value = "1"): string => `    outputs: { ${name}: "${value}" }\n`;
const matrix = (text: string): string => `    strategy: { matrix: ${text} }\n`;
const dispatched = (inputs: string): string => `\n  workflow_dispatch:\n    inputs: ${inputs}`;
const action = (steps: string, keys = ""): string =>
  `name: a\ndescription: a\n${keys}runs:\n  using: composite\n  steps:\n${steps}`;
const actionRead = (expression: string): string => `    - shell: bash\n      run: make "\${{ ${expression} }}"\n`;
const use = (keys = "", folder = ".github/actions/a"): string => `      - id: s\n        uses: ./${folder}\n${keys}`;
const TAG = "echo tag=1 >> $GITHUB_OUTPUT";

const title = (text: string): string => text.replaceAll(/\s+/g, " ");
const file = (text: string, others: RepositoryFiles = {}, path = WORKFLOW) => ({
  name: title([text, ...Object.values(others)].join(" with ")),
  file: path,
  files: { ...others, [path]: text },
});
const steps = (text: string, keys = "", on = "push") => file(workflow(job(text, keys), on));
/** One report, with what it suggests: the new text by the description. */
const one = (message: string, suggestions: Readonly<Record<string, string>> = {}) => ({
  errors: [{ message, suggestions: Object.entries(suggestions).map(([desc, output]) => ({ desc, output })) }],
});
const noStep = (name: string, id: string, hint = "", subject = "job"): string =>
  `\`${name}\` is always empty: no step of this ${subject} has the id \`${id}\`.${hint}`;

new RuleTester().run("outputs-exist", {
  valid: [
    // Needs
    file(workflow(job(read("1"), "", "Build") + job(read("1"), "    needs: build\n", "b"))),
    file(workflow(job(read("1"), "    needs: []\n"))),
    file(workflow(job(read("1"), "    needs: ${{ x }}\n"))),
    // Steps
    steps(script(TAG) + read("steps.S.outputs.TAG") + read("steps.s.outcome") + read("toJSON(steps)")),
    steps(read("steps[github.ref].outputs.a") + read("join(steps.*.outcome)") + read("'steps.a.outcome'")),
    steps(read("steps.x.outcome || 'a'") + read("(steps.x.outcome && 'a') || 'b'") + read("steps.x.outcome +")),
    steps('      - run: make\n        name: "${{ steps.x.outcome }}"\n        if: steps.x.outcome\n'),
    steps(script(TAG), outputs("o", "${{ steps.s.outputs.tag }}")),
    steps(script(TAG), '    environment: { name: a, url: "${{ steps.s.outputs.tag }}" }\n'),
    // GitHub rejects these.
    steps(script(TAG), '    env: { A: "${{ steps.x.outcome }}", B: "${{ jobs.x.result }}" }\n'),
    steps(script(TAG), '    strategy: { max-parallel: "${{ matrix.x }}" }\n'),
    file('env: { A: "${{ needs.x.result }}" }\n' + workflow(job(script(TAG)))),
    // What an action gets is evaluated again at the end of the job.
    steps('      - uses: a/b@v1\n        with: { a: "${{ steps.s.outcome }}" }\n' + script(TAG)),
    steps(`      - parallel:\n          - run: make \${{ steps.t.outcome }}\n          - { id: t, run: make }\n`),
    // An alias repeats it where there is such a step.
    file(
      workflow(
        `  a:\n    runs-on: a\n    steps:\n      - &r\n        run: make \${{ steps.t.outcome }}\n  b:\n    runs-on: a\n    steps:\n      - { id: t, run: make }\n      - *r\n`,
      ),
    ),
    file(
      workflow(
        `  a:\n    runs-on: a\n    steps:\n      - &s { id: t, run: make }\n  b:\n    runs-on: a\n    steps:\n      - *s\n${read("steps.t.outcome")}`,
      ),
    ),
    // Outputs of steps
    ...[
      "node x.js",
      "A=$(node x.js)",
      "(( $(node x.js) > 1 ))",
      "if node x.js; then true; fi",
      "out() { node x.js; }; out",
      ". ./x.sh",
      "curl https://example.com | bash",
      "git commit -m a",
      "exec >> $GITHUB_OUTPUT",
      "O=$GITHUB_OUTPUT; echo a=1 >> $O",
      'printf "%s=%s" a b >> $GITHUB_OUTPUT',
      "cat a >> $GITHUB_OUTPUT",
      String.raw`echo -e "a=1\ntags=1" >> $GITHUB_OUTPUT`,
      "echo ::set-output name=a::b",
    ].map((line) => steps(script(line, TAG) + read("steps.s.outputs.tags"))),
    steps("      - { id: s, shell: python, run: print(1) }\n" + read("steps.s.outputs.tags")),
    file(workflow(`  a:\n    runs-on: windows-latest\n    steps:\n${script(TAG)}${read("steps.s.outputs.tags")}`)),
    file(workflow(job(use() + read("steps.s.outputs.A"))), {
      [ACTION]: action(actionRead("1"), "outputs: { a: { description: a, value: a } }\n"),
    }),
    file(workflow(job(use() + read("steps.s.outputs.b"))), { [ACTION]: "runs: { using: node24, main: a.js }\n" }),
    file(workflow(job(use() + read("steps.s.outputs.b")))),
    file(
      workflow(
        job(
          `      - uses: actions/checkout@v5\n        with: { repository: a/b }\n${use()}${read("steps.s.outputs.b")}`,
        ),
      ),
      { [ACTION]: action(actionRead("1")) },
    ),
    // Jobs
    file(workflow(job(script(TAG), outputs("Tag"), "Aa") + job(read("needs.aA.outputs.tAG"), "    needs: AA\n", "b"))),
    file(workflow(job(script(TAG)) + job(read("toJSON(needs.a.outputs)"), "    needs: [a]\n", "b"))),
    file(workflow(job(script(TAG)) + job(read("needs.a.result"), "    needs: { a: b }\n", "b"))),
    file(workflow(`  a: 3\n${job(read("needs.a.outputs.x"), "    needs: a\n", "b")}`)),
    file(
      workflow(
        job(script(TAG), "    outputs: ${{ fromJSON('{}') }}\n") +
          job(read("needs.a.outputs.x"), "    needs: a\n", "b"),
      ),
    ),
    ...["o/r/.github/workflows/a.yml@v1", `./${CALLED}`].map((target) =>
      file(workflow(`  a:\n    uses: ${target}\n${job(read("needs.a.outputs.x"), "    needs: a\n", "b")}`)),
    ),
    // Inputs
    steps(read("inputs.A") + read("github.event.inputs.a"), "", dispatched("{ a: {} }")),
    steps(read("inputs.a"), "", dispatched("[]")),
    file(workflow(job(read("github.event.inputs.a")), "[workflow_call, workflow_dispatch]")),
    file(workflow(job(read("inputs.a")), "workflow_call")),
    {
      ...file(workflow(`  a:\n    uses: ./${CALLED}\n`, dispatched("{ a: {} }"))),
      ...file(
        workflow(job(read("inputs.a")), "workflow_call"),
        { [WORKFLOW]: workflow(`  a:\n    uses: ./${CALLED}\n`, dispatched("{ a: {} }")) },
        CALLED,
      ),
    },
    file(action(actionRead("inputs.a")), { [WORKFLOW]: workflow(job(use("        with: { A: 1 }\n"))) }, ACTION),
    file(
      action(actionRead("inputs.a")),
      { [OTHER_ACTION]: action("    - uses: ./.github/actions/a\n      with: { a: 1 }\n") },
      ACTION,
    ),
    file(action(actionRead("matrix.a") + actionRead("needs.a.result")), {}, ACTION),
    file("runs: { using: node24, steps: [{ run: '${{ steps.x.outcome }}' }] }\n", {}, ACTION),
    // The matrix
    steps(read("matrix.A") + read("matrix.b"), matrix("{ a: [1], include: [{ b: 1 }] }")),
    ...["\"${{ fromJSON('{}') }}\"", "{ b: [1], include: \"${{ fromJSON('[]') }}\" }", "[1]"].map((text) =>
      steps(read("matrix.a"), matrix(text)),
    ),
    steps(read("matrix.a.b"), matrix("{ a: [{ b: 1 }, { c: 1 }] }")),
    steps(read("matrix.a.b"), matrix("{ a: [{ c: 1 }, \"${{ fromJSON('{}') }}\"] }")),
    steps(read("matrix.a[0]"), matrix("{ a: [[1]] }")),
  ],
  invalid: [
    {
      ...file(
        workflow(job(read("1"), "", "build-core") + job(read("1"), "    needs: [build-core, build-cor, gone]\n", "b")),
      ),
      errors: [
        {
          message:
            "GitHub rejects this workflow: it has no job `build-cor`, for which this one is to wait. There is `build-core`.",
          suggestions: [
            {
              messageId: "useName",
              output: workflow(
                job(read("1"), "", "build-core") + job(read("1"), "    needs: [build-core, build-core, gone]\n", "b"),
              ),
            },
          ],
        },
        { message: "GitHub rejects this workflow: it has no job `gone`, for which this one is to wait." },
      ],
    },
    // Steps
    { ...steps(read("steps.x.outputs.y")), ...one(noStep("steps.x.outputs.y", "x")) },
    { ...steps(read("'' || STEPS['x'].outcome")), ...one(noStep("steps.x.outcome", "x")) },
    { ...steps(read("steps.x.outcome == 'success' || 'a'")), ...one(noStep("steps.x.outcome", "x")) },
    { ...steps(read("(steps.x.outcome == 'success') || github.ref")), ...one(noStep("steps.x.outcome", "x")) },
    { ...steps(read("fromJSON(steps.x.outputs.y).z == 1")), ...one(noStep("steps.x.outputs.y", "x")) },
    { ...steps(script(TAG), outputs("o", "${{ steps.x.outcome }}")), ...one(noStep("steps.x.outcome", "x")) },
    {
      ...steps(script(TAG), '    environment: { name: a, url: "${{ steps.x.outcome }}" }\n'),
      ...one(noStep("steps.x.outcome", "x")),
    },
    {
      ...steps('      - uses: a/b@v1\n        with: { a: "${{ steps.x.outcome }}" }\n'),
      ...one(noStep("steps.x.outcome", "x")),
    },
    {
      ...steps(`      - { id: build, run: make }\n${read("format('steps.biuld', steps.biuld.outcome)")}`),
      ...one(noStep("steps.biuld.outcome", "biuld", " There is `build`."), {
        "Write `build`.": workflow(
          job(`      - { id: build, run: make }\n${read("format('steps.biuld', steps.build.outcome)")}`),
        ),
      }),
    },
    {
      ...file(workflow(job(read("steps.x.outcome"))).replaceAll("\n", "\r\n")),
      ...one(noStep("steps.x.outcome", "x")),
    },
    {
      ...steps(read("steps.s.outcome") + script(TAG)),
      ...one(`\`steps.s.outcome\` is always empty here: the step \`s\` (${WORKFLOW}:7) has not run yet.`),
    },
    {
      ...steps(script(TAG) + read("steps.s.output.tag")),
      ...one("`steps.s.output.tag` is always empty: a step has no `output`. There is `outputs`.", {
        "Write `outputs`.": workflow(job(script(TAG) + read("steps.s.outputs.tag"))),
      }),
    },
    // Outputs of steps
    ...[TAG, "echo tag=1 | tee -a $GITHUB_OUTPUT", "cat <<EOF >> $GITHUB_OUTPUT\n          tag=1\n          EOF"].map(
      (line) => ({
        ...steps(script("V=$(git rev-parse HEAD)", line) + read("steps.s.outputs.tags")),
        ...one(
          `\`steps.s.outputs.tags\` is always empty: the script of the step \`s\` (${WORKFLOW}:6) writes no output \`tags\`. There is \`tag\`.`,
          {
            "Write `tag`.": workflow(job(script("V=$(git rev-parse HEAD)", line) + read("steps.s.outputs.tag"))),
          },
        ),
      }),
    ),
    {
      ...file(workflow(job(use() + read("steps.s.outputs.b"))), { [ACTION]: action(actionRead("1")) }),
      ...one(
        `\`steps.s.outputs.b\` is always empty: the action that the step \`s\` uses declares no output \`b\` (${ACTION}:1).`,
      ),
    },
    // Jobs
    {
      ...file(
        workflow(
          job(script(TAG), outputs("tag")) +
            job(script(TAG), "    needs: a\n", "b") +
            job(read("needs.a.outputs.tag") + read("needs.a.result"), "    needs: b # first\n", "c"),
        ),
      ),
      ...one("`needs.a.outputs.tag` is always empty: this job does not list `a` in its `needs`.", {
        "Let this job wait for `a`.": workflow(
          job(script(TAG), outputs("tag")) +
            job(script(TAG), "    needs: a\n", "b") +
            job(read("needs.a.outputs.tag") + read("needs.a.result"), "    needs: [b, a] # first\n", "c"),
        ),
      }),
    },
    {
      ...file(workflow(job(read("needs.b.result")) + job(script(TAG), "    needs: a\n", "b"))),
      ...one("`needs.b.result` is always empty: this job does not list `b` in its `needs`."),
    },
    {
      ...file(workflow(job(script(TAG), "", "test") + job(read("needs.tests.result"), "    needs: test\n", "b"))),
      ...one("`needs.tests.result` is always empty: there is no job `tests`. There is `test`.", {
        "Write `test`.": workflow(
          job(script(TAG), "", "test") + job(read("needs.test.result"), "    needs: test\n", "b"),
        ),
      }),
    },
    {
      ...file(workflow(job(script(TAG), outputs("tag")) + job(read("needs.a.outputs.version"), "    needs: a\n", "b"))),
      ...one(
        `\`needs.a.outputs.version\` is always empty: the job \`a\` (${WORKFLOW}:3) declares no output \`version\`.`,
      ),
    },
    {
      ...file(workflow(`  a:\n    uses: ./${CALLED}\n${job(read("needs.a.outputs.x"), "    needs: a\n", "b")}`), {
        [CALLED]: workflow(job(script(TAG)), "\n  workflow_call:\n    outputs: { tag: { value: a } }"),
      }),
      ...one(
        `\`needs.a.outputs.x\` is always empty: the workflow that the job \`a\` calls declares no output \`x\` (${CALLED}:1).`,
      ),
    },
    {
      ...file(
        workflow(
          job(script(TAG)),
          '\n  workflow_call:\n    outputs: { x: { value: "${{ jobs.a.outputs.x }}" }, y: { value: "${{ jobs.b.outputs.x }}" } }',
        ),
      ),
      errors: [
        { message: `\`jobs.a.outputs.x\` is always empty: the job \`a\` (${WORKFLOW}:5) declares no output \`x\`.` },
        { message: "`jobs.b.outputs.x` is always empty: there is no job `b`." },
      ],
    },
    // Inputs
    {
      ...steps(read("inputs.versoin") + read("github.event.inputs.c"), "", dispatched("{ version: {} }")),
      errors: [
        {
          message: "`inputs.versoin` is always empty: this workflow declares no input `versoin`. There is `version`.",
          suggestions: [
            {
              desc: "Write `version`.",
              output: workflow(
                job(read("inputs.version") + read("github.event.inputs.c")),
                dispatched("{ version: {} }"),
              ),
            },
          ],
        },
        { message: "`github.event.inputs.c` is always empty: this workflow declares no input `c`." },
      ],
    },
    {
      ...file("concurrency: ${{ inputs.a }}\n" + workflow(job(script(TAG)))),
      ...one("`inputs.a` is always empty: this workflow declares no input `a`."),
    },
    {
      ...file(
        workflow(job(read("inputs.a")), "workflow_call"),
        { [WORKFLOW]: workflow(`  a:\n    uses: ./${CALLED}\n`) },
        CALLED,
      ),
      ...one("`inputs.a` is always empty: this workflow declares no input `a`."),
    },
    // Actions
    {
      ...file(
        action(
          `${actionRead("inputs.a")}    - shell: bash\n      if: steps.x.outcome == 'failure'\n      run: make\n`,
          'outputs: { b: { description: b, value: "${{ steps.y.outputs.b }}" } }\n',
        ),
        {},
        ACTION,
      ),
      errors: [
        { message: noStep("steps.y.outputs.b", "y", "", "action") },
        { message: "`inputs.a` is always empty: this action declares no input `a`." },
        { message: noStep("steps.x.outcome", "x", "", "action") },
      ],
    },
    {
      ...file("runs: { using: docker, image: Dockerfile, args: ['${{ inputs.a }}'] }\n", {}, ACTION),
      ...one("`inputs.a` is always empty: this action declares no input `a`."),
    },
    // The matrix
    {
      ...file(workflow("  a:\n    runs-on: ${{ matrix.os }}\n    steps: [{ run: make }]\n")),
      ...one("`matrix.os` is always empty: this job has no matrix."),
    },
    {
      ...steps(read("matrix.oss"), matrix('{ os: ["${{ vars.OS }}"], exclude: [{ oss: 1 }] }')),
      ...one("`matrix.oss` is always empty: no combination of this job's matrix has `oss`."),
    },
    {
      ...steps(read("matrix.test-cmd"), matrix("{ tsc-cmd: [1], unit-test-cmd: [1] }")),
      ...one("`matrix.test-cmd` is always empty: no combination of this job's matrix has `test-cmd`."),
    },
    {
      ...steps(read("matrix.a.d"), matrix("{ a: [{ b: 1 }], include: [{ a: { c: 1 } }] }")),
      ...one("`matrix.a.d` is always empty: no value of `matrix.a` has `d`."),
    },
  ],
});
