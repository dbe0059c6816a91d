import type { Step } from "../../documents/step.ts";
import type { StepRun } from "../../project/trace/job-run.ts";
import { allRuns } from "../../project/trace/runs.ts";
import type { Repository } from "../../project/repository.ts";
import { droppedCredentials } from "./dropped-credentials.ts";
import { droppedReads } from "./dropped-reads.ts";
import type { DroppedVariable } from "./dropped-variable.ts";
import { processesOf } from "./task-processes.ts";
import { unusedVariables } from "./unused-variables.ts";

const STRENGTH: readonly DroppedVariable["reason"][] = ["credential", "read", "unused"];

const droppedByRepository = (repository: Repository): readonly DroppedVariable[] => {
  const strongest = new Map<string, DroppedVariable>();
  for (const runs of runsBySteps(repository)) {
    const proven = runs.flatMap((run) => [
      ...droppedCredentials(repository, run),
      ...droppedReads(repository, runs, run),
    ]);
    const unused = [...unusedVariables(repository, runs)].filter(
      ({ name }) => !proven.some((dropped) => dropped.name === name),
    );
    for (const dropped of [...proven, ...unused]) {
      const key = `${dropped.place.source.path}:${dropped.entry.key}:${dropped.name}`;
      const known = strongest.get(key);
      if (!known || STRENGTH.indexOf(dropped.reason) < STRENGTH.indexOf(known.reason)) strongest.set(key, dropped);
    }
  }
  return [...strongest.values()];
};

/** All runs of each step that leads to a task in one of them: by the combinations of a matrix, and by its callers. */
function runsBySteps(repository: Repository): readonly (readonly StepRun[])[] {
  const groups = new Map<Step, StepRun[]>();
  for (const run of allRuns(repository).flatMap(({ steps }) => steps)) {
    const group = groups.get(run.step);
    if (group) group.push(run);
    else groups.set(run.step, [run]);
  }
  return [...groups.values()].filter((runs) => runs.some((run) => processesOf(run).size > 0));
}

/** The variables that a turbo configuration lacks. */
export function droppedVariables(repository: Repository, path: string): readonly DroppedVariable[] {
  return repository.derive(droppedByRepository).filter(({ config }) => config.source.path === path);
}
