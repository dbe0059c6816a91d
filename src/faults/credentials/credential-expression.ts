import type { EnvBlock } from "../../documents/step.ts";
import type { Job, Workflow } from "../../documents/workflow.ts";
import type { Repository } from "../../project/repository.ts";

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
  const own = expressionsIn([workflow], name);
  if (own.length > 0) return own;
  const others = expressionsIn(
    repository.workflowPaths.flatMap((path) => repository.workflow(path) ?? []),
    name,
  );
  return others.length > 0 ? others : [{ text: `\${{ secrets.${name} }}`, isOfEnvironment: false }];
}

function expressionsIn(workflows: readonly Workflow[], name: string): readonly CredentialExpression[] {
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
