import { RuleTester } from "../support/rule-tester.ts";

const WORKFLOW = ".github/workflows/release.yml";

/** A job whose last step uses an action with some inputs, in lines of their own from line 8 on. */
const using = (
  name: string,
  action: string,
  inputs: readonly string[],
  files: Readonly<Record<string, string>> = {},
) => ({
  name,
  file: WORKFLOW,
  files: {
    [WORKFLOW]: `on: push
jobs:
  release:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
      - uses: ${action}
        with:
${inputs.map((input) => `          ${input}\n`).join("")}`,
    "package.json": '{ "scripts": { "release": "echo" } }',
    "docs/package.json": '{ "scripts": { "build": "echo" } }',
    ...files,
  },
});
const missing = (command: string, script: string, owner = "package.json", hint = "") => ({
  message: `\`${command}\` fails: \`${owner}\` has no script \`${script}\`.${hint}`,
  line: 9,
});

// What actions run: as the sources cited in src/tools/action-scripts.data.ts have it.
new RuleTester().run("scripts-exist", {
  valid: [
    using("a script that is there", "changesets/action@v1", ["publish: npm run release"]),
    using("another action's input", "acme/publish@v1", ["publish: npm run publish"]),
    using("another input", "changesets/action@v1", ["title: npm run nothing"]),
    using("what looks like a script and is one word after the other", "changesets/action@v1", [
      "publish: npm run release && npm run nothing",
    ]),
    using("several lines", "changesets/action@v1", ["publish: |", "  npm run release", "  npm run nothing"]),
    using("a folder", "changesets/action@v1", ["publish: npm run build", "cwd: docs"]),
    using("a folder that is not known", "changesets/action@v1", ["publish: npm run nothing", "cwd: ${{ inputs.x }}"]),
    using("another shell", "nick-fields/retry@v3", ["command: npm run nothing", "shell: pwsh"]),
    using("a command whose failure does not count", "nick-fields/retry@v3", ["command: npm run nothing; echo done"]),
  ],
  invalid: [
    {
      ...using("a script that publishes", "changesets/action@v1", ["publish: npm run publish-all"]),
      errors: [missing("npm run publish-all", "publish-all")],
    },
    {
      ...using("a script that sets versions, by the input's newer name", "changesets/action@v2", [
        "version-script: npm run version-all",
      ]),
      errors: [missing("npm run version-all", "version-all")],
    },
    {
      ...using("the script of a folder", "changesets/action@v1", ["publish: npm run release", "cwd: docs"]),
      errors: [missing("npm run release", "release", "docs/package.json")],
    },
    {
      ...using("a command that is tried again", "nick-fields/retry@v3", ["command: npm run nothing"]),
      errors: [missing("npm run nothing", "nothing")],
    },
  ],
});
