import type { Asked } from "../../documents/alternatives.ts";
import { isShared } from "../../documents/data.ts";
import type { Reference } from "../../documents/expression.ts";
import { nameOf, type Domain } from "../../documents/satisfiability.ts";
import type { Place } from "../../documents/source.ts";
import { findStep, type Step } from "../../documents/step.ts";
import { waitsFor, type Job, type Workflow } from "../../documents/workflow.ts";
import type { Repository } from "../../project/repository.ts";
import { givenFor, type Given, type Standing } from "./given-values.ts";
import { anything, askAbout, canHold, isSwitchedOff, type Question } from "./questions.ts";
import { isJudgeable, jobsBefore, skippedNeeds, type SkippedNeeds } from "./skipped-needs.ts";

/** A job or step that never runs. */
export type ImpossibleCondition = ImpossibleValue | ExcludedResult | SkippedNeeds;

/** A condition that asks for what GitHub never gives. */
export interface ImpossibleValue {
  readonly kind: "impossibleValue";
  readonly place: Place;
  /** The side of an `||` that can never hold, as written; undefined where that is the whole condition. */
  readonly side: string | undefined;
  readonly subject: "job" | "step";
  /** What it asks about, by its parts. */
  readonly asked: readonly string[];
  readonly given: Given;
}

/** A condition that asks for a failure where GitHub only asks it after success. */
export interface ExcludedResult {
  readonly kind: "excludedResult";
  readonly place: Place;
  /** The side of an `||` that can never hold, as written; undefined where that is the whole condition. */
  readonly side: string | undefined;
  readonly subject: "job" | "step";
  /** What it asks about, and what that can be there. */
  readonly asked: string;
  readonly results: readonly string[];
  /** The expression, as written. */
  readonly text: string;
}

/** The jobs and steps of a workflow that never run: for what their conditions ask, or because these are asked after success alone. */
export function impossibleConditions(repository: Repository, path: string): readonly ImpossibleCondition[] {
  const workflow = repository.workflowPaths.includes(path) ? repository.workflow(path) : undefined;
  if (!workflow) return [];
  return workflow.jobs.flatMap((job) => {
    const faults = faultsOfJob(repository, workflow, job);
    const neverRuns = isSwitchedOff(job) || faults.some(({ side }) => side === undefined);
    return neverRuns ? faults : [...faults, ...faultsOfSteps(repository, workflow, job)];
  });
}

/**
 * Without a status function a job runs only after the success of all jobs before it, also of those that its `needs` have waited for.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idneeds, https://github.com/actions/runner/issues/2205
 */
function faultsOfJob(repository: Repository, workflow: Workflow, job: Job): readonly ImpossibleCondition[] {
  const { condition } = job;
  const isKnown = isJudgeable(workflow, job);
  const needed = isKnown && condition?.asksForStatus !== true ? jobsBefore(workflow, job) : [];
  // What a job tells of a failure that is tolerated is not known.
  const before = needed?.some(({ continueOnError }) => continueOnError) ? [] : (needed ?? []);
  if (!condition) return skippedNeeds(workflow, job, undefined, before);
  if (!isKnown) return [];
  return askAbout(condition, workflow, (question): readonly ImpossibleCondition[] => {
    const impossible = impossibleValue(repository, question, { workflow, job, steps: undefined });
    if (impossible.length > 0 || before.length === 0 || !canHold(question.asked)) return impossible;
    const results = resultsOfNeeds(job);
    return canHold(question.asked, results)
      ? skippedNeeds(workflow, job, question, before)
      : excludedResult("job", question, results);
  });
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
    const before = steps.slice(0, index);
    return askAbout(condition, workflow, (question): readonly ImpossibleCondition[] => {
      const impossible = impossibleValue(repository, question, { workflow, job, steps: before });
      if (impossible.length > 0 || condition.asksForStatus) return impossible;
      const results = resultsBefore(before);
      const isFault = canHold(question.asked) && !canHold(question.asked, results);
      return isFault ? excludedResult("step", question, results) : [];
    });
  });
}

const resultsBefore =
  (steps: readonly Step[]): Domain =>
  (reference) => {
    const { context, path } = reference;
    const [name = "", key = "", ...rest] = path.map((part) => part.toLowerCase());
    if (context === "job" && name === "status" && path.length === 1) return ["success"];
    const step = findStep(steps, name);
    if (context !== "steps" || !step || step.background || rest.length > 0) return anything(reference);
    // A failure that is tolerated is an outcome, but no conclusion.
    const isTold = key === "conclusion" || (key === "outcome" && !step.continueOnError);
    return isTold ? ["success", "skipped"] : anything(reference);
  };

function impossibleValue(repository: Repository, question: Question, standing: Standing): readonly ImpossibleValue[] {
  const { asked: part, place, side } = question;
  const fault = (reference: Reference, given: Given): readonly ImpossibleValue[] => {
    const asked = [reference.context, ...reference.path];
    return [{ kind: "impossibleValue", place, side, subject: standing.steps ? "step" : "job", asked, given }];
  };
  if (!canHold(part)) {
    // A whole condition that holds in no case may have been switched off.
    const torn = side === undefined ? undefined : contradictionIn(part);
    return torn ? fault(torn, { values: [], reason: "contradiction" }) : [];
  }
  for (const reference of part.references) {
    const given = givenFor(repository, reference, part, standing);
    if (!given || canHold(part, only(reference, given.values, anything))) continue;
    return isSaidBeside(question, reference, given) ? [] : fault(reference, given);
  }
  return [];
}

/** What is asked in a way that no value fits, whatever else there is. */
function contradictionIn(part: Asked): Reference | undefined {
  if (!canHold(part, () => "unknown")) return undefined;
  return part.references.find(
    (reference) =>
      !canHold(
        part,
        only(reference, anything(reference), () => "unknown"),
      ),
  );
}

/** Some values for one thing that is read, and others for the rest. */
function only(asked: Reference, values: ReturnType<Domain>, rest: Domain): Domain {
  return (reference) => (nameOf(reference) === nameOf(asked) ? values : rest(reference));
}

/** Whether another side of the `||` asks for the same as it is given: `github.ref == 'main' || github.ref == 'refs/heads/main'`. */
function isSaidBeside({ asked, others }: Question, reference: Reference, { reason }: Given): boolean {
  const lastOf = ({ path }: Reference): string | undefined => path.at(-1)?.toLowerCase();
  if (reason === "boolean" || reason === "booleanText") {
    return others.some(({ references }) => references.some((other) => lastOf(other) === lastOf(reference)));
  }
  if (reason !== "fullRef") return false;
  const names = asked.expression?.literals.map(String) ?? [];
  return others.some(({ literals }) =>
    literals.some((other) => names.some((name) => other === name || String(other).endsWith(`/${name}`))),
  );
}

function excludedResult(
  subject: ExcludedResult["subject"],
  { asked: part, condition, place, side }: Question,
  domain: Domain,
): readonly ExcludedResult[] {
  const isCulprit = (reference: Reference): boolean => !canHold(part, only(reference, domain(reference), anything));
  const told = part.references.filter((reference) => Array.isArray(domain(reference)));
  const asked = told.find(isCulprit) ?? told[0];
  const results = asked && domain(asked);
  if (!asked || !Array.isArray(results) || !condition.expression) return [];
  return [
    {
      kind: "excludedResult",
      place,
      side,
      subject,
      asked: [asked.context, ...asked.path].join("."),
      results: results.map(String),
      text: condition.expression.text,
    },
  ];
}
