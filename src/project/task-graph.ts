import type { RunTasks } from "../commands/invocation.ts";
import type { PackageScript } from "../documents/manifest.ts";
import { liesWithin } from "../tools/version-range.ts";
import type { Repository } from "./repository.ts";
import { packagesInScope } from "./turbo-scope.ts";
import {
  definitionOf,
  internalDependencies,
  isTaskDefined,
  type TaskDefinition,
  type TurboWorkspace,
} from "./turbo-workspace.ts";
import type { WorkspacePackage } from "./workspace.ts";

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
  const scope = packagesInScope(repository, turbo, run.filters, folder);
  if (!scope) return undefined;
  const graph = new TaskGraph(repository, turbo);
  const isEntered = run.tasks.every((requested) => graph.enter(requested, scope));
  return isEntered && graph.expand(run.onlyRequested) && !graph.hasCycle() ? graph.tasks() : undefined;
}

/** A task of a package, with or without a script. */
interface TaskNode {
  readonly member: WorkspacePackage;
  readonly name: string;
  readonly definition: TaskDefinition;
  readonly requested: string;
}

class TaskGraph {
  readonly #nodes = new Map<string, TaskNode>();
  /** What each task waits for. */
  readonly #edges = new Map<string, readonly string[]>();
  readonly #repository: Repository;
  readonly #turbo: TurboWorkspace;

  constructor(repository: Repository, turbo: TurboWorkspace) {
    this.#repository = repository;
    this.#turbo = turbo;
  }

  /** Adds a task that is asked for; false where turbo does not know it. */
  enter(requested: string, scope: readonly WorkspacePackage[]): boolean {
    const at = requested.indexOf("#");
    if (at >= 0) {
      // `web#build` on the command line came between 2.1 and 2.3.
      if (liesWithin(this.#turbo.version, "<2.2.0")) return false;
      const member = this.#packageNamed(requested.slice(0, at));
      return member !== undefined && this.#add(member, requested.slice(at + 1), requested) !== undefined;
    }
    const added = this.#entries(scope, requested).filter((member) => this.#add(member, requested, requested));
    return added.length > 0 || isTaskDefined(this.#repository, this.#turbo, requested);
  }

  /** The packages for which a requested task is an entry: also those without a script, unless a flag asks for one. */
  #entries(scope: readonly WorkspacePackage[], task: string): readonly WorkspacePackage[] {
    const withScript = scope.filter(({ manifest }) => manifest.scripts.has(task));
    return this.#turbo.config.strictTaskEntrypointSelection && withScript.length > 0 ? withScript : scope;
  }

  /** Adds all that the tasks need or bring along; false where one of them is not defined. */
  expand(onlyRequested: boolean): boolean {
    for (const [id, { member, definition, requested }] of this.#nodes) {
      // turbo 1 took `$NAME` in `dependsOn` for a variable.
      const names = definition.dependsOn.filter((name) => !(this.#turbo.isLegacy && name.startsWith("$")));
      const waits = onlyRequested ? [] : names.flatMap((name) => this.#targets(member, name));
      const edges = waits.map((target) => target && this.#add(...target, requested));
      const siblings = definition.with.flatMap((name) => this.#targets(member, name));
      const isComplete = edges.every((edge) => edge !== undefined);
      if (!isComplete || !siblings.every((target) => target && this.#add(...target, requested))) return false;
      this.#edges.set(id, edges);
    }
    return true;
  }

  /** Whether a task waits for itself in the end. */
  hasCycle(): boolean {
    const waiting = new Map([...this.#edges].map(([id, edges]) => [id, new Set(edges).size]));
    const dependents = new Map<string, string[]>();
    for (const [id, edges] of this.#edges) {
      for (const edge of new Set(edges)) dependents.set(edge, [...(dependents.get(edge) ?? []), id]);
    }
    const ready = [...waiting].flatMap(([id, count]) => (count === 0 ? [id] : []));
    for (const id of ready) {
      for (const dependent of dependents.get(id) ?? []) {
        const left = (waiting.get(dependent) ?? 0) - 1;
        waiting.set(dependent, left);
        if (left === 0) ready.push(dependent);
      }
    }
    return ready.length < this.#nodes.size;
  }

  tasks(): readonly Task[] {
    return [...this.#nodes].flatMap(([id, { member, name, definition, requested }]) => {
      const script = member.manifest.scripts.get(name);
      return script ? [{ turbo: this.#turbo, package: member, name, id, definition, script, requested }] : [];
    });
  }

  /** Adds a task of a package and gives its id; undefined where it is not defined for the package. */
  #add(member: WorkspacePackage, name: string, requested: string): string | undefined {
    const id = `${member === this.#turbo.workspace.root ? "//" : (member.name ?? "")}#${name}`;
    if (this.#nodes.has(id)) return id;
    const definition = definitionOf(this.#repository, this.#turbo, member, name);
    if (!definition) return undefined;
    this.#nodes.set(id, { member, name, definition, requested });
    return id;
  }

  /** The tasks that an item of `dependsOn` or `with` stands for; undefined for one of a package that is not there. */
  #targets(
    member: WorkspacePackage,
    item: string,
  ): readonly (readonly [member: WorkspacePackage, name: string] | undefined)[] {
    if (item.startsWith("^")) {
      const name = item.slice(1);
      return internalDependencies(this.#turbo.workspace, member).map((internal) => [internal, name] as const);
    }
    const at = item.indexOf("#");
    if (at < 0) return [[member, item]];
    const target = this.#packageNamed(item.slice(0, at));
    return [target && [target, item.slice(at + 1)]];
  }

  #packageNamed(name: string): WorkspacePackage | undefined {
    const { root, byName } = this.#turbo.workspace;
    return name === "//" ? root : byName.get(name);
  }
}
