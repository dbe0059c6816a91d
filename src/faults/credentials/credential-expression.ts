import type { EnvBlock } from "../../documents/step.ts";
import type { Workflow } from "../../documents/workflow.ts";
import type { Repository } from "../../project/repository.ts";

/**
 * The expressions from which workflows take a variable: those of the workflow itself, else those of all workflows, else the
 * secret of the variable's own name. More than one means that the choice is not ours.
 */
export function expressionsFor(repository: Repository, workflow: Workflow, name: string): readonly string[] {
  const own = expressionsIn(workflow, name);
  if (own.length > 0) return own;
  const others = repository.workflowPaths.flatMap((path) => {
    const other = repository.workflow(path);
    return other ? expressionsIn(other, name) : [];
  });
  return others.length > 0 ? [...new Set(others)] : [`\${{ secrets.${name} }}`];
}

function expressionsIn(workflow: Workflow, name: string): readonly string[] {
  const blocks: readonly EnvBlock[] = [
    workflow.env,
    ...workflow.jobs.flatMap(({ env, steps }) => [env, ...steps.map((step) => step.env)]),
  ];
  const texts = blocks.flatMap(({ entries }) =>
    entries.flatMap(({ name: key, value }) => (key === name && value?.expressions.some(isSecret) ? [value.text] : [])),
  );
  return [...new Set(texts)];
}

function isSecret({ references }: { readonly references: readonly { readonly context: string }[] }): boolean {
  return references.length > 0 && references.every(({ context }) => context === "secrets");
}
