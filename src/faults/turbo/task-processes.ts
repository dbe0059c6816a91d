import { onceForEach } from "../../memo.ts";
import type { StepRun } from "../../project/trace/job-run.ts";
import type { Reach } from "../../project/trace/reach.ts";
import type { TaskFilter } from "../../project/turbo/task-environment.ts";

/** The processes of turbo tasks that a step starts, each with all that it runs. */
export const processesOf = onceForEach((run: StepRun): ReadonlyMap<TaskFilter, readonly Reach[]> => {
  const processes = new Map<TaskFilter, Reach[]>();
  for (const reach of run.reaches) {
    const filter = reach.filters.at(-1);
    if (!filter) continue;
    const known = processes.get(filter);
    if (known) known.push(reach);
    else processes.set(filter, [reach]);
  }
  return processes;
});
