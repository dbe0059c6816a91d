import fc from "fast-check";
import type { RepositoryFiles } from "../support/temporary.ts";
import type { TurboVersion } from "./turbo-binaries.ts";
import { isNewest, oneIn, packageConfig, rootConfig, TASKS, type Json } from "./turbo-configs.ts";

/** The packages that a repository may have, each with the names that it may go by. */
const PACKAGES = [
  { directory: "apps/web", names: ["web", "@acme/web"] },
  { directory: "packages/ui", names: ["@acme/ui", "ui"] },
  { directory: "packages/lib", names: ["lib"] },
  { directory: "packages/deep/core", names: ["core", "@acme/lib", "ui"] },
] as const;
/** Folders in which turbo may be called, besides the root. */
export const FOLDERS = ["apps/web", "packages/ui", "packages/lib/src", "packages", "apps"];
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
/** Some tasks with a script. An empty one counts as none, except in older versions, which start it all the same. */
const scriptsFor = (version: TurboVersion): fc.Arbitrary<Json> =>
  fc
    .tuple(
      fc.subarray([...TASKS], { minLength: 2 }),
      fc.constantFrom(...Array<undefined>(9), isNewest(version) ? "" : undefined),
    )
    .map(([names, empty]) =>
      Object.fromEntries(names.map((name, index) => [name, index === 0 ? (empty ?? "x") : "x"] as const)),
    );

/** What a package depends on: mostly packages after it, so that few go round in circles, which older versions refuse. */
function dependencies(version: TurboVersion, names: readonly string[], index: number): fc.Arbitrary<Json> {
  const later = names.slice(index + 1);
  const internal = fc.oneof(
    { weight: 6, arbitrary: later.length > 0 ? fc.constantFrom(...later) : fc.constant("external") },
    { weight: 1, arbitrary: isNewest(version) ? fc.constantFrom(...names, "root") : fc.constant("root") },
  );
  const edge = fc.tuple(
    internal,
    fc.constantFrom(...KINDS),
    fc.constantFrom(...RANGES, ...(isNewest(version) ? ALIASES : [])),
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
    .constantFrom(1, 2, 3, 4, 4)
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
        rootName: isNewest(version)
          ? fc.constantFrom("root", "@acme/root", undefined)
          : fc.constantFrom("root", "@acme/root"),
        manager: fc.constantFrom(...MANAGERS),
        isMonorepo: fc.constantFrom(...Array<boolean>(15).fill(true), false),
        isJsonc: isNewest(version) ? fc.constantFrom(false, false, true) : fc.constant(false),
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
    const folder = PACKAGES[index]?.directory ?? "";
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
