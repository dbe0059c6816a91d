import type { DependencyKind } from "../../documents/manifest.ts";
import type { Place } from "../../documents/source.ts";
import type { FrozenInstall } from "./frozen-installs.ts";

/** A difference between a package.json and the lockfile of its workspace. */
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

/** A difference from a bun.lock. */
export interface BunLockfileFault extends Difference {
  readonly manager: "bun";
  /** The Bun that has to write the lockfile anew where the repository declares one that can. */
  readonly bun: string | undefined;
}

/** A difference from a package-lock.json or pnpm-lock.yaml. */
export interface InstallLockfileFault extends Difference {
  readonly manager: "npm" | "pnpm";
  /** The install of a workflow that fails for it. */
  readonly install: FrozenInstall;
}

/** A difference, and what fails because of it. */
export type LockfileFault = BunLockfileFault | InstallLockfileFault;
