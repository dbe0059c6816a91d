import { posix } from "node:path";
import { entriesOf, entryOf, stringOf, type DataNode } from "../documents/data.ts";
import type { Place } from "../documents/source.ts";
import { normalizeDirectory } from "../shell/directory.ts";
import type { WorkspacePackage } from "./workspace.ts";

/** The name of the package that a module is imported from, without the subpath. */
export function packageNameOf(specifier: string): string {
  return /^(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? specifier;
}

/** Who asks for a module: the compiler wants its types. */
export type Reader = "compiler" | "runtime";

/** What a package of the workspace gives out under a subpath: by its `exports`, else the file itself. */
export function exportedPath(
  { directory, manifest }: WorkspacePackage,
  subpath: string,
  reader: Reader,
): string | undefined {
  const exported = entryOf(manifest.node, "exports")?.value;
  const inPackage = (path: string): string => normalizeDirectory(posix.join(directory, path));
  if (exported) {
    const file = exportedFile(exported, `.${subpath}`, reader);
    return file === undefined ? undefined : inPackage(file);
  }
  if (subpath !== "") return inPackage(`.${subpath}`);
  const types = reader === "compiler" ? entryOf(manifest.node, "types") : undefined;
  const main = stringOf((types ?? entryOf(manifest.node, "main"))?.value);
  return inPackage(main ?? "index");
}

/** https://nodejs.org/api/packages.html#subpath-exports, where all conditions agree or, for the compiler, `types` decides. */
function exportedFile(exported: DataNode, subpath: string, reader: Reader): string | undefined {
  const entries = entriesOf(exported);
  if (!entries.some(({ key }) => key.startsWith("."))) return subpath === "." ? fileOf(exported, reader) : undefined;
  const patterns = entries.flatMap(({ key, value }) => {
    const star = starOf(key, subpath);
    return star === undefined ? [] : [{ pattern: key, star, value }];
  });
  const best = mostSpecific(patterns);
  return best && fileOf(best.value, reader)?.replace("*", () => best.star);
}

function fileOf(value: DataNode, reader: Reader): string | undefined {
  const text = stringOf(value);
  if (text !== undefined) return text;
  const types = stringOf(entryOf(value, "types")?.value);
  if (types !== undefined && reader === "compiler") return entriesOf(value)[0]?.key === "types" ? types : undefined;
  const conditions = entriesOf(value).filter(({ key }) => key !== "types");
  const files = new Set(conditions.map((entry) => fileOf(entry.value, reader)));
  const [only] = files;
  return files.size === 1 ? only : undefined;
}

/** A file that a manifest gives out, whether it is there or not. */
export interface ExportedFile {
  /** Relative to the repository root. */
  readonly path: string;
  /** Where it is written. */
  readonly place: Place;
}

/**
 * All files that a package gives out under a subpath, on whatever condition and by whatever field, those for the compiler first:
 * where one is not there, it tries the next (typescript 5.4, 5.9, 6.0 and 7.0, run). Undefined where a value is none, or different
 * for versions of the compiler.
 */
export function exportedFiles(
  { directory, manifest }: WorkspacePackage,
  subpath: string,
): readonly ExportedFile[] | undefined {
  const valueOf = (key: string): DataNode | undefined => entryOf(manifest.node, key)?.value;
  if (valueOf("typesVersions")) return undefined;
  const exported = valueOf("exports");
  const fields = subpath === "" ? ["types", "typings", "main", "module"].flatMap((key) => valueOf(key) ?? []) : [];
  const found = [
    ...(exported ? leavesUnder(exported, `.${subpath}`) : []),
    ...fields.map((node) => ({ node, star: "", isType: false })),
  ];
  const files = found.map(({ node, star, isType }) => {
    const text = stringOf(node)?.replaceAll("*", () => star);
    const path = text === undefined ? undefined : normalizeDirectory(posix.join(directory, text));
    return path === undefined ? undefined : { path, isType, place: { source: manifest.source, range: node.range } };
  });
  if (!files.every((file) => file !== undefined)) return undefined;
  return [...files.filter(({ isType }) => isType), ...files.filter(({ isType }) => !isType)];
}

interface Leaf {
  readonly node: DataNode;
  readonly star: string;
  readonly isType: boolean;
}

function leavesUnder(exported: DataNode, subpath: string): readonly Leaf[] {
  const entries = entriesOf(exported);
  if (!entries.some(({ key }) => key.startsWith("."))) return subpath === "." ? leavesOf(exported, "", false) : [];
  return entries.flatMap(({ key, value }) => {
    const star = starOf(key, subpath);
    return star === undefined ? [] : leavesOf(value, star, false);
  });
}

function leavesOf(node: DataNode, star: string, isType: boolean): readonly Leaf[] {
  if (node.kind === "sequence") return node.items.flatMap((item) => leavesOf(item, star, isType));
  if (node.kind === "mapping")
    return entriesOf(node).flatMap(({ key, value }) => leavesOf(value, star, isType || key === "types"));
  return node.value === null ? [] : [{ node, star, isType }];
}

/** What the `*` of a pattern stands for in a text, empty for a pattern without one; undefined where they do not match. */
export function starOf(pattern: string, text: string): string | undefined {
  const [head = "", tail, ...others] = pattern.split("*");
  if (tail === undefined) return pattern === text ? "" : undefined;
  const isMatch = others.length === 0 && text.length >= head.length + tail.length;
  return isMatch && text.startsWith(head) && text.endsWith(tail)
    ? text.slice(head.length, text.length - tail.length)
    : undefined;
}

/** An exact name comes before a pattern, and of patterns the one with the longest text before its `*`. */
export function mostSpecific<T extends { readonly pattern: string }>(matches: readonly T[]): T | undefined {
  const weight = ({ pattern }: T): number => (pattern.includes("*") ? pattern.indexOf("*") : Infinity);
  return matches.toSorted((a, b) => weight(b) - weight(a))[0];
}
