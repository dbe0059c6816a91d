import { posix } from "node:path";
import { entriesOf, entryOf } from "../../documents/data.ts";
import { dependencyRange, dependenciesOf, DEPENDENCY_KINDS, type Manifest } from "../../documents/manifest.ts";
import { readModuleNames } from "../../documents/module-imports.ts";
import type { Place } from "../../documents/source.ts";
import { onceForEach } from "../../memo.ts";
import { isFolderUncommitted } from "../../project/committed.ts";
import { exportedFiles, starOf, type ExportedFile } from "../../project/package-exports.ts";
import type { Repository } from "../../project/repository.ts";
import { isNewYarn } from "../../project/trace/package-scope.ts";
import type { CheckedImport } from "../../project/typescript/imports.ts";
import { withoutExtension } from "../../project/typescript/resolution.ts";
import { workspaceOf, type Workspace, type WorkspacePackage } from "../../project/workspace.ts";
import { BUILD } from "../../tools/generators.data.ts";
import type { GeneratedOutput } from "./outputs.ts";

/** What a file imports of a package that is not built. */
export interface UnbuiltFile {
  readonly path: string;
  /** Where the manifest of the package leads to it. */
  readonly entry: Place;
}

/** The packages of a workspace that a `build` script has to make something of before others can import them, by their folder. */
export function builtPackages({ packages }: Repository, workspace: Workspace): readonly GeneratedOutput[] {
  return packages.deriveFor(workspace, findBuilt);
}

function findBuilt(repository: Repository, { root, members, manager }: Workspace): readonly GeneratedOutput[] {
  // Without node_modules the compiler maps what is built back to its sources.
  if (manager === "yarn" && isNewYarn(repository, root.directory) && !usesNodeModules(repository, root)) return [];
  return members
    .filter(({ manifest, name }) => name !== undefined && manifest.scripts.has("build") && !isLinkedElsewhere(manifest))
    .filter(({ name = "" }) => !isOverridden(root.manifest, name))
    .filter((owner) => builtFoldersOf(repository, owner).length > 0)
    .map((owner) => ({ generator: BUILD, owner, path: owner.directory }));
}

/** https://yarnpkg.com/configuration/yarnrc#nodeLinker */
function usesNodeModules(repository: Repository, { directory }: WorkspacePackage): boolean {
  return /^nodeLinker:\s*["']?(?:node-modules|pnpm)\b/m.test(
    repository.files.read(posix.join(directory, ".yarnrc.yml"))?.text ?? "",
  );
}

/** pnpm links the folder that is to be published. https://pnpm.io/package_json#publishconfigdirectory */
function isLinkedElsewhere({ node }: Manifest): boolean {
  return entryOf(entryOf(node, "publishConfig")?.value, "directory") !== undefined;
}

/** Whether the root has another package installed in place of one of the workspace, or may. */
function isOverridden({ node }: Manifest, name: string): boolean {
  return [node, entryOf(node, "pnpm")?.value]
    .flatMap((holder) => ["overrides", "resolutions"].map((key) => entryOf(holder, key)?.value))
    .some((overrides) => entriesOf(overrides).some(({ key }) => key.includes(name)));
}

/** The folders of a package that its manifest names and git ignores. */
export function builtFoldersOf(repository: Repository, { directory, manifest }: WorkspacePackage): readonly string[] {
  const named = new Set(
    Array.from(manifest.source.text.matchAll(/["/](\w[\w.-]*)\/[^"\s]*"/g), ([, folder = ""]) => folder),
  );
  return [...named].filter((folder) => repository.files.isIgnored(posix.join(directory, folder, "index.d.ts")));
}

/** What an import lacks as long as a package is not built; undefined where it may find something else. */
export function unbuiltFileOf(
  repository: Repository,
  workspace: Workspace,
  { specifier, ofMember }: CheckedImport,
  { owner }: GeneratedOutput,
): UnbuiltFile | undefined {
  if (ofMember?.member !== owner) return undefined;
  const { subpath, elsewhere } = ofMember;
  const files = exportedFiles(owner, subpath);
  const [first] = files ?? [];
  if (!files || !first || !files.every((file) => isBuilt(repository, owner, file))) return undefined;
  const own = posix.join(owner.directory, subpath);
  const isElsewhere =
    [own, ...elsewhere].some((path) => mayBeThere(repository, path)) ||
    (subpath !== "" && repository.files.exists(posix.join(own, "package.json"))) ||
    mayBeDeclared(repository, workspace, specifier, owner);
  return isElsewhere ? undefined : { path: first.path, entry: first.place };
}

/** Whether a file lies in a folder of a package that git ignores and has nothing of. */
function isBuilt(repository: Repository, { directory }: WorkspacePackage, { path }: ExportedFile): boolean {
  const inPackage = posix.relative(directory, path);
  const slash = inPackage.indexOf("/");
  const folder = inPackage.slice(0, Math.max(slash, 0));
  if (folder === "" || folder === ".." || folder === "node_modules") return false;
  return isFolderUncommitted(repository, posix.join(directory, folder)) && repository.files.isIgnored(path);
}

const EXTENSIONS = [".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs", ".json"];
const FORMS = ["", ...EXTENSIONS, ".d.ts", ".d.mts", ".d.cts"];

/** Whether a path leads to a module in some form, or to one that git ignores and that is made in another way. */
function mayBeThere({ files }: Repository, path: string): boolean {
  const stem = withoutExtension(path);
  const index = posix.join(path, "index");
  const isFile = (form: string): boolean => files.exists(form) && files.list(form).length === 0;
  return [...FORMS.map((form) => stem + form), ...FORMS.slice(1).map((form) => index + form)].some(isFile);
}

const namesIn = onceForEach(readModuleNames);

/**
 * Whether types for a package of this name are installed, or declared by hand, also in a folder of that name, as in one of
 * `typeRoots`: the compiler takes them where it finds no others.
 */
function mayBeDeclared(
  repository: Repository,
  { root, packages }: Workspace,
  specifier: string,
  owner: WorkspacePackage,
): boolean {
  const [, scope, name = ""] = /^(?:@([^/]+)\/)?([^/]+)/.exec(specifier) ?? [];
  const types = `@types/${scope === undefined ? "" : `${scope}__`}${name}`;
  if (packages.some(({ manifest }) => dependencyRange(manifest, types) !== undefined)) return true;
  const lockfiles = ["bun.lock", "package-lock.json", "pnpm-lock.yaml", "yarn.lock"];
  const read = (path: string): string => repository.files.read(path)?.text ?? "";
  if (lockfiles.some((file) => read(posix.join(root.directory, file)).includes(types))) return true;
  const declarations = repository.files.glob("", ["**/*.d.{ts,mts,cts}"]);
  const isNamed = (path: string): boolean =>
    [`/${specifier}.d.`, `/${specifier}/`].some((part) => `/${path}`.includes(part)) &&
    !path.startsWith(`${owner.directory}/`);
  return declarations.some((path) => {
    if (isNamed(path)) return true;
    const source = repository.files.read(path);
    return source && namesIn(source).declared.some((pattern) => starOf(pattern, specifier) !== undefined);
  });
}

/** The packages of its workspace that a package depends on, and those that these do. */
export function dependenciesAcross({ packages }: Repository, start: WorkspacePackage): ReadonlySet<WorkspacePackage> {
  return packages.deriveFor(start, findDependencies);
}

function findDependencies(repository: Repository, start: WorkspacePackage): ReadonlySet<WorkspacePackage> {
  const byName = workspaceOf(repository, start.directory)?.byName;
  const found = new Set<WorkspacePackage>();
  const queue = new Set([start]);
  for (const item of queue) {
    for (const name of dependenciesOf(item.manifest, DEPENDENCY_KINDS).keys()) {
      const member = byName?.get(name);
      if (!member || member === item) continue;
      found.add(member);
      queue.add(member);
    }
  }
  return found;
}
