import { lt, maxSatisfying, valid, validRange } from "semver";
import { hasFlag, readArguments, type Arguments } from "../commands/arguments.ts";
import type { Install } from "../commands/invocation.ts";
import {
  ALWAYS_ISOLATED,
  BUN_CI_SINCE,
  CONFIG_VERSION_SINCE,
  ISOLATED_BY_LOCKFILE,
  LOCKFILE_READERS,
  NEWEST_RELEASES,
  PROD_FLAG_SINCE,
  SETUP_BUN_COMMITS,
  SETUP_BUN_NEWEST,
  SETUP_BUN_RELEASES,
  TEXT_LOCKFILE_SINCE,
  UNKNOWN_FLAGS_FAIL_SINCE,
  type SetupBunRelease,
} from "./bun.data.ts";
import { onceForTexts } from "../memo.ts";
import { canMeet, liesOutside, liesWithin } from "./version-range.ts";

const NEWEST = NEWEST_RELEASES.at(-1) ?? "";

/** A Bun version as a workflow or a manifest asks for it. */
export type BunVersion =
  | { readonly kind: "exact"; readonly version: string }
  /** `latest`, a range, or nothing: what it is changes with time, and is at least `newest` today. */
  | { readonly kind: "floating"; readonly range: string; readonly newest: string }
  | { readonly kind: "canary" };

/** Reads a version as setup-bun takes it; undefined for what it refuses, and for commits. */
export const readBunVersion = onceForTexts((text: string): BunVersion | undefined => {
  const spec = text
    .trim()
    .replace(/^v(?=\d)/, "")
    .replace(/^=\s*/, "");
  if (spec === "" || spec === "latest") return { kind: "floating", range: "*", newest: NEWEST };
  if (spec === "canary") return { kind: "canary" };
  const exact = valid(spec);
  if (exact !== null && /^\d+\.\d+\.\d+/.test(spec)) return { kind: "exact", version: exact };
  const range = validRange(spec);
  if (range === null || !/\d/.test(spec)) return undefined;
  const newest = maxSatisfying([...NEWEST_RELEASES], range);
  return newest === null ? undefined : { kind: "floating", range, newest };
});

/** Reads the tag of an image of oven/bun: only a whole version stays what it is. https://hub.docker.com/r/oven/bun/tags */
export function readImageTag(tag: string): BunVersion | undefined {
  const version = /^(\d+\.\d+\.\d+)(?:-(?:alpine|debian|distroless|slim)[\d.]*)?$/.exec(tag)?.[1];
  return version === undefined ? undefined : { kind: "exact", version };
}

/** Reads the argument of Bun's install script: the tag of a release. https://bun.com/docs/installation */
export function readReleaseTag(tag: string): BunVersion | undefined {
  const version = /^bun-v(\d+\.\d+\.\d+)$/.exec(tag)?.[1];
  if (version !== undefined) return { kind: "exact", version };
  return tag === "canary" ? { kind: "canary" } : undefined;
}

/** Whether the Bun that a workflow gets certainly is not the one that is declared. */
export function differs(used: BunVersion, declared: BunVersion): boolean {
  const range = rangeOf(used);
  if (range === undefined || declared.kind === "canary") return used.kind !== declared.kind;
  const wanted = declared.kind === "exact" ? declared.version : declared.range;
  return !canMeet(range, wanted);
}

/** The range in which a version lies, for comparisons with thresholds. A floating one is never older than the newest of today. */
export function rangeOf(version: BunVersion): string | undefined {
  if (version.kind === "canary") return undefined;
  if (version.kind === "exact") return version.version;
  return floatingRange(version.range, version.newest);
}

const floatingRange = onceForTexts((range: string, newest: string): string | undefined => {
  const parts = range.split("||").map((part) => `${part} >=${newest}`);
  return validRange(parts.join("||")) ?? undefined;
});

/** Whether a Bun certainly cannot read a bun.lock of the given version: it then fails if frozen, and else writes it anew. */
export function cannotRead(version: BunVersion, lockfileVersion: number): boolean {
  const since = LOCKFILE_READERS.find(([format]) => format === lockfileVersion)?.[1];
  const range = rangeOf(version);
  return since !== undefined && range !== undefined && liesOutside(range, `>=${since}`);
}

/** Whether a Bun is so old that it does not know bun.lock, and installs as if there were none. */
export function ignoresTextLockfile(version: BunVersion): boolean {
  return liesOutside(rangeOf(version), `>=${TEXT_LOCKFILE_SINCE}`);
}

/** The first release that reads a bun.lock of the given version. */
export function firstReader(lockfileVersion: number): string | undefined {
  return LOCKFILE_READERS.find(([format]) => format === lockfileVersion)?.[1];
}

/** Whether a lockfile shows that a newer Bun has written it. */
export function isWrittenByNewer(version: string, configVersion: number | undefined): boolean {
  return configVersion !== undefined && lt(version, CONFIG_VERSION_SINCE);
}

/** How a Bun lays out node_modules of a workspace for a lockfile without a linker setting; undefined where it is not certain. */
export function linkerOf(version: BunVersion, hasConfigVersion: boolean): "hoisted" | "isolated" | undefined {
  const range = rangeOf(version);
  if (range === undefined) return undefined;
  if (liesWithin(range, ALWAYS_ISOLATED)) return "isolated";
  if (hasConfigVersion && liesWithin(range, ISOLATED_BY_LOCKFILE)) return "isolated";
  return liesOutside(range, ALWAYS_ISOLATED) && (!hasConfigVersion || liesOutside(range, ISOLATED_BY_LOCKFILE))
    ? "hoisted"
    : undefined;
}

/** What the release of oven-sh/setup-bun behind a ref reads; undefined for a commit or branch that is not known. */
export function setupBunRelease(ref: string, versionComment: string | undefined): SetupBunRelease | undefined {
  const isCommit = /^[0-9a-f]{40}$/i.test(ref);
  const version = isCommit
    ? (SETUP_BUN_COMMITS.get(ref.toLowerCase()) ?? versionComment)
    : (SETUP_BUN_NEWEST.get(ref) ?? /^v?(\d+\.\d+\.\d+)$/.exec(ref)?.[1]);
  return SETUP_BUN_RELEASES.find(({ versions }) => liesWithin(version, versions));
}

/** Whether a `bun install` can change the lockfile. */
export type Freezing =
  | "frozen"
  /** It can. */
  | "unfrozen"
  /** It can: the flag that was meant to prevent it does not exist. */
  | "unknownFlag"
  /** `bun ci` is not a command of this Bun. */
  | "missingCommand"
  /** The command line says that it is meant to, or that nothing is written. */
  | "intended"
  | "unknown";

// `bun install --help` of 1.2.18–1.4.5.
const VALUE_FLAGS = new Set(
  "--backend --ca --cache-dir --cafile --catalog --concurrent-scripts --cpu --cwd --env-file --filter --libc --linker --minimum-release-age --minimum-release-age-excludes --network-concurrency --omit --os --registry".split(
    " ",
  ),
);
const INTENDED_FLAGS = [
  "--no-frozen-lockfile",
  "--no-save",
  "--dry-run",
  "--lockfile-only",
  "--yarn",
  "-y",
  "--global",
  "-g",
];

/** Flags that are meant to freeze and do not exist, or not in every release: `--frozen`, `--frozenLockfile`, `--immutable`. */
export const MISTAKEN_FLAGS = /^--(?!frozen-lockfile(?:=|$))(?:frozen|immutable)/;

/** Judges a `bun install` by its command line and the Bun that runs it. https://bun.com/docs/pm/cli/install */
export function freezingOf({ verb, args }: Install, version: BunVersion | undefined): Freezing {
  const flags: Arguments = readArguments(args, { valueFlags: VALUE_FLAGS });
  const since = (release: string): boolean | undefined => isSince(version, release);
  // Another bunfig.toml can freeze.
  if (!flags.isCertain || hasFlag(flags, "--config", "-c")) return "unknown";
  if (verb?.text === "ci") return since(BUN_CI_SINCE) === false ? "missingCommand" : "frozen";
  if (hasFlag(flags, "--frozen-lockfile", "--production") || hasShortFlag(flags, "p")) return "frozen";
  if (flags.positionals.length > 0 || hasFlag(flags, "--help", "-h")) return "intended";
  if (hasFlag(flags, ...INTENDED_FLAGS)) return "intended";
  if (hasFlag(flags, "--prod") && since(PROD_FLAG_SINCE) !== false)
    return since(PROD_FLAG_SINCE) === true ? "frozen" : "unknown";
  if (hasFlag(flags, "--immutable") && since(UNKNOWN_FLAGS_FAIL_SINCE) !== false)
    return since(UNKNOWN_FLAGS_FAIL_SINCE) === true ? "frozen" : "unknown";
  return [...flags.flags.keys()].some((flag) => MISTAKEN_FLAGS.test(flag)) ? "unknownFlag" : "unfrozen";
}

/** Whether a Bun is at least a release; undefined where it may be and may not. */
function isSince(version: BunVersion | undefined, release: string): boolean | undefined {
  const range = version && rangeOf(version);
  if (liesWithin(range, `>=${release}`)) return true;
  return liesOutside(range, `>=${release}`) ? false : undefined;
}

/** Whether a short flag is given, alone or with others: `-p`, `-fp`. */
function hasShortFlag({ flags }: Arguments, letter: string): boolean {
  return [...flags.keys()].some((flag) => /^-[a-z]+$/i.test(flag) && flag.includes(letter));
}
