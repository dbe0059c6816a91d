import { posix } from "node:path";
import type { BunLock, LockedWorkspace } from "../../../documents/bun-lock.ts";
import { LOCKFILE_NAMES, readBunLockHeader } from "../../../documents/lockfile.ts";
import type { Manifest } from "../../../documents/manifest.ts";
import type { Place } from "../../../documents/source.ts";
import type { Repository } from "../../../project/repository.ts";
import { workspaceAt, type Workspace, type WorkspacePackage } from "../../../project/workspace.ts";
import { cannotRead, firstReader, isWrittenByNewer, readBunVersion } from "../../../tools/bun.ts";
import { bunPinsOf } from "../../bun/bun-source.ts";
import { managersInCi } from "../installing-managers.ts";
import { lastOf } from "../manifest-place.ts";

/** A package of a workspace together with what the lockfile repeats of it. */
export interface LockedMember {
  /** Relative to the workspace; the root is the empty string. */
  readonly directory: string;
  /** Where the lockfile looks for dependencies first; empty for the root. */
  readonly placement: string;
  readonly manifest: Manifest;
  readonly locked: LockedWorkspace;
}

/** A workspace that Bun installs from a bun.lock. */
export interface LockedProject {
  readonly repository: Repository;
  readonly workspace: Workspace;
  readonly lock: BunLock;
  /** The root and those members that the lockfile has. */
  readonly members: readonly LockedMember[];
  /** The members that the lockfile lacks. */
  readonly unlocked: readonly WorkspacePackage[];
  /** The Bun that the repository declares, where it is exact and no newer one has written the lockfile. */
  readonly bun: string | undefined;
  /** The releases that can install this: the declared one, else all that read the lockfile. */
  readonly buns: string;
}

/** The workspace of a folder with its bun.lock; undefined where there is none that Bun certainly installs from. */
export function lockedProjectAt(repository: Repository, root: string): LockedProject | undefined {
  const workspace = workspaceAt(repository, root);
  const lock = workspace && repository.bunLock(root);
  if (!lock || !isInstalledByBun(repository, workspace)) return undefined;
  const [pin] = bunPinsOf(repository, root);
  const declared = pin && readBunVersion(pin.version);
  const reader = firstReader(lock.formatVersion);
  // Bun rejects version 0, of a few releases, for reasons of its own; a Bun that cannot read the file is another fault.
  if (lock.formatVersion === 0 || reader === undefined) return undefined;
  if (declared && cannotRead(declared, lock.formatVersion)) return undefined;
  const { configVersion } = readBunLockHeader(lock.source);
  const isUsed = declared?.kind === "exact" && !isWrittenByNewer(declared.version, configVersion);
  const bun = isUsed ? declared.version : undefined;
  const packages = workspace.packages;
  const directoryOf = ({ directory }: WorkspacePackage): string => posix.relative(root, directory);
  return {
    repository,
    workspace,
    lock,
    members: packages.flatMap((member) => {
      const directory = directoryOf(member);
      const locked = lock.workspaces.get(directory);
      const placement = directory === "" ? "" : (locked?.name ?? "");
      return locked ? [{ directory, placement, manifest: member.manifest, locked }] : [];
    }),
    unlocked: packages.filter((member) => !lock.workspaces.has(directoryOf(member))),
    bun,
    buns: bun ?? `>=${reader}`,
  };
}

/** Beside the lockfile of another package manager, a bun.lock counts only where Bun is declared, or the workflows install with it alone. */
export function isInstalledByBun(repository: Repository, { root, manager }: Workspace): boolean {
  const at = (name: string): string => posix.join(root.directory, name);
  // Members are then those of another file.
  if (manager !== "bun" || repository.files.exists(at("pnpm-workspace.yaml"))) return false;
  const others = LOCKFILE_NAMES.filter((name) => name !== "bun.lock" && repository.files.exists(at(name)));
  if (others.length === 0 || bunPinsOf(repository, root.directory).length > 0) return true;
  const managers = managersInCi(repository, root.directory);
  return managers.size === 1 && managers.has("bun");
}

/** The globs that declare the members. */
export function memberGlobs({ root }: Workspace): readonly string[] {
  return root.manifest.workspaces ?? [];
}

/** Whether globs take members out: none are before Bun 1.3, and until 1.4 it depends on their order. */
export function excludesMembers(workspace: Workspace): boolean {
  return memberGlobs(workspace).some((glob) => glob.startsWith("!"));
}

/** Where a bun.lock holds the last of `keys` that is there. */
export function lockedPlace({ repository, lock }: LockedProject, ...keys: readonly string[]): Place {
  const root = repository.json(lock.source.path)?.root;
  return { source: lock.source, range: lastOf(root, keys)?.keyRange ?? [0, 1] };
}
