import { entriesOf, entryOf, stringOf } from "../../documents/data.ts";
import type { Action } from "../../documents/action.ts";
import type { Reference } from "../../documents/expression.ts";
import { matrixNames, matrixNamesBelow } from "../../documents/matrix.ts";
import type { Place } from "../../documents/source.ts";
import { findStep, type Step } from "../../documents/step.ts";
import { findJob, waitsFor, type Job, type Workflow } from "../../documents/workflow.ts";
import type { Repository } from "../../project/repository.ts";
import { inputsFor, inputsOfAction, inputsOfWorkflow, outputsOfJob, type DeclaredOutputs } from "./declared-names.ts";
import { outputsOfStep } from "./step-outputs.ts";

/** Where an expression stands. */
export interface Standing {
  readonly file: Workflow | Action;
  /** Undefined outside of jobs, and in an action. */
  readonly job: Job | undefined;
  /** The steps that are over; undefined where there is nothing to read of steps. */
  readonly steps: readonly Step[] | undefined;
}

/** Something that an expression reads, and that is not there: GitHub gives nothing for it. */
export interface Absence {
  readonly kind:
    /** The job or action has no step with the id. */
    | "noStep"
    /** The step does not come before. */
    | "laterStep"
    /** The job does not wait for the other one. */
    | "noNeed"
    /** The workflow has no job with the id. */
    | "noJob"
    /** The step, the job, or what they call gives out nothing of the name. */
    | "noOutput"
    /** A step or job has nothing of the name. */
    | "noProperty"
    /** The workflow or action declares no such input. */
    | "noInput"
    /** No combination of the matrix has the name, or none of its values. */
    | "noCombination";
  /** How many parts of the path come before the one that is not there. */
  readonly depth: number;
  /** The names that are there in its place. */
  readonly names: readonly string[];
  /** What gives out other names. */
  readonly outputs?: DeclaredOutputs;
  /** The step that comes later. */
  readonly later?: Place;
}

// https://docs.github.com/en/actions/reference/workflows-and-actions/contexts#steps-context, …#needs-context
const STEP_PROPERTIES = ["conclusion", "outcome", "outputs"];
const JOB_PROPERTIES = ["outputs", "result"];

/**
 * What is missing of what an expression reads; undefined where it is there, or that cannot be known. GitHub compares all names
 * without regard to case: DictionaryContextData in
 * https://github.com/actions/runner/blob/258d6c857db3519913f7deb6004b60172f8043ae/src/Sdk/DTPipelines/Pipelines/ContextData/DictionaryContextData.cs
 */
export function absenceOf(
  repository: Repository,
  { context, path }: Reference,
  standing: Standing,
): Absence | undefined {
  const { file, job } = standing;
  if (file.kind === "action") {
    if (context === "steps") return absentStep(repository, path, standing);
    return context === "inputs" ? absentAt(path, 0, inputsOfAction(repository, file), "noInput") : undefined;
  }
  switch (context) {
    case "steps":
      return absentStep(repository, path, standing);
    case "needs":
      return job && absentNeed(repository, path, file, job);
    case "jobs":
      return absentJob(repository, path, file);
    case "inputs":
      return absentAt(path, 0, inputsOfWorkflow(repository, file), "noInput");
    case "matrix":
      return job && absentInMatrix(path, job);
    case "github":
      // A called workflow has the event of its caller, and with it the inputs that are declared there.
      return !file.call && /^event\.inputs$/i.test(path.slice(0, 2).join("."))
        ? absentAt(path, 2, inputsFor(file, ["workflow_dispatch"]), "noInput")
        : undefined;
    default:
      return undefined;
  }
}

function absentAt(
  path: readonly string[],
  depth: number,
  names: readonly string[] | undefined,
  kind: Absence["kind"],
): Absence | undefined {
  const name = path[depth];
  return name === undefined || !names || isAmong(names, name) ? undefined : { kind, depth, names };
}

function isAmong(names: readonly string[], name: string): boolean {
  return names.some((other) => other.toLowerCase() === name.toLowerCase());
}

function absentInMatrix(path: readonly string[], job: Job): Absence | undefined {
  const [name, below] = path;
  const absence = absentAt(path, 0, matrixNames(job), "noCombination");
  if (absence || name === undefined || below === undefined) return absence;
  return absentAt(path, 1, matrixNamesBelow(job, name), "noCombination");
}

function absentStep(repository: Repository, path: readonly string[], standing: Standing): Absence | undefined {
  const { file, job, steps } = standing;
  const [name, , output = ""] = path;
  if (!steps || name === undefined) return undefined;
  const step = findStep(steps, name);
  if (!step) {
    const all = job?.steps ?? (file.kind === "action" ? file.steps : []);
    const later = findStep(all, name);
    if (later)
      return { kind: "laterStep", depth: 0, names: [], later: { source: file.source, range: later.node.range } };
    return { kind: "noStep", depth: 0, names: steps.flatMap(({ id }) => id ?? []) };
  }
  return (
    absentAt(path, 1, STEP_PROPERTIES, "noProperty") ??
    absentOutput(path, () => outputsOfStep(repository, file, step, output))
  );
}

function absentOutput(path: readonly string[], declared: () => DeclaredOutputs | undefined): Absence | undefined {
  const outputs = path.length > 2 && isAmong(["outputs"], path[1] ?? "") ? declared() : undefined;
  const absence = absentAt(path, 2, outputs?.names, "noOutput");
  return absence && outputs && { ...absence, outputs };
}

function absentNeed(
  repository: Repository,
  path: readonly string[],
  workflow: Workflow,
  job: Job,
): Absence | undefined {
  const [name] = path;
  const needs = entryOf(job.node, "needs")?.value;
  const items = needs?.kind === "sequence" ? needs.items : needs ? [needs] : [];
  if (name === undefined || items.some((item) => stringOf(item) === undefined)) return undefined;
  if (waitsFor(job, name)) return absentInJob(repository, path, workflow);
  const isThere = isAmong(idsIn(workflow), name);
  return { kind: isThere ? "noNeed" : "noJob", depth: 0, names: job.needs };
}

function idsIn({ node }: Workflow): readonly string[] {
  return entriesOf(entryOf(node, "jobs")?.value).map(({ key }) => key);
}

function absentJob(repository: Repository, path: readonly string[], workflow: Workflow): Absence | undefined {
  return absentAt(path, 0, idsIn(workflow), "noJob") ?? absentInJob(repository, path, workflow);
}

function absentInJob(repository: Repository, path: readonly string[], workflow: Workflow): Absence | undefined {
  const job = findJob(workflow, path[0] ?? "");
  return (
    job &&
    (absentAt(path, 1, JOB_PROPERTIES, "noProperty") ??
      absentOutput(path, () => outputsOfJob(repository, workflow, job)))
  );
}
