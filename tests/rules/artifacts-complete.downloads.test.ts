import { RuleTester } from "../support/rule-tester.ts";

const WORKFLOW = ".github/workflows/ci.yml";
const CALLED = ".github/workflows/build.yml";
const ACTION = ".github/actions/get/action.yml";

/** Steps as a list of texts, each with the keys of one in braces. */
const steps = (...items: readonly string[]): string => items.map((item) => `      - { ${item} }\n`).join("");
const upload = (inputs = "name: web, path: dist"): string => `uses: actions/upload-artifact@v4, with: { ${inputs} }`;
const download = (name = "web", more = ""): string =>
  `uses: actions/download-artifact@v5, with: { name: ${name}${more} }`;
const job = (id: string, text: string, keys = ""): string =>
  `  ${id}:\n    runs-on: ubuntu-latest\n${keys}    steps:\n${text}`;
const workflow = (jobs: string, on = "push"): string => `on: ${on}\njobs:\n${jobs}`;
/** A job that uploads, and one that downloads after it. */
const both = (uploading: string, downloading: string): string =>
  workflow(job("build", steps(uploading)) + job("deploy", steps(downloading), "    needs: build\n"));

const one = (text: string) => ({ file: WORKFLOW, files: { [WORKFLOW]: text } });

const CALL = "  build:\n    uses: ./.github/workflows/build.yml\n";
const calling = (name: string, jobs: string, on = "workflow_call") => ({
  file: WORKFLOW,
  files: {
    [CALLED]: workflow(jobs, on),
    [WORKFLOW]: workflow(CALL + job("deploy", steps(download(name)), "    needs: build\n")),
  },
});

const COMPOSITE = `inputs:
  name:
    required: true
runs:
  using: composite
  steps:
    - uses: actions/download-artifact@v5
      with:
        name: \${{ inputs.name }}
`;
const using = (...names: readonly string[]) => ({
  [ACTION]: COMPOSITE,
  [WORKFLOW]: workflow(
    job("build", steps(upload())) +
      job(
        "deploy",
        steps(
          "uses: actions/checkout@v5",
          ...names.map((name) => `uses: ./.github/actions/get, with: { name: ${name} }`),
        ),
      ),
  ),
});

const FAILS = "`actions/download-artifact@v5` fails";
const absent = (name: string, hint = ""): string =>
  `${FAILS}: no job of this run uploads an artifact \`${name}\`.${hint && ` ${hint}`}`;

new RuleTester().run("artifacts-complete", {
  valid: [
    { name: "what another job uploads", ...one(both(upload(), download())) },
    { name: "the same in another case", ...one(both(upload(), download("Web"))) },
    { name: "an artifact without a name", ...one(both(upload("path: dist"), download("artifact"))) },
    {
      name: "the site of GitHub Pages",
      ...one(both("uses: actions/upload-pages-artifact@v4", download("github-pages"))),
    },
    {
      name: "merged artifacts",
      ...one(both("uses: actions/upload-artifact/merge@v4", download("merged-artifacts"))),
    },
    { name: "all artifacts", ...one(both(upload(), "uses: actions/download-artifact@v5")) },
    { name: "a pattern", ...one(both(upload(), "uses: actions/download-artifact@v5, with: { pattern: x-* }")) },
    { name: "artifacts by their number", ...one(both(upload(), download("x", ", artifact-ids: 1"))) },
    { name: "a name that is empty", ...one(both(upload(), download("''"))) },
    { name: "a name that is not known", ...one(both(upload(), download('"${{ vars.NAME }}"'))) },
    {
      name: "a name that an upload may have",
      ...one(both(upload('name: "web-${{ vars.OS }}-bin", path: dist'), download("web-linux-bin"))),
    },
    {
      name: "another run",
      ...one(both(upload(), download("x", ', run-id: "1", github-token: "${{ github.token }}"'))),
    },
    { name: "a file with its own name", ...one(both(upload("name: x, path: dist/web, archive: false"), download())) },
    { name: "a step that may fail", ...one(both(upload(), `${download("x")}, continue-on-error: true`)) },
    { name: "a step that never runs", ...one(both(upload(), `${download("x")}, if: false`)) },
    { name: "v3", ...one(both(upload(), download("x").replace("v5", "v3"))) },
    { name: "an action that may upload", ...one(both("uses: owner/build@v1", download("x"))) },
    { name: "a container that may upload", ...one(both("uses: 'docker://alpine'", download("x"))) },
    { name: "an action that a run makes", ...one(both("uses: ./made", download("x"))) },
    {
      name: "a workflow of another repository",
      ...one(
        workflow(
          "  build:\n    uses: owner/repository/.github/workflows/build.yml@v1\n" + job("b", steps(download("x"))),
        ),
      ),
    },
    { name: "what a called workflow uploads", ...calling("web", job("a", steps(upload()))) },
    { name: "a workflow that is called, and is none", ...calling("web", "", "push") },
    {
      name: "a workflow that only others call, of other repositories",
      ...one(workflow(job("a", steps(download())), "workflow_call")),
    },
    {
      name: "a workflow that one caller leaves without an artifact",
      file: CALLED,
      files: {
        [CALLED]: workflow(job("a", steps(download())), "workflow_call"),
        [WORKFLOW]: workflow(job("first", steps(upload())) + CALL),
        ".github/workflows/other.yml": workflow(CALL),
      },
    },
    { name: "an action that is told a name that is there", file: WORKFLOW, files: using("web") },
  ],
  invalid: [
    {
      name: "a name that nothing has",
      ...one(workflow(job("deploy", steps(download())))),
      errors: [{ message: absent("web"), line: 6, column: 61, endColumn: 64, suggestions: [] }],
    },
    {
      name: "a name with a slip",
      ...one(both(upload("name: web-build, path: dist"), download("web_build"))),
      errors: [
        {
          message: absent("web_build", "One is called `web-build`."),
          line: 11,
          suggestions: [
            {
              messageId: "useName",
              output: both(upload("name: web-build, path: dist"), download("web-build")),
            },
          ],
        },
      ],
    },
    {
      name: "other names",
      ...one(
        workflow(
          job("build", steps(upload(), upload("path: x"), "uses: actions/setup-node@v6", "run: npx playwright test")) +
            job("deploy", steps(download("report"))),
        ),
      ),
      errors: [{ message: absent("report", "They upload `web` and `artifact`."), suggestions: [] }],
    },
    {
      name: "a name that no upload can have",
      ...one(both(upload('name: "web-${{ vars.OS }}", path: dist'), download("api-linux"))),
      errors: [{ message: absent("api-linux"), suggestions: [] }],
    },
    {
      name: "another run without a token",
      ...one(both(upload(), download("report", ', run-id: "${{ github.event.workflow_run.id }}"'))),
      errors: [
        {
          message: `${FAILS}: without \`github-token\` it passes over \`run-id\` and looks in its own run, where no job uploads an artifact \`report\`.`,
          suggestions: [
            {
              messageId: "addToken",
              output: both(
                upload(),
                download(
                  "report",
                  ', run-id: "${{ github.event.workflow_run.id }}", github-token: "${{ github.token }}"',
                ),
              ),
            },
          ],
        },
      ],
    },
    {
      name: "a called workflow that uploads something else",
      ...calling("web", job("a", steps(upload("name: api, path: x")))),
      errors: [{ message: absent("web", "They upload `api`."), suggestions: [] }],
    },
    {
      name: "a download in a called workflow",
      file: CALLED,
      files: {
        [CALLED]: workflow(job("a", steps(download())), "workflow_call"),
        [WORKFLOW]: workflow(CALL),
      },
      errors: [{ message: absent("web"), suggestions: [] }],
    },
    {
      name: "one of two callers",
      file: ".github/workflows/other.yml",
      files: {
        [CALLED]: workflow(job("a", steps(download())), "workflow_call"),
        [WORKFLOW]: workflow(job("first", steps(upload())) + CALL),
        ".github/workflows/other.yml": workflow(CALL),
      },
      errors: [
        {
          message:
            "`./.github/workflows/build.yml` (.github/workflows/build.yml:6) fails: no job of this run uploads an artifact `web`.",
          suggestions: [],
        },
      ],
    },
    {
      name: "an action that is told a name that is not there",
      file: WORKFLOW,
      files: using("web", "wed"),
      errors: [
        {
          message:
            "`./.github/actions/get` (.github/actions/get/action.yml:9) fails: no job of this run uploads an artifact `wed`. They upload `web`.",
          suggestions: [],
        },
      ],
    },
  ],
});
