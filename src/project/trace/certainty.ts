import { stringOf } from "../../documents/data.ts";
import type { Expression, Reference } from "../../documents/expression.ts";
import { findStep, type Step } from "../../documents/step.ts";
import { findJob, type Workflow } from "../../documents/workflow.ts";
import type { Environment } from "./environment.ts";
import type { Surroundings } from "./expression-scope.ts";
import type { StepRun } from "./job-run.ts";
import type { Reach } from "./reach.ts";

const MAX_HOPS = 5;
/** Contexts that tell what started the run, where it runs and what is configured for it: to read them changes nothing there. */
const GIVEN_CONTEXTS = new Set(["github", "inputs", "job", "matrix", "runner", "secrets", "strategy", "vars"]);
const CREDENTIAL_NAME = /(?:KEY|PASSWORD|SECRET|TOKEN)\b|_(?:KEY|SECRET|TOKEN)_/;

/** Tests of files, and lists of scripts: about the same checkout their answer is always the same. */
const LOOKS_AT_CHECKOUT = /(?:\[|\btest)\s+(?:!\s+)?-[defrsx]\s|\b(?:npm|pnpm|yarn|bun) run\s*\|/;

/** `andstor/file-existence-action` and its like. */
function asksForFiles({ uses }: Step): boolean {
  return uses?.text.includes("exist") ?? false;
}

/**
 * Whether the failure of what is reached fails the job in every run that gets there. Not where a failure is tolerated, nor
 * where a condition on the way may hold only if an earlier step found or made credentials: it never gets there without them.
 */
export function failsJob(run: StepRun, reach: Pick<Reach, "guards" | "isApproximate" | "isFatal">): boolean {
  return reach.isFatal && !run.mayFail && isCertainlyReached(run, reach);
}

/** Whether a step runs only where some files are there, or are not. */
export function dependsOnFiles({ conditions }: StepRun): boolean {
  return conditions.some(({ condition }) => /\bhashFiles\b/i.test(stringOf(condition.node) ?? ""));
}

/** Whether every run that starts the step gets to what is reached, or is kept from it by what it was given alone. */
export function isCertainlyReached(run: StepRun, reach: Pick<Reach, "guards" | "isApproximate">): boolean {
  if (reach.isApproximate) return false;
  const conditionsHold = run.conditions.every(({ condition, surroundings }) => {
    const origins = new Origins(surroundings);
    return condition.references.every((reference) => origins.isOfRun(reference, run.environment, MAX_HOPS));
  });
  const origins = new Origins(run.surroundings);
  return (
    conditionsHold &&
    reach.guards.every(({ guard, environment }) => {
      const variablesHold = guard.variables.every((name) => origins.isVariableOfRun(name, environment, MAX_HOPS));
      return guard.isTest && variablesHold && origins.areOfRun(guard.expressions, environment, MAX_HOPS);
    })
  );
}

/** Follows what a condition reads back to what it is made of. */
class Origins {
  readonly #surroundings: Surroundings;

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
  }

  areOfRun(expressions: readonly Expression[], environment: Environment | undefined, hops: number): boolean {
    return expressions.every(({ references }) =>
      references.every((reference) => this.isOfRun(reference, environment, hops)),
    );
  }

  isVariableOfRun(name: string, environment: Environment, hops: number): boolean {
    if (/^(?:GITHUB|RUNNER)_(?!TOKEN)/.test(name)) return true;
    const answer = environment.lookup(name);
    return (
      answer.state === "bound" &&
      answer.template !== undefined &&
      this.areOfRun(answer.template.expressions, environment, hops - 1)
    );
  }

  isOfRun({ context, path }: Reference, environment: Environment | undefined, hops: number): boolean {
    const [name] = path;
    if (hops <= 0 || name === undefined) return false;
    if (GIVEN_CONTEXTS.has(context)) return true;
    const { steps, workflow } = this.#surroundings;
    if (context === "env") return environment !== undefined && this.isVariableOfRun(name, environment, hops);
    if (context === "steps") return path[1] !== "outputs" || this.#isStepOfRun(findStep(steps, name));
    if (context === "needs") return path[1] !== "outputs" || this.#isOutputOfRun(workflow, name, path[2]);
    return false;
  }

  #isOutputOfRun(workflow: Workflow | undefined, jobId: string, output: string | undefined): boolean {
    const job = workflow && findJob(workflow, jobId);
    const template = output === undefined ? undefined : job?.outputs.get(output.toLowerCase());
    if (!job || !template) return false;
    const references = template.expressions.flatMap((expression) => expression.references);
    return references.every(({ context, path }) =>
      context === "steps" ? this.#isStepOfRun(findStep(job.steps, path[0] ?? "")) : GIVEN_CONTEXTS.has(context),
    );
  }

  /** What a step gives out is about the run if nothing that is configured goes in. */
  #isStepOfRun(step: Step | undefined): boolean {
    if (!step || step.uses?.target.kind === "local") return false;
    const templates = [
      ...step.inputs.values(),
      ...step.env.entries.flatMap(({ value }) => value ?? []),
      ...(step.run ? [step.run] : []),
    ];
    const references = templates
      .flatMap(({ expressions }) => expressions)
      .flatMap((expression) => expression.references);
    const readsConfiguration = references.some(
      ({ context, path }) =>
        context === "vars" || context === "env" || (context === "secrets" && path[0]?.toUpperCase() !== "GITHUB_TOKEN"),
    );
    const script = step.run?.text ?? "";
    return (
      !readsConfiguration && !CREDENTIAL_NAME.test(script) && !LOOKS_AT_CHECKOUT.test(script) && !asksForFiles(step)
    );
  }
}
