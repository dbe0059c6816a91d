import type { DataDocument, DataNode, Mapping, Scalar } from "../../documents/data.ts";
import { Expression, readTemplate } from "../../documents/expression.ts";
import type { Place } from "../../documents/source.ts";
import { folderOf, type Repository } from "../../project/repository.ts";
import { KEYS_OF_ACTION, KEYS_OF_WORKFLOW, type KeyPath } from "../../tools/secrets.data.ts";

/** A value that reads `secrets` where GitHub does not know them, so that it rejects the file. */
export interface UnavailableSecrets {
  readonly place: Place;
  readonly kind: "workflow" | "action";
  /** Where the value stands: `jobs.deploy.if`. */
  readonly key: string;
  /** The secrets that it reads, by name; empty where it reads all of them. */
  readonly names: readonly string[];
  readonly document: DataDocument;
  /** The step whose condition it is. */
  readonly step: Mapping | undefined;
}

/** Every value of a workflow or an action that reads `secrets` where there are none. */
export function unavailableSecrets(repository: Repository, path: string): readonly UnavailableSecrets[] {
  const workflow = repository.workflowPaths.includes(path) ? repository.workflow(path) : undefined;
  const action = /(?:^|\/)action\.ya?ml$/.test(path) ? repository.action(folderOf(path)) : undefined;
  const file = workflow ?? action;
  // The steps of other actions are programs, which this table says nothing of.
  if (file?.source.path !== path || (file.kind === "action" && !file.isComposite)) return [];
  const { kind, document, node } = file;
  const places = kind === "workflow" ? KEYS_OF_WORKFLOW : KEYS_OF_ACTION;
  const found = new Map<Scalar, UnavailableSecrets>();
  visitScalars(node, [], undefined, (scalar, path, owner) => {
    if (!places.some((place) => isAt(place, path))) return;
    const keys = path.filter((key) => key !== ITEM);
    const isCondition = keys.at(-1) === "if";
    const references = expressionsOf(scalar, isCondition)
      .flatMap((expression) => expression.references)
      .filter(({ context }) => context === "secrets");
    if (references.length === 0) return;
    const names = references.flatMap(({ path: [name] }) => name ?? []);
    found.set(scalar, {
      place: { source: document.source, range: scalar.range },
      kind,
      key: keys.join("."),
      names: names.length === references.length ? [...new Set(names)] : [],
      document,
      step: kind === "workflow" && isCondition && keys.includes("steps") ? owner : undefined,
    });
  });
  return [...found.values()];
}

/** The expressions that GitHub evaluates in a value. The whole of a condition is one, unless it marks some. */
function expressionsOf(scalar: Scalar, isCondition: boolean): readonly Expression[] {
  const template = readTemplate(scalar);
  if (!template) return [];
  const { text, expressions } = template;
  return isCondition && !text.includes("${{") ? [new Expression(text.trim(), 0, text.length)] : expressions;
}

const ITEM = Symbol("an item of a list");

/** Keys and items on the way to a value. */
type NodePath = readonly (string | typeof ITEM)[];

/** Visits what mentions secrets, with the mapping that has it. */
function visitScalars(
  node: DataNode,
  path: NodePath,
  owner: Mapping | undefined,
  visit: (scalar: Scalar, path: NodePath, owner: Mapping | undefined) => void,
): void {
  if (node.kind === "sequence") {
    for (const item of node.items) visitScalars(item, [...path, ITEM], owner, visit);
  } else if (node.kind === "mapping") {
    for (const { key, value, merged } of node.entries) if (!merged) visitScalars(value, [...path, key], node, visit);
  } else if (typeof node.value === "string" && /secrets/i.test(node.value)) {
    visit(node, path, owner);
  }
}

function isAt(place: KeyPath, path: NodePath): boolean {
  let at = 0;
  for (const key of path) {
    const wanted = place[at];
    if (wanted !== "*" && wanted !== "**" && wanted !== key) return false;
    if (wanted !== "**") at++;
  }
  return at === place.length || place[at] === "**";
}
