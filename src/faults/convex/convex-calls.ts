import { hasFlag, readArguments, type Arguments } from "../../commands/arguments.ts";
import type { RunBinary } from "../../commands/invocation.ts";
import type { StepRun } from "../../project/trace/job-run.ts";
import { reachesOfBinary, type ReachOf } from "../../project/trace/reach-index.ts";
import type { Repository } from "../../project/repository.ts";
import { versionOf } from "../../project/versions.ts";
import { VALUE_FLAGS } from "../../tools/convex.data.ts";
import { convexCommandOf } from "../../tools/credentials.ts";

/** One call of the Convex CLI, as one step reaches it. */
export interface ConvexCall {
  readonly run: StepRun;
  readonly reach: ReachOf<RunBinary>;
  readonly binary: RunBinary;
  /** The CLI's command: `codegen`. */
  readonly command: string;
  readonly flags: Arguments;
  /** A version or range; undefined where nothing is known. */
  readonly version: string | undefined;
}

/** The calls of the Convex CLI in a step whose command is certain, and that do more than print help. */
export function convexCallsOf(repository: Repository, run: StepRun): readonly ConvexCall[] {
  return reachesOfBinary(run.reaches, "convex").flatMap((reach) => {
    const { invocation: binary, directory } = reach;
    if (!directory.known) return [];
    const command = convexCommandOf(binary);
    const flags = readArguments(binary.args, { valueFlags: new Set(VALUE_FLAGS) });
    if (command === undefined || hasFlag(flags, "--help", "-h", "--version", "-V")) return [];
    return { run, reach, binary, command, flags, version: versionOf(repository, "convex", directory.value, binary) };
  });
}
