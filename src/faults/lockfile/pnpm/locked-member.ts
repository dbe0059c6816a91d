import { posix } from "node:path";
import { entriesOf, entryOf, valueAt } from "../../../documents/data.ts";
import type { Manifest } from "../../../documents/manifest.ts";
import { readPnpmLock, type LockedImporter, type PnpmLock } from "../../../documents/pnpm-lock.ts";
import { foldersUp, type Repository } from "../../../project/repository.ts";
import { declaredManager, workspaceAt } from "../../../project/workspace.ts";
import { PNPM_HOOK_FILES } from "../../../tools/install-scripts.data.ts";

/** A package that pnpm installs from a pnpm-lock.yaml, and what that repeats of it. */
export interface LockedMember {
  readonly lock: PnpmLock;
  /** The folder of the workspace. */
  readonly root: string;
  /** Its own folder below that, as the lockfile calls it; `.` for the root. */
  readonly id: string;
  readonly manifest: Manifest;
  readonly importer: LockedImporter | undefined;
  /** Whether something else than package.json decides on a dependency. */
  readonly isDecidedElsewhere: (name: string) => boolean;
}

/** The package in a folder with the lockfile of the workspace around it, where that repeats what is written; whether it is a member is another question. */
export function lockedMemberAt(repository: Repository, folder: string): LockedMember | undefined {
  const { files } = repository;
  // pnpm takes the nearest such file, whatever its globs say.
  const root = [...foldersUp(folder)].find((at) => files.exists(posix.join(at, WORKSPACE))) ?? folder;
  const source = repository.lockfileText(posix.join(root, "pnpm-lock.yaml"));
  const manifest = repository.manifest(folder);
  const lock = source && readPnpmLock(source);
  if (!lock || !manifest || !files.isTracked(manifest.source.path)) return undefined;
  const rootManifest = repository.manifest(root);
  if (!rootManifest || /^(?:bun|npm|yarn)@/.test(declaredManager(rootManifest))) return undefined;
  if (lock.isExtended || isHooked(repository, root, rootManifest)) return undefined;
  const id = posix.relative(root, folder) || ".";
  const selectors = [...lock.overrides, ...overridesOf(repository, root, rootManifest)];
  return {
    lock,
    root,
    id,
    manifest,
    importer: lock.importers.get(id),
    isDecidedElsewhere: (name) => selectors.some((selector) => selector.includes(name)),
  };
}

const WORKSPACE = "pnpm-workspace.yaml";

/** The folders of the members that pnpm-workspace.yaml selects; without it there is only the root. */
export function pnpmMembers(repository: Repository, root: string): ReadonlySet<string> {
  return repository.deriveFor(root, findMembers);
}

const findMembers = (repository: Repository, root: string): ReadonlySet<string> => {
  const hasGlobs = entryOf(repository.yaml(posix.join(root, WORKSPACE))?.root, "packages") !== undefined;
  const members = hasGlobs ? (workspaceAt(repository, root)?.members ?? []) : [];
  return new Set(members.map(({ directory }) => directory));
};

/** Settings that bring hooks, or change what a manifest is taken to say; in both of their forms. */
const HOOK_SETTINGS =
  /^\s*(?:config-?dependencies|global-?pnpmfile|ignored-?optional-?dependencies|package-?extensions|pnpmfile)\s*[=:]/im;

/** Whether something may change what manifests declare before they are compared. https://pnpm.io/pnpmfile */
function isHooked({ files }: Repository, root: string, manifest: Manifest): boolean {
  const at = (name: string): string => posix.join(root, name);
  const own = entriesOf(entryOf(manifest.node, "pnpm")?.value);
  return (
    PNPM_HOOK_FILES.some((name) => files.exists(at(name))) ||
    [".npmrc", WORKSPACE].some((name) => HOOK_SETTINGS.test(files.read(at(name))?.text ?? "")) ||
    own.some(({ key }) => HOOK_SETTINGS.test(`${key}:`))
  );
}

/** The selectors of overrides in all places that some pnpm reads. https://pnpm.io/settings#overrides */
function overridesOf(repository: Repository, root: string, { node }: Manifest): readonly string[] {
  const ofWorkspace = repository.yaml(posix.join(root, WORKSPACE))?.root;
  return [valueAt(node, "pnpm", "overrides"), valueAt(node, "resolutions"), valueAt(ofWorkspace, "overrides")].flatMap(
    (overrides) => entriesOf(overrides).map(({ key }) => key),
  );
}
