import { parse as parseYaml } from "yaml";
import { onceForEach } from "../memo.ts";
import type { DependencyKind } from "./manifest.ts";
import type { Range, Source } from "./source.ts";

/** The kinds under which a pnpm-lock.yaml has dependencies. Peers that pnpm installs are among `dependencies`. */
export const LOCKED_KINDS = ["dependencies", "devDependencies", "optionalDependencies"] as const;

/** A dependency of a workspace member as a pnpm-lock.yaml repeats it. */
export interface LockedSpecifier {
  readonly kind: (typeof LOCKED_KINDS)[number] & DependencyKind;
  readonly specifier: string;
  /** Of its name. */
  readonly range: Range;
}

/** A member of the workspace as a pnpm-lock.yaml repeats it. */
export interface LockedImporter {
  readonly dependencies: ReadonlyMap<string, LockedSpecifier>;
  /** Of its folder. */
  readonly range: Range;
}

/** The beginning of a pnpm-lock.yaml. https://github.com/pnpm/spec/blob/master/lockfile/9.0.md */
export interface PnpmLock {
  readonly source: Source;
  /** By folder below the lockfile's own; that of the root is `.`. */
  readonly importers: ReadonlyMap<string, LockedImporter>;
  /** Of the key `importers`. */
  readonly range: Range;
  /** Whether peers are installed, and repeated, like dependencies. */
  readonly installsPeers: boolean;
  /** Whether what is linked is left out. */
  readonly excludesLinks: boolean;
  /** The selectors of overridden dependencies: `react`, `foo@1>bar`. */
  readonly overrides: readonly string[];
  /** Whether a hook or extension may have changed what the lockfile repeats. */
  readonly isExtended: boolean;
}

/**
 * Reads what a pnpm-lock.yaml of version 9.0 repeats of the workspace; undefined for any other text than pnpm writes. All that
 * follows, which is most of the file, is not looked at.
 */
export const readPnpmLock = onceForEach((source: Source): PnpmLock | undefined => {
  const { text } = source;
  // Since 11 a document about pnpm itself may stand before the other. https://pnpm.io/settings#configdependencies
  const start = Math.max(text.lastIndexOf("\n---") + 1, 0);
  const head = /^(?:packages|snapshots):/m.exec(text.slice(start));
  const end = head ? start + head.index : text.length;
  const at = text.slice(start, end).search(/^importers:[ \t]*\r?$/m);
  if (at < 0) return undefined;
  const header = headerOf(text.slice(start, start + at));
  const importers = importersIn(text, start + at, end);
  if (header?.["lockfileVersion"] !== "9.0" || !importers) return undefined;
  const { settings, overrides } = header;
  return {
    source,
    importers,
    range: [start + at, start + at + "importers".length],
    installsPeers: isSet(settings, "autoInstallPeers"),
    excludesLinks: isSet(settings, "excludeLinksFromLockfile"),
    overrides: typeof overrides === "object" && overrides !== null ? Object.keys(overrides) : [],
    isExtended: ["ignoredOptionalDependencies", "packageExtensionsChecksum", "pnpmfileChecksum"].some(
      (key) => header[key] !== undefined,
    ),
  };
});

function headerOf(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const content: unknown = parseYaml(text.replace(/^---[^\n]*\n/, ""));
    return typeof content === "object" && content !== null ? (content as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function isSet(settings: unknown, name: string): boolean {
  return typeof settings === "object" && settings !== null && (settings as Record<string, unknown>)[name] === true;
}

/** A line of this part: how far it is indented, its key, and what follows that. */
const LINE = /^( *)('(?:[^']|'')*'|"(?:[^"\\]|\\.)*"|[^\s'"#&*!|>%@`{}[\]-][^:#\n]*|-[^:#\s]+):(?: +(\S.*?))? *\r?$/;

/** The members and their specifiers, by the indentation that pnpm writes; undefined where a line has another form. */
function importersIn(text: string, start: number, end: number): ReadonlyMap<string, LockedImporter> | undefined {
  const importers = new Map<string, LockedImporter>();
  let dependencies = new Map<string, LockedSpecifier>();
  let kind: LockedSpecifier["kind"] | undefined;
  let name = "";
  let range: Range = [start, start];
  let depth = 0;
  for (let offset = text.indexOf("\n", start) + 1; offset > 0 && offset < end;) {
    const next = text.indexOf("\n", offset) + 1 || end;
    const line = text.slice(offset, Math.min(next, end)).trimEnd();
    const [, indent = "", written = "", value] = LINE.exec(line) ?? [];
    const at = offset + indent.length;
    offset = next;
    if (line === "") continue;
    const key = scalarOf(written);
    const isStep = indent.length % 2 === 0 && indent.length > 0 && indent.length / 2 <= depth + 1;
    if (key === undefined || !isStep) return undefined;
    depth = indent.length / 2;
    if (depth <= 3) range = [at, at + written.length];
    if (depth === 1) {
      if (importers.has(key) || (value !== undefined && value !== "{}")) return undefined;
      dependencies = new Map();
      importers.set(key, { dependencies, range });
    } else if (depth === 2) {
      kind = LOCKED_KINDS.find((candidate) => candidate === key);
      if (kind !== undefined && value !== undefined) return undefined;
    } else if (depth === 3) name = key;
    else if (kind !== undefined && key === "specifier") {
      const specifier = scalarOf(value ?? "");
      if (specifier === undefined || dependencies.has(name)) return undefined;
      dependencies.set(name, { kind, specifier, range });
    }
  }
  return importers.size > 0 ? importers : undefined;
}

/** The text of a scalar that stands on one line; undefined for what is none. */
function scalarOf(written: string): string | undefined {
  if (written.startsWith("'"))
    return /^'(?:[^']|'')*'$/.test(written) ? written.slice(1, -1).replaceAll("''", "'") : undefined;
  if (!/^["&*!|>%@`{}[\]#]|^$/.test(written)) return written;
  try {
    const value: unknown = written.startsWith('"') ? JSON.parse(written) : undefined;
    return typeof value === "string" ? value : undefined;
  } catch {
    return undefined;
  }
}
