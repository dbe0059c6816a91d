import { soleExpression, type Condition, type Template } from "../../documents/expression.ts";
import type { Bound } from "../../project/trace/environment.ts";
import type { StepRun } from "../../project/trace/job-run.ts";
import type { Frame } from "../../project/trace/workflow-entry.ts";
import type { Reach } from "../../project/trace/reach.ts";
import type { Repository } from "../../project/repository.ts";
import { needsOf, type Need } from "../credentials/requirements.ts";
import { provisionOf } from "../environment/provision.ts";

/** A secret without which a command certainly fails. */
export interface RequiredSecret {
  readonly name: string;
  /** The variable through which the command gets it. */
  readonly variable: string;
  readonly binding: Bound;
}

/** A command of a step that works only if secrets are set. */
export interface RequiredUse {
  readonly run: StepRun;
  readonly reach: Reach;
  readonly need: Need;
  readonly secrets: readonly [RequiredSecret, ...RequiredSecret[]];
}

/** The commands of a step that nothing in its script keeps from running, and that certainly fail without secrets. */
export function requiredUsesOf(repository: Repository, run: StepRun): readonly RequiredUse[] {
  const needs = needsOf(repository, run).filter(({ isMet, reach }) => isMet === "yes" && reach.guards.length === 0);
  if (needs.length === 0 || run.conditions.some(({ condition }) => asksForSecret(run, condition))) return [];
  return needs.flatMap((need) => secretUseOf(need) ?? []);
}

/** Undefined where something else than a secret may do. */
function secretUseOf(need: Need): RequiredUse | undefined {
  const { run, reach } = need;
  if (need.isOpen) return undefined;
  const isAbsent = (name: string): boolean => provisionOf(reach.environment.lookupUnfiltered(name)) === "no";
  const { accepted } = need.requirement;
  const isOnlyWay = accepted.every((names) => names === need.names || names.some(isAbsent));
  // What turbo keeps from a command is no matter of secrets.
  const isFiltered = need.names.some((name) => reach.environment.lookup(name).state === "filtered");
  const [first, ...others] = need.names.flatMap((variable): readonly RequiredSecret[] => {
    const binding = reach.environment.lookupUnfiltered(variable);
    const name = binding.state === "bound" ? secretOf(run, binding) : undefined;
    return name === undefined || binding.state !== "bound" ? [] : [{ name, variable, binding }];
  });
  return isOnlyWay && !isFiltered && first ? { run, reach, need, secrets: [first, ...others] } : undefined;
}

/** Whether a condition reads a variable that is made of a secret: it may hold only where that is set. */
function asksForSecret({ environment }: StepRun, { references }: Condition): boolean {
  return references.some(({ context, path: [name] }) => {
    const answer = context === "env" && name !== undefined ? environment.lookup(name) : undefined;
    const template = answer?.state === "bound" ? answer.template : undefined;
    return template?.expressions.some((expression) => expression.references.some((part) => part.context === "secrets"));
  });
}

function secretOf(run: StepRun, { template, place }: Bound): string | undefined {
  // Inputs are those of the file in which the variable is set.
  const frames = place?.source.path === run.source.path ? run.frames : [];
  return template && secretIn(template, frames);
}

/** The one secret that a value consists of, also where an action gets it as an input. */
function secretIn(template: Template, frames: readonly Frame[]): string | undefined {
  const expression = soleExpression(template);
  const [, context, name = ""] = /^(secrets|inputs)\.([A-Za-z_][\w-]*)$/.exec(expression?.text ?? "") ?? [];
  if (context === "secrets") return name.toUpperCase() === "GITHUB_TOKEN" ? undefined : name;
  const passed = context === "inputs" ? frames.at(-1)?.step?.inputs.get(name.toLowerCase()) : undefined;
  return passed && secretIn(passed, frames.slice(0, -1));
}
