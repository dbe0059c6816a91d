import { posix } from "node:path";
import type { PackageManager, RunBinary, RunScript } from "../../commands/invocation.ts";
import type { Known } from "../../documents/known.ts";
import type { Repository } from "../repository.ts";
import {
  declaredManager,
  packageFolderOf,
  selectPackages,
  workspaceOf,
  type Workspace,
  type WorkspacePackage,
} from "../workspace.ts";

/** The packages in which a package manager runs what it is asked for; undefined where they are not known. */
export function packagesOf(
  repository: Repository,
  run: RunScript | RunBinary,
  directory: Known<string>,
): readonly WorkspacePackage[] | undefined {
  if (!directory.known) return undefined;
  const { scope } = run;
  const workspace = workspaceOf(repository, directory.value);
  if (!workspace || (run.kind === "script" && mayChooseOthers(repository, run, workspace))) return undefined;
  if (scope.kind === "root") return [workspace.root];
  if (scope.kind === "filtered") return selectPackages(workspace, scope.filters, directory.value, scope.includesRoot);
  const own = packageFolderOf(repository, directory.value);
  return workspace.packages.filter((candidate) => candidate.directory === own);
}

/** Flags of pnpm that choose the packages, as a script may have them too. */
const CHOOSING_FLAGS =
  /^(?:-C|-F|-r\w*|-w\w*|--dir|--filter|--filter-prod|--include-workspace-root|--parallel|--prefix|--recursive|--workspace-root)(?:=|$)/;

/**
 * Whether pnpm may take what follows a script's name for its own flags: before 7, and before 10 for `pnpm test` and its like.
 * Seen with pnpm 6.22, 6.35, 7.0, 7.33, 8.15, 9.15, 10.0 and 10.34.
 */
function mayChooseOthers(repository: Repository, { manager, args, names }: RunScript, { root }: Workspace): boolean {
  const end = args.findIndex(({ shape }) => shape === "--");
  const ownFlags = end < 0 ? args : args.slice(0, end);
  if (manager !== "pnpm" || !ownFlags.some(({ shape }) => CHOOSING_FLAGS.test(shape))) return false;
  const since = names.some((name) => /^(?:re)?start$|^stop$|^test$/.test(name)) ? 10 : 7;
  const declared = /^pnpm@(\d+)\./.exec(declaredManager(root.manifest))?.[1];
  if (declared !== undefined) return Number(declared) < since;
  // pnpm 6 writes version 5 of the lockfile, and does not read a later one.
  const lockfile = repository.lockfile(root.directory);
  return since > 7 || lockfile?.manager !== "pnpm" || (lockfile.formatVersion ?? 0) < 6;
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
  const owners = workspace?.packages.filter(hasScript) ?? [];
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
