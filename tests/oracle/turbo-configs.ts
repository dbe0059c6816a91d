import fc from "fast-check";
import type { TurboVersion } from "./turbo-binaries.ts";
import { modes, patterns } from "./turbo-variables.ts";

/** An object to be written as JSON. */
export type Json = Readonly<Record<string, unknown>>;

/** Tasks in the order in which they usually wait for each other. */
export const TASKS = ["codegen", "build", "test", "lint"] as const;

type Task = (typeof TASKS)[number];

/** Whether a version is the one that knows all features. */
export function isNewest(version: TurboVersion): boolean {
  return version === "2.11.11";
}

function isFirst(version: TurboVersion): boolean {
  return version === "1.13.4";
}

/** An object of which absent values are left out. */
function compact(object: Json): Json {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
}

/** A value in one of so many cases, otherwise nothing. */
export function oneIn<T>(share: number, value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.integer({ min: 1, max: share }).chain((drawn) => (drawn === 1 ? value : fc.constant(undefined)));
}

/** One item of `dependsOn` of a task; mostly one that exists and does not lead back. */
function dependency(version: TurboVersion, task: Task | undefined, names: readonly string[]): fc.Arbitrary<string> {
  const rank = task === undefined ? TASKS.length : TASKS.indexOf(task);
  const earlier = TASKS.slice(0, rank);
  const named = fc.constantFrom(...names);
  const lower = earlier.length > 0 ? fc.constantFrom(...earlier) : fc.constant("^codegen");
  return fc.oneof(
    { weight: 24, arbitrary: lower },
    { weight: 24, arbitrary: fc.constantFrom(...TASKS).map((name) => `^${name}`) },
    { weight: 8, arbitrary: fc.tuple(named, lower).map(([name, item]) => `${name}#${item}`) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(...TASKS, "nothing", "^nothing", "//#codegen", "//#lint", "web#nothing"),
    },
    ...(isFirst(version) ? [{ weight: 6, arbitrary: fc.constantFrom("$API_KEY", "$FOO") }] : []),
  );
}

/** A list that may add to the inherited one, where the version knows that. */
function inheriting(
  version: TurboVersion,
  list: fc.Arbitrary<readonly string[]>,
  isPackage: boolean,
): fc.Arbitrary<readonly string[]> {
  if (!isPackage || !isNewest(version)) return list;
  return fc
    .tuple(list, fc.constantFrom("no", "no", "first", "last"))
    .map(([items, place]) =>
      place === "no" ? items : place === "first" ? ["$TURBO_EXTENDS$", ...items] : [...items, "$TURBO_EXTENDS$"],
    );
}

function definition(
  version: TurboVersion,
  task: Task | undefined,
  names: readonly string[],
  isPackage: boolean,
): fc.Arbitrary<Json> {
  const list = (share: number, items: fc.Arbitrary<readonly string[]>): fc.Arbitrary<readonly string[] | undefined> =>
    oneIn(share, inheriting(version, items, isPackage));
  const absent = fc.constant(undefined);
  return (
    fc
      .record({
        dependsOn: list(2, fc.array(dependency(version, task, names), { maxLength: 2 })),
        env: list(2, patterns),
        passThroughEnv: list(3, patterns),
        cache: fc.constantFrom(undefined, undefined, false),
        with: isNewest(version) && !isPackage ? oneIn(12, siblings(names)) : absent,
        envMode: isNewest(version) ? fc.constantFrom(...Array<undefined>(9), "strict", "loose") : absent,
        extends: isPackage && isNewest(version) ? fc.constantFrom(...Array<undefined>(6), false, true) : absent,
      })
      .map(compact)
      // Alone it takes the task out, which the newest version lists all the same: see turbo-cases.test.ts.
      .map((task) => (task["extends"] === false ? { cache: true, ...task } : task))
  );
}

function siblings(names: readonly string[]): fc.Arbitrary<readonly string[]> {
  const item = fc.oneof(
    fc.constantFrom(...TASKS),
    fc.tuple(fc.constantFrom(...names), fc.constantFrom(...TASKS)).map(([name, task]) => `${name}#${task}`),
  );
  return fc.array(item, { minLength: 1, maxLength: 2 });
}

/** The `tasks` of the root: most of the plain ones, and some of one package or of the root. */
function rootTasks(version: TurboVersion, names: readonly string[]): fc.Arbitrary<Json> {
  const plain = fc.tuple(
    ...TASKS.map((task) =>
      fc.oneof(
        { weight: 24, arbitrary: definition(version, task, names, false) },
        { weight: 1, arbitrary: fc.constant(undefined) },
      ),
    ),
  );
  const owned = fc.array(
    fc
      .tuple(fc.constantFrom(...names, "//", "nobody"), fc.constantFrom(...TASKS))
      .chain(([name, task]) => definition(version, task, names, false).map((value) => [`${name}#${task}`, value])),
    { maxLength: 2 },
  );
  return fc.tuple(plain, owned).map(([definitions, more]) =>
    compact({
      ...Object.fromEntries(TASKS.map((task, index) => [task, definitions[index]])),
      ...(Object.fromEntries(more) as Json),
    }),
  );
}

/** The turbo.json of the root. */
export function rootConfig(version: TurboVersion, names: readonly string[]): fc.Arbitrary<Json> {
  const list = oneIn(2, patterns);
  return fc
    .record({
      tasks: rootTasks(version, names),
      env: list,
      passThroughEnv: list,
      envMode: isFirst(version) ? fc.constant(undefined) : modes,
      isUnderGlobal: isNewest(version) ? fc.constantFrom(false, false, true) : fc.constant(false),
      isStrictEntry: isNewest(version) ? fc.constantFrom(...Array<undefined>(3), true) : fc.constant(undefined),
      globalDependencies: isFirst(version)
        ? fc.constantFrom(undefined, undefined, ["$API_KEY", "x"], ["$FOO"])
        : fc.constant(undefined),
    })
    .map(({ tasks, env, passThroughEnv, envMode, isUnderGlobal, isStrictEntry, globalDependencies }) => {
      const globals = isUnderGlobal
        ? { global: compact({ env, passThroughEnv, envMode }) }
        : { globalEnv: env, globalPassThroughEnv: passThroughEnv, envMode };
      const flags = compact({
        globalConfiguration: isUnderGlobal || undefined,
        strictTaskEntrypointSelection: isStrictEntry,
      });
      return compact({
        [isFirst(version) ? "pipeline" : "tasks"]: tasks,
        globalDependencies,
        ...globals,
        futureFlags: Object.keys(flags).length > 0 ? flags : undefined,
      });
    });
}

/** The turbo.json of a package. */
export function packageConfig(version: TurboVersion, names: readonly string[], own: string): fc.Arbitrary<Json> {
  const others = names.filter((name) => name !== own);
  return fc
    .record({
      tasks: fc.tuple(...TASKS.map((task) => oneIn(2, definition(version, task, names, true)))),
      more: isNewest(version) && others.length > 0 ? fc.subarray(others, { maxLength: 1 }) : fc.constant([]),
      isMore: fc.constantFrom(false, false, true),
    })
    .map(({ tasks, more, isMore }) => ({
      extends: ["//", ...(isMore ? more : [])],
      [isFirst(version) ? "pipeline" : "tasks"]: compact(
        Object.fromEntries(TASKS.map((task, index) => [task, tasks[index]])),
      ),
    }));
}
