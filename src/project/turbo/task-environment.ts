import { compare, intersects, valid, validRange } from "semver";
import { entryOf, stringsOf } from "../../documents/data.ts";
import { dependenciesOf, type DependencyKind } from "../../documents/manifest.ts";
import { known, unknown, type Known } from "../../documents/known.ts";
import { liesOutside, liesWithin } from "../../tools/version-range.ts";
import { BUILT_IN_CHANGES, FRAMEWORKS, IMPLICIT_GLOBAL_ENV } from "../../tools/turbo-environment.data.ts";
import type { RunTasks } from "../../commands/invocation.ts";
import type { Task } from "./task-graph.ts";
import type { TurboWorkspace } from "./turbo-workspace.ts";

/** Why a variable does not reach a task's process. */
export type FilterVerdict = { readonly passes: true } | { readonly passes: false; readonly isExcluded: boolean };

/** Which variables turbo lets through to one task. https://turborepo.dev/docs/crafting-your-repository/using-environment-variables */
export class TaskFilter {
  readonly task: Task;
  readonly #mode: Known<"strict" | "loose">;
  readonly #isGloballyLoose: boolean;
  readonly #frameworkInference: boolean;

  /** `turboEnvMode` is what `TURBO_ENV_MODE` holds where turbo runs. */
  constructor(
    task: Task,
    run: Pick<RunTasks, "envMode" | "frameworkInference">,
    turboEnvMode: Known<string | undefined>,
  ) {
    this.task = task;
    const global = globalMode(task, run.envMode, turboEnvMode);
    const { envMode } = task.definition;
    this.#mode = envMode === "strict" || envMode === "loose" ? known(envMode) : global;
    this.#isGloballyLoose = !global.known || global.value === "loose";
    this.#frameworkInference = run.frameworkInference;
  }

  /** Whether a variable that is set for turbo reaches the task's process. */
  verdict(name: string): Known<FilterVerdict> {
    if (!this.#mode.known) return this.#mode;
    if (this.#mode.value === "loose") return PASSES;
    const lists = listsOf(this.task);
    const key = `${String(this.#isGloballyLoose)}:${String(this.#frameworkInference)}:${name}`;
    let verdict = lists.verdicts.get(key);
    if (!verdict) lists.verdicts.set(key, (verdict = known(this.#judge(lists, name))));
    return verdict;
  }

  #judge({ globalEnv, globalPassThrough, env, pass, framework }: Lists, name: string): FilterVerdict {
    const { version } = this.task.turbo;
    // A strict task in a loose run does not get `globalPassThroughEnv`.
    const globalPass = this.#isGloballyLoose ? NO_PATTERNS : globalPassThrough;
    const implicit = IMPLICIT_GLOBAL_ENV.get(name);
    const isImplicit = implicit !== undefined && !liesOutside(version, implicit);
    const isGlobal =
      ((globalEnv.includes(name) || isImplicit) && !globalEnv.excludes(name)) ||
      (globalPass.includes(name) && !globalPass.excludes(name));
    const isOffered = isBuiltIn(name, version) || isGlobal;
    // Before 2.3.4 an exclusion in `passThroughEnv` did not touch what came from elsewhere.
    const excludesAll = !liesWithin(version, "<2.3.4");
    const isPassed =
      (isOffered && !(excludesAll && pass.excludes(name))) || (pass.includes(name) && !pass.excludes(name));
    const isInferred = this.#frameworkInference && framework.includes(name);
    const isKept = !(globalEnv.excludes(name) && !liesWithin(version, "<2.7.2"));
    const isHashed = (env.includes(name) || (isInferred && isKept)) && !env.excludes(name);
    if (isPassed || isHashed) return { passes: true };
    return { passes: false, isExcluded: [globalEnv, globalPass, pass, env].some((list) => list.excludes(name)) };
  }
}

const PASSES: Known<FilterVerdict> = known({ passes: true });

/** What is declared for a task, compiled, with what was judged by it. */
interface Lists {
  readonly globalEnv: Patterns;
  readonly globalPassThrough: Patterns;
  readonly env: Patterns;
  readonly pass: Patterns;
  readonly framework: Patterns;
  readonly verdicts: Map<string, Known<FilterVerdict>>;
}

const listsByTask = new WeakMap<Task, Lists>();

function listsOf(task: Task): Lists {
  let lists = listsByTask.get(task);
  if (!lists) {
    const { definition, turbo } = task;
    const { globals } = turbo.config;
    lists = {
      globalEnv: patternsOf([...(globals.env?.patterns ?? []), ...globalDependencyNames(turbo)]),
      globalPassThrough: patternsOf(globals.passThroughEnv?.patterns ?? []),
      env: patternsOf([...(definition.env?.patterns ?? []), ...dependencyNames(task)]),
      pass: patternsOf(definition.passThroughEnv?.patterns ?? []),
      framework: frameworkPatterns(task),
      verdicts: new Map(),
    };
    listsByTask.set(task, lists);
  }
  return lists;
}

/** turbo 1 took `$NAME` in `globalDependencies` for a variable. */
function globalDependencyNames({ isLegacy, config }: TurboWorkspace): readonly string[] {
  if (!isLegacy) return [];
  const items = stringsOf(entryOf(config.node, "globalDependencies")?.value);
  return items.filter((item) => item.startsWith("$")).map((item) => item.slice(1));
}

/** turbo 1 took `$NAME` in `dependsOn` for a variable; since 1.11 or 1.12 only for a task that has `env`. */
function dependencyNames({ turbo, definition }: Task): readonly string[] {
  const counts = turbo.isLegacy && (definition.env !== undefined || !liesWithin(turbo.version, ">=1.12.0"));
  const items = counts ? definition.dependsOn.filter((item) => item.startsWith("$")) : [];
  return items.map((item) => item.slice(1));
}

function globalMode(
  task: Task,
  flag: RunTasks["envMode"],
  turboEnvMode: Known<string | undefined>,
): Known<"strict" | "loose"> {
  const { config, isLegacy } = task.turbo;
  if (!flag.known) return flag;
  if (flag.value) return known(flag.value);
  if (!isLegacy) {
    if (!turboEnvMode.known) return unknown("`TURBO_ENV_MODE` is not known");
    if (turboEnvMode.value === "loose" || turboEnvMode.value === "strict") return known(turboEnvMode.value);
    if (config.globals.envMode === "loose") return known("loose");
    return known("strict");
  }
  // turbo 1.10–1.13 infers: the presence of a pass-through list makes all tasks, or the one task, strict.
  const isStrict = config.globals.passThroughEnv !== undefined || task.definition.passThroughEnv !== undefined;
  return known(isStrict ? "strict" : "loose");
}

/** One list of patterns: `!` excludes, `*` stands for any text, `\` makes a leading `!` or a `*` literal. */
export interface Patterns {
  includes(name: string): boolean;
  excludes(name: string): boolean;
}

/** Compiles a list of patterns; exclusion wins whatever the order. */
export function patternsOf(patterns: readonly string[]): Patterns {
  const compile = (pattern: string): RegExp => {
    const source = pattern
      .replace(/^\\!/, "!")
      .split(/(\\\*|\*)/)
      .map((part) =>
        part === "*" ? ".*" : part.replace(/^\\\*$/, "*").replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`),
      )
      .join("");
    return new RegExp(`^${source}$`, "s");
  };
  const included = patterns.filter((pattern) => !pattern.startsWith("!")).map(compile);
  const excluded = patterns.filter((pattern) => pattern.startsWith("!")).map((pattern) => compile(pattern.slice(1)));
  return {
    includes: (name) => included.some((pattern) => pattern.test(name)),
    excludes: (name) => excluded.some((pattern) => pattern.test(name)),
  };
}

const NO_PATTERNS = patternsOf([]);
const builtIns = new Map<string, boolean>();

/** Whether turbo passes a variable to every task, in the given version or in one of the range. */
export function isBuiltIn(name: string, version: string): boolean {
  const key = `${version}\0${name}`;
  let verdict = builtIns.get(key);
  if (verdict === undefined) builtIns.set(key, (verdict = findBuiltIn(name, version)));
  return verdict;
}

function findBuiltIn(name: string, version: string): boolean {
  const exact = valid(version);
  let current: readonly string[] = [];
  for (const [index, { since, add, remove }] of BUILT_IN_CHANGES.entries()) {
    if (exact !== null && compare(since, exact) > 0) break;
    current = [...current.filter((pattern) => !remove.includes(pattern)), ...add];
    const next = BUILT_IN_CHANGES[index + 1]?.since;
    const span = next === undefined ? `>=${since}` : `>=${since} <${next}`;
    const isPossible =
      exact === null && (validRange(version) === null || intersects(version, span, { includePrerelease: true }));
    if (isPossible && patternsOf(current).includes(name)) return true;
  }
  return exact !== null && patternsOf(current).includes(name);
}

/** What the framework of a package brings; where the version is a range, what it brings in any version of it. */
function frameworkPatterns({ turbo, package: member }: Task): Patterns {
  const dependencies = dependenciesOf(member.manifest, inspectedKinds(turbo));
  const isExternal = (name: string): boolean => dependencies.has(name) && !turbo.workspace.byName.has(name);
  const patterns: string[] = [];
  for (const table of FRAMEWORKS) {
    if (liesOutside(turbo.version, table.versions)) continue;
    for (const { dependencies: names, needs, patterns: found, versions } of table.frameworks) {
      if (!(needs === "all" ? names.every(isExternal) : names.some(isExternal))) continue;
      if (versions !== undefined && liesOutside(turbo.version, versions)) continue;
      patterns.push(...found);
      if (versions === undefined || liesWithin(turbo.version, versions)) break;
    }
  }
  return patternsOf(patterns);
}

/** In a single package not all dependencies tell the framework. */
function inspectedKinds({ workspace, version }: TurboWorkspace): readonly DependencyKind[] {
  if (workspace.isMonorepo) return ["dependencies", "devDependencies", "optionalDependencies"];
  return liesWithin(version, "<2.9.0") ? ["dependencies"] : ["dependencies", "devDependencies"];
}
