import { posix } from "node:path";
import type { PackageManager, RunBinary, RunScript } from "../../commands/invocation.ts";
import type { Known } from "../../documents/known.ts";
import type { Repository } from "../repository.ts";
import { declaredManager, packageFolderOf, selectPackages, workspaceOf, type WorkspacePackage } from "../workspace.ts";

/** The packages in which a package manager runs what it is asked for; undefined where they are not known. */
export function packagesOf(
  repository: Repository,
  { scope }: RunScript | RunBinary,
  directory: Known<string>,
): readonly WorkspacePackage[] | undefined {
  if (!directory.known) return undefined;
  const workspace = workspaceOf(repository, directory.value);
  if (!workspace) return undefined;
  if (scope.kind === "root") return [workspace.root];
  if (scope.kind === "filtered") return selectPackages(workspace, scope.filters, directory.value, scope.includesRoot);
  const own = packageFolderOf(repository, directory.value);
  return [workspace.root, ...workspace.members].filter((candidate) => candidate.directory === own);
}

/** The packages whose scripts a command runs if they have it; undefined where they are not known. */
export function scriptOwnersOf(
  repository: Repository,
  run: RunScript,
  directory: Known<string>,
): readonly WorkspacePackage[] | undefined {
  const packages = packagesOf(repository, run, directory);
  return packages && (sharedScriptOwners(repository, run, packages, directory) ?? packages);
}

/**
 * The package whose script the newer Yarn runs where the current one has none of that name: with a colon in it, a name that one
 * package alone has is known in all of them. https://yarnpkg.com/cli/run
 */
function sharedScriptOwners(
  repository: Repository,
  { manager, names: [name = ""], scope }: RunScript,
  packages: readonly WorkspacePackage[],
  directory: Known<string>,
): readonly WorkspacePackage[] | undefined {
  if (manager !== "yarn" || scope.kind !== "here" || !name.includes(":") || !directory.known) return undefined;
  const hasScript = ({ manifest }: WorkspacePackage): boolean => manifest.scripts.has(name);
  if (packages.some(hasScript) || !isNewYarn(repository, directory.value)) return undefined;
  const workspace = workspaceOf(repository, directory.value);
  const owners = workspace ? [workspace.root, ...workspace.members].filter(hasScript) : [];
  return owners.length === 1 ? owners : undefined;
}

/** Whether the newer Yarn installs the workspace of a folder. */
export function isNewYarn({ files, packages }: Repository, folder: string): boolean {
  const root = workspaceOf(packages, folder)?.root;
  const at = (name: string): string => posix.join(root?.directory ?? folder, name);
  const isDeclared = root !== undefined && /^yarn@(?:[2-9]|\d\d)/.test(declaredManager(root.manifest));
  return isDeclared || files.exists(at(".yarnrc.yml")) || /^__metadata:/m.test(files.read(at("yarn.lock"))?.text ?? "");
}

/**
 * Whether a package manager runs `pre` and `post` scripts in a folder. The newer Yarn never does, pnpm 7 and 8 only where they
 * are told to; seen with npm 11, pnpm 8, 9 and 10, Yarn 1 and 4, Bun 1.2–1.4. https://pnpm.io/settings#enableprepostscripts
 */
export function runsHooks(repository: Repository, manager: PackageManager | undefined, folder: string): boolean {
  if (manager === "yarn") return !isNewYarn(repository, folder);
  const root = workspaceOf(repository, folder)?.root;
  const settings = repository.files.read(posix.join(root?.directory ?? folder, ".npmrc"))?.text ?? "";
  if (manager === "npm") return !ignoresScripts(settings);
  if (manager !== "pnpm") return true;
  const written = /^\s*enable-pre-post-scripts\s*=\s*(\w+)/m.exec(settings)?.[1];
  return written === undefined ? !/^pnpm@[78]\./.test(root ? declaredManager(root.manifest) : "") : written === "true";
}

/** Whether an `.npmrc` keeps scripts of packages from running. */
export function ignoresScripts(npmrc: string): boolean {
  return /^\s*ignore-scripts\s*=\s*true/m.test(npmrc);
}
