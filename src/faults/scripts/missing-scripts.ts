import { posix } from "node:path";
import type { Place } from "../../documents/source.ts";
import { textOf } from "../../commands/arguments.ts";
import type { Invocation, RunBinary, RunScript, RunTasks, SeparateValue } from "../../commands/invocation.ts";
import { known, unknown, type Known } from "../../documents/known.ts";
import { failsJob } from "../../project/trace/certainty.ts";
import { bringsOthers } from "../../project/trace/checkout.ts";
import type { JobRun, StepRun } from "../../project/trace/job-run.ts";
import type { Reach } from "../../project/trace/reach.ts";
import type { ReachOf } from "../../project/trace/reach-index.ts";
import type { Repository } from "../../project/repository.ts";
import type { LocatedCommand } from "../../project/trace/routine.ts";
import type { Word } from "../../shell/command.ts";
import { normalizeDirectory } from "../../shell/directory.ts";
import { faultsOfJobs, writtenPlace, type FaultPlace, type Sighting } from "../call-sites.ts";
import { tellCommand, type ToldCommand } from "../chain.ts";
import { bundlerLack } from "./bundler-lacks.ts";
import { isMadeAnew } from "./changed-manifests.ts";
import { isLiteral, separateValueLack, type Lack } from "./lack.ts";
import { subjectOf } from "../paths/naming.ts";
import { removedLack } from "./removed-commands.ts";
import { scriptLack } from "./script-lacks.ts";
import { taskLack } from "./task-lacks.ts";
import { uncheckedLack } from "./unchecked-projects.ts";

/** A command that asks for a script, task or package which is not there, where it is written. */
export interface MissingScript extends Lack, ToldCommand {
  /** The name in the command, where its position is exact. */
  readonly nameAt: Place | undefined;
}

/** What finds nothing and succeeds. */
const SILENT: ReadonlySet<Lack["kind"]> = new Set([
  "emptiedCommand",
  "emptyTask",
  "ignoredPackage",
  "listing",
  "shadowedScript",
  "uncheckedProjects",
  "unselectedScript",
]);
/** What may well check or do nothing where nobody asks for its success. */
const TOLERABLE: ReadonlySet<Lack["kind"]> = new Set(["emptiedCommand", "uncheckedProjects"]);

interface Spotted {
  readonly reach: Reach;
  readonly lack: Lack | undefined;
}

/** The commands of a workflow, action or package.json that ask for what is not there. */
export function missingScripts(repository: Repository, path: string): readonly MissingScript[] {
  return faultsOfJobs(repository, path, sightingsIn).flatMap(describe);
}

function sightingsIn(repository: Repository, { steps }: JobRun): readonly Sighting<Spotted>[] {
  const sightings: Sighting<Spotted>[] = [];
  const earlier: Reach[] = [];
  let isAsCommitted = true;
  for (const run of steps) {
    isAsCommitted &&= !bringsOthers(run.step);
    for (const reach of run.reaches) {
      isAsCommitted &&= !isMadeAnew(reach);
      const lack = isAsCommitted ? lackOf(repository, run, reach, earlier) : undefined;
      earlier.push(reach);
      if (lack) sightings.push(sightingOf(run, reach, lack));
    }
  }
  return sightings;
}

/** Undefined for a command that asks for no script, and for nothing that a tool may have lost. */
function lackOf(
  repository: Repository,
  run: StepRun,
  reach: Reach,
  earlier: readonly Reach[],
): Known<Lack | undefined> | undefined {
  const own = runsBinary(reach)
    ? (removedLack(repository, run, reach, earlier) ??
      uncheckedLack(repository, run, reach) ??
      bundlerLack(repository, reach))
    : undefined;
  if (own && (own.known || !runsScripts(reach))) return own;
  if (runsTasks(reach)) return taskLack(repository, reach);
  if (reach.invocation.kind === "nothing") return listingLack(repository, reach, reach.invocation.listedBy);
  return runsScripts(reach) ? scriptLack(repository, reach) : undefined;
}

function listingLack(
  { files }: Repository,
  { directory }: Reach,
  separate: SeparateValue | undefined,
): Known<Lack> | undefined {
  if (!separate) return undefined;
  const folder = separate.flag.shape === "--cwd" ? textOf(separate.value) : "";
  if (
    !directory.known ||
    folder === undefined ||
    !files.exists(normalizeDirectory(posix.join(directory.value, folder)))
  )
    return unknown("the folder is not there");
  return known(separateValueLack("listing", separate));
}

function runsTasks(reach: Reach): reach is ReachOf<RunTasks> {
  return reach.invocation.kind === "turbo";
}

function runsBinary(reach: Reach): reach is ReachOf<RunBinary> {
  return reach.invocation.kind === "binary";
}

function runsScripts(reach: Reach): reach is ReachOf<RunScript | RunBinary> {
  const { invocation } = reach;
  if (invocation.kind === "script") return true;
  return invocation.kind === "binary" && (invocation.soughtBy ?? invocation.shadows) !== undefined;
}

function sightingOf(run: StepRun, reach: Reach, lack: Known<Lack | undefined>): Sighting<Spotted> {
  const found = lack.known ? lack.value : undefined;
  const isTolerated = found !== undefined && TOLERABLE.has(found.kind) && (run.mayFail || !reach.isFatal);
  const isSilent = found !== undefined && SILENT.has(found.kind);
  const isCertain = isSilent ? !reach.isApproximate && !isTolerated : failsJob(run, reach);
  return {
    run,
    // Most of what is asked for is there, and nobody asks where it is written.
    get place() {
      return writtenPlace(run, reach);
    },
    get subject() {
      return subjectOf(this.place, reach, namesIn(reach.invocation));
    },
    verdict: !lack.known || (found && !isCertain) ? "unknown" : found ? "faulty" : "sound",
    value: { reach, lack: found },
  };
}

function namesIn(invocation: Invocation): readonly string[] {
  if (invocation.kind === "turbo") return [...invocation.tasks, ...invocation.filters];
  return invocation.kind === "script" ? invocation.names : [];
}

function describe(fault: FaultPlace<Spotted>): readonly MissingScript[] {
  const { lack, reach } = fault.sighting.value;
  if (!lack) return [];
  const { located } = reach;
  const told = tellCommand(fault, reach);
  const isHere = told.chain === "";
  const named = located.command.words.find((word) => isLiteral(word) && textOf(word) === lack.names[0]);
  const [first, last] = lack.words ?? [named, named];
  return [{ ...lack, ...told, nameAt: isHere && first && last ? writtenAt(located, first, last) : undefined }];
}

/** The place of some words; undefined where it is not exact, or where a caller of a package script appends them. */
function writtenAt(located: LocatedCommand, first: Word, last: Word): Place | undefined {
  const place = located.placeOf([first.range[0], last.range[1]]);
  const written = place.source.text.slice(...place.range);
  return located.host.isExact && written.startsWith(first.text) && written.endsWith(last.text) ? place : undefined;
}
