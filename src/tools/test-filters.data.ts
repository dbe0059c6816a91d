// How test runners take the words that select test files, and what they do where those match none: Bun 1.0.36, 1.1.45, 1.2.0, 1.2.8, 1.2.12,
// 1.2.15, 1.2.18, 1.3.1, 1.3.9 and 1.4.5, Vitest 0.34.6, 1.6.0, 2.1.8, 3.2.4 and 4.1.12 run in repositories with and without such files, 2026-11.
// Where some of several words match, both run what is found and succeed.
import { BUN_TEST_FLAGS, VITEST_FLAGS } from "./loaders.data.ts";

/** How a test runner takes its words. */
export interface TestFlags {
  /** Flags with which it runs the same files or fewer, and that take the next word. */
  readonly valueFlags: ReadonlySet<string>;
  /** The same without a value. */
  readonly booleanFlags: ReadonlySet<string>;
}

function widened(
  { valueFlags, booleanFlags }: TestFlags,
  moreValues: string,
  moreFlags: string,
  without: string,
): TestFlags {
  const others = [...booleanFlags].filter((flag) => flag !== without);
  return {
    valueFlags: new Set([...valueFlags, ...moreValues.split(" ")]),
    booleanFlags: new Set([...others, ...moreFlags.split(" ")]),
  };
}

/** https://bun.com/docs/cli/test */
export const BUN_TEST_FILTER_FLAGS = widened(
  BUN_TEST_FLAGS,
  "--env-file --max-concurrency --preload --retry --seed",
  "--exit --isolate --only --silent --smol --todo",
  "--pass-with-no-tests",
);

/** The first release of Bun that is known to fail. Before, it says so, and succeeds. */
export const BUN_FAILS_SINCE = ">=1.2.18";

/** https://vitest.dev/guide/cli */
export const VITEST_FILTER_FLAGS = widened(
  VITEST_FLAGS,
  "-c --config --project",
  "--disable-console-intercept",
  "--passWithNoTests",
);

/** Flags of Vitest after which a word is not taken for their value. All other flags without one may have it. */
export const VITEST_LONE_FLAGS = /^--(?:run$|no-)/;

/** Settings with which Vitest looks for tests elsewhere than below the folder where it runs. https://vitest.dev/config */
export const VITEST_MOVED = /\b(?:dir|root|projects|workspace|extends)\b|["'`]\.\.\//;

/** Modules beside those of Vite's plugins that do not let Vitest succeed without tests. */
export const STRICT_CONFIG_MODULES: ReadonlySet<string> = new Set(
  "@cloudflare/vitest-pool-workers/config @vitejs/plugin-vue-jsx dotenv fs node:fs node:os node:url os".split(" "),
);
