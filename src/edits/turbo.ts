import type { DroppedVariable } from "../project/dropped-variables.ts";
import { appendToArray, addProperty } from "./json.ts";
import type { TextEdit } from "./text-edit.ts";

/** The keys of a turbo configuration under which a variable can be declared. */
export type DeclarationKey = "env" | "globalEnv" | "globalPassThroughEnv" | "passThroughEnv";

/** Declares a variable; undefined where that would not take effect, or would change what other variables get. */
export function declareVariable(dropped: DroppedVariable, key: DeclarationKey): readonly TextEdit[] | undefined {
  const { config, entry, isExcluded, name, task } = dropped;
  const isPassThrough = key === "passThroughEnv" || key === "globalPassThroughEnv";
  // In turbo 1.x a pass-through list makes the environment strict, and hides every other variable.
  if (isExcluded || (isPassThrough && task.turbo.isLegacy)) return undefined;
  const { source } = config;
  if (key === "env" || key === "passThroughEnv") {
    const list = task.definition[key]?.contributions.at(-1);
    if (list && list.task.entry !== entry) return undefined;
    if (list?.list.entry.value.kind === "sequence") return appendToArray(source, list.list.entry.value, name);
    return entry.value.kind === "mapping" ? addProperty(source, entry.value, key, JSON.stringify([name])) : undefined;
  }
  if (config.extends) return undefined;
  const { underGlobalKey, ...globals } = config.globals;
  const list = key === "globalEnv" ? globals.env : globals.passThroughEnv;
  if (list?.entry.value.kind === "sequence") return appendToArray(source, list.entry.value, name);
  if (!underGlobalKey) return addProperty(source, config.node, key, JSON.stringify([name]));
  const holder = config.node.entries.find((candidate) => candidate.key === "global")?.value;
  const underGlobal = key === "globalEnv" ? "env" : "passThroughEnv";
  return holder?.kind === "mapping" ? addProperty(source, holder, underGlobal, JSON.stringify([name])) : undefined;
}
