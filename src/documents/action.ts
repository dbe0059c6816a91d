import { entryOf, stringOf, valueAt, type DataDocument, type Mapping } from "./data.ts";
import { readSteps, type Step } from "./step.ts";
import type { Source } from "./source.ts";
import { readInputDeclarations, type InputDeclaration } from "./workflow.ts";

/** The metadata file of an action (`action.yml`). */
export interface Action {
  readonly kind: "action";
  readonly document: DataDocument;
  readonly source: Source;
  readonly node: Mapping;
  readonly isComposite: boolean;
  /** By name in lower case, as GitHub compares them. */
  readonly inputs: ReadonlyMap<string, InputDeclaration>;
  /** The steps of a composite action; other kinds have none. */
  readonly steps: readonly Step[];
}

/** Reads an action's metadata; undefined where the file holds no `runs`. */
export function readAction(document: DataDocument): Action | undefined {
  const { root, source } = document;
  const runs = entryOf(root, "runs")?.value;
  if (root?.kind !== "mapping" || runs?.kind !== "mapping") return undefined;
  const isComposite = stringOf(valueAt(runs, "using")) === "composite";
  return {
    kind: "action",
    document,
    source,
    node: root,
    isComposite,
    inputs: readInputDeclarations(entryOf(root, "inputs")?.value),
    steps: isComposite ? readSteps(entryOf(runs, "steps")?.value, source) : [],
  };
}
