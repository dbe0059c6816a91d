import { known, unknown, type Known } from "../documents/known.ts";
import type { Word } from "../shell/command.ts";
import { flagTexts, hasFlag, readArguments, textOf, type Arguments } from "./arguments.ts";
import { NOTHING, type Invocation, type RunBinary } from "./invocation.ts";

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
/** Commands that run no task. */
const OTHER_COMMANDS = new Set(
  "bin boundaries completion config daemon devtools docs exec gen generate g get-mfe-port help hook info link login logout ls prune query scan setup telemetry unlink".split(
    " ",
  ),
);
const RUN_COMMANDS = new Set(["run", "watch"]);

/** `turbo …` */
export function readTurbo(binary: RunBinary): Invocation {
  const { flags, positionals, isCertain } = readArguments(binary.args, {
    valueFlags: VALUE_FLAGS,
    optionalValueFlags: OPTIONAL_VALUE_FLAGS,
  });
  const words = positionals.map(textOf);
  const [first] = words;
  const isRun = first !== undefined && RUN_COMMANDS.has(first);
  if (first === undefined || (!isRun && OTHER_COMMANDS.has(first))) return NOTHING;
  const tasks = isRun ? words.slice(1) : words;
  const parsed: Arguments = { flags, positionals, rest: [], isCertain };
  const filters = flagTexts(parsed, "--filter", "-F");
  if (!isCertain || !tasks.every((task) => task !== undefined)) return NOTHING;
  if (hasFlag(parsed, "--dry", "--dry-run", "--graph", "--help", "-h", "--root-turbo-json")) return NOTHING;
  return {
    kind: "turbo",
    tasks,
    // A filter that is not known, or one about git, may select every package: `\0` matches none by name.
    filters: filters ?? ["\0"],
    envMode: envModeOf(flags.get("--env-mode")?.at(-1)),
    onlyRequested: hasFlag(parsed, "--only"),
    frameworkInference: flagTexts(parsed, "--framework-inference")?.at(-1) !== "false",
    directory: binary.directory,
    ...(binary.version !== undefined && { version: binary.version }),
  };
}

function envModeOf(value: Word | true | undefined): Known<"strict" | "loose" | undefined> {
  if (value === undefined) return known(undefined);
  // A bare `--env-mode` means strict.
  const text = value === true ? "strict" : textOf(value);
  return text === "strict" || text === "loose" ? known(text) : unknown("`--env-mode` is computed");
}
