import { posix } from "node:path";
import { dependencyRange } from "../../documents/manifest.ts";
import { Evaluation } from "../../project/next/evaluation.ts";
import { isUsualApp } from "../../project/next/modules.ts";
import { Rendering } from "../../project/next/rendering.ts";
import { routesOf } from "../../project/next/routes.ts";
import { isNextBuild, isPlainBuild } from "../../project/next/type-check.ts";
import type { Repository } from "../../project/repository.ts";
import type { Reach } from "../../project/trace/reach.ts";
import { versionOf } from "../../project/versions.ts";
import { isLinkedRange, packageFolderOf, workspaceOf } from "../../project/workspace.ts";
import { CLIENTS_PACKAGE, DEMANDING_CLIENTS } from "../../tools/clients.data.ts";
import { NEXT_VERSIONS } from "../../tools/next.data.ts";
import { liesWithin } from "../../tools/version-range.ts";
import type { LoadedRequirement } from "./loaded-requirements.ts";

const CONSTRUCTS = new RegExp(String.raw`\bnew\s+(?:${DEMANDING_CLIENTS.map(({ name }) => name).join("|")})\s*\(`);
const SOURCES = ["**/*.{ts,tsx,js,jsx,mjs}"];

/** What the modules require that `next build` evaluates, to serve or to prerender pages. */
export function nextRequirements({ packages }: Repository, reach: Reach): readonly LoadedRequirement[] {
  const { directory, invocation } = reach;
  if (!directory.known || !isNextBuild(invocation) || !isPlainBuild(invocation)) return [];
  const folder = directory.value;
  return packageFolderOf(packages, folder) === folder ? packages.deriveFor(folder, requirementsOf) : [];
}

function requirementsOf(repository: Repository, app: string): readonly LoadedRequirement[] {
  const isKnown =
    liesWithin(versionOf(repository, "next", app), NEXT_VERSIONS) &&
    liesWithin(versionOf(repository, CLIENTS_PACKAGE.name, app), CLIENTS_PACKAGE.versions);
  if (!isKnown || !constructsAny(repository, app) || !isUsualApp(repository, app)) return [];
  const { rendered, served, pages } = routesOf(repository, app);
  const rendering = new Rendering(repository, app);
  const evaluation = new Evaluation(repository, app);
  for (const path of onNode(repository, served)) evaluation.enter(path, path, "server");
  for (const path of pages) evaluation.enter(path, path, "both");
  for (const { path, entry } of rendered.flatMap((route) => rendering.clientModules(route))) {
    evaluation.enter(path, entry, "both");
  }
  const named = new Set<string>();
  return evaluation.demanding().map(({ source, entry, clients }) => ({
    key: source.path,
    loadedBy: source.path === entry ? undefined : entry,
    // One of several modules that lack the same variable tells it.
    variables: clients
      .filter(({ variable }) => isNew(named, variable))
      .map(({ variable, offset }) => ({
        name: variable,
        offset,
        source,
        unlessSet: [],
        skippedBy: undefined,
      })),
  }));
}

function isNew(names: Set<string>, name: string): boolean {
  const isKnown = names.has(name);
  names.add(name);
  return !isKnown;
}

const ON_EDGE = /\bruntime\b[^;\n]*edge/;

/** Those files that Node evaluates: a page may have the runtime of a layout, and the other way round. */
function onNode({ files }: Repository, served: readonly string[]): readonly string[] {
  const isRoute = (path: string): boolean => /\/route\.\w+$/.test(path);
  const onEdge = served.filter((path) => ON_EDGE.test(files.read(path)?.text ?? ""));
  const isMixed = onEdge.some((path) => !isRoute(path));
  return served.filter((path) => !onEdge.includes(path) && (isRoute(path) || !isMixed));
}

/** Whether a client is constructed anywhere in an app or a package that it depends on. */
function constructsAny(repository: Repository, app: string): boolean {
  const { files } = repository;
  const workspace = workspaceOf(repository, app);
  const manifest = repository.manifest(app);
  const linked = (workspace?.members ?? []).filter(({ manifest: { name } }) => {
    const range = manifest && name !== undefined ? dependencyRange(manifest, name) : undefined;
    return workspace !== undefined && isLinkedRange(workspace, range);
  });
  return [app, ...linked.map(({ directory }) => directory)].some((folder) =>
    files.glob(folder, SOURCES).some((path) => CONSTRUCTS.test(files.read(posix.join(folder, path))?.text ?? "")),
  );
}
