import { RuleTester } from "../support/rule-tester.ts";

const WORKFLOW = ".github/workflows/ci.yml";
const CALLED = ".github/workflows/build.yml";
const ACTION = ".github/actions/keep/action.yml";

/** Steps as a list of texts, each with the keys of one in braces. */
const steps = (...items: readonly string[]): string => items.map((item) => `      - { ${item} }\n`).join("");
const upload = (inputs = "name: web, path: dist", more = ""): string =>
  `uses: actions/upload-artifact@v4, with: { ${inputs} }${more}`;
/** One that fails where it finds nothing. */
const sure = (name = "web", more = ""): string => upload(`name: ${name}, path: dist, if-no-files-found: error`, more);
const job = (id: string, text: string, keys = "", runner = "ubuntu-latest"): string =>
  `  ${id}:\n    runs-on: ${runner}\n${keys}    steps:\n${text}`;
const workflow = (jobs: string, on = "push"): string => `on: ${on}\njobs:\n${jobs}`;
const one = (...jobs: readonly string[]) => ({ file: WORKFLOW, files: { [WORKFLOW]: workflow(jobs.join("")) } });

const matrix = (text: string): string => `    strategy: { matrix: { ${text} } }\n`;
const NODES = matrix("node: [20, 22, 24]");
const SYSTEMS = matrix("os: [ubuntu-latest, windows-latest]");
/** A job of several nodes, and one of several systems. */
const onNodes = (...items: readonly string[]) => one(job("test", steps(...items), NODES));
const onSystems = (...items: readonly string[]) => one(job("test", steps(...items), SYSTEMS, "${{ matrix.os }}"));
const two = (first: string, second: string, keys = "") => one(job("a", steps(first)), job("b", steps(second), keys));

const SETUP = 'uses: actions/setup-node@v6, with: { node-version: "${{ matrix.node }}" }';
const TEST = "run: npm test";
const ONCE = "a run takes each name once (409 Conflict).";
const inMatrix = (jobs: number, name = "web", uses = "actions/upload-artifact@v4"): string =>
  `\`${uses}\` fails in all but one of the ${String(jobs)} jobs of the matrix: each uploads an artifact \`${name}\`, and ${ONCE}`;
const inSome = (failing: number, jobs: number, name: string): string =>
  `\`actions/upload-artifact@v4\` fails in ${String(failing)} of the ${String(jobs)} jobs of the matrix: several upload the same artifact, such as \`${name}\`, and ${ONCE}`;
const after = (place: string, name = "web", subject = "`actions/upload-artifact@v4`"): string =>
  `${subject} fails where ${place} has uploaded an artifact \`${name}\` before it: ${ONCE}`;
const beside = (place: string, name = "web", subject = "`actions/upload-artifact@v4`"): string =>
  `${subject} or ${place} fails in a run of both: each uploads an artifact \`${name}\`, and ${ONCE}`;

const COMPOSITE = `inputs:
  name:
    default: web
runs:
  using: composite
  steps:
    - uses: actions/upload-artifact@v4
      with:
        name: \${{ inputs.name }}
        path: dist
        if-no-files-found: error
`;
const using = (...calls: readonly string[]) => ({
  [ACTION]: COMPOSITE,
  [WORKFLOW]: workflow(
    calls
      .map((inputs, index) =>
        job(`job${String(index)}`, steps("uses: actions/checkout@v5", `uses: ./.github/actions/keep${inputs}`)),
      )
      .join(""),
  ),
});
const calling = (called: string, jobs: string) => ({
  [CALLED]: workflow(called, "workflow_call"),
  [WORKFLOW]: workflow(jobs),
});
const call = (id: string, keys = ""): string => `  ${id}:\n    uses: ./.github/workflows/build.yml\n${keys}`;

/** A matrix whose upload has a line for each of its keys. */
const told = (name: string): string =>
  workflow(
    job(
      "test",
      `      - uses: actions/upload-artifact@v4\n        with:\n          name: ${name}\n          path: dist\n`,
      matrix("node: [20, 22]"),
    ),
  );

const MERGE = "uses: actions/upload-artifact/merge@v4";
const PAGES = "uses: actions/upload-pages-artifact@v4";

new RuleTester().run("artifacts-complete", {
  valid: [
    { name: "a name of each job of a matrix", ...onNodes(TEST, upload('name: "web-${{ matrix.node }}", path: dist')) },
    { name: "a matrix of one job", ...one(job("test", steps(TEST, sure()), matrix("node: [22]"))) },
    {
      name: "a matrix that leaves one job",
      ...one(job("test", steps(sure()), matrix("node: [20, 22], exclude: [{ node: 20 }]"))),
    },
    {
      name: "a matrix that is computed",
      ...one(job("test", steps(sure()), '    strategy: { matrix: "${{ fromJSON(vars.M) }}" }\n')),
    },
    { name: "one job of a matrix", ...onNodes(sure("web", ', if: "matrix.node == 22"')) },
    { name: "jobs that the runner chooses", ...onSystems(sure("web", ", if: runner.os == 'Linux'")) },
    { name: "what a step decides", ...onNodes(sure("web", ", if: steps.x.outputs.y")) },
    { name: "what failed", ...onNodes(sure("web", ", if: failure()")) },
    { name: "what was cancelled", ...onNodes(sure("web", ', if: "cancelled()"')) },
    { name: "files that may be there", ...onNodes(sure("web", ", if: \"hashFiles('dist') != ''\"")) },
    { name: "an upload that overwrites", ...onNodes(upload("name: web, path: dist, overwrite: true")) },
    { name: "an upload that may overwrite", ...onNodes(upload('name: web, path: dist, overwrite: "${{ vars.O }}"')) },
    { name: "a file with its own name", ...onNodes(upload("name: web, path: dist/x.js, archive: false")) },
    { name: "a step that may fail", ...onNodes(sure("web", ", continue-on-error: true")) },
    { name: "a job that may fail", ...one(job("test", steps(sure()), `${NODES}    continue-on-error: true\n`)) },
    { name: "v3", ...onNodes(sure().replace("@v4", "@v3")) },
    { name: "pages before v4", ...onNodes(PAGES.replace("@v4", "@v2")) },
    { name: "a commit", ...onNodes(sure().replace("@v4", `@${"a".repeat(40)}`)) },
    { name: "jobs that wait for one another", ...one(job("test", steps(sure()), `${NODES}    concurrency: x\n`)) },
    { name: "what may not be there", ...onNodes(upload("name: web, path: dist, if-no-files-found: ignore")) },
    { name: "what failures leave", ...onNodes(upload("name: web, path: test-results", ", if: always()")) },
    { name: "a path that is not known", ...onNodes(upload('name: web, path: "${{ vars.OUT }}"')) },
    { name: "a path that is empty", ...onNodes(upload('name: web, path: "${{ env.OUT }}"')) },
    { name: "a name that is not known", ...onNodes(sure('"${{ env.NAME }}"')) },
    { name: "a name that a function makes", ...onNodes(sure("\"${{ format('{0}', github.sha) }}\"")) },
    { name: "files of one system", ...onSystems("run: npm run build", upload('name: web, path: "dist/*.exe"')) },
    { name: "files that one system may have", ...onSystems("run: npm run build", upload("name: web, path: dist/app")) },
    { name: "a step of one system", ...onSystems("run: npm run build, if: runner.os == 'Linux'", upload()) },
    {
      name: "a script that asks for the system",
      ...onSystems("run: 'test $RUNNER_OS = Linux && npm run build'", upload()),
    },
    { name: "a script with the job's value", ...onNodes('run: "npm run build:${{ matrix.node }}"', upload()) },
    {
      name: "a variable with the job's value",
      ...onNodes('run: npm run build, env: { N: "${{ matrix.node }}" }', upload()),
    },
    { name: "a step of one job", ...onNodes('run: npm run build, if: "matrix.node == 22"', upload()) },
    { name: "its place among the jobs", ...onNodes('run: "npm test ${{ strategy.job-index }}"', upload()) },
    { name: "paths of some jobs", ...onNodes(upload('name: web, path: "dist/${{ matrix.node }}/*.js"')) },
    { name: "two names", ...two(sure("web"), sure("api")) },
    { name: "names that differ in case", ...two(sure("web"), sure("Web")) },
    {
      name: "other events",
      ...two(sure("web", ", if: github.event_name == 'push'"), sure("web", ", if: github.event_name != 'push'")),
    },
    {
      name: "what another job decides",
      ...two(sure(), sure(), "    needs: a\n    if: always() && needs.a.outputs.x == ''\n"),
    },
    { name: "after a failure", ...two(sure(), sure(), "    needs: a\n    if: failure()\n") },
    { name: "one that overwrites", ...two(sure(), upload("name: web, path: dist, overwrite: true")) },
    { name: "one that is not there", ...two(sure(), sure("web", ", if: false")) },
    { name: "one that may find nothing", ...two(sure(), upload("name: web, path: dist, if-no-files-found: warn")) },
    { name: "patterns", ...two(sure(), upload("name: web, path: 'dist/*.js'")) },
    {
      name: "an artifact that is deleted",
      ...one(
        job("a", steps(sure(), "uses: geekyeggo/delete-artifact@v5, with: { name: web }")),
        job("b", steps(sure())),
      ),
    },
    {
      name: "an artifact that a script deletes",
      ...one(job("a", steps(sure(), "run: gh api -X DELETE repos/o/r/actions/artifacts/1")), job("b", steps(sure()))),
    },
    { name: "merged artifacts that are deleted", ...two(MERGE, `${MERGE}, with: { delete-merged: true }`) },
    { name: "an action with names", file: WORKFLOW, files: using("", ", with: { name: api }") },
    {
      name: "a workflow that two others call",
      file: CALLED,
      files: {
        ...calling(job("a", steps(sure())), call("build")),
        ".github/workflows/other.yml": workflow(call("build")),
      },
    },
    {
      name: "calls with conditions of their own",
      file: WORKFLOW,
      files: calling(
        job("a", steps(sure())),
        job("changes", steps("run: echo"), "    outputs: { a: x, b: y }\n") +
          call("one", "    needs: changes\n    if: needs.changes.outputs.a == 'true'\n") +
          call("two", "    needs: changes\n    if: needs.changes.outputs.b == 'true'\n"),
      ),
    },
    {
      name: "a called workflow that may find nothing",
      file: WORKFLOW,
      files: calling(job("a", steps(upload())), call("one") + call("two")),
    },
    {
      name: "calls of a matrix",
      file: WORKFLOW,
      files: calling(job("a", steps(sure())), call("one", NODES)),
    },
  ],
  invalid: [
    {
      name: "a matrix",
      ...onNodes("uses: actions/checkout@v5", SETUP, TEST, upload()),
      errors: [{ message: inMatrix(3), line: 10, column: 59, endColumn: 62, suggestions: [] }],
    },
    { name: "a matrix of systems", ...onSystems("run: npm run build", upload()), errors: [{ message: inMatrix(2) }] },
    {
      name: "parts of tests",
      ...onNodes(
        'run: "npx vitest --shard=${{ matrix.node }}/3"',
        upload("name: web, path: coverage", ", if: always()"),
      ),
      errors: [{ message: inMatrix(3) }],
    },
    {
      name: "one that fails without files",
      ...onNodes('run: "npm run x${{ matrix.node }}"', sure()),
      errors: [{ message: inMatrix(3) }],
    },
    {
      name: "unless it was cancelled",
      ...onNodes(sure("web", ', if: "!cancelled()"')),
      errors: [{ message: inMatrix(3) }],
    },
    {
      name: "where the run decides",
      ...onNodes(sure("web", ", if: github.ref == 'x'")),
      errors: [{ message: inMatrix(3) }],
    },
    {
      name: "paths of their own",
      ...onNodes('run: "npm run x${{ matrix.node }}"', upload('name: web, path: "dist/${{ matrix.node }}"')),
      errors: [{ message: inMatrix(3) }],
    },
    {
      name: "an artifact without a name",
      ...onNodes(upload("path: dist")),
      errors: [{ message: inMatrix(3, "artifact"), line: 7, column: 17 }],
    },
    {
      name: "a site of GitHub Pages",
      ...onNodes(PAGES),
      errors: [{ message: inMatrix(3, "github-pages", "actions/upload-pages-artifact@v4") }],
    },
    {
      name: "merged artifacts",
      ...onNodes(MERGE),
      errors: [{ message: inMatrix(3, "merged-artifacts", "actions/upload-artifact/merge@v4") }],
    },
    {
      name: "a name that is the same in a run",
      ...onNodes(sure('"web-${{ github.sha }}"')),
      errors: [{ message: inMatrix(3, "web-${{ github.sha }}") }],
    },
    {
      name: "a name of some values of a matrix",
      ...one(
        job(
          "test",
          steps(sure('"web-${{ matrix.os }}"')),
          matrix("os: [ubuntu-latest, windows-latest], node: [20, 22], exclude: [{ os: windows-latest, node: 20 }]"),
          "${{ matrix.os }}",
        ),
      ),
      errors: [{ message: inSome(1, 3, "web-ubuntu-latest") }],
    },
    {
      name: "jobs that are included",
      ...one(job("test", steps(sure()), matrix("include: [{ a: 1 }, { a: 2 }]"))),
      errors: [{ message: inMatrix(2) }],
    },
    {
      name: "a name that can be told apart",
      file: WORKFLOW,
      files: { [WORKFLOW]: told("web") },
      errors: [
        {
          messageId: "repeatedInMatrix",
          suggestions: [
            { messageId: "addLeg", data: { suffix: "-${{ matrix.node }}" }, output: told("web-${{ matrix.node }}") },
          ],
        },
      ],
    },
    {
      name: "a name that something asks for",
      file: WORKFLOW,
      files: {
        [WORKFLOW]: told("web"),
        ".github/workflows/x.yml": workflow(
          job("a", steps("uses: dawidd6/action-download-artifact@v9, with: { name: web }")),
        ),
      },
      errors: [{ messageId: "repeatedInMatrix", suggestions: [] }],
    },
    {
      name: "values that are no part of a name",
      file: WORKFLOW,
      files: { [WORKFLOW]: told("web").replace("20, 22", "a/b, c/d") },
      errors: [{ messageId: "repeatedInMatrix", suggestions: [] }],
    },
    { name: "two jobs", ...two(upload(), sure()), errors: [{ message: beside(`${WORKFLOW}:6`), line: 10 }] },
    {
      name: "a job after another",
      ...two(upload(), upload(), "    needs: a\n"),
      errors: [{ message: after(`${WORKFLOW}:6`), line: 11 }],
    },
    {
      name: "a job before another",
      ...one(job("b", steps(sure()), "    needs: a\n"), job("a", steps(sure()))),
      errors: [{ message: after(`${WORKFLOW}:11`), line: 7 }],
    },
    {
      name: "two steps",
      ...one(job("a", steps(upload(), upload("name: web, path: out")))),
      errors: [{ message: after(`${WORKFLOW}:6`), line: 7 }],
    },
    {
      name: "a condition of one of them",
      ...two(sure(), sure("web", ", if: github.event_name == 'push'")),
      errors: [{ message: beside(`${WORKFLOW}:6`) }],
    },
    {
      name: "the same condition",
      ...two(sure("web", ", if: github.ref == 'x'"), sure("web", ", if: github.ref == 'x'")),
      errors: [{ message: beside(`${WORKFLOW}:6`) }],
    },
    {
      name: "what a job before both decides",
      ...one(
        job("c", steps("run: echo"), "    outputs: { x: y }\n"),
        job("a", steps(sure())),
        job("b", steps(sure()), "    needs: c\n    if: needs.c.outputs.x == ''\n"),
      ),
      errors: [{ message: beside(`${WORKFLOW}:11`) }],
    },
    {
      name: "an action that two jobs use",
      file: WORKFLOW,
      files: using("", ""),
      errors: [
        { message: beside(`${WORKFLOW}:7`, "web", `\`./.github/actions/keep\` (${ACTION}:9)`), line: 12, column: 17 },
      ],
    },
    {
      name: "a workflow that is called twice",
      file: WORKFLOW,
      files: calling(job("a", steps(sure())), call("one") + call("two", "    needs: one\n")),
      errors: [{ message: after(`${WORKFLOW}:4`, "web", `\`./.github/workflows/build.yml\` (${CALLED}:6)`), line: 6 }],
    },
    {
      name: "a called workflow, and its caller",
      file: WORKFLOW,
      files: calling(job("a", steps(sure())), call("one") + job("b", steps(sure()))),
      errors: [{ message: beside(`${CALLED}:6`), line: 8 }],
    },
    {
      name: "a matrix of a called workflow",
      file: CALLED,
      files: calling(job("a", steps(sure()), NODES), call("one")),
      errors: [{ message: inMatrix(3) }],
    },
  ],
});
