// What leaves a checkout's sources as they are, so that no file of them comes to be: by the tools' documentation and the actions' sources, 2026-11.

/** Commands of the shell and of the system that write no file by themselves; where their output goes is another matter. */
export const QUIET_COMMANDS: ReadonlySet<string> = new Set(
  "[ : apt-get basename break cat cd chmod cmp comm continue cut date declare df diff dirname du echo env exit export expr false fold free grep head hostname id jq kill let local ls mapfile md5sum mkdir nl nproc od paste printenv printf ps pwd read readarray readlink readonly realpath return rev rg seq set sha1sum sha256sum sha512sum shasum shift shopt sleep stat tac tail test time timeout tr trap true typeset uname unset wait wc which whoami".split(
    " ",
  ),
);

/** Those of them that do no more with a file they name than to read or look at it. */
export const READING_COMMANDS: ReadonlySet<string> = new Set(
  "[ basename cat cmp comm cut diff dirname fold grep head ls md5sum nl paste readlink realpath sha1sum sha256sum sha512sum shasum stat tac tail test wc".split(
    " ",
  ),
);

/**
 * Words with which a command writes a file, removes one or runs another program, where it does not without them: `sort -o`, `find -delete`.
 * https://www.gnu.org/software/coreutils/manual/coreutils.html, https://www.gnu.org/software/findutils/manual/html_mono/find.html,
 * https://curl.se/docs/manpage.html, base64(1) of macOS, openssl-rand(1), openssl-dgst(1)
 */
export const WRITING_WORDS: ReadonlyMap<string, RegExp> = new Map([
  ["base64", /^-[A-Za-z]*o|^--o/],
  [
    "curl",
    /^-[#0-46BGILNRSVafgijklnpqsv]*[DJKOco]|^--(?:alt-svc|config|cookie-jar|dump-header|etag-save|hsts|libcurl|output|remote-|stderr|trace)|%output\{/,
  ],
  ["find", /^-(?:delete|exec(?:dir)?|f(?:ls|print0?|printf)|ok(?:dir)?)$/],
  ["git", /^--output/],
  ["mktemp", /^(?!-[dqu]+$|\/tmp\/)/],
  ["openssl", /^-(?:out|writerand)$/],
  ["sort", /^-[A-Za-z]*[To]|^--(?:compress|o|temp)/],
]);

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

/**
 * Commands of tools, of one word or two, that change no file of the working tree, and run nothing else; the empty string is the tool without
 * words. https://cli.github.com/manual, https://docs.docker.com/reference/cli/docker
 */
export const QUIET_TOOL_COMMANDS: ReadonlyMap<string, readonly string[]> = new Map([
  ["corepack", ["disable", "enable", "install", "prepare"]],
  [
    "docker",
    "images info inspect load login logout logs manifest network ps pull push rm rmi stop tag version volume wait".split(
      " ",
    ),
  ],
  [
    "gh",
    [
      ..."api auth label secret variable workflow".split(" "),
      ..."close comment create edit list reopen view".split(" ").map((verb) => `issue ${verb}`),
      ..."checks comment create diff edit list ready reopen review status view".split(" ").map((verb) => `pr ${verb}`),
      ..."create delete edit list upload view".split(" ").map((verb) => `release ${verb}`),
      ..."cancel list rerun view watch".split(" ").map((verb) => `run ${verb}`),
    ],
  ],
  [
    "git",
    "add branch cat-file config describe diff fetch for-each-ref log ls-files ls-remote ls-tree merge-base name-rev remote rev-list rev-parse shortlog show show-ref status tag".split(
      " ",
    ),
  ],
  ["husky", ["", "install"]],
  ["lefthook", ["install", "uninstall", "validate", "version"]],
  ["openssl", ["dgst", "rand", "version"]],
]);

/** Commands of package managers that write nothing into the working tree but, at most, settings. */
export const QUIET_MANAGER_COMMANDS: ReadonlyMap<string, readonly string[]> = new Map([
  ["npm", ["cache", "config", "info", "ping", "prefix", "root", "show", "view", "whoami"]],
  ["pnpm", ["config", "store"]],
  ["yarn", ["cache", "config"]],
]);

/**
 * Questions to package managers that are answered with a folder for the packages of all projects. It lies outside of the checkout
 * unless a setting says otherwise: pnpm 8.15 and 10.34, Yarn 1.22 and npm 11.19, run.
 */
export const MANAGER_FOLDERS =
  /^(?:pnpm store path(?: (?:--silent|-s))?|yarn cache dir(?: (?:--silent|-s))?|npm config get cache)$/;

/** What such a folder in the checkout is called. */
export const STORE_NAMES = /(?:^|\/)[^/]*(?:cache|npm|store|vendor|yarn)[^/]*(?:\/|$)|(?:^|\/)v\d+(?:\/|$)/i;

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
    "crazy-max/ghaction-import-gpg": [],
    "denoland/setup-deno": [],
    "dependabot/fetch-metadata": [],
    "docker/build-push-action": ["cache-to", "outputs"],
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
    "thollander/actions-comment-pull-request": [],
    "tj-actions/changed-files": ["write_output_files"],
    "volta-cli/action": [],
    "webfactory/ssh-agent": [],
  }),
);

/** Actions that restore folders which an earlier run saved: those that `path` names. */
export const CACHE_ACTIONS: ReadonlySet<string> = new Set(["actions/cache", "actions/cache/restore"]);
