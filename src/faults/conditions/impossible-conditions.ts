import { isShared } from "../../documents/data.ts";
import type { Condition, Reference } from "../../documents/expression.ts";
import { canHoldTogether, nameOf, type Domain } from "../../documents/satisfiability.ts";
import type { Place } from "../../documents/source.ts";
import type { Step } from "../../documents/step.ts";
import { findJob, isSameJob, waitsFor, type Job, type Workflow } from "../../documents/workflow.ts";
import type { Repository } from "../../project/repository.ts";
import { givenFor, type Given, type Standing } from "./given-values.ts";

/** A job or step that never runs. */
export type ImpossibleCondition = ImpossibleValue | ExcludedResult | SkippedNeeds;

/** A condition that asks for what GitHub never gives. */
export interface ImpossibleValue {
  readonly kind: "impossibleValue";
  readonly place: Place;
  readonly subject: "job" | "step";
  /** What it asks about, by its parts. */
  readonly asked: readonly string[];
  readonly given: Given;
}

/** A condition that asks for a failure where GitHub only asks it after success. */
export interface ExcludedResult {
  readonly kind: "excludedResult";
  readonly place: Place;
  readonly subject: "job" | "step";
  /** What it asks about, and what that can be there. */
  readonly asked: string;
  readonly results: readonly string[];
  /** The expression, as written. */
  readonly text: string;
}

/** Jobs that are waited for and of which one is always skipped where the condition holds. */
export interface SkippedNeeds {
  readonly kind: "skippedNeeds";
  readonly place: Place;
  /** One that is skipped wherever the job's own condition holds, or two of which one is. */
  readonly skipped: readonly { readonly id: string; readonly place: Place }[];
  /** Whether the job reads outputs of one of them, which it cannot do without. */
  readonly readsOutputs: boolean;
}

/** The jobs and steps of a workflow that never run: for what their conditions ask, or because these are asked after success alone. */
export function impossibleConditions(repository: Repository, path: string): readonly ImpossibleCondition[] {
  const workflow = repository.workflowPaths.includes(path) ? repository.workflow(path) : undefined;
  return workflow
    ? workflow.jobs.flatMap((job) => [
        ...faultsOfJob(repository, workflow, job),
        ...faultsOfSteps(repository, workflow, job),
      ])
    : [];
}

/** https://docs.github.com/en/actions/reference/workflows-and-actions/contexts#context-availability */
const JOB_CONTEXTS = /^(?:github|inputs|needs|vars)$/;
/** What another attempt at the same run has another value for: a job that has succeeded before is not asked again. */
const OF_ATTEMPTS = /^(?:run_attempt|triggering_actor)$/i;

const anything: Domain = ({ context, path: [name = ""] }) =>
  context === "github" && OF_ATTEMPTS.test(name) ? "unknown" : "any";

/**
 * Without a status function a job runs only after the success of all jobs before it, also of those that its `needs` have waited for.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idneeds, https://github.com/actions/runner/issues/2205
 */
function faultsOfJob(repository: Repository, workflow: Workflow, job: Job): readonly ImpossibleCondition[] {
  const { condition } = job;
  if (condition && isJudgeable(workflow, job)) {
    const impossible = impossibleValue(repository, condition, { workflow, job, steps: undefined });
    if (impossible.length > 0) return impossible;
  }
  const before = job.needs.length > 0 && isJudgeable(workflow, job) ? jobsBefore(workflow, job) : undefined;
  // What a job tells of a failure that is tolerated is not known.
  if (condition?.asksForStatus === true || !before?.every(({ continueOnError }) => !continueOnError)) return [];
  const own = condition ? [condition] : [];
  if (!canHoldTogether(own, anything)) return [];
  const results = resultsOfNeeds(job);
  if (condition && !canHoldTogether(own, results)) return excludedResult(workflow, "job", condition, results);
  const possible = before.filter(
    (other) => other.condition && isJudgeable(workflow, other) && canHoldTogether([other.condition], anything),
  );
  const pairs = possible.flatMap((first, index) =>
    possible.slice(index + 1).flatMap((second) => (readsAlike(first, second) ? [[first, second]] : [])),
  );
  const skipped = [...possible.map((other) => [other]), ...pairs].find(
    (others) => !canHoldTogether([...own, ...others.flatMap((other) => other.condition ?? [])], anything),
  );
  if (!skipped) return [];
  const { source } = workflow;
  return [
    {
      kind: "skippedNeeds",
      place: { source, range: condition?.node.range ?? job.keyRange },
      skipped: skipped.map(({ id, condition: its, keyRange }) => ({
        id,
        place: { source, range: its?.node.range ?? keyRange },
      })),
      readsOutputs: skipped.some(({ id }) => readsOutputsOf(source.text.slice(...job.node.range), id)),
    },
  ];
}

function readsOutputsOf(text: string, id: string): boolean {
  const reads = [...text.matchAll(/\bneeds(?:\.([\w-]+)|\[["']([\w-]+)["']\])\.outputs\b/g)];
  return reads.some(([, name, quoted]) => isSameJob(id, name ?? quoted ?? ""));
}

/** Whether two jobs ask about the same thing, without which they do not exclude each other. */
function readsAlike(first: Job, second: Job): boolean {
  const names = new Set(first.condition?.references.map(nameOf));
  return second.condition?.references.some((reference) => names.has(nameOf(reference))) === true;
}

/** Whether GitHub takes a job's condition, and what it reads is the same for other jobs. */
function isJudgeable({ document }: Workflow, job: Job): boolean {
  const { condition } = job;
  if (!condition) return true;
  const isKnown = ({ context, path: [id = ""] }: Reference): boolean =>
    JOB_CONTEXTS.test(context) && (context !== "needs" || waitsFor(job, id));
  return (
    condition.expression?.flaw === undefined &&
    condition.references.every(isKnown) &&
    !isShared(document, condition.node.range)
  );
}

/** All jobs that a job waits for, directly or through others; undefined where one of them is not there. */
function jobsBefore(workflow: Workflow, job: Job): readonly Job[] | undefined {
  const before = new Set<Job>();
  const queue = [...job.needs];
  for (const id of queue) {
    const needed = findJob(workflow, id);
    if (!needed || needed === job) return undefined;
    if (before.has(needed)) continue;
    before.add(needed);
    queue.push(...needed.needs);
  }
  return [...before];
}

const resultsOfNeeds =
  (job: Job): Domain =>
  (reference) => {
    const { context, path } = reference;
    const [id = "", key = "", ...rest] = path;
    const isResult = context === "needs" && waitsFor(job, id) && key.toLowerCase() === "result" && rest.length === 0;
    return isResult ? ["success"] : anything(reference);
  };

/** Without a status function a step runs only where no step before it has failed. */
function faultsOfSteps(repository: Repository, workflow: Workflow, job: Job): readonly ImpossibleCondition[] {
  const { steps } = job;
  return steps.flatMap(({ node, condition, background }, index): readonly ImpossibleCondition[] => {
    if (!condition || background || condition.expression?.flaw) return [];
    // A step that other jobs have too may run there.
    if (isShared(workflow.document, node.range) || isShared(workflow.document, condition.node.range)) return [];
    const impossible = impossibleValue(repository, condition, { workflow, job, steps: steps.slice(0, index) });
    if (impossible.length > 0 || condition.asksForStatus) return impossible;
    const domain = resultsBefore(steps.slice(0, index));
    const isFault = canHoldTogether([condition], anything) && !canHoldTogether([condition], domain);
    return isFault ? excludedResult(workflow, "step", condition, domain) : [];
  });
}

const resultsBefore =
  (steps: readonly Step[]): Domain =>
  (reference) => {
    const { context, path } = reference;
    const [name = "", key = "", ...rest] = path.map((part) => part.toLowerCase());
    if (context === "job" && name === "status" && path.length === 1) return ["success"];
    const step = steps.find(({ id }) => id?.toLowerCase() === name);
    if (context !== "steps" || !step || step.background || rest.length > 0) return anything(reference);
    // A failure that is tolerated is an outcome, but no conclusion.
    const isTold = key === "conclusion" || (key === "outcome" && !step.continueOnError);
    return isTold ? ["success", "skipped"] : anything(reference);
  };

function impossibleValue(repository: Repository, condition: Condition, standing: Standing): readonly ImpossibleValue[] {
  const { source } = standing.workflow;
  const isImpossible = (asked: Reference, { values }: Given): boolean =>
    !canHoldTogether([condition], (other) => (nameOf(other) === nameOf(asked) ? values : anything(other)));
  for (const asked of condition.references) {
    const given = givenFor(repository, asked, condition, standing);
    if (!given || !isImpossible(asked, given)) continue;
    // What holds in no case may have been switched off.
    if (!canHoldTogether([condition], anything)) return [];
    const place = { source, range: condition.node.range };
    const subject = standing.steps ? "step" : "job";
    return [{ kind: "impossibleValue", place, subject, asked: [asked.context, ...asked.path], given }];
  }
  return [];
}

function excludedResult(
  { source }: Workflow,
  subject: ExcludedResult["subject"],
  condition: Condition,
  domain: Domain,
): readonly ExcludedResult[] {
  const { node, references, expression } = condition;
  const isCulprit = (asked: Reference): boolean =>
    !canHoldTogether([condition], (other) => (nameOf(other) === nameOf(asked) ? domain(other) : anything(other)));
  const told = references.filter((reference) => Array.isArray(domain(reference)));
  const asked = told.find(isCulprit) ?? told[0];
  const results = asked && domain(asked);
  if (!asked || !Array.isArray(results) || !expression) return [];
  return [
    {
      kind: "excludedResult",
      place: { source, range: node.range },
      subject,
      asked: [asked.context, ...asked.path].join("."),
      results: results.map(String),
      text: expression.text,
    },
  ];
}
