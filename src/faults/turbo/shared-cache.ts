import { actionName } from "../../documents/uses.ts";
import type { StepRun } from "../../project/trace/job-run.ts";
import type { Reach } from "../../project/trace/reach.ts";
import { settingOf } from "../../project/turbo/turbo-workspace.ts";
import { CACHE_ACTIONS } from "../../tools/quiet-commands.data.ts";
import type { TaskFilter } from "../../project/turbo/task-environment.ts";

/** Whether turbo may take a result of another machine instead of running what is reached: it shares a cache, and keeps the task's results. */
export function mayBeCached({ job }: StepRun, { environment, filters }: Reach): boolean {
  if (!filters.some(isKept)) return false;
  const isRestored = job.steps.some(
    ({ uses, inputs }) =>
      uses && CACHE_ACTIONS.has(actionName(uses) ?? "") && inputs.get("path")?.text.includes("turbo"),
  );
  return isRestored || environment.lookupUnfiltered("TURBO_TOKEN").state !== "absent";
}

function isKept({ task }: TaskFilter): boolean {
  const value = settingOf(task.definition, "cache");
  return !(value?.kind === "scalar" && value.value === false);
}
