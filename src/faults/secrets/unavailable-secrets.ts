import { entriesOf, type DataDocument, type DataNode, type Mapping, type Scalar } from "../../documents/data.ts";
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
  const values = (kind === "workflow" ? KEYS_OF_WORKFLOW : KEYS_OF_ACTION).flatMap((keys) =>
    valuesAt(node, keys, [], undefined),
  );
  const found = new Map<Scalar, UnavailableSecrets>();
  for (const { scalar, keys, owner } of values) {
    const isCondition = keys.at(-1) === "if";
    const references = expressionsOf(scalar, isCondition)
      .flatMap((expression) => expression.references)
      .filter(({ context }) => context === "secrets");
    if (references.length === 0) continue;
    const names = references.flatMap(({ path: [name] }) => name ?? []);
    found.set(scalar, {
      place: { source: document.source, range: scalar.range },
      kind,
      key: keys.join("."),
      names: names.length === references.length ? [...new Set(names)] : [],
      document,
      step: kind === "workflow" && isCondition && keys.includes("steps") ? owner : undefined,
    });
  }
  return [...found.values()];
}

/** The expressions that GitHub evaluates in a value. The whole of a condition is one, unless it marks some. */
function expressionsOf(scalar: Scalar, isCondition: boolean): readonly Expression[] {
  const template = readTemplate(scalar);
  if (!template) return [];
  const { text, expressions } = template;
  return isCondition && !text.includes("${{") ? [new Expression(text.trim(), 0, text.length)] : expressions;
}

interface FoundValue {
  readonly scalar: Scalar;
  /** The mapping that has the value. */
  readonly owner: Mapping | undefined;
  /** The keys on the way, without the places in lists. */
  readonly keys: readonly string[];
}

function valuesAt(
  node: DataNode,
  [key, ...rest]: KeyPath,
  keys: readonly string[],
  owner: Mapping | undefined,
): readonly FoundValue[] {
  if (key === undefined || (key === "**" && node.kind === "scalar")) {
    return node.kind === "scalar" ? [{ scalar: node, owner, keys }] : [];
  }
  const further = key === "**" ? [key] : rest;
  if (node.kind === "sequence") {
    const isAny = key === "*" || key === "**";
    return isAny ? node.items.flatMap((item) => valuesAt(item, further, keys, owner)) : [];
  }
  return entriesOf(node).flatMap((entry) =>
    !entry.merged && (key === "*" || key === "**" || key === entry.key) && node.kind === "mapping"
      ? valuesAt(entry.value, further, [...keys, entry.key], node)
      : [],
  );
}
