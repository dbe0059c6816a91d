import { parse } from "yaml";
import { parseYAML } from "yaml-eslint-parser";
import { entryOf, type DataDocument, type DataNode, type Mapping } from "../../src/documents/data.ts";
import { readYaml } from "../../src/documents/read-data.ts";

/** Keys and places in lists, from the root on. */
export type Path = readonly (string | number)[];

/** A text as a document of values. */
export const read = (text: string): DataDocument => readYaml({ path: "ci.yml", text });

/** What a text says, as YAML's own library reads it. */
export const dataOf = (text: string): unknown => parse(text, { merge: true });

/** The comments of a text, in order. */
export const commentsOf = (text: string): readonly string[] => parseYAML(text).comments.map(({ value }) => value);

function nodeAt(root: DataNode | undefined, path: Path): DataNode | undefined {
  return path.reduce<DataNode | undefined>((node, key) => {
    if (typeof key === "string") return entryOf(node, key)?.value;
    return node?.kind === "sequence" ? node.items[key] : undefined;
  }, root);
}

/** The mapping at a path, which has to be there. */
export function mappingAt(document: DataDocument, path: Path): Mapping {
  const node = nodeAt(document.root, path);
  if (node?.kind !== "mapping") throw new Error(`there is no mapping at ${path.join(".")}`);
  return node;
}
