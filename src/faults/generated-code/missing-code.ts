import type { DataDocument, Entry, Mapping } from "../../documents/data.ts";
import { describePlace, type Place } from "../../documents/source.ts";
import type { TurboConfig } from "../../documents/turbo-config.ts";
import type { JobRun } from "../../project/trace/job-run.ts";
import type { Repository } from "../../project/repository.ts";
import { allRuns, runsOfWorkflow } from "../../project/trace/runs.ts";
import type { Task } from "../../project/turbo/task-graph.ts";
import { BUILD } from "../../tools/generators.data.ts";
import { faultsIn, jobsConcerning, oneForEach, type FaultPlace, type Sighting } from "../call-sites.ts";
import { tellWay } from "../chain.ts";
import { installsBefore, newStepFor } from "./generating-step.ts";
import { buildTaskOf, makes } from "./build-task.ts";
import { generatingTaskOf, waitingPlaceOf } from "./generating-task.ts";
import { checksOf, missingImports, type MissingImport } from "./missing-imports.ts";
import type { GeneratedOutput } from "./outputs.ts";

/** What both kinds of faults say. */
interface MissingCode {
  readonly place: Place;
  /** What is not found, how it is used, and where, as `path:line` with the file that leads there. */
  readonly module: string;
  readonly relation: string;
  readonly importer: string;
  /** What generates the module: `convex codegen`. */
  readonly generator: string;
  /** Where the module is what a package is built to: the package, the name that is imported, and where its manifest leads from there to the module. */
  readonly ofPackage: { readonly name: string; readonly specifier: string; readonly entry: string } | undefined;
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

/** The task of turbo in which a check runs, if the code that it lacks comes from a task too, and turbo runs what it waits for. */
function generationOf(repository: Repository, { run, reach, output }: Pick<MissingImport, "output" | "reach" | "run">) {
  const isOnly = run.reaches.some(
    ({ entry, invocation }) => entry === reach.entry && invocation.kind === "turbo" && invocation.onlyRequested,
  );
  const task: Task | undefined = isOnly ? undefined : reach.filters.at(-1)?.task;
  const find = output.generator === BUILD ? buildTaskOf : generatingTaskOf;
  const generating = task && find(repository, task, output);
  return generating && { task, generating };
}

/** The places of a workflow or action at which a check runs without generated code, and no configuration of turbo could mend it. */
export function ungeneratedCode(repository: Repository, path: string): readonly UngeneratedCode[] {
  const sightings = jobsConcerning(repository, path).flatMap((job) => repository.deriveFor(job, sightingsIn));
  return oneForEach(faultsIn(path, sightings), () => "").flatMap((fault) => describe(repository, fault));
}

interface Spotted {
  readonly job: JobRun;
  readonly missing: MissingImport | undefined;
}

function sightingsIn(repository: Repository, job: JobRun): readonly Sighting<Spotted>[] {
  const checks = repository.deriveFor(job, checksOf);
  if (!checks.some((check) => check.verdict === "faulty" && !generationOf(repository, check))) return [];
  return checks
    .filter((check) => !generationOf(repository, check))
    .map((check) => {
      const { run, reach, verdict, output } = check;
      const missing = check.verdict === "sound" ? undefined : check;
      return { run, place: reach.entry.place, subject: output.path, verdict, value: { job, missing } };
    });
}

function describe(repository: Repository, fault: FaultPlace<Spotted>): readonly UngeneratedCode[] {
  const { place, frame, sighting } = fault;
  const { run, value } = sighting;
  const { job, missing } = value;
  if (!missing) return [];
  const { reach, output } = missing;
  return [
    {
      ...codeOf(missing, place),
      ...tellWay(fault, reach),
      check: reach.located.text,
      generatedAt: generatedElsewhere(repository, job, output),
      document: frame?.document ?? run.document,
      newStep: !frame && installsBefore(job.steps, run) ? newStepFor(repository, run, output) : undefined,
    },
  ];
}

function codeOf({ use, output }: MissingImport, place: Place): MissingCode {
  const { target, relation, ofPackage } = use;
  const { generator, owner } = output;
  return {
    place,
    module: target,
    relation,
    importer: describePlace(use.place) + (use.entry === undefined ? "" : `, which ${use.entry} loads,`),
    generator: generator.command,
    ofPackage: ofPackage && {
      name: owner.name ?? "",
      specifier: ofPackage.specifier,
      entry: describePlace(ofPackage.entry),
    },
  };
}

/** Where another job of the workflow runs the generator. */
function generatedElsewhere(
  repository: Repository,
  { workflow, job }: JobRun,
  output: GeneratedOutput,
): Place | undefined {
  return runsOfWorkflow(repository, workflow)
    .filter((other) => other.job !== job)
    .flatMap(({ steps }) => steps.flatMap(({ reaches }) => reaches))
    .find((reach) => makes(repository, reach, output))?.entry.place;
}

const dependencies = (repository: Repository): readonly MissingDependency[] => {
  const found = new Map<string, MissingDependency>();
  for (const missing of allRuns(repository).flatMap((job) => missingImports(repository, job))) {
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
