import { known } from "../documents/known.ts";
import type { Word } from "../shell/command.ts";
import { readArguments, textOf } from "./arguments.ts";
import { HERE, NOTHING, type Invocation } from "./invocation.ts";

// https://github.com/mysticatea/npm-run-all/blob/master/docs
const RUN_ALL_FLAGS = {
  valueFlags: new Set(["--max-parallel", "--npm-path"]),
  booleanFlags: new Set(
    "--aggregate-output -c --continue-on-error -l --print-label -n --print-name -p --parallel -r --race -s --sequential --serial --silent".split(
      " ",
    ),
  ),
};
// https://github.com/open-cli-tools/concurrently
const CONCURRENTLY_FLAGS = {
  valueFlags: new Set(
    "-m --max-processes -n --names --name-separator -s --success -c --prefix-colors -p --prefix -l --prefix-length -t --timestamp-format -i --restart-tries --restart-after --handle-input --default-input-target --teardown --kill-signal --ks --kill-timeout --shell --cwd --hide".split(
      " ",
    ),
  ),
  booleanFlags: new Set(
    "--color -g --group -k --kill-others --kill-others-on-fail -P --passthrough-arguments --pad-prefix -r --raw --timings".split(
      " ",
    ),
  ),
};

/** `run-s a b`, `run-p a b`, `npm-run-all a --parallel b`: scripts of the package, by name or pattern. */
export function readRunAll(words: readonly Word[]): Invocation {
  const { positionals, isCertain } = readArguments(words, RUN_ALL_FLAGS);
  // A name may carry arguments of its own: `"build:* -- --watch"`.
  const names = positionals.map((word) => textOf(word)?.split(" ")[0]);
  if (!isCertain || names.length === 0 || !names.every((name) => name !== undefined)) return NOTHING;
  return scripts(names);
}

/** Scripts of the package in whose folder the command runs; npm stands for whichever manager it is. */
function scripts(names: readonly string[]): Invocation {
  return {
    kind: "script",
    manager: "npm",
    names,
    args: [],
    directory: known(""),
    scope: HERE,
    otherwise: "nothing",
    hooks: true,
  };
}

/** `concurrently "npm:watch:*" "tsc -w"`. */
export function readConcurrently(words: readonly Word[]): Invocation {
  const { positionals, isCertain, flags } = readArguments(words, CONCURRENTLY_FLAGS);
  if (!isCertain || flags.has("--cwd")) return NOTHING;
  const invocations = positionals.flatMap((word): Invocation[] => {
    const text = textOf(word);
    if (text === undefined) return [];
    const name = /^(?:npm|pnpm|yarn|bun|node):(\S+)/.exec(text)?.[1];
    return [name === undefined ? { kind: "text", text, word, directory: known("") } : scripts([name])];
  });
  return { kind: "several", invocations };
}
