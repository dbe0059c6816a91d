import { entryOf } from "../../documents/data.ts";
import type { Reference } from "../../documents/expression.ts";
import { placeOf, type Place } from "../../documents/source.ts";
import { findJob, type Job } from "../../documents/workflow.ts";
import type { JobRun, StepRun } from "../../project/trace/job-run.ts";
import type { Frame } from "../../project/trace/workflow-entry.ts";
import type { Repository } from "../../project/repository.ts";
import { faultsOfJobs, startedWorkflow, type Sighting } from "../call-sites.ts";
import { neededBy } from "../jobs-before.ts";
import { findAlike, findsByName, findsOrFails } from "./found-files.ts";
import { legSuffix, type LegSuffix } from "./leg-suffix.ts";
import { uploadInstances, type OpenCondition, type UploadInstance } from "./upload-instances.ts";
import { uploadOf } from "./uploads.ts";

/** An upload under a name that something else in the run uploads under too: then it fails, from v4 on. */
export interface RepeatedUpload {
  readonly place: Place;
  /** The `uses` as written. */
  readonly text: string;
  /** Where the step itself names the artifact, if that is not the place. */
  readonly writtenAt: Place | undefined;
  readonly name: string;
  readonly clash: MatrixClash | OtherClash;
}

/** Several jobs of a matrix upload under one name. */
export interface MatrixClash {
  readonly kind: "matrix";
  /** How many jobs of the matrix get to the step, and in how many of them it fails. */
  readonly jobs: number;
  readonly failing: number;
  /** What makes the names differ. */
  readonly suffix: LegSuffix | undefined;
}

/** Another step does, or the same one in another call. */
export interface OtherClash {
  readonly kind: "other";
  readonly otherAt: Place;
  /** True where the other one is always first; else either of the two may fail. */
  readonly isAfter: boolean;
}

/** The uploads of a workflow or action whose name is taken in a run. */
export function repeatedUploads(repository: Repository, path: string): readonly RepeatedUpload[] {
  if (!/\.ya?ml$/.test(path)) return [];
  return faultsOfJobs(repository, path, sightingsIn).flatMap(({ place, frame, sighting }) => {
    const { place: own, value } = sighting;
    if (!value) return [];
    return [{ ...value, place, text: frame ? frame.uses.text : value.text, writtenAt: frame && own }];
  });
}

type Found = Pick<RepeatedUpload, "clash" | "name" | "text"> & { readonly mendedAt?: Frame | undefined };

function sightingsIn(repository: Repository, { steps }: JobRun): readonly Sighting<Found | undefined>[] {
  return steps.flatMap((run): readonly Sighting<Found | undefined>[] => {
    const upload = uploadOf(run, steps);
    if (!upload || upload === "any") return [];
    const workflow = startedWorkflow(repository, run);
    const all = workflow ? repository.deriveFor(workflow, uploadInstances) : [];
    const own = all.filter((instance) => instance.run === run);
    const value = clashInMatrix(repository, own, all) ?? clashWithOther(repository, own, all);
    const verdict = value ? "faulty" : own.length > 0 ? "sound" : "unknown";
    return [{ run, place: namePlace(run), subject: "repeated", verdict, mendedAt: value?.mendedAt, value }];
  });
}

function namePlace({ step, source }: StepRun): Place {
  return placeOf(source, step.inputs.get("name")?.node ?? step.uses ?? step.node);
}

function clashInMatrix(
  repository: Repository,
  [own]: readonly UploadInstance[],
  all: readonly UploadInstance[],
): Found | undefined {
  // Jobs of one group may end before they have started.
  if (!own?.leg || entryOf(own.jobRun.job.node, "concurrency")) return undefined;
  const legs = all.filter(({ way }) => way === own.way);
  const names = [...new Set(legs.map(({ name }) => name))];
  const groups = names
    .map((name) => legs.filter((instance) => instance.name === name))
    .filter((group) => group.length > 1 && findAlike(group));
  const [first] = groups[0] ?? [];
  if (!first) return undefined;
  const failing = groups.reduce((sum, group) => sum + group.length - 1, 0);
  const suffix = legSuffix(repository, legs, groups);
  return { text: textOf(own), name: first.name, clash: { kind: "matrix", jobs: legs.length, failing, suffix } };
}

function clashWithOther(
  repository: Repository,
  own: readonly UploadInstance[],
  all: readonly UploadInstance[],
): Found | undefined {
  for (const instance of own) {
    for (const other of all) {
      if (other.name !== instance.name || other.way === instance.way || !canClash(instance, other)) continue;
      const isAfter = comesBefore(repository, other, instance);
      // Of two that may come in any order the one further down is told of.
      if (!isAfter && (comesBefore(repository, instance, other) || all.indexOf(other) > all.indexOf(instance)))
        continue;
      const [at, mendedAt] = [divergence(other, instance), divergence(instance, other)];
      const isSame = other.run.step === instance.run.step;
      const otherAt = isSame && at ? { source: at.document.source, range: at.uses.range } : namePlace(other.run);
      return {
        text: textOf(instance),
        name: instance.name,
        clash: { kind: "other", otherAt, isAfter },
        ...(isSame && { mendedAt }),
      };
    }
  }
  return undefined;
}

function textOf({ run }: UploadInstance): string {
  return run.step.uses?.text ?? "";
}

/** Whether there are runs in which both take place, and both find files. */
function canClash(one: UploadInstance, other: UploadInstance): boolean {
  const isSame = one.run.step === other.run.step;
  const isFound = isSame ? findsOrFails(one) && findsOrFails(other) : findsByName(one) && findsByName(other);
  return isFound && (isLooser(one, other) || isLooser(other, one));
}

/** Whether the first runs wherever the second does: what else the second asks for has nothing to do with the first. */
function isLooser(loose: UploadInstance, strict: UploadInstance): boolean {
  const keys = new Set(strict.conditions.map(({ key }) => key));
  const own = new Set(loose.conditions.map(({ key }) => key));
  return (
    loose.conditions.every(({ key }) => keys.has(key)) &&
    strict.conditions.every((condition) => own.has(condition.key) || isIndependent(condition, loose))
  );
}

function isIndependent({ references, workflow }: OpenCondition, loose: UploadInstance): boolean {
  const jobs = jobsOf(loose);
  return references.every(({ context, path }: Reference) => {
    if (context !== "needs") return true;
    const needed = workflow && findJob(workflow, path[0] ?? "");
    if (!workflow || !needed) return false;
    return [needed, ...neededBy(needed, workflow)].every((job) => !jobs.includes(job));
  });
}

/** The job that has the step, behind those that call its workflow. */
function jobsOf({ jobRun }: UploadInstance): readonly Job[] {
  return [...jobRun.frames.map(({ job }) => job), jobRun.job];
}

/** Whether one always has ended when another starts. */
function comesBefore(repository: Repository, one: UploadInstance, other: UploadInstance): boolean {
  if (one.jobRun === other.jobRun) return one.leg === other.leg && indexOf(one) < indexOf(other);
  const [jobs, others] = [jobsOf(one), jobsOf(other)];
  const level = jobs.findIndex((job, index) => job !== others[index]);
  const [job, later] = [jobs[level], others[level]];
  const path = (other.jobRun.frames[level]?.document ?? other.jobRun.workflow.document).source.path;
  const workflow = repository.workflow(path);
  return job !== undefined && later !== undefined && workflow !== undefined && neededBy(later, workflow).has(job);
}

function indexOf({ jobRun, run }: UploadInstance): number {
  return jobRun.steps.indexOf(run);
}

/** The outermost `uses` on the way to the first that is not on the way to the second. */
function divergence({ run: { frames } }: UploadInstance, other: UploadInstance): Frame | undefined {
  return frames.find((frame, index) => frame.uses !== other.run.frames[index]?.uses);
}
