// What leaves a checkout's sources as they are, so that no file of them comes to be: by the tools' documentation and the actions' sources, 2026-11.

/** Commands of the shell and of the system that write no file by themselves; where their output goes is another matter. */
export const QUIET_COMMANDS: ReadonlySet<string> = new Set(
  "[ : apt-get cat cd chmod date df du echo env exit export false free grep head hostname jq ls mkdir nproc printenv printf pwd read rg set shopt sleep sort tail test time timeout trap true uname unset wait wc which whoami".split(
    " ",
  ),
);

/** Those of them that do no more with a file they name than to read or look at it. */
export const READING_COMMANDS: ReadonlySet<string> = new Set(["[", "cat", "grep", "head", "ls", "tail", "test", "wc"]);

/** Programs that know nothing of GitHub's files, and run no other program that their words do not name. */
export const PLAIN_PROGRAMS: ReadonlySet<string> = new Set(
  "basename break cat cd chmod continue cp curl cut date declare dirname du export false gh grep head hostname jq local ls mkdir mv nproc pwd read readonly realpath return rm sed seq shift shopt sleep sort tail tee touch tr uname uniq unset wc which whoami".split(
    " ",
  ),
);

/** Tools that check, format or count sources, or bundle them into a folder of their own. */
export const QUIET_TOOLS: ReadonlySet<string> = new Set(
  "attw biome commitlint cspell depcheck dpdm dprint eslint is-ci jscpd knip madge markdownlint markdownlint-cli2 only-allow oxfmt oxlint prettier publint secretlint sherif simple-git-hooks sort-package-json stylelint syncpack tsc tsc-alias tsgo type-coverage vue-tsc".split(
    " ",
  ),
);

/** Commands of tools that change no file of the working tree, and run nothing else; the empty string is the tool without words. */
export const QUIET_TOOL_COMMANDS: ReadonlyMap<string, readonly string[]> = new Map([
  ["corepack", ["disable", "enable", "install", "prepare"]],
  ["git", "branch config describe diff fetch log ls-files merge-base rev-list rev-parse show status tag".split(" ")],
  ["husky", ["", "install"]],
  ["lefthook", ["install", "uninstall", "validate", "version"]],
]);

/** Commands of package managers that write nothing into the working tree but, at most, settings. */
export const QUIET_MANAGER_COMMANDS: ReadonlyMap<string, readonly string[]> = new Map([
  ["npm", ["cache", "config", "view"]],
  ["pnpm", ["config", "store"]],
  ["yarn", ["cache", "config"]],
]);

/** Actions that put nothing into the checkout, with the inputs that change that. */
export const QUIET_ACTIONS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries<readonly string[]>({
    "actions/attest-build-provenance": [],
    "actions/cache/save": [],
    "actions/configure-pages": ["static_site_generator"],
    "actions/create-github-app-token": [],
    "actions/dependency-review-action": [],
    "actions/deploy-pages": [],
    "actions/labeler": [],
    "actions/setup-dotnet": [],
    "actions/setup-go": [],
    "actions/setup-java": ["settings-path"],
    "actions/setup-node": [],
    "actions/setup-python": [],
    "actions/stale": [],
    "actions/upload-artifact": [],
    "actions/upload-pages-artifact": [],
    "amannn/action-semantic-pull-request": [],
    "android-actions/setup-android": [],
    "arduino/setup-task": [],
    "astral-sh/setup-uv": ["activate-environment", "cache-local-path"],
    "aws-actions/amazon-ecr-login": [],
    "aws-actions/configure-aws-credentials": [],
    "azure/setup-helm": [],
    "denoland/setup-deno": [],
    "docker/login-action": [],
    "docker/metadata-action": [],
    "docker/setup-buildx-action": [],
    "docker/setup-qemu-action": [],
    "dopplerhq/cli-action": [],
    "dorny/paths-filter": [],
    "dtolnay/rust-toolchain": [],
    "extractions/setup-just": [],
    "github/codeql-action/upload-sarif": [],
    "google-github-actions/auth": [],
    "google-github-actions/setup-gcloud": [],
    "hashicorp/setup-terraform": [],
    "marocchino/sticky-pull-request-comment": [],
    "maxim-lobanov/setup-xcode": [],
    "nrwl/nx-set-shas": [],
    "oven-sh/setup-bun": [],
    "peter-evans/create-or-update-comment": [],
    "peter-evans/find-comment": [],
    "peter-evans/repository-dispatch": [],
    "pnpm/action-setup": ["dest", "run_install"],
    "re-actors/alls-green": [],
    "sigstore/cosign-installer": [],
    "slackapi/slack-github-action": [],
    "softprops/action-gh-release": [],
    "step-security/harden-runner": [],
    "styfle/cancel-workflow-action": [],
    "supabase/setup-cli": [],
    "superfly/flyctl-actions/setup-flyctl": [],
    "tj-actions/changed-files": ["write_output_files"],
    "volta-cli/action": [],
  }),
);

/** Actions that restore folders which an earlier run saved: those that `path` names. */
export const CACHE_ACTIONS: ReadonlySet<string> = new Set(["actions/cache", "actions/cache/restore"]);
