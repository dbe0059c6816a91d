import { RuleTester } from "../support/rule-tester.ts";

const WORKFLOW = ".github/workflows/ci.yml";
const STEPS = "    runs-on: ubuntu-latest\n    steps:\n      - run: make\n";
/** A workflow of jobs that are given by their keys but for the steps. */
const jobs = (others: Readonly<Record<string, string>>): string =>
  `on: push\njobs:\n${Object.entries(others)
    .map(([id, keys]) => `  ${id}:\n${keys}${STEPS}`)
    .join("")}`;
const needs = (...ids: readonly string[]): string => `    needs: [${ids.join(", ")}]\n`;
const outputs = (name: string): string => `    outputs: { ${name}: "\${{ steps.a.outputs.b }}" }\n`;
const when = (condition: string): string => `    if: ${condition}\n`;
/** A job whose last step has a condition, after one with an id. */
const step = (condition: string, first = "", job = ""): string =>
  `on: push\njobs:\n  test:\n${STEPS}  a:\n${job}    runs-on: ubuntu-latest\n    steps:\n      - run: make\n        id: scan\n${first}      - run: report\n        if: ${condition}\n`;
/** The same in a workflow with inputs. */
const dispatched = (condition: string): string =>
  step(condition).replace(
    "on: push",
    "on:\n  push:\n  workflow_dispatch:\n    inputs:\n      dry: { type: boolean }\n      kind: { type: choice, options: [full, quick] }",
  );
const file = (text: string) => ({ name: text.replaceAll(/\s+/g, " "), file: WORKFLOW, files: { [WORKFLOW]: text } });

const MAIN = "github.ref == 'refs/heads/main'";
const PUSH = "github.event_name == 'push'";
const FULL_REF =
  "`github.ref` is the full name, and begins with `refs/heads/`, `refs/tags/` or `refs/pull/`; the short one is `github.ref_name`";
const DEV = "github.ref == 'refs/heads/dev'";
const after = (subject: string, asked: string, results: string): string =>
  `This ${subject} never runs: without \`failure()\` or \`always()\` in its condition GitHub asks it only after success${subject === "job" ? " of all jobs that it waits for" : ""}, where \`${asked}\` is ${results}.`;

new RuleTester().run("conditions-can-hold", {
  valid: [
    // Whether a block ends with a line break
    jobs({ a: when(`>-\n      \${{ ${MAIN} }}`) }),
    jobs({ a: when(`|-\n      \${{ ${MAIN} }}`) }),
    jobs({ a: when(`|\n      ${MAIN} &&\n      github.event_name == 'push'`) }),
    jobs({ a: when(`\${{ ${MAIN} }} # only there`) }),
    jobs({ a: when("a text") }),
    // Jobs
    jobs({ a: when(MAIN), b: needs("a") + when(MAIN) }),
    jobs({ a: when(MAIN), b: needs("a") }),
    jobs({ a: when(MAIN), b: when(DEV) }),
    jobs({ a: when(MAIN), b: needs("a") + when(`always() && ${DEV}`) }),
    jobs({ a: when(MAIN), b: needs("a") + when("${{ !cancelled() && github.ref == 'refs/heads/dev' }}") }),
    jobs({ a: when(MAIN), b: needs("a") + when("startsWith(github.ref, 'refs/heads/d')") }),
    jobs({ a: when("inputs.a"), b: when("inputs.b"), c: needs("a", "b") }),
    jobs({ a: "", b: needs("a") + when("needs.a.result == 'success'") }),
    jobs({ a: "", b: needs("a") + when("failure() && needs.a.result == 'failure'") }),
    jobs({ a: "    continue-on-error: true\n", b: needs("a") + when("needs.a.result == 'failure'") }),
    jobs({ a: "", b: when("needs.a.result == 'failure'") }),
    // Another attempt has another number, and does not ask again about what has succeeded.
    jobs({ a: when("github.run_attempt == 1"), b: needs("a") + when("github.run_attempt != 1") }),
    // To a job that does not need it, the other one has no outputs.
    jobs({
      a: outputs("docs"),
      b: when("needs.a.outputs.docs != 'true'"),
      c: needs("a", "b") + when("needs.a.outputs.docs == 'true'"),
    }),
    jobs({ a: when(MAIN), b: needs("a") + when("env.REF == 'refs/heads/dev'") }),
    jobs({ a: when(MAIN), b: needs("a") + when("github.ref = 'refs/heads/dev'") }),
    // Switched off, with what waits for it.
    jobs({ a: when("false"), b: needs("a") + when(MAIN) }),
    jobs({ a: "", b: needs("a") + when(`${MAIN} && ${DEV}`) }),
    // A workflow that GitHub rejects.
    jobs({ a: when(MAIN), b: needs("a", "nope") + when(DEV) }),
    jobs({ a: needs("b") + when(MAIN), b: needs("a") + when(DEV) }),
    // Steps
    step("steps.scan.outcome == 'success'"),
    step("steps.scan.outcome == 'skipped'"),
    step("failure() && steps.scan.outcome == 'failure'"),
    step("always() && steps.scan.outcome == 'failure'"),
    step("steps.scan.outcome == 'failure'", "        continue-on-error: true\n"),
    step("steps.scan.outputs.result == 'failure'"),
    step("steps.scan.outputs.any == 'true'"),
    step("steps[env.ID].outcome == 'failure'"),
    step("steps.later.outputs.a != 'true'"),
    step("steps.later.outputs.a < 5"),
    step("steps.later.outputs.a >= 0"),
    step("steps.later.outputs.a > -1"),
    step("steps.later.outputs.a > steps.scan.outputs.b"),
    step("steps.scan.outputs.a > 0"),
    step("toJSON(steps.later.outputs.a) == 'null'"),
    step("always() && !contains(steps.later.outputs.a, 'b')"),
    step("fromJSON(steps.later.outputs.a) > 0"),
    step("steps.pick.outputs.changed == 'true'", "      - id: pick\n        run: echo changed=$A >> $GITHUB_OUTPUT\n"),
    step("steps.pick.outputs.changed == 'true'", "      - id: pick\n        run: node pick.js\n"),
    step("failure() && steps.scan.conclusion == 'failure'"),
    step("always() && job.status != 'failed'"),
    step("runner.os == 'linux' && runner.arch == 'arm64'"),
    step("contains(runner.os, 'ubuntu')"),
    step("github.ref_name == 'main'"),
    step("github.ref == 'REFS/HEADS/main'"),
    step("github.ref == inputs.ref"),
    step("github.ref == 'main'").replace("on: push", "on: [push, deployment]"),
    step("startsWith(github.ref, 'main')"),
    step("github.ref == 'main' || github.ref == 'refs/heads/main'"),
    step("github.ref == 'main' || github.ref_name == 'main'"),
    // No trigger gives that event; it may have been taken out.
    step("github.event_name == 'workflow_call' || github.event_name == 'push'"),
    // What only some events have does not come with those that are named.
    step("github.event_name != 'schedule' && github.event.inputs.env == 'prod'"),
    step("github.event_name != 'workflow_call' && github.event.workflow_run.conclusion == 'success'"),
    step("github.event_name == 'release' && github.ref == 'main' || github.event_name == 'push'"),
    jobs({ a: when(PUSH), b: needs("a") + when(`${PUSH} || github.event_name == 'pull_request'`) }),
    // Sides of an `||`
    jobs({ a: when(MAIN), b: needs("a") + when(`always() && (${MAIN} || ${DEV})`) }),
    jobs({ a: when("false"), b: needs("a") + when(`${MAIN} || ${DEV}`) }),
    step("!(github.ref == 'main' || github.actor == 'me')"),
    step("(github.ref == 'main' || github.actor) == 'me'"),
    step("contains(github.ref == 'main' || github.actor, 'me')"),
    step("env.MODE == 'all' || env.MODE == github.event_name"),
    step("failure() || steps.scan.outcome == 'failure'"),
    step("steps.scan.outcome == 'success' || steps.scan.outcome == 'skipped'"),
    step("false || github.actor == 'me'"),
    step("false && github.ref == 'main' || github.actor == 'me'"),
    // Steps of a job that is switched off
    step("steps.later.outputs.a == 'true'", "", when("false")),
    step("${{ github.actor }} == 'me'", "", when("false")),
    step("false && github.ref == 'main'"),
    dispatched("inputs.dry && inputs.kind == 'full'"),
    dispatched("inputs.dry == true"),
    dispatched("inputs.dry != 'true'"),
    dispatched("inputs.dry == ''"),
    dispatched("inputs.DRY == 'true' || inputs.dry == true"),
    dispatched("inputs.dry == 'true' || github.event.inputs.dry == 'true'"),
    dispatched("inputs.kind == 'FULL'"),
    dispatched("inputs.kind == ''"),
    dispatched("inputs.kind != 'slow'"),
    dispatched("inputs.kind == 'slow'").replace("options: [full, quick]", 'options: "${{ fromJSON(vars.KINDS) }}"'),
    dispatched("inputs.kind == 'slow'").replace("  push:", "  workflow_call: { inputs: { kind: { type: string } } }"),
    dispatched("github.event.inputs.kind == 'slow'").replace("  push:", "  workflow_call:"),
    dispatched("github.event.inputs.dry == 'true'"),
    // A caller's input of that name may be a text.
    dispatched("github.event.inputs.dry == true").replace("  push:", "  workflow_call:"),
    dispatched("inputs.other == 'true'"),
    dispatched("inputs.dry == 'true'").replace("  push:", "  workflow_call: { inputs: { dry: { type: string } } }"),
    jobs({ a: outputs("docs"), b: needs("a") + when("needs.a.outputs.DOCS == 'true'") }),
    jobs({ a: "", b: needs("a") + when("needs.a.outputs.docs != 'true'") }),
    jobs({ a: "", b: needs("a") + when("needs.a.outputs[inputs.name] == 'true'") }),
    "on: push\njobs:\n  a:\n    uses: ./.github/workflows/a.yml\n  b:\n    needs: a\n    if: needs.a.outputs.docs == 'true'\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n",
    "on: push\njobs:\n  a:\n    outputs: ${{ fromJSON(vars.OUTPUTS) }}\n    runs-on: ubuntu-latest\n  b:\n    needs: a\n    if: needs.a.outputs.docs == 'true'\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n",
    step("needs.test.result == 'failure'", "", needs("test")),
    step("needs.test.result == 'failure' || github.actor == 'me'", "", needs("test")),
    step("job.status == 'success'"),
    // A step of two jobs, in one of which the failure is tolerated.
    "on: push\njobs:\n  a:\n    steps:\n      - run: a\n        id: x\n      - &report\n        run: b\n        if: steps.x.outcome == 'failure'\n  b:\n    steps:\n      - run: a\n        id: x\n        continue-on-error: true\n      - *report\n",
    "on: push\njobs: 3\n",
    "on: push\njobs:\n  a:\n    needs: a\n    if: 3\n",
  ].map(file),
  invalid: [
    ...["|", ">", "|+", ">2"].map((indicator) => {
      const text = (header: string) => jobs({ a: `    if: ${header}\n      \${{ ${MAIN} }}\n` });
      return {
        ...file(text(indicator)),
        errors: [
          {
            message:
              "This job runs whatever its condition says: the line break around `${{ }}` makes it a text, and every text but the empty one counts as true.",
            line: 4,
            suggestions: [
              {
                desc: `Write \`${indicator.replace("+", "")}-\`, which leaves the line break out.`,
                output: text(`${indicator.replace("+", "")}-`),
              },
            ],
          },
        ],
      };
    }),
    ...[
      `\${{ ${MAIN} }} && \${{ inputs.a }}`,
      `"\${{ ${MAIN} }} "`,
      `"!\${{ inputs.a }}"`,
      `\${{ a }} || failure()`,
    ].map((condition) => ({
      ...file(step(condition)),
      errors: [{ messageId: "alwaysHolds", suggestions: [] }],
    })),
    ...[
      ["github.ref == 'main'", FULL_REF],
      [
        "github.ref == 'ref/heads/main' && github.actor == 'me'",
        "`github.ref` is the full name, and that is `refs/heads/main`",
      ],
      ["always() && github.ref == 'tags/v1'", "`github.ref` is the full name, and that is `refs/tags/v1`"],
      ["github.event_name == 'workflow_call'", "`github.event_name` is that of the caller, and never `workflow_call`"],
      ["always() && job.status == 'failed'", "`job.status` is `success`, `failure` or `cancelled`"],
      ["runner.os == 'ubuntu-latest'", "`runner.os` is `Linux`, `Windows` or `macOS`"],
      ["runner.arch == 'amd64'", "`runner.arch` is `X86`, `X64`, `ARM` or `ARM64`"],
      [
        "always() && steps.scan.outcome == 'failed'",
        "`steps.scan.outcome` is `success`, `failure`, `cancelled` or `skipped`",
      ],
      ["steps.later.outcome == 'failure'", "no step before it has the id `later`"],
      ["steps.later.outputs.changed", "no step before it has the id `later`"],
      ["steps.later.outputs.count > 0", "no step before it has the id `later`"],
      ["steps.later.outputs.count >= 1 && always()", "no step before it has the id `later`"],
      ["steps.later.outputs.count < 0", "no step before it has the id `later`"],
      ["0 < steps.later.outputs.count", "no step before it has the id `later`"],
      ["steps.later.outputs.count <= -1", "no step before it has the id `later`"],
      ["contains(steps.later.outputs.names, 'web')", "no step before it has the id `later`"],
    ].map(([condition = "", reason = ""]) => ({
      ...file(step(condition)),
      errors: [{ message: `This step never runs: ${reason}.`, line: 13 }],
    })),
    {
      ...file(
        step(
          "steps.pick.outputs.changed == 'true'",
          "      - id: pick\n        run: echo change=$A >> $GITHUB_OUTPUT\n",
        ),
      ),
      errors: [{ message: "This step never runs: the step `pick` has no output `changed`." }],
    },
    {
      ...file(jobs({ a: "", b: needs("a") + when("needs.a.outputs.critical > 0") })),
      errors: [{ message: "This job never runs: the job `a` declares no output `critical`." }],
    },
    {
      ...file(jobs({ a: "", b: needs("a") + when("needs.a.outputs.critical > 0 || needs.a.outputs.high > 0") })),
      errors: ["critical", "high"].map((name) => ({
        message: `\`needs.a.outputs.${name} > 0\` never lets this job run: the job \`a\` declares no output \`${name}\`.`,
      })),
    },
    {
      name: "an output that a called workflow does not declare",
      file: WORKFLOW,
      files: {
        [WORKFLOW]: `on: push\njobs:\n  a:\n    uses: ./.github/workflows/b.yml\n  b:\n${needs("a")}${when("needs.a.outputs.docs == 'true'")}${STEPS}`,
        ".github/workflows/b.yml": `on: { workflow_call: { outputs: { doc: { value: a } } } }\njobs:\n  a:\n${STEPS}`,
      },
      errors: [{ message: "This job never runs: the job `a` declares no output `docs`." }],
    },
    ...[
      ["inputs.dry == 'true'", "`inputs.dry` is a boolean, which equals no text; it is a condition by itself"],
      [
        "inputs.DRY == 'false' && always()",
        "`inputs.DRY` is a boolean, which equals no text; it is a condition by itself",
      ],
      [
        "github.event.inputs.dry == true",
        "`github.event.inputs.dry` is the text `true` or `false`; the boolean is `inputs.dry`",
      ],
    ].map(([condition = "", reason = ""]) => ({
      ...file(dispatched(condition)),
      errors: [{ message: `This step never runs: ${reason}.` }],
    })),
    ...[
      ["inputs.kind == 'slow'", "`inputs.kind` is `full` or `quick`"],
      ["github.event.inputs.kind == 'slow'", "`github.event.inputs.kind` is `full` or `quick`"],
    ].map(([condition = "", reason = ""]) => ({
      ...file(dispatched(condition)),
      errors: [{ message: `This step never runs: ${reason}.` }],
    })),
    // One side of an `||`, with its exact place
    ...[
      ["github.ref == 'main'", "", " || github.actor == 'me'", FULL_REF],
      ["github.ref == 'main'", "", " || github.ref == 'refs/heads/dev'", FULL_REF],
      ["github.ref == 'main'", "github.actor == 'me' && (", " || github.head_ref == 'dev')", FULL_REF],
      ["(github.ref == 'main' && github.actor == 'me')", "failure() || ", "", FULL_REF],
      ["github.ref == 'main'", "${{ github.actor == 'me' || ", " }}", FULL_REF],
      ["runner.os == 'ubuntu'", "runner.os == 'macOS' || ", "", "`runner.os` is `Linux`, `Windows` or `macOS`"],
      ["steps.later.outputs.changed", "github.actor == 'me' || ", "", "no step before it has the id `later`"],
      [
        "github.actor == 'me' && github.actor == 'you'",
        "github.ref_name == 'main' || ",
        "",
        "no value of `github.actor` fits",
      ],
      [
        "steps.scan.outcome == 'failure'",
        "github.actor == 'me' || ",
        "",
        "without `failure()` or `always()` in its condition GitHub asks it only after success, where `steps.scan.outcome` is `success` or `skipped`",
      ],
    ].map(([side = "", before = "", after = "", reason = ""]) => ({
      ...file(step(before + side + after)),
      errors: [
        {
          message: `\`${side}\` never lets this step run: ${reason}.`,
          line: 13,
          column: 13 + before.length,
          endColumn: 13 + before.length + side.length,
        },
      ],
    })),
    {
      ...file(step("|\n          github.actor == 'me' ||\n          github.ref ==\n          'main'")),
      errors: [
        {
          message: `\`github.ref == 'main'\` never lets this step run: ${FULL_REF}.`,
          line: 15,
          column: 11,
          endLine: 16,
        },
      ],
    },
    {
      ...file(dispatched("inputs.dry == 'true' || github.actor == 'me'")),
      errors: [{ messageId: "impossibleValue" }],
    },
    {
      ...file(
        step("github.event_name == 'workflow_call' || github.event_name == 'push'").replace(
          "on: push",
          "on: [push, workflow_call]",
        ),
      ),
      errors: [
        {
          message:
            "`github.event_name == 'workflow_call'` never lets this step run: `github.event_name` is that of the caller, and never `workflow_call`.",
        },
      ],
    },
    {
      ...file(jobs({ a: "", b: needs("a") + when("needs.a.result == 'success' || needs.a.result == 'skipped'") })),
      errors: [{ messageId: "excludedResult", column: 40, endColumn: 67, suggestions: [] }],
    },
    {
      ...file(jobs({ a: when(MAIN), b: needs("a") + when(`${MAIN} || ${DEV}`) })),
      errors: [
        {
          message: `\`${DEV}\` never lets this job run: where it holds, \`a\` (.github/workflows/ci.yml:4), which it waits for, is skipped, and GitHub skips it too. \`if: always() && …\` is asked in any case: put there which results the job needs.`,
          line: 10,
        },
      ],
    },
    // Only the event of another run has that.
    {
      ...file(
        jobs({
          a: when("github.event.workflow_run.conclusion == 'success' || inputs.kind == 'full'"),
          b: needs("a") + when("github.event_name == 'workflow_dispatch' && inputs.kind == 'quick'"),
        }),
      ),
      errors: [{ messageId: "skippedNeed" }],
    },
    // What is told of a job is not told of its steps too.
    {
      ...file(step("steps.later.outputs.a == 'true'", "", when("github.ref == 'main'"))),
      errors: [{ message: `This job never runs: ${FULL_REF}.` }],
    },
    ...[
      ["needs.a.outputs.docs == 'true'", "the job `a` declares no output `docs`"],
      ["failure() && needs.a.result == 'failed'", "`needs.a.result` is `success`, `failure`, `cancelled` or `skipped`"],
    ].map(([condition = "", reason = ""]) => ({
      ...file(jobs({ a: outputs("others"), b: needs("a") + when(condition) })),
      errors: [{ message: `This job never runs: ${reason}.`, line: 10 }],
    })),
    {
      ...file(jobs({ a: when(MAIN), b: needs("a") + when(DEV) })),
      errors: [
        {
          message:
            "This job never runs: where its condition holds, `a` (.github/workflows/ci.yml:4), which it waits for, is skipped, and GitHub skips it too. `if: always() && …` is asked in any case: put there which results the job needs.",
          line: 10,
          column: 9,
          endColumn: 39,
        },
      ],
    },
    // It waits for what the jobs before it have waited for.
    {
      name: "a job that downloads an artifact of the one that is skipped",
      file: WORKFLOW,
      files: {
        [WORKFLOW]: `on: push
jobs:
  plan:
    if: inputs.action == 'plan'
    runs-on: ubuntu-latest
    steps:
      - uses: actions/upload-artifact@v4
        with: { name: plan, path: plan }
  apply:
    needs: plan
    if: inputs.action == 'apply'
    runs-on: ubuntu-latest
    steps:
      - uses: actions/download-artifact@v4
        with: { name: plan }
`,
      },
      errors: [
        {
          message:
            "This job never runs: where its condition holds, `plan` (.github/workflows/ci.yml:4), which it waits for, is skipped, and GitHub skips it too. It downloads an artifact of that job, which has to run there too.",
        },
      ],
    },
    {
      name: "a job that reads outputs of the one that is skipped",
      file: WORKFLOW,
      files: {
        [WORKFLOW]: jobs({
          a: when(MAIN) + outputs("apps"),
          b: needs("a") + when(DEV) + "    env: { APPS: \"${{ needs['A'].outputs.apps }}\" }\n",
        }),
      },
      errors: [
        {
          message:
            "This job never runs: where its condition holds, `a` (.github/workflows/ci.yml:4), which it waits for, is skipped, and GitHub skips it too. It reads outputs of that job, which has to run there too.",
        },
      ],
    },
    {
      ...file(
        jobs({
          a: when(MAIN),
          b: needs("a") + when("always()"),
          c: needs("b") + when("github.event_name == 'push' && github.ref == 'refs/heads/dev'"),
        }),
      ),
      errors: [{ messageId: "skippedNeed", line: 16 }],
    },
    {
      ...file(jobs({ a: when(MAIN), b: when(DEV), c: needs("a", "b") })),
      errors: [
        {
          message:
            "This job never runs: where its condition holds, one of `a` (.github/workflows/ci.yml:4) and `b` (.github/workflows/ci.yml:9), which it waits for, is skipped, and GitHub skips it too. `if: always() && …` is asked in any case: put there which results the job needs.",
          line: 13,
          column: 3,
          endColumn: 4,
        },
      ],
    },
    {
      ...file(jobs({ a: "", b: needs("a") + when("needs.a.result == 'failure'") })),
      errors: [
        {
          message: after("job", "needs.a.result", "`success`"),
          suggestions: [
            {
              messageId: "askFailure",
              output: jobs({ a: "", b: needs("a") + when("failure() && (needs.a.result == 'failure')") }),
            },
            {
              messageId: "askAlways",
              output: jobs({ a: "", b: needs("a") + when("always() && (needs.a.result == 'failure')") }),
            },
          ],
        },
      ],
    },
    {
      ...file(step("${{ steps.scan.outcome == 'failure' }}")),
      errors: [
        {
          message: after("step", "steps.scan.outcome", "`success` or `skipped`"),
          suggestions: [
            { messageId: "askFailure", output: step("${{ failure() && (steps.scan.outcome == 'failure') }}") },
            { messageId: "askAlways", output: step("${{ always() && (steps.scan.outcome == 'failure') }}") },
          ],
        },
      ],
    },
    {
      ...file(step("steps.scan.conclusion == 'failure'", "        continue-on-error: true\n")),
      errors: [{ messageId: "excludedResult", suggestions: 2 }],
    },
    {
      ...file(step("job.status == 'failure'")),
      errors: [{ message: after("step", "job.status", "`success`"), suggestions: 2 }],
    },
    // The one that decides is named.
    {
      ...file(
        jobs({ a: "", b: "", c: needs("a", "b") + when("needs.a.result == 'success' && needs.b.result == 'failure'") }),
      ),
      errors: [{ message: after("job", "needs.b.result", "`success`"), suggestions: 2 }],
    },
    {
      ...file(jobs({ a: "", b: needs("a") + when("needs.a.Result == 'skipped'") })),
      errors: [
        {
          message: after("job", "needs.a.Result", "`success`"),
          suggestions: [
            {
              messageId: "askAlways",
              output: jobs({ a: "", b: needs("a") + when("always() && (needs.a.Result == 'skipped')") }),
            },
          ],
        },
      ],
    },
  ],
});
