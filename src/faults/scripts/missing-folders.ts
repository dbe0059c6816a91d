import { posix } from "node:path";
import { textOf } from "../../commands/arguments.ts";
import { evaluateTemplate, type Template } from "../../documents/expression.ts";
import type { Place } from "../../documents/source.ts";
import { actionName } from "../../documents/uses.ts";
import { failsJob } from "../../project/trace/certainty.ts";
import type { JobRun, StepRun } from "../../project/trace/job-run.ts";
import { isFollowed, reachesOfBinary } from "../../project/trace/reach-index.ts";
import type { Reach } from "../../project/trace/reach.ts";
import { enterDirectory } from "../../project/trace/routine.ts";
import type { Repository } from "../../project/repository.ts";
import { normalizeDirectory } from "../../shell/directory.ts";
import { QUIET_COMMANDS } from "../../tools/quiet-commands.data.ts";
import { isQuietAction, isQuietBinary, writesSource } from "../../tools/quiet-commands.ts";
import { faultPlaces, isOfRepository, jobsConcerning, type FaultPlace, type Sighting } from "../call-sites.ts";
import { isWholeCheckout } from "../generated-code/job-content.ts";
import { bringsOthers } from "./changed-manifests.ts";
import { similarTo } from "./lack.ts";

/** A folder that a step is to run in, or that its script enters, and that the checkout does not have. */
export interface MissingFolder {
  /** The key's value or the command, or the `uses` through which alone it has this value. */
  readonly place: Place;
  /** What stands there: `working-directory: app`, `cd app`. */
  readonly text: string;
  /** Where the value is written, if not there. */
  readonly writtenAt: Place | undefined;
  readonly folder: string;
  /** What may have been meant, in the place of the name. */
  readonly similar: string | undefined;
  /** Where the name stands, if that is the folder itself. */
  readonly nameAt: Place | undefined;
}

/** A folder that a step names. */
interface Naming {
  readonly text: string;
  readonly place: Place;
  /** Undefined where it is not known. */
  readonly folder: string | undefined;
  /** Where the name stands for itself. */
  readonly nameAt: Place | undefined;
  /** Tells one from another at the same place. */
  readonly subject: string;
  /** How the step gets there. */
  readonly reach: Pick<Reach, "guards" | "isApproximate" | "isFatal">;
  /** What its script runs before. */
  readonly earlier: readonly Reach[];
}

/** The folders that steps of a workflow or action are to run in or enter, and that are not there: there GitHub or the shell stops. */
export function missingFolders(repository: Repository, path: string): readonly MissingFolder[] {
  // What a submodule holds is not here.
  if (repository.files.exists(".gitmodules")) return [];
  const sightings = jobsConcerning(repository, path)
    .filter(isOfRepository)
    .flatMap((job) => repository.deriveFor(job, sightingsIn));
  return faultPlaces(sightings).flatMap((fault) =>
    fault.place.source.path === path ? [describe(repository, fault)] : [],
  );
}

function sightingsIn(repository: Repository, { steps, runner }: JobRun): readonly Sighting<Naming>[] {
  return steps.flatMap((run, index) =>
    [...startOf(run), ...enteredBy(run)].map((naming): Sighting<Naming> => {
      const { folder, place, subject, reach, earlier } = naming;
      const isThere = folder !== undefined && repository.files.exists(folder);
      const isAbsent =
        folder !== undefined &&
        !isThere &&
        isInCheckout(repository, run, folder) &&
        (runner.os === "Linux" || !isThereInOtherCase(repository, folder)) &&
        failsJob(run, reach) &&
        earlier.every((other) => isQuiet(run.reaches, other)) &&
        stepsSinceCheckout(steps, index).every(makesNoFolder);
      return { run, place, subject, verdict: isThere ? "sound" : isAbsent ? "faulty" : "unknown", value: naming };
    }),
  );
}

/** What runs before a step, without what a checkout has cleared away. */
function stepsSinceCheckout(steps: readonly StepRun[], index: number): readonly StepRun[] {
  const before = steps.slice(0, index);
  return before.slice(Math.max(before.findLastIndex(isWholeCheckout), 0));
}

function startOf(run: StepRun): readonly Naming[] {
  const template = workingDirectoryOf(run);
  const value = template && evaluateTemplate(template, run.lookup);
  if (!template || !value) return [];
  const { text, node, expressions } = template;
  const place = { source: run.source, range: node.range };
  const folder = value.known ? normalizeDirectory(value.value) : undefined;
  return [
    {
      text: `working-directory: ${text}`,
      place,
      folder,
      nameAt: expressions.length === 0 && node.style === "plain" ? place : undefined,
      subject: /\bmatrix\b/.test(text) ? (folder ?? "") : "",
      reach: { guards: [], isApproximate: false, isFatal: true },
      earlier: [],
    },
  ];
}

/** `cd app`, as a command of the step's own script. */
function enteredBy({ reaches }: StepRun): readonly Naming[] {
  return reachesOfBinary(reaches, "cd").flatMap((reach) => {
    const { located, entry, invocation } = reach;
    const [target, ...others] = invocation.args;
    if (!target?.value.known || others.length > 0 || located !== entry) return [];
    const folder = enterDirectory(located.directory, target.value);
    if (!folder.known) return [];
    const isItself = located.host.isExact && target.text === folder.value;
    return [
      {
        text: located.text,
        place: located.place,
        folder: folder.value,
        nameAt: isItself ? located.placeOf(target.range) : undefined,
        subject: folder.value,
        reach,
        earlier: reaches.slice(0, reaches.indexOf(reach)),
      },
    ];
  });
}

/** Where a step's script starts; the defaults of a job are not those of the actions that it uses. */
function workingDirectoryOf({ step, job, workflow, frames }: StepRun): Template | undefined {
  if (!step.run) return undefined;
  const isOfAction = frames.some((frame) => frame.step);
  return step.workingDirectory ?? (isOfAction ? undefined : (job.defaults ?? workflow.defaults)?.workingDirectory);
}

/** On macOS and Windows the case of a name may not matter. */
function isThereInOtherCase({ files }: Repository, folder: string): boolean {
  let found = "";
  for (const part of folder.split("/")) {
    const name = files.list(found).find((other) => other.toLowerCase() === part.toLowerCase());
    if (name === undefined) return false;
    found = posix.join(found, name);
  }
  return true;
}

function isInCheckout({ files }: Repository, { workspace }: StepRun, folder: string): boolean {
  const isRelative = folder !== "" && !folder.startsWith("/") && !folder.startsWith("..") && !/[~\\$]/.test(folder);
  return isRelative && workspace.isCheckedOut && workspace.foreign === undefined && !files.isIgnored(`${folder}/`);
}

/** Whether nothing that a step runs can make a folder: what is not known can. */
function makesNoFolder(run: StepRun): boolean {
  const { step, reaches } = run;
  if (bringsOthers(step)) return false;
  if (step.run) return reaches.length > 0 && reaches.every((reach) => isQuiet(reaches, reach));
  const name = step.uses && actionName(step.uses);
  // The steps of a composite action stand among the others.
  if (step.uses?.target.kind === "local") return true;
  if (name === "actions/checkout") return ["submodules", "sparse-checkout"].every((input) => !step.inputs.has(input));
  return name !== undefined && isQuietAction(name, step.inputs);
}

function isQuiet(reaches: readonly Reach[], reach: Reach): boolean {
  const { invocation, located, isApproximate } = reach;
  if (isApproximate || writesSource(located.command)) return false;
  if (invocation.kind === "install") return true;
  if (invocation.kind === "script") return isFollowed(reaches, reach);
  if (invocation.kind === "binary") return invocation.name !== "mkdir" && isQuietBinary(invocation);
  const name = textOf(located.command.words[0]) ?? "";
  return invocation.kind === "nothing" && name !== "mkdir" && QUIET_COMMANDS.has(name);
}

function describe(repository: Repository, { place, frame, sighting }: FaultPlace<Naming>): MissingFolder {
  const { text, folder = "", nameAt } = sighting.value;
  const parent = posix.dirname(folder);
  const siblings = repository.files.list(parent === "." ? "" : parent);
  const similar = similarTo(posix.basename(folder), siblings);
  return {
    place,
    text: frame ? frame.uses.text : text,
    writtenAt: frame ? sighting.place : undefined,
    folder,
    similar: similar === undefined ? undefined : posix.join(parent, similar),
    nameAt: frame ? undefined : nameAt,
  };
}
