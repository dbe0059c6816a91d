import { readInvocation, readRunner } from "../../src/commands/index.ts";
import { known, unknown, type Known } from "../../src/documents/known.ts";
import { Repository } from "../../src/project/repository.ts";
import { TaskFilter } from "../../src/project/turbo/task-environment.ts";
import { tasksOf, type Task } from "../../src/project/turbo/task-graph.ts";
import { turboWorkspaceOf } from "../../src/project/turbo/turbo-workspace.ts";
import { readScript } from "../../src/shell/script.ts";
import type { TurboCall } from "./turbo-binaries.ts";

/** A task that the model expects to run, and whether it gets a variable, or why that is not known. */
export interface ExpectedTask {
  readonly task: Task;
  readonly gets: (name: string) => boolean | string;
}

/** A command line as a script writes it. */
export function commandLine(args: readonly string[]): string {
  return ["turbo", ...args].map((arg) => (/^[\w@./:=-]+$/.test(arg) ? arg : `'${arg}'`)).join(" ");
}

/** What the model expects of a call, by task id; undefined where it expects that turbo refuses, or does not understand. */
export function expectedTasks(root: string, call: TurboCall): ReadonlyMap<string, ExpectedTask> | undefined {
  const scope = { expression: () => unknown(""), variable: () => known("") };
  const [command] = readScript(commandLine(call.args), scope, { errexit: true, pipefail: false });
  const binary = readInvocation(command?.words ?? []);
  const run = binary.kind === "binary" ? readRunner(binary) : binary;
  if (run.kind !== "turbo") return undefined;
  const repository = new Repository(root);
  const turbo = turboWorkspaceOf(repository, call.folder);
  const tasks = turbo && tasksOf(repository, turbo, run, call.folder);
  const mode: Known<string | undefined> = known(call.mode);
  return (
    tasks &&
    new Map(
      tasks.map((task) => {
        const filter = new TaskFilter(task, run, mode);
        const gets = (name: string): boolean | string => {
          const verdict = filter.verdict(name);
          return verdict.known ? verdict.value.passes : verdict.why;
        };
        return [task.id, { task, gets }];
      }),
    )
  );
}
