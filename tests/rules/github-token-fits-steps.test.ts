import { RuleTester } from "../support/rule-tester.ts";
import type { RepositoryFiles } from "../support/temporary.ts";

const WORKFLOW = ".github/workflows/ci.yml";
const CALLER = ".github/workflows/release.yml";
const ACTION = ".github/actions/release/action.yml";
const CHECKOUT = "uses: actions/checkout@v5";
const RELEASE = "uses: softprops/action-gh-release@v2";
const READ = "permissions: { contents: read }";
/** What a suggestion cannot add to. */
const ALL = { own: "permissions: read-all" };
const TOKEN = "${{ github.token }}";

interface Options {
  /** The `permissions` of the workflow, and further keys of it. */
  readonly own?: string;
  /** Lines of the job. */
  readonly job?: string;
  readonly runner?: string;
  readonly on?: string;
  readonly others?: RepositoryFiles;
}

const workflow = (lines: readonly string[], { own = READ, job = "", runner = "ubuntu-latest", on = "push" }: Options) =>
  `on: ${on}\n${own}\njobs:\n  job:\n    runs-on: ${runner}\n${job}    steps:\n${lines.map((line) => `      - ${line}\n`).join("")}`;
/** A job whose steps come after a checkout; the first of them stands in line 8. */
const steps = (lines: readonly string[], options: Options = {}) => ({
  file: WORKFLOW,
  files: { ".git/HEAD": "", [WORKFLOW]: workflow([CHECKOUT, ...lines], options), ...options.others },
});
const OWN_WRITE = "    permissions:\n      contents: write\n";
const SCAN = "uses: github/codeql-action/analyze@v4";
const withs = (uses: string, inputs: string): string => `uses: ${uses}\n        with: { ${inputs} }`;
/** A script with the token of the job. */
const gh = (command: string, token = TOKEN): string => `run: ${command}\n        env:\n          GH_TOKEN: ${token}`;

const lacking = (subject: string, needed: string, allowed: string, place = `${WORKFLOW}:2`): string =>
  `${subject} fails: it needs ${needed}, and the \`GITHUB_TOKEN\` of this job has ${allowed} (${place}).`;
const waiting = (message: string): string => message.replace(" fails", " fails where it has something to do");
const granting = (needed: string, output: string) => ({
  messageId: "grantPermissions",
  data: { needed },
  output,
});

/** A workflow that others call, and one that calls it. */
const called = (ofCallee: string, ofCaller: string) => ({
  files: {
    ".git/HEAD": "",
    [WORKFLOW]: workflow([CHECKOUT, RELEASE], { own: ofCallee, on: "workflow_call" }),
    [CALLER]: `on: push\njobs:\n  release:\n    ${ofCaller}\n    uses: ./${WORKFLOW}\n`,
  },
});
/** A composite action that makes a release, and a workflow that uses it. */
const composite = (own: string) => ({
  files: {
    ".git/HEAD": "",
    [ACTION]: `runs:\n  using: composite\n  steps:\n    - ${RELEASE}\n`,
    [WORKFLOW]: workflow([CHECKOUT, `uses: ./.github/actions/release`], { own }),
  },
});

new RuleTester().run("github-token-fits-steps", {
  valid: [
    { name: "it may write", ...steps([RELEASE], { own: "permissions: { contents: write }" }) },
    { name: "it may write everything", ...steps([RELEASE], { own: "permissions: write-all" }) },
    { name: "the job grants it", ...steps([RELEASE], { job: "    permissions: { contents: write }\n" }) },
    { name: "a setting grants it", ...steps([RELEASE], { own: "name: CI" }) },
    { name: "`permissions` without a value", ...steps([RELEASE], { own: "permissions:" }) },
    { name: "another token", ...steps([withs("softprops/action-gh-release@v2", "token: '${{ secrets.PAT }}'")]) },
    {
      name: "perhaps another token",
      ...steps([withs("softprops/action-gh-release@v2", "token: '${{ secrets.PAT || github.token }}'")]),
    },
    {
      name: "another token in the environment",
      ...steps([`${RELEASE}\n        env:\n          GITHUB_TOKEN: \${{ secrets.PAT }}`]),
    },
    { name: "another repository", ...steps([withs("softprops/action-gh-release@v2", "repository: acme/other")]) },
    { name: "a failure that is tolerated", ...steps([`${RELEASE}\n        continue-on-error: true`]) },
    { name: "it never runs", ...steps([`${RELEASE}\n        if: false`]) },
    { name: "an action that is not known", ...steps(["uses: acme/release@v1"]) },
    {
      name: "a release of an action that is not known",
      ...steps([`uses: googleapis/release-please-action@${"0".repeat(40)}`]),
    },
    {
      name: "comments by one of two permissions",
      ...steps(["uses: marocchino/sticky-pull-request-comment@v2"], { own: "permissions: { issues: write }" }),
    },
    {
      name: "findings that a pull request may upload",
      ...steps(["uses: github/codeql-action/analyze@v4"], {
        own: "permissions: { contents: read }",
        on: "[push, pull_request]",
      }),
    },
    { name: "findings that are not uploaded", ...steps([withs("github/codeql-action/analyze@v4", "upload: never")]) },
    {
      name: "a role by keys",
      ...steps([
        withs("aws-actions/configure-aws-credentials@v5", "role-to-assume: r, aws-access-key-id: '${{ secrets.KEY }}'"),
      ]),
    },
    {
      name: "a role by the credentials of a server of one's own",
      ...steps([withs("aws-actions/configure-aws-credentials@v5", "role-to-assume: r")], { runner: "self-hosted" }),
    },
    {
      name: "a role by the credentials of a step before",
      ...steps([
        withs("aws-actions/configure-aws-credentials@v5", "aws-access-key-id: '${{ secrets.KEY }}'"),
        withs("aws-actions/configure-aws-credentials@v5", "role-to-assume: r"),
      ]),
    },
    { name: "Claude by a token", ...steps([withs("anthropics/claude-code-action@v1", `github_token: '${TOKEN}'`)]) },
    {
      name: "the token of a caller that may write",
      file: CALLER,
      ...called("name: CI", "permissions: { contents: write }"),
    },
    { name: "the token of a caller without `permissions`", file: CALLER, ...called("name: CI", "name: Release") },
    { name: "a workflow that only others call", ...steps([RELEASE], { on: "workflow_call" }) },
    { name: "an action of a job that may write", file: WORKFLOW, ...composite("permissions: { contents: write }") },
    { name: "an action, whose workflow has to be mended", file: ACTION, ...composite(READ) },

    { name: "gh by another token", ...steps([gh("gh release create v1", "${{ secrets.PAT }}")]) },
    { name: "gh by a token that the script sets", ...steps(["run: GH_TOKEN=$(cat token) gh release create v1"]) },
    { name: "gh for another repository", ...steps([gh("gh release create v1 -R acme/other")]) },
    {
      name: "gh in another checkout",
      ...steps([withs("actions/checkout@v5", "repository: acme/other"), gh("gh release create v1")]),
    },
    { name: "gh that only reads", ...steps([gh("gh release view v1")]) },
    { name: "gh that opens a browser", ...steps([gh("gh pr create --web")]) },
    { name: "gh where a failure is tolerated", ...steps([gh("gh release create v1 || true")]) },
    {
      name: "gh where somebody has logged in",
      ...steps(["run: echo ${{ secrets.PAT }} | gh auth login --with-token", "run: gh release create v1"]),
    },
    { name: "gh on a server of one's own", ...steps(["run: gh release create v1"], { runner: "self-hosted" }) },
    { name: "gh without a token that asks for none", ...steps(["run: gh --version"]) },
    {
      name: "gh by a token that is asked for",
      ...steps([gh('if [ -n "$PAT_TOKEN" ]; then gh release create v1; fi')]),
    },
    {
      name: "gh in a command to which an action may give a token",
      ...steps([withs("changesets/action@v2", "publish-script: npm run release")], {
        own: "permissions: write-all",
        others: { "package.json": '{ "scripts": { "release": "gh release create v1" } }' },
      }),
    },
    {
      name: "a push by what an action may give git",
      file: WORKFLOW,
      files: {
        [WORKFLOW]: workflow(
          [
            withs("actions/checkout@v5", "persist-credentials: false"),
            withs("changesets/action@v1", "publish: git push --follow-tags"),
          ],
          { own: "permissions: write-all" },
        ),
      },
    },
    {
      name: "a tag that may be empty",
      ...steps([
        `uses: tauri-apps/tauri-action@v0\n        env:\n          GITHUB_TOKEN: ${TOKEN}\n        with:\n          tagName: \${{ github.ref_type == 'tag' && 'v1' || '' }}`,
      ]),
    },
    { name: "a variable of an organization", ...steps([gh("gh secret set A --org acme")]) },

    { name: "a push that is allowed", ...steps(["run: git push"], { own: "permissions: { contents: write }" }) },
    { name: "a push to another remote", ...steps(["run: git push upstream main"]) },
    {
      name: "a push by a token",
      ...steps(["run: git push https://x-access-token:${{ secrets.PAT }}@github.com/acme/app"]),
    },
    {
      name: "a push after the remote has changed",
      ...steps(["run: git remote set-url origin https://github.com/acme/other", "run: git push"]),
    },
    { name: "a push by what gh sets up", ...steps(["run: gh auth setup-git", "run: git push"]) },
    {
      name: "a push by a command of one's own",
      ...steps(["run: git config core.sshCommand 'ssh -i key'", "run: git push"]),
    },
    {
      name: "a push after a script that may change git",
      ...steps(["run: python3 prepare.py", "run: git push"], {
        others: { "prepare.py": "subprocess.run(['git', 'remote', 'set-url', 'origin', url])" },
      }),
    },
    {
      name: "a push by a key",
      ...steps([withs("webfactory/ssh-agent@v0.9.1", "ssh-private-key: '${{ secrets.KEY }}'"), "run: git push"]),
    },
    { name: "a push after an action that is not known", ...steps(["uses: acme/git-credentials@v1", "run: git push"]) },
    {
      name: "a push from a checkout with another token",
      file: WORKFLOW,
      files: {
        [WORKFLOW]: workflow([withs("actions/checkout@v5", "token: '${{ secrets.PAT }}'"), "run: git push"], {}),
      },
    },
    {
      name: "a push from a checkout with a key",
      file: WORKFLOW,
      files: {
        [WORKFLOW]: workflow([withs("actions/checkout@v5", "ssh-key: '${{ secrets.KEY }}'"), "run: git push"], {}),
      },
    },
    { name: "a push without a checkout", file: WORKFLOW, files: { [WORKFLOW]: workflow(["run: git push"], {}) } },
    {
      name: "a push by credentials of its own",
      file: WORKFLOW,
      files: {
        [WORKFLOW]: workflow(
          [
            withs("actions/checkout@v5", "persist-credentials: false"),
            "run: git config --global url.https://x:${{ secrets.PAT }}@github.com/.insteadOf https://github.com/",
            "run: git push",
          ],
          {},
        ),
      },
    },
  ],
  invalid: [
    {
      name: "a release",
      ...steps([RELEASE]),
      errors: [
        {
          message: lacking("`softprops/action-gh-release@v2`", "`contents: write`", "`contents: read`"),
          line: 8,
          column: 15,
          suggestions: [granting("`contents: write`", workflow([CHECKOUT, RELEASE], { job: OWN_WRITE }))],
        },
      ],
    },
    {
      name: "`permissions` of the job",
      ...steps([RELEASE], { own: "permissions: write-all", job: "    permissions: { contents: read }\n" }),
      errors: [
        {
          message: lacking(
            "`softprops/action-gh-release@v2`",
            "`contents: write`",
            "`contents: read`",
            `${WORKFLOW}:6`,
          ),
          suggestions: [
            granting(
              "`contents: write`",
              workflow([CHECKOUT, RELEASE], {
                own: "permissions: write-all",
                job: "    permissions: { contents: write }\n",
              }),
            ),
          ],
        },
      ],
    },
    {
      name: "`read-all`, `{}`, and the token by its other name",
      ...steps(
        ["uses: actions/deploy-pages@v4", withs("ncipollo/release-action@v1", "token: '${{ secrets.GITHUB_TOKEN }}'")],
        {
          own: "permissions: read-all",
        },
      ),
      errors: [
        lacking(
          "`actions/deploy-pages@v4`",
          "`pages: write` and `id-token: write`",
          "`pages: read` and `id-token: read`",
        ),
        lacking("`ncipollo/release-action@v1`", "`contents: write`", "`contents: read`"),
      ].map((message) => ({ message })),
    },
    {
      name: "nothing is granted",
      ...steps(["uses: actions/attest-build-provenance@v3"], { own: "permissions: {}" }),
      errors: [
        {
          message: lacking(
            "`actions/attest-build-provenance@v3`",
            "`id-token: write` and `attestations: write`",
            "`id-token: none` and `attestations: none`",
          ),
          suggestions: [
            granting(
              "`id-token: write` and `attestations: write`",
              workflow([CHECKOUT, "uses: actions/attest-build-provenance@v3"], {
                own: "permissions: {}",
                job: "    permissions:\n      id-token: write\n      attestations: write\n",
              }),
            ),
          ],
        },
      ],
    },
    {
      name: "what has to be granted by name",
      ...steps(
        [
          "uses: anthropics/claude-code-action@v1",
          withs("aws-actions/configure-aws-credentials@v5", "role-to-assume: r"),
          withs("google-github-actions/auth@v3", "workload_identity_provider: p"),
          withs("azure/login@v2", "client-id: c"),
          "uses: pypa/gh-action-pypi-publish@release/v1",
        ],
        { own: "name: CI" },
      ),
      errors: [
        "anthropics/claude-code-action@v1",
        "aws-actions/configure-aws-credentials@v5",
        "google-github-actions/auth@v3",
        "azure/login@v2",
        "pypa/gh-action-pypi-publish@release/v1",
      ].map((action) => ({
        message: `\`${action}\` fails: it needs \`id-token: write\`, which no job has unless its \`permissions\` grant it.`,
      })),
    },
    {
      name: "what there is not always something to do for",
      ...steps(
        [
          "uses: stefanzweifel/git-auto-commit-action@v6",
          "uses: peter-evans/create-pull-request@v7",
          "uses: marocchino/sticky-pull-request-comment@v2",
        ],
        ALL,
      ),
      errors: [
        lacking("`stefanzweifel/git-auto-commit-action@v6`", "`contents: write`", "`contents: read`"),
        lacking(
          "`peter-evans/create-pull-request@v7`",
          "`contents: write` and `pull-requests: write`",
          "`contents: read` and `pull-requests: read`",
        ),
        lacking("`marocchino/sticky-pull-request-comment@v2`", "`pull-requests: write`", "`pull-requests: read`"),
      ].map((message) => ({ message: waiting(message) })),
    },
    {
      name: "findings that nobody may upload",
      ...steps([SCAN]),
      errors: [
        {
          message: lacking("`github/codeql-action/analyze@v4`", "`security-events: write`", "`security-events: none`"),
          suggestions: [
            granting(
              "`security-events: write`",
              workflow([CHECKOUT, SCAN], {
                job: "    permissions:\n      contents: read\n      security-events: write\n",
              }),
            ),
          ],
        },
      ],
    },
    {
      name: "the token of a caller",
      file: CALLER,
      ...called("name: CI", READ),
      errors: [
        {
          message: lacking(
            `\`./${WORKFLOW}\` runs \`softprops/action-gh-release@v2\` (${WORKFLOW}:8), which`,
            "`contents: write`",
            "`contents: read`",
            `${CALLER}:4`,
          ),
          line: 5,
          suggestions: [
            granting(
              "`contents: write`",
              `on: push\njobs:\n  release:\n    permissions: { contents: write }\n    uses: ./${WORKFLOW}\n`,
            ),
          ],
        },
      ],
    },
    {
      name: "`permissions` of a called workflow",
      file: WORKFLOW,
      ...called(ALL.own, "permissions: write-all"),
      errors: [{ message: lacking("`softprops/action-gh-release@v2`", "`contents: write`", "`contents: read`") }],
    },
    {
      name: "an action of the repository",
      file: WORKFLOW,
      ...composite(ALL.own),
      errors: [
        {
          message: lacking(
            `\`./.github/actions/release\` runs \`softprops/action-gh-release@v2\` (${ACTION}:4), which`,
            "`contents: write`",
            "`contents: read`",
          ),
          line: 8,
        },
      ],
    },
    {
      name: "commands of gh",
      ...steps(
        [
          gh("gh release create v1 --repo ${{ github.repository }}"),
          gh('gh workflow run ci.yml -R "$GITHUB_REPOSITORY"', "${{ secrets.GITHUB_TOKEN }}"),
          gh("gh pr comment 1 --body done"),
        ],
        ALL,
      ),
      errors: [
        lacking("`gh release create v1 --repo ${{ github.repository }}`", "`contents: write`", "`contents: read`"),
        lacking('`gh workflow run ci.yml -R "$GITHUB_REPOSITORY"`', "`actions: write`", "`actions: read`"),
        lacking("`gh pr comment 1 --body done`", "`pull-requests: write`", "`pull-requests: read`"),
      ].map((message) => ({ message })),
    },
    {
      name: "a command of a script, where there is something to release",
      ...steps([gh("sh release.sh")], {
        ...ALL,
        others: { "release.sh": "set -e\nif git diff --quiet; then exit 0; fi\ngh release create v1\n" },
      }),
      errors: [
        {
          message: waiting(
            lacking(
              "`sh release.sh` runs `gh release create v1` (release.sh:3 `gh release create v1`), which",
              "`contents: write`",
              "`contents: read`",
            ),
          ),
        },
      ],
    },
    {
      name: "a command of a package script",
      ...steps(["run: npm run release"], {
        ...ALL,
        job: `    env:\n      GITHUB_TOKEN: ${TOKEN}\n`,
        others: { "package.json": '{ "scripts": { "release": "gh release create v1" } }' },
      }),
      errors: [
        {
          message: lacking(
            "`npm run release` runs `gh release create v1` (package.json:1 `gh release create v1`), which",
            "`contents: write`",
            "`contents: read`",
          ),
          line: 10,
        },
      ],
    },
    {
      name: "a release whose `draft` is `false`, and a push of an action without credentials",
      file: WORKFLOW,
      files: {
        [WORKFLOW]: workflow(
          [
            withs("actions/checkout@v5", "persist-credentials: false"),
            "uses: stefanzweifel/git-auto-commit-action@v6",
            withs("softprops/action-gh-release@v2", "draft: false"),
          ],
          ALL,
        ),
      },
      errors: [
        {
          message: `\`stefanzweifel/git-auto-commit-action@v6\` fails where it has something to do: with \`persist-credentials: false\` (${WORKFLOW}:8) git has nothing to log in by.`,
        },
        { message: lacking("`softprops/action-gh-release@v2`", "`contents: write`", "`contents: read`") },
      ],
    },
    {
      name: "what no permission allows",
      ...steps([gh("gh secret set A --body b")], { own: "permissions: write-all" }),
      errors: [
        {
          message:
            "`gh secret set A --body b` fails: no `permissions` allow the `GITHUB_TOKEN` of a job to do that. It takes a token of an app or a person.",
          line: 8,
        },
      ],
    },
    {
      name: "gh without a token",
      ...steps(["run: gh pr comment 1 --body done"], { own: "name: CI" }),
      errors: [
        {
          message: "`gh pr comment 1 --body done` fails: in a workflow gh needs `GH_TOKEN`, and nothing sets it.",
          suggestions: [
            {
              messageId: "addToken",
              output: workflow([CHECKOUT, gh("gh pr comment 1 --body done")], { own: "name: CI" }),
            },
          ],
        },
      ],
    },
    {
      name: "a push",
      ...steps(["run: git push --follow-tags", "run: git push origin HEAD:main"], ALL),
      errors: ["`git push --follow-tags`", "`git push origin HEAD:main`"].map((subject) => ({
        message: lacking(subject, "`contents: write`", "`contents: read`"),
      })),
    },
    {
      name: "a push of what has changed",
      ...steps(
        [
          "run: git config user.name bot && git config user.email bot@example.com",
          "run: git diff --quiet || (git commit -am update && git push)",
        ],
        ALL,
      ),
      errors: [{ message: waiting(lacking("`git push`", "`contents: write`", "`contents: read`")) }],
    },
    {
      name: "a push without credentials",
      file: WORKFLOW,
      files: {
        [WORKFLOW]: workflow([withs("actions/checkout@v5", "persist-credentials: false"), "run: git push"], {
          own: "name: CI",
        }),
      },
      errors: [
        {
          message: `\`git push\` fails: with \`persist-credentials: false\` (${WORKFLOW}:8) git has nothing to log in by.`,
          line: 9,
        },
      ],
    },
  ],
});
