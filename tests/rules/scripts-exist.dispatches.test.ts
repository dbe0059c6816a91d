import { RuleTester } from "../support/rule-tester.ts";

const WORKFLOW = ".github/workflows/ci.yml";

const steps = (script: string, keys = "", before = ""): string =>
  `on: push\nenv:\n  REPO: \${{ github.repository }}\n  OTHER: acme/other\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v5\n${before}      - run: ${JSON.stringify(script)}\n${keys}`;
const others = {
  ".github/workflows/release.yml": "on: workflow_dispatch\njobs: {}\n",
  "docs/index.md": "",
};
const dispatch = (script: string, keys?: string, before?: string) => ({
  name: [script, keys, before].join(" "),
  file: WORKFLOW,
  files: { ...others, [WORKFLOW]: steps(script, keys, before) },
});
const env = (name: string, value: string): string => `        env: { ${name}: "${value}" }\n`;
const GONE = "gh workflow run gone.yml";

new RuleTester().run("scripts-exist", {
  valid: [
    ...[
      "gh workflow run release.yml",
      "gh workflow run .github/workflows/release.yml --ref main",
      "gh workflow run RELEASE.yml",
      "gh workflow run Gone",
      "gh workflow run 1234",
      'gh workflow run "$FILE.yml"',
      "gh workflow run ${{ matrix.file }}.yml",
      "gh workflow run docs/gone.yml",
      "gh workflow run gone.yml gone.yml",
      "NAME=gone.yml\ngh workflow run $NAME",
      `if [ -n "\${{ inputs.a }}" ]; then R=acme/other; else R="$REPO"; fi\n${GONE} -R "$R"`,
      `${GONE} \${{ inputs.flag }}`,
      `R=acme/other\nif [ -n "\${{ inputs.a }}" ]; then R="$REPO"; fi\n${GONE} -R "$R"`,
      "gh workflow view gone.yml",
      "gh run list --workflow gone.yml",
      `${GONE} \${{ inputs.arguments }}`,
      `${GONE} --dry-run`,
      // Of another repository, or perhaps of one.
      `${GONE} --repo acme/other`,
      `${GONE} -R "$OTHER"`,
      `${GONE} -R '$REPO'`,
      `REPO=acme/other\n${GONE} -R "$REPO"`,
      `${GONE} --repo \${{ github.repository_owner }}/other`,
      `GH_REPO=acme/other ${GONE}`,
      `GH_HOST=github.acme.com ${GONE}`,
      `git clone https://github.com/acme/other\ncd other\n${GONE}`,
      `git remote add upstream https://github.com/acme/other\n${GONE}`,
      `gh repo set-default acme/other\n${GONE}`,
      `mkdir made\ncd made\n${GONE}`,
      // A workflow that ran before on another branch can be started there again.
      `${GONE} --ref gh-pages`,
      `${GONE} --ref "$TAG"`,
      // Failures that nobody minds.
      `${GONE} || true`,
      `if ! ${GONE}; then echo a; fi`,
      `if gh workflow view gone.yml; then ${GONE}; fi`,
    ].map((script) => dispatch(script)),
    dispatch(GONE, "        continue-on-error: true\n"),
    dispatch(GONE, "        if: hashFiles('.github/workflows/gone.yml') != ''\n"),
    dispatch(GONE, "        if: github.ref == 'refs/heads/v1'\n"),
    dispatch(GONE, env("GH_REPO", "acme/other")),
    dispatch(GONE, env("GH_REPO", "${{ inputs.repository }}")),
    dispatch(
      GONE,
      "        if: steps.find.outputs.has == 'true'\n",
      "      - id: find\n        run: gh workflow list | grep -q gone && echo has=true >> $GITHUB_OUTPUT || true\n",
    ),
    dispatch(GONE, "", "      - uses: actions/checkout@v5\n        with: { repository: acme/other }\n"),
    dispatch(GONE, "        if: hashFiles('docs/*.md') != ''\n"),
    {
      name: "without a checkout, where gh knows no repository",
      file: WORKFLOW,
      files: { [WORKFLOW]: steps(GONE).replace("actions/checkout@v5", "actions/setup-node@v4") },
    },
    {
      name: "a sparse checkout",
      file: WORKFLOW,
      files: { [WORKFLOW]: steps(GONE), ".git/info/sparse-checkout": "/docs/\n" },
    },
  ],
  invalid: [
    {
      name: "the message, with the workflow that is meant",
      file: WORKFLOW,
      files: { ...others, [WORKFLOW]: steps("gh workflow run releases.yml -f a=b") },
      errors: [
        {
          message:
            "`gh workflow run releases.yml -f a=b` fails: GitHub looks for `.github/workflows/releases.yml` on the default branch, and the repository has none. There is `.github/workflows/release.yml`.",
          line: 10,
          column: 15,
          suggestions: [{ messageId: "useName", output: steps("gh workflow run release.yml -f a=b") }],
        },
      ],
    },
    {
      name: "another extension, by the path",
      file: WORKFLOW,
      files: { ...others, [WORKFLOW]: steps('gh workflow run ".github/workflows/release.yaml"') },
      errors: [
        {
          messageId: "missingDispatch",
          suggestions: [{ messageId: "useName", output: steps('gh workflow run ".github/workflows/release.yml"') }],
        },
      ],
    },
    {
      name: "a package script",
      file: "package.json",
      files: {
        [WORKFLOW]: steps("npm run start-release"),
        "package.json": JSON.stringify({ scripts: { "start-release": GONE } }),
      },
      errors: [
        {
          message:
            "`gh workflow run gone.yml`, which .github/workflows/ci.yml:10 runs, fails: GitHub looks for `.github/workflows/gone.yml` on the default branch, and the repository has none.",
        },
      ],
    },
    ...[
      GONE,
      "gh -R ${{ github.repository }} workflow run gone.yaml --json",
      `${GONE} --repo "\${{ github.repository }}" -f version="$V"`,
      `${GONE} --repo=$GITHUB_REPOSITORY --ref "\${GITHUB_REF_NAME}"`,
      `${GONE} -R "$REPO" --ref \${{ github.event.repository.default_branch }}`,
      `R="$REPO"\n${GONE} -R "$R" -r main`,
      `GH_REPO= ${GONE} --repo "\${REPO}"`,
      `git config user.name a\ncd docs && ${GONE}`,
    ].map((script) => ({ ...dispatch(script), errors: [{ messageId: "missingDispatch" }] })),
    { ...dispatch(GONE, env("GH_REPO", "${{ github.repository }}")), errors: [{ messageId: "missingDispatch" }] },
    { ...dispatch(GONE, "        if: failure()\n"), errors: [{ messageId: "missingDispatch" }] },
    {
      ...dispatch(
        GONE,
        "        if: steps.count.outputs.drafts != '0'\n",
        "      - id: count\n        run: echo drafts=$(gh pr list --json number -q length -R $REPO) >> $GITHUB_OUTPUT\n",
      ),
      errors: [{ messageId: "missingDispatch" }],
    },
  ],
});
