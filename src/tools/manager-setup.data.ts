// How package managers come to be on the PATH of a job on a machine of GitHub's: images of 2026-08 (github.com/actions/runner-images), actions' sources as named, 2026-11.

/** The package managers that no image brings, or brings in an old version only. */
export type SetUpManager = "bun" | "pnpm" | "yarn";

/** By the name of an executable, the package manager that brings it. https://pnpm.io/cli/dlx, https://bun.com/docs/pm/bunx */
export const MANAGER_EXECUTABLES: ReadonlyMap<string, SetUpManager> = new Map([
  ["bun", "bun"],
  ["bunx", "bun"],
  ["pnpm", "pnpm"],
  ["pnpx", "pnpm"],
  ["yarn", "yarn"],
  ["yarnpkg", "yarn"],
]);

/** Commands of a script for which `bun run` puts its own: `pnpm run a` becomes `bun run a`. Bun 1.2.18 and 1.4.5, run. */
export const RUN_BY_BUN = /^(?:(?:pnpm|yarn) run|pnpm dlx|pnpx) /;

/** Actions that set one up, by `owner/name` in lower case. */
export const SETUP_ACTIONS: ReadonlyMap<string, SetUpManager> = new Map([
  ["oven-sh/setup-bun", "bun"],
  ["pnpm/action-setup", "pnpm"],
]);

/** What may be there after a step or command that was not there before: some package managers, or any. */
export type Brought = readonly SetUpManager[] | "any";

/**
 * Actions that bring other programs, although they leave the checkout alone: https://github.com/volta-cli/action, and Bun with
 * https://github.com/supabase/setup-cli from v2 on, which before downloads its own binary alone.
 */
export const BRINGING_ACTIONS: ReadonlyMap<string, Brought> = new Map<string, Brought>([
  ["supabase/setup-cli", ["bun"]],
  ["volta-cli/action", "any"],
]);

/** Programs that may write into the checkout, but bring no others: https://supabase.com/docs/reference/cli, https://www.postgresql.org/docs/current/app-psql.html */
export const PLAIN_TOOLS: ReadonlySet<string> = new Set(["pg_isready", "psql", "supabase"]);

/** Actions that bring no package manager, besides those that leave the checkout alone. */
export const PLAIN_ACTIONS: ReadonlySet<string> = new Set([
  "actions/checkout",
  "actions/download-artifact",
  "actions/upload-artifact/merge",
  "github/codeql-action/analyze",
  "github/codeql-action/init",
]);

/** Paths of a cache or artifact in which a program could lie that is found by its name; one that a step or variable tells may be any. */
export const CACHED_PROGRAMS =
  /\bbin\b|\busr\b|\bopt\b|tool_?cache|\.local|\$\{\{(?!\s*(?:github|runner)\.)|^\s*(?:~|\$HOME|\/)?\/?\*{0,2}\s*$/im;

/** Packages that run a script which may install any program. */
export const SCRIPT_RUNNERS: ReadonlySet<string> = new Set(
  "babel-node esno grunt gulp jake jiti nx swc-node ts-node ts-node-esm tsx vite-node zx".split(" "),
);

/** Packages that may set a package manager up themselves, by what they are called. */
export const SETTING_UP = /\bbun\b|bootstrap|corepack|install|pnpm|set-?up|yarn/;

/** Packages that npm does not take from a registry by their own name, so that they may bring any executable: folders, archives, aliases. */
export const UNNAMED_PACKAGE = /^(?!@[\w.-]+\/[\w.-]+(?:@[^/:]*)?$).*[/:]|^(?:\.|link$|ln$)|\.t(?:ar\.)?gz$/;

/** `corepack enable` and its like bring pnpm and the newer Yarn, not Bun. https://github.com/nodejs/corepack#utility-commands */
export const BROUGHT_BY_COREPACK: readonly SetUpManager[] = ["pnpm", "yarn"];

/**
 * What `packageManager` has to say so that the Yarn of the images runs: it fails for any other text, in the nearest package.json
 * that has one, but for `--version` and `-v`, with `yarnPath`, and with one of two variables. Yarn 1.22.22, run; 1.22.19 knows
 * nothing of it.
 */
export const YARN_OF_IMAGES_RUNS = /^yarn@[01]\./;

/** Variables with which it looks at no `packageManager`. */
export const YARN_CHECK_VARIABLES: readonly string[] = ["COREPACK_ROOT", "SKIP_YARN_COREPACK_CHECK"];

/**
 * Releases of pnpm/action-setup that fail where the input `version` is another text than the one after `pnpm@` in `packageManager`:
 * since v4. A release before v2.2 needs the input, later ones need one of the two. `src/install-pnpm/run.ts` of v2.0.0–v4.0.0 and of
 * v6; https://github.com/pnpm/action-setup/pull/122
 */
export const ACTION_SETUP_COMPARES = 4;

/** Releases of it that may leave a hash after the version away when they compare: the first ones of v6 do not yet. */
export const ACTION_SETUP_DROPS_HASH = 6;

/**
 * Releases of actions/setup-node that keep a cache for the package manager that the root's `packageManager` names, unasked: v5;
 * later ones do for npm alone. `src/main.ts` of v4.4.0, v5.0.0, v6.0.0 and v7.0.0
 */
export const SETUP_NODE_CACHES_UNASKED = 5;

/** Commits of it that workflows pin without a comment. */
export const SETUP_NODE_COMMITS: ReadonlyMap<string, number> = new Map([
  ["a0853c24544627f65ddf259abe73b1d18a591444", SETUP_NODE_CACHES_UNASKED],
]);

/** Releases of it that know no cache, or none of pnpm: up to v2.3. */
export const SETUP_NODE_WITHOUT_CACHE = /^v?(?:1(?:\.|$)|2\.[0-3](?:\.|$))/;
