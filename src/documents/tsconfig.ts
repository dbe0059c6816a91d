import { entriesOf, entryOf, stringOf, stringsOf, valueAt, type DataDocument, type DataNode } from "./data.ts";
import type { Source } from "./source.ts";

/** A tsconfig.json. A list that is absent is inherited from what it extends. https://www.typescriptlang.org/tsconfig */
export interface TsConfig {
  readonly source: Source;
  readonly extends: readonly string[];
  readonly files?: readonly string[];
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
  /** Folders or files of the projects that `tsc --build` builds before this one. */
  readonly references: readonly string[];
  readonly baseUrl?: string;
  readonly outDir?: string;
  /** What `paths` maps each pattern to. */
  readonly paths?: ReadonlyMap<string, readonly string[]>;
  /** True where modules are found in ways that are not followed, or errors are not reported. */
  readonly isUnusual: boolean;
}

const UNUSUAL_OPTIONS = ["rootDirs", "moduleSuffixes", "noCheck", "noResolve"];

/** Reads a tsconfig.json; undefined where the file holds no object. */
export function readTsConfig({ root, source }: DataDocument): TsConfig | undefined {
  if (root?.kind !== "mapping") return undefined;
  const list = (key: string): readonly string[] | undefined => listOf(entryOf(root, key)?.value);
  const extended = entryOf(root, "extends")?.value;
  const single = stringOf(extended);
  const [files, include, exclude] = ["files", "include", "exclude"].map(list);
  const options = entryOf(root, "compilerOptions")?.value;
  const baseUrl = stringOf(entryOf(options, "baseUrl")?.value);
  const outDir = stringOf(entryOf(options, "outDir")?.value);
  const paths = entryOf(options, "paths");
  const references = valueAt(root, "references");
  return {
    source,
    extends: single === undefined ? stringsOf(extended) : [single],
    references: references?.kind === "sequence" ? references.items.flatMap((item) => pathOf(item)) : [],
    isUnusual: UNUSUAL_OPTIONS.some((name) => entryOf(options, name) !== undefined),
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

function pathOf(reference: DataNode): readonly string[] {
  const path = stringOf(entryOf(reference, "path")?.value);
  return path === undefined ? [] : [path];
}
