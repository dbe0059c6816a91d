import { posix } from "node:path";
import { entriesOf, entryOf, valueAt, type DataNode } from "../../documents/data.ts";
import type { Action } from "../../documents/action.ts";
import type { Place } from "../../documents/source.ts";
import type { Job, Workflow } from "../../documents/workflow.ts";
import type { Uses } from "../../documents/uses.ts";
import { folderOf, type Repository } from "../../project/repository.ts";
import { normalizeDirectory } from "../../shell/directory.ts";
import { runsConcerning } from "../call-sites.ts";
import { triggersPlace } from "../calls/called-workflow.ts";

/** Names that something gives out. */
export interface DeclaredOutputs {
  readonly names: readonly string[];
  /** What says so: the job, the workflow that it calls, the action of a step, or its script. */
  readonly by: "job" | "workflow" | "action" | "script";
  readonly place: Place;
}

/** The outputs of a job, or of the workflow that it calls; undefined where they are not known. */
export function outputsOfJob(repository: Repository, workflow: Workflow, job: Job): DeclaredOutputs | undefined {
  if (!entryOf(job.node, "uses")) {
    const names = keysOf(entryOf(job.node, "outputs")?.value);
    return names && { names, by: "job", place: { source: workflow.source, range: job.keyRange } };
  }
  const target = job.uses?.target;
  const callee = target?.kind === "local" ? repository.workflow(normalizeDirectory(target.path)) : undefined;
  const names = keysOf(valueAt(callee?.node, "on", "workflow_call", "outputs"));
  return callee?.call && names && { names, by: "workflow", place: triggersPlace(callee) };
}

/** The keys of a mapping, or none where nothing is written; undefined for what is no mapping, or has keys that are computed. */
export function keysOf(node: DataNode | undefined): readonly string[] | undefined {
  if (!node || (node.kind === "scalar" && node.value === null)) return [];
  const keys = entriesOf(node).map(({ key }) => key);
  return node.kind === "mapping" && !keys.some((key) => key.includes("${{")) ? keys : undefined;
}

/** The inputs that a workflow declares for some events; undefined where they are not known. */
export function inputsFor({ node }: Workflow, events: readonly string[]): readonly string[] | undefined {
  const names = events.map((event) => keysOf(valueAt(node, "on", event, "inputs")));
  return names.every((some) => some !== undefined) ? names.flat() : undefined;
}

/** The inputs that a workflow can get; undefined where they are not known. */
export function inputsOfWorkflow(repository: Repository, workflow: Workflow): readonly string[] | undefined {
  return repository.deriveFor(workflow, findInputsOfWorkflow);
}

function findInputsOfWorkflow(repository: Repository, workflow: Workflow): readonly string[] | undefined {
  const own = inputsFor(workflow, ["workflow_call", "workflow_dispatch"]);
  if (!workflow.call) return own;
  // A called workflow also has the inputs with which its caller was started: https://github.com/actions/runner/issues/2274
  const others = repository
    .workflowsWith(/\bworkflow_dispatch\b/)
    .map((other) => inputsFor(other, ["workflow_dispatch"]));
  const isCalled = repository
    .workflowsWith(/\buses\b/)
    .some(({ jobs }) => jobs.some(({ uses }) => isOf(uses, workflow.source.path)));
  // One that is called from elsewhere may get any.
  if (!own || !isCalled || !others.every((names) => names !== undefined)) return undefined;
  return [...own, ...others.flat()];
}

function isOf(uses: Uses | undefined, path: string): boolean {
  return uses?.target.kind === "local" && normalizeDirectory(uses.target.path) === path;
}

/**
 * The inputs that an action declares, with those that steps of the repository give to it nevertheless: the runner warns, and passes
 * them on. ActionRunner.RunAsync in
 * https://github.com/actions/runner/blob/258d6c857db3519913f7deb6004b60172f8043ae/src/Runner.Worker/ActionRunner.cs
 */
export function inputsOfAction(repository: Repository, action: Action): readonly string[] | undefined {
  return repository.deriveFor(action, findInputsOfAction);
}

function findInputsOfAction(repository: Repository, action: Action): readonly string[] | undefined {
  const declared = keysOf(entryOf(action.node, "inputs")?.value);
  const folder = folderOf(action.source.path);
  const shelf = folderOf(folder);
  const jobs = repository.workflowsWith(/\buses\b/).flatMap((workflow) => workflow.jobs);
  const actions = repository.files.list(shelf).flatMap((name) => repository.action(posix.join(shelf, name)) ?? []);
  const entered = runsConcerning(repository, action.source.path).flatMap(({ frames }) => frames);
  const steps = [
    ...[...jobs, ...actions].flatMap((owner) => owner.steps),
    ...entered.flatMap(({ step }) => step ?? []),
  ];
  const passed = steps.filter(({ uses }) => isOf(uses, folder)).flatMap(({ inputs }) => [...inputs.keys()]);
  return declared && [...declared, ...passed];
}
