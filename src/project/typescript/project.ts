import { posix } from "node:path";
import picomatch from "picomatch";
import type { TsConfig } from "../../documents/tsconfig.ts";
import { normalizeDirectory } from "../../shell/directory.ts";
import { folderOf, type Repository } from "../repository.ts";
import { baseOf, configAt } from "./configs.ts";
import { svelteKitSettings } from "./svelte-kit.ts";

/** A value with the folder from which its paths count. */
export interface Based<T> {
  readonly base: string;
  readonly value: T;
}

/** A tsconfig.json with all that it extends. Paths are relative to the repository root. */
export interface Project {
  readonly path: string;
  readonly paths: Based<ReadonlyMap<string, readonly string[]>> | undefined;
  /** The folder from which modules without a leading dot are looked up too. */
  readonly baseUrl: string | undefined;
  /** True where the compiler certainly writes no file. */
  readonly emitsNothing: boolean;
  /** The folder that it writes declarations to, if it does and a folder is named. */
  readonly declarationFolder: string | undefined;
  /** The TypeScript files that it names, without those that it only imports. */
  readonly files: readonly string[];
  /** The configurations of the projects that it refers to; undefined where one is not there. */
  readonly references: readonly string[] | undefined;
}

/** What a chain of configurations says in the end. */
export interface Settings {
  readonly files?: Based<readonly string[]>;
  readonly include?: Based<readonly string[]>;
  readonly exclude?: Based<readonly string[]>;
  readonly paths?: Based<ReadonlyMap<string, readonly string[]>>;
  readonly baseUrl?: string;
  readonly outDir?: string;
  readonly declarationDir?: string;
  readonly noEmit?: boolean;
  readonly declaration?: boolean;
  readonly composite?: boolean;
}

const MAX_EXTENDS = 20;
const DEFAULT_EXCLUDE = ["node_modules", "bower_components", "jspm_packages"];

/** The project of a tsconfig.json; undefined where the file is missing, or where what it says is not certain. */
export function projectAt({ packages }: Repository, path: string): Project | undefined {
  return packages.deriveFor(path, readProject);
}

function readProject(repository: Repository, path: string): Project | undefined {
  const settings = settingsOf(repository, path, []);
  const config = repository.tsConfig(path);
  if (!settings || !config) return undefined;
  const references = config.references.map(({ name }) => configAt(repository, posix.join(folderOf(path), name)));
  const isComplete = references.every((reference) => reference !== undefined);
  return {
    path,
    paths: settings.paths && { ...settings.paths, base: settings.baseUrl ?? settings.paths.base },
    baseUrl: settings.baseUrl,
    emitsNothing: settings.noEmit === true,
    declarationFolder: declarationFolderOf(settings),
    files: filesOf(repository, settings, folderOf(path)),
    references: isComplete ? references : undefined,
  };
}

function declarationFolderOf(settings: Settings): string | undefined {
  const { noEmit = false, composite = false, declaration = composite, declarationDir, outDir } = settings;
  return declaration && !noEmit ? (declarationDir ?? outDir) : undefined;
}

function settingsOf(repository: Repository, path: string, visited: readonly string[]): Settings | undefined {
  const leaf = folderOf(visited[0] ?? path);
  const config = repository.files.isTracked(path) ? repository.tsConfig(path) : undefined;
  if (!config && visited.length > 0) return svelteKitSettings(repository, path);
  if (!config || config.isUnusual || visited.includes(path) || visited.length > MAX_EXTENDS) return undefined;
  let settings: Settings = {};
  for (const { name } of config.extends) {
    const base = baseOf(repository, path, name);
    if (base === false) continue;
    const inherited = base === undefined ? undefined : settingsOf(repository, base, [...visited, path]);
    if (!inherited) return undefined;
    settings = { ...settings, ...inherited };
  }
  return { ...settings, ...ownSettings(config, folderOf(path), leaf) };
}

/** Stands for the folder of the configuration that extends the others. https://www.typescriptlang.org/tsconfig/#configDir */
const LEAF = /^\$\{configDir\}\/?/;

function ownSettings(config: TsConfig, own: string, leaf: string): Settings {
  const { files, include, exclude, paths, baseUrl, outDir, options } = config;
  const declarationDir = options.get("declarationDir");
  const folder = (path: string): string =>
    normalizeDirectory(LEAF.test(path) ? posix.join(leaf, path.replace(LEAF, "")) : posix.join(own, path));
  const based = (list: readonly string[]): Based<readonly string[]> => {
    const inLeaf = list.filter((item) => LEAF.test(item)).map((item) => item.replace(LEAF, ""));
    return inLeaf.length > 0 ? { base: leaf, value: inLeaf } : { base: own, value: list };
  };
  return {
    ...(files && { files: based(files) }),
    ...(include && { include: based(include) }),
    ...(exclude && { exclude: { base: based(exclude).base, value: exclude.map((item) => item.replace(LEAF, "")) } }),
    ...(paths && { paths: basedPaths(paths, own, leaf) }),
    ...(baseUrl !== undefined && { baseUrl: folder(baseUrl) }),
    ...(outDir !== undefined && { outDir: folder(outDir) }),
    ...(typeof declarationDir === "string" && { declarationDir: folder(declarationDir) }),
    ...Object.fromEntries(
      (["noEmit", "declaration", "composite"] as const).flatMap((name) =>
        options.has(name) ? [[name, options.get(name) === true] as const] : [],
      ),
    ),
  };
}

function basedPaths(
  paths: ReadonlyMap<string, readonly string[]>,
  own: string,
  leaf: string,
): Based<ReadonlyMap<string, readonly string[]>> {
  const isLeaf = [...paths.values()].flat().some((target) => LEAF.test(target));
  const strip = (targets: readonly string[]): readonly string[] => targets.map((target) => target.replace(LEAF, ""));
  return {
    base: isLeaf ? leaf : own,
    value: new Map([...paths].map(([pattern, targets]) => [pattern, strip(targets)] as const)),
  };
}

/** https://www.typescriptlang.org/tsconfig/#include */
function filesOf(repository: Repository, settings: Settings, folder: string): readonly string[] {
  const { files, include, exclude, outDir } = settings;
  const named = files?.value.map((file) => normalizeDirectory(posix.join(files.base, file))) ?? [];
  const patterns = include ?? (files ? undefined : { base: folder, value: ["**/*"] });
  const found = patterns ? repository.files.glob(patterns.base, patterns.value.flatMap(globsOf)) : [];
  const excluded = exclude ?? { base: folder, value: DEFAULT_EXCLUDE };
  const isExcluded = picomatch(excluded.value.flatMap(withContent), { dot: true });
  const isOutput = (path: string): boolean => outDir !== undefined && path.startsWith(`${outDir}/`);
  const included = found
    .map((path) => normalizeDirectory(posix.join(patterns?.base ?? "", path)))
    .filter((path) => !isExcluded(posix.relative(excluded.base, path)) && !isOutput(path));
  return [...new Set([...named, ...included])].filter(
    (path) => /\.[cm]?tsx?$/.test(path) && repository.files.isTracked(path),
  );
}

/** The TypeScript files that an item of `include` means; one that leads out of the folder is passed over. */
function globsOf(item: string): readonly string[] {
  const pattern = item.replace(/^\.\//, "").replace(/\/+$/, "");
  const last = pattern.slice(pattern.lastIndexOf("/") + 1);
  if (pattern.startsWith("..") || pattern.startsWith("/") || last === "**") return [];
  if (/\.[cm]?tsx?$/.test(last)) return [pattern];
  if (pattern === "" || pattern === ".") return ["**/*.{ts,tsx,mts,cts}"];
  if (/^[^.*?]+$/.test(last)) return [`${pattern}/**/*.{ts,tsx,mts,cts}`];
  return last === "*" ? [`${pattern}.{ts,tsx,mts,cts}`] : [];
}

function withContent(item: string): readonly string[] {
  const pattern = item.replace(/^\.\//, "").replace(/\/+$/, "");
  return [pattern, `${pattern}/**`];
}
