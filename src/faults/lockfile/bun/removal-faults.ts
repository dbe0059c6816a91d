import { placementOf, type BunLock } from "../../../documents/bun-lock.ts";
import { entryOf } from "../../../documents/data.ts";
import { dependenciesOf, dependencyRange, DEPENDENCY_KINDS, type DependencyKind } from "../../../documents/manifest.ts";
import type { Difference } from "../difference.ts";
import { manifestPlace } from "../manifest-place.ts";
import { lockedPlace, type LockedMember, type LockedProject } from "./locked-project.ts";

/** A dependency of what lies at a placement; the workspace's root is the empty one. */
interface Wish {
  readonly placement: string;
  readonly name: string;
}

/** Dependencies that the lockfile still has. A frozen install fails where nothing else needs what they brought. */
export function removalFaults(project: LockedProject): readonly Difference[] {
  const { lock, members } = project;
  const removed = members.flatMap((member) =>
    DEPENDENCY_KINDS.flatMap((kind) =>
      [...member.locked.dependencies[kind]]
        .filter(([name]) => isRemoved(member, kind, name))
        .map(([name, range]) => ({ member, kind, name, range })),
    ),
  );
  if (removed.length === 0) return [];
  const unneeded = unneededPlacements(project);
  return removed.map(({ member, kind, name, range }) => {
    const { manifest, placement, locked, directory } = member;
    const isOptionalPeer = kind === "peerDependencies" && locked.optionalPeers.has(name);
    const isGone = dependencyRange(manifest, name) === undefined && !isOptionalPeer;
    const brought = isGone ? reachedFrom(lock, [{ placement, name }], false) : [];
    return {
      problem: "removedDependency",
      isCertain: [...brought].some((reached) => unneeded.has(reached)),
      place: manifestPlace(manifest, kind),
      name,
      kind,
      declared: "",
      locked: range,
      lockedAt: lockedPlace(project, "workspaces", directory, kind, name),
    };
  });
}

function isRemoved({ manifest, locked }: LockedMember, kind: DependencyKind, name: string): boolean {
  if (dependencyRange(manifest, name, [kind]) !== undefined) return false;
  // Some releases take an entry of `peerDependenciesMeta` for a dependency.
  if (kind === "peerDependencies" && entryOf(entryOf(manifest.node, "peerDependenciesMeta")?.value, name)) return false;
  // What moved to another kind is reported there.
  return !DEPENDENCY_KINDS.some(
    (other) => dependencyRange(manifest, name, [other]) !== undefined && !locked.dependencies[other].has(name),
  );
}

/** Placements that the lockfile needed for what it repeats of the manifests, and that nothing needs now, whatever the Bun. */
function unneededPlacements({ lock, members, unlocked }: LockedProject): ReadonlySet<string> {
  const current = new Map(members.map((member) => [member.directory, member]));
  const before: Wish[] = [];
  const now: Wish[] = unlocked.flatMap(({ manifest }) =>
    [...dependenciesOf(manifest, DEPENDENCY_KINDS).keys()].map((name) => ({ placement: "", name })),
  );
  for (const [directory, workspace] of lock.workspaces) {
    const placement = directory === "" ? "" : (workspace.name ?? "");
    const required = DEPENDENCY_KINDS.flatMap((kind) =>
      [...workspace.dependencies[kind].keys()].filter(
        (name) => kind !== "peerDependencies" || !workspace.optionalPeers.has(name),
      ),
    );
    const member = current.get(directory);
    const declared = member ? dependenciesOf(member.manifest, DEPENDENCY_KINDS).keys() : required;
    // A member is there whether or not anything depends on it.
    const own = { placement: "", name: placement };
    before.push(own, ...required.map((name) => ({ placement, name })));
    now.push(own, ...[...declared].map((name) => ({ placement, name })));
  }
  const kept = reachedFrom(lock, now, true);
  return new Set([...reachedFrom(lock, before, false)].filter((placement) => !kept.has(placement)));
}

/** All placements that packages lead to through their dependencies. */
function reachedFrom(lock: BunLock, wishes: readonly Wish[], withOptionalPeers: boolean): ReadonlySet<string> {
  const reached = new Set<string>();
  const open = [...wishes];
  for (let wish = open.pop(); wish; wish = open.pop()) {
    const placement = placementOf(lock, wish.placement, wish.name);
    if (placement === undefined || reached.has(placement)) continue;
    reached.add(placement);
    for (const { name, isOptionalPeer } of lock.packages.get(placement)?.edges ?? [])
      if (withOptionalPeers || !isOptionalPeer) open.push({ placement, name });
  }
  return reached;
}
