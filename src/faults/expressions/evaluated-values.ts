import type { DataDocument, DataNode, Mapping, Scalar } from "../../documents/data.ts";
import { Expression, readTemplate } from "../../documents/expression.ts";
import { folderOf, type Repository } from "../../project/repository.ts";
import { IN_ACTION, IN_WORKFLOW, type Availability, type KeyPath } from "../../tools/expression-keys.data.ts";

/** A value whose expressions GitHub evaluates, or the runner. */
export interface EvaluatedValue {
  readonly node: Scalar;
  readonly document: DataDocument;
  readonly kind: "workflow" | "action";
  /** The keys that lead to it; items of lists have none. */
  readonly keys: readonly string[];
  /** The mapping or list that holds it is one of this mapping's. */
  readonly owner: Mapping | undefined;
  readonly expressions: readonly Expression[];
  readonly available: Availability;
}

/** The values of a workflow or composite action that hold expressions, where it is known what these may read. */
export function evaluatedValues(repository: Repository, path: string): readonly EvaluatedValue[] {
  return repository.deriveFor(path, readValues);
}

function readValues(repository: Repository, path: string): readonly EvaluatedValue[] {
  const workflow = repository.workflowPaths.includes(path) ? repository.workflow(path) : undefined;
  const action = /(?:^|\/)action\.ya?ml$/.test(path) ? repository.action(folderOf(path)) : undefined;
  const file = workflow ?? action;
  // The steps of other actions are programs, which the table says nothing of.
  if (file?.source.path !== path || (file.kind === "action" && !file.isComposite)) return [];
  const { kind, document } = file;
  const places = kind === "workflow" ? IN_WORKFLOW : IN_ACTION;
  const found: EvaluatedValue[] = [];
  // A value that several keys share by an alias is one.
  const seen = new Set<Scalar>();
  visitScalars(file.node, [], undefined, (node, at, owner) => {
    const expressions = seen.has(node) ? [] : expressionsOf(node, at.at(-1) === "if");
    const available = expressions.length > 0 ? places.find((place) => isAt(place.path, at)) : undefined;
    if (!available) return;
    seen.add(node);
    const keys = at.filter((key) => key !== ITEM);
    found.push({ node, document, kind, keys, owner, expressions, available });
  });
  return found;
}

/** The whole of a condition is an expression, unless it marks some. */
function expressionsOf(scalar: Scalar, isCondition: boolean): readonly Expression[] {
  const text = typeof scalar.value === "string" ? scalar.value : "";
  if (text.includes("${{")) return readTemplate(scalar)?.expressions ?? [];
  return isCondition && text.trim() !== "" ? [new Expression(text.trim(), 0, text.length)] : [];
}

const ITEM = Symbol("an item of a list");

/** Keys and items on the way to a value. */
type NodePath = (string | typeof ITEM)[];

/** `path` is that of the node, and is changed on the way. */
function visitScalars(
  node: DataNode,
  path: NodePath,
  owner: Mapping | undefined,
  visit: (scalar: Scalar, path: Readonly<NodePath>, owner: Mapping | undefined) => void,
): void {
  const enter = (child: DataNode, key: NodePath[number], parent: Mapping | undefined): void => {
    path.push(key);
    visitScalars(child, path, parent, visit);
    path.pop();
  };
  if (node.kind === "sequence") {
    for (const item of node.items) enter(item, ITEM, owner);
  } else if (node.kind === "mapping") {
    for (const { key, value, merged } of node.entries) if (!merged) enter(value, key, node);
  } else {
    visit(node, path, owner);
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
