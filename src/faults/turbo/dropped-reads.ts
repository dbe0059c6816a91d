import { describePlace } from "../../documents/source.ts";
import { isCertainlyReached } from "../../project/trace/certainty.ts";
import type { StepRun } from "../../project/trace/job-run.ts";
import type { Repository } from "../../project/repository.ts";
import { patternsOf, type TaskFilter } from "../../project/turbo/task-environment.ts";
import { droppedVariable, type DroppedVariable } from "./dropped-variable.ts";
import { evidenceOf } from "./evidence.ts";
import { processesOf } from "./task-processes.ts";

/** Variables that a workflow sets and that a process of a task provably reads. */
export function* droppedReads(
  repository: Repository,
  runs: readonly StepRun[],
  run: StepRun,
): Generator<DroppedVariable> {
  const own = new Set([...run.step.env.entries.map(({ name }) => name), ...shellNames(run)]);
  const names = new Set([...namesSetFor(run), ...own]);
  // A variable that reaches one of the tasks may be meant for that one alone.
  const isServed = (name: string): boolean =>
    runs
      .flatMap((other) => [...processesOf(other).values()])
      .some(([reach]) => reach?.environment.lookup(name).state === "bound");
  for (const [filter, reaches] of processesOf(run)) {
    const certain = reaches.filter((reach) => isCertainlyReached(run, reach));
    for (const name of certain.length > 0 ? names : []) {
      // For some of its commands the task's script may set it itself.
      const kept = certain.filter(({ environment }) => environment.lookup(name).state === "filtered");
      const [first] = kept;
      const answer = first?.environment.lookup(name);
      if (!first || answer?.state !== "filtered" || answer.outside.state !== "bound") continue;
      const { value } = answer.outside;
      if (value.known && value.value === "") continue;
      const isChosen = !own.has(name) && isDeclaredForAnother(repository, filter, name);
      const isOwn = own.has(name) && !isServed(name);
      // What an executed file lacks it may find in a dotenv file that a step has made.
      const proof = isChosen || (!isOwn && run.effects.dotenv !== undefined) ? "none" : isOwn ? "compiled" : "executed";
      const evidence = evidenceOf(repository, filter.task, kept, name, proof);
      if (!evidence) continue;
      const reader = `\`${evidence.reader}\` (${describePlace(evidence.place)})`;
      for (const blocking of answer.filters)
        yield droppedVariable(blocking, name, first, { reason: "read", reader, isOnlyTask: true });
    }
  }
}

/** Whether a variable that a whole job has is declared for some of turbo's tasks, and so by choice not for the others. */
function isDeclaredForAnother(repository: Repository, { task }: TaskFilter, name: string): boolean {
  const { config, workspace } = task.turbo;
  const configs = [config, ...workspace.members.map(({ directory }) => repository.turboConfig(directory))];
  const entries = configs.flatMap((config) => [...(config?.tasks.values() ?? [])]);
  return entries
    .flatMap(({ env, passThroughEnv }) => [env, passThroughEnv])
    .some((list) => list !== undefined && patternsOf(list.patterns).includes(name));
}

/** The variables that a step's own script exports, or sets before a command. */
function shellNames({ reaches }: StepRun): readonly string[] {
  const commands = reaches.filter(({ filters }) => filters.length === 0).map(({ located }) => located.command);
  return commands.flatMap(({ assignments, variables }) =>
    [...assignments, ...variables.values()].flatMap(({ name, reach }) => (reach === "exported" ? [name] : [])),
  );
}

/** The variables that the workflow, the job, the step and earlier steps set, by their names in the files. */
function namesSetFor({ workflow, job, step, written }: StepRun): readonly string[] {
  const blocks = [workflow.env, job.env, step.env];
  return [...blocks.flatMap(({ entries }) => entries.map(({ name }) => name)), ...written];
}
