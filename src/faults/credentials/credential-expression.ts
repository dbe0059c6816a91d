import { expressionsIn } from "../../documents/expression.ts";
import type { EnvBlock } from "../../documents/step.ts";
import type { Job, Workflow } from "../../documents/workflow.ts";
import type { StepRun } from "../../project/trace/job-run.ts";
import type { Repository } from "../../project/repository.ts";
import { startedWorkflow } from "../call-sites.ts";
import { isPrivileged } from "./privileged-triggers.ts";

/** An expression from which workflows take a variable. */
export interface CredentialExpression {
  readonly text: string;
  /** True where only jobs with a deployment environment use it, which may be what holds the secret. */
  readonly isOfEnvironment: boolean;
}

/**
 * The expressions from which workflows take a variable: those of the workflow itself, else those of all workflows, else the
 * secret of the variable's own name. More than one means that the choice is not ours.
 */
export function expressionsFor(
  repository: Repository,
  workflow: Workflow,
  name: string,
): readonly CredentialExpression[] {
  const own = usedIn([workflow], name);
  if (own.length > 0) return own;
  const others = usedIn(
    repository.workflowPaths.flatMap((path) => repository.workflow(path) ?? []),
    name,
  );
  return others.length > 0 ? others : [{ text: `\${{ secrets.${name} }}`, isOfEnvironment: false }];
}

/** Whether an expression can be given in a run: no stranger's code runs beside it, and the run's callers and environment hold its secret. */
export function canUse(repository: Repository, run: StepRun, { text, isOfEnvironment }: CredentialExpression): boolean {
  const started = startedWorkflow(repository, run);
  const isEmpty = expressionsIn(text).some((expression) => {
    const value = expression.evaluate(run.lookup);
    return value.known && value.value === "";
  });
  if (isEmpty || !started || isPrivileged(started)) return false;
  return run.job.hasEnvironment || !isOfEnvironment;
}

function usedIn(workflows: readonly Workflow[], name: string): readonly CredentialExpression[] {
  const shared = new Set(workflows.flatMap(({ env, jobs }) => textsIn([env, ...blocksOf(jobs, false)], name)));
  const all = new Set([...shared, ...workflows.flatMap(({ jobs }) => textsIn(blocksOf(jobs, true), name))]);
  return [...all].map((text) => ({ text, isOfEnvironment: !shared.has(text) }));
}

function blocksOf(jobs: readonly Job[], hasEnvironment: boolean): readonly EnvBlock[] {
  return jobs
    .filter((job) => job.hasEnvironment === hasEnvironment)
    .flatMap(({ env, steps }) => [env, ...steps.map((step) => step.env)]);
}

function textsIn(blocks: readonly EnvBlock[], name: string): readonly string[] {
  return blocks.flatMap(({ entries }) =>
    entries.flatMap(({ name: key, value }) => (key === name && value?.expressions.some(isSecret) ? [value.text] : [])),
  );
}

function isSecret({ references }: { readonly references: readonly { readonly context: string }[] }): boolean {
  return references.length > 0 && references.every(({ context }) => context === "secrets");
}
