import type { RunTasks } from "../../commands/invocation.ts";
import type { PackageScript } from "../../documents/manifest.ts";
import { liesWithin } from "../../tools/version-range.ts";
import type { Repository } from "../repository.ts";
import { packagesInScope } from "./turbo-scope.ts";
import {
  definitionOf,
  internalDependencies,
  isTaskDefined,
  type TaskDefinition,
  type TurboWorkspace,
} from "./turbo-workspace.ts";
import type { WorkspacePackage } from "../workspace.ts";

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

const tasksByRun = (): Map<string, readonly Task[] | undefined> => new Map();

/** The processes that a turbo run starts, in no particular order; undefined where turbo would refuse or a filter is not understood. */
export function tasksOf(
  { packages }: Repository,
  turbo: TurboWorkspace,
  run: RunTasks,
  folder: string,
): readonly Task[] | undefined {
  const memo = packages.derive(tasksByRun);
  const { tasks, filters, onlyRequested, parallel } = run;
  const root = turbo.workspace.root.directory;
  const key = JSON.stringify([root, turbo.version, folder, tasks, filters, onlyRequested, parallel]);
  if (!memo.has(key)) memo.set(key, findTasks(packages, turbo, run, folder));
  return memo.get(key);
}

function findTasks(
  repository: Repository,
  turbo: TurboWorkspace,
  run: RunTasks,
  folder: string,
): readonly Task[] | undefined {
  const selected = packagesInScope(repository, turbo, run.filters, folder);
  if (!selected) return undefined;
  if (selected.length === 0 && liesWithin(turbo.version, "<2.9.0")) return [];
  const tasksWith = (omissions: Omissions): readonly Task[] | undefined => {
    const graph = new TaskGraph(repository, turbo, omissions);
    return graph.build(run, selected) ? graph.tasks() : undefined;
  };
  const dependencies = run.parallel && liesWithin(turbo.version, "<2.10.0");
  const scriptless = turbo.config.strictTaskEntrypointSelection;
  // turbo checks the whole graph before it leaves anything out.
  const whole = tasksWith({ dependencies: false, scriptless: false });
  return whole && (dependencies || scriptless) ? tasksWith({ dependencies, scriptless }) : whole;
}

/** A task that is needed and nowhere defined, which makes turbo refuse to run. */
export interface UndefinedTask {
  /** `web#codegen`, or the name as written where there is no such package. */
  readonly id: string;
  /** The task that has it in `dependsOn` or `with`. */
  readonly neededBy: string;
}

/** Why turbo refuses a run whose tasks are all defined; undefined where that is another reason, or it does not. */
export function undefinedTask(
  { packages }: Repository,
  turbo: TurboWorkspace,
  run: RunTasks,
  folder: string,
): UndefinedTask | undefined {
  const selected = packagesInScope(packages, turbo, run.filters, folder);
  const graph = new TaskGraph(packages, turbo, { dependencies: false, scriptless: false });
  return selected && !graph.build(run, selected) ? graph.undefinedTask : undefined;
}

/** What turbo leaves out of a graph. */
interface Omissions {
  /** Tasks of the packages that one depends on (`--parallel`, until 2.9). */
  readonly dependencies: boolean;
  /** Packages without a script for a task that is asked for, where any package has one. */
  readonly scriptless: boolean;
}

/** A task of a package, with or without a script. */
interface TaskNode {
  readonly member: WorkspacePackage;
  readonly name: string;
  readonly definition: TaskDefinition;
  readonly requested: string;
}

class TaskGraph {
  /** What made {@link build} false, if it was a task that another one needs. */
  undefinedTask: UndefinedTask | undefined;
  readonly #nodes = new Map<string, TaskNode>();
  /** What each task waits for. */
  readonly #edges = new Map<string, readonly string[]>();
  readonly #repository: Repository;
  readonly #turbo: TurboWorkspace;
  readonly #omissions: Omissions;

  constructor(repository: Repository, turbo: TurboWorkspace, omissions: Omissions) {
    this.#repository = repository;
    this.#turbo = turbo;
    this.#omissions = omissions;
  }

  /** Adds the tasks of a run, and those that they lead to; false where turbo refuses. */
  build(run: RunTasks, selected: readonly WorkspacePackage[]): boolean {
    // Since 2.9 the package of `web#build` is in the scope of the other tasks too.
    const isWider = liesWithin(this.#turbo.version, ">=2.9.0") && !this.#omissions.scriptless;
    const named = isWider ? run.tasks.flatMap((task) => this.#ownerOf(task) ?? []) : [];
    const scope = [...new Set([...selected, ...named])];
    const isEntered = run.tasks.every((requested) => this.#enter(requested, scope));
    return isEntered && this.#expand(run.onlyRequested ? run.tasks : undefined) && !this.#hasCycle();
  }

  /** Adds a task that is asked for; false where turbo does not know it. */
  #enter(requested: string, scope: readonly WorkspacePackage[]): boolean {
    const { version, config, workspace } = this.#turbo;
    if (requested.includes("#")) {
      // Until 2.1 or 2.2 only such a key of the configuration could be asked for.
      const isLiteral = config.tasks.has(requested) || !workspace.isMonorepo;
      if (liesWithin(version, "<2.2.0") && !isLiteral) return false;
      const member = this.#ownerOf(requested);
      const name = requested.slice(requested.indexOf("#") + 1);
      if (!member) return false;
      // In a single package they are then passed over.
      if (!workspace.isMonorepo && liesWithin(version, "<2.9.0")) return true;
      return (
        this.#add(member, name, requested) !== undefined || (!liesWithin(version, "<2.9.0") && config.tasks.has(name))
      );
    }
    const added = this.#entries(scope, requested).filter(
      (member) => !this.#isExcluded(member, requested) && this.#add(member, requested, requested),
    );
    // Until 2.3 or 2.4 it had to be defined for all packages, or for one that is in scope.
    if (added.length > 0 || config.tasks.has(requested)) return true;
    return !liesWithin(version, "<2.4.0") && isTaskDefined(this.#repository, this.#turbo, requested);
  }

  /** The package of `web#build`; undefined for a plain name, or where there is none. */
  #ownerOf(task: string): WorkspacePackage | undefined {
    const at = task.indexOf("#");
    return at < 0 ? undefined : this.#packageNamed(task.slice(0, at));
  }

  /** The packages for which a requested task is an entry, most often also those without a script. */
  #entries(scope: readonly WorkspacePackage[], task: string): readonly WorkspacePackage[] {
    const { workspace } = this.#turbo;
    const hasScript = ({ manifest }: WorkspacePackage): boolean => manifest.scripts.has(task);
    const isStrict = this.#omissions.scriptless && workspace.packages.some(hasScript);
    return isStrict ? scope.filter(hasScript) : scope;
  }

  #isExcluded(member: WorkspacePackage, task: string): boolean {
    return definitionOf(this.#repository, this.#turbo, member, task)?.isExcluded ?? false;
  }

  /** Adds all that the tasks need or bring along, `only` those that are asked for; false where one of them is not defined. */
  #expand(only: readonly string[] | undefined): boolean {
    for (const [id, { member, definition, requested }] of this.#nodes) {
      const need = (items: readonly string[]): readonly string[] | undefined =>
        this.#need(id, member, items, requested);
      const edges = need(definition.dependsOn.filter((item) => this.#counts(item, only)));
      if (!edges || !need(definition.with)) return false;
      this.#edges.set(id, edges);
    }
    return true;
  }

  /** Adds what a task names in `dependsOn` or `with` and gives the ids; undefined where one of them is not defined. */
  #need(
    neededBy: string,
    member: WorkspacePackage,
    items: readonly string[],
    requested: string,
  ): readonly string[] | undefined {
    const ids: string[] = [];
    for (const item of items) {
      for (const target of this.#targets(member, item)) {
        const id = target && this.#add(...target, requested);
        if (id === undefined) {
          this.undefinedTask = { id: target ? idOf(this.#turbo, ...target) : item, neededBy };
          return undefined;
        }
        ids.push(id);
      }
    }
    return ids;
  }

  /** turbo 1 took `$NAME` in `dependsOn` for a variable, and kept `^build` where `build` was asked for. */
  #counts(item: string, only: readonly string[] | undefined): boolean {
    const { isLegacy } = this.#turbo;
    if (isLegacy && item.startsWith("$")) return false;
    if (this.#omissions.dependencies && item.startsWith("^")) return false;
    return only === undefined || only.includes(isLegacy ? item.replace(/^\^/, "") : item);
  }

  /** Whether a task waits for itself in the end. */
  #hasCycle(): boolean {
    const waiting = new Map([...this.#edges].map(([id, edges]) => [id, new Set(edges).size]));
    const dependents = new Map<string, string[]>();
    for (const [id, edges] of this.#edges) {
      for (const edge of new Set(edges)) {
        const known = dependents.get(edge);
        if (known) known.push(id);
        else dependents.set(edge, [id]);
      }
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
      const script = definition.isExcluded ? undefined : member.manifest.scripts.get(name);
      return script ? [{ turbo: this.#turbo, package: member, name, id, definition, script, requested }] : [];
    });
  }

  /** Adds a task of a package and gives its id; undefined where it is not defined for the package. */
  #add(member: WorkspacePackage, name: string, requested: string): string | undefined {
    const id = idOf(this.#turbo, member, name);
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
      return internalDependencies(this.#turbo, member).map((internal) => [internal, name] as const);
    }
    if (!item.includes("#")) return [[member, item]];
    const target = this.#ownerOf(item);
    return [target && [target, item.slice(item.indexOf("#") + 1)]];
  }

  #packageNamed(name: string): WorkspacePackage | undefined {
    const { root, byName } = this.#turbo.workspace;
    return name === "//" ? root : byName.get(name);
  }
}

function idOf({ workspace: { root } }: TurboWorkspace, member: WorkspacePackage, name: string): string {
  return `${member === root ? "//" : (member.name ?? "")}#${name}`;
}
