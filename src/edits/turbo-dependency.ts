import type { Entry } from "../documents/data.ts";
import type { TurboConfig } from "../documents/turbo-config.ts";
import { addProperty, appendToArray } from "./json.ts";
import type { TextEdit } from "./text-edit.ts";

/** Makes a task wait for another one: adds an item to the list that is in force, or a list to the task. */
export function addDependency(
  { source }: TurboConfig,
  task: Entry,
  dependsOn: Entry | undefined,
  item: string,
): readonly TextEdit[] | undefined {
  if (dependsOn) return dependsOn.value.kind === "sequence" ? appendToArray(source, dependsOn.value, item) : undefined;
  return task.value.kind === "mapping"
    ? addProperty(source, task.value, "dependsOn", JSON.stringify([item]))
    : undefined;
}
