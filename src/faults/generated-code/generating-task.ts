import { entryOf, type Entry } from "../../documents/data.ts";
import type { TurboConfig } from "../../documents/turbo-config.ts";
import { known } from "../../documents/known.ts";
import { Environment } from "../../project/trace/environment.ts";
import { reachesOf, type Reach } from "../../project/trace/reach.ts";
import type { Repository } from "../../project/repository.ts";
import { scalarHost, UNKNOWN_SCOPE } from "../../project/trace/routine.ts";
import { tasksOf, type Task } from "../../project/turbo/task-graph.ts";
import { definitionOf, internalDependencies } from "../../project/turbo/turbo-workspace.ts";
import type { PackageScript } from "../../documents/manifest.ts";
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
  const isGeneral = turbo.config.tasks.has(name);
  const isOwn = task.package === owner;
  const isDependency = internalDependencies(turbo, task.package).includes(owner);
  const id = `${owner === turbo.workspace.root ? "//" : owner.name}#${name}`;
  const item = isGeneral && isOwn ? name : isGeneral && isDependency ? `^${name}` : id;
  // What the generating task waits for must not wait for it in turn.
  const graph = tasksOf(
    repository,
    turbo,
    {
      kind: "turbo",
      args: [],
      tasks: [name],
      filters: [],
      envMode: known(undefined),
      onlyRequested: false,
      parallel: false,
      frameworkInference: true,
      directory: known(""),
    },
    turbo.workspace.root.directory,
  );
  const isSafe = graph?.every((other) => other.name !== task.name) ?? false;
  return { id, item: isSafe ? item : undefined };
}

/** The scripts of a package that generate an output: those that do nothing else or, without such, those that do more. */
export function generatingScriptsOf(
  repository: Repository,
  { owner, generator }: GeneratedOutput,
): readonly PackageScript[] {
  const { manifest, directory } = owner;
  const isGenerator = ({ invocation, hops, directory: at }: Reach): boolean =>
    hops.length === 1 && runsGenerator(invocation, generator) && at.known && at.value === directory;
  const found = [...manifest.scripts.values()].flatMap((script) => {
    const host = scalarHost(manifest.source, script.node);
    const options = { errexit: false, pipefail: false };
    const start = { text: script.text, host, directory: known(directory), options, isPosix: true };
    const reaches = reachesOf(repository, start, UNKNOWN_SCOPE, new Environment(() => undefined));
    return reaches.some(isGenerator) ? [{ script, isAlone: reaches.length === 1 }] : [];
  });
  const alone = found.filter(({ isAlone }) => isAlone);
  return (alone.length > 0 ? alone : found).map(({ script }) => script);
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
