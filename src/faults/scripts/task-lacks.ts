import type { RunTasks } from "../../commands/invocation.ts";
import { textOf } from "../../commands/arguments.ts";
import { known, unknown, type Known } from "../../documents/known.ts";
import type { ReachOf } from "../../project/trace/reach-index.ts";
import type { Repository } from "../../project/repository.ts";
import { tasksOf, undefinedTask } from "../../project/turbo/task-graph.ts";
import { packagesInScope } from "../../project/turbo/turbo-scope.ts";
import { isTaskDefined, turboWorkspaceOf, type TurboWorkspace } from "../../project/turbo/turbo-workspace.ts";
import { similarTo } from "../similar-names.ts";
import { isPackageName, type Lack } from "./lack.ts";

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
    return known({ kind: "missingPackage", names: [filter], owner: undefined, similar: similarTo(filter, candidates) });
  }
  if (!packagesInScope(repository, turbo, invocation.filters, folder)) return unknown("a filter is not understood");
  const unknownTask = invocation.tasks.find((task) => isNoTask(repository, turbo, task));
  if (unknownTask !== undefined) {
    // Without it the word may be a command of another version of turbo.
    const isRun = located.command.words.some((word) => textOf(word) === "run");
    const owner = turbo.config.source.path;
    const similar = similarTo(unknownTask, turbo.config.tasks.keys());
    return isRun
      ? known({ kind: "missingTask", names: [unknownTask], owner, similar })
      : unknown("the word may be a command of turbo");
  }
  const [first, ...others] = invocation.tasks;
  const tasks = tasksOf(repository, turbo, invocation, folder);
  if (!tasks) {
    const needed = undefinedTask(repository, turbo, invocation, folder);
    if (!needed) return unknown("turbo refuses the run for another reason");
    const { id, neededBy } = needed;
    const similar = similarTo(id.slice(id.indexOf("#") + 1), turbo.config.tasks.keys());
    return known({ kind: "neededTask", names: [id], owner: neededBy, similar });
  }
  if (first === undefined || tasks.length > 0) return known(undefined);
  // What is made for many packages may find nothing in some.
  if (located.text.includes("${{")) return unknown("the command is made of expressions");
  const scripts = turbo.workspace.packages.flatMap(({ manifest }) => [...manifest.scripts.keys()]);
  return known({ kind: "emptyTask", names: [first, ...others], owner: undefined, similar: similarTo(first, scripts) });
}

/** Whether turbo refuses a filter, because it is a name that no package has. */
function isNoPackage(repository: Repository, turbo: TurboWorkspace, filter: string, folder: string): boolean {
  return isPackageName(filter) && packagesInScope(repository, turbo, [filter], folder) === undefined;
}

function isNoTask(repository: Repository, turbo: TurboWorkspace, task: string): boolean {
  return !task.includes("#") && !isTaskDefined(repository, turbo, task);
}
