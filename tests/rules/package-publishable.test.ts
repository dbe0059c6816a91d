import { RuleTester } from "../support/rule-tester.ts";
import type { RepositoryFiles } from "../support/temporary.ts";

const WORKFLOW = ".github/workflows/release.yml";
const PACKAGE = "packages/a/package.json";
const REPOSITORY = { repository: { type: "git", url: "git+https://github.com/acme/app.git" } };

const json = (value: object): string => `${JSON.stringify(value, undefined, 2)}\n`;
const ROOT = { name: "acme", private: true, workspaces: ["packages/*"], packageManager: "npm@11.0.0" };
const NEEDING = { name: "a", dependencies: { b: "workspace:^" } };

interface Options {
  readonly root?: object;
  readonly manifest?: object;
  readonly keys?: string;
  readonly others?: RepositoryFiles;
}

/** A workflow that runs a command, whose `env` and folder are in `keys`, in a workspace with one package. The command is in line 7. */
const publishing = (name: string, command: string, { root = {}, manifest = {}, keys = "", others }: Options = {}) => ({
  name,
  file: PACKAGE,
  files: {
    [WORKFLOW]: `on: push
jobs:
  release:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
      - run: ${command}
${keys}`,
    "package.json": json({ ...ROOT, ...root }),
    [PACKAGE]: json({ name: "a", version: "1.0.0", ...manifest }),
    ...others,
  },
});
const IN_FOLDER = "        working-directory: packages/a\n";
const PROVEN = "        env:\n          NPM_CONFIG_PROVENANCE: true\n";

const unlinked = (
  command: string,
  suggestions?: readonly { readonly messageId: string; readonly output: string }[],
) => ({
  message: `\`${command}\` (${WORKFLOW}:7) fails for this package with \`E422\`: npm's registry takes its provenance only with a \`repository\`, which has to be the one where the workflow runs.`,
  line: 2,
  ...(suggestions && { suggestions: [...suggestions] }),
});
const unresolved = (command: string, dependency = "b@workspace:^") => ({
  message: `\`${command}\` (${WORKFLOW}:7) publishes \`${dependency}\` as it stands: npm leaves such a range alone, and nobody can install this package.`,
});
const BY_CHANGESETS = { devDependencies: { "@changesets/cli": "2.29.7" } };

new RuleTester().run("package-publishable", {
  valid: [
    publishing("it has a repository", "npm publish --provenance", { keys: IN_FOLDER, manifest: REPOSITORY }),
    publishing("it has one in the short form", "npm publish --provenance", {
      keys: IN_FOLDER,
      manifest: { repository: "acme/app" },
    }),
    publishing("nobody asks for provenance", "npm publish", { keys: IN_FOLDER }),
    publishing("nobody asks for it any more", "npm publish --provenance=false", { keys: IN_FOLDER }),
    publishing("another registry", "npm publish --provenance", {
      keys: IN_FOLDER,
      manifest: { publishConfig: { registry: "https://npm.pkg.github.com" } },
    }),
    publishing("another registry by a file", "npm publish --provenance", {
      keys: IN_FOLDER,
      others: { ".npmrc": "registry=https://npm.acme.dev\n" },
    }),
    publishing("it is private", "changeset publish", { keys: PROVEN, manifest: { private: true } }),
    publishing("changesets leave it out", "npx changeset publish", {
      keys: PROVEN,
      others: { ".changeset/config.json": json({ ignore: ["a"] }) },
    }),
    publishing("another package is published", "npm publish --provenance ../b", { keys: IN_FOLDER }),
    publishing("a tarball is published", "npm publish --provenance a.tgz", { keys: IN_FOLDER }),
    publishing("nothing is published", "npm publish --provenance --dry-run", { keys: IN_FOLDER }),
    publishing("a failure is tolerated", "npm publish --provenance || true", { keys: IN_FOLDER }),
    publishing("the package is written before", "npm pkg set repository=acme/app && npm publish --provenance", {
      keys: IN_FOLDER,
    }),
    publishing("a script may write it before", "node prepare.js && npm publish --provenance", {
      keys: IN_FOLDER,
      others: { "packages/a/prepare.js": 'fs.writeFileSync("package.json", "")' },
    }),
    publishing("its own script may write it", "npm publish --provenance", {
      keys: IN_FOLDER,
      manifest: { scripts: { prepack: "clean-package" } },
    }),
    publishing("a range that pnpm resolves", "pnpm publish", {
      keys: IN_FOLDER,
      manifest: NEEDING,
      root: { packageManager: "pnpm@10.0.0" },
    }),
    publishing("a range that changesets leave to pnpm", "npx changeset publish", {
      manifest: NEEDING,
      root: { ...BY_CHANGESETS, packageManager: "pnpm@10.0.0" },
      others: { "pnpm-workspace.yaml": "packages: [packages/*]\n" },
    }),
    publishing("a range for which it is not known who publishes", "npx changeset publish", {
      manifest: NEEDING,
      root: { devDependencies: { "@changesets/cli": "^3.0.0" } },
    }),
    publishing("a range that is not installed with the package", "npm publish", {
      keys: IN_FOLDER,
      manifest: { devDependencies: { b: "workspace:*" } },
    }),
    publishing("a range of the registry", "npm publish", {
      keys: IN_FOLDER,
      manifest: { dependencies: { b: "^1.0.0" } },
    }),
  ],
  invalid: [
    {
      ...publishing("a flag", "npm publish --provenance --access public", { keys: IN_FOLDER }),
      errors: [unlinked("npm publish --provenance --access public")],
    },
    {
      ...publishing("a variable", "npx changeset publish", { keys: PROVEN }),
      errors: [unlinked("npx changeset publish")],
    },
    {
      ...publishing("the package's own setting", "pnpm -r publish", {
        manifest: { publishConfig: { provenance: true } },
        root: { packageManager: "pnpm@10.0.0" },
        others: { "pnpm-workspace.yaml": "packages: [packages/*]\n" },
      }),
      errors: [unlinked("pnpm -r publish")],
    },
    {
      ...publishing("a setting of the workspace, and a repository that another package names", "npm publish", {
        keys: IN_FOLDER,
        root: REPOSITORY,
        others: { ".npmrc": "provenance=true\n" },
      }),
      errors: [
        unlinked("npm publish", [
          {
            messageId: "addRepository",
            output: `{
  "name": "a",
  "version": "1.0.0",
  "repository": { "type": "git", "url": "git+https://github.com/acme/app.git" }
}
`,
          },
        ]),
      ],
    },
    {
      ...publishing("ranges of the workspace's protocols", "npm publish", {
        keys: IN_FOLDER,
        manifest: { ...NEEDING, peerDependencies: { react: "catalog:" } },
      }),
      errors: [unresolved("npm publish"), unresolved("npm publish", "react@catalog:")],
    },
    {
      ...publishing("a range that changesets leave to npm", "npx changeset publish", {
        manifest: NEEDING,
        root: { ...BY_CHANGESETS, packageManager: "bun@1.3.0" },
      }),
      errors: [unresolved("npx changeset publish")],
    },
  ],
});
