import {
  evaluateTemplate,
  soleExpression,
  type Condition,
  type ExpressionValue,
  type Lookup,
  type Reference,
  type Template,
} from "../../documents/expression.ts";
import { known, unknown, type Known } from "../../documents/known.ts";
import { valueAt } from "../../documents/data.ts";
import { matrixValuesOf, type Combination } from "../../documents/matrix.ts";
import type { Step } from "../../documents/step.ts";
import type { InputDeclaration, Job, Workflow } from "../../documents/workflow.ts";
import type { Environment } from "./environment.ts";
import { WORKSPACE_PATH } from "./routine.ts";

/** The inputs of a composite action or reusable workflow at one call, by name in lower case. */
export type Inputs = ReadonlyMap<string, Known<ExpressionValue>>;

/** The secrets that a job can read: all that exist, or those that a caller passes on, by name in lower case. */
export type Secrets = "all" | ReadonlySet<string>;

/** What a step gives to later ones, where that is known, by name in lower case. */
export type Outputs = ReadonlyMap<string, string>;

/** What stands around an expression: the steps and jobs that it can name. */
export interface Surroundings {
  /** None for a key of a job. */
  readonly steps: readonly Step[];
  /** Undefined in a composite action, which has no `needs`. */
  readonly workflow: Workflow | undefined;
}

/** A condition with what its expressions see. */
export interface ScopedCondition {
  readonly condition: Condition;
  readonly lookup: Lookup;
  readonly surroundings: Surroundings;
}

/** A condition in its place, if there is one. */
export function scoped(
  condition: Condition | undefined,
  lookup: Lookup,
  surroundings: Surroundings,
): readonly ScopedCondition[] {
  return condition ? [{ condition, lookup, surroundings }] : [];
}

/** What the expressions of one place in a workflow can refer to. */
export interface ExpressionContext {
  readonly job?: Job;
  /** What `matrix` holds; undefined where that is not known of each name. */
  readonly combination?: Combination;
  readonly environment?: Environment;
  /** Undefined where a run's own inputs are read, which are known only in the run. */
  readonly inputs?: Inputs;
  readonly secrets: Secrets;
  /** By the `id` of their step, in lower case. */
  readonly outputs?: ReadonlyMap<string, Outputs>;
  readonly runnerOs?: string;
  /** The event that starts the run, where only one can. */
  readonly event?: string;
}

/** Answers for the contexts of GitHub Actions, as far as files tell. */
export function lookupIn(context: ExpressionContext): Lookup {
  return (reference) => lookupReference(reference, context);
}

function lookupReference(reference: Reference, context: ExpressionContext): Known<ExpressionValue> {
  const text = [reference.context, ...reference.path].join(".");
  const [name, ...rest] = reference.path;
  const depends = unknown(`\`${text}\` depends on the run`);
  if (name === undefined) return depends;
  switch (reference.context) {
    case "env":
      return rest.length === 0 && context.environment ? context.environment.valueOf(name) : depends;
    case "inputs":
      return context.inputs ? (context.inputs.get(name.toLowerCase()) ?? known("")) : depends;
    case "matrix":
      return context.combination?.has(name.toLowerCase()) === true
        ? valueIn(context.combination, name, rest, depends)
        : matrixValue(context.job, reference.path, depends);
    case "secrets": {
      const isPassed = context.secrets === "all" || context.secrets.has(name.toLowerCase());
      const isBuiltIn = name.toLowerCase() === "github_token";
      // A deployment environment can add secrets that nobody passes on.
      return isPassed || isBuiltIn || (context.job?.hasEnvironment ?? false) ? depends : known("");
    }
    case "steps": {
      const output = rest.length === 2 && rest[0] === "outputs" ? rest[1]?.toLowerCase() : undefined;
      const value = output === undefined ? undefined : context.outputs?.get(name.toLowerCase())?.get(output);
      return value === undefined ? depends : known(value);
    }
    case "github":
      if (name === "event_name" && context.event !== undefined) return known(context.event);
      return name === "workspace" ? known(WORKSPACE_PATH) : depends;
    case "runner":
      return name === "os" && context.runnerOs !== undefined ? known(context.runnerOs) : depends;
    default:
      return depends;
  }
}

/** The same for one job of a matrix. */
export function lookupInLeg(lookup: Lookup, leg: Combination): Lookup {
  return (reference) => {
    const { context, path } = reference;
    const [name, ...rest] = path;
    const isOfMatrix = context === "matrix" && name !== undefined;
    return isOfMatrix
      ? valueIn(leg, name, rest, unknown(`\`${[context, ...path].join(".")}\` is no scalar`))
      : lookup(reference);
  };
}

function valueIn(
  combination: Combination,
  name: string,
  path: readonly string[],
  depends: Known<never>,
): Known<ExpressionValue> {
  const value = valueAt(combination.get(name.toLowerCase()), ...path);
  if (!value) return known("");
  return value.kind === "scalar" ? known(value.value ?? "") : depends;
}

/** A value of a matrix whose combinations are not known is known where all have the same. */
function matrixValue(job: Job | undefined, path: readonly string[], depends: Known<never>): Known<ExpressionValue> {
  const values = job && matrixValuesOf(job, path);
  if (!values || values.length === 0) return depends;
  const distinct = new Set(values.map((value) => value?.value ?? ""));
  const [only] = distinct;
  const hasExpression = values.some((value) => typeof value?.value === "string" && value.value.includes("${{"));
  return distinct.size === 1 && only !== undefined && !hasExpression ? known(only) : depends;
}

/**
 * The values of declared inputs at one call. Names that are not passed have their default, or are empty, `false` or 0.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#onworkflow_callinputsinput_idtype
 */
export function inputsOf(
  declared: ReadonlyMap<string, InputDeclaration>,
  passed: ReadonlyMap<string, Template>,
  lookup: Lookup,
): Inputs {
  return new Map(
    [...new Set([...declared.keys(), ...passed.keys()])].map((name) => {
      const declaration = declared.get(name);
      const template = passed.get(name) ?? declaration?.default;
      return [name, typed(template ? valueOf(template, lookup) : known(""), declaration?.type ?? "string")] as const;
    }),
  );
}

/** What is written as a boolean or number; a value of another type is the caller's error. */
function typed(value: Known<ExpressionValue>, type: InputDeclaration["type"]): Known<ExpressionValue> {
  if (!value.known || type === "string" || typeof value.value !== "string") return value;
  const text = value.value.toLowerCase();
  if (type === "number") return known(Number(text));
  return text === "true" ? known(true) : known(text === "" || text === "false" ? false : value.value);
}

function valueOf(template: Template, lookup: Lookup): Known<ExpressionValue> {
  const sole = soleExpression(template);
  return sole ? sole.evaluate(lookup) : evaluateTemplate(template, lookup);
}

/** Whether a value like that of `continue-on-error` is true, or cannot be known. */
export function isOrMayBeTrue(template: Template | undefined, lookup: Lookup): boolean {
  if (!template) return false;
  const value = evaluateTemplate(template, lookup);
  return !value.known || value.value === "true";
}
