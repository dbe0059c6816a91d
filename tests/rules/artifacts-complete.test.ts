import { RuleTester } from "../support/rule-tester.ts";

const WORKFLOW = ".github/workflows/ci.yml";
const ACTION = ".github/actions/upload/action.yml";

interface Layout {
  readonly uses?: string;
  /** The inputs of the step, a line each. */
  readonly with?: readonly string[];
  /** Further keys of the step, a line each. */
  readonly step?: readonly string[];
  /** Further keys of the job, a line each. */
  readonly job?: readonly string[];
  readonly after?: string;
}

const workflow = ({ uses = "@v4", with: inputs = ["path: .next"], step = [], job = [], after = "" }: Layout): string =>
  [
    "on: push\njobs:\n  build:\n    runs-on: ubuntu-latest",
    ...job.map((line) => `    ${line}`),
    `    steps:\n      - uses: actions/upload-artifact${uses}`,
    ...step.map((line) => `        ${line}`),
    "        with:",
    ...inputs.map((line) => `          ${line}`),
    after,
  ].join("\n");
const layout = (options: Layout) => ({ file: WORKFLOW, files: { [WORKFLOW]: workflow(options) } });

const UNLESS = "it leaves hidden files out unless `include-hidden-files` is `true`.";
const WARNS = "The step succeeds with a warning.";
const SILENT = "The step succeeds all the same.";
const empty = (hidden = "`.next` is hidden", then = WARNS, subject = "`actions/upload-artifact@v4`"): string =>
  `${subject} uploads nothing: ${hidden}, and ${UNLESS}${then && ` ${then}`}`;
const part = (hidden: string): string => `\`actions/upload-artifact@v4\` uploads only a part: ${hidden}, and ${UNLESS}`;

/** A report whose suggestion adds the input after the last one. */
function invalid(name: string, options: Layout, message: string, line = 8) {
  const last = options.with?.at(-1) ?? "path: .next";
  const output = workflow(options).replace(
    `          ${last}\n`,
    `          ${last}\n          include-hidden-files: true\n`,
  );
  return {
    name,
    ...layout(options),
    errors: [{ message, line, suggestions: [{ messageId: "includeHiddenFiles", output }] }],
  };
}

const download = (inputs: string, needs = "build"): string =>
  `  deploy:\n    needs: ${needs}\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/download-artifact@v4\n        with: { ${inputs} }\n`;

/** An action that uploads what it is told. */
const COMPOSITE = `inputs:
  path:
    required: true
runs:
  using: composite
  steps:
    - uses: actions/upload-artifact@v4
      with:
        path: \${{ inputs.path }}
`;
const using = (...paths: readonly string[]) => ({
  file: WORKFLOW,
  files: {
    [ACTION]: COMPOSITE,
    [WORKFLOW]: `on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v5\n${paths
      .map((path) => `      - uses: ./.github/actions/upload\n        with: { path: ${path} }\n`)
      .join("")}`,
  },
});

const COMMIT = "@ea165f8d65b6e75b540449e92b4886f43607fa02";

new RuleTester().run("artifacts-complete", {
  valid: [
    ...[
      "@v1",
      "@v2",
      "@v3",
      "@v3.2.1",
      "@v4.3",
      "@v4.3.6",
      "@main",
      COMMIT,
      `${COMMIT} # v4`,
      `${COMMIT} # v4.3.6`,
    ].map((uses) => ({ name: `a release that uploads hidden files, or may: ${uses}`, ...layout({ uses }) })),
    ...["true", '"true"', "True", "TRUE", "${{ true }}", "${{ vars.HIDDEN }}", "yes please"].map((value) => ({
      name: `include-hidden-files: ${value}`,
      ...layout({ with: ["path: .next", `include-hidden-files: ${value}`] }),
    })),
    ...[
      "dist",
      ".",
      "./",
      "~",
      "/",
      "'*'",
      "**/*.js",
      ".next/static",
      "apps/web/.next/analyze/client.html",
      ".next/static/*.js",
      "${{ vars.OUT }}",
      "$HOME/.next",
      "'[.]next'",
      "../.next",
      "",
    ].map((path) => ({ name: `path: ${path}`, ...layout({ with: [`path: ${path}`] }) })),
    { name: "no path", ...layout({ with: ["name: x"] }) },
    { name: "a list of paths, which GitHub rejects", ...layout({ with: ["path: [.next]"] }) },
    { name: "only exclusions and comments", ...layout({ with: ["path: |", "  # .next", "  !.next", "  dist"] }) },
    { name: "a folded text, which is one path", ...layout({ with: ["path: >", "  .next", "  dist"] }) },
    { name: "the merging action", ...layout({ uses: "/merge@v4" }) },
    { name: "an action of its name", ...layout({ uses: "-custom@v4" }) },
    { name: "a step that never runs", ...layout({ step: ["if: false"] }) },
    {
      name: "a path of a matrix",
      ...layout({ job: ["strategy: { matrix: { out: [.next, dist] } }"], with: ["path: ${{ matrix.out }}"] }),
    },
    { name: "an action that a caller tells what is not hidden", ...using(".next", "dist"), file: ACTION },
    { name: "an action that is told what is not hidden", ...using("dist", ".next/static") },
    {
      name: "a workflow that only others call, of other repositories",
      file: WORKFLOW,
      files: { [WORKFLOW]: workflow({}).replace("on: push", "on: workflow_call") },
    },
  ],
  invalid: [
    invalid("a hidden folder", {}, empty()),
    ...["@v5", "@v6", "@v7.0.1", "@v4.4.0", "@v4.4", "@v4.10.0"].map((uses) =>
      invalid(uses, { uses }, empty("`.next` is hidden", WARNS, `\`actions/upload-artifact${uses}\``)),
    ),
    ...["v4.6.2", "v5", "v7"].map((comment) =>
      invalid(
        `a commit of ${comment}`,
        { uses: `${COMMIT} # ${comment}` },
        empty("`.next` is hidden", WARNS, `\`actions/upload-artifact${COMMIT}\``),
      ),
    ),
    invalid("another case of letters", { with: ["Path: .next"] }, empty()),
    ...["./.next/", ".next/**", "apps/web/.next", "apps/*/.next/*.js", "**/.env*", "~/.npm", "/tmp/.cache"].map(
      (path) => invalid(path, { with: [`path: "${path}"`] }, empty(`\`${path}\` is hidden`)),
    ),
    invalid("a path of the job's env", { job: ["env: { OUT: .next }"], with: ["path: ${{ env.OUT }}"] }, empty(), 9),
    invalid("a path of the workspace", { with: ["path: ${{ github.workspace }}/.next"] }, empty()),
    invalid(
      "a part of the workspace, beside all of another folder of it",
      { with: ["path: |", "  ${{ github.workspace }}/apps", "  apps/web/.next/static"] },
      part("`apps/web/.next/static` is hidden"),
    ),
    invalid("if it fails, and may", { step: ["if: failure()", "continue-on-error: true"] }, empty(), 10),
    invalid(
      "if-no-files-found: error",
      { with: ["path: .next", "if-no-files-found: error"] },
      empty("`.next` is hidden", "With `if-no-files-found: error` the step fails."),
    ),
    invalid(
      "if-no-files-found: ignore",
      { with: ["path: .next", "if-no-files-found: ignore"] },
      empty("`.next` is hidden", SILENT),
    ),
    ...["${{ vars.X }}", "fail"].map((value) =>
      invalid(
        `if-no-files-found: ${value}`,
        { with: ["path: .next", `if-no-files-found: ${value}`] },
        empty("`.next` is hidden", ""),
      ),
    ),
    invalid(
      "several hidden folders, and exclusions",
      { with: ["path: |", "  .next", "  !.next/cache", "  # more", "  .turbo"] },
      empty("`.next` and `.turbo` are hidden"),
      9,
    ),
    invalid(
      "one of several",
      { with: ["path: |", "  packages/backend/dist", "  apps/web/.next/"] },
      part("`apps/web/.next/` is hidden"),
      10,
    ),
    invalid(
      "what lies in a path that is searched too",
      { with: ["path: |", "  .", "  .next/static"] },
      part("`.next/static` is hidden"),
      10,
    ),
    {
      name: "include-hidden-files: false",
      ...layout({ with: ["path: .next", "include-hidden-files: false"] }),
      errors: [{ message: empty(), line: 8, suggestions: [] }],
    },
    {
      name: "inputs in braces",
      file: WORKFLOW,
      files: {
        [WORKFLOW]:
          "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - { uses: actions/upload-artifact@v4, with: { path: .next } }\n",
      },
      errors: [
        {
          message: empty(),
          line: 6,
          column: 59,
          endColumn: 64,
          suggestions: [
            {
              messageId: "includeHiddenFiles",
              output:
                "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - { uses: actions/upload-artifact@v4, with: { path: .next, include-hidden-files: true } }\n",
            },
          ],
        },
      ],
    },
    ...["name: build", "name: build, path: .next"].map((inputs) =>
      invalid(
        `a later job that downloads it: ${inputs}`,
        { with: ["name: build", "path: .next"], after: download(inputs) },
        empty("`.next` is hidden", `${WORKFLOW}:14 downloads that artifact.`),
        9,
      ),
    ),
    invalid(
      "a later job that downloads it, by a name of the run",
      {
        with: ["name: 'build-${{ github.sha }}'", "path: .next"],
        after: download("name: 'build-${{ github.sha }}'"),
      },
      empty("`.next` is hidden", `${WORKFLOW}:14 downloads that artifact.`),
      9,
    ),
    invalid(
      "a later job that downloads it, by the name that it has unasked",
      { after: download("name: artifact") },
      empty("`.next` is hidden", `${WORKFLOW}:13 downloads that artifact.`),
    ),
    ...[
      "name: other, github-token: x",
      "path: .next",
      "name: build, run-id: 1, github-token: x",
      "name: '${{ matrix.a }}'",
    ].map((inputs) =>
      invalid(
        `a later job that downloads another: ${inputs}`,
        { with: ["name: build", "path: .next"], after: download(inputs) },
        empty(),
        9,
      ),
    ),
    invalid(
      "a later job that downloads it by a name that is another in each job",
      { with: ["name: '${{ matrix.a }}'", "path: .next"], after: download("name: '${{ matrix.a }}'") },
      empty(),
      9,
    ),
    invalid(
      "a job that does not wait for it",
      { with: ["name: build", "path: .next"], after: download("name: build", "[]") },
      empty(),
      9,
    ),
    {
      name: "an action whose callers all tell it what is hidden",
      ...using(".next", ".turbo"),
      file: ACTION,
      errors: [
        {
          message: empty(),
          line: 9,
          suggestions: [
            { messageId: "includeHiddenFiles", output: `${COMPOSITE}        include-hidden-files: true\n` },
          ],
        },
      ],
    },
    {
      name: "a caller that tells an action what is hidden",
      ...using("dist", ".next"),
      errors: [
        {
          message: empty("`.next` is hidden", WARNS, `\`./.github/actions/upload\` (${ACTION}:9)`),
          line: 9,
          suggestions: [],
        },
      ],
    },
  ],
});
