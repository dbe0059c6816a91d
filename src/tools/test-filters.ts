import { areListed, flagTexts, readArguments, textOf } from "../commands/arguments.ts";
import type { Invocation } from "../commands/invocation.ts";
import { onceForEach } from "../memo.ts";
import type { Word } from "../shell/command.ts";
import { OTHER_VITEST_COMMANDS, QUIET_BUN_WORDS } from "./loaders.data.ts";
import { BUN_TEST_FILTER_FLAGS, VITEST_FILTER_FLAGS, VITEST_LONE_FLAGS } from "./test-filters.data.ts";

/** The words of a test runner that select the files to run, of which at least one has to match some: else it fails. */
export interface TestFilters {
  readonly runner: "bun" | "vitest";
  readonly words: readonly [Word, ...Word[]];
  /** What they hold. */
  readonly paths: readonly string[];
  /** The configuration that is named. */
  readonly config: string | undefined;
}

/** A path with a slash or an extension, and nothing that a shell expands or a runner takes for a pattern. */
const TEST_PATH = /^(?:\.{0,2}\/)*[\w@][\w@.+-]*(?:\/[\w@.+-]+)*(?:\/|(?<=\/.*)|\.\w+)$/;

/** The words of a command that select test files; undefined where it is no such command, or its words are not certain. */
export const testFilters = onceForEach((invocation: Invocation): TestFilters | undefined => {
  if (invocation.kind !== "binary") return undefined;
  if (invocation.name === "bun") return ofBun(invocation.args);
  return invocation.name === "vitest" ? ofVitest(invocation.args) : undefined;
});

function ofBun(args: readonly Word[]): TestFilters | undefined {
  const start = args.findIndex(({ shape }) => shape === "test");
  if (start < 0 || !args.slice(0, start).every(({ shape }) => QUIET_BUN_WORDS.test(shape) && shape !== "run"))
    return undefined;
  const parsed = readArguments(args.slice(start + 1), BUN_TEST_FILTER_FLAGS);
  const isUsual = parsed.isCertain && parsed.rest.length === 0 && areListed(parsed, BUN_TEST_FILTER_FLAGS);
  return isUsual ? filtersOf("bun", parsed.positionals, undefined) : undefined;
}

function ofVitest(args: readonly Word[]): TestFilters | undefined {
  const command = textOf(args[0]) ?? "";
  if (OTHER_VITEST_COMMANDS.has(command)) return undefined;
  const words = command === "run" ? args.slice(1) : args;
  const parsed = readArguments(words, VITEST_FILTER_FLAGS);
  const configs = flagTexts(parsed, "-c", "--config");
  const isUsual = parsed.isCertain && parsed.rest.length === 0 && areListed(parsed, VITEST_FILTER_FLAGS);
  if (!isUsual || !configs || configs.length > 1 || parsed.positionals.some((word) => mayBeValue(words, word)))
    return undefined;
  return filtersOf("vitest", parsed.positionals, configs[0]);
}

/** Whether Vitest may take a word for the value of the flag before it. */
function mayBeValue(words: readonly Word[], word: Word): boolean {
  const before = words[words.indexOf(word) - 1]?.shape ?? "";
  return /^-[^=]*$/.test(before) && !VITEST_LONE_FLAGS.test(before);
}

function filtersOf(
  runner: TestFilters["runner"],
  positionals: readonly Word[],
  config: string | undefined,
): TestFilters | undefined {
  const [first, ...others] = positionals;
  const paths = positionals.map((word) => textOf(word) ?? "");
  // A variable of the shell that nothing sets is empty.
  const isPlain = positionals.every(({ variables }) => variables.length === 0);
  if (!first || !isPlain || !paths.every((path) => TEST_PATH.test(path))) return undefined;
  return { runner, words: [first, ...others], paths, config };
}
