// When `pnpm install` and `npm ci` compare the lockfile with package.json and fail for a difference: pnpm 8.15.9, 9.15.9, 10.34.9, 11.28.11 and 12.21.0, npm 10.9.9 and 11.21.2, run; 2026-11.

/** What is known of an install that changes no lockfile. */
export interface FrozenSyntax {
  readonly verbs: ReadonlySet<string>;
  /** Flags that leave the comparison as it is, the first with a value. Any other may change it. */
  readonly valueFlags: ReadonlySet<string>;
  readonly booleanFlags: ReadonlySet<string>;
  /** Settings with which it may compare nothing, or another lockfile; in the form of `.npmrc`. */
  readonly settings: readonly string[];
}

const setOf = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));

/** `npm ci`; `npm install` never fails for a difference. */
const NPM: FrozenSyntax = {
  verbs: setOf("ci clean-install ic install-clean isntall-clean"),
  valueFlags: setOf("--cache --include --loglevel --only --omit --prefix --registry -C"),
  booleanFlags: setOf(
    `--audit --no-audit --force -f --foreground-scripts --fund --no-fund --ignore-scripts --legacy-peer-deps --offline
    --no-optional --prefer-offline --production --progress --no-progress --quiet -q --silent -s --update-notifier
    --no-update-notifier --verbose --yes -y`,
  ),
  settings:
    "global install-links install-strategy location package-lock package-lock-only prefix workspace workspaces".split(
      " ",
    ),
};

/** `pnpm install`, which is frozen by `--frozen-lockfile` or where `CI` is set. Before pnpm 11 there is no `pnpm ci`. */
const PNPM: FrozenSyntax = {
  verbs: setOf("i install"),
  valueFlags: setOf("-C --child-concurrency --dir --loglevel --network-concurrency --reporter --store-dir"),
  booleanFlags: setOf(
    `--frozen-lockfile --color --no-color --force --ignore-scripts --offline --no-optional --prefer-offline --prod -P
    --production --recursive -r --shamefully-hoist --silent -s --strict-peer-dependencies --no-strict-peer-dependencies`,
  ),
  settings:
    "ci frozen-lockfile git-branch-lockfile ignore-workspace lockfile lockfile-dir merge-git-branch-lockfiles merge-git-branch-lockfiles-branch-pattern prefer-frozen-lockfile recursive-install shared-workspace-lockfile use-beta-cli workspace-dir".split(
      " ",
    ),
};

/** By package manager. */
export const FROZEN_INSTALLS: Readonly<Record<"npm" | "pnpm", FrozenSyntax>> = { npm: NPM, pnpm: PNPM };

/** The first pnpm that reads the lockfile's version 9.0: an older one in CI installs without it, unless told `--frozen-lockfile`. */
export const PNPM_READS_9 = 9;

/** The first Node.js whose npm certainly compares: npm 8.4, https://github.com/npm/cli/pull/4369, came during Node.js 16. */
export const NODE_COMPARES = 18;

/** The lockfiles that `npm ci` installs from. Without one it fails, whether or not there are dependencies. */
export const NPM_LOCKFILES: readonly string[] = ["package-lock.json", "npm-shrinkwrap.json"];

/**
 * The lockfiles that actions/setup-node looks for at the root of the workspace, by its input `cache`; one is enough, without any
 * it fails. https://github.com/actions/setup-node, `src/cache-utils.ts` of v3.9.1, v4.4.0, v5.0.0, v6.5.0 and v7.0.0
 */
export const SETUP_NODE_LOCKFILES: ReadonlyMap<string, readonly string[]> = new Map([
  ["npm", [...NPM_LOCKFILES, "yarn.lock"]],
  ["pnpm", ["pnpm-lock.yaml"]],
  ["yarn", ["yarn.lock"]],
]);
