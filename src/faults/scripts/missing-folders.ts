import { posix } from "node:path";
import { textOf } from "../../commands/arguments.ts";
import { evaluateTemplate, type Template } from "../../documents/expression.ts";
import type { Place } from "../../documents/source.ts";
import { actionName } from "../../documents/uses.ts";
import { failsJob } from "../../project/trace/certainty.ts";
import type { JobRun, StepRun } from "../../project/trace/job-run.ts";
import type { Reach } from "../../project/trace/reach.ts";
import type { Repository } from "../../project/repository.ts";
import { normalizeDirectory } from "../../shell/directory.ts";
import { QUIET_COMMANDS } from "../../tools/quiet-commands.data.ts";
import { isQuietAction, isQuietBinary } from "../../tools/quiet-commands.ts";
import { faultPlaces, isOfRepository, jobsConcerning, type FaultPlace, type Sighting } from "../call-sites.ts";
import { bringsOthers } from "./changed-manifests.ts";
import { similarTo } from "./lack.ts";

/** A `working-directory` that the checkout does not have, so that GitHub cannot start the step's shell. */
export interface MissingFolder {
  /** The key's value, or the `uses` through which alone it has this value. */
  readonly place: Place;
  /** What stands there. */
  readonly text: string;
  /** Where the value is written, if not there. */
  readonly writtenAt: Place | undefined;
  readonly folder: string;
  /** A folder that may have been meant. */
  readonly similar: string | undefined;
  /** Where the value is the folder itself. */
  readonly isLiteral: boolean;
}

interface Spotted {
  readonly template: Template;
  readonly folder: string;
}

/** The folders that steps of a workflow or action are to run in, and that are not there. */
export function missingFolders(repository: Repository, path: string): readonly MissingFolder[] {
  // What a submodule holds is not here.
  if (repository.files.exists(".gitmodules")) return [];
  const sightings = jobsConcerning(repository, path)
    .filter(isOfRepository)
    .flatMap((job) => sightingsIn(repository, job));
  return faultPlaces(sightings).flatMap((fault) =>
    fault.place.source.path === path ? [describe(repository, fault)] : [],
  );
}

function sightingsIn(repository: Repository, { steps }: JobRun): readonly Sighting<Spotted>[] {
  const sightings: Sighting<Spotted>[] = [];
  for (const [index, run] of steps.entries()) {
    const template = workingDirectoryOf(run);
    const value = template && evaluateTemplate(template, run.lookup);
    if (!template || !value) continue;
    const folder = value.known ? normalizeDirectory(value.value) : undefined;
    const isThere = folder !== undefined && repository.files.exists(folder);
    const isAbsent =
      folder !== undefined &&
      !isThere &&
      isInCheckout(repository, run, folder) &&
      steps.slice(0, index).every(makesNoFolder) &&
      failsJob(run, { guards: [], isApproximate: false, isFatal: true });
    sightings.push({
      run,
      place: { source: run.source, range: template.node.range },
      subject: /\bmatrix\b/.test(template.text) ? (folder ?? "") : "",
      verdict: isThere ? "sound" : isAbsent ? "faulty" : "unknown",
      value: { template, folder: folder ?? "" },
    });
  }
  return sightings;
}

/** Where a step's script starts; the defaults of a job are not those of the actions that it uses. */
function workingDirectoryOf({ step, job, workflow, frames }: StepRun): Template | undefined {
  if (!step.run) return undefined;
  const isOfAction = frames.some((frame) => frame.step);
  return step.workingDirectory ?? (isOfAction ? undefined : (job.defaults ?? workflow.defaults)?.workingDirectory);
}

function isInCheckout({ files }: Repository, { workspace }: StepRun, folder: string): boolean {
  const isRelative = folder !== "" && !folder.startsWith("/") && !folder.startsWith("..") && !/[~\\$]/.test(folder);
  return isRelative && workspace.isCheckedOut && workspace.foreign === undefined && !files.isIgnored(`${folder}/`);
}

/** Whether nothing that a step runs can make a folder: what is not known can. */
function makesNoFolder(run: StepRun): boolean {
  const { step, reaches } = run;
  if (bringsOthers(step)) return false;
  if (step.run) return reaches.length > 0 && reaches.every(isQuiet);
  const name = step.uses && actionName(step.uses);
  // The steps of a composite action stand among the others.
  if (step.uses?.target.kind === "local") return true;
  if (name === "actions/checkout") return ["submodules", "sparse-checkout"].every((input) => !step.inputs.has(input));
  return name !== undefined && isQuietAction(name, step.inputs);
}

function isQuiet({ invocation, located, isApproximate }: Reach): boolean {
  if (isApproximate || located.command.redirects.some(({ operator }) => operator.includes(">"))) return false;
  if (invocation.kind === "install") return true;
  if (invocation.kind === "binary") return invocation.name !== "mkdir" && isQuietBinary(invocation);
  const name = textOf(located.command.words[0]) ?? "";
  return invocation.kind === "nothing" && name !== "mkdir" && QUIET_COMMANDS.has(name);
}

function describe(repository: Repository, { place, frame, sighting }: FaultPlace<Spotted>): MissingFolder {
  const { template, folder } = sighting.value;
  const parent = posix.dirname(folder);
  const siblings = repository.files.list(parent === "." ? "" : parent);
  const similar = similarTo(posix.basename(folder), siblings);
  return {
    place,
    text: frame ? frame.uses.text : template.text,
    writtenAt: frame ? sighting.place : undefined,
    folder,
    similar: similar === undefined ? undefined : posix.join(parent, similar),
    isLiteral: !frame && template.expressions.length === 0 && template.node.style === "plain",
  };
}
