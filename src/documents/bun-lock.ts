import { onceForEach } from "../memo.ts";
import { DEPENDENCY_KINDS, type DependencyKind } from "./manifest.ts";
import type { Range, Source } from "./source.ts";

type Json = Readonly<Record<string, unknown>>;

/** What a bun.lock repeats of the package.json of the root or of a workspace member. */
export interface LockedWorkspace {
  readonly name?: string;
  /** Names and ranges, as they were written when the lockfile was. */
  readonly dependencies: Readonly<Record<DependencyKind, ReadonlyMap<string, string>>>;
  readonly optionalPeers: ReadonlySet<string>;
}

/** A dependency of a locked package. */
export interface LockedEdge {
  readonly name: string;
  readonly kind: DependencyKind;
  /** True for an optional peer, which may be missing. */
  readonly isOptionalPeer: boolean;
}

/** A package that is locked at a placement. */
export interface LockedPackage {
  /** Its own name, which an alias does not change. */
  readonly name: string;
  /** What comes after the name: a version, `workspace:packages/ui`, an address. */
  readonly resolution: string;
  readonly edges: readonly LockedEdge[];
}

/** The packages of a lockfile, which can be a hundred thousand: each is read when it is asked for. */
class LockedPackages {
  readonly #content: Json;

  constructor(content: Json) {
    this.#content = content;
  }

  get(placement: string): LockedPackage | undefined {
    const id = this.#idAt(placement);
    return id === undefined ? undefined : lockedPackage(id, this.#content[placement] as readonly unknown[]);
  }

  has(placement: string): boolean {
    return this.#idAt(placement) !== undefined;
  }

  get placements(): readonly string[] {
    return Object.keys(this.#content).filter((placement) => this.has(placement));
  }

  /** `react@19.0.0` */
  #idAt(placement: string): string | undefined {
    if (!Object.hasOwn(this.#content, placement)) return undefined;
    const entry = this.#content[placement];
    const id: unknown = Array.isArray(entry) ? entry[0] : undefined;
    return typeof id === "string" && id.includes("@", 1) ? id : undefined;
  }
}

/** A bun.lock. https://github.com/oven-sh/bun, `src/install/lockfile/bun.lock.zig` */
export interface BunLock {
  readonly source: Source;
  readonly formatVersion: number;
  /** By folder below the lockfile's own; the root is the empty string. */
  readonly workspaces: ReadonlyMap<string, LockedWorkspace>;
  /** By placement: `react`, or `web/react` for one that only `web` finds. */
  readonly packages: LockedPackages;
  /** Undefined where some are limited to certain dependents. */
  readonly overrides: ReadonlyMap<string, string> | undefined;
  /** By the name of the catalog; that of the default one is empty. */
  readonly catalogs: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

/** The content of a bun.lock, which is JSON with comments and trailing commas. Throws where it is not. */
export const parseBunLock = onceForEach(({ text }: Source): unknown => {
  try {
    // As Bun writes it: no string goes on in another line, so that these commas are in none.
    return JSON.parse(text.replaceAll(/,(?=[\t ]*\r?\n\s*[\]}])/g, ""));
  } catch {
    const strict = text.replaceAll(
      /("(?:[^"\\]|\\.)*")|\/\/[^\n]*|\/\*[^]*?\*\/|,(?=\s*[\]}])/g,
      (_, string: string | undefined) => string ?? "",
    );
    return JSON.parse(strict);
  }
});

/** Reads a bun.lock; undefined where Bun could not. */
export function readBunLock(source: Source): BunLock | undefined {
  const content = parsed(source);
  const { lockfileVersion: formatVersion, workspaces, packages, overrides, catalog, catalogs } = content;
  if (typeof formatVersion !== "number" || !isObject(workspaces) || !isObject(workspaces[""])) return undefined;
  return {
    source,
    formatVersion,
    workspaces: new Map(entriesOf(workspaces).map(([folder, value]) => [folder, lockedWorkspace(objectOf(value))])),
    packages: new LockedPackages(objectOf(packages)),
    overrides: entriesOf(overrides).every(([, value]) => typeof value === "string") ? stringsOf(overrides) : undefined,
    catalogs: new Map([
      ...(isObject(catalog) ? [["", stringsOf(catalog)] as const] : []),
      ...entriesOf(catalogs).map(([name, value]) => [name, stringsOf(value)] as const),
    ]),
  };
}

/**
 * Packages for which a bun.lock has a second line, as a merge can leave it: Bun then ignores all of the file. For a member of the
 * workspace it only warns. Seen with 1.2.18, 1.3.1 and 1.4.5.
 */
export function repeatedPackages({ text }: Source): readonly { readonly name: string; readonly range: Range }[] {
  const seen = new Set<string>();
  const start = Math.max(text.search(/^ {2}"packages": \{$/m), 0);
  return Array.from(text.slice(start).matchAll(/^ {4}"([^"\\]+)": \["[^"]+@(?!workspace:)/gm)).flatMap(
    ({ 1: name = "", index }) => {
      const at = start + index + 4;
      if (seen.has(name)) return [{ name, range: [at, at + name.length + 2] as const }];
      seen.add(name);
      return [];
    },
  );
}

function parsed(source: Source): Json {
  try {
    return objectOf(parseBunLock(source));
  } catch {
    return {};
  }
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function objectOf(value: unknown): Json {
  return isObject(value) ? value : {};
}

function entriesOf(value: unknown): readonly (readonly [key: string, value: unknown])[] {
  return Object.entries(objectOf(value));
}

function stringsOf(value: unknown): ReadonlyMap<string, string> {
  return new Map(entriesOf(value).flatMap(([key, item]) => (typeof item === "string" ? [[key, item] as const] : [])));
}

function namesIn(value: unknown): ReadonlySet<string> {
  return new Set(Array.isArray(value) ? value.filter((name) => typeof name === "string") : []);
}

function lockedWorkspace(content: Json): LockedWorkspace {
  const dependencies = Object.fromEntries(DEPENDENCY_KINDS.map((kind) => [kind, stringsOf(content[kind])]));
  return {
    ...(typeof content["name"] === "string" && { name: content["name"] }),
    dependencies: dependencies as LockedWorkspace["dependencies"],
    optionalPeers: namesIn(content["optionalPeers"]),
  };
}

function lockedPackage(id: string, items: readonly unknown[]): LockedPackage {
  const at = id.indexOf("@", 1);
  return {
    name: id.slice(0, at),
    resolution: id.slice(at + 1),
    get edges() {
      return edgesOf(objectOf(items.find(isObject)));
    },
  };
}

function edgesOf(details: Json): LockedPackage["edges"] {
  if (DEPENDENCY_KINDS.every((kind) => details[kind] === undefined)) return [];
  const optionalPeers = namesIn(details["optionalPeers"]);
  return DEPENDENCY_KINDS.flatMap((kind) =>
    [...stringsOf(details[kind]).keys()].map((name) => ({
      name,
      kind,
      isOptionalPeer: kind === "peerDependencies" && optionalPeers.has(name),
    })),
  );
}

/** The placement at which a package finds a dependency: below itself, below what it lies in, at the top. */
export function placementOf({ packages }: BunLock, dependent: string, name: string): string | undefined {
  for (let folder = dependent; folder !== ""; folder = outerPlacement(folder)) {
    if (packages.has(`${folder}/${name}`)) return `${folder}/${name}`;
  }
  return packages.has(name) ? name : undefined;
}

/** A placement without its last name, which has two parts where it is scoped. */
function outerPlacement(placement: string): string {
  return placement.replace(/(?:^|\/)(?:@[^/]+\/)?[^/]+$/, "");
}
