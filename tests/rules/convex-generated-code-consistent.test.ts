import { RuleTester } from "../support/rule-tester.ts";
import type { RepositoryFiles } from "../support/temporary.ts";

const WORKFLOW = ".github/workflows/ci.yml";
const MODULES = ["api", "dataModel", "server"].map((name) => `convex/_generated/${name}.d.ts`);
const index = (paths: readonly string[], version = "\u0002"): string =>
  `DIRC\0\0\0${version}${paths.map((path) => `\0${String.fromCharCode(path.length)}${path}\0`).join("")}`;
const MANIFEST = `{\n  "dependencies": {\n    "convex": "^1.31.0"\n  }\n}\n`;

/** A package with committed code, and a job that regenerates it. */
const workflow = (...after: readonly string[]): string =>
  `on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v5\n      - run: npx convex codegen\n${after.map((step) => `      - ${step}\n`).join("")}`;
const files = (others: RepositoryFiles = {}): RepositoryFiles => ({
  "package.json": MANIFEST,
  ...Object.fromEntries(MODULES.map((path) => [path, "export {};\n"])),
  ...others,
});
const strict = { options: [{ requireFreshnessCheck: true }] };
const inWorkflow = (text: string, others: RepositoryFiles = {}) => ({
  file: WORKFLOW,
  files: files({ [WORKFLOW]: text, ...others }),
  ...strict,
});
const inManifest = (others: RepositoryFiles) => ({ file: "package.json", files: files(others) });
const unchecked =
  "`npx convex codegen` writes over the code in `convex/_generated` that is committed, and no job looks for a difference. Stale code then passes here and is used elsewhere.";

new RuleTester().run("convex-generated-code-consistent", {
  valid: [
    { name: "committed", ...inManifest({ ".git/index": index(MODULES) }) },
    { name: "ignored", ...inManifest({ ".gitignore": "_generated\n", ".git/index": index(["package.json"]) }) },
    { name: "ignored, and git cannot be asked", ...inManifest({ ".gitignore": "_generated\n" }) },
    {
      name: "ignored, and git's index is of the newest format",
      ...inManifest({ ".gitignore": "_generated\n", ".git/index": index(MODULES, "\u0004") }),
    },
    {
      name: "ignored, and committed in another package",
      ...inManifest({
        ".gitignore": "/convex/_generated\n",
        ".git/index": index(MODULES.map((path) => `packages/old/${path}`)),
      }),
    },
    {
      name: "ignored with all of the package",
      ...inManifest({
        ".gitignore": "templates\n",
        "templates/app/package.json": JSON.stringify({ dependencies: { convex: "^1.40.0" } }),
        ".git/index": index(MODULES.map((path) => `templates/app/${path}`)),
      }),
      file: "templates/app/package.json",
    },
    {
      name: "ignored in a part",
      ...inManifest({ ".gitignore": "_generated/ai\n", ".git/index": index(MODULES) }),
    },
    { name: "regenerated, without the option", ...inWorkflow(workflow("run: npx tsc")), options: [] },
    { name: "compared", ...inWorkflow(workflow("run: npx tsc", "run: git diff --exit-code")) },
    {
      name: "compared in the same step",
      ...inWorkflow(workflow().replace("run: npx convex codegen", "run: npx convex codegen && git diff --quiet")),
    },
    { name: "committed by an action", ...inWorkflow(workflow("uses: stefanzweifel/git-auto-commit-action@v6")) },
    { name: "perhaps compared by a script", ...inWorkflow(workflow("run: node scripts/check.mjs")) },
    ...[
      "make check-clean",
      "just check",
      "task check",
      "mise run check",
      "npx tsx scripts/check.ts",
      "npx ts-node scripts/check.ts",
      "python3 scripts/check.py",
      "node -e 'check()'",
      "pre-commit run --all-files",
      "npx nx affected -t check",
      "npx lefthook run pre-push",
      "diff -r /tmp/before convex/_generated",
      "sha256sum -c sums.txt",
      "cmp a b",
      "jj diff",
    ].map((command) => ({
      name: `perhaps compared by ${command}`,
      ...inWorkflow(workflow("run: npx tsc", `run: ${command}`)),
    })),
    {
      name: "perhaps generated and compared out of sight",
      ...inWorkflow(workflow("run: npx tsc"), {
        ".github/workflows/fresh.yml": workflow().replace("npx convex codegen", "make codegen-check"),
      }),
    },
    {
      name: "compared in another job",
      ...inWorkflow(workflow("run: npx tsc"), {
        ".github/workflows/fresh.yml": workflow("run: git diff --exit-code"),
      }),
    },
    { name: "not committed", ...inWorkflow(workflow("run: npx tsc"), { ".gitignore": "_generated\n" }) },
    { name: "only printed", ...inWorkflow(workflow().replace("codegen", "codegen --dry-run")) },
    { name: "tried", ...inWorkflow(workflow().replace("codegen", "codegen || true")) },
    { name: "deployed", ...inWorkflow(workflow().replace("codegen", "deploy")) },
    ...[
      '[ -z "$CONVEX_DEPLOYMENT" ] && echo skipped || convex codegen',
      '[ -n "$CONVEX_DEPLOY_KEY" ] && convex codegen',
      "test -f .env.local && convex codegen",
    ].map((script) => ({
      name: `perhaps skipped: ${script}`,
      ...inWorkflow(
        workflow().replace(
          "npx convex codegen",
          "npm run build\n        env: { CONVEX_DEPLOY_KEY: '${{ secrets.KEY }}' }",
        ),
        { "package.json": JSON.stringify({ scripts: { build: script }, dependencies: { convex: "1" } }) },
      ),
    })),
    {
      name: "skipped where an earlier step found nothing",
      ...inWorkflow(
        workflow().replace(
          "run: npx convex codegen",
          "id: key\n        run: test -f .env.local && echo found=1 >> $GITHUB_OUTPUT || true\n      - if: steps.key.outputs.found\n        run: npx convex codegen",
        ),
      ),
    },
    {
      name: "compared in another job, where it is not skipped",
      ...inWorkflow(workflow("run: npx tsc"), {
        ".github/workflows/fresh.yml": workflow("run: git diff --exit-code").replace(
          "npx convex codegen",
          'if [ "$CI" = true ]; then npx convex codegen; fi',
        ),
      }),
    },
    {
      name: "a by-product of the install",
      ...inWorkflow(workflow().replace("npx convex codegen", "npm ci"), {
        "package.json": `{ "scripts": { "postinstall": "convex codegen" }, "dependencies": { "convex": "1" } }`,
      }),
    },
  ],
  invalid: [
    {
      name: "committed and ignored",
      ...inManifest({
        ".gitignore": "node_modules\n\nconvex/_generated/ # by Convex\n_generated\n",
        ".git/index": index(MODULES),
      }),
      errors: [
        {
          message:
            "`convex/_generated/api.d.ts` is committed although .gitignore:4 ignores it: a file that Convex adds beside it later never reaches CI.",
          line: 3,
          column: 5,
        },
      ],
    },
    {
      name: "regenerated and not compared",
      ...inWorkflow(workflow("run: npx tsc")),
      errors: [
        {
          message: unchecked,
          suggestions: [
            {
              messageId: "addCheck",
              output: workflow("run: git diff --exit-code -- :/convex/_generated", "run: npx tsc"),
            },
          ],
        },
      ],
    },
    {
      name: "regenerated through a script",
      ...inWorkflow(workflow().replace("npx convex codegen", "npm run build"), {
        "package.json": `{ "scripts": { "build": "convex codegen && tsc" }, "dependencies": { "convex": "1" } }`,
      }),
      errors: [{ message: unchecked.replace("npx convex codegen", "npm run build") }],
    },
  ],
});
