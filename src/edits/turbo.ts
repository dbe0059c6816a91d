import { entryOf, type DataNode, type Entry } from "../documents/data.ts";
import type { EnvList, TurboConfig } from "../documents/turbo-config.ts";
import { addProperty, appendToArray } from "./json.ts";
import type { TextEdit } from "./text-edit.ts";

/** The keys of a turbo configuration under which a variable can be declared. */
export type DeclarationKey = "env" | "globalEnv" | "globalPassThroughEnv" | "passThroughEnv";

/** A variable to declare for a task. */
export interface Declaration {
  readonly name: string;
  readonly config: TurboConfig;
  /** The key of `tasks` that is effective for the package. */
  readonly entry: Entry;
  /** The lists that are effective for the task: with the entry that they stand under, or absent. */
  readonly lists: Readonly<
    Record<"env" | "passThroughEnv", { readonly entry: Entry; readonly list: EnvList } | undefined>
  >;
  /** True where a `!` pattern takes the variable out, so that declaring it changes nothing. */
  readonly isExcluded: boolean;
  /** True for turbo 1.x, where a pass-through list makes the environment strict and hides every other variable. */
  readonly isLegacy: boolean;
}

/** Declares a variable; undefined where that would not take effect, or would change what other variables get. */
export function declareVariable(declaration: Declaration, key: DeclarationKey): readonly TextEdit[] | undefined {
  const { isExcluded, isLegacy } = declaration;
  const isPassThrough = key === "passThroughEnv" || key === "globalPassThroughEnv";
  if (isExcluded || (isPassThrough && isLegacy)) return undefined;
  return key === "env" || key === "passThroughEnv" ? declareForTask(declaration, key) : declareForAll(declaration, key);
}

function declareForTask(declaration: Declaration, key: "env" | "passThroughEnv"): readonly TextEdit[] | undefined {
  const { config, entry, lists, name } = declaration;
  const effective = lists[key];
  // A list in another file or under another key would be replaced by a new one here.
  if (effective && effective.entry !== entry) return undefined;
  return addToList(config, entry.value, key, effective?.list.entry.value, name);
}

function declareForAll(
  { config, name }: Declaration,
  key: "globalEnv" | "globalPassThroughEnv",
): readonly TextEdit[] | undefined {
  const { globals, node } = config;
  if (config.extends) return undefined;
  const underGlobal = key === "globalEnv" ? "env" : "passThroughEnv";
  const list = globals[underGlobal]?.entry.value;
  return globals.underGlobalKey
    ? addToList(config, entryOf(node, "global")?.value, underGlobal, list, name)
    : addToList(config, node, key, list, name);
}

/** Makes a task wait for another one; `dependsOn` is what is in force, where there is such a list. */
export function addDependency(
  config: TurboConfig,
  task: Entry,
  dependsOn: Entry | undefined,
  item: string,
): readonly TextEdit[] | undefined {
  return addToList(config, task.value, "dependsOn", dependsOn?.value, item);
}

/** Adds an item to a list or, where there is none, the list to what holds it. */
function addToList(
  { source }: TurboConfig,
  holder: DataNode | undefined,
  key: string,
  list: DataNode | undefined,
  item: string,
): readonly TextEdit[] | undefined {
  if (list?.kind === "sequence") return appendToArray(source, list, item);
  return holder?.kind === "mapping" ? addProperty(source, holder, key, JSON.stringify([item])) : undefined;
}
