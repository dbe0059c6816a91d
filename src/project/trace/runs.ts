import { soleExpression } from "../../documents/expression.ts";
import { known } from "../../documents/known.ts";
import { combinationsOf, type Combination } from "../../documents/matrix.ts";
import type { Job, Workflow, WorkflowCall } from "../../documents/workflow.ts";
import { openLayer } from "./environment.ts";
import { occurrenceOf } from "./events.ts";
import { inputsOf, lookupIn, scoped, type Secrets } from "./expression-scope.ts";
import { runJob, type JobRun } from "./job-run.ts";
import { lookupOfJob, type WorkflowEntry } from "./workflow-entry.ts";
import { normalizeDirectory } from "../../shell/directory.ts";
import type { Repository } from "../repository.ts";

const MAX_WORKFLOW_DEPTH = 10;

/** The jobs that start when a workflow is triggered by an event, with those of the workflows that it calls. */
export function runsOfWorkflow(repository: Repository, workflow: Workflow): readonly JobRun[] {
  return repository.deriveFor(workflow, startWorkflow);
}

function startWorkflow(repository: Repository, workflow: Workflow): readonly JobRun[] {
  if (!isTriggered(workflow)) return [];
  const events = workflow.triggers.filter((trigger) => trigger !== "workflow_call");
  return enterWorkflow(repository, { workflow, frames: [], events, secrets: "all", conditions: [], mayFail: false });
}

/** Whether an event starts a workflow: one that only others can call never runs by itself. */
export function isTriggered({ triggers }: Workflow): boolean {
  return triggers.some((trigger) => trigger !== "workflow_call");
}

function enterWorkflow(repository: Repository, entry: WorkflowEntry): readonly JobRun[] {
  return entry.workflow.jobs.flatMap((job) => {
    // A matrix of calls within called workflows would multiply without end.
    const combinations = job.uses && entry.frames.length > 0 ? [undefined] : combinationsOf(job);
    return combinations.flatMap((combination) => enterJob(repository, entry, job, combination));
  });
}

function enterJob(
  repository: Repository,
  entry: WorkflowEntry,
  job: Job,
  combination: Combination | undefined,
): readonly JobRun[] {
  const target = job.uses?.target;
  if (!job.uses || target?.kind !== "local") {
    const run = runJob(repository, entry, job, combination);
    return run ? [run] : [];
  }
  const callee = repository.workflow(normalizeDirectory(target.path));
  if (!callee?.call || entry.frames.length >= MAX_WORKFLOW_DEPTH) return [];
  const { events, holds } = occurrenceOf(job.condition, entry.events, lookupOfJob(entry, job, combination));
  if (holds.known && !holds.value) return [];
  const lookup = lookupOfJob({ ...entry, events }, job, combination);
  return enterWorkflow(repository, {
    ...(entry.outside && { outside: entry.outside }),
    workflow: callee,
    frames: [...entry.frames, { document: entry.workflow.document, uses: job.uses, job }],
    events,
    inputs: inputsOf(callee.call.inputs, job.inputs, lookup),
    secrets: passedSecrets(entry, job, callee.call),
    conditions: [...entry.conditions, ...scoped(job.condition, lookup, { steps: [], workflow: entry.workflow })],
    mayFail: entry.mayFail,
  });
}

/** The secrets that a call passes on. A secret that the caller itself was not given is empty. */
function passedSecrets(entry: WorkflowEntry, { secrets, hasEnvironment }: Job, call: WorkflowCall): Secrets {
  if (secrets === "inherit") return entry.secrets;
  const lookup = lookupIn({ secrets: entry.secrets });
  const passed = [...secrets].filter(([, template]) => {
    const value = soleExpression(template)?.evaluate(lookup) ?? known(template.text);
    return hasEnvironment || !value.known || value.value !== "";
  });
  // Without a secret that is required no run starts, hence none sees it empty.
  const required = [...call.secrets].filter(([name, { isRequired }]) => isRequired && !secrets.has(name));
  return new Set([...passed, ...required].map(([name]) => name));
}

const runsOfAll = (repository: Repository): readonly JobRun[] =>
  runsOf(
    repository,
    repository.workflowPaths.flatMap((path) => repository.workflow(path) ?? []),
  );

/** Only such workflows enter other files of the repository, or are entered. */
const runsAcross = (repository: Repository): readonly JobRun[] =>
  runsOf(repository, repository.workflowsWith(/[.$][/\\]|workflow_call/));

function runsOf(repository: Repository, workflows: readonly Workflow[]): readonly JobRun[] {
  const runs = workflows.flatMap((workflow) => runsOfWorkflow(repository, workflow));
  const entered = new Set(runs.map(({ workflow }) => workflow));
  // A workflow that nobody here calls may be called from elsewhere, with anything set.
  const orphans = workflows.filter((workflow) => !entered.has(workflow) && !isTriggered(workflow));
  const outside = openLayer("no caller is known");
  return [
    ...runs,
    ...orphans.flatMap((workflow) =>
      enterWorkflow(repository, {
        workflow,
        frames: [],
        events: undefined,
        secrets: "all",
        outside,
        conditions: [],
        mayFail: false,
      }),
    ),
  ];
}

/** Every job that goes from one file to another: one that uses a local action, is part of a reusable workflow, or calls one. */
export function runsAcrossFiles(repository: Repository): readonly JobRun[] {
  return repository.derive(runsAcross);
}

/** Every job of the repository that an event or an unknown caller can start. */
export function allRuns(repository: Repository): readonly JobRun[] {
  return repository.derive(runsOfAll);
}
