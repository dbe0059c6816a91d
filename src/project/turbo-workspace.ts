import { posix } from "node:path";
import { satisfies, valid, validRange } from "semver";
import { liesWithin } from "../tools/version-range.ts";
import type { EnvList, TaskEntry, TurboConfig } from "../documents/turbo-config.ts";
import { dependenciesOf } from "../documents/manifest.ts";
import { normalizeDirectory } from "../shell/directory.ts";
import { foldersUp, type Repository } from "./repository.ts";
import { versionOf } from "./versions.ts";
import { packageFolderOf, workspaceAt, type Workspace, type WorkspacePackage } from "./workspace.ts";

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
}

const turboWorkspaces = (): Map<string, TurboWorkspace | undefined> => new Map();

/** The turbo workspace in which a command in `folder` runs; undefined where there is none. */
export function turboWorkspaceOf(repository: Repository, folder: string, asked?: string): TurboWorkspace | undefined {
  const known = repository.derive(turboWorkspaces);
  const key = `${folder}\0${asked ?? ""}`;
  if (!known.has(key)) known.set(key, findTurboWorkspace(repository, folder, asked));
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
    const isAlone = own.entry.value.kind === "mapping" && own.entry.value.entries.length === 1;
    if (own.extends === false) contributions = isAlone ? [] : [{ config: layer, task: own }];
    else contributions.push({ config: layer, task: own });
  }
  const [first, ...rest] = contributions;
  if (!first) return undefined;
  const last = <K extends "dependsOn" | "with" | "envMode">(property: K): TaskEntry[K] | undefined =>
    contributions.findLast((contribution) => contribution.task[property] !== undefined)?.task[property];
  return {
    contributions: [first, ...rest],
    dependsOn: last("dependsOn") ?? [],
    with: last("with") ?? [],
    envMode: last("envMode"),
    env: effectiveList(contributions, "env"),
    passThroughEnv: effectiveList(contributions, "passThroughEnv"),
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
  if ([...config.tasks.keys()].some((key) => key === task || key.endsWith(`#${task}`))) return true;
  return workspace.members.some((member) => packageConfig(repository, turbo, member)?.tasks.has(task));
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

const dependenciesByWorkspace = new WeakMap<Workspace, ReadonlyMap<WorkspacePackage, readonly WorkspacePackage[]>>();
const dependentsByWorkspace = new WeakMap<Workspace, ReadonlyMap<WorkspacePackage, readonly WorkspacePackage[]>>();

/**
 * The packages of the workspace that a package depends on, without the root. Peer dependencies make no edge, nor do ranges
 * that the member does not satisfy. https://turborepo.dev/docs/crafting-your-repository/configuring-tasks
 */
export function internalDependencies(workspace: Workspace, member: WorkspacePackage): readonly WorkspacePackage[] {
  let known = dependenciesByWorkspace.get(workspace);
  if (!known) {
    known = new Map([workspace.root, ...workspace.members].map((item) => [item, findDependencies(workspace, item)]));
    dependenciesByWorkspace.set(workspace, known);
  }
  return known.get(member) ?? [];
}

/** The packages that depend on a package of the workspace. */
export function dependentsOf(workspace: Workspace, member: WorkspacePackage): readonly WorkspacePackage[] {
  let known = dependentsByWorkspace.get(workspace);
  if (!known) {
    const found = new Map<WorkspacePackage, WorkspacePackage[]>();
    for (const item of [workspace.root, ...workspace.members]) {
      for (const dependency of internalDependencies(workspace, item)) {
        const list = found.get(dependency);
        if (list) list.push(item);
        else found.set(dependency, [item]);
      }
    }
    dependentsByWorkspace.set(workspace, (known = found));
  }
  return known.get(member) ?? [];
}

function findDependencies(workspace: Workspace, member: WorkspacePackage): readonly WorkspacePackage[] {
  const declared = dependenciesOf(member.manifest, ["optionalDependencies", "devDependencies", "dependencies"]);
  const found: WorkspacePackage[] = [];
  for (const [name, range] of declared) {
    const dependency = workspace.byName.get(name);
    if (dependency && dependency !== workspace.root && isInternal(workspace, member, range, dependency))
      found.push(dependency);
  }
  return found;
}

/** What turbo takes for a dependency on the member itself; seen with 1.13.4, 2.0.14 and 2.11.11. */
function isInternal(
  { root }: Workspace,
  member: WorkspacePackage,
  range: string,
  { manifest }: WorkspacePackage,
): boolean {
  const [, protocol, target = ""] = /^([a-z+]+):(.*)$/.exec(range) ?? [];
  if (protocol === "workspace" || range === "*") return true;
  if (protocol === "file" || protocol === "link") {
    const path = normalizeDirectory(posix.join(member.directory, target));
    return root.directory === "" ? !/^\.\.(?:\/|$)/.test(path) : path.startsWith(`${root.directory}/`);
  }
  if (protocol !== undefined && (protocol !== "npm" || /.@/.test(target))) return false;
  const asked = protocol === "npm" ? target : range;
  if (manifest.version === undefined) return false;
  // A version or range that is none does not keep turbo from taking the member.
  if (asked === "" || validRange(asked) === null || valid(manifest.version) === null) return true;
  return satisfies(manifest.version, asked);
}
