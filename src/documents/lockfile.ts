import { parse as parseYaml } from "yaml";
import { parseBunLock } from "./bun-lock.ts";
import { onceForEach } from "../memo.ts";
import type { Source } from "./source.ts";

/** The workspace member that asks for a dependency. */
export interface Dependent {
  /** Folder below the lockfile's own, empty for the root. */
  readonly directory: string;
  readonly packageName?: string;
  /** The range that the member declares. */
  readonly range?: string;
}

/** What a lockfile says. */
export interface Lockfile {
  readonly manager: "bun" | "npm" | "pnpm" | "yarn";
  readonly source: Source;
  /** The format's version number, where the format has one. */
  readonly formatVersion?: number;
  /** The exact version that is locked for a direct dependency, if it comes from a registry. */
  versionOf(name: string, dependent: Dependent): string | undefined;
}

type Json = Readonly<Record<string, unknown>>;

const READERS: Readonly<Record<string, (source: Source) => Lockfile | undefined>> = {
  "bun.lock": readBunLockVersions,
  "package-lock.json": readNpmLock,
  "npm-shrinkwrap.json": readNpmLock,
  "pnpm-lock.yaml": readPnpmLock,
  "yarn.lock": readYarnLock,
};

/** Names of the lockfiles that can be read, in the order in which one is preferred to another. */
export const LOCKFILE_NAMES: readonly string[] = Object.keys(READERS);

/** Reads a lockfile by its file name; undefined where its text is not in the format. */
export function readLockfile(source: Source): Lockfile | undefined {
  try {
    return READERS[source.path.slice(source.path.lastIndexOf("/") + 1)]?.(source);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null;
}

function property(value: unknown, ...keys: readonly string[]): unknown {
  return keys.reduce<unknown>((current, key) => (isObject(current) ? current[key] : undefined), value);
}

function exactVersion(text: unknown): string | undefined {
  return typeof text === "string" ? /^\d+\.\d+\.\d+(?:-[\w.-]+)?/.exec(text)?.[0] : undefined;
}

/** The numbers at the top of a bun.lock. */
export interface BunLockHeader {
  readonly formatVersion?: number;
  readonly configVersion?: number;
}

/** The numbers at the top of a bun.lock, found without reading the rest. */
export const readBunLockHeader = onceForEach(({ text }: Source): BunLockHeader => {
  const formatVersion = /(?:^|[{,])\s*"lockfileVersion":\s*(\d+)/m.exec(text)?.[1];
  const configVersion = /(?:^|[{,])\s*"configVersion":\s*(\d+)/m.exec(text)?.[1];
  return {
    ...(configVersion !== undefined && { configVersion: Number(configVersion) }),
    ...(formatVersion !== undefined && { formatVersion: Number(formatVersion) }),
  };
});

// https://bun.com/docs/pm/lockfile: keys of `packages` are placements.
function readBunLockVersions(source: Source): Lockfile | undefined {
  const content = parseBunLock(source);
  const formatVersion = property(content, "lockfileVersion");
  if (typeof formatVersion !== "number") return undefined;
  return {
    manager: "bun",
    source,
    formatVersion,
    versionOf(name, { packageName }) {
      const placements = [...(packageName === undefined ? [] : [`${packageName}/${name}`]), name];
      for (const placement of placements) {
        const entry = property(content, "packages", placement);
        const resolution: unknown = Array.isArray(entry) ? entry[0] : undefined;
        if (typeof resolution === "string") return exactVersion(resolution.slice(resolution.lastIndexOf("@") + 1));
      }
      return undefined;
    },
  };
}

// https://docs.npmjs.com/cli/v11/configuring-npm/package-lock-json
function readNpmLock(source: Source): Lockfile {
  const content: unknown = JSON.parse(source.text);
  const formatVersion = property(content, "lockfileVersion");
  return {
    manager: "npm",
    source,
    ...(typeof formatVersion === "number" && { formatVersion }),
    versionOf(name, { directory }) {
      for (let folder = directory; ; folder = folder.slice(0, Math.max(folder.lastIndexOf("/"), 0))) {
        const installed = property(content, "packages", `${folder === "" ? "" : `${folder}/`}node_modules/${name}`);
        if (installed !== undefined) return exactVersion(property(installed, "version"));
        if (folder === "") break;
      }
      return exactVersion(property(content, "dependencies", name, "version"));
    },
  };
}

/** Only the part about the workspace members is parsed: the rest of the file is long and says nothing about them. */
function readPnpmLock(source: Source): Lockfile {
  const importers = topLevelSection(source.text, "importers");
  const content: unknown =
    importers === undefined
      ? {
          ".": parseYaml(
            ["dependencies", "devDependencies"].map((key) => topLevelSection(source.text, key) ?? "").join(""),
          ) as unknown,
        }
      : property(parseYaml(importers), "importers");
  const formatVersion = Number(/^lockfileVersion:\s*['"]?(\d+)/m.exec(source.text)?.[1]);
  return {
    manager: "pnpm",
    source,
    ...(Number.isInteger(formatVersion) && { formatVersion }),
    versionOf(name, { directory }) {
      const importer = property(content, directory === "" ? "." : directory);
      for (const kind of ["dependencies", "devDependencies", "optionalDependencies"]) {
        const locked = property(importer, kind, name);
        const version = exactVersion(property(locked, "version") ?? locked);
        if (version !== undefined) return version;
      }
      return undefined;
    },
  };
}

function topLevelSection(text: string, key: string): string | undefined {
  return new RegExp(`^${key}:[^\\n]*\\n(?:(?:[ \\t][^\\n]*)?\\r?\\n)*`, "m").exec(`${text}\n`)?.[0];
}

/** Both formats of Yarn: a line of descriptors, then the version on a line of its own. */
function readYarnLock(source: Source): Lockfile {
  const format = /^__metadata:\s+version: (\d+)/m.exec(source.text)?.[1];
  let versions: ReadonlyMap<string, string> | undefined;
  return {
    manager: "yarn",
    source,
    ...(format !== undefined && { formatVersion: Number(format) }),
    versionOf(name, { range = "" }) {
      versions ??= yarnVersions(source.text);
      return exactVersion(versions.get(`${name}@${range}`) ?? versions.get(`${name}@npm:${range}`));
    },
  };
}

function yarnVersions(text: string): ReadonlyMap<string, string> {
  const versions = new Map<string, string>();
  let descriptors: readonly string[] = [];
  for (const line of text.split(/\r?\n/)) {
    const header = /^([^\s#].*):$/.exec(line)?.[1];
    if (header !== undefined) descriptors = header.replaceAll('"', "").split(/,\s*/);
    const version = /^ {2}version:? "?([^"\s]+)/.exec(line)?.[1];
    // A member of the workspace is not locked to a version.
    if (version !== undefined && version !== "0.0.0-use.local")
      for (const descriptor of descriptors) versions.set(descriptor, version);
  }
  return versions;
}
