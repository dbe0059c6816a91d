import {
  entriesOf,
  entryOf,
  stringOf,
  stringsOf,
  valueAt,
  type DataDocument,
  type Entry,
  type Mapping,
  type Scalar,
} from "./data.ts";
import type { Source } from "./source.ts";

/** The kinds of dependencies that a manifest declares. */
export const DEPENDENCY_KINDS = [
  "dependencies",
  "devDependencies",
  "optionalDependencies",
  "peerDependencies",
] as const;

/** One of the kinds of dependencies. */
export type DependencyKind = (typeof DEPENDENCY_KINDS)[number];

/** One script of a manifest. */
export interface PackageScript {
  readonly name: string;
  readonly text: string;
  readonly node: Scalar;
  readonly entry: Entry;
}

/** A parsed package.json. */
export interface Manifest {
  readonly kind: "manifest";
  readonly document: DataDocument;
  readonly source: Source;
  readonly node: Mapping;
  readonly name?: string;
  readonly version?: string;
  readonly scripts: ReadonlyMap<string, PackageScript>;
  /** Globs of workspace members; undefined where the manifest declares no workspaces. */
  readonly workspaces?: readonly string[];
}

/** Reads a package.json; undefined where it holds no object. */
export function readManifest(document: DataDocument): Manifest | undefined {
  const { root, source } = document;
  if (root?.kind !== "mapping") return undefined;
  const name = stringOf(entryOf(root, "name")?.value);
  const version = stringOf(entryOf(root, "version")?.value);
  const workspaces = entryOf(root, "workspaces")?.value;
  const globs = workspaces?.kind === "mapping" ? entryOf(workspaces, "packages")?.value : workspaces;
  return {
    kind: "manifest",
    document,
    source,
    node: root,
    scripts: readScripts(root),
    ...(name !== undefined && { name }),
    ...(version !== undefined && { version }),
    ...(globs?.kind === "sequence" && { workspaces: stringsOf(globs) }),
  };
}

function readScripts(root: Mapping): ReadonlyMap<string, PackageScript> {
  return new Map(
    entriesOf(entryOf(root, "scripts")?.value).flatMap((entry) => {
      const { value, key } = entry;
      const text = stringOf(value);
      // An empty script counts as none for every package manager and for turbo.
      if (value.kind !== "scalar" || text === undefined || text.trim() === "") return [];
      return [[key, { name: key, text, node: value, entry }] as const];
    }),
  );
}

/** The declared range of a dependency, in the first of `kinds` that has it. */
export function dependencyRange(
  manifest: Manifest,
  name: string,
  kinds: readonly DependencyKind[] = DEPENDENCY_KINDS,
): string | undefined {
  for (const kind of kinds) {
    const range = stringOf(valueAt(manifest.node, kind, name));
    if (range !== undefined) return range;
  }
  return undefined;
}

/** Names and ranges of all dependencies of the given kinds. */
export function dependenciesOf(manifest: Manifest, kinds: readonly DependencyKind[]): ReadonlyMap<string, string> {
  return new Map(
    kinds.flatMap((kind) =>
      entriesOf(entryOf(manifest.node, kind)?.value).map(({ key, value }) => [key, stringOf(value) ?? ""] as const),
    ),
  );
}
