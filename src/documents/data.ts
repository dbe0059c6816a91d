import { getStaticJSONValue, parseJSON, type AST as JsonAst } from "jsonc-eslint-parser";
import { parseYAML, type AST as YamlAst } from "yaml-eslint-parser";
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

/** The tree that yaml-eslint-parser or jsonc-eslint-parser made of a file. */
export type ParsedProgram = YamlAst.YAMLProgram | JsonAst.JSONProgram;

/** Reads a YAML file; text that does not parse gives a document without root. */
export function readYaml(source: Source): DataDocument {
  try {
    return readProgram(source, parseYAML(source.text));
  } catch {
    return { source, language: "yaml", sharedRanges: [] };
  }
}

/** Reads JSON with comments and trailing commas; text that does not parse gives a document without root. */
export function readJson(source: Source): DataDocument {
  try {
    return readProgram(source, parseJSON(source.text, { jsonSyntax: "JSONC" }));
  } catch {
    return { source, language: "json", sharedRanges: [] };
  }
}

/** Reads a tree that is already parsed, as ESLint hands it to rules. */
export function readProgram(source: Source, program: ParsedProgram): DataDocument {
  const [statement] = program.body;
  if (statement?.type === "JSONExpressionStatement") {
    return { source, language: "json", root: jsonNode(statement.expression), sharedRanges: [] };
  }
  const documents = (program as YamlAst.YAMLProgram).body.filter((document) => document.content !== null);
  const content = documents.length === 1 ? documents[0]?.content : undefined;
  if (!content) return { source, language: "yaml", sharedRanges: [] };
  const reader = new YamlReader();
  const root = reader.node(content);
  return { source, language: "yaml", root, sharedRanges: reader.sharedRanges };
}

function isScalarValue(value: unknown): value is Scalar["value"] {
  return value === null || ["string", "number", "boolean"].includes(typeof value);
}

function missing(range: Range, style: ScalarStyle): Scalar {
  return { kind: "scalar", value: null, style, range: [range[1], range[1]] };
}

function lastOfEachKey(entries: readonly Entry[]): readonly Entry[] {
  const last = new Map(entries.map((entry) => [entry.key, entry]));
  return last.size === entries.length ? entries : entries.filter((entry) => last.get(entry.key) === entry);
}

class YamlReader {
  readonly sharedRanges: Range[] = [];
  readonly #anchors = new Map<string, DataNode | undefined>();

  node(node: YamlAst.YAMLContent | YamlAst.YAMLWithMeta): DataNode {
    switch (node.type) {
      case "YAMLWithMeta": {
        const name = node.anchor?.name;
        if (name !== undefined) this.#anchors.set(name, undefined);
        const value = node.value ? this.node(node.value) : missing(node.range, "plain");
        if (name !== undefined) this.#anchors.set(name, value);
        return value;
      }
      case "YAMLAlias": {
        const target = this.#anchors.get(node.name);
        if (!target) return missing(node.range, "plain");
        this.sharedRanges.push(target.range);
        return target;
      }
      case "YAMLMapping":
        return {
          kind: "mapping",
          style: node.style,
          entries: lastOfEachKey(this.#entries(node.pairs)),
          range: node.range,
        };
      case "YAMLSequence": {
        const items = node.entries.map((item) => (item ? this.node(item) : missing(node.range, "plain")));
        return { kind: "sequence", style: node.style, items, range: node.range };
      }
      case "YAMLScalar": {
        const value: unknown = node.value;
        return { kind: "scalar", value: isScalarValue(value) ? value : null, style: node.style, range: node.range };
      }
    }
  }

  #entries(pairs: readonly YamlAst.YAMLPair[]): Entry[] {
    const merged: Entry[] = [];
    const own: Entry[] = [];
    for (const pair of pairs) {
      const key = pair.key ? this.node(pair.key) : undefined;
      if (key?.kind !== "scalar" || key.value === null) continue;
      const value = pair.value ? this.node(pair.value) : missing(pair.range, "plain");
      if (key.value === "<<" && key.style === "plain") merged.push(...mergedEntries(value));
      else own.push({ key: String(key.value), keyRange: key.range, value, range: pair.range, merged: false });
    }
    return [...merged, ...own];
  }
}

function mergedEntries(value: DataNode): Entry[] {
  if (value.kind === "sequence") return [...value.items].reverse().flatMap(mergedEntries);
  return value.kind === "mapping" ? value.entries.map((entry) => ({ ...entry, merged: true })) : [];
}

function jsonNode(node: JsonAst.JSONExpression): DataNode {
  switch (node.type) {
    case "JSONObjectExpression": {
      const entries = node.properties.map(({ key, value, range }) => ({
        key: key.type === "JSONIdentifier" ? key.name : String(key.value),
        keyRange: key.range,
        value: jsonNode(value),
        range,
        merged: false,
      }));
      return { kind: "mapping", style: "json", entries: lastOfEachKey(entries), range: node.range };
    }
    case "JSONArrayExpression": {
      const items = node.elements.map((item) => (item ? jsonNode(item) : missing(node.range, "json")));
      return { kind: "sequence", style: "json", items, range: node.range };
    }
    default: {
      const value: unknown = getStaticJSONValue(node);
      return { kind: "scalar", value: isScalarValue(value) ? value : null, style: "json", range: node.range };
    }
  }
}

/** The entry of a mapping with this key, if `node` is a mapping that has it. */
export function entryOf(node: DataNode | undefined, key: string): Entry | undefined {
  return node?.kind === "mapping" ? node.entries.find((entry) => entry.key === key) : undefined;
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
