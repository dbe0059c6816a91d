import { known, unknown, type Known } from "../documents/known.ts";
import type { Word } from "../shell/command.ts";
import { flagText, flagTexts, hasFlag, readArguments, textOf, type Arguments } from "./arguments.ts";
import { NOTHING, type Invocation, type RunBinary } from "./invocation.ts";
import { directoryOf } from "./place.ts";

// `turbo run --help` of 2.11.11
const VALUE_FLAGS = new Set(
  "--api --cache --cache-dir --cache-workers --concurrency --cwd --filter -F --framework-inference --global-deps --heap --log-order --log-prefix --login --output-logs --remote-cache-timeout --root-turbo-json --team --token --trace --ui --verbosity".split(
    " ",
  ),
);
const OPTIONAL_VALUE_FLAGS = new Set(
  "--anon-profile --dry --dry-run --env-mode --force --graph --log-file --profile --remote-cache-read-only --remote-only --summarize".split(
    " ",
  ),
);
const BOOLEAN_FLAGS = new Set(
  "--affected --color --continue --daemon -h --help --json --only --parallel --preflight --skip-infer --version -v -vv -vvv".split(
    " ",
  ),
);
/** Flags with which nothing runs, or not what is written in the workspace's own files. */
const OTHER_USES = "--dry --dry-run --graph --help -h --version --root-turbo-json --single-package".split(" ");
/** Commands that run no task. */
const OTHER_COMMANDS = new Set(
  "bin boundaries completion config daemon devtools docs exec gen generate g get-mfe-port help hook info link login logout ls prune query scan setup telemetry unlink".split(
    " ",
  ),
);
const RUN_COMMANDS = new Set(["run", "watch"]);

/** `turbo …` */
export function readTurbo(binary: RunBinary): Invocation {
  const parsed = readArguments(binary.args, {
    valueFlags: VALUE_FLAGS,
    optionalValueFlags: OPTIONAL_VALUE_FLAGS,
    booleanFlags: BOOLEAN_FLAGS,
  });
  const words = parsed.positionals.map(textOf);
  const [first] = words;
  const isRun = first !== undefined && RUN_COMMANDS.has(first);
  if (first === undefined || (!isRun && OTHER_COMMANDS.has(first))) return NOTHING;
  const tasks = isRun ? words.slice(1) : words;
  if (!parsed.isCertain || tasks.length === 0 || !tasks.every((task) => task !== undefined)) return NOTHING;
  if (hasFlag(parsed, ...OTHER_USES)) return NOTHING;
  return {
    kind: "turbo",
    tasks,
    args: parsed.rest,
    filters: filtersOf(parsed),
    envMode: envModeOf(parsed.flags.get("--env-mode")?.at(-1)),
    onlyRequested: hasFlag(parsed, "--only"),
    parallel: hasFlag(parsed, "--parallel"),
    frameworkInference: flagText(parsed, "--framework-inference") !== "false",
    directory: directoryOf([parsed], "--cwd"),
    ...(binary.version !== undefined && { version: binary.version }),
  };
}

/** A filter that is not known, or one about git, may select every package: `\0` matches none by name. */
function filtersOf(parsed: Arguments): readonly string[] {
  const filters = flagTexts(parsed, "--filter", "-F") ?? ["\0"];
  return hasFlag(parsed, "--affected") ? [...filters, "\0"] : filters;
}

function envModeOf(value: Word | true | undefined): Known<"strict" | "loose" | undefined> {
  if (value === undefined) return known(undefined);
  // Bare it means strict since 2.0, and what turbo infers before.
  if (value === true) return unknown("`--env-mode` is bare");
  const text = textOf(value);
  // turbo 1 knows `infer`, and does so by default.
  if (text === "infer") return known(undefined);
  return text === "strict" || text === "loose" ? known(text) : unknown("`--env-mode` is computed");
}
