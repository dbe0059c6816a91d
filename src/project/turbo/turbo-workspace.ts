import { posix } from "node:path";
import { satisfies, valid, validRange } from "semver";
import { liesWithin } from "../../tools/version-range.ts";
import type { EnvList, TaskEntry, TurboConfig } from "../../documents/turbo-config.ts";
import { entriesOf, entryOf, type DataNode } from "../../documents/data.ts";
import { dependenciesOf } from "../../documents/manifest.ts";
import { normalizeDirectory } from "../../shell/directory.ts";
import { foldersUp, type Repository } from "../repository.ts";
import { versionOf } from "../versions.ts";
import { packageFolderOf, workspaceAt, type Workspace, type WorkspacePackage } from "../workspace.ts";

/** A workspace that turbo runs, with its configuration. */
export interface TurboWorkspace {
  readonly workspace: Workspace;
  readonly config: TurboConfig;
  /** An exact version or a range. Where nothing tells, the configuration tells 1.x from 2.x. */
  readonly version: string;
  /** True for turbo 1.x, which is loose by default. */
  readonly isLegacy: boolean;
}

/** One configuration that says something about a task, outermost first. */
export interface Contribution {
  readonly config: TurboConfig;
  readonly task: TaskEntry;
}

/** A list of patterns after inheritance: what was replaced is gone. */
export interface EffectiveList {
  readonly patterns: readonly string[];
  /** The configurations whose list counts, the outermost first. */
  readonly contributions: readonly (Contribution & { readonly list: EnvList })[];
}

/** What turbo.json says about one task of one package, after inheritance. */
export interface TaskDefinition {
  readonly contributions: readonly [Contribution, ...Contribution[]];
  readonly dependsOn: readonly string[];
  readonly with: readonly string[];
  readonly env: EffectiveList | undefined;
  readonly passThroughEnv: EffectiveList | undefined;
  readonly envMode: string | undefined;
  /** Taken out of the package (`extends: false`, alone): another task may wait for it, but nothing runs. */
  readonly isExcluded: boolean;
}

/** The value of one key of a task that replaces the inherited one; undefined where none of its configurations has it. */
export function settingOf({ contributions }: TaskDefinition, key: string): DataNode | undefined {
  return contributions
    .map(({ task }) => entryOf(task.entry.value, key)?.value)
    .findLast((value) => value !== undefined);
}

/** Keys beside `extends: false` that do not make a definition. */
const NOTES = new Set(["extends", "envMode", "description"]);

const turboWorkspaces = (): Map<string, TurboWorkspace | undefined> => new Map();

/** The turbo workspace in which a command in `folder` runs; undefined where there is none. */
export function turboWorkspaceOf({ packages }: Repository, folder: string, asked?: string): TurboWorkspace | undefined {
  const known = packages.derive(turboWorkspaces);
  const key = `${folder}\0${asked ?? ""}`;
  if (!known.has(key)) known.set(key, findTurboWorkspace(packages, folder, asked));
  return known.get(key);
}

function findTurboWorkspace(
  repository: Repository,
  folder: string,
  asked: string | undefined,
): TurboWorkspace | undefined {
  const own = packageFolderOf(repository, folder);
  if (own === undefined) return undefined;
  for (const candidate of foldersUp(own)) {
    const config = repository.turboConfig(candidate);
    if (!config || config.extends) continue;
    const workspace = workspaceAt(repository, candidate);
    if (!workspace || (candidate !== own && !workspace.members.some(({ directory }) => directory === own))) continue;
    const found = versionOf(repository, "turbo", candidate, asked === undefined ? {} : { version: asked });
    const version = found ?? (config.isPipeline ? "1.x" : ">=2.0.0");
    return { workspace, config, version, isLegacy: liesWithin(version, "<2.0.0-0") || config.isPipeline };
  }
  return undefined;
}

/** The configuration of a package of its own, if it has one that extends the root. */
function packageConfig(
  repository: Repository,
  turbo: TurboWorkspace,
  member: WorkspacePackage,
): TurboConfig | undefined {
  if (member === turbo.workspace.root) return undefined;
  const config = repository.turboConfig(member.directory);
  return config?.extends ? config : undefined;
}

/** What is said about a task of a package; undefined where it is not defined for it. */
export function definitionOf(
  repository: Repository,
  turbo: TurboWorkspace,
  member: WorkspacePackage,
  task: string,
): TaskDefinition | undefined {
  const { config, workspace } = turbo;
  const isRoot = member === workspace.root && workspace.isMonorepo;
  const key = isRoot ? `//#${task}` : `${member.name ?? ""}#${task}`;
  // A key for one package replaces the general one, it does not add to it.
  const rootTask = config.tasks.get(key) ?? (isRoot ? undefined : config.tasks.get(task));
  let contributions: Contribution[] = rootTask ? [{ config, task: rootTask }] : [];
  for (const layer of extendedConfigs(repository, turbo, member)) {
    const own = layer.tasks.get(task);
    if (!own) continue;
    contributions = [...(own.extends === false ? [] : contributions), { config: layer, task: own }];
  }
  const [first, ...rest] = contributions;
  if (!first) return undefined;
  const { extends: inherits, entry } = contributions.at(-1)?.task ?? first.task;
  return {
    contributions: [first, ...rest],
    dependsOn: effectiveNames(contributions, "dependsOn"),
    with: effectiveNames(contributions, "with"),
    envMode: contributions.findLast(({ task: { envMode } }) => envMode !== undefined)?.task.envMode,
    env: effectiveList(contributions, "env"),
    passThroughEnv: effectiveList(contributions, "passThroughEnv"),
    isExcluded: inherits === false && entriesOf(entry.value).every(({ key }) => NOTES.has(key)),
  };
}

/** The configurations that a package adds to the root's: those that it extends, then its own. */
function extendedConfigs(
  repository: Repository,
  turbo: TurboWorkspace,
  member: WorkspacePackage,
): readonly TurboConfig[] {
  const ordered: TurboConfig[] = [];
  const visited = new Set<TurboConfig>();
  const visit = (config: TurboConfig | undefined): void => {
    if (!config || visited.has(config)) return;
    visited.add(config);
    for (const name of config.extends ?? []) {
      const extended = name === "//" ? undefined : turbo.workspace.byName.get(name);
      visit(extended && packageConfig(repository, turbo, extended));
    }
    ordered.push(config);
  };
  visit(packageConfig(repository, turbo, member));
  return ordered;
}

/** Whether any package of the workspace has a task of this name. */
export function isTaskDefined(repository: Repository, turbo: TurboWorkspace, task: string): boolean {
  const { config, workspace } = turbo;
  const owners = [...config.tasks.keys()].flatMap((key) =>
    key.endsWith(`#${task}`) ? key.slice(0, -task.length - 1) : [],
  );
  if (config.tasks.has(task) || owners.some((name) => name === "//" || workspace.byName.has(name))) return true;
  return workspace.members.some((member) => packageConfig(repository, turbo, member)?.tasks.has(task));
}

/** What the last list says, after those before it where it holds `$TURBO_EXTENDS$`. */
function effectiveNames(contributions: readonly Contribution[], property: "dependsOn" | "with"): readonly string[] {
  let names: readonly string[] = [];
  for (const { task } of contributions) {
    const list = task[property];
    if (!list) continue;
    const own = list.filter((item) => item !== "$TURBO_EXTENDS$");
    names = own.length < list.length ? [...names, ...own] : own;
  }
  return names;
}

function effectiveList(
  contributions: readonly Contribution[],
  property: "env" | "passThroughEnv",
): EffectiveList | undefined {
  let counting: (Contribution & { readonly list: EnvList })[] = [];
  for (const contribution of contributions) {
    const list = contribution.task[property];
    if (list) counting = [...(list.extends ? counting : []), { ...contribution, list }];
  }
  if (counting.length === 0) return undefined;
  return { patterns: counting.flatMap(({ list }) => list.patterns), contributions: counting };
}

type Neighbours = ReadonlyMap<WorkspacePackage, readonly WorkspacePackage[]>;

const dependenciesByWorkspace = new WeakMap<TurboWorkspace, Neighbours>();
const dependentsByWorkspace = new WeakMap<TurboWorkspace, Neighbours>();

/**
 * The packages of the workspace that a package depends on, without the root. Peer dependencies make no edge, nor do ranges
 * that the member does not satisfy. https://turborepo.dev/docs/crafting-your-repository/configuring-tasks
 */
export function internalDependencies(turbo: TurboWorkspace, member: WorkspacePackage): readonly WorkspacePackage[] {
  let known = dependenciesByWorkspace.get(turbo);
  if (!known) {
    known = new Map(turbo.workspace.packages.map((item) => [item, findDependencies(turbo, item)]));
    dependenciesByWorkspace.set(turbo, known);
  }
  return known.get(member) ?? [];
}

/** The packages that depend on a package of the workspace. */
export function dependentsOf(turbo: TurboWorkspace, member: WorkspacePackage): readonly WorkspacePackage[] {
  let known = dependentsByWorkspace.get(turbo);
  if (!known) {
    const found = new Map<WorkspacePackage, WorkspacePackage[]>();
    for (const item of turbo.workspace.packages) {
      for (const dependency of internalDependencies(turbo, item)) {
        const list = found.get(dependency);
        if (list) list.push(item);
        else found.set(dependency, [item]);
      }
    }
    dependentsByWorkspace.set(turbo, (known = found));
  }
  return known.get(member) ?? [];
}

function findDependencies(turbo: TurboWorkspace, member: WorkspacePackage): readonly WorkspacePackage[] {
  const found = new Set<WorkspacePackage>();
  for (const [name, range] of declaredRanges(turbo, member)) {
    const dependency = range.startsWith("workspace:")
      ? workspaceTarget(turbo.workspace, member, name, range.slice("workspace:".length))
      : turbo.workspace.byName.get(name);
    if (!dependency || dependency === turbo.workspace.root) continue;
    if (range.startsWith("workspace:") || isInternal(turbo, member, range, dependency)) found.add(dependency);
  }
  return [...found];
}

/** Names and ranges of dependencies. Before 2.9 a name that stands in two lists counted twice. */
function declaredRanges({ version }: TurboWorkspace, { manifest }: WorkspacePackage): (readonly [string, string])[] {
  const kinds = ["devDependencies", "optionalDependencies", "dependencies"] as const;
  const lists = liesWithin(version, "<2.9.0") ? kinds.map((kind) => [kind]) : [kinds];
  return lists.flatMap((list) => [...dependenciesOf(manifest, list)]);
}

/** What a `workspace:` range means: the member of the name, of another name (`workspace:ui@*`), or in a folder (`workspace:../ui`). */
function workspaceTarget(
  { root, byName, members }: Workspace,
  member: WorkspacePackage,
  name: string,
  target: string,
): WorkspacePackage | undefined {
  const alias = /^(.+)@[*^~]$/.exec(target)?.[1];
  if (alias !== undefined) return byName.get(alias);
  if (!/^\.{1,2}\//.test(target)) return byName.get(name);
  const folders = [member, root].map(({ directory }) => normalizeDirectory(posix.join(directory, target)));
  return members.find(({ directory }) => folders.includes(directory));
}

/** Whether turbo takes a range that is no `workspace:` one for the member itself; seen with 1.10–2.11. */
function isInternal(
  { workspace: { root, linksRanges }, version }: TurboWorkspace,
  member: WorkspacePackage,
  range: string,
  { manifest }: WorkspacePackage,
): boolean {
  if (!linksRanges) return false;
  if (range === "*") return true;
  const [, protocol, target = ""] = /^([a-z+]+):(.*)$/.exec(range) ?? [];
  if (protocol === "file" || protocol === "link") {
    const path = normalizeDirectory(posix.join(member.directory, target));
    return root.directory === "" ? !/^\.\.(?:\/|$)/.test(path) : path.startsWith(`${root.directory}/`);
  }
  if (protocol !== undefined && protocol !== "npm") return false;
  // An alias came to be another package in 2.9, a member without a version one that no range means in 2.5.
  if (protocol === "npm" && /.@/.test(target)) return liesWithin(version, "<2.9.0");
  if (manifest.version === undefined) return liesWithin(version, "<2.5.0");
  const asked = protocol === "npm" ? target : range;
  const wanted = validRange(asked);
  // A version or range that is none, or any, does not keep turbo from taking the member.
  if (wanted === "*" || wanted === null || valid(manifest.version) === null) return true;
  return satisfies(manifest.version, asked);
}
