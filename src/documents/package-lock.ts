import { onceForEach } from "../memo.ts";
import type { Range, Source } from "./source.ts";

type Json = Readonly<Record<string, unknown>>;

/** A package, or a member of the workspace, that a package-lock.json has at a location. */
export interface LockedLocation {
  /** Undefined where none is written. */
  readonly version: string | undefined;
  /** True for a link to a folder. */
  readonly isLink: boolean;
}

/** A package-lock.json. https://docs.npmjs.com/cli/v11/configuring-npm/package-lock-json */
export interface PackageLock {
  readonly source: Source;
  /** What is at a location: `node_modules/react`, `packages/ui`; the root is the empty string. */
  at(location: string): LockedLocation | undefined;
  /** Of the key of a location; the beginning of the file where it has none. */
  rangeOf(location: string): Range;
}

/** Reads a package-lock.json of version 2 or 3; undefined for any other text. */
export const readPackageLock = onceForEach((source: Source): PackageLock | undefined => {
  const { lockfileVersion, packages } = contentOf(source);
  if ((lockfileVersion !== 2 && lockfileVersion !== 3) || !isObject(packages) || !isObject(packages[""]))
    return undefined;
  return {
    source,
    at(location) {
      const entry = Object.hasOwn(packages, location) ? packages[location] : undefined;
      if (!isObject(entry)) return undefined;
      const { version, link } = entry;
      return { version: typeof version === "string" ? version : undefined, isLink: link === true };
    },
    rangeOf(location) {
      const key = JSON.stringify(location);
      // What stands above may have the same key: `dependencies` of version 2 follows.
      const start = Math.max(source.text.search(/^\s*"packages"\s*:/m), 0);
      const at = source.text.indexOf(`${key}: {`, start);
      return at < 0 ? [0, 1] : [at, at + key.length];
    },
  };
});

function contentOf({ text }: Source): Json {
  try {
    const content: unknown = JSON.parse(text);
    return isObject(content) ? content : {};
  } catch {
    return {};
  }
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
