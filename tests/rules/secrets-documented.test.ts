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
const unused = (table: string, names: string) => ({
  message: `The table in ${table} asks for GitHub secrets that no workflow here reads: ${names}. Whoever follows it sets them for nothing: take them out of the table, or hand them to the step that needs them.`,
  line: 1,
  column: 1,
});
const table = (...rows: readonly string[]): string => ["| Secret | Use |", "| --- | --- |", ...rows, ""].join("\n");
const listed = (...rows: readonly string[]): string => `# Acme\n\n## GitHub secrets\n\n${table(...rows)}`;
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
    {
      name: "listed and used",
      ...layout({ "README.md": listed("| `TOKEN` | deploys |", "| `GITHUB_TOKEN` | built in |") }),
    },
    {
      name: "listed and used in another case",
      ...layout({ "README.md": listed("| TOKEN | |", "| OLD | |") }, "a ${{ secrets.TOKEN }} ${{ secrets.old }}"),
    },
    ...[
      ".github/actions/a/action.yml",
      ".github/dependabot.yml",
      ".circleci/config.yml",
      "packages/create/template/.github/workflows/ci.yml",
      "packages/create/template/ci.yml.hbs",
      ".github/scripts/deploy.sh",
    ].map((file) => ({
      name: `listed and named in ${file}`,
      ...layout({ "README.md": listed("| TOKEN | |", "| OLD | |"), [file]: "a: ${{ secrets.OLD }}" }),
    })),
    {
      name: "listed for another repository, as an example shows",
      ...layout({ "README.md": `${listed("| TOKEN | |", "| OLD | |")}\n    token: \${{ secrets.OLD }}\n` }),
    },
    ...["${{ toJSON(secrets) }}", "${{ secrets[matrix.name] }}", "${{ toJSON( Secrets.* ) }}"].map((run) => ({
      name: `listed and read by ${run}`,
      ...layout({ "README.md": listed("| TOKEN | |", "| OLD | |") }, `\${{ secrets.TOKEN }} ${run}`),
    })),
    {
      name: "listed, and given with all others to a workflow elsewhere",
      ...layout({
        "README.md": listed("| TOKEN | |", "| OLD | |"),
        ".github/workflows/other.yml":
          "on: push\njobs:\n  a:\n    uses: a/b/.github/workflows/c.yml@v1\n    secrets: inherit\n",
      }),
    },
    {
      name: "listed beside a workflow that cannot be read",
      ...layout({ "README.md": listed("| TOKEN | |", "| OLD | |"), ".github/workflows/other.yml": "on: [push\n" }),
    },
    {
      name: "listed, told of in another workflow",
      ...layout({ "README.md": listed("| TOKEN | |", "| OLD | |"), ".github/workflows/a.yml": workflow("make") }),
    },
    ...[
      table("| TOKEN | |", "| OLD | |"),
      `## Secrets of the Worker\n\n${table("| TOKEN | |", "| OLD | |")}`,
      `## GitHub App secrets\n\n${table("| TOKEN | |", "| OLD | |")}`,
      `## Future GitHub secrets\n\n${table("| TOKEN | |", "| OLD | |")}`,
      listed("| TOKEN | |", "| OLD | deprecated |", "| ~~OLDER~~ | |", "| `A` or `B` | |", "| Name of the region | |"),
      `## GitHub secrets\n\n| Where | What |\n| --- | --- |\n| PRODUCTION | TOKEN |\n`,
      `## GitHub secrets\n\n\`\`\`\n${table("| TOKEN | |", "| OLD | |")}\`\`\`\n`,
      "## GitHub secrets\n\n`TOKEN` and `OLD`.\n",
    ].map((text, index) => ({
      name: `no list of GitHub's secrets, ${String(index)}`,
      ...layout({ "README.md": `GitHub secrets\n\n${text}` }),
    })),
  ],
  invalid: [
    {
      name: "listed and used by nothing",
      ...layout({ "README.md": listed("| `TOKEN` | deploys |", "| `OLD_TOKEN` | |", "| **OLDER** | |") }),
      errors: [unused("README.md:5", "`OLD_TOKEN`, `OLDER`")],
    },
    {
      name: "listed under a column of GitHub's, in a workflow without secrets",
      ...layout(
        {
          "README.md": "TOKEN",
          "docs/ci.md": "\r\n| Use | Repository secret |\r\n|---|---|\r\n| a | OLD\\_TOKEN |\r\n",
        },
        "make",
      ),
      errors: [unused("docs/ci.md:2", "`OLD_TOKEN`")],
    },
    {
      name: "listed beside the workflows",
      ...layout({ ".github/secrets.md": listed("| TOKEN | |", "| OLD | |") }),
      errors: [unused(".github/secrets.md:5", "`OLD`")],
    },
    {
      name: "listed, beside a caller that gives all secrets to a workflow of the repository",
      file: ".github/workflows/called.yml",
      files: {
        "README.md": listed("| TOKEN | |", "| OLD | |"),
        ".github/workflows/called.yml": CALLED,
        [WORKFLOW]: caller("inherit"),
      },
      errors: [unused("README.md:5", "`OLD`")],
    },
    {
      name: "listed in two documents, and another secret not at all",
      ...layout({ "README.md": listed("| OLD | |"), "docs/ci.md": listed("| OLDER | |") }),
      errors: [
        unused("README.md:5", "`OLD`"),
        unused("docs/ci.md:5", "`OLDER`"),
        undocumented("secret", "TOKEN", "README.md and 1 other file", AT),
      ],
    },
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
