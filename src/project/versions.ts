import { posix } from "node:path";
import { validRange } from "semver";
import { entryOf, stringOf } from "../documents/data.ts";
import { dependencyRange } from "../documents/manifest.ts";
import { foldersUp, type Repository } from "./repository.ts";
import { workspaceOf, type Workspace, type WorkspacePackage } from "./workspace.ts";

/**
 * The version of a tool where a command runs, or the range that it lies in: what the command asks for (`npx tool@1`), the
 * lockfile, an installed copy, the declared range. Undefined where nothing tells.
 */
export function versionOf(
  { packages }: Repository,
  tool: string,
  folder: string,
  asked: { readonly version?: string; readonly fetches?: boolean } = {},
): string | undefined {
  if (asked.version !== undefined)
    return validRange(asked.version) ?? (asked.version === "latest" ? "latest" : undefined);
  const memo = packages.derive(presentTools);
  const key = `${tool}\0${folder}`;
  let found = memo.get(key);
  if (!found) memo.set(key, (found = findTool(packages, tool, folder)));
  // `npx` and `bunx` fetch the newest version of what is not installed.
  return found.version ?? (asked.fetches === true && found.isUndeclared ? "latest" : undefined);
}

/** What a workspace tells about a tool in one of its folders. */
interface PresentTool {
  readonly version: string | undefined;
  /** True where no package above the folder depends on it. */
  readonly isUndeclared: boolean;
}

const presentTools = (): Map<string, PresentTool> => new Map();

function findTool(repository: Repository, tool: string, folder: string): PresentTool {
  const workspace = workspaceOf(repository, folder);
  const installed = installedVersion(repository, tool, folder);
  for (const dependent of workspace ? dependentsOf(workspace, folder) : []) {
    const range = dependencyRange(dependent.manifest, tool);
    if (range === undefined) continue;
    const locked = workspace && lockedVersion(repository, workspace, dependent, tool, range);
    const version = locked ?? installed ?? declaredVersion(repository, workspace, tool, range);
    return { version, isUndeclared: false };
  }
  return { version: installed, isUndeclared: workspace !== undefined };
}

/** The packages whose dependencies a command in a folder can run: its own, then those above it. */
function dependentsOf(workspace: Workspace, folder: string): readonly WorkspacePackage[] {
  const folders = [...foldersUp(folder)];
  return workspace.packages
    .filter(({ directory }) => folders.includes(directory))
    .sort((a, b) => b.directory.length - a.directory.length);
}

function lockedVersion(
  repository: Repository,
  workspace: Workspace,
  dependent: WorkspacePackage,
  tool: string,
  range: string,
): string | undefined {
  const root = workspace.root.directory;
  const directory = root === "" ? dependent.directory : dependent.directory.slice(root.length + 1);
  return repository.lockfile(root)?.versionOf(tool, {
    directory: dependent === workspace.root ? "" : directory,
    range,
    ...(dependent !== workspace.root && dependent.name !== undefined && { packageName: dependent.name }),
  });
}

function installedVersion(repository: Repository, tool: string, folder: string): string | undefined {
  for (const candidate of foldersUp(folder)) {
    const document = repository.json(posix.join(candidate, "node_modules", tool, "package.json"));
    const version = stringOf(entryOf(document?.root, "version")?.value);
    if (version !== undefined) return version;
  }
  return undefined;
}

function declaredVersion(
  repository: Repository,
  workspace: Workspace | undefined,
  tool: string,
  range: string,
): string | undefined {
  if (range === "latest" || range === "*") return "latest";
  const catalog = /^catalog:(.*)$/.exec(range)?.[1];
  if (catalog === undefined) return validRange(range) === null ? undefined : range;
  const named = workspace && catalogRange(repository, workspace, tool, catalog);
  return named === undefined || validRange(named) === null ? undefined : named;
}

/** https://pnpm.io/catalogs and https://bun.com/docs/pm/catalogs: beside the workspaces, or at the top of the file. */
function catalogRange(repository: Repository, workspace: Workspace, tool: string, catalog: string): string | undefined {
  const { directory, manifest } = workspace.root;
  const holders = [
    repository.yaml(posix.join(directory, "pnpm-workspace.yaml"))?.root,
    entryOf(manifest.node, "workspaces")?.value,
    manifest.node,
  ];
  for (const holder of holders) {
    const entries =
      catalog === "" || catalog === "default"
        ? entryOf(holder, "catalog")?.value
        : entryOf(entryOf(holder, "catalogs")?.value, catalog)?.value;
    const range = stringOf(entryOf(entries, tool)?.value);
    if (range !== undefined) return range;
  }
  return undefined;
}
