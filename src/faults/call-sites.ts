import { posix } from "node:path";
import { allRuns, isTriggered, runsAcrossFiles, runsOfWorkflow } from "../project/trace/runs.ts";
import type { Place } from "../documents/source.ts";
import type { Workflow } from "../documents/workflow.ts";
import type { JobRun, StepRun } from "../project/trace/job-run.ts";
import type { Frame } from "../project/trace/workflow-entry.ts";
import type { Reach } from "../project/trace/reach.ts";
import type { Repository } from "../project/repository.ts";

/** One way in which a command of a step is entered, and whether what is looked for is the case there. */
export interface Sighting<T> {
  readonly run: StepRun;
  /** The command in the step's own script. */
  readonly place: Place;
  /** Tells one subject at the same place from another. */
  readonly subject: string;
  /** What is known of this way: it has the fault, it has not, or neither is certain. */
  readonly verdict: "faulty" | "sound" | "unknown";
  /** The `uses` at which alone this way can be mended, where that is known. */
  readonly mendedAt?: Frame | undefined;
  readonly value: T;
}

/** Where a fault has to be mended: at the command, or at the `uses` of the callers that have it. */
export interface FaultPlace<T> {
  readonly place: Place;
  /** The frame whose `uses` is the place; undefined where it is the command itself. */
  readonly frame: Frame | undefined;
  readonly sighting: Sighting<T>;
  /** All ways through the place, the one that is told of among them. */
  readonly ways: readonly Sighting<T>[];
}

/**
 * The faults that have to be mended in a file. Each has one place: the innermost `uses` or command such that no known way through
 * it is sound. It depends only on the files, not on which of them is linted.
 */
export function faultsIn<T>(path: string, sightings: readonly Sighting<T>[]): readonly FaultPlace<T>[] {
  // Most often nothing is wrong, and no place need be found.
  if (!sightings.some(({ verdict }) => verdict === "faulty")) return [];
  const groups = new Map<string, Sighting<T>[]>();
  for (const sighting of sightings) {
    const key = `${keyOfPlace(sighting.place)}\0${sighting.subject}`;
    const group = groups.get(key);
    if (group) group.push(sighting);
    else groups.set(key, [sighting]);
  }
  const found = new Map<string, FaultPlace<T>>();
  for (const group of groups.values()) {
    for (const sighting of group) {
      const fault = sighting.verdict === "faulty" ? innermost(sighting, group) : undefined;
      const key = fault && `${keyOfPlace(fault.place)}\0${sighting.subject}`;
      if (fault && key !== undefined && !found.has(key)) found.set(key, fault);
    }
  }
  return [...found.values()].filter(({ place }) => place.source.path === path);
}

/** The same of what `sightingsIn` sees in each job that runs in this repository's checkout. */
export function faultsOfJobs<T>(
  repository: Repository,
  path: string,
  sightingsIn: (repository: Repository, job: JobRun) => readonly Sighting<T>[],
): readonly FaultPlace<T>[] {
  const jobs = jobsConcerning(repository, path).filter(isOfRepository);
  return faultsIn(
    path,
    jobs.flatMap((job) => repository.deriveFor(job, sightingsIn)),
  );
}

/** The first of the faults at each place that have to do with the same. */
export function oneForEach<T>(
  faults: readonly FaultPlace<T>[],
  nameOf: (value: T) => string,
): readonly FaultPlace<T>[] {
  const seen = new Set<string>();
  return faults.filter(({ place, sighting }) => {
    const key = `${keyOfPlace(place)}\0${nameOf(sighting.value)}`;
    return !seen.has(key) && seen.add(key);
  });
}

function innermost<T>(sighting: Sighting<T>, group: readonly Sighting<T>[]): FaultPlace<T> | undefined {
  const { place, run, mendedAt } = sighting;
  if (mendedAt) return { place: placeOf(mendedAt), frame: mendedAt, sighting, ways: waysThrough(mendedAt, group) };
  if (!group.some(({ verdict }) => verdict === "sound")) return { place, frame: undefined, sighting, ways: group };
  for (const frame of [...run.frames].reverse()) {
    const ways = waysThrough(frame, group);
    if (!ways.some(({ verdict }) => verdict === "sound")) return { place: placeOf(frame), frame, sighting, ways };
  }
  return undefined;
}

function placeOf({ document, uses }: Frame): Place {
  return { source: document.source, range: uses.range };
}

function waysThrough<T>(frame: Frame, group: readonly Sighting<T>[]): readonly Sighting<T>[] {
  const key = keyOfPlace(placeOf(frame));
  return group.filter(({ run }) => run.frames.some((other) => keyOfPlace(placeOf(other)) === key));
}

/** The workflow that an event starts, from which a step is reached. */
export function startedWorkflow(repository: Repository, { frames, workflow }: StepRun): Workflow | undefined {
  const [outermost] = frames;
  return outermost ? repository.workflow(outermost.document.source.path) : workflow;
}

/** Where a command is written if that is a workflow, action or package.json; else the step's command that leads to it. */
export function writtenPlace({ source }: StepRun, { located, entry }: Reach): Place {
  const { path } = located.host.source;
  return located.host.source === source || posix.basename(path) === "package.json" ? located.place : entry.place;
}

/** Tells one place from another. */
export function keyOfPlace({ source, range }: Place): string {
  return `${source.path}:${String(range[0])}`;
}

/** Whether a job runs in this repository's checkout: a workflow that only others call, and nobody here does, runs in theirs. */
export function isOfRepository({ workflow, frames }: JobRun): boolean {
  return frames.length > 0 || isTriggered(workflow);
}

/** Whether a job runs on a machine of GitHub's that is new for each job, and not in a container. */
export function isHosted({ runner, job }: JobRun): boolean {
  return runner.os !== undefined && !job.container;
}

/** What a step does by itself, such as using an action: whether it fails the job is asked as of what it reaches. */
export const STEP_ITSELF: Pick<Reach, "guards" | "isApproximate" | "isFatal"> = {
  guards: [],
  isApproximate: false,
  isFatal: true,
};

/** The jobs that a finding in a file can depend on: those that run its steps, and all others that enter the same files. */
export function jobsConcerning(repository: Repository, path: string): readonly JobRun[] {
  return repository.deriveFor(path, findJobs);
}

function findJobs(repository: Repository, path: string): readonly JobRun[] {
  const workflow = repository.workflowPaths.includes(path) ? repository.workflow(path) : undefined;
  const own = workflow && !workflow.call ? runsOfWorkflow(repository, workflow) : undefined;
  // What stays within one file does not depend on the others, which then need not be read.
  const isAlone = own?.every(({ steps }) => steps.every(({ source }) => source.path === path));
  if (own && isAlone === true) return own;
  // A script of a package.json is run by any workflow.
  return /\.ya?ml$/.test(path) ? runsAcrossFiles(repository) : allRuns(repository);
}

/** The runs of all steps that a finding in a file can depend on. */
export function runsConcerning(repository: Repository, path: string): readonly StepRun[] {
  return repository.deriveFor(path, findRuns);
}

function findRuns(repository: Repository, path: string): readonly StepRun[] {
  const all = jobsConcerning(repository, path).flatMap(({ steps }) => steps);
  const isOf = (run: StepRun): boolean =>
    run.source.path === path || run.frames.some(({ document }) => document.source.path === path);
  const sources = new Set(all.filter(isOf).map(({ source }) => source.path));
  return all.filter(({ source }) => sources.has(source.path));
}
