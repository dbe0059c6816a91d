import type { RepositoryFiles } from "../support/temporary.ts";
import type { TurboCall, TurboVersion } from "./turbo-binaries.ts";

type Json = Readonly<Record<string, unknown>>;

/** What a case's repository is made of; what is left out is as in {@link repositoryOf}. */
export interface Setup {
  /** `tasks` of the root, or `pipeline`. */
  readonly tasks?: Json;
  /** Further keys of the root's turbo.json and package.json. */
  readonly turbo?: Json;
  readonly root?: Json;
  /** Further keys of the manifests of `web`, `ui` and `lib`. */
  readonly web?: Json;
  readonly ui?: Json;
  /** Tasks in the package configuration of `web`. */
  readonly webTasks?: Json;
  readonly files?: RepositoryFiles;
}

const SCRIPTS = { build: "x", test: "x" };

/** `web` depends on `ui`, `lib` stands alone; each has the scripts `build` and `test`, and turbo knows both tasks. */
export function repositoryOf(version: TurboVersion, setup: Setup): RepositoryFiles {
  const key = version === "1.13.4" ? "pipeline" : "tasks";
  const manifest = (name: string, more: Json = {}): string =>
    JSON.stringify({ name, version: "1.0.0", scripts: SCRIPTS, ...more });
  return {
    "package.json": manifest("root", {
      packageManager: "npm@10.9.0",
      workspaces: ["apps/*", "packages/*"],
      ...setup.root,
      devDependencies: { turbo: version, ...(setup.root?.["devDependencies"] as Json | undefined) },
    }),
    "turbo.json": JSON.stringify({ [key]: setup.tasks ?? { build: {}, test: {} }, ...setup.turbo }),
    "apps/web/package.json": manifest("web", { dependencies: { ui: "*" }, ...setup.web }),
    "packages/ui/package.json": manifest("ui", setup.ui),
    "packages/lib/package.json": manifest("lib"),
    ...(setup.webTasks && { "apps/web/turbo.json": JSON.stringify({ extends: ["//"], [key]: setup.webTasks }) }),
    ...setup.files,
  };
}

/** What is expected of all versions, or of each; those that are left out refuse the configuration. */
export type ByVersion<T> = T | Partial<Record<TurboVersion, T>>;

const ALL: readonly TurboVersion[] = ["2.11.11", "2.0.14", "1.13.4"];

/** What is expected, version by version. */
export function expectedBy(expected: ByVersion<string>): readonly (readonly [TurboVersion, string])[] {
  return ALL.flatMap((version) => {
    const one = typeof expected === "string" ? expected : expected[version];
    return one === undefined ? [] : [[version, one] as const];
  });
}

/** `cd apps/web && build --only` as a call of `turbo run`. */
export function callOf(command: string, mode?: string): TurboCall {
  const [, folder = "", rest = ""] = /^(?:cd (\S+) && )?(.*)$/.exec(command) ?? [];
  return { folder, args: ["run", ...rest.split(" ")], mode };
}
