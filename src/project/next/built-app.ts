import { posix } from "node:path";
import { dependencyRange } from "../../documents/manifest.ts";
import type { Source } from "../../documents/source.ts";
import { SOURCE_EXTENSIONS } from "../../tools/executed-files.data.ts";
import { NEXT_VERSIONS } from "../../tools/next.data.ts";
import { liesWithin } from "../../tools/version-range.ts";
import type { Repository } from "../repository.ts";
import type { Reach } from "../trace/reach.ts";
import { versionOf } from "../versions.ts";
import { isLinkedRange, packageFolderOf, workspaceOf } from "../workspace.ts";
import { Evaluation, type Evaluated } from "./evaluation.ts";
import { isUsualApp } from "./modules.ts";
import { Rendering } from "./rendering.ts";
import { routesOf } from "./routes.ts";
import { isNextBuild, isPlainBuild } from "./type-check.ts";

/** The folder of the app that a reached command builds in a way that is known; undefined for any other command. */
export function builtApp({ packages }: Repository, { directory, invocation }: Reach): string | undefined {
  if (!directory.known || !isNextBuild(invocation) || !isPlainBuild(invocation)) return undefined;
  return packages.deriveFor(directory.value, isKnownApp) ? directory.value : undefined;
}

function isKnownApp(repository: Repository, folder: string): boolean {
  return (
    packageFolderOf(repository, folder) === folder &&
    liesWithin(versionOf(repository, "next", folder), NEXT_VERSIONS) &&
    isUsualApp(repository, folder)
  );
}

/** The source files of an app, and of the packages of the workspace that it depends on, be it through others. */
export function sourcesOf({ packages }: Repository, app: string): readonly Source[] {
  return packages.deriveFor(app, findSources);
}

const SOURCES = [`**/*{${SOURCE_EXTENSIONS.join(",")}}`];

function findSources(repository: Repository, app: string): readonly Source[] {
  const { files } = repository;
  const workspace = workspaceOf(repository, app);
  const folders = new Set([app]);
  for (const folder of folders) {
    const manifest = repository.manifest(folder);
    for (const { directory, name } of workspace?.members ?? []) {
      const range = manifest && name !== undefined ? dependencyRange(manifest, name) : undefined;
      if (workspace && isLinkedRange(workspace, range)) folders.add(directory);
    }
  }
  return [...folders].flatMap((folder) =>
    files.glob(folder, SOURCES).flatMap((path) => files.read(posix.join(folder, path)) ?? []),
  );
}

/** The modules that the build of an app certainly evaluates, to serve or to prerender pages. */
export function evaluatedIn({ packages }: Repository, app: string): Evaluated {
  return packages.deriveFor(app, evaluate);
}

function evaluate(repository: Repository, app: string): Evaluated {
  const { rendered, served, pages } = routesOf(repository, app);
  const rendering = new Rendering(repository, app);
  const evaluation = new Evaluation(repository, app);
  for (const path of onNode(repository, served)) evaluation.enter(path, path, "server");
  for (const path of pages) evaluation.enter(path, path, "both");
  for (const { path, entry } of rendered.flatMap((route) => rendering.clientModules(route))) {
    evaluation.enter(path, entry, "both");
  }
  return evaluation.evaluated();
}

const ON_EDGE = /\bruntime\b[^;\n]*edge/;

/** Those files that Node evaluates: a page may have the runtime of a layout, and the other way round. */
function onNode({ files }: Repository, served: readonly string[]): readonly string[] {
  const isRoute = (path: string): boolean => /\/route\.\w+$/.test(path);
  const onEdge = served.filter((path) => ON_EDGE.test(files.read(path)?.text ?? ""));
  const isMixed = onEdge.some((path) => !isRoute(path));
  return served.filter((path) => !onEdge.includes(path) && (isRoute(path) || !isMixed));
}
