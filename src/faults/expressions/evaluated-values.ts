import type { Action } from "../../documents/action.ts";
import type { DataNode, Mapping, Scalar } from "../../documents/data.ts";
import { Expression, readTemplate, unclosedIn, type Template } from "../../documents/expression.ts";
import type { Workflow } from "../../documents/workflow.ts";
import { folderOf, type Repository } from "../../project/repository.ts";
import { IN_ACTION, IN_WORKFLOW, type Availability, type KeyPath } from "../../tools/expression-keys.data.ts";

/** A value whose expressions GitHub evaluates, or the runner. */
export interface EvaluatedValue {
  readonly node: Scalar;
  readonly file: Workflow | Action;
  /** The keys that lead to it; items of lists have none. */
  readonly keys: readonly string[];
  /** The mappings that it lies in, from the outside in. */
  readonly owners: readonly Mapping[];
  readonly expressions: readonly Expression[];
  /** Where an expression begins that does not end: an offset in the value. */
  readonly unclosed: number | undefined;
  readonly available: Availability;
}

/** The values of a workflow or action that hold expressions, where it is known what these may read. */
export function evaluatedValues(repository: Repository, path: string): readonly EvaluatedValue[] {
  return repository.deriveFor(path, readValues);
}

function readValues(repository: Repository, path: string): readonly EvaluatedValue[] {
  const workflow = repository.workflowPaths.includes(path) ? repository.workflow(path) : undefined;
  const action = /(?:^|\/)action\.ya?ml$/.test(path) ? repository.action(folderOf(path)) : undefined;
  const file = workflow ?? action;
  if (file?.source.path !== path) return [];
  // An action that is a program has no steps, and is read in the same way: ActionManifestManager.Load in
  // https://github.com/actions/runner/blob/258d6c857db3519913f7deb6004b60172f8043ae/src/Runner.Worker/ActionManifestManager.cs
  const ofAction = action?.isComposite === true ? IN_ACTION : IN_ACTION.filter(({ path: [, key] }) => key !== "steps");
  const places = file.kind === "workflow" ? IN_WORKFLOW : ofAction;
  const found: EvaluatedValue[] = [];
  // A value that several keys share by an alias is one.
  const seen = new Set<Scalar>();
  visitScalars(file.node, [], [], (node, at, owners) => {
    const mayHold = at.at(-1) === "if" || (typeof node.value === "string" && node.value.includes("${{"));
    const available = mayHold && !seen.has(node) ? places.find((place) => isAt(place.path, at)) : undefined;
    if (!available) return;
    const template = readTemplate(node);
    const expressions = expressionsOf(template, available.path.at(-1) === "if");
    const unclosed = template && unclosedIn(template);
    seen.add(node);
    const keys = at.filter((key) => key !== ITEM);
    found.push({ node, file, keys, owners: [...owners], expressions, unclosed, available });
  });
  return found;
}

/** The whole of a condition is an expression, unless it marks some. */
function expressionsOf(template: Template | undefined, isCondition: boolean): readonly Expression[] {
  const { text = "", expressions = [], node } = template ?? {};
  if (text.includes("${{") || !isCondition) return expressions;
  return typeof node?.value === "string" && text.trim() !== "" ? [new Expression(text.trim(), 0, text.length)] : [];
}

const ITEM = Symbol("an item of a list");

/** Keys and items on the way to a value. */
type NodePath = (string | typeof ITEM)[];

/** `path` and `owners` are those of the node, and are changed on the way. */
function visitScalars(
  node: DataNode,
  path: NodePath,
  owners: Mapping[],
  visit: (scalar: Scalar, path: Readonly<NodePath>, owners: readonly Mapping[]) => void,
): void {
  const enter = (child: DataNode, key: NodePath[number]): void => {
    path.push(key);
    visitScalars(child, path, owners, visit);
    path.pop();
  };
  if (node.kind === "sequence") {
    for (const item of node.items) enter(item, ITEM);
  } else if (node.kind === "mapping") {
    owners.push(node);
    for (const { key, value, merged } of node.entries) if (!merged) enter(value, key);
    owners.pop();
  } else {
    visit(node, path, owners);
  }
}

function isAt(place: KeyPath, path: Readonly<NodePath>): boolean {
  let at = 0;
  for (const key of path) {
    const wanted = place[at];
    if (wanted !== "*" && wanted !== "**" && wanted !== key) return false;
    if (wanted !== "**") at++;
  }
  return at === place.length || place[at] === "**";
}
