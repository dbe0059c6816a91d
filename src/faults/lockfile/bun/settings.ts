import { entriesOf, entryOf, stringOf, type DataNode } from "../../../documents/data.ts";
import type { Manifest } from "../../../documents/manifest.ts";
import type { Place } from "../../../documents/source.ts";
import { manifestPlace } from "../manifest-place.ts";
import { type LockedProject } from "./locked-project.ts";

/** The key of a root manifest that overrides dependencies, with its entries; the second is read only where the first is missing. */
export function overridesOf(manifest: Manifest): {
  readonly key: "overrides" | "resolutions";
  /** Undefined where some are limited to certain dependents, or repeat the range of a dependency. */
  readonly entries: ReadonlyMap<string, string> | undefined;
} {
  const key = entryOf(manifest.node, "overrides") ? "overrides" : "resolutions";
  const found = entriesOf(entryOf(manifest.node, key)?.value);
  const isPlain = found.every(
    ({ key: name, value }) => /^(?:@[^/@]+\/)?[^/@>*]+$/.test(name) && /^[^$]/.test(stringOf(value) ?? ""),
  );
  return { key, entries: isPlain ? stringsOf(entryOf(manifest.node, key)?.value) : undefined };
}

/** The catalogs of a root manifest by name; that of the default one is empty. https://bun.com/docs/pm/catalogs */
export function catalogsOf(manifest: Manifest): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const holder = catalogHolder(manifest);
  const own = entryOf(holder, "catalog")?.value;
  return new Map([
    ...(own ? [["", stringsOf(own)] as const] : []),
    ...entriesOf(entryOf(holder, "catalogs")?.value).map(({ key, value }) => [key, stringsOf(value)] as const),
  ]);
}

/** The catalog that a range names; empty for the default one. */
export function catalogOf(range: string): string | undefined {
  return /^catalog:\s*(.*?)\s*$/.exec(range)?.[1];
}

/** What a catalog of a root manifest says of a package. Since 1.4 the default one is also called so (1.3.14 and 1.4.5, run). */
export function catalogEntry(manifest: Manifest, catalog: string, name: string): string | undefined {
  const names = catalog === "" || catalog === "default" ? [catalog, catalog === "" ? "default" : ""] : [catalog];
  const catalogs = catalogsOf(manifest);
  return names.flatMap((key) => catalogs.get(key)?.get(name) ?? [])[0];
}

/** Where a root manifest holds an entry of a catalog, or would. */
export function catalogPlace(manifest: Manifest, catalog: string, name: string): Place {
  const holder = catalogHolder(manifest) === manifest.node ? [] : ["workspaces"];
  return manifestPlace(manifest, ...holder, ...catalogKeys(catalog), name);
}

/** The keys under which a catalog stands, in a manifest and in bun.lock. */
export function catalogKeys(catalog: string): readonly string[] {
  return catalog === "" ? ["catalog"] : ["catalogs", catalog];
}

/** What holds the catalogs: `workspaces`, or the manifest itself. */
function catalogHolder({ node }: Manifest): DataNode {
  const workspaces = entryOf(node, "workspaces")?.value;
  return workspaces && (entryOf(workspaces, "catalog") ?? entryOf(workspaces, "catalogs")) ? workspaces : node;
}

/** Whether something else than the dependent may decide which version of a package is used, now or when the lockfile was written. */
export function isOverridden({ workspace, lock }: LockedProject, name: string): boolean {
  const { entries } = overridesOf(workspace.root.manifest);
  return !entries || !lock.overrides || entries.has(name) || lock.overrides.has(name);
}

function stringsOf(node: DataNode | undefined): ReadonlyMap<string, string> {
  return new Map(
    entriesOf(node).flatMap(({ key, value }) => {
      const text = stringOf(value);
      return text === undefined ? [] : [[key, text] as const];
    }),
  );
}
