import type { DependencyKind } from "../../documents/manifest.ts";
import type { Place } from "../../documents/source.ts";
import { folderOf, type Repository } from "../../project/repository.ts";
import { workspaceOf } from "../../project/workspace.ts";
import { CATALOGS_SINCE } from "../../tools/bun.data.ts";
import { liesOutside } from "../../tools/version-range.ts";
import { conflictFaults, repetitionFaults } from "./damage-faults.ts";
import { dependencyFaults } from "./dependency-faults.ts";
import { lockedProjectAt, type LockedProject } from "./locked-project.ts";
import { memberFaults } from "./member-faults.ts";
import { removalFaults } from "./removal-faults.ts";
import { catalogFaults, overrideFaults } from "./setting-faults.ts";

/** A difference between a package.json and the bun.lock of its workspace. */
export interface Difference {
  readonly problem:
    /** The lockfile has no package for a dependency. */
    | "unlockedDependency"
    /** The dependency asks for a package of the workspace, which has none of that name. */
    | "missingMember"
    /** The dependency takes its range from a catalog, which has none for it. */
    | "missingCatalogEntry"
    /** It has one that the dependency does not allow. */
    | "mismatchedDependency"
    /** The package allows the locked one, but the lockfile repeats another text of it. */
    | "changedDependency"
    | "removedDependency"
    | "unlockedMember"
    | "renamedMember"
    /** The lockfile has a member that the workspace has not. */
    | "removedMember"
    | "changedOverride"
    | "changedCatalog"
    /** The lockfile was committed with the marks of a merge, so that no Bun reads it. */
    | "conflictedLockfile"
    /** The lockfile has two lines for one package, so that no Bun reads it. */
    | "repeatedPackage";
  /** True where a frozen install fails; false where it can pass, and another install rewrites the lockfile. */
  readonly isCertain: boolean;
  /** Where package.json says it, or where it no longer does. */
  readonly place: Place;
  /** Of the dependency, or the folder of the member. */
  readonly name: string;
  /** The list that a removed dependency was in, or that one which moved is in now. */
  readonly kind?: DependencyKind;
  /** The list that the lockfile has a dependency in, where it is another one. */
  readonly lockedKind?: DependencyKind;
  /** What package.json says; empty where it says nothing. */
  readonly declared: string;
  /** What the lockfile says; empty where it says nothing. */
  readonly locked: string;
  /** Where it says it; for an entry of a catalog that is missing, where it would be. */
  readonly lockedAt: Place;
}

/** A difference, and the Bun that has to write the lockfile anew where the repository declares one that can. */
export interface LockfileFault extends Difference {
  readonly bun: string | undefined;
}

/** The differences between a package.json and the bun.lock of its workspace. */
export function lockfileFaults(repository: Repository, path: string): readonly LockfileFault[] {
  const root = workspaceOf(repository, folderOf(path))?.root.directory;
  if (root === undefined) return [];
  return lockfileFaultsAt(repository, root).filter(({ place }) => place.source.path === path);
}

/** The differences between a bun.lock and the workspace whose root is the given folder. */
export function lockfileFaultsAt(repository: Repository, root: string): readonly LockfileFault[] {
  return repository.deriveFor(root, findFaults);
}

function findFaults(repository: Repository, root: string): readonly LockfileFault[] {
  const project = lockedProjectAt(repository, root);
  if (!project) return conflictFaults(repository, root);
  const repetitions = repetitionFaults(project);
  // All else is compared with what no Bun reads.
  if (repetitions.length > 0) return repetitions;
  const differences = [
    ...memberFaults(project),
    ...dependencyFaults(project),
    ...removalFaults(project),
    ...overrideFaults(project),
    ...catalogFaults(project),
  ];
  return differences.map((difference) => ({ ...difference, bun: writerOf(project, difference) }));
}

/** The declared Bun, unless it cannot write what is missing. */
function writerOf({ bun }: LockedProject, { problem }: Difference): string | undefined {
  return problem === "changedCatalog" && liesOutside(bun, `>=${CATALOGS_SINCE}`) ? undefined : bun;
}
