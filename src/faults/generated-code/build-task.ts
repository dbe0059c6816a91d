import { posix } from "node:path";
import { textOf } from "../../commands/arguments.ts";
import type { Invocation } from "../../commands/invocation.ts";
import { sourcesNamed } from "../../project/executed/modules.ts";
import { declarationFolderOf } from "../../project/typescript/compiler.ts";
import type { Repository } from "../../project/repository.ts";
import type { Reach } from "../../project/trace/reach.ts";
import type { Task } from "../../project/turbo/task-graph.ts";
import {
  definitionOf,
  dependentsOf,
  internalDependencies,
  type TurboWorkspace,
} from "../../project/turbo/turbo-workspace.ts";
import type { WorkspacePackage } from "../../project/workspace.ts";
import { BUILD, BUILDERS, DECLARING_BUNDLERS } from "../../tools/generators.data.ts";
import { QUIET_COMMANDS } from "../../tools/quiet-commands.data.ts";
import { builtFoldersOf, builtPackages, dependenciesAcross } from "./built-packages.ts";
import { canWaitFor, reachesOfScript, tasksNamed, type GeneratingTask } from "./generating-task.ts";
import { runsGenerator, type GeneratedOutput } from "./outputs.ts";

const NAME = "build";
const WATCHES = /^(?:-w|--watch)(?:=|$)/;

/**
 * The task that builds a package, as another one would wait for it: with `^build`, where all that this builds are packages of
 * which nothing else runs than builders, else by its id.
 */
export function buildTaskOf(repository: Repository, task: Task, output: GeneratedOutput): GeneratingTask | undefined {
  const { turbo } = task;
  const { owner } = output;
  if (owner.name === undefined || !definitionOf(repository, turbo, owner, NAME)) return undefined;
  if (!isMadeByBuild(repository, output)) return undefined;
  const id = `${owner.name}#${NAME}`;
  const isDependency = internalDependencies(turbo, task.package).includes(owner);
  const libraries = turbo.workspace.members.filter((member) => dependentsOf(turbo, member).length > 0);
  const isGeneral = turbo.config.tasks.has(NAME) && libraries.every((member) => onlyBuilds(repository, member));
  const item = isDependency && isGeneral ? `^${NAME}` : id;
  const graph = tasksNamed(repository, turbo, item === id ? id : NAME);
  const isSafe = graph !== undefined && canWaitFor(task, graph) && buildsWhole(repository, turbo, owner);
  return { id, item: isSafe ? item : undefined };
}

/** Whether the script `build` of a package makes what others import of it. */
export function isMadeByBuild(repository: Repository, output: GeneratedOutput): boolean {
  const script = output.owner.manifest.scripts.get(NAME);
  const reaches = script ? reachesOfScript(repository, output.owner, script) : [];
  return reaches.some((reach) => makes(repository, reach, output));
}

/** Whether the task that builds a package builds what it imports before, and does nothing else. */
export function buildsWhole(repository: Repository, turbo: TurboWorkspace, owner: WorkspacePackage): boolean {
  const graph = tasksNamed(repository, turbo, `${owner.name ?? ""}#${NAME}`) ?? [];
  const imported = dependenciesAcross(repository, owner);
  const built = builtPackages(repository, turbo.workspace).filter((output) => imported.has(output.owner));
  return (
    graph.every((other) => other.name === NAME && onlyBuilds(repository, other.package)) &&
    [...built.map((output) => output.owner), owner].every((item) => graph.some((other) => other.package === item))
  );
}

/** Whether a package has no script that builds it, or one that runs builders and commands that leave files alone. */
function onlyBuilds(repository: Repository, member: WorkspacePackage): boolean {
  const script = member.manifest.scripts.get(NAME);
  if (!script) return true;
  return reachesOfScript(repository, member, script).every(({ invocation, located }) => {
    const words = located.command.words.map(textOf);
    if (words.some((word) => word === undefined || WATCHES.test(word))) return false;
    return invocation.kind === "script" || runsBuilder(invocation) || QUIET_COMMANDS.has(words[0] ?? "");
  });
}

/** Whether a command builds a package, or removes or copies what was built. */
function runsBuilder(invocation: Invocation): boolean {
  return invocation.kind === "binary" && BUILDERS.has(invocation.name);
}

/** Whether a command that is reached writes an output; of a package that is built the declarations. */
export function makes(repository: Repository, reach: Reach, { generator, owner }: GeneratedOutput): boolean {
  const { invocation, directory } = reach;
  if (generator !== BUILD) return runsGenerator(invocation, generator);
  if (invocation.kind !== "binary" || !directory.known || directory.value !== owner.directory) return false;
  const [folder, ...others] = builtFoldersOf(repository, owner);
  if (folder === undefined || others.length > 0) return false;
  const configs = DECLARING_BUNDLERS.get(invocation.name);
  if (!configs) {
    return declarationFolderOf(repository, invocation, directory.value) === posix.join(owner.directory, folder);
  }
  const texts = [
    ...invocation.args.map(({ text }) => text),
    ...sourcesNamed(repository, owner.directory, configs).map(({ text }) => text),
  ].join(" ");
  return folder === "dist" && /\bdts\b|\bdeclaration\b/.test(texts) && !/\bout-?dir\b|\s-d\b/i.test(texts);
}
