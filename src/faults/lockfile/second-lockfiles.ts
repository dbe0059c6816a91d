import { entryOf } from "../../documents/data.ts";
import { keyPlaceOf, placeOf, type Place } from "../../documents/source.ts";
import { isCommitted } from "../../project/committed.ts";
import type { Repository } from "../../project/repository.ts";

/** Lockfiles that lie side by side: of two package managers, or in both of Bun's formats. */
export interface SecondLockfile {
  /** What package.json says of its package manager, else its name. */
  readonly place: Place;
  readonly lockfiles: readonly string[];
}

/** The files of which each is written by one package manager alone. */
const LOCKFILES = ["bun.lock", "bun.lockb", "package-lock.json", "pnpm-lock.yaml", "yarn.lock"];

/** The lockfiles beside the package.json at the repository's root; in other folders a test may want several. */
export function secondLockfiles(repository: Repository, path: string): readonly SecondLockfile[] {
  const manifest = path === "package.json" ? repository.manifest("") : undefined;
  if (!manifest) return [];
  const lockfiles = LOCKFILES.filter((name) => {
    const committed = repository.files.exists(name) && isCommitted(repository, name);
    return committed && committed.known && committed.value;
  });
  if (lockfiles.length < 2) return [];
  const { source, node } = manifest;
  const entry = entryOf(node, "packageManager") ?? entryOf(node, "name");
  return [{ place: entry ? keyPlaceOf(source, entry) : placeOf(source, node), lockfiles }];
}
