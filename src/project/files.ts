import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, type BigIntStats, type Dirent, type Stats } from "node:fs";
import { dirname, join, sep } from "node:path";
import { globSync } from "tinyglobby";
import type { Place, Source } from "../documents/source.ts";
import { normalizeDirectory } from "../shell/directory.ts";
import { IgnoredPaths } from "./ignored-paths.ts";

const MAX_FILE_BYTES = 30_000_000;
/** In milliseconds. */
const TICK = 20;
/** About three seconds' worth. */
const MAX_FINGERPRINTED = 300_000;
/** What tools write whenever they run, and no command reads as a script. */
const NOISE = /\.(?:log|tsbuildinfo)$/;
/** The names that ESLint gives to its cache, in its usual place and in a folder. */
const ESLINT_CACHE = /^\.(?:eslintcache|cache_)/;
const INSTALLED = /[/\\]node_modules$/;

/** What a path held when it was read: equal stamps mean equal content. Undefined where nothing was there. */
type Stamp = Pick<Stats, "mtimeMs" | "ctimeMs" | "size" | "ino" | "isFile"> | undefined;

interface CachedFile {
  readonly stamp: Stamp;
  readonly source: Source | undefined;
}

/** Contents of files, by absolute path, shared by all snapshots as long as the stamp on disk is the same. */
const cachedFiles = new Map<string, CachedFile>();

/** A file of the repository whose unsaved text stands in for the one on disk. */
export interface Overlay {
  readonly path: string;
  readonly text: string;
}

/**
 * The files of one repository, by path relative to its root with forward slashes. Remembers what was looked at, so that a
 * snapshot can tell whether anything moved. The only module of the rules that touches the file system.
 */
export class Files {
  readonly root: string;
  readonly #overlay: Source | undefined;
  readonly #onDisk: Files | undefined;
  /** By absolute path. What is missing is told by the stamp of its folder. */
  readonly #stamps = new Map<string, Stamp>();
  /** True where something looked at may change without its stamp telling. */
  #isRecent = false;
  readonly #sources = new Map<string, Source | undefined>();
  readonly #names = new Map<string, ReadonlySet<string> | undefined>();
  readonly #globs = new Map<string, readonly string[]>();
  readonly #ignored: IgnoredPaths;

  /** With an overlay, all other files are those of `onDisk`. */
  constructor(root: string, overlay?: Overlay, onDisk?: Files) {
    this.root = root;
    this.#overlay = overlay && { path: overlay.path, text: overlay.text };
    this.#onDisk = onDisk;
    this.#ignored = onDisk ? onDisk.#ignored : new IgnoredPaths((path) => this.read(path));
  }

  /** The text of a file; undefined where it is missing, unreadable, too large, or outside the repository. */
  read(path: string): Source | undefined {
    if (path === this.#overlay?.path) return this.#overlay;
    if (this.#onDisk) return this.#onDisk.read(path);
    if (!this.#sources.has(path)) this.#sources.set(path, this.#readDisk(path));
    return this.#sources.get(path);
  }

  #readDisk(path: string): Source | undefined {
    const stamp = this.#stampOf(path);
    const absolute = this.#absolute(path);
    const cached = cachedFiles.get(absolute);
    if (cached && isSame(cached.stamp, stamp) && cached.source?.path === path) return cached.source;
    const source = stamp && readSource(absolute, path, stamp);
    if (!isRecent(stamp)) cachedFiles.set(absolute, { stamp, source });
    return source;
  }

  /** Whether a file or folder is there. */
  exists(path: string): boolean {
    if (path === this.#overlay?.path) return true;
    if (this.#onDisk) return this.#onDisk.exists(path);
    return this.#stampOf(path) !== undefined;
  }

  /** Whether a file is there and not git-ignored, so that CI has it after a checkout. */
  isTracked(path: string): boolean {
    return this.exists(path) && !this.isIgnored(path);
  }

  /** Whether git ignores a path, by the .gitignore files from its folder up to the root. */
  isIgnored(path: string): boolean {
    return this.#ignored.has(path);
  }

  /** The line of a .gitignore for which git ignores a path; undefined where it does not. */
  ignoredAt(path: string): Place | undefined {
    return this.#ignored.ruleFor(path);
  }

  /** Names of the entries of a folder, sorted; none where it cannot be read. */
  list(folder: string): readonly string[] {
    if (this.#onDisk) return this.#onDisk.list(folder);
    return [...(this.#namesIn(folder) ?? [])];
  }

  /** Names of the entries of a folder, sorted; undefined where it cannot be read. */
  #namesIn(folder: string): ReadonlySet<string> | undefined {
    if (!this.#names.has(folder)) {
      const isThere = this.#stampOf(folder)?.isFile() === false;
      this.#names.set(folder, isThere ? namesIn(this.#absolute(folder)) : new Set());
    }
    return this.#names.get(folder);
  }

  /** The stamp of a path; undefined where nothing is there, or outside the repository: `..` is in no folder's list. */
  #stampOf(path: string): Stamp {
    const normal = normalizeDirectory(path);
    if (normal.startsWith("/")) return undefined;
    const slash = normal.lastIndexOf("/");
    // Git changes its own folder whenever it looks at the others.
    const isAlone = normal === "" || normal.startsWith(".git/");
    const siblings = isAlone ? undefined : this.#namesIn(normal.slice(0, Math.max(slash, 0)));
    return siblings?.has(normal.slice(slash + 1)) === false ? undefined : this.#stamp(this.#absolute(normal));
  }

  /**
   * Paths below a folder that match the patterns, relative to it and sorted. What begins with a dot counts where a pattern begins
   * with its name, or with `dot` everywhere; node_modules and .git are never entered.
   */
  glob(folder: string, patterns: readonly string[], ignored: readonly string[] = [], dot = false): readonly string[] {
    if (this.#onDisk) return this.#onDisk.glob(folder, patterns, ignored, dot);
    const key = JSON.stringify([folder, patterns, ignored, dot]);
    let paths = this.#globs.get(key);
    if (!paths) this.#globs.set(key, (paths = this.#globDisk(folder, patterns, ignored, dot)));
    return paths;
  }

  #globDisk(folder: string, patterns: readonly string[], ignored: readonly string[], dot: boolean): readonly string[] {
    const readdir: typeof readdirSync = ((path: string, options: object) => {
      this.#stamp(path.replace(/(?<=.)[/\\]+$/, ""));
      return readdirSync(path, options as never);
    }) as never;
    try {
      return globSync([...patterns], {
        cwd: this.#absolute(folder),
        ignore: ["**/{node_modules,.git}/**", ...ignored],
        dot,
        expandDirectories: false,
        followSymbolicLinks: false,
        fs: { readdirSync: readdir },
      }).sort();
    } catch {
      return [];
    }
  }

  /** Whether everything that was looked at is still as it was. */
  isCurrent(): boolean {
    if (this.#isRecent) return false;
    for (const [absolute, stamp] of this.#stamps) if (!isSame(stampOf(absolute), stamp)) return false;
    return true;
  }

  #absolute(path: string): string {
    return path === "" ? this.root : join(this.root, path);
  }

  #stamp(absolute: string): Stamp {
    if (!this.#stamps.has(absolute)) {
      const stamp = stampOf(absolute);
      this.#isRecent ||= isRecent(stamp);
      this.#stamps.set(absolute, stamp);
    }
    return this.#stamps.get(absolute);
  }
}

/**
 * A hash of the stamps of all files of a repository: where two are equal, nothing was changed, added or removed between them.
 * Undefined where something has changed since a time in milliseconds, so that it may be changing now, and for a tree too large
 * to look through.
 */
export function fingerprintOf(root: string, since: number): string | undefined {
  const hash = createHash("sha1");
  let newest = 0;
  let left = MAX_FINGERPRINTED;
  for (const absolute of entriesBelow(root)) {
    if (--left < 0) return undefined;
    const stats = exactStatsOf(absolute);
    newest = Math.max(newest, Number(stats?.ctimeMs ?? 0));
    // What a folder holds is told by the paths in it. Itself it also changes with files that do not count.
    if (stats?.isDirectory() === true && !INSTALLED.test(absolute)) continue;
    hash.update(`${absolute}\0${stats && !NOISE.test(absolute) ? exactStampOf(stats) : ""}\0`);
  }
  return newest < since ? hash.digest("hex") : undefined;
}

/** Paths below a folder, without ESLint's cache; of `.git` its index, of installed packages their folder and what their manager notes there. */
function* entriesBelow(folder: string): Generator<string> {
  const isInstalled = INSTALLED.test(folder);
  for (const entry of entriesOf(folder)) {
    const isFolder = entry.isDirectory();
    if (entry.name === ".git") yield [folder, ".git", "index"].join(sep);
    if (entry.name === ".git" || ESLINT_CACHE.test(entry.name)) continue;
    if (isInstalled && (isFolder || !entry.name.startsWith("."))) continue;
    const absolute = `${folder}${sep}${entry.name}`;
    yield absolute;
    if (isFolder) yield* entriesBelow(absolute);
  }
}

function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

function stampOf(absolute: string): Stamp {
  try {
    return statSync(absolute, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

/** Whether a later change could get the same stamp: the clocks of file systems tick up to ten milliseconds apart. */
function isRecent(stamp: Stamp): boolean {
  return stamp !== undefined && Math.abs(Date.now() - stamp.ctimeMs) < TICK;
}

function namesIn(absolute: string): ReadonlySet<string> | undefined {
  try {
    return new Set(readdirSync(absolute).sort());
  } catch {
    return undefined;
  }
}

function isSame(a: Stamp, b: Stamp): boolean {
  if (!a || !b) return a === b;
  return a.mtimeMs === b.mtimeMs && a.ctimeMs === b.ctimeMs && a.size === b.size && a.ino === b.ino;
}

function exactStampOf({ mtimeNs, ctimeNs, size, ino }: BigIntStats): string {
  return [mtimeNs, ctimeNs, size, ino].join(":");
}

function exactStatsOf(absolute: string): BigIntStats | undefined {
  try {
    return statSync(absolute, { bigint: true, throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

function readSource(absolute: string, path: string, stamp: NonNullable<Stamp>): Source | undefined {
  if (!stamp.isFile() || stamp.size > MAX_FILE_BYTES) return undefined;
  try {
    const text = readFileSync(absolute, "utf8");
    return { path, text: text.startsWith("\uFEFF") ? text.slice(1) : text };
  } catch {
    return undefined;
  }
}

/**
 * The root of the repository that a file belongs to, as an absolute path. For a file under `.github` it is the folder that
 * holds `.github`; else the nearest folder with workflows, a `.git`, or the topmost one that declares workspaces.
 */
export function findRoot(absolutePath: string): string {
  const parts = absolutePath.split(sep);
  const github = parts.lastIndexOf(".github");
  if (github > 0) return parts.slice(0, github).join(sep) || sep;
  let workspace: string | undefined;
  for (let folder = dirname(absolutePath); ; folder = dirname(folder)) {
    if (existsSync(join(folder, ".github", "workflows")) || existsSync(join(folder, ".git"))) return folder;
    if (existsSync(join(folder, "pnpm-workspace.yaml")) || existsSync(join(folder, "turbo.json"))) workspace = folder;
    if (dirname(folder) === folder) return workspace ?? dirname(absolutePath);
  }
}

/** The root around one that stands in a repository of which GitHub runs the workflows; itself for an example; undefined for others' code. */
export function outermostRoot(root: string): string | undefined {
  let outer = root;
  for (; !existsSync(join(outer, ".git")); outer = dirname(outer)) if (dirname(outer) === outer) return root;
  const way = root.slice(outer.length).split(sep);
  if (way.some((folder) => /^(?:\..+|node_modules|third[-_]party|vendor)$/.test(folder))) return undefined;
  const isExample = way.some((folder) => /example|fixture|sample|template|test|demo/i.test(folder));
  return !isExample && existsSync(join(outer, ".github", "workflows")) ? outer : root;
}

/** The path of a file below a root, with forward slashes. */
export function relativeTo(root: string, absolutePath: string): string {
  const below = absolutePath.startsWith(root) ? absolutePath.slice(root.length) : absolutePath;
  return below.replaceAll(sep, "/").replace(/^\/+/, "");
}
