import { satisfies, validRange } from "semver";
import { liesWithin } from "../tools/version-range.ts";
import type { EnvList, TaskEntry, TurboConfig } from "../documents/turbo-config.ts";
import { dependenciesOf } from "../documents/manifest.ts";
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
  const visit = (config: TurboConfig | undefined): void => {
    if (!config || ordered.includes(config) || ordered.length > 50) return;
    for (const name of config.extends ?? []) {
      const extended = name === "//" ? undefined : turbo.workspace.byName.get(name);
      const inner = extended && packageConfig(repository, turbo, extended);
      if (inner !== config) visit(inner);
    }
    if (!ordered.includes(config)) ordered.push(config);
  };
  visit(packageConfig(repository, turbo, member));
  return ordered;
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

/** The packages of the workspace that a package depends on. Peer dependencies make no edge, nor do ranges that the member does not satisfy. */
export function internalDependencies(turbo: TurboWorkspace, member: WorkspacePackage): readonly WorkspacePackage[] {
  const declared = dependenciesOf(member.manifest, ["optionalDependencies", "devDependencies", "dependencies"]);
  const found: WorkspacePackage[] = [];
  for (const [name, range] of declared) {
    const dependency = turbo.workspace.byName.get(name);
    if (dependency && dependency !== member && isInternal(range, dependency)) found.push(dependency);
  }
  return found;
}

function isInternal(range: string, dependency: WorkspacePackage): boolean {
  if (/^(?:workspace|file|link|portal):/.test(range) || range === "*" || range === "" || range === "latest")
    return true;
  const { version } = dependency.manifest;
  return version !== undefined && validRange(range) !== null && satisfies(version, range, { includePrerelease: true });
}
