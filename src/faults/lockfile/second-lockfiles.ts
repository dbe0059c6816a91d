import { entryOf } from "../../documents/data.ts";
import { keyPlaceOf, placeOf, type Place } from "../../documents/source.ts";
import { isCertainlyCommitted } from "../../project/committed.ts";
import type { Repository } from "../../project/repository.ts";
import { managersInCi, managersOfHost } from "./installing-managers.ts";

/** Lockfiles that lie beside one of Bun's: another package manager's, or Bun's in its other format. */
export interface SecondLockfile {
  /** What package.json says of its package manager, else its name. */
  readonly place: Place;
  readonly lockfiles: readonly string[];
}

const OF_BUN = ["bun.lock", "bun.lockb"];

/** The lockfiles beside the package.json at the repository's root; in other folders a test may want several. */
export function secondLockfiles(repository: Repository, path: string): readonly SecondLockfile[] {
  const manifest = path === "package.json" ? repository.manifest("") : undefined;
  if (!manifest) return [];
  const others = ["package-lock.json", "pnpm-lock.yaml", ...(isKeptByOthers(repository) ? [] : ["yarn.lock"])];
  const lockfiles = [...OF_BUN, ...others].filter((name) => isCertainlyCommitted(repository, name));
  if (lockfiles.length < 2 || !OF_BUN.some((name) => lockfiles.includes(name))) return [];
  const managers = new Set([...managersInCi(repository, ""), ...managersOfHost(repository, "")]);
  // Where both are installed from, both are meant.
  if (managers.size > 1) return [];
  const { source, node } = manifest;
  const entry = entryOf(node, "packageManager") ?? entryOf(node, "name");
  return [{ place: entry ? keyPlaceOf(source, entry) : placeOf(source, node), lockfiles }];
}

/** npm writes a yarn.lock anew beside its own lockfile, and Bun prints one where it is told to; seen with npm 11, Bun 1.2–1.4. */
function isKeptByOthers({ files }: Repository): boolean {
  return files.exists("package-lock.json") || /^# bun /m.test(files.read("yarn.lock")?.text ?? "");
}
