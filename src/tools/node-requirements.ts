import { coerce, intersects, major, satisfies, validRange } from "semver";
import { onceForTexts } from "../memo.ts";
import { LTS_LINES, NEWEST_NODES, UNKNOWN_LINES, type NodeRequirement } from "./node-requirements.data.ts";
import { liesOutside, liesWithin } from "./version-range.ts";

/** The Node.js that a version asks actions/setup-node for, as a range; undefined where that is none, moves on, or can be of a line of which nothing is known. */
export const nodeRangeOf = onceForTexts((version: string): string | undefined => {
  const text = version.trim().toLowerCase();
  const range = LTS_LINES.get(text) ?? (/\d/.test(text) && !/\d-[a-z]/.test(text) ? validRange(text) : null);
  return range === null || UNKNOWN_LINES.some((line) => intersects(line, range)) ? undefined : range;
});

/**
 * The Node.js that a version of a tool needs, where nothing of a range of Node.js is that. Undefined where something is, or where
 * nothing is known of the version.
 */
export function unmetNeed(
  node: string,
  version: string | undefined,
  requirements: readonly NodeRequirement[],
): string | undefined {
  return requirements.findLast(([versions, needed]) => liesWithin(version, versions) && liesOutside(node, needed))?.[1];
}

/** The Node.js that a version of a tool needs, as far as that is known. */
export function needOf(version: string | undefined, requirements: readonly NodeRequirement[]): string | undefined {
  return requirements.findLast(([versions]) => liesWithin(version, versions))?.[1];
}

/** The first line of Node.js after a range whose newest release is in all of some other ranges. */
export function firstLineFor(node: string, needed: readonly string[]): string | undefined {
  const since = coerce(node)?.major ?? 0;
  const newest = NEWEST_NODES.find(
    (candidate) => major(candidate) >= since && needed.every((range) => satisfies(candidate, range)),
  );
  return newest && String(major(newest));
}
