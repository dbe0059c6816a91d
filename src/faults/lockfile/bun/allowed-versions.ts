import { satisfies, valid, validRange } from "semver";
import type { LockedPackage } from "../../../documents/bun-lock.ts";

/** A dependency that comes from no registry. */
const ADDRESS = /^(?:https?|git|git\+\w+|github|gitlab|bitbucket|file):/;

/** Whether a declared range, alias or address certainly leads to another package than a locked one that comes from a registry. */
export function isExcludedBy(declared: string, name: string, locked: LockedPackage): boolean {
  if (valid(locked.resolution) === null) return false;
  if (ADDRESS.test(declared)) return true;
  const alias = /^npm:((?:@[^/@]+\/)?[^/@]+)(?:@(.*))?$/.exec(declared);
  const range = alias ? (alias[2] ?? "") : declared;
  if (validRange(range) === null) return false;
  // Bun and npm differ in which prereleases a range allows.
  return locked.name !== (alias?.[1] ?? name) || !satisfies(locked.resolution, range, { includePrerelease: true });
}
