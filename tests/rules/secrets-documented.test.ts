import { RuleTester } from "../support/rule-tester.ts";

const WORKFLOW = ".github/workflows/ci.yml";

const workflow = (run: string, keys = ""): string =>
  `on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n${keys}    steps:\n      - run: ${run}\n`;
const layout = (files: Readonly<Record<string, string>>, run = "./a.sh ${{ secrets.TOKEN }}", file = WORKFLOW) => ({
  file,
  files: { [WORKFLOW]: workflow(run), ...files },
});
const undocumented = (kind: string, name: string, documents: string, place: { line: number; column: number }) => ({
  message: `Whoever sets up this repository cannot know of the ${kind} \`${name}\`: no documentation names it (${documents}).`,
  ...place,
});
const missing = (names: string, patterns: string) =>
  `Nothing tells what has to be set in GitHub for these workflows: ${names}. No file matches ${patterns}.`;
const AT = { line: 6, column: 21 };
const DEFAULT = "`*.md`, `README*`, `CONTRIBUTING*`, `*/*.md`, `*/*/*.md`, `.github/**/*.md`, `docs/**/*.{md,mdx}`";

const CALLED =
  "on:\n  workflow_call:\n    secrets:\n      token:\njobs:\n  b:\n    runs-on: ubuntu-latest\n    steps:\n      - run: ./b.sh ${{ secrets.token }}\n";
const caller = (secrets: string): string =>
  `on: push\njobs:\n  a:\n    uses: ./.github/workflows/called.yml\n    secrets: ${secrets}\n`;

new RuleTester().run("secrets-documented", {
  valid: [
    { name: "named in the README", ...layout({ "README.md": "Set `TOKEN`." }) },
    { name: "named in a README of another format", ...layout({ "README.rst": "Set ``TOKEN``." }) },
    { name: "named with its context", ...layout({ "README.md": "`${{ secrets.TOKEN }}`" }) },
    { name: "named in a command", ...layout({ "CONTRIBUTING.md": "gh secret set TOKEN" }) },
    { name: "named below docs", ...layout({ "docs/a/b/c/ci.mdx": "| TOKEN | the key |" }) },
    { name: "named beside the workflows", ...layout({ ".github/workflows/README.md": "TOKEN" }) },
    { name: "named by a package", ...layout({ "apps/web/release.md": "TOKEN" }) },
    {
      name: "named with escaped underscores",
      ...layout({ "README.md": String.raw`NPM\_TOKEN` }, "${{ secrets.NPM_TOKEN }}"),
    },
    {
      name: "named in another case",
      ...layout({ "README.md": "NPM_TOKEN and GitToken" }, "${{ secrets.npm_token }} ${{ secrets.gitToken }}"),
    },
    {
      name: "named in the files of the option",
      ...layout({ "ops/a/b/c.txt": "TOKEN" }),
      options: [{ files: ["ops/**/*.txt"] }],
    },
    {
      name: "built in",
      ...layout({ "README.md": "" }, "${{ secrets.GITHUB_TOKEN }} ${{ secrets.github_token }} ${{ github.token }}"),
    },
    { name: "all secrets", ...layout({ "README.md": "" }, "${{ toJSON(secrets) }}") },
    {
      name: "a computed name",
      ...layout({ "README.md": "" }, "${{ secrets[matrix.name] }} ${{ secrets[format('{0}', 'A')] }}"),
    },
    { name: "text that is no expression", ...layout({ "README.md": "" }, "echo secrets.TOKEN") },
    {
      name: "reported in the first file that uses it",
      ...layout({ "README.md": "", ".github/workflows/a.yml": workflow("${{ secrets.TOKEN }}") }),
    },
    {
      name: "a parameter, with another name in the repository",
      file: ".github/workflows/called.yml",
      files: {
        "README.md": "DEPLOY_TOKEN",
        ".github/workflows/called.yml": CALLED,
        [WORKFLOW]: caller("{ token: '${{ secrets.DEPLOY_TOKEN }}' }"),
      },
    },
    {
      name: "a parameter of a workflow that is called from elsewhere",
      file: ".github/workflows/called.yml",
      files: { "README.md": "", ".github/workflows/called.yml": CALLED },
    },
    {
      name: "no documentation, reported in the first workflow",
      ...layout({ ".github/workflows/a.yml": workflow("${{ secrets.OTHER }}") }),
    },
  ],
  invalid: [
    {
      name: "not named",
      ...layout({ "README.md": "Set it up." }),
      errors: [undocumented("secret", "TOKEN", "README.md", AT)],
    },
    {
      name: "part of another name",
      ...layout({ "README.md": "NPM_TOKEN, TOKENS, my-token" }, "./a.sh ${{ secrets.TOKENX }}"),
      errors: [undocumented("secret", "TOKENX", "README.md", AT)],
    },
    {
      name: "a variable",
      ...layout({ "docs/a.md": "", "docs/b.md": "" }, "./a.sh ${{ vars.REGION }}"),
      errors: [undocumented("variable", "REGION", "docs/a.md and 1 other file", AT)],
    },
    {
      name: "each name once",
      ...layout(
        { "README.md": "", "docs/a.md": "", "docs/b.md": "" },
        "./a.sh ${{ secrets.A || secrets.B }} ${{ secrets.a }}",
      ),
      errors: [
        undocumented("secret", "A", "README.md and 2 other files", AT),
        undocumented("secret", "B", "README.md and 2 other files", AT),
      ],
    },
    {
      name: "a name by index, in a condition",
      file: WORKFLOW,
      files: { "README.md": "", [WORKFLOW]: workflow("make", "    if: vars['DEPLOY'] == 'true'\n") },
      errors: [undocumented("variable", "DEPLOY", "README.md", { line: 5, column: 9 })],
    },
    {
      name: "named by its uses alone",
      ...layout({ "README.md": "TOKEN" }),
      options: [{ files: ["docs/*.md", "SECRETS.md"] }],
      errors: [{ message: missing("`TOKEN`", "`docs/*.md`, `SECRETS.md`"), ...AT }],
    },
    {
      name: "what a caller passes on",
      file: WORKFLOW,
      files: {
        "README.md": "token",
        ".github/workflows/called.yml": CALLED,
        [WORKFLOW]: caller("{ token: '${{ secrets.DEPLOY_TOKEN }}' }"),
      },
      errors: [undocumented("secret", "DEPLOY_TOKEN", "README.md", { line: 5, column: 24 })],
    },
    {
      name: "what a caller passes on with all others",
      file: ".github/workflows/called.yml",
      files: { "README.md": "", ".github/workflows/called.yml": CALLED, [WORKFLOW]: caller("inherit") },
      errors: [undocumented("secret", "token", "README.md", { line: 9, column: 21 })],
    },
    {
      name: "no documentation",
      ...layout({ "apps/web/src/README.txt": "" }, "./a.sh ${{ secrets.A }} ${{ vars.B }} ${{ vars.C }}"),
      errors: [{ message: missing("`A`, `B`, `C`", DEFAULT), ...AT }],
    },
    {
      name: "no documentation of many names",
      ...layout({}, `./a.sh ${["A", "B", "C", "D", "E", "F", "G"].map((name) => `\${{ secrets.${name} }}`).join(" ")}`),
      errors: [{ message: missing("`A`, `B`, `C`, `D`, `E`, 2 more", DEFAULT), ...AT }],
    },
  ],
});
