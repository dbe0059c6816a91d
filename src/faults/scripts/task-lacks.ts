import type { RunTasks } from "../../commands/invocation.ts";
import { textOf } from "../../commands/arguments.ts";
import { known, unknown, type Known } from "../../documents/known.ts";
import type { ReachOf } from "../../project/trace/reach-index.ts";
import type { Repository } from "../../project/repository.ts";
import { tasksOf } from "../../project/turbo/task-graph.ts";
import { packagesInScope } from "../../project/turbo/turbo-scope.ts";
import { isTaskDefined, turboWorkspaceOf, type TurboWorkspace } from "../../project/turbo/turbo-workspace.ts";
import { isPackageName, similarTo, type Lack } from "./lack.ts";

/** What turbo is asked for and does not find, or finds without a script; undefined where all is there. */
export function taskLack(
  repository: Repository,
  { invocation, directory, located }: ReachOf<RunTasks>,
): Known<Lack | undefined> {
  const turbo = directory.known ? turboWorkspaceOf(repository, directory.value, invocation.version) : undefined;
  // A member in a submodule has scripts that are not here, and a task can have a command of its own.
  const isOpen =
    repository.files.exists(".gitmodules") || turbo?.config.source.text.includes("experimentalTaskCommand") !== false;
  if (!directory.known || !turbo || turbo.isLegacy || isOpen) return unknown("not all tasks are known");
  const folder = directory.value;
  const filter = invocation.filters.find((name) => isNoPackage(repository, turbo, name, folder));
  if (filter !== undefined) {
    const candidates = turbo.workspace.members.flatMap(({ name }) => name ?? []);
    return known({ kind: "package", names: [filter], path: undefined, similar: similarTo(filter, candidates) });
  }
  if (!packagesInScope(repository, turbo, invocation.filters, folder)) return unknown("a filter is not understood");
  const undefinedTask = invocation.tasks.find((task) => isNoTask(repository, turbo, task));
  if (undefinedTask !== undefined) {
    // Without it the word may be a command of another version of turbo.
    const isRun = located.command.words.some((word) => textOf(word) === "run");
    const path = turbo.config.source.path;
    const similar = similarTo(undefinedTask, turbo.config.tasks.keys());
    return isRun
      ? known({ kind: "task", names: [undefinedTask], path, similar })
      : unknown("the word may be a command of turbo");
  }
  const [first, ...others] = invocation.tasks;
  if (first === undefined || tasksOf(repository, turbo, invocation, folder)?.length !== 0) return known(undefined);
  // What is made for many packages may find nothing in some.
  if (located.text.includes("${{")) return unknown("the command is made of expressions");
  const { root, members } = turbo.workspace;
  const scripts = [root, ...members].flatMap(({ manifest }) => [...manifest.scripts.keys()]);
  return known({ kind: "emptyTask", names: [first, ...others], path: undefined, similar: similarTo(first, scripts) });
}

/** Whether turbo refuses a filter, because it is a name that no package has. */
function isNoPackage(repository: Repository, turbo: TurboWorkspace, filter: string, folder: string): boolean {
  return isPackageName(filter) && packagesInScope(repository, turbo, [filter], folder) === undefined;
}

function isNoTask(repository: Repository, turbo: TurboWorkspace, task: string): boolean {
  return !task.includes("#") && !isTaskDefined(repository, turbo, task);
}
