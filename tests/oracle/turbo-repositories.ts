import fc from "fast-check";
import type { RepositoryFiles } from "../support/temporary.ts";
import type { TurboVersion } from "./turbo-binaries.ts";
import { modeOf, patterns } from "./turbo-variables.ts";

/** The packages that a repository may have, each with the names that it may go by. */
export const PACKAGES = [
  { directory: "apps/web", names: ["web", "@acme/web"] },
  { directory: "packages/ui", names: ["@acme/ui", "ui"] },
  { directory: "packages/lib", names: ["lib"] },
  { directory: "packages/deep/core", names: ["core", "@acme/lib", "ui"] },
] as const;
/** Folders in which turbo may be called, besides the root. */
export const FOLDERS = ["apps/web", "packages/ui", "packages/lib/src", "packages", "apps"];
/** Tasks in the order in which they usually wait for each other. */
export const TASKS = ["codegen", "build", "test", "lint"] as const;

type Task = (typeof TASKS)[number];
type Json = Readonly<Record<string, unknown>>;

const RANGES = [
  ..."* * * workspace:* workspace:^ ^1.0.0 ^9.0.0 1.0.0 >=1 latest next file:../lib link:../../packages/ui".split(" "),
  ..."workspace:* workspace:* user/repo npm:@acme/ui@1 npm:^1.0.0 workspace:^9.0.0 1.x git+https://example.com/a.git file:../../../outside ~1.0 || -".split(
    " ",
  ),
];
/** Ranges that mean another package than their name says. */
const ALIASES = ["workspace:lib@*", "workspace:@acme/ui@^", "workspace:../../packages/ui", "workspace:./nowhere"];
const FRAMEWORKS = ["next", "vite", "astro", "nuxt", "@sveltejs/kit", "react-scripts", "expo", "gatsby", "solid-js"];
const MORE_FRAMEWORKS = [
  "nitropack",
  "@remix-run/dev",
  "@react-router/dev",
  "@vue/cli-service",
  "@sanity/cli",
  "blitz",
];
const KINDS = ["dependencies", "dependencies", "devDependencies", "optionalDependencies", "peerDependencies"];
const MANAGERS = [
  "npm@10.9.0",
  "npm@10.9.0",
  "npm@10.9.0",
  "pnpm@9.15.0",
  "pnpm@8.15.0",
  "yarn@1.22.22",
  "yarn@4.5.0",
  "bun@1.2.0",
];
const NEWEST: TurboVersion = "2.11.11";
const FEATURES = { with: "2.11.11", inheritance: "2.11.11", taskMode: "2.11.11", flags: "2.11.11" } as const;

function has(version: TurboVersion, feature: keyof typeof FEATURES): boolean {
  return version === FEATURES[feature];
}

/** An object of which absent values are left out. */
function compact(object: Json): Json {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
}

/** A value in one of so many cases, otherwise nothing. */
function oneIn<T>(share: number, value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.integer({ min: 1, max: share }).chain((drawn) => (drawn === 1 ? value : fc.constant(undefined)));
}

/** One item of `dependsOn` of a task; mostly one that exists and does not lead back. */
function dependency(version: TurboVersion, task: Task | undefined, names: readonly string[]): fc.Arbitrary<string> {
  const rank = task === undefined ? TASKS.length : TASKS.indexOf(task);
  const earlier = TASKS.slice(0, rank);
  const named = fc.constantFrom(...names);
  const lower = earlier.length > 0 ? fc.constantFrom(...earlier) : fc.constant("^codegen");
  return fc.oneof(
    { weight: 8, arbitrary: lower },
    { weight: 8, arbitrary: fc.constantFrom(...TASKS).map((name) => `^${name}`) },
    { weight: 3, arbitrary: fc.tuple(named, lower).map(([name, item]) => `${name}#${item}`) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(...TASKS, "nothing", "^nothing", "//#codegen", "//#lint", "web#nothing"),
    },
    ...(version === "1.13.4" ? [{ weight: 2, arbitrary: fc.constantFrom("$API_KEY", "$FOO") }] : []),
  );
}

/** A list that may add to the inherited one, where the version knows that. */
function inheriting(
  version: TurboVersion,
  list: fc.Arbitrary<readonly string[]>,
  isPackage: boolean,
): fc.Arbitrary<readonly string[]> {
  if (!isPackage || !has(version, "inheritance")) return list;
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
        with: has(version, "with") && !isPackage ? oneIn(12, siblings(names)) : absent,
        envMode: has(version, "taskMode") ? fc.constantFrom(...Array<undefined>(9), "strict", "loose") : absent,
        extends:
          isPackage && has(version, "inheritance") ? fc.constantFrom(...Array<undefined>(6), false, true) : absent,
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
        { weight: 6, arbitrary: definition(version, task, names, false) },
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

function rootConfig(version: TurboVersion, names: readonly string[]): fc.Arbitrary<Json> {
  const list = oneIn(2, patterns);
  return fc
    .record({
      tasks: rootTasks(version, names),
      env: list,
      passThroughEnv: list,
      envMode: version === "1.13.4" ? fc.constant(undefined) : modeOf,
      isUnderGlobal: has(version, "flags") ? fc.constantFrom(false, false, true) : fc.constant(false),
      isStrictEntry: has(version, "flags") ? fc.constantFrom(...Array<undefined>(3), true) : fc.constant(undefined),
      globalDependencies:
        version === "1.13.4"
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
        [version === "1.13.4" ? "pipeline" : "tasks"]: tasks,
        globalDependencies,
        ...globals,
        futureFlags: Object.keys(flags).length > 0 ? flags : undefined,
      });
    });
}

function packageConfig(version: TurboVersion, names: readonly string[], own: string): fc.Arbitrary<Json> {
  const others = names.filter((name) => name !== own);
  return fc
    .record({
      tasks: fc.tuple(...TASKS.map((task) => oneIn(2, definition(version, task, names, true)))),
      more: has(version, "inheritance") && others.length > 0 ? fc.subarray(others, { maxLength: 1 }) : fc.constant([]),
      isMore: fc.constantFrom(false, false, true),
    })
    .map(({ tasks, more, isMore }) => ({
      extends: ["//", ...(isMore ? more : [])],
      [version === "1.13.4" ? "pipeline" : "tasks"]: compact(
        Object.fromEntries(TASKS.map((task, index) => [task, tasks[index]])),
      ),
    }));
}

/** Some tasks with a script. An empty one counts as none, except in older versions, which start it all the same. */
const scriptsFor = (version: TurboVersion): fc.Arbitrary<Json> =>
  fc
    .tuple(
      fc.subarray([...TASKS], { minLength: 1 }),
      fc.constantFrom(...Array<undefined>(9), version === NEWEST ? "" : undefined),
    )
    .map(([names, empty]) =>
      Object.fromEntries(names.map((name, index) => [name, index === 0 ? (empty ?? "x") : "x"] as const)),
    );

/** What a package depends on: mostly packages after it, so that few go round in circles, which older versions refuse. */
function dependencies(version: TurboVersion, names: readonly string[], index: number): fc.Arbitrary<Json> {
  const later = names.slice(index + 1);
  const internal = fc.oneof(
    { weight: 6, arbitrary: later.length > 0 ? fc.constantFrom(...later) : fc.constant("external") },
    { weight: 1, arbitrary: version === NEWEST ? fc.constantFrom(...names, "root") : fc.constant("root") },
  );
  const edge = fc.tuple(
    internal,
    fc.constantFrom(...KINDS),
    fc.constantFrom(...RANGES, ...(version === NEWEST ? ALIASES : [])),
  );
  const framework = fc.tuple(
    fc.constantFrom(...FRAMEWORKS, ...FRAMEWORKS, ...MORE_FRAMEWORKS, "solid-start", "nuxt3", "react-dev-utils"),
    fc.constantFrom(...KINDS),
    fc.constant("*"),
  );
  return fc
    .tuple(fc.array(edge, { maxLength: 3 }), fc.array(framework, { maxLength: 2 }))
    .map(([internals, frameworks]) => {
      const declared: Record<string, Record<string, string>> = {};
      for (const [name, kind, range] of [...internals, ...frameworks]) (declared[kind] ??= {})[name] = range;
      return declared;
    });
}

/** A repository of a version of turbo, as files. */
export interface GeneratedRepository {
  readonly version: TurboVersion;
  readonly names: readonly string[];
  readonly files: RepositoryFiles;
}

/** Any repository that a version of turbo may be run on. */
export function repositories(version: TurboVersion): fc.Arbitrary<GeneratedRepository> {
  return fc
    .integer({ min: 1, max: PACKAGES.length })
    .chain((count) => fc.tuple(...PACKAGES.slice(0, count).map(({ names }) => fc.constantFrom(...names))))
    .chain((chosen) => {
      const names = [...new Set<string>(chosen)];
      const members = fc.tuple(
        ...names.map((name, index) =>
          fc.record({
            scripts: scriptsFor(version),
            version: fc.constantFrom("1.0.0", "1.0.0", "1.2.3-beta.1", undefined, "0.0.0"),
            dependencies: dependencies(version, names, index),
            config: oneIn(2, packageConfig(version, names, name)),
          }),
        ),
      );
      return fc.record({
        names: fc.constant(names),
        members,
        config: rootConfig(version, names),
        root: fc.record({
          scripts: scriptsFor(version),
          dependencies: dependencies(version, names, -1),
          hasInternals: fc.constantFrom(false, false, true),
        }),
        rootName:
          version === "2.11.11"
            ? fc.constantFrom("root", "@acme/root", undefined)
            : fc.constantFrom("root", "@acme/root"),
        manager: fc.constantFrom(...MANAGERS),
        isMonorepo: fc.constantFrom(...Array<boolean>(15).fill(true), false),
        isJsonc: has(version, "flags") ? fc.constantFrom(false, false, true) : fc.constant(false),
      });
    })
    .map((plan) => ({ version, names: plan.names, files: filesOf(version, plan) }));
}

interface Plan {
  readonly names: readonly string[];
  readonly members: readonly {
    readonly scripts: Json;
    readonly version: string | undefined;
    readonly dependencies: Json;
    readonly config: Json | undefined;
  }[];
  readonly config: Json;
  readonly root: { readonly scripts: Json; readonly dependencies: Json; readonly hasInternals: boolean };
  readonly rootName: string | undefined;
  readonly manager: string;
  readonly isMonorepo: boolean;
  readonly isJsonc: boolean;
}

function filesOf(version: TurboVersion, plan: Plan): RepositoryFiles {
  const globs = ["apps/*", "packages/*", "packages/deep/*"];
  const isPnpm = plan.manager.startsWith("pnpm");
  const declared = plan.root.hasInternals ? plan.root.dependencies : {};
  const config = plan.isMonorepo ? plan.config : { ...plan.config, ...withoutPackages(plan.config) };
  const files: Record<string, string> = {
    "package.json": write({
      name: plan.rootName,
      private: true,
      packageManager: plan.manager,
      workspaces: plan.isMonorepo && !isPnpm ? globs : undefined,
      scripts: plan.root.scripts,
      ...declared,
      devDependencies: { ...(declared["devDependencies"] as Json | undefined), turbo: version },
    }),
    [plan.isJsonc ? "turbo.jsonc" : "turbo.json"]: write(config, plan.isJsonc ? "// turbo\n" : ""),
    ...Object.fromEntries(FOLDERS.map((folder) => [`${folder}/notes.md`, ""])),
  };
  if (plan.isMonorepo && isPnpm) files["pnpm-workspace.yaml"] = `packages: ${JSON.stringify(globs)}\n`;
  for (const [index, member] of plan.members.entries()) {
    const directory = PACKAGES.find(({ names }) =>
      (names as readonly string[]).includes(plan.names[index] ?? ""),
    )?.directory;
    const folder = PACKAGES[index]?.directory ?? directory ?? "";
    files[`${folder}/package.json`] = write({
      name: plan.names[index],
      version: member.version,
      scripts: member.scripts,
      ...member.dependencies,
    });
    if (member.config) files[`${folder}/turbo.json`] = write(extendingConfigured(plan, index, member.config));
  }
  return files;
}

/** Only a package with a configuration of its own can be extended, and not in circles. */
function extendingConfigured({ names, members }: Plan, own: number, config: Json): Json {
  const extended = (config["extends"] as string[]).filter(
    (name) => name === "//" || (names.indexOf(name) > own && members[names.indexOf(name)]?.config),
  );
  return { ...config, extends: extended };
}

/** In a single package tasks of other packages are an error, and scripts without a definition are tasks too. */
function withoutPackages(config: Json): Json {
  const key = "pipeline" in config ? "pipeline" : "tasks";
  const entries = Object.entries(config[key] as Json).filter(([name]) => !name.includes("#"));
  return { [key]: { ...Object.fromEntries(TASKS.map((task) => [task, {}])), ...Object.fromEntries(entries) } };
}

function write(value: Json, head = ""): string {
  return `${head}${JSON.stringify(value, undefined, 2)}\n`;
}
