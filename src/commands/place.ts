import { known, unknown, type Known } from "../documents/known.ts";
import { flagText, flagTexts, hasFlag, type Arguments } from "./arguments.ts";
import type { PackageScope } from "./invocation.ts";

/** The folder that a flag names, in the first arguments that have it; the empty string where none has. */
export function directoryOf(parsed: readonly Arguments[], ...names: readonly string[]): Known<string> {
  const given = parsed.find((flags) => hasFlag(flags, ...names));
  if (!given) return known("");
  const directory = flagText(given, ...names);
  return directory === undefined ? unknown("the directory is computed") : known(directory);
}

/** What flags select packages by; a value that is not known, or the folder of a whole workspace, becomes a filter that is not understood. */
export function filtersOf(parsed: readonly Arguments[], ...names: readonly string[]): readonly string[] {
  const filters = parsed.flatMap((flags) => flagTexts(flags, ...names) ?? ["\0"]);
  return filters.map((filter) => (/^\{?[./]*\}?$/.test(filter) ? "\0" : filter));
}

/** All members, and the root with them. */
export const EVERYWHERE: PackageScope = { kind: "filtered", filters: ["**"], includesRoot: true };

/** All members but the root. */
export const MEMBERS: PackageScope = { kind: "filtered", filters: ["**"], includesRoot: false };
