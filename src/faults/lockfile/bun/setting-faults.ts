import { placementOf } from "../../../documents/bun-lock.ts";
import { dependencyRange, DEPENDENCY_KINDS } from "../../../documents/manifest.ts";
import { liesWithin } from "../../../tools/version-range.ts";
import { isExcludedBy } from "./allowed-versions.ts";
import type { Difference } from "../difference.ts";
import { manifestPlace } from "../manifest-place.ts";
import { lockedPlace, type LockedProject } from "./locked-project.ts";
import { catalogKeys, catalogPlace, catalogsOf, isOverridden, overridesOf } from "./settings.ts";

/** Since this release a frozen install compares the text of overrides and catalogs, and before only what they lead to. */
const COMPARES_SETTINGS = "1.4.0";

/** Overrides that the lockfile has otherwise. */
export function overrideFaults(project: LockedProject): readonly Difference[] {
  const { lock, workspace } = project;
  const { manifest } = workspace.root;
  const { key, entries } = overridesOf(manifest);
  const locked = lock.overrides;
  if (!entries || !locked) return [];
  return changedNames(entries, locked).map((name) => {
    const declared = entries.get(name) ?? "";
    return {
      problem: "changedOverride",
      isCertain: (declared !== "" && excludesLocked(project, name, declared)) || comparesSettings(project),
      place: manifestPlace(manifest, key, name),
      name,
      declared,
      locked: locked.get(name) ?? "",
      lockedAt: lockedPlace(project, "overrides", name),
    };
  });
}

/** Entries of catalogs that the lockfile has otherwise. */
export function catalogFaults(project: LockedProject): readonly Difference[] {
  const { lock, workspace } = project;
  const { manifest } = workspace.root;
  const catalogs = catalogsOf(manifest);
  return [...new Set([...lock.catalogs.keys(), ...catalogs.keys()])].flatMap((catalog) => {
    const entries = catalogs.get(catalog) ?? new Map<string, string>();
    const locked = lock.catalogs.get(catalog) ?? new Map<string, string>();
    return changedNames(entries, locked).flatMap((name) => {
      const declared = entries.get(name) ?? "";
      // Then those that need it are told.
      if (declared === "" && isNeeded(project, catalog, name)) return [];
      const isExcluded = declared !== "" && excludesUsers(project, catalog, name, declared);
      return {
        problem: "changedCatalog" as const,
        // An entry that is added changes nothing for those that were locked without it.
        isCertain: isExcluded || (locked.has(name) && comparesSettings(project)),
        place: catalogPlace(manifest, catalog, name),
        name,
        declared,
        locked: locked.get(name) ?? "",
        lockedAt: lockedPlace(project, ...catalogKeys(catalog), name),
      };
    });
  });
}

function isNeeded({ members }: LockedProject, catalog: string, name: string): boolean {
  return members.some(
    ({ manifest }) => dependencyRange(manifest, name, ["dependencies", "devDependencies"]) === `catalog:${catalog}`,
  );
}

function comparesSettings({ buns }: LockedProject): boolean {
  return liesWithin(buns, `>=${COMPARES_SETTINGS}`);
}

function changedNames(entries: ReadonlyMap<string, string>, locked: ReadonlyMap<string, string>): readonly string[] {
  return [...new Set([...entries.keys(), ...locked.keys()])].filter((name) => entries.get(name) !== locked.get(name));
}

/** Whether an override does not allow what is locked for something that needs it. */
function excludesLocked({ lock, members }: LockedProject, name: string, declared: string): boolean {
  const packages = lock.packages.placements.filter((placement) =>
    lock.packages.get(placement)?.edges.some((edge) => edge.name === name && edge.kind === "dependencies"),
  );
  const dependents = members.filter(
    ({ manifest }) => dependencyRange(manifest, name, ["dependencies", "devDependencies"]) !== undefined,
  );
  return [...packages, ...dependents.map(({ placement }) => placement)].some((placement) => {
    const found = lock.packages.get(placementOf(lock, placement, name) ?? "");
    return found !== undefined && isExcludedBy(declared, name, found);
  });
}

/** Whether a catalog's entry does not allow what is locked for a member that follows it, before and now. */
function excludesUsers(project: LockedProject, catalog: string, name: string, declared: string): boolean {
  if (isOverridden(project, name)) return false;
  const follows = `catalog:${catalog}`;
  return project.members.some(({ placement, locked, manifest }) => {
    const kinds = DEPENDENCY_KINDS.filter((kind) => locked.dependencies[kind].has(name));
    const [kind] = kinds;
    if (kinds.length > 1 || (kind !== "dependencies" && kind !== "devDependencies")) return false;
    if (locked.dependencies[kind].get(name) !== follows || dependencyRange(manifest, name, [kind]) !== follows)
      return false;
    const found = project.lock.packages.get(placementOf(project.lock, placement, name) ?? "");
    return found !== undefined && isExcludedBy(declared, name, found);
  });
}
