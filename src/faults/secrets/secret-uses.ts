import type { DataNode, Scalar } from "../../documents/data.ts";
import { Expression, readTemplate, type Reference } from "../../documents/expression.ts";
import type { Place } from "../../documents/source.ts";
import type { Workflow } from "../../documents/workflow.ts";
import { scalarHost } from "../../project/trace/routine.ts";
import { isTriggered } from "../../project/trace/runs.ts";
import type { Repository } from "../../project/repository.ts";
import { normalizeDirectory } from "../../shell/directory.ts";

/** A secret or variable of the repository that an expression of a workflow reads. */
export interface SecretUse {
  readonly context: "secrets" | "vars";
  /** As written. */
  readonly name: string;
  readonly place: Place;
  readonly expression: Expression;
}

/** Every secret and variable of the repository that its workflows read, at the first use in the order of paths. */
export function secretUsesOf(repository: Repository): readonly SecretUse[] {
  return repository.derive(firstUses);
}

const firstUses = (repository: Repository): readonly SecretUse[] => {
  const found = new Map<string, SecretUse>();
  for (const path of repository.workflowPaths) {
    const workflow = repository.workflow(path);
    for (const use of workflow ? secretUsesIn(repository, workflow) : []) {
      const key = `${use.context}.${use.name.toUpperCase()}`;
      if (!found.has(key)) found.set(key, use);
    }
  }
  return [...found.values()];
};

/** Every secret and variable of the repository that a workflow reads, at each place. */
export function secretUsesIn(repository: Repository, workflow: Workflow): readonly SecretUse[] {
  const { source } = workflow;
  const uses: SecretUse[] = [];
  visitUses(repository, workflow, (context, name, scalar, expression) => {
    const range = scalarHost(source, scalar).rangeOf(expression.start, expression.end);
    uses.push({ context, name, place: { source, range }, expression });
  });
  return uses.sort((a, b) => a.place.range[0] - b.place.range[0]);
}

/** The names of the secrets and variables of the repository that one workflow reads. */
export function secretNamesIn(repository: Repository, path: string): ReadonlySet<string> {
  const workflow = repository.workflowPaths.includes(path) ? repository.workflow(path) : undefined;
  const names = new Set<string>();
  if (workflow) visitUses(repository, workflow, (_, name) => names.add(name));
  return names;
}

function visitUses(
  repository: Repository,
  workflow: Workflow,
  visit: (context: SecretUse["context"], name: string, scalar: Scalar, expression: Expression) => void,
): void {
  const parameters = parametersOf(repository, workflow);
  visitReferences(workflow.node, false, ({ context, path: [name] }, scalar, expression) => {
    if ((context !== "secrets" && context !== "vars") || name === undefined || !/^\w+$/.test(name)) return;
    if (context === "secrets" && (isBuiltIn(name) || parameters.has(name.toLowerCase()))) return;
    visit(context, name, scalar, expression);
  });
}

/** Whether GitHub makes the secret itself. https://docs.github.com/en/actions/concepts/security/github_token */
export function isBuiltIn(name: string): boolean {
  return name.toUpperCase() === "GITHUB_TOKEN";
}

/** The secrets that a reusable workflow gets from its callers by name, which may have another name in the repository. */
function parametersOf(repository: Repository, workflow: Workflow): ReadonlySet<string> {
  const { call, source } = workflow;
  if (!call || isTriggered(workflow) || repository.derive(callsThatInherit).has(source.path)) return new Set();
  return new Set(call.secrets.keys());
}

/** The paths of the workflows that another one calls with all of its secrets. */
const callsThatInherit = (repository: Repository): ReadonlySet<string> => {
  const workflows = repository.workflowsWith(/\binherit\b/);
  const calls = workflows.flatMap(({ jobs }) => jobs.filter(({ secrets }) => secrets === "inherit"));
  const targets = calls.flatMap(({ uses }) => (uses?.target.kind === "local" ? [uses.target.path] : []));
  return new Set(targets.map(normalizeDirectory));
};

/** Visits what the expressions below a node read, each with the scalar that holds it. */
function visitReferences(
  node: DataNode,
  isCondition: boolean,
  visit: (reference: Reference, scalar: Scalar, expression: Expression) => void,
): void {
  if (node.kind === "mapping") {
    for (const { key, value } of node.entries) visitReferences(value, key === "if", visit);
  } else if (node.kind === "sequence") {
    for (const item of node.items) visitReferences(item, false, visit);
  } else if (typeof node.value === "string" && /secrets|vars/i.test(node.value)) {
    const marked = readTemplate(node)?.expressions ?? [];
    // A condition needs no `${{ }}`.
    const isOne = isCondition && marked.length === 0;
    for (const expression of isOne ? [new Expression(node.value.trim(), 0, node.value.length)] : marked) {
      for (const reference of expression.references) visit(reference, node, expression);
    }
  }
}
