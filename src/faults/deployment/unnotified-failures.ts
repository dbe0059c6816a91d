import { stringOf, stringsOf, valueAt } from "../../documents/data.ts";
import type { Condition, Lookup } from "../../documents/expression.ts";
import type { Place } from "../../documents/source.ts";
import { waitsFor, type Job, type Workflow } from "../../documents/workflow.ts";
import { lookupIn } from "../../project/trace/expression-scope.ts";
import type { JobRun, StepRun } from "../../project/trace/job-run.ts";
import type { Repository } from "../../project/repository.ts";
import { faultsIn, jobsConcerning, type Sighting } from "../call-sites.ts";
import { neededBy } from "../jobs-before.ts";
import { findDeployment, type DeployingStep } from "./deploying-steps.ts";
import { lookupOn, occasionsOf, type Occasion } from "./occasions.ts";

/** A job that deploys, and after whose failure nothing runs. */
export interface UnnotifiedFailure {
  /** The key of the job, or the `uses` of a job that calls its workflow. */
  readonly place: Place;
  readonly deployment: DeployingStep;
  readonly occasion: Occasion;
}

/** A job of a workflow, on the way from the event to the one that deploys. */
interface JobOfWorkflow {
  readonly workflow: Workflow;
  readonly job: Job;
  /** False where the event itself starts its workflow. */
  readonly isCalled: boolean;
}

/** The jobs of a workflow that deploy the default branch, where nothing runs after a failure. */
export function unnotifiedFailures(repository: Repository, path: string): readonly UnnotifiedFailure[] {
  const sightings = jobsConcerning(repository, path).flatMap((job) => repository.deriveFor(job, sightingOf) ?? []);
  return faultsIn(path, sightings).map(({ place, sighting }) => ({ place, ...sighting.value }));
}

type Deployment = Omit<UnnotifiedFailure, "place">;

function sightingOf(repository: Repository, jobRun: JobRun): Sighting<Deployment> | undefined {
  const { job, workflow, steps, frames } = jobRun;
  const candidates = steps.flatMap((run) => findDeployment(run) ?? []);
  if (candidates.length === 0) return undefined;
  const way = wayTo(repository, jobRun);
  const occasions = occasionsOf((way[0] ?? jobRun).workflow);
  const deployments = candidates.flatMap((deployment): readonly Deployment[] => {
    const occasion = occasions.find((event) => runsOn(event, deployment.run, way));
    return occasion ? [{ deployment, occasion }] : [];
  });
  const [first] = deployments;
  if (!first) return undefined;
  const unfollowed = deployments.find((item) => !isFollowed(item, steps));
  const open = unfollowed && !isNoticed(repository, way, first.occasion) ? unfollowed : undefined;
  return {
    run: { ...first.deployment.run, frames },
    place: { source: workflow.source, range: job.keyRange },
    subject: "",
    verdict: open ? "faulty" : "sound",
    value: open ?? first,
  };
}

/** From the job that the event starts to the one that deploys. */
function wayTo(repository: Repository, { workflow, job, frames }: JobRun): readonly JobOfWorkflow[] {
  const callers = frames.flatMap((frame) => {
    const caller = repository.workflow(frame.document.source.path);
    return caller ? [{ workflow: caller, job: frame.job }] : [];
  });
  return [...callers, { workflow, job }].map((item, index) => ({ ...item, isCalled: index > 0 }));
}

/** Whether nothing is known to keep a step, or one of the jobs around it, from running on an event. */
function runsOn(occasion: Occasion, { conditions }: StepRun, way: readonly JobOfWorkflow[]): boolean {
  const isAllowed = conditions.every(({ condition, lookup }) => {
    const holds = condition.holds(lookupOn(occasion, lookup, way.length > 1));
    return !holds.known || holds.value;
  });
  return isAllowed && way.every((item) => jobMayRun(occasion, item, new Set()));
}

function jobMayRun(occasion: Occasion, item: JobOfWorkflow, seen: Set<Job>): boolean {
  const { workflow, job } = item;
  if (seen.has(job)) return true;
  seen.add(job);
  const holds = job.condition?.holds(lookupOfJob(occasion, item));
  if (holds?.known && !holds.value) return false;
  // A job that is skipped takes those along that need it, unless they ask how it went.
  const needed = workflow.jobs.filter(({ id }) => waitsFor(job, id));
  return (
    job.condition?.asksForStatus === true || needed.every((need) => jobMayRun(occasion, { ...item, job: need }, seen))
  );
}

function lookupOfJob(occasion: Occasion, { job, isCalled }: JobOfWorkflow): Lookup {
  return lookupOn(occasion, lookupIn({ job, secrets: "all" }), isCalled);
}

/** Whether a later step of the job runs after the failure. */
function isFollowed({ deployment, occasion }: Deployment, steps: readonly StepRun[]): boolean {
  const entered = new Set(deployment.run.frames.map(({ step }) => step));
  return steps.slice(steps.indexOf(deployment.run) + 1).some(({ step, frames, lookup }) => {
    // A step of an action runs only where the step that uses the action does.
    const outer = frames.flatMap((frame) => (frame.step && !entered.has(frame.step) ? [frame.step] : []));
    return [...outer, step].every(({ condition }) => mayFollow(condition, lookupOn(occasion, lookup, true)));
  });
}

/** Whether another job or workflow runs after the failure of one of the jobs on the way. */
function isNoticed(repository: Repository, way: readonly JobOfWorkflow[], occasion: Occasion): boolean {
  const isFollowedByJob = way.some((item) =>
    item.workflow.jobs.some(
      (other) =>
        mayFollow(other.condition, lookupOfJob(occasion, { ...item, job: other })) &&
        [...neededBy(other, item.workflow)].some(({ id }) => id === item.job.id),
    ),
  );
  const [entered] = way;
  return isFollowedByJob || (entered !== undefined && isWatched(repository, entered.workflow));
}

function mayFollow(condition: Condition | undefined, lookup: Lookup): boolean {
  const holds = condition?.holdsAfterFailure(lookup);
  return holds !== undefined && (!holds.known || holds.value);
}

const watchers = (repository: Repository): readonly Workflow[] =>
  repository.workflowsWith(/deployment_status|workflow_run/);

/** Whether another workflow runs when this one is done, or when a deployment changes its state. */
function isWatched(repository: Repository, { node, source }: Workflow): boolean {
  const name = stringOf(valueAt(node, "name")) ?? source.path;
  return repository.derive(watchers).some((other) => {
    if (other.triggers.includes("deployment_status")) return true;
    const watched = valueAt(other.node, "on", "workflow_run", "workflows");
    return [...stringsOf(watched), stringOf(watched) ?? ""].some(
      (pattern) => pattern === name || /[*?[+!]/.test(pattern),
    );
  });
}
