import { posix } from "node:path";
import picomatch from "picomatch";
import { parse as parseYaml } from "yaml";
import { entryOf, stringOf } from "../documents/data.ts";
import { dependencyRange, type Manifest } from "../documents/manifest.ts";
import type { PackageManager } from "../commands/invocation.ts";
import { normalizeDirectory } from "../shell/directory.ts";
import { folderOf, foldersUp, type Repository } from "./repository.ts";

/** A package of a workspace. The root is one too; `directory` is then that of the workspace. */
export interface WorkspacePackage {
  /** Relative to the repository root. */
  readonly directory: string;
  readonly manifest: Manifest;
  readonly name: string | undefined;
}

/** A folder whose manifest declares workspaces, or a single package. */
export interface Workspace {
  readonly root: WorkspacePackage;
  /** Members without the root, by folder. */
  readonly members: readonly WorkspacePackage[];
  /** The root, and then its members. */
  readonly packages: readonly WorkspacePackage[];
  readonly byName: ReadonlyMap<string, WorkspacePackage>;
  readonly isMonorepo: boolean;
  /** As declared or as the lockfile tells; undefined where neither does. */
  readonly manager: PackageManager | undefined;
  /** False where a member is linked only for a `workspace:` range: pnpm since 9, unless it is told otherwise. */
  readonly linksRanges: boolean;
}

/** The workspace that a folder belongs to: the nearest one above that has it as a member, else its own package alone. */
export function workspaceOf({ packages }: Repository, folder: string): Workspace | undefined {
  return packages.deriveFor(folder, findWorkspace);
}

function findWorkspace(repository: Repository, folder: string): Workspace | undefined {
  const own = packageFolderOf(repository, folder);
  if (own === undefined) return undefined;
  for (const candidate of foldersUp(own)) {
    if (candidate !== own && memberGlobs(repository, candidate) === undefined) continue;
    const workspace = workspaceAt(repository, candidate);
    if (!workspace) continue;
    if (candidate === own && workspace.isMonorepo) return workspace;
    if (workspace.members.some((member) => member.directory === own)) return workspace;
  }
  return workspaceAt(repository, own);
}

/** Whether a dependency with this range is the member of that name, whatever version it has. */
export function isLinkedRange({ linksRanges }: Workspace, range: string | undefined): boolean {
  return /^workspace:[*^~]?$/.test(range ?? "") || (range === "*" && linksRanges);
}

/** What the package of a file declares of a dependency, with the package of the workspace that it is linked to; undefined for a file of none. */
export function dependencyOf(
  repository: Repository,
  importer: string,
  name: string,
): { readonly range: string | undefined; readonly member: WorkspacePackage | undefined } | undefined {
  const own = packageFolderOf(repository, folderOf(importer));
  const workspace = own === undefined ? undefined : workspaceOf(repository, own);
  const manifest = own === undefined ? undefined : repository.manifest(own);
  if (!workspace || !manifest) return undefined;
  const range = dependencyRange(manifest, name);
  return { range, member: isLinkedRange(workspace, range) ? workspace.byName.get(name) : undefined };
}

/** The folder of the nearest package.json at or above a folder. */
export function packageFolderOf(repository: Repository, folder: string): string | undefined {
  for (const candidate of foldersUp(folder)) if (repository.manifest(candidate)) return candidate;
  return undefined;
}

/** The workspace whose root is a folder; undefined where it has no manifest. */
export function workspaceAt({ packages }: Repository, folder: string): Workspace | undefined {
  return packages.deriveFor(folder, readWorkspace);
}

function readWorkspace(repository: Repository, folder: string): Workspace | undefined {
  const manifest = repository.manifest(folder);
  if (!manifest) return undefined;
  const globs = memberGlobs(repository, folder);
  const members = globs ? findMembers(repository, folder, globs) : [];
  const root = { directory: folder, manifest, name: manifest.name };
  const packages = [root, ...members];
  const manager = managerOf(repository, folder, manifest);
  return {
    root,
    members,
    packages,
    byName: new Map(packages.flatMap((member) => (member.name === undefined ? [] : [[member.name, member] as const]))),
    isMonorepo: globs !== undefined && globs.length > 0,
    manager,
    linksRanges: manager !== "pnpm" || pnpmLinksRanges(repository, folder, manifest),
  };
}

/** The globs of members that a folder declares: pnpm reads only its own file, the others, where one is declared, only package.json. */
function memberGlobs(repository: Repository, folder: string): readonly string[] | undefined {
  const pnpm = repository.files.read(posix.join(folder, "pnpm-workspace.yaml"));
  const manifest = repository.manifest(folder);
  if (!manifest) return undefined;
  if (pnpm && !/^(?:bun|npm|yarn)@/.test(declaredManager(manifest))) {
    const globs = pnpmGlobs(pnpm.text);
    if (globs) return globs;
  }
  return manifest.workspaces;
}

function pnpmGlobs(text: string): readonly string[] | undefined {
  try {
    const content: unknown = parseYaml(text);
    if (typeof content !== "object" || content === null || !("packages" in content)) return undefined;
    return Array.isArray(content.packages) ? content.packages.filter((glob) => typeof glob === "string") : undefined;
  } catch {
    return undefined;
  }
}

/** A glob of members that all package managers take alike, or an exclusion of one. */
export const PLAIN_GLOB = /^!?[\w@./*{},-]+$/;

/** The packages below a folder that globs of members select. */
export function findMembers(
  repository: Repository,
  folder: string,
  globs: readonly string[],
): readonly WorkspacePackage[] {
  const clean = globs.map((glob) => glob.replace(/^(!?)(?:\.\/)+/, "$1").replace(/\/+$/, ""));
  const toManifest = (glob: string): string => posix.join(glob, "package.json");
  const included = clean.filter((glob) => !glob.startsWith("!") && glob !== ".").map(toManifest);
  const excluded = clean.filter((glob) => glob.startsWith("!")).map((glob) => toManifest(glob.slice(1)));
  return repository.files.glob(folder, included, excluded).flatMap((path) => {
    const directory = normalizeDirectory(posix.join(folder, path, ".."));
    const manifest = directory === folder ? undefined : repository.manifest(directory);
    return manifest ? [{ directory, manifest, name: manifest.name }] : [];
  });
}

const LOCKFILE_MANAGERS: readonly (readonly [file: string, manager: PackageManager])[] = [
  ["bun.lock", "bun"],
  ["bun.lockb", "bun"],
  ["pnpm-lock.yaml", "pnpm"],
  ["yarn.lock", "yarn"],
  ["package-lock.json", "npm"],
];

function managerOf(repository: Repository, folder: string, manifest: Manifest): PackageManager | undefined {
  const declared = /^(bun|npm|pnpm|yarn)@/.exec(declaredManager(manifest))?.[1];
  if (declared !== undefined) return declared as PackageManager;
  return LOCKFILE_MANAGERS.find(([file]) => repository.files.exists(posix.join(folder, file)))?.[1];
}

/** `packageManager` as written, or nothing. */
export function declaredManager(manifest: Manifest): string {
  return stringOf(entryOf(manifest.node, "packageManager")?.value) ?? "";
}

/** https://pnpm.io/settings#linkworkspacepackages */
function pnpmLinksRanges(repository: Repository, folder: string, manifest: Manifest): boolean {
  const isOld = Number(/^pnpm@(\d+)/.exec(declaredManager(manifest))?.[1] ?? 0) < 9;
  const setting = entryOf(repository.yaml(posix.join(folder, "pnpm-workspace.yaml"))?.root, "linkWorkspacePackages");
  if (!isOld && setting?.value.kind === "scalar") return setting.value.value !== false;
  const npmrc = repository.files.read(posix.join(folder, ".npmrc"))?.text ?? "";
  const written = /^\s*link-workspace-packages\s*=\s*(\S+)/m.exec(npmrc)?.[1];
  return written === undefined ? isOld : written !== "false";
}

/** The members that filters in a package manager's syntax select: names, globs and folders; undefined where one is not understood. */
export function selectPackages(
  workspace: Workspace,
  filters: readonly string[],
  from: string,
  includesRoot: boolean,
): readonly WorkspacePackage[] | undefined {
  const candidates = includesRoot ? workspace.packages : workspace.members;
  const selected = new Set<WorkspacePackage>();
  for (const filter of filters) {
    // Dependents, dependencies, exclusions and git ranges need more than the package's own name.
    if (/\.\.\.|[![\]\0]|^\^/.test(filter)) return undefined;
    const path = /^(?:\{(.+)\}|(\.{1,2}\/.*|\.))$/.exec(filter);
    const target = path && normalizeDirectory(posix.join(from, path[1] ?? path[2] ?? ""));
    const pattern = target ?? filter;
    const matches = pattern === "" ? (text: string) => text === "" : picomatch(pattern);
    for (const candidate of candidates) {
      const { name = "", directory } = candidate;
      const isMatch =
        target === null ? matches(name) || isUnscopedMatch(name, filter) || directory === filter : matches(directory);
      if (isMatch) selected.add(candidate);
    }
  }
  return [...selected];
}

/** pnpm and turbo 1 take `web` for `@acme/web` too. */
function isUnscopedMatch(name: string, filter: string): boolean {
  return name.startsWith("@") && name.endsWith(`/${filter}`);
}
