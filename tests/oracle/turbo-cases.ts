import type { RepositoryFiles } from "../support/temporary.ts";
import type { TurboVersion } from "./turbo-binaries.ts";

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
