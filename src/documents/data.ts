import type { Range, Source } from "./source.ts";

/** How a scalar is written; the style decides how its text maps to the file. */
export type ScalarStyle = "plain" | "single-quoted" | "double-quoted" | "literal" | "folded" | "json";

/** A string, number, boolean or null. A value that is left out (`env:`) is a null with an empty range after the colon. */
export interface Scalar {
  readonly kind: "scalar";
  readonly value: string | number | boolean | null;
  readonly style: ScalarStyle;
  readonly range: Range;
}

/** One `key: value` of a mapping. */
export interface Entry {
  readonly key: string;
  readonly keyRange: Range;
  readonly value: DataNode;
  readonly range: Range;
  /** True where the entry was merged in by `<<`, so that it is written elsewhere. */
  readonly merged: boolean;
}

/** A YAML mapping or JSON object. Entries are in the order of the file; of duplicate keys only the last is kept. */
export interface Mapping {
  readonly kind: "mapping";
  readonly style: "block" | "flow" | "json";
  readonly entries: readonly Entry[];
  readonly range: Range;
}

/** A YAML sequence or JSON array. */
export interface Sequence {
  readonly kind: "sequence";
  readonly style: "block" | "flow" | "json";
  readonly items: readonly DataNode[];
  readonly range: Range;
}

/** A YAML or JSON value with its exact range. */
export type DataNode = Scalar | Mapping | Sequence;

/** One YAML or JSON file as values. */
export interface DataDocument {
  readonly source: Source;
  readonly language: "yaml" | "json";
  /** Absent for an empty file, a stream of several documents, or text that does not parse. */
  readonly root?: DataNode;
  /** Ranges of values that an alias repeats elsewhere: a change there changes more than one place. */
  readonly sharedRanges: readonly Range[];
}

/** The entry of a mapping with this key, if `node` is a mapping that has it. */
export function entryOf(node: DataNode | undefined, key: string): Entry | undefined {
  if (node?.kind !== "mapping") return undefined;
  for (const entry of node.entries) if (entry.key === key) return entry;
  return undefined;
}

/** The value under a path of keys, if each of them is there. */
export function valueAt(node: DataNode | undefined, ...keys: readonly string[]): DataNode | undefined {
  return keys.reduce<DataNode | undefined>((current, key) => entryOf(current, key)?.value, node);
}

/** The text of a string value; other kinds of values have none. */
export function stringOf(node: DataNode | undefined): string | undefined {
  return node?.kind === "scalar" && typeof node.value === "string" ? node.value : undefined;
}

/** The text of a scalar as GitHub turns it into a string: null is empty, numbers and booleans are printed. */
export function textOf(node: DataNode | undefined): string | undefined {
  return node?.kind === "scalar" ? String(node.value ?? "") : undefined;
}

/** The strings of a sequence; items of other kinds are left out. */
export function stringsOf(node: DataNode | undefined): string[] {
  return node?.kind === "sequence" ? node.items.flatMap((item) => stringOf(item) ?? []) : [];
}

/** The entries of a mapping, or none. */
export function entriesOf(node: DataNode | undefined): readonly Entry[] {
  return node?.kind === "mapping" ? node.entries : [];
}

/** True where `range` lies in a value that an alias repeats, so that a change there changes a second place. */
export function isShared(document: DataDocument, range: Range): boolean {
  return document.sharedRanges.some(([start, end]) => start <= range[0] && range[1] <= end);
}
