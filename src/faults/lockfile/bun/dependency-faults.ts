import { satisfies, validRange } from "semver";
import { entriesOf, entryOf, stringOf, valueAt } from "../../../documents/data.ts";
import { placementOf, type LockedPackage } from "../../../documents/bun-lock.ts";
import { dependencyRange, DEPENDENCY_KINDS, type DependencyKind } from "../../../documents/manifest.ts";
import { liesWithin } from "../../../tools/version-range.ts";
import { isExcludedBy } from "./allowed-versions.ts";
import type { Difference } from "../difference.ts";
import { manifestPlace } from "../manifest-place.ts";
import { excludesMembers, lockedPlace, type LockedMember, type LockedProject } from "./locked-project.ts";
import { catalogEntry, catalogOf, catalogPlace, isOverridden } from "./settings.ts";

/** Since this release a dependency that could be left out is looked for where it no longer can, though its range is the same. */
const NOTICES_OTHER_KIND = "1.2.19";

/** Since this release at the latest a dependency that moves to another list with the same range is a difference: 1.2.18 rewrites nothing. */
const NOTICES_MOVES = "1.3.1";

/** Since this release another range that leads to the same member of the workspace is a difference: before, its text goes unnoticed. */
const NOTICES_RANGES_OF_MEMBERS = "1.4.4";

/** Since this release a dependency that moves to an entry of a catalog which is not there is a fault too: before, what was locked stays. */
const NOTICES_OTHER_CATALOG = "1.4.0";

/** One dependency of a member as its package.json declares it. */
interface Declared {
  readonly member: LockedMember;
  readonly kind: DependencyKind;
  readonly name: string;
  readonly range: string;
  readonly isOptionalPeer: boolean;
  /** The range that the lockfile repeats, if it has the dependency among those of the same kind. */
  readonly lockedRange: string | undefined;
}

/** Dependencies for which the lockfile has nothing, something that they do not allow, or another text. */
export function dependencyFaults(project: LockedProject): readonly Difference[] {
  return project.members.flatMap((member) => {
    // All that such a member has is looked for elsewhere: its name is the fault.
    if (member.directory !== "" && member.manifest.name !== member.locked.name) return [];
    const declared = DEPENDENCY_KINDS.flatMap((kind) => declaredIn(member, kind));
    return declared.flatMap((dependency) => dependencyFault(project, dependency) ?? []);
  });
}

function declaredIn(member: LockedMember, kind: DependencyKind): readonly Declared[] {
  const { manifest, locked } = member;
  return entriesOf(entryOf(manifest.node, kind)?.value).flatMap(({ key: name, value }) => {
    const range = stringOf(value);
    if (range === undefined) return [];
    const optional = valueAt(manifest.node, "peerDependenciesMeta", name, "optional");
    const isOptionalPeer = kind === "peerDependencies" && optional?.kind === "scalar" && optional.value === true;
    return [{ member, kind, name, range, isOptionalPeer, lockedRange: locked.dependencies[kind].get(name) }];
  });
}

function dependencyFault(project: LockedProject, declared: Declared): Difference | undefined {
  const { member, kind, name, range, lockedRange = "" } = declared;
  const placement = placementOf(project.lock, member.placement, name);
  const isChanged = declared.lockedRange !== range;
  const difference = (
    problem: Difference["problem"],
    isCertain: boolean,
    locked: string,
    ...keys: readonly string[]
  ): Difference => ({
    problem,
    isCertain,
    place: manifestPlace(member.manifest, kind, name),
    name,
    declared: declared.isOptionalPeer ? `${range} (optional)` : range,
    locked,
    lockedAt: lockedPlace(project, ...keys),
  });
  const inWorkspace = ["workspaces", member.directory, kind, name];
  if (isMissingMember(project, declared)) return difference("missingMember", true, "", ...inWorkspace);
  if (lacksCatalogEntry(project, declared)) {
    const lockedAt = catalogPlace(project.workspace.root.manifest, catalogOf(range) ?? "", name);
    return { ...difference("missingCatalogEntry", true, ""), lockedAt };
  }
  const locked = placement === undefined ? undefined : project.lock.packages.get(placement);
  if (placement === undefined || !locked) {
    if (isMissing(project, declared)) return difference("unlockedDependency", true, "", ...inWorkspace);
  } else if (isChanged && isExcluded(project, declared, locked))
    return difference("mismatchedDependency", true, `${locked.name}@${locked.resolution}`, "packages", placement);
  const wasOptional = kind === "peerDependencies" && member.locked.optionalPeers.has(name);
  if (!isChanged && wasOptional === declared.isOptionalPeer) return undefined;
  if (isUnnoticed(project, declared, locked)) return undefined;
  const text = wasOptional ? `${lockedRange} (optional)` : lockedRange;
  const lockedKind = declared.lockedRange === undefined ? kindBefore(declared) : undefined;
  if (lockedKind === undefined) return difference("changedDependency", false, text, ...inWorkspace);
  const isSame = member.locked.dependencies[lockedKind].get(name) === range;
  if (isSame && !liesWithin(project.buns, `>=${NOTICES_MOVES}`)) return undefined;
  const inOther = ["workspaces", member.directory, lockedKind, name];
  return { ...difference("changedDependency", false, text, ...inOther), kind, lockedKind };
}

/** The kind from which a dependency has moved. */
function kindBefore({ member: { manifest, locked }, name }: Declared): DependencyKind | undefined {
  return DEPENDENCY_KINDS.find(
    (kind) => locked.dependencies[kind].has(name) && dependencyRange(manifest, name, [kind]) === undefined,
  );
}

/** Whether a dependency has to be a package of the workspace, which has none of that name: no install finds it. */
function isMissingMember(project: LockedProject, { kind, name, range }: Declared): boolean {
  const wanted = /^workspace:(.*)$/.exec(range)?.[1] ?? "";
  if (!/^[*^~]$/.test(wanted) && (wanted === "" || validRange(wanted) === null)) return false;
  if (excludesMembers(project.workspace)) return false;
  // What the lockfile knows may be in a part of the repository that is not here.
  const wasMember = [...project.lock.workspaces.values()].some((locked) => locked.name === name);
  return isRequired(kind) && !wasMember && !project.workspace.byName.has(name) && !isOverridden(project, name);
}

/** Whether a dependency takes its range from a catalog that has none for it: no install resolves it. */
function lacksCatalogEntry(project: LockedProject, { kind, name, range, lockedRange }: Declared): boolean {
  const catalog = catalogOf(range);
  if (catalog === undefined || !isRequired(kind) || isOverridden(project, name)) return false;
  if (catalogEntry(project.workspace.root.manifest, catalog, name) !== undefined) return false;
  const isMoved = lockedRange !== undefined && lockedRange !== range && catalogOf(lockedRange) !== undefined;
  return !isMoved || liesWithin(project.buns, `>=${NOTICES_OTHER_CATALOG}`);
}

/** Whether a dependency for which nothing is locked has to be. */
function isMissing(project: LockedProject, { member, kind, name, range }: Declared): boolean {
  const { dependencies, optionalPeers } = member.locked;
  // What no version fits is left out where it is optional or a peer.
  const isOptional = dependencyRange(member.manifest, name, ["optionalDependencies"]) !== undefined;
  if (!isRequired(kind) || isOptional) return false;
  // A member that the lockfile lacks is reported where it is.
  if (project.workspace.byName.has(name)) return false;
  const wasLeftOut = optionalPeers.has(name) && dependencies.peerDependencies.get(name) === range;
  if (!wasLeftOut && dependencies.optionalDependencies.get(name) !== range) return true;
  return liesWithin(project.buns, `>=${NOTICES_OTHER_KIND}`);
}

/** Whether a dependency that was changed does not allow what is locked for it. */
function isExcluded(project: LockedProject, declared: Declared, locked: LockedPackage): boolean {
  const { member, kind, name, range } = declared;
  const kinds = DEPENDENCY_KINDS.filter((other) => dependencyRange(member.manifest, name, [other]) !== undefined);
  const isMoved = DEPENDENCY_KINDS.some((other) => member.locked.dependencies[other].get(name) === range);
  // A peer only warns, and what is optional may be left out. What else decides the version is compared where it is written.
  if (!isRequired(kind) || kinds.length > 1 || isMoved || isOverridden(project, name)) return false;
  const catalog = catalogOf(range);
  const effective = catalog === undefined ? range : catalogEntry(project.workspace.root.manifest, catalog, name);
  return effective !== undefined && isExcludedBy(effective, name, locked);
}

/** Whether a dependency on a member has another range that leads there too, which not every release notices. */
function isUnnoticed(project: LockedProject, declared: Declared, locked: LockedPackage | undefined): boolean {
  const { name, range, lockedRange } = declared;
  const member = project.workspace.byName.get(name);
  if (lockedRange === undefined || !member || locked?.resolution.startsWith("workspace:") !== true) return false;
  const wanted = range.replace(/^workspace:/, "");
  const { version } = member.manifest;
  const isMember =
    /^workspace:[*^~]$/.test(range) || wanted === "*" || (version !== undefined && satisfies(version, wanted));
  return isMember && !liesWithin(project.buns, `>=${NOTICES_RANGES_OF_MEMBERS}`);
}

function isRequired(kind: DependencyKind): boolean {
  return kind === "dependencies" || kind === "devDependencies";
}
