import {
  entriesOf,
  entryOf,
  stringOf,
  stringsOf,
  valueAt,
  type DataDocument,
  type DataNode,
  type Entry,
  type Mapping,
} from "./data.ts";
import type { Source } from "./source.ts";

/** A list of variable patterns: `env`, `passThroughEnv`, `globalEnv` or `globalPassThroughEnv`. */
export interface EnvList {
  readonly entry: Entry;
  /** The patterns as written, without `$TURBO_EXTENDS$`. */
  readonly patterns: readonly string[];
  /** True where `$TURBO_EXTENDS$` adds the list to the inherited one instead of replacing it (turbo 2.7). */
  readonly extends: boolean;
}

/** One key of `tasks` (`build`, `web#build`, `//#build`) as one file writes it; an absent property is inherited. */
export interface TaskEntry {
  readonly key: string;
  readonly entry: Entry;
  readonly dependsOn?: readonly string[];
  readonly with?: readonly string[];
  readonly env?: EnvList;
  readonly passThroughEnv?: EnvList;
  /** `envMode` of a single task: hidden, since 2.1.3. */
  readonly envMode?: string;
  /** `extends: false` in a package configuration starts afresh or, alone, takes the task out of the package (turbo 2.7). */
  readonly extends?: boolean;
}

/** A turbo.json or turbo.jsonc. */
export interface TurboConfig {
  readonly kind: "turbo-config";
  readonly document: DataDocument;
  readonly source: Source;
  readonly node: Mapping;
  /** What a package configuration extends (`//` and packages); undefined in a root configuration. */
  readonly extends?: readonly string[];
  readonly tasks: ReadonlyMap<string, TaskEntry>;
  /** True for turbo 1.x, which calls `tasks` by another name that 2.x rejects. */
  readonly isPipeline: boolean;
  /** The mapping that holds the global options: the file itself or, under `futureFlags.globalConfiguration`, `global`. */
  readonly globals: Globals;
  readonly strictTaskEntrypointSelection: boolean;
}

/** Root options about the environment of every task. */
export interface Globals {
  readonly underGlobalKey: boolean;
  readonly env?: EnvList;
  readonly passThroughEnv?: EnvList;
  readonly envMode?: string;
}

/** Reads a turbo configuration; undefined where the file holds no object. */
export function readTurboConfig(document: DataDocument): TurboConfig | undefined {
  const { root, source } = document;
  if (root?.kind !== "mapping") return undefined;
  const extended = entryOf(root, "extends")?.value;
  const tasks = entryOf(root, "tasks");
  const pipeline = entryOf(root, "pipeline");
  return {
    kind: "turbo-config",
    document,
    source,
    node: root,
    tasks: new Map(entriesOf((tasks ?? pipeline)?.value).map((entry) => [entry.key, readTask(entry)])),
    isPipeline: !tasks && pipeline !== undefined,
    globals: readGlobals(root),
    strictTaskEntrypointSelection: isTrue(valueAt(root, "futureFlags", "strictTaskEntrypointSelection")),
    ...(extended && { extends: stringsOf(extended) }),
  };
}

function readTask(entry: Entry): TaskEntry {
  const list = (key: string): readonly string[] | undefined => {
    const value = entryOf(entry.value, key)?.value;
    return value?.kind === "sequence" ? stringsOf(value) : undefined;
  };
  const dependsOn = list("dependsOn");
  const siblings = list("with");
  const env = readEnvList(entryOf(entry.value, "env"));
  const passThroughEnv = readEnvList(entryOf(entry.value, "passThroughEnv"));
  const envMode = stringOf(entryOf(entry.value, "envMode")?.value);
  const inherits = entryOf(entry.value, "extends")?.value;
  return {
    key: entry.key,
    entry,
    ...(dependsOn && { dependsOn }),
    ...(siblings && { with: siblings }),
    ...(env && { env }),
    ...(passThroughEnv && { passThroughEnv }),
    ...(envMode !== undefined && { envMode }),
    ...(inherits?.kind === "scalar" && typeof inherits.value === "boolean" && { extends: inherits.value }),
  };
}

function readGlobals(root: Mapping): Globals {
  const underGlobalKey = isTrue(valueAt(root, "futureFlags", "globalConfiguration"));
  const holder = underGlobalKey ? entryOf(root, "global")?.value : root;
  const env = readEnvList(entryOf(holder, underGlobalKey ? "env" : "globalEnv"));
  const passThroughEnv = readEnvList(entryOf(holder, underGlobalKey ? "passThroughEnv" : "globalPassThroughEnv"));
  const envMode = stringOf(entryOf(holder, "envMode")?.value);
  return {
    underGlobalKey,
    ...(env && { env }),
    ...(passThroughEnv && { passThroughEnv }),
    ...(envMode !== undefined && { envMode }),
  };
}

function readEnvList(entry: Entry | undefined): EnvList | undefined {
  if (entry?.value.kind !== "sequence") return undefined;
  const items = stringsOf(entry.value);
  const patterns = items.filter((item) => item !== "$TURBO_EXTENDS$");
  return { entry, patterns, extends: patterns.length < items.length };
}

function isTrue(node: DataNode | undefined): boolean {
  return node?.kind === "scalar" && node.value === true;
}
