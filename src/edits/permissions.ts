import type { DataDocument, Mapping } from "../documents/data.ts";
import { entryOf, isShared } from "../documents/data.ts";
import type { Level, Permissions } from "../documents/permissions.ts";
import type { TextEdit } from "./text-edit.ts";
import { addUnder } from "./yaml.ts";

/** A permission to grant. */
export interface NewPermission {
  readonly name: string;
  readonly level: Level;
}

/**
 * Grants a job more than `granted`, its own `permissions` or those of its workflow, which it then gets a copy of. Undefined where
 * single permissions are not listed, and where the change would touch another place too (anchors).
 */
export function grantPermissions(
  document: DataDocument,
  job: Mapping,
  granted: Permissions,
  permissions: readonly NewPermission[],
): readonly TextEdit[] | undefined {
  const list = granted.entry.value;
  if (list.kind !== "mapping" || isShared(document, list.range)) return undefined;
  const isOwn = entryOf(job, "permissions") === granted.entry;
  if (!isOwn) {
    const raised = granted.granted.filter(({ name }) => permissions.every((other) => other.name !== name));
    return addUnder(document, job, "permissions", [...raised, ...permissions].map(asEntry));
  }
  // A level that stands elsewhere, too, would be raised there.
  if (list.entries.some(({ value }) => isShared(document, value.range))) return undefined;
  const edits = permissions.flatMap(({ name, level }): readonly TextEdit[] => {
    const value = entryOf(list, name)?.value;
    return value ? [{ range: value.range, text: level }] : [];
  });
  const others = permissions.filter(({ name }) => !entryOf(list, name));
  const additions = others.length === 0 ? [] : addUnder(document, job, "permissions", others.map(asEntry));
  return additions && [...edits, ...additions];
}

function asEntry({ name, level }: NewPermission) {
  return { name, value: level };
}
