import { entriesOf, entryOf, stringOf } from "../../../documents/data.ts";
import type { DependencyKind } from "../../../documents/manifest.ts";
import type { Range } from "../../../documents/source.ts";
import { LOCKED_KINDS, type LockedImporter } from "../../../documents/pnpm-lock.ts";
import { folderOf, type Repository } from "../../../project/repository.ts";
import type { Difference, InstallLockfileFault } from "../difference.ts";
import { frozenInstallOf } from "../frozen-installs.ts";
import { manifestPlace } from "../manifest-place.ts";
import { lockedMemberAt, pnpmMembers, type LockedMember } from "./locked-member.ts";

/** The differences between a package.json and the pnpm-lock.yaml of its workspace, where a workflow's install fails for them. */
export function pnpmLockfileFaults(repository: Repository, path: string): readonly InstallLockfileFault[] {
  const folder = folderOf(path);
  const member = lockedMemberAt(repository, folder);
  const differences = member ? differencesOf(member) : [];
  if (!member || differences.length === 0) return [];
  if (folder !== member.root && !pnpmMembers(repository, member.root).has(folder)) return [];
  const install = frozenInstallOf(repository, "pnpm", member.root);
  return install ? differences.map((difference) => ({ ...difference, manager: "pnpm", install })) : [];
}

/** A dependency of package.json in the one list that counts. */
interface Declared {
  readonly kind: DependencyKind;
  readonly specifier: string;
}

const REQUIRED_KINDS: ReadonlySet<DependencyKind> = new Set(["dependencies", "devDependencies"] as const);

/** pnpm compares texts: that another range still allows what is locked does not help. */
function differencesOf(member: LockedMember): readonly Difference[] {
  const { importer, lock, id } = member;
  const declared = declaredIn(member);
  if (!declared) return [];
  if (!importer) {
    // Without any there is nothing to lock; peers and optional ones do not count for pnpm 12.21.
    const hasDependencies = [...declared.values()].some(({ kind }) => REQUIRED_KINDS.has(kind));
    return hasDependencies ? [differenceAt(member, lock.range, { problem: "unlockedMember", name: id })] : [];
  }
  return [
    ...[...declared].flatMap(([name, dependency]) => changeOf(member, importer, name, dependency) ?? []),
    ...removals(member, importer, declared),
  ];
}

/** What a member declares, by name; undefined where an entry is no text. Of several lists, the first here decides. */
function declaredIn({ manifest, lock, isDecidedElsewhere }: LockedMember): ReadonlyMap<string, Declared> | undefined {
  const kinds = ["optionalDependencies", "dependencies", "devDependencies"] as const;
  const declared = new Map<string, Declared>();
  for (const kind of lock.installsPeers ? ([...kinds, "peerDependencies"] as const) : kinds) {
    for (const { key: name, value } of entriesOf(entryOf(manifest.node, kind)?.value)) {
      const specifier = stringOf(value);
      if (specifier === undefined || specifier === "") return undefined;
      if (!declared.has(name)) declared.set(name, { kind, specifier });
    }
  }
  for (const [name, { specifier }] of declared)
    if (isDecidedElsewhere(name) || (lock.excludesLinks && specifier.startsWith("link:"))) declared.delete(name);
  return declared;
}

function changeOf(
  member: LockedMember,
  importer: LockedImporter,
  name: string,
  { kind, specifier }: Declared,
): Difference | undefined {
  const locked = importer.dependencies.get(name);
  // pnpm 12.21 lets an optional one pass that is not there.
  if (!locked && kind === "optionalDependencies") return undefined;
  const lockedKind = LOCKED_KINDS.find((candidate) => candidate === kind) ?? "dependencies";
  const isMoved = locked !== undefined && locked.kind !== lockedKind;
  if (locked?.specifier === specifier && !isMoved) return undefined;
  return differenceAt(member, locked?.range ?? importer.range, {
    problem: "changedDependency",
    name,
    declared: specifier,
    locked: locked?.specifier ?? "",
    keys: [kind, name],
    ...(isMoved && locked.specifier === specifier && { kind, lockedKind: locked.kind }),
  });
}

function removals(
  member: LockedMember,
  importer: LockedImporter,
  declared: ReadonlyMap<string, Declared>,
): readonly Difference[] {
  const isElsewhere = (name: string, specifier: string): boolean =>
    // `devEngines.runtime` becomes a dependency on Node.js. https://pnpm.io/package_json#devenginesruntime
    /^(?:link|runtime):/.test(specifier) || member.isDecidedElsewhere(name);
  return [...importer.dependencies].flatMap(([name, { kind, specifier, range }]) =>
    declared.has(name) || isElsewhere(name, specifier)
      ? []
      : [differenceAt(member, range, { problem: "removedDependency", name, kind, locked: specifier, keys: [kind] })],
  );
}

interface Found {
  readonly problem: Difference["problem"];
  readonly name: string;
  readonly declared?: string;
  readonly locked?: string;
  readonly kind?: DependencyKind;
  readonly lockedKind?: DependencyKind;
  /** Where package.json says it. */
  readonly keys?: readonly string[];
}

function differenceAt(
  { manifest, lock }: LockedMember,
  range: Range,
  { keys = ["name"], declared = "", locked = "", ...found }: Found,
): Difference {
  return {
    isCertain: true,
    place: manifestPlace(manifest, ...keys),
    declared,
    locked,
    lockedAt: { source: lock.source, range },
    ...found,
  };
}
