import type { Place, Range } from "../../documents/source.ts";
import type { JobRun } from "../../project/trace/job-run.ts";
import type { Reach } from "../../project/trace/reach.ts";
import type { Repository } from "../../project/repository.ts";
import { faultsIn, jobsConcerning, writtenPlace, type FaultPlace, type Sighting } from "../call-sites.ts";
import { tellCommand, type ToldCommand } from "../chain.ts";
import { convexCallsOf, type ConvexCall } from "./convex-calls.ts";
import { variableMistake, writtenMistakes, type Mistake } from "./mistakes.ts";

/** A command of the Convex CLI that cannot do what it is there for, where that has to be mended. */
export interface CommandFault extends ToldCommand {
  readonly mistake: Mistake;
  /** The Convex command: `convex codegen`. */
  readonly command: string;
  /** The characters of a flag. */
  readonly flag: Place | undefined;
  /** What to take away for the command to be without the flag, where that is exact. */
  readonly removal: Range | undefined;
}

interface Spotted {
  readonly call: ConvexCall;
  readonly mistake: Mistake | undefined;
}

/** The calls of the Convex CLI in a workflow, action or package.json that fail, do nothing, or do what nobody means. */
export function commandFaults(repository: Repository, path: string): readonly CommandFault[] {
  const sightings = jobsConcerning(repository, path).flatMap((job) => repository.deriveFor(job, sightingsIn));
  return faultsIn(path, sightings).flatMap(describe);
}

function sightingsIn(repository: Repository, { steps }: JobRun): readonly Sighting<Spotted>[] {
  return steps
    .flatMap((run) => convexCallsOf(repository, run))
    .flatMap((call) => [...writtenSightings(repository, call), variableSighting(repository, call)]);
}

/** What is wrong with a command as it is written is wrong for all of its callers. */
function writtenSightings(repository: Repository, call: ConvexCall): readonly Sighting<Spotted>[] {
  const { run } = call;
  return writtenMistakes(repository, call).map((mistake) => ({
    run,
    place: writtenAt(call, mistake),
    subject: `${mistake.kind} ${mistake.name}`,
    verdict: "faulty",
    value: { call, mistake },
  }));
}

/** What is wrong with a variable is wrong for the callers that set it so. */
function variableSighting(repository: Repository, call: ConvexCall): Sighting<Spotted> {
  const { run, reach } = call;
  const mistake = variableMistake(repository, call);
  const subject = reach.hops.map(({ text }) => text).join("\0");
  return { run, place: reach.entry.place, subject, verdict: mistake ? "faulty" : "sound", value: { call, mistake } };
}

/** Where a mistake is written. */
function writtenAt({ run, reach }: ConvexCall, mistake: Mistake): Place {
  const { located, entry } = reach;
  // A flag that a caller appends to a package script is not in its text.
  const isThere = mistake.words.length === 0 || flagIn(reach, mistake) !== undefined || !located.host.isExact;
  return isThere ? writtenPlace(run, reach) : entry.place;
}

/** The characters of a flag in the file, where they are exact. */
function flagIn({ located: { host } }: Reach, { words }: Mistake): Place | undefined {
  const [first, last = first] = [words[0], words.at(-1)];
  if (!host.isExact || !first || !last) return undefined;
  const range = host.rangeOf(first.range[0], last.range[1]);
  return host.source.text.startsWith(first.text, range[0]) ? { source: host.source, range } : undefined;
}

/**
 * A flag with what parts it from the word before, so that no line is left without a word: a folded line that is empty
 * would end the command. A flag that is given twice stays one after one is gone, and a redirection between is not its own.
 */
function removalIn({ binary: { args }, reach }: ConvexCall, { name, words }: Mistake, flag: Place): Range | undefined {
  const before = args[args.findIndex((word) => word === words[0]) - 1];
  const isRepeated = args.filter(({ shape }) => shape.split("=")[0] === name).length > 1;
  if (!before || isRepeated) return undefined;
  const [, start] = reach.located.host.rangeOf(...before.range);
  const [from, end] = flag.range;
  return /[<>]/.test(flag.source.text.slice(start, from)) ? undefined : [start, end];
}

function describe(fault: FaultPlace<Spotted>): readonly CommandFault[] {
  const { call, mistake } = fault.sighting.value;
  if (!mistake) return [];
  const told = tellCommand(fault, call.reach);
  const flag = told.chain === "" ? flagIn(call.reach, mistake) : undefined;
  const removal = flag && removalIn(call, mistake, flag);
  return [{ ...told, mistake, command: `convex ${call.command}`, flag, removal }];
}
