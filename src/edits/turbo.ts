import type { Entry } from "../documents/data.ts";
import type { EnvList, TurboConfig } from "../documents/turbo-config.ts";
import { appendToArray, addProperty } from "./json.ts";
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
  const array = effective?.list.entry.value;
  if (array?.kind === "sequence") return appendToArray(config.source, array, name);
  return entry.value.kind === "mapping"
    ? addProperty(config.source, entry.value, key, JSON.stringify([name]))
    : undefined;
}

function declareForAll(
  { config, name }: Declaration,
  key: "globalEnv" | "globalPassThroughEnv",
): readonly TextEdit[] | undefined {
  const { globals, source, node } = config;
  if (config.extends) return undefined;
  const array = (key === "globalEnv" ? globals.env : globals.passThroughEnv)?.entry.value;
  if (array?.kind === "sequence") return appendToArray(source, array, name);
  if (!globals.underGlobalKey) return addProperty(source, node, key, JSON.stringify([name]));
  const holder = node.entries.find((candidate) => candidate.key === "global")?.value;
  const underGlobal = key === "globalEnv" ? "env" : "passThroughEnv";
  return holder?.kind === "mapping" ? addProperty(source, holder, underGlobal, JSON.stringify([name])) : undefined;
}
