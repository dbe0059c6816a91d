import { textOf } from "../../commands/arguments.ts";
import type { RunTasks } from "../../commands/invocation.ts";
import { entryOf, type Entry } from "../../documents/data.ts";
import type { TurboConfig } from "../../documents/turbo-config.ts";
import { known } from "../../documents/known.ts";
import { Environment } from "../../project/trace/environment.ts";
import { reachesOf, type Reach } from "../../project/trace/reach.ts";
import type { Repository } from "../../project/repository.ts";
import { scalarHost, UNKNOWN_SCOPE } from "../../project/trace/routine.ts";
import { tasksOf, type Task } from "../../project/turbo/task-graph.ts";
import {
  definitionOf,
  internalDependencies,
  settingOf,
  type TurboWorkspace,
} from "../../project/turbo/turbo-workspace.ts";
import type { WorkspacePackage } from "../../project/workspace.ts";
import type { PackageScript } from "../../documents/manifest.ts";
import { GENERATORS } from "../../tools/generators.data.ts";
import { QUIET_COMMANDS } from "../../tools/quiet-commands.data.ts";
import { runsGenerator, type GeneratedOutput } from "./outputs.ts";

/** A task that generates code, and how another one would wait for it. */
export interface GeneratingTask {
  /** `backend#codegen`. */
  readonly id: string;
  /** What to add to `dependsOn` (`^codegen`); undefined where turbo would refuse it. */
  readonly item: string | undefined;
}

/** The task whose script generates an output, as another task would depend on it; undefined where there is none, or more than one. */
export function generatingTaskOf(
  repository: Repository,
  task: Task,
  output: GeneratedOutput,
): GeneratingTask | undefined {
  const { turbo } = task;
  const { owner } = output;
  const names = generatingScriptsOf(repository, output)
    .map(({ name }) => name)
    .filter((name) => definitionOf(repository, turbo, owner, name));
  const [name] = names;
  if (name === undefined || names.length > 1 || owner.name === undefined) return undefined;
  const { root, packages } = turbo.workspace;
  // The general task of that name is also the one of other packages, which may do something else.
  const isGeneral =
    turbo.config.tasks.has(name) &&
    packages.every((member) => {
      const script = member.manifest.scripts.get(name);
      return !script || onlyGenerates(reachesOfScript(repository, member, script));
    });
  const isOwn = task.package === owner;
  const isDependency = internalDependencies(turbo, task.package).includes(owner);
  const id = `${owner === root ? "//" : owner.name}#${name}`;
  const item = isGeneral && isOwn ? name : isGeneral && isDependency ? `^${name}` : id;
  const graph = tasksNamed(repository, turbo, name);
  return { id, item: graph && canWaitFor(task, graph) ? item : undefined };
}

/** All that turbo runs for a task; undefined where it would refuse. */
export function tasksNamed(repository: Repository, turbo: TurboWorkspace, name: string): readonly Task[] | undefined {
  const run: RunTasks = {
    kind: "turbo",
    args: [],
    tasks: [name],
    filters: [],
    envMode: known(undefined),
    onlyRequested: false,
    parallel: false,
    frameworkInference: true,
    directory: known(""),
  };
  return tasksOf(repository, turbo, run, turbo.workspace.root.directory);
}

/** Whether a task can wait for others: what they wait for must not wait for it in turn, and all must end. */
export function canWaitFor(task: Task, others: readonly Task[]): boolean {
  return others.every((other) => other.name !== task.name && !isPersistent(other));
}

/** The scripts of a package that generate an output, and do nothing else than generating. */
export function generatingScriptsOf(
  repository: Repository,
  { owner, generator }: GeneratedOutput,
): readonly PackageScript[] {
  const isGenerator = ({ invocation, hops, directory }: Reach): boolean =>
    hops.length === 1 && runsGenerator(invocation, generator) && directory.known && directory.value === owner.directory;
  return [...owner.manifest.scripts.values()].filter((script) => {
    const reaches = reachesOfScript(repository, owner, script);
    return reaches.some(isGenerator) && onlyGenerates(reaches);
  });
}

/** What a script of a package runs. */
export function reachesOfScript(
  repository: Repository,
  { manifest, directory }: WorkspacePackage,
  { text, node }: PackageScript,
): readonly Reach[] {
  const host = scalarHost(manifest.source, node);
  const options = { errexit: false, pipefail: false };
  const start = { text, host, directory: known(directory), options, isPosix: true };
  return reachesOf(repository, start, UNKNOWN_SCOPE, new Environment(() => undefined));
}

/** Whether what a script runs are generators, none of which waits for changes, and commands that leave files alone. */
function onlyGenerates(reaches: readonly Reach[]): boolean {
  return reaches.every(({ invocation, located }) => {
    const words = located.command.words.map(textOf);
    if (words.some((word) => word === "--watch" || word === "-w")) return false;
    if (Object.values(GENERATORS).some((generator) => runsGenerator(invocation, generator))) return true;
    return invocation.kind === "script" || (invocation.kind === "binary" && QUIET_COMMANDS.has(invocation.name));
  });
}

/** Nothing can wait for a task that does not end. https://turborepo.dev/docs/reference/configuration#persistent */
function isPersistent({ definition }: Task): boolean {
  const value = settingOf(definition, "persistent");
  return value !== undefined && !(value.kind === "scalar" && value.value === false);
}

/** Where a task says what it waits for, or would: the list that is in force, or the entry that can hold one. */
export function waitingPlaceOf({ definition }: Task): {
  readonly config: TurboConfig;
  readonly entry: Entry;
  readonly dependsOn: Entry | undefined;
} {
  const { contributions } = definition;
  const holder =
    contributions.findLast(({ task }) => task.dependsOn !== undefined) ?? contributions.at(-1) ?? contributions[0];
  const { entry } = holder.task;
  return { config: holder.config, entry, dependsOn: entryOf(entry.value, "dependsOn") };
}
