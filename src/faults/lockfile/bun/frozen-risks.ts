import { validRange } from "semver";
import { placementOf, type BunLock } from "../../../documents/bun-lock.ts";
import { entryOf, stringsOf } from "../../../documents/data.ts";
import { dependenciesOf, DEPENDENCY_KINDS } from "../../../documents/manifest.ts";
import type { Repository } from "../../../project/repository.ts";
import { rangeOf, type BunVersion } from "../../../tools/bun.ts";
import { INSTALL_SCRIPTS } from "../../../tools/install-scripts.data.ts";
import { liesWithin } from "../../../tools/version-range.ts";
import { bunLockfileFaultsAt } from "./bun-lockfile-faults.ts";
import { lockedProjectAt, type LockedProject } from "./locked-project.ts";
import { catalogEntry, catalogOf } from "./settings.ts";

/** Since this release a member with an install script is not resolved again: run with 1.2.0 to 1.4.5. */
const TRUSTS_LOCKED_MEMBERS = "1.4.4";

/** What leads to a folder, which no release moves. */
const FIXED = /^(?:workspace|file|link):/;

/**
 * Whether a frozen install of the workspace with the given root may fail, by one of some Buns: the lockfile is behind, nobody
 * can tell what is in it, or it agrees with the package.json files and Bun would write it anew all the same. An unknown Bun is undefined.
 */
export function mayFailFrozen(
  repository: Repository,
  root: string,
  buns: readonly (BunVersion | undefined)[],
): boolean {
  const { canFail, asksForTags } = repository.deriveFor(root, risksAt);
  const isTrusting = buns.every((bun) => bun && liesWithin(rangeOf(bun), `>=${TRUSTS_LOCKED_MEMBERS}`));
  return canFail || (asksForTags && !isTrusting);
}

/** Why a frozen install may fail: whatever the Bun, or by one that resolves members again. */
interface Risks {
  readonly canFail: boolean;
  readonly asksForTags: boolean;
}

function risksAt(repository: Repository, root: string): Risks {
  const project = lockedProjectAt(repository, root);
  if (!project || bunLockfileFaultsAt(repository, root).length > 0) return { canFail: true, asksForTags: false };
  return { canFail: dropsPackages(project.lock), asksForTags: hasMovingTags(project) };
}

/**
 * Whether what a member depends on may be another version today: bun.lock has no scripts of members, so those with an install
 * script, and the members that they depend on, are resolved again. All are where the root trusts a package that is not there, as
 * bun.lock leaves out its name. A range keeps what is locked, a tag or a branch moves on. The latter run with 1.2.17 to 1.4.5.
 */
function hasMovingTags(project: LockedProject): boolean {
  const members = project.members.filter(({ directory }) => directory !== "");
  const hasScript = members.some(({ manifest }) =>
    INSTALL_SCRIPTS.bun.inMembers.some((name) => manifest.scripts.has(name)),
  );
  return (
    (hasScript || trustsAbsent(project)) &&
    members.some(({ manifest }) =>
      DEPENDENCY_KINDS.some((kind) =>
        [...dependenciesOf(manifest, [kind])].some(([name, range]) => isMoving(project, name, range)),
      ),
    )
  );
}

function trustsAbsent({ lock, workspace }: LockedProject): boolean {
  const trusted = stringsOf(entryOf(workspace.root.manifest.node, "trustedDependencies")?.value);
  const isThere = (name: string): boolean =>
    lock.packages.has(name) || lock.packages.placements.some((placement) => placement.endsWith(`/${name}`));
  return !trusted.every(isThere);
}

/** Whether a dependency is asked for by a tag, a branch or an address; no range is the tag `latest`. Run with 1.3.14. */
function isMoving({ workspace }: LockedProject, name: string, declared: string): boolean {
  const catalog = catalogOf(declared);
  const range = catalog === undefined ? declared : (catalogEntry(workspace.root.manifest, catalog, name) ?? "");
  const alias = /^npm:(?:@[^/@]+\/)?[^/@]+(?:@(.*))?$/.exec(range);
  const wanted = alias ? (alias[1] ?? "*") : range;
  return !FIXED.test(range) && (wanted.trim() === "" || validRange(wanted) === null);
}

/**
 * Whether the lockfile has packages that some Bun drops, as a merge leaves them or an older release that removes a dependency:
 * nothing leads to them, or only an optional peer of one that they need again themselves. Run with 1.2.0 to 1.4.5: before 1.4.0 a
 * frozen install fails for most of the first kind, since 1.4.4 for the second.
 */
function dropsPackages(lock: BunLock): boolean {
  const { placements } = lock.packages;
  const open = [...edgesOfMembers(lock)];
  const all = [...open, ...placements.flatMap((placement) => edgesFrom(lock, placement))];
  const demanded = new Set(all.flatMap(({ target, isOptionalPeer }) => (isOptionalPeer ? [] : target)));
  const kept = new Set<string>();
  for (let edge = open.pop(); edge; edge = open.pop()) {
    const { target, isOptionalPeer } = edge;
    if (kept.has(target) || (isOptionalPeer && demanded.has(target))) continue;
    kept.add(target);
    open.push(...edgesFrom(lock, target));
  }
  return placements.some((placement) => !kept.has(placement));
}

/** What depends on the package at a placement. */
interface Edge {
  readonly target: string;
  readonly isOptionalPeer: boolean;
}

/** The dependencies of the root and of the members, which are there by themselves. */
function edgesOfMembers(lock: BunLock): readonly Edge[] {
  return [...lock.workspaces].flatMap(([directory, { name = "", dependencies, optionalPeers }]) => {
    const placement = directory === "" ? "" : name;
    const edges = DEPENDENCY_KINDS.flatMap((kind) =>
      [...dependencies[kind].keys()].flatMap((key) =>
        edgeTo(lock, placement, key, kind === "peerDependencies" && optionalPeers.has(key)),
      ),
    );
    return [...edgeTo(lock, "", name, false), ...edges];
  });
}

function edgesFrom(lock: BunLock, placement: string): readonly Edge[] {
  const edges = lock.packages.get(placement)?.edges ?? [];
  return edges.flatMap(({ name, isOptionalPeer }) => edgeTo(lock, placement, name, isOptionalPeer));
}

function edgeTo(lock: BunLock, placement: string, name: string, isOptionalPeer: boolean): readonly Edge[] {
  const target = placementOf(lock, placement, name);
  return target === undefined ? [] : [{ target, isOptionalPeer }];
}
