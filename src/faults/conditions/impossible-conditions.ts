import type { Condition, Reference } from "../../documents/expression.ts";
import { canHoldTogether, type Domain } from "../../documents/satisfiability.ts";
import type { Place } from "../../documents/source.ts";
import type { Step } from "../../documents/step.ts";
import type { Job, Workflow } from "../../documents/workflow.ts";
import type { Repository } from "../../project/repository.ts";

/** A job or step that never runs, although its own condition could hold. */
export type ImpossibleCondition = ExcludedResult | SkippedNeeds;

/** A condition that asks for a failure where GitHub only asks it after success. */
export interface ExcludedResult {
  readonly kind: "excludedResult";
  readonly place: Place;
  readonly subject: "job" | "step";
  /** What it asks about. */
  readonly asked: string;
  /** The expression, as written. */
  readonly text: string;
}

/** Jobs that are waited for and of which one is always skipped where the condition holds. */
export interface SkippedNeeds {
  readonly kind: "skippedNeeds";
  readonly place: Place;
  readonly job: string;
  /** One that is skipped wherever the job's own condition holds, or two that never run together. */
  readonly skipped: readonly { readonly id: string; readonly place: Place }[];
}

/** The jobs and steps of a workflow that never run because a condition without a status function waits for success. */
export function impossibleConditions(repository: Repository, path: string): readonly ImpossibleCondition[] {
  const workflow = repository.workflowPaths.includes(path) ? repository.workflow(path) : undefined;
  return workflow
    ? workflow.jobs.flatMap((job) => [...faultsOfJob(workflow, job), ...faultsOfSteps(workflow, job)])
    : [];
}

const anything: Domain = () => undefined;

/**
 * Without a status function a job runs only after the success of all jobs before it, also of those that its `needs` have waited for.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idneeds, https://github.com/actions/runner/issues/2205
 */
function faultsOfJob(workflow: Workflow, job: Job): readonly ImpossibleCondition[] {
  const { condition } = job;
  if (job.needs.length === 0 || condition?.asksForStatus === true) return [];
  const before = jobsBefore(workflow, job);
  // What such a job tells of its failure is not known.
  if (!before || before.some(({ continueOnError }) => continueOnError)) return [];
  const own = condition ? [condition] : [];
  if (!canHoldTogether(own, anything)) return [];
  const results = resultsOfNeeds(job);
  if (condition && !canHoldTogether(own, results)) return excludedResult(workflow, "job", condition, results);
  const conditional = before.filter((other) => other.condition);
  const excludes = (...others: readonly Job[]): boolean =>
    !canHoldTogether([...own, ...others.flatMap((other) => other.condition ?? [])], anything);
  const possible = conditional.filter((other) => !excludesItself(other));
  const pairs = possible.flatMap((first, index) => possible.slice(index + 1).map((second) => [first, second]));
  const skipped = [...possible.map((other) => [other]), ...pairs].find((others) => excludes(...others));
  if (!skipped) return [];
  const place = { source: workflow.source, range: condition?.node.range ?? job.keyRange };
  return [
    {
      kind: "skippedNeeds",
      place,
      job: job.id,
      skipped: skipped.map(({ id, condition: its, keyRange }) => ({
        id,
        place: { source: workflow.source, range: its?.node.range ?? keyRange },
      })),
    },
  ];
}

/** A job that is switched off, with all that wait for it. */
function excludesItself({ condition }: Job): boolean {
  return condition !== undefined && !canHoldTogether([condition], anything);
}

/** All jobs that a job waits for, directly or through others; undefined where one of them is not there. */
function jobsBefore({ jobs }: Workflow, job: Job): readonly Job[] | undefined {
  const before = new Set<Job>();
  const queue = [...job.needs];
  for (const id of queue) {
    const needed = jobs.find((other) => other.id.toLowerCase() === id.toLowerCase());
    if (!needed || needed === job) return undefined;
    if (before.has(needed)) continue;
    before.add(needed);
    queue.push(...needed.needs);
  }
  return [...before];
}

const resultsOfNeeds =
  ({ needs }: Job): Domain =>
  ({ context, path: [id = "", key, ...rest] }) => {
    const isNeeded = needs.some((needed) => needed.toLowerCase() === id.toLowerCase());
    return context === "needs" && isNeeded && key === "result" && rest.length === 0 ? ["success"] : undefined;
  };

/** Without a status function a step runs only where no step before it has failed. */
function faultsOfSteps(workflow: Workflow, job: Job): readonly ImpossibleCondition[] {
  const results = job.condition?.asksForStatus === true ? anything : resultsOfNeeds(job);
  return job.steps.flatMap(({ condition, background }, index) => {
    if (!condition || background || condition.asksForStatus) return [];
    const before = job.steps.slice(0, index);
    const domain: Domain = (reference) => results(reference) ?? resultsBefore(before, reference);
    const isFault = canHoldTogether([condition], anything) && !canHoldTogether([condition], domain);
    return isFault ? excludedResult(workflow, "step", condition, domain) : [];
  });
}

function resultsBefore(steps: readonly Step[], { context, path }: Reference): readonly string[] | undefined {
  const [name = "", key] = path;
  if (context === "job" && path.length === 1 && name === "status") return ["success"];
  const step = steps.find(({ id }) => id?.toLowerCase() === name.toLowerCase());
  if (context !== "steps" || !step || step.background || path.length !== 2) return undefined;
  // A failure that is tolerated is an outcome, but no conclusion.
  const isTold = key === "conclusion" || (key === "outcome" && !step.continueOnError);
  return isTold ? ["success", "skipped"] : undefined;
}

function excludedResult(
  { source }: Workflow,
  subject: ExcludedResult["subject"],
  { node, references, expression }: Condition,
  domain: Domain,
): readonly ExcludedResult[] {
  const asked = references.find((reference) => domain(reference) !== undefined);
  if (!asked || !expression) return [];
  return [
    {
      kind: "excludedResult",
      place: { source, range: node.range },
      subject,
      asked: [asked.context, ...asked.path].join("."),
      text: expression.text,
    },
  ];
}
