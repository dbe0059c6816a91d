import { join } from "node:path";
import { findRoot, fingerprintOf } from "./project/files.ts";

/**
 * A fingerprint of the repository that a folder belongs to, by the stamps of its files; no file is read. Undefined where
 * something has changed since this process or thread began: then nothing is certain to stay as it was while files are linted.
 */
export function repositoryFingerprint(folder: string): string | undefined {
  return fingerprintOf(findRoot(join(folder, "package.json")), performance.timeOrigin);
}
