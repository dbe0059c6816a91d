import { isBuiltin } from "node:module";
import { posix } from "node:path";
import { dependencyRange } from "../../documents/manifest.ts";
import { readModuleNames } from "../../documents/module-imports.ts";
import { onceForEach } from "../../memo.ts";
import { AMBIENT_MODULES, PLAIN_BASES } from "../../tools/ambient-modules.data.ts";
import { isCertainlyCommitted, mayListFolder } from "../committed.ts";
import { lockfilesFor, mentionsPackage } from "../locked-packages.ts";
import { packageNameOf, starOf } from "../package-exports.ts";
import { normalizeDirectory } from "../../shell/directory.ts";
import { folderOf, foldersUp, type Repository } from "../repository.ts";
import { baseOf } from "./configs.ts";
import { importsOf, type CheckedImport } from "./imports.ts";
import type { Project } from "./project.ts";
import { mappedTargets } from "./resolution.ts";

/** An import of a package that nothing which is committed gives to a project. */
export interface ForeignImport extends Pick<CheckedImport, "place" | "specifier"> {
  /** The package's name. */
  readonly name: string;
}

const NAME = /^(?:@[a-z\d][a-z\d._-]*\/)?[a-z\d][a-z\d._-]*$/;
const SPECIFIER = /\bfrom\s*["']([@\w][^"']*)["']/g;
const MAX_FILES = 5000;

/**
 * The imports in the files that a project names of packages that no package.json declares and no lockfile has, and for which
 * neither the compiler's configuration nor anything else in the repository may stand in.
 */
export function foreignImportsOf({ packages }: Repository, project: Project): readonly ForeignImport[] {
  return packages.deriveFor(project, collect);
}

function collect(repository: Repository, project: Project): readonly ForeignImport[] {
  // Most projects import nothing of the kind, and need not be read any closer.
  const suspects = suspectsIn(repository, project);
  if (suspects.size === 0 || resolvesUnusually(repository, project)) return [];
  const absent = new Set([...suspects].filter((name) => !mayBeGiven(repository, name)));
  if (absent.size === 0) return [];
  const files = new Set(project.files);
  return importsOf(repository, project).flatMap(({ specifier, place, target, ofMember }) => {
    const name = packageNameOf(specifier);
    const { path } = place.source;
    const isElsewhere = ofMember !== undefined || (target !== undefined && target !== basedPath(project, specifier));
    if (!absent.has(name) || isElsewhere || !files.has(path)) return [];
    if (!isCertainlyCommitted(repository, path) || mayBeFound(repository, project, path, specifier)) return [];
    return [{ specifier, place, name }];
  });
}

/** The names of packages that files of a project may import though their lockfiles lack them. */
function suspectsIn(repository: Repository, project: Project): ReadonlySet<string> {
  const found = new Set<string>();
  if (project.files.length > MAX_FILES) return found;
  for (const path of project.files) {
    const text = repository.files.read(path)?.text ?? "";
    for (const [, specifier = ""] of text.matchAll(SPECIFIER)) {
      const name = packageNameOf(specifier);
      if (!found.has(name) && isForeign(name) && isUnlocked(repository, folderOf(path), name)) found.add(name);
    }
  }
  return found;
}

function isForeign(name: string): boolean {
  return NAME.test(name) && !isBuiltin(name) && !AMBIENT_MODULES.test(name);
}

/** The package with the types of another one. */
function typesOf(name: string): string {
  return `@types/${name.replace(/^@/, "").replace("/", "__")}`;
}

/** Whether lockfiles above a folder are there, and none of them has a package or its types, nor any package.json above it. */
function isUnlocked(repository: Repository, folder: string, name: string): boolean {
  for (const above of foldersUp(folder)) {
    const manifest = repository.manifest(above);
    if (manifest && (manifest.name === name || dependencyRange(manifest, name) !== undefined)) return false;
  }
  const lockfiles = lockfilesFor(repository, folder) ?? [];
  return (
    lockfiles.length > 0 && !lockfiles.some((source) => [name, typesOf(name)].some((it) => mentionsPackage(source, it)))
  );
}

/** Whether a project may look for modules in other ways than by their names and `paths`. */
function resolvesUnusually(repository: Repository, { path: start }: Project): boolean {
  const chain = new Set([start]);
  for (const path of chain) {
    const config = repository.tsConfig(path);
    if (config?.options.get("preserveSymlinks") === true || config?.options.get("moduleResolution") === "classic")
      return true;
    for (const { name } of config?.extends ?? []) {
      const base = baseOf(repository, path, name);
      if (base === false ? !PLAIN_BASES.test(name) : base === undefined) return true;
      if (typeof base === "string") chain.add(base);
    }
  }
  return false;
}

/** Files in which something may be told of a package that is not installed by its name: settings, scripts and schemas. */
const TELLING = [
  "**/package.json",
  "**/*.{prisma,sh,toml,yaml,yml}",
  "**/*.config.{cjs,cts,js,mjs,mts,ts}",
  "**/{deno,import_map,jsconfig*,jsr,tsconfig*}.{json,jsonc}",
  "**/{Dockerfile,Justfile,Makefile,justfile}",
  "**/.{npmrc,pnpmfile.cjs,yarnrc.yml}",
];

/** Whether anything in the repository may put a package of this name where the compiler finds it, or declares its modules. */
function mayBeGiven({ packages }: Repository, name: string): boolean {
  return packages.deriveFor(name, findGiver);
}

const namesIn = onceForEach(readModuleNames);

function findGiver(repository: Repository, name: string): boolean {
  const { files } = repository;
  // What is in another repository is not at hand.
  if (files.exists(".gitmodules") || mayListFolder(repository, "node_modules")) return true;
  const telling = files.glob("", [...TELLING, ".{github,circleci}/**/*.{yaml,yml}"], ["**/pnpm-lock.yaml"], true);
  const isTold = telling.some((path) => {
    const source = files.read(path);
    return !source || mentionsPackage(source, name);
  });
  return isTold || isDeclared(repository, name);
}

/** Whether a declaration of the repository stands for modules of a package, by its text or by its path. */
function isDeclared({ files }: Repository, name: string): boolean {
  return files.glob("", ["**/*.{ts,mts,cts}", `**/${name}/**/*.tsx`, `**/${name}.tsx`], [], true).some((path) => {
    if ([`/${name}.`, `/${name}/`].some((part) => `/${path}`.includes(part))) return true;
    if (!/\.d\.[cm]?ts$/.test(path)) return false;
    const source = files.read(path);
    const declared = source?.text.includes("module") === true ? namesIn(source).declared : [];
    return !source || declared.some((pattern) => starOf(pattern, name) !== undefined || pattern.startsWith(`${name}/`));
  });
}

/** Where `baseUrl` has a module looked for, before the packages that are installed. */
function basedPath({ baseUrl }: Project, specifier: string): string | undefined {
  return baseUrl === undefined ? undefined : normalizeDirectory(posix.join(baseUrl, specifier));
}

/** Whether `paths` or `baseUrl` may lead to a module. */
function mayBeFound(repository: Repository, project: Project, importer: string, specifier: string): boolean {
  const { baseUrl } = project;
  if (mappedTargets(project, specifier)) return true;
  const [first = ""] = specifier.split("/");
  if (baseUrl !== undefined) {
    const beside = repository.files.list(baseUrl).some((entry) => entry === first || entry.startsWith(`${first}.`));
    if (beside || repository.files.isIgnored(posix.join(baseUrl, first))) return true;
  }
  // What is asked for by a name of the project was asked of its other folders too.
  return !isUnlocked(repository, folderOf(importer), packageNameOf(specifier));
}
