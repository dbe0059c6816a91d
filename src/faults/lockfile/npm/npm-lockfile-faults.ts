import { posix } from "node:path";
import { satisfies, valid, validRange } from "semver";
import { entriesOf, entryOf, stringOf } from "../../../documents/data.ts";
import { dependencyRange, type DependencyKind, type Manifest } from "../../../documents/manifest.ts";
import { readPackageLock, type PackageLock } from "../../../documents/package-lock.ts";
import { folderOf, foldersUp, type Repository } from "../../../project/repository.ts";
import { declaredManager, findMembers, PLAIN_GLOB } from "../../../project/workspace.ts";
import type { Difference, InstallLockfileFault } from "../difference.ts";
import { frozenInstallOf } from "../frozen-installs.ts";
import { manifestPlace } from "../manifest-place.ts";

/** A package that npm installs from a package-lock.json. */
interface LockedMember {
  readonly lock: PackageLock;
  /** The folder of the workspace. */
  readonly root: string;
  /** Its own folder below that, as the lockfile calls it; empty for the root. */
  readonly location: string;
  readonly manifest: Manifest;
  readonly rootManifest: Manifest;
  /** The names of all members, which npm links. */
  readonly linked: ReadonlySet<string | undefined>;
}

/** The differences between a package.json and the package-lock.json of its workspace, where a workflow's `npm ci` fails for them. */
export function npmLockfileFaults(repository: Repository, path: string): readonly InstallLockfileFault[] {
  const member = lockedMemberAt(repository, folderOf(path));
  const differences = member ? differencesOf(member) : [];
  if (!member || differences.length === 0) return [];
  const install = frozenInstallOf(repository, "npm", member.root);
  return install ? differences.map((difference) => ({ ...difference, manager: "npm", install })) : [];
}

function lockedMemberAt(repository: Repository, folder: string): LockedMember | undefined {
  const { files } = repository;
  const candidates = [...foldersUp(folder)].filter((at) => files.exists(posix.join(at, "package-lock.json")));
  const root = candidates.findLast((at) => at === folder || npmMembers(repository, at).has(folder));
  const manifest = repository.manifest(folder);
  const rootManifest = root === undefined ? undefined : repository.manifest(root);
  if (root === undefined || !manifest || !rootManifest || !files.isTracked(manifest.source.path)) return undefined;
  // npm takes the other file where it is there.
  if (files.exists(posix.join(root, "npm-shrinkwrap.json"))) return undefined;
  if (/^(?:bun|pnpm|yarn)@/.test(declaredManager(rootManifest))) return undefined;
  const source = repository.lockfileText(posix.join(root, "package-lock.json"));
  const lock = source && readPackageLock(source);
  if (!lock) return undefined;
  const linked = new Set(npmMembers(repository, root).values());
  return { lock, root, location: posix.relative(root, folder), manifest, rootManifest, linked };
}

/** The members that the package.json of a folder declares, by folder; none where npm may take others. */
function npmMembers(repository: Repository, root: string): ReadonlyMap<string, string | undefined> {
  return repository.deriveFor(root, findNpmMembers);
}

const findNpmMembers = (repository: Repository, root: string): ReadonlyMap<string, string | undefined> => {
  const globs = repository.manifest(root)?.workspaces ?? [];
  const isPlain = globs.every((glob) => PLAIN_GLOB.test(glob) && !glob.startsWith("!"));
  const members = isPlain ? findMembers(repository, root, globs) : [];
  return new Map(members.map(({ directory, name }) => [directory, name]));
};

function differencesOf(member: LockedMember): readonly Difference[] {
  const { lock, location, manifest } = member;
  if (!lock.at(location)) {
    return [
      {
        problem: "unlockedMember",
        isCertain: true,
        place: manifestPlace(manifest, "name"),
        name: location,
        declared: "",
        locked: "",
        lockedAt: { source: lock.source, range: lock.rangeOf("") },
      },
    ];
  }
  return (["dependencies", "devDependencies"] as const).flatMap((kind) =>
    entriesOf(entryOf(manifest.node, kind)?.value).flatMap(({ key: name, value }) => {
      const range = stringOf(value);
      return range === undefined ? [] : (differenceOf(member, kind, name, range) ?? []);
    }),
  );
}

function differenceOf(member: LockedMember, kind: DependencyKind, name: string, range: string): Difference | undefined {
  const { lock, location, manifest } = member;
  if (validRange(range, true) === null || isDecidedElsewhere(member, name, range)) return undefined;
  const locations = locationsOf(lock, location, name);
  // Where a nearer one is not allowed, npm takes the next.
  if (locations.some((found) => mayBe(lock, found, range))) return undefined;
  const [at] = locations;
  // npm 10 installs what lies in a member, whatever it is, where the root has any `overrides`: 10.8.2 and 10.9.8, not 11.19.1.
  if (at !== undefined && at !== `node_modules/${name}` && hasOverrides(member)) return undefined;
  const version = at === undefined ? undefined : lock.at(at)?.version;
  return {
    problem: at === undefined ? "unlockedDependency" : "mismatchedDependency",
    isCertain: true,
    place: manifestPlace(manifest, kind, name),
    name,
    declared: range,
    locked: version === undefined ? "" : `${name}@${version}`,
    lockedAt: { source: lock.source, range: lock.rangeOf(at ?? location) },
  };
}

function hasOverrides({ rootManifest }: LockedMember): boolean {
  return entryOf(rootManifest.node, "overrides") !== undefined;
}

/** Whether more than this range decides which version npm takes, or whether it takes one. */
function isDecidedElsewhere({ manifest, rootManifest, linked }: LockedMember, name: string, range: string): boolean {
  const { source, node } = rootManifest;
  const overrides = entryOf(node, "overrides")?.value;
  const isOverridden = overrides !== undefined && source.text.slice(...overrides.range).includes(name);
  const kinds = ["dependencies", "devDependencies", "optionalDependencies"] as const;
  return (
    isOverridden ||
    linked.has(name) ||
    [manifest.name, rootManifest.name].includes(name) ||
    entryOf(manifest.node, "acceptDependencies") !== undefined ||
    dependencyRange(manifest, name, ["optionalDependencies"]) !== undefined ||
    kinds.some((kind) => (dependencyRange(manifest, name, [kind]) ?? range) !== range)
  );
}

/** Where a package may find a dependency: below its own folder, or below one around it, nearest first. */
function locationsOf(lock: PackageLock, dependent: string, name: string): readonly string[] {
  const locations = [...foldersUp(dependent)].map((folder) => posix.join(folder, "node_modules", name));
  return locations.filter((location) => lock.at(location) !== undefined);
}

function mayBe(lock: PackageLock, location: string, range: string): boolean {
  const { version, isLink } = lock.at(location) ?? {};
  return isLink === true || valid(version) === null || satisfies(version ?? "", range, { includePrerelease: true });
}
