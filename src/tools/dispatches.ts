import { areListed, readArguments, textOf } from "../commands/arguments.ts";
import type { RunBinary } from "../commands/invocation.ts";
import type { Word } from "../shell/command.ts";

/** What `gh workflow run` asks GitHub to start. */
export interface Dispatch {
  /** Below `.github/workflows`. */
  readonly name: string;
  /** The word that is the name, or ends with it. */
  readonly word: Word;
  readonly repository: Word | undefined;
  /** The branch or tag of which the workflow is run; the default branch where undefined. */
  readonly ref: Word | undefined;
}

const SYNTAX = {
  valueFlags: new Set(["-F", "-R", "-f", "-r", "--field", "--raw-field", "--ref", "--repo"]),
  booleanFlags: new Set(["--json"]),
};

/**
 * The workflow that a command starts by the name of its file, which ends in `.yml` or `.yaml`: GitHub is then asked for that file
 * alone. By other names gh looks through all workflows.
 * https://github.com/cli/cli/blob/trunk/pkg/cmd/workflow/shared/shared.go,
 * https://github.com/cli/cli/blob/trunk/pkg/cmd/workflow/run/run.go
 */
export function dispatchOf({ args }: RunBinary): Dispatch | undefined {
  const read = readArguments(args, SYNTAX);
  const [group, command, word, ...others] = read.positionals;
  if (textOf(group) !== "workflow" || textOf(command) !== "run" || !word || others.length + read.rest.length > 0)
    return undefined;
  const name = /^(?:\.github\/workflows\/)?([^/]+\.ya?ml)$/.exec(textOf(word) ?? "")?.[1];
  const [repository, ref] = [
    ["-R", "--repo"],
    ["-r", "--ref"],
  ].map((names) => names.flatMap((flag) => read.flags.get(flag) ?? []).at(-1));
  if (name === undefined || !areListed(read, SYNTAX) || repository === true || ref === true) return undefined;
  return { name, word, repository, ref };
}
