import picomatch from "picomatch";
import { posix } from "node:path";
import type { RunTasks } from "../commands/invocation.ts";
import type { PackageScript } from "../documents/manifest.ts";
import { normalizeDirectory } from "../shell/directory.ts";
import { packageFolderOf, type WorkspacePackage } from "./workspace.ts";
import type { Repository } from "./repository.ts";
import { definitionOf, internalDependencies, type TaskDefinition, type TurboWorkspace } from "./turbo-workspace.ts";

/** One node of turbo's task graph that runs a process: a task of a package that has a script for it. */
export interface Task {
  readonly turbo: TurboWorkspace;
  readonly package: WorkspacePackage;
  readonly name: string;
  /** `web#build`, `//#lint`. */
  readonly id: string;
  readonly definition: TaskDefinition;
  readonly script: PackageScript;
  /** The task that was asked for and led here. */
  readonly requested: string;
}

/** The processes that a turbo run starts, in no particular order; undefined where turbo would refuse or a filter is not understood. */
export function tasksOf(
  repository: Repository,
  turbo: TurboWorkspace,
  run: RunTasks,
  folder: string,
): readonly Task[] | undefined {
  const scope = packagesInScope(repository, turbo, run, folder);
  if (!scope) return undefined;
  const graph = new TaskGraph(repository, turbo, run.onlyRequested ? new Set(run.tasks) : undefined);
  for (const requested of run.tasks) {
    const at = requested.indexOf("#");
    if (at < 0) for (const member of graph.entries(scope, requested)) graph.add(member, requested, requested);
    else {
      const member = packageNamed(turbo, requested.slice(0, at));
      if (!member) return undefined;
      graph.add(member, requested.slice(at + 1), requested);
    }
  }
  return graph.tasks;
}

class TaskGraph {
  readonly tasks: Task[] = [];
  readonly #visited = new Set<string>();
  readonly #repository: Repository;
  readonly #turbo: TurboWorkspace;
  readonly #only: ReadonlySet<string> | undefined;

  constructor(repository: Repository, turbo: TurboWorkspace, only: ReadonlySet<string> | undefined) {
    this.#repository = repository;
    this.#turbo = turbo;
    this.#only = only;
  }

  /** The packages for which a requested task is an entry: also those without a script, unless a flag asks for one. */
  entries(scope: readonly WorkspacePackage[], task: string): readonly WorkspacePackage[] {
    const withScript = scope.filter(({ manifest }) => manifest.scripts.has(task));
    return this.#turbo.config.strictTaskEntrypointSelection && withScript.length > 0 ? withScript : scope;
  }

  add(member: WorkspacePackage, name: string, requested: string): void {
    const id = taskId(this.#turbo, member, name);
    if (this.#visited.has(id)) return;
    this.#visited.add(id);
    if (this.#only && !this.#only.has(name) && !this.#only.has(id)) return;
    const definition = definitionOf(this.#repository, this.#turbo, member, name);
    if (!definition) return;
    const script = member.manifest.scripts.get(name);
    if (script) this.tasks.push({ turbo: this.#turbo, package: member, name, id, definition, script, requested });
    for (const dependency of definition.dependsOn) this.#addDependency(member, dependency, requested);
    for (const sibling of definition.with) this.#addDependency(member, sibling, requested);
  }

  #addDependency(member: WorkspacePackage, dependency: string, requested: string): void {
    if (dependency.startsWith("^")) {
      const name = dependency.slice(1);
      for (const internal of internalDependencies(this.#turbo, member)) this.add(internal, name, requested);
      return;
    }
    const at = dependency.indexOf("#");
    if (at < 0) this.add(member, dependency, requested);
    else {
      const target = packageNamed(this.#turbo, dependency.slice(0, at));
      if (target) this.add(target, dependency.slice(at + 1), requested);
    }
  }
}

function packageNamed(turbo: TurboWorkspace, name: string): WorkspacePackage | undefined {
  return name === "//" ? turbo.workspace.root : turbo.workspace.byName.get(name);
}

function taskId(turbo: TurboWorkspace, member: WorkspacePackage, name: string): string {
  return `${member === turbo.workspace.root ? "//" : (member.name ?? "")}#${name}`;
}

/** https://turborepo.dev/docs/reference/run#--filter-string */
function packagesInScope(
  repository: Repository,
  turbo: TurboWorkspace,
  run: RunTasks,
  folder: string,
): readonly WorkspacePackage[] | undefined {
  const { workspace } = turbo;
  if (!workspace.isMonorepo) return [workspace.root];
  const members = workspace.members.filter(({ name }) => name !== undefined);
  // The root takes part only where `//#task` defines the task.
  const everything = [workspace.root, ...members];
  if (run.filters.length === 0) {
    const own = packageFolderOf(repository, folder);
    const inside = members.find(({ directory }) => directory === own);
    return inside ? [inside] : everything;
  }
  const excluded = run.filters.filter((filter) => filter.startsWith("!")).map((filter) => filter.slice(1));
  const included = run.filters.filter((filter) => !filter.startsWith("!"));
  const selected = new Set(included.length === 0 ? everything : []);
  for (const filter of included) {
    const matches = matchFilter(turbo, members, filter, folder);
    if (!matches) return undefined;
    for (const member of matches) selected.add(member);
  }
  for (const filter of excluded) {
    const matches = matchFilter(turbo, members, filter, folder);
    if (!matches) return undefined;
    for (const member of matches) selected.delete(member);
  }
  return [...selected];
}

const FILTER =
  /^(?<dependents>\.\.\.)?(?<notSelfBefore>\^)?(?<name>[^{[]*?)(?:\{(?<path>[^}]*)\})?(?<range>\[.*\])?(?<notSelfAfter>\^)?(?<dependencies>\.\.\.)?$/;

function matchFilter(
  turbo: TurboWorkspace,
  members: readonly WorkspacePackage[],
  filter: string,
  folder: string,
): readonly WorkspacePackage[] | undefined {
  const parts = FILTER.exec(filter)?.groups;
  if (!parts || filter.includes("\0") || filter.startsWith("tag:")) return undefined;
  const base = matchPackages(turbo, members, parts["name"] ?? "", parts["path"], folder);
  if (!base) return undefined;
  const selected = new Set<WorkspacePackage>(parts["notSelfBefore"] || parts["notSelfAfter"] ? [] : base);
  if (parts["dependencies"])
    for (const member of base) addReachable(member, (item) => internalDependencies(turbo, item), selected);
  if (parts["dependents"]) {
    const dependents = (item: WorkspacePackage): readonly WorkspacePackage[] =>
      members.filter((member) => internalDependencies(turbo, member).includes(item));
    for (const member of base) addReachable(member, dependents, selected);
  }
  return [...selected];
}

function matchPackages(
  turbo: TurboWorkspace,
  members: readonly WorkspacePackage[],
  name: string,
  path: string | undefined,
  folder: string,
): readonly WorkspacePackage[] | undefined {
  if (name === "//") return [turbo.workspace.root];
  const folderPattern = path ?? (/^\.{1,2}(?:\/|$)/.test(name) ? name : undefined);
  if (folderPattern !== undefined) {
    const matches = picomatch(normalizeDirectory(posix.join(folder, folderPattern)));
    return members.filter(({ directory }) => matches(directory));
  }
  // What changed since a commit is known only in the run: every package can be among it.
  if (name === "") return members;
  const matches = picomatch(name);
  const found = members.filter((member) => matches(member.name ?? ""));
  // turbo 2 refuses a plain name that no package has.
  return found.length === 0 && !/[*?{]/.test(name) ? undefined : found;
}

function addReachable(
  from: WorkspacePackage,
  next: (member: WorkspacePackage) => readonly WorkspacePackage[],
  selected: Set<WorkspacePackage>,
): void {
  const visited = new Set<WorkspacePackage>([from]);
  const queue = [from];
  for (let member = queue.pop(); member; member = queue.pop()) {
    for (const neighbour of next(member)) {
      if (visited.has(neighbour)) continue;
      visited.add(neighbour);
      selected.add(neighbour);
      queue.push(neighbour);
    }
  }
}
