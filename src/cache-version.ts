import { createRequire } from "node:module";
import type * as Fingerprint from "./fingerprint.ts";

const require = createRequire(import.meta.url);
let known: string | undefined;

/**
 * A version with the state of the repository that ESLint runs in. `eslint --cache` keeps the results of a file as long as the
 * file and its configuration are the same, and takes a plugin for the same by its version; but what is found in one file depends on others.
 * ESLint asks only where it keeps results, and only for configurations that the plugin is part of.
 */
export function cacheVersion(version: string): string {
  if (known === undefined) {
    known = `${version}+${stateOf(process.cwd())}`;
    // ESLint asks once for each distinct configuration, all in a row.
    setImmediate(() => (known = undefined));
  }
  return known;
}

function stateOf(folder: string): string {
  try {
    const { repositoryFingerprint } = require("./fingerprint.js") as typeof Fingerprint;
    return repositoryFingerprint(folder) ?? `changing.${unique()}`;
  } catch {
    return `unknown.${unique()}`;
  }
}

/** Two runs that get it keep nothing for each other. */
function unique(): string {
  return Math.random().toString(36).slice(2);
}
