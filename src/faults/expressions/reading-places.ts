import { isShared, type Mapping } from "../../documents/data.ts";
import type { Action } from "../../documents/action.ts";
import type { Expression } from "../../documents/expression.ts";
import type { Step } from "../../documents/step.ts";
import type { Job, Workflow } from "../../documents/workflow.ts";
import { onceForEach } from "../../memo.ts";
import type { Repository } from "../../project/repository.ts";
import type { Standing } from "./absence.ts";
import { evaluatedValues, type EvaluatedValue } from "./evaluated-values.ts";

/** An expression with what it sees. */
export interface ReadingPlace {
  readonly value: EvaluatedValue;
  readonly expression: Expression;
  readonly standing: Standing;
  /** The step that it belongs to. */
  readonly step: Step | undefined;
}

/**
 * The expressions of a workflow or action that something depends on, but for names, and for the conditions of a workflow, which are
 * asked in another way. What an alias repeats elsewhere is left out.
 */
export function readingPlaces(repository: Repository, path: string): readonly ReadingPlace[] {
  return evaluatedValues(repository, path).flatMap((value) => {
    const { file, keys, node, expressions, owners } = value;
    const key = keys.at(-1);
    const step = firstOf(owners, stepsByNode(file));
    const isName = key === "run-name" || (key === "name" && (step === undefined || step.node === owners.at(-1)));
    const isCondition = key === "if" && file.kind === "workflow";
    if (isName || isCondition || isShared(file.document, node.range)) return [];
    const standing = file.kind === "action" ? inAction(file, step) : inWorkflow(file, value, step);
    return expressions.map((expression) => ({ value, expression, standing, step }));
  });
}

const stepsByNode = onceForEach((file: Workflow | Action): ReadonlyMap<Mapping, Step> => {
  const steps = file.kind === "action" ? file.steps : file.jobs.flatMap((job) => job.steps);
  return new Map(steps.map((step) => [step.node, step]));
});

const jobsByNode = onceForEach(({ jobs }: Workflow): ReadonlyMap<Mapping, Job> => {
  return new Map(jobs.map((job) => [job.node, job]));
});

function firstOf<Item>(owners: readonly Mapping[], items: ReadonlyMap<Mapping, Item>): Item | undefined {
  const owner = owners.find((node) => items.has(node));
  return owner && items.get(owner);
}

function inAction(file: Action, step: Step | undefined): Standing {
  return {
    file,
    job: undefined,
    get steps() {
      return stepsBefore(file.steps, step);
    },
  };
}

function inWorkflow(
  file: Workflow,
  { keys: [, , ...inJob], owners }: EvaluatedValue,
  step: Step | undefined,
): Standing {
  const job = firstOf(owners, jobsByNode(file));
  if (!job) return { file, job, steps: undefined };
  // What a job gives out, and the address of its deployment, are evaluated when its steps are over.
  const isAtEnd = inJob[0] === "outputs" || inJob.join(".") === "environment.url";
  return {
    file,
    job,
    // Most expressions ask for none.
    get steps() {
      return step || isAtEnd ? stepsBefore(job.steps, step) : undefined;
    },
  };
}

/** The steps that are over where a step is, or when all are. */
function stepsBefore(steps: readonly Step[], step: Step | undefined): readonly Step[] {
  return step ? steps.slice(0, steps.indexOf(step)) : steps;
}
