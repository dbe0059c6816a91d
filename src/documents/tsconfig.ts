import { entriesOf, entryOf, stringOf, stringsOf, type DataDocument, type DataNode, type Scalar } from "./data.ts";
import type { Range, Source } from "./source.ts";

/** A configuration as another one names it. */
export interface NamedConfig {
  readonly name: string;
  readonly range: Range;
}

/** A tsconfig.json. A list that is absent is inherited from what it extends. https://www.typescriptlang.org/tsconfig */
export interface TsConfig {
  readonly source: Source;
  readonly extends: readonly NamedConfig[];
  readonly files?: readonly string[];
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
  /** Folders or files of the projects that `tsc --build` builds before this one. */
  readonly references: readonly NamedConfig[];
  readonly baseUrl?: string;
  readonly outDir?: string;
  /** What `paths` maps each pattern to. */
  readonly paths?: ReadonlyMap<string, readonly string[]>;
  /** Its own compiler options by name; undefined for a value that is a list or an object. */
  readonly options: ReadonlyMap<string, Scalar["value"] | undefined>;
  /** True where modules are found in ways that are not followed, errors are not reported, or a value is of a wrong type. */
  readonly isUnusual: boolean;
}

const LISTS = ["files", "include", "exclude"];
const UNUSUAL_OPTIONS = ["rootDirs", "moduleSuffixes", "noCheck", "noResolve"];

/** Reads a tsconfig.json; undefined where the file holds no object. */
export function readTsConfig({ root, source }: DataDocument): TsConfig | undefined {
  if (root?.kind !== "mapping") return undefined;
  const list = (key: string): readonly string[] | undefined => listOf(entryOf(root, key)?.value);
  const extended = entryOf(root, "extends")?.value;
  const [files, include, exclude] = LISTS.map(list);
  const options = entryOf(root, "compilerOptions")?.value;
  const baseUrl = stringOf(entryOf(options, "baseUrl")?.value);
  const outDir = stringOf(entryOf(options, "outDir")?.value);
  const paths = entryOf(options, "paths");
  const references = itemsOf(entryOf(root, "references")?.value);
  return {
    source,
    extends: (extended?.kind === "scalar" ? [extended] : itemsOf(extended)).flatMap(namedBy),
    references: references.flatMap((item) => namedBy(entryOf(item, "path")?.value)),
    options: new Map(
      entriesOf(options).map(({ key, value }) => [key, value.kind === "scalar" ? value.value : undefined] as const),
    ),
    isUnusual:
      UNUSUAL_OPTIONS.some((name) => entryOf(options, name) !== undefined) ||
      (options !== undefined && options.kind !== "mapping") ||
      LISTS.some((name) => isMixed(entryOf(root, name)?.value)),
    ...(files && { files }),
    ...(include && { include }),
    ...(exclude && { exclude }),
    ...(baseUrl !== undefined && { baseUrl }),
    ...(outDir !== undefined && { outDir }),
    ...(paths && {
      paths: new Map(entriesOf(paths.value).map(({ key, value }) => [key, stringsOf(value)] as const)),
    }),
  };
}

function listOf(node: DataNode | undefined): readonly string[] | undefined {
  return node?.kind === "sequence" ? stringsOf(node) : undefined;
}

function isMixed(node: DataNode | undefined): boolean {
  return node !== undefined && (node.kind !== "sequence" || stringsOf(node).length < node.items.length);
}

function itemsOf(node: DataNode | undefined): readonly DataNode[] {
  return node?.kind === "sequence" ? node.items : [];
}

function namedBy(node: DataNode | undefined): readonly NamedConfig[] {
  const name = stringOf(node);
  return node && name !== undefined ? [{ name, range: node.range }] : [];
}
