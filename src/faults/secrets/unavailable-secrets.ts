import type { DataDocument, Mapping } from "../../documents/data.ts";
import { placeOf, type Place } from "../../documents/source.ts";
import type { Repository } from "../../project/repository.ts";
import { evaluatedValues } from "../expressions/evaluated-values.ts";

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
  return evaluatedValues(repository, path).flatMap(({ node, file, keys, owners, expressions, available }) => {
    if (available.contexts.has("secrets")) return [];
    const { document, kind } = file;
    const references = expressions
      .flatMap((expression) => expression.references)
      .filter(({ context }) => context === "secrets");
    if (references.length === 0) return [];
    const names = references.flatMap(({ path: [name] }) => name ?? []);
    const isOfStep = kind === "workflow" && keys.at(-1) === "if" && keys.includes("steps");
    return {
      place: placeOf(document.source, node),
      kind,
      key: keys.join("."),
      names: names.length === references.length ? [...new Set(names)] : [],
      document,
      step: isOfStep ? owners.at(-1) : undefined,
    };
  });
}
