import { createRequire } from "node:module";
import type * as Jsonc from "jsonc-eslint-parser";
import type { AST as JsonAst } from "jsonc-eslint-parser";
import { parseYAML, type AST as YamlAst } from "yaml-eslint-parser";
import type { DataDocument, DataNode, Entry, Scalar, ScalarStyle } from "./data.ts";
import type { Range, Source } from "./source.ts";
import { readStrictJson } from "./strict-json.ts";

const require = createRequire(import.meta.url);

/** Loaded where a position in a JSON file is asked for. */
function jsonc(): typeof Jsonc {
  return require("jsonc-eslint-parser") as typeof Jsonc;
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
  let exact: DataDocument | undefined;
  const root = readStrictJson(source.text, () => (exact ??= readExactJson(source)).root);
  return root ? { source, language: "json", root, sharedRanges: [] } : readExactJson(source);
}

function readExactJson(source: Source): DataDocument {
  try {
    return readProgram(source, jsonc().parseJSON(source.text, { jsonSyntax: "JSONC" }));
  } catch {
    return { source, language: "json", sharedRanges: [] };
  }
}

/** Reads a tree that is already parsed, as ESLint hands it to rules. */
export function readProgram(source: Source, program: ParsedProgram): DataDocument {
  const [statement] = program.body;
  if (statement.type === "JSONExpressionStatement") {
    return { source, language: "json", root: jsonNode(statement.expression), sharedRanges: [] };
  }
  const documents = (program as YamlAst.YAMLProgram).body.filter((document) => document.content !== null);
  const content = documents.length === 1 ? documents[0]?.content : undefined;
  if (!content) return { source, language: "yaml", sharedRanges: [] };
  const reader = new YamlReader();
  const root = reader.node(content);
  // GitHub rejects an alias without anchor, and one inside its own anchor.
  if (reader.hasLooseAlias || reader.size > MAX_VALUES) return { source, language: "yaml", sharedRanges: [] };
  return { source, language: "yaml", root, sharedRanges: reader.sharedRanges };
}

function isScalarValue(value: unknown): value is Scalar["value"] {
  return value === null || ["string", "number", "boolean"].includes(typeof value);
}

function missing(range: Range, style: ScalarStyle): Scalar {
  return { kind: "scalar", value: null, style, range: [range[1], range[1]] };
}

function lastOfEachKey(entries: readonly Entry[]): readonly Entry[] {
  if (entries.length < 2 || new Set(entries.map(({ key }) => key)).size === entries.length) return entries;
  const last = new Map(entries.map((entry) => [entry.key, entry]));
  return entries.filter((entry) => last.get(entry.key) === entry);
}

/** No workflow comes near; aliases of aliases can stand for billions, which GitHub rejects too. */
const MAX_VALUES = 500_000;

class YamlReader {
  readonly sharedRanges: Range[] = [];
  hasLooseAlias = false;
  /** How many values there are where each alias stands for all that it repeats. */
  size = 0;
  readonly #sizes = new Map<string, number>();
  readonly #anchors = new Map<string, DataNode | undefined>();

  node(node: YamlAst.YAMLContent | YamlAst.YAMLWithMeta): DataNode {
    this.size++;
    switch (node.type) {
      case "YAMLWithMeta": {
        const name = node.anchor?.name;
        const before = this.size;
        if (name !== undefined) this.#anchors.set(name, undefined);
        const value = node.value ? this.#tagged(node.value, node.tag) : missing(node.range, "plain");
        if (name !== undefined) {
          this.#anchors.set(name, value);
          this.#sizes.set(name, this.size - before);
        }
        return value;
      }
      case "YAMLAlias": {
        const target = this.#anchors.get(node.name);
        if (!target) {
          this.hasLooseAlias = true;
          return missing(node.range, "plain");
        }
        this.sharedRanges.push(target.range);
        this.size += this.#sizes.get(node.name) ?? 0;
        return target;
      }
      case "YAMLMapping":
        return {
          kind: "mapping",
          // `[key: value]` is a mapping of one pair without braces.
          style: node.parent.type === "YAMLSequence" && node.parent.style === "flow" ? "flow" : node.style,
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

  #tagged(content: YamlAst.YAMLContent, tag: YamlAst.YAMLTag | null | undefined): DataNode {
    const node = this.node(content);
    const isText = tag?.tag === "tag:yaml.org,2002:str" && node.kind === "scalar" && content.type === "YAMLScalar";
    return isText && content.style === "plain" ? { ...node, value: content.strValue } : node;
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
    return merged.length === 0 ? own : [...merged, ...own];
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
      const value: unknown = jsonc().getStaticJSONValue(node);
      return { kind: "scalar", value: isScalarValue(value) ? value : null, style: "json", range: node.range };
    }
  }
}
