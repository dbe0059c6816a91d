import type { Source } from "./source.ts";

/** Calls by which a test puts modules in the place of others, also of those that its imports import. */
export const MOCKS = /\b(?:do|unstable_)?[mM]ock(?:Module)?\(|\bmock\.module\(|\bproxyquire\b/;

/** Such a call, perhaps with a type argument, and the module that it names. */
const CALLS =
  /\b(?:(?:do|unstable_)?[mM]ock(?:Module)?|mock\.module|proxyquire(?:\.\w+)*)\s*(?:<[^(]*>)?\(\s*(?:import\(\s*)?(?:(["'`])([^"'`$\n]+)\1)?/g;

/**
 * The last names of the modules that a file puts others in the place of, whatever they are called by: `api` for
 * `"@/convex/_generated/api.js"`; undefined where one of them is not known.
 */
export function readMockedNames({ text }: Source): ReadonlySet<string> | undefined {
  const names = Array.from(text.matchAll(CALLS), ([, , specifier = ""]) => moduleName(specifier));
  return names.includes("") ? undefined : new Set(names);
}

/** The last name in the path of a module, without its extension, and without `index`. */
export function moduleName(path: string): string {
  const stem = path.replace(/\.[cm]?[jt]sx?$/, "").replace(/\/(?:index)?$/, "");
  return stem.slice(stem.lastIndexOf("/") + 1);
}
