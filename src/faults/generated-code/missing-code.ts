import type { DataDocument, Entry, Mapping } from "../../documents/data.ts";
import { describePlace, type Place } from "../../documents/source.ts";
import type { TurboConfig } from "../../documents/turbo-config.ts";
import type { JobRun } from "../../project/trace/job-run.ts";
import type { Repository } from "../../project/repository.ts";
import { allRuns, runsOfWorkflow } from "../../project/trace/runs.ts";
import type { Task } from "../../project/turbo/task-graph.ts";
import { faultPlaces, jobsConcerning, type FaultPlace, type Sighting } from "../call-sites.ts";
import { chainOf } from "../chain.ts";
import { generatingTaskOf, waitingPlaceOf } from "./generating-task.ts";
import { installsBefore, newStepFor } from "./generating-step.ts";
import { missingImports, type MissingImport } from "./missing-imports.ts";
import { runsGenerator } from "./outputs.ts";

/** What both kinds of faults say. */
interface MissingCode {
  readonly place: Place;
  /** What is not found, how it is used, and where, as `path:line`. */
  readonly module: string;
  readonly relation: string;
  readonly importer: string;
  /** What generates the module: `convex codegen`. */
  readonly generator: string;
}

/** A check in a workflow or action that runs without generated code. */
export interface UngeneratedCode extends MissingCode {
  /** The command in the step's script, or the `uses` through which it is reached. */
  readonly text: string;
  /** The way from there to the check; empty where it is the command itself. */
  readonly chain: string;
  /** The check itself. */
  readonly check: string;
  /** Where another job generates the module. */
  readonly generatedAt: Place | undefined;
  readonly document: DataDocument;
  /** The step before which the code could be generated, and how; undefined where that is not certain to work. */
  readonly newStep: { readonly before: Mapping; readonly lines: readonly string[] } | undefined;
}

/** A turbo task that does not wait for the task which generates what it checks. */
export interface MissingDependency extends MissingCode {
  /** `web#typecheck`. */
  readonly task: string;
  /** `backend#codegen`. */
  readonly generatingTask: string;
  /** The step's command that runs the task, and where it is. */
  readonly from: string;
  readonly fromPlace: Place;
  readonly config: TurboConfig;
  readonly entry: Entry;
  readonly dependsOn: Entry | undefined;
  /** What `dependsOn` lacks; undefined where turbo would refuse it. */
  readonly item: string | undefined;
}

/** The task of turbo in which a check runs, if the code that it lacks comes from a task too. */
function generationOf(repository: Repository, { reach, output }: MissingImport) {
  const task: Task | undefined = reach.filters.at(-1)?.task;
  const generating = task && generatingTaskOf(repository, task, output);
  return generating && { task, generating };
}

/** The places of a workflow or action at which a check runs without generated code, and no configuration of turbo could mend it. */
export function ungeneratedCode(repository: Repository, path: string): readonly UngeneratedCode[] {
  const sightings = jobsConcerning(repository, path).flatMap((job) => repository.deriveFor(job, sightingsIn));
  const atPlaces = new Map<number, UngeneratedCode>();
  for (const fault of faultPlaces(sightings)) {
    const [start] = fault.place.range;
    if (fault.place.source.path === path && !atPlaces.has(start)) atPlaces.set(start, describe(repository, fault));
  }
  return [...atPlaces.values()];
}

interface Spotted {
  readonly job: JobRun;
  readonly missing: MissingImport;
}

function sightingsIn(repository: Repository, job: JobRun): readonly Sighting<Spotted>[] {
  return repository
    .deriveFor(job, missingImports)
    .filter((missing) => !generationOf(repository, missing))
    .map((missing) => {
      const { run, reach, verdict, output } = missing;
      return { run, place: reach.entry.place, subject: output.path, verdict, value: { job, missing } };
    });
}

function describe(repository: Repository, { place, frame, sighting }: FaultPlace<Spotted>): UngeneratedCode {
  const { run, reach, output } = sighting.value.missing;
  const { steps } = sighting.value.job;
  return {
    ...codeOf(sighting.value.missing, place),
    text: frame ? frame.uses.text : reach.entry.text,
    chain: chainOf(frame ? { hops: [{ place, text: "" }, ...reach.hops] } : reach),
    check: reach.located.text,
    generatedAt: generatedElsewhere(repository, sighting.value),
    document: frame?.document ?? run.document,
    newStep: !frame && installsBefore(steps, run) ? newStepFor(repository, run, output) : undefined,
  };
}

function codeOf({ use, output }: MissingImport, place: Place): MissingCode {
  return {
    place,
    module: use.target,
    relation: use.relation,
    importer: describePlace(use.place),
    generator: output.generator.command,
  };
}

/** Where another job of the workflow runs the generator. */
function generatedElsewhere(repository: Repository, { job, missing }: Spotted): Place | undefined {
  const { generator } = missing.output;
  return runsOfWorkflow(repository, job.workflow)
    .filter((other) => other.job !== job.job)
    .flatMap(({ steps }) => steps.flatMap(({ reaches }) => reaches))
    .find(({ invocation }) => runsGenerator(invocation, generator))?.entry.place;
}

const dependencies = (repository: Repository): readonly MissingDependency[] => {
  const found = new Map<string, MissingDependency>();
  for (const missing of allRuns(repository).flatMap((job) => repository.deriveFor(job, missingImports))) {
    const generation = missing.verdict === "faulty" ? generationOf(repository, missing) : undefined;
    if (!generation) continue;
    const { task, generating } = generation;
    const { config, entry, dependsOn } = waitingPlaceOf(task);
    const key = [config.source.path, entry.key, generating.item ?? generating.id].join("\0");
    if (found.has(key)) continue;
    const place = { source: config.source, range: (dependsOn ?? entry).keyRange };
    found.set(key, {
      ...codeOf(missing, place),
      task: task.id,
      generatingTask: generating.id,
      from: missing.reach.entry.text,
      fromPlace: missing.reach.entry.place,
      config,
      entry,
      dependsOn,
      item: generating.item,
    });
  }
  return [...found.values()];
};

/** The tasks of a turbo configuration that check generated code without waiting for it. */
export function missingDependencies(repository: Repository, path: string): readonly MissingDependency[] {
  // Only a configuration of turbo asks what all workflows do.
  if (!/(?:^|\/)turbo\.jsonc?$/.test(path)) return [];
  return repository.derive(dependencies).filter(({ config }) => config.source.path === path);
}
