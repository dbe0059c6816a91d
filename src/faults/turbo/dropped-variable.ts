import type { Entry } from "../../documents/data.ts";
import type { Place } from "../../documents/source.ts";
import type { EnvList, TurboConfig } from "../../documents/turbo-config.ts";
import type { Reach } from "../../project/trace/reach.ts";
import type { TaskFilter } from "../../project/turbo/task-environment.ts";

/** A variable that turbo takes away from a task that needs it, at the place where a declaration takes effect. */
export interface DroppedVariable {
  readonly name: string;
  /** The task's id: `web#build`. */
  readonly task: string;
  /** The task's `env` key where there is one, else the task's own key. */
  readonly place: Place;
  readonly config: TurboConfig;
  /** The key of `tasks` that is effective for the package. */
  readonly entry: Entry;
  /** The lists that are effective for the task, each with the key that it stands under. */
  readonly lists: Readonly<
    Record<"env" | "passThroughEnv", { readonly entry: Entry; readonly list: EnvList } | undefined>
  >;
  /** True where a `!` pattern takes it out, so that adding it changes nothing. */
  readonly isExcluded: boolean;
  /** True for turbo 1.x. */
  readonly isLegacy: boolean;
  /** What shows that the task needs it: a command that fails, something that reads it, or that a step sets it for nothing else. */
  readonly reason: "credential" | "read" | "unused";
  /** The command or file that needs it, with its place; empty for `unused`. */
  readonly reader: string;
  /** The step's command that leads to the task; for `unused` all of its commands that run turbo. */
  readonly from: string;
  /** Where a workflow sets the variable; the step's command where none does. */
  readonly setAt: Place;
  /** True where the task is the only one that it can be meant for. */
  readonly isOnlyTask: boolean;
}

/** What is told of a variable that a task's filter keeps from what is reached. */
export function droppedVariable(
  filter: TaskFilter,
  name: string,
  reach: Reach,
  shown: Pick<DroppedVariable, "isOnlyTask" | "reader" | "reason">,
): DroppedVariable {
  const { task } = filter;
  const { env, passThroughEnv, contributions } = task.definition;
  const [listed, passed] = [env, passThroughEnv].map((list) => list?.contributions.at(-1));
  // A list is effective where it was last replaced; without one, the first that says anything about the task is.
  const holder = listed ?? contributions[0];
  const verdict = filter.verdict(name);
  const outside = reach.environment.lookupUnfiltered(name);
  return {
    name,
    task: task.id,
    config: holder.config,
    entry: holder.task.entry,
    lists: {
      env: listed && { entry: listed.task.entry, list: listed.list },
      passThroughEnv: passed && { entry: passed.task.entry, list: passed.list },
    },
    place: { source: holder.config.source, range: (listed?.list ?? holder.task).entry.keyRange },
    isExcluded: verdict.known && !verdict.value.passes && verdict.value.isExcluded,
    isLegacy: task.turbo.isLegacy,
    from: `\`${reach.entry.text}\``,
    setAt: outside.state === "bound" && outside.place ? outside.place : reach.entry.place,
    ...shown,
  };
}
