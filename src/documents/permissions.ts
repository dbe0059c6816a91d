import type { Entry } from "./data.ts";
import { known, unknown, type Known } from "./known.ts";
import type { Range } from "./source.ts";

/** How far a token may go; each level includes those before it. */
export const LEVELS = ["none", "read", "write"] as const;

export type Level = (typeof LEVELS)[number];

/** One permission that is listed. */
export interface Permission {
  readonly name: string;
  readonly level: Level;
  /** Where it is listed, or the word that stands for all of them. */
  readonly range: Range;
}

/** A `permissions` key: what the token of a workflow or job may do. */
export interface Permissions {
  /** The key with its value. */
  readonly entry: Entry;
  readonly granted: readonly Permission[];
  /** True for `read-all` and `write-all`. */
  readonly isShorthand: boolean;
}

// https://github.com/actions/runner/blob/258d6c857db3519913f7deb6004b60172f8043ae/src/Sdk/WorkflowParser/Permissions.cs (2026-08)
const OF_SHORTHAND = [
  "actions",
  "artifact-metadata",
  "attestations",
  "checks",
  "contents",
  "deployments",
  "discussions",
  "id-token",
  "issues",
  "packages",
  "pages",
  "pull-requests",
  "repository-projects",
  "security-events",
  "statuses",
];

/** The last two are part of `read-all` and `write-all` in some places only. */
const NAMES = new Set([...OF_SHORTHAND, "models", "vulnerability-alerts"]);

/**
 * The level that a permission cannot have when it is listed; a workflow that lists it is rejected for that alone.
 * `permissions-mapping` in https://github.com/actions/runner/blob/258d6c857db3519913f7deb6004b60172f8043ae/src/Sdk/WorkflowParser/workflow-v1.0.json
 */
const NEVER: ReadonlyMap<string, Level> = new Map([
  ["id-token", "read"],
  ["models", "write"],
  ["vulnerability-alerts", "write"],
]);

const SHORTHANDS: ReadonlyMap<unknown, Level> = new Map([
  ["read-all", "read"],
  ["write-all", "write"],
]);

/** Reads the value of a `permissions` key; unknown where GitHub would not take it. */
export function readPermissions(entry: Entry): Known<Permissions> {
  const { value } = entry;
  if (value.kind === "scalar") {
    const level = SHORTHANDS.get(value.value);
    const granted = level ? OF_SHORTHAND.map((name) => ({ name, level, range: value.range })) : [];
    return level ? known({ entry, granted, isShorthand: true }) : unknown("it is no list of permissions");
  }
  if (value.kind === "sequence") return unknown("it is no mapping");
  const granted = value.entries.map(({ key, value: level, range, merged }): Permission | undefined => {
    const written = level.kind === "scalar" ? LEVELS.find((other) => other === level.value) : undefined;
    const isTaken = NAMES.has(key) && NEVER.get(key) !== written;
    return written && isTaken && !merged ? { name: key, level: written, range } : undefined;
  });
  const isClear = granted.every((permission) => permission !== undefined);
  return isClear
    ? known({ entry, granted, isShorthand: false })
    : unknown("a permission or its level is none that GitHub has");
}

/** What `permissions` grant of one. */
export function levelOf({ granted, isShorthand }: Permissions, name: string): Level {
  const level = granted.find((permission) => permission.name === name)?.level;
  return level ?? (isShorthand ? (granted[0]?.level ?? "none") : "none");
}

/** Whether a level goes further than another one. */
export function isAbove(level: Level, other: Level): boolean {
  return LEVELS.indexOf(level) > LEVELS.indexOf(other);
}
