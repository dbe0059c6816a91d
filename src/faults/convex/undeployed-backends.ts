import type { Reference } from "../../documents/expression.ts";
import { known, type Known } from "../../documents/known.ts";
import { dependencyRange } from "../../documents/manifest.ts";
import type { Place } from "../../documents/source.ts";
import type { StepRun } from "../../project/trace/job-run.ts";
import { runsConcerning } from "../call-sites.ts";
import { allRuns } from "../../project/trace/runs.ts";
import type { Repository } from "../../project/repository.ts";
import { normalizeDirectory } from "../../shell/directory.ts";
import { packageFolderOf, workspaceOf } from "../../project/workspace.ts";
import { mayDeployConvex } from "./convex-deployments.ts";
import { backendsOf, type ConvexBackend } from "./convex-project.ts";
import { buildIsWritten, frontendsOf, type Frontend } from "./frontends.ts";

/** A Convex backend that no workflow deploys, at the step that deploys its frontend. */
export interface UndeployedBackend {
  /** The command, or the `uses` of the action, that deploys the frontend. */
  readonly place: Place;
  readonly text: string;
  /** The folder of the backend's functions, relative to the repository root. */
  readonly functions: string;
}

/** The Convex backends whose frontends a workflow deploys, and that none does; each once in the repository. */
export function undeployedBackends(repository: Repository, path: string): readonly UndeployedBackend[] {
  // Only where the file deploys such a frontend, all other workflows have to be read.
  const own = runsConcerning(repository, path).filter(({ source }) => source.path === path);
  if (!own.some((run) => candidatesOf(repository, run).length > 0)) return [];
  return repository.derive(undeployedInRepository).filter(({ place }) => place.source.path === path);
}

const undeployedInRepository = (repository: Repository): readonly UndeployedBackend[] => {
  const found = new Map<string, UndeployedBackend>();
  const runs = allRuns(repository).flatMap(({ steps }) => steps);
  for (const candidate of runs.flatMap((run) => candidatesOf(repository, run))) {
    if (!found.has(candidate.functions)) found.set(candidate.functions, candidate);
  }
  return found.size > 0 && !mayDeployConvex(repository, runs) ? [...found.values()] : [];
};

/** The backends of the frontends that a step deploys for a release. */
function candidatesOf(repository: Repository, run: StepRun): readonly UndeployedBackend[] {
  const frontends = frontendsOf(run);
  if (frontends.length === 0 || !isForRelease(repository, run)) return [];
  return frontends.flatMap((frontend) => {
    const backend = backendOf(repository, frontend);
    if (!backend || !buildIsWritten(repository, frontend)) return [];
    return [{ place: frontend.place, text: frontend.text, functions: backend.functions }];
  });
}

/** Whether a step never runs for a pull request: what it then deploys is a preview, which may use any backend. */
function isForRelease(repository: Repository, { workflow, frames, conditions }: StepRun): boolean {
  const callers = frames.flatMap(({ document }) => repository.workflow(document.source.path) ?? []);
  const triggers = [workflow, ...callers].flatMap((entry) => entry.triggers);
  return triggers
    .filter((trigger) => trigger.startsWith("pull_request"))
    .every((trigger) =>
      conditions.some(({ condition, lookup }) => {
        const holds = condition.holds((reference) => valueIn(trigger, reference) ?? lookup(reference));
        return holds.known && !holds.value;
      }),
    );
}

/** What an expression reads in a run for a pull request. */
function valueIn(trigger: string, { context, path }: Reference): Known<string> | undefined {
  if (context !== "github") return undefined;
  if (path[0] === "event_name") return known(trigger);
  return path[0] === "ref" && trigger === "pull_request" ? known("refs/pull/1/merge") : undefined;
}

/** The backend that a frontend is for: its own package, or one that it depends on; undefined where there is not exactly one. */
function backendOf(repository: Repository, { folder }: Frontend): ConvexBackend | undefined {
  if (!folder.known) return undefined;
  const directory = normalizeDirectory(folder.value);
  const workspace = directory.startsWith("..") ? undefined : workspaceOf(repository, directory);
  const own = packageFolderOf(repository, directory);
  const frontend = workspace?.packages.find((item) => item.directory === own);
  if (!workspace || !frontend) return undefined;
  const uses = (name: string | undefined): boolean =>
    name !== undefined && dependencyRange(frontend.manifest, name, ["dependencies", "devDependencies"]) !== undefined;
  const [backend, ...others] = backendsOf(repository, workspace).filter(
    (candidate) => candidate.package === frontend || uses(candidate.package.name) || uses("convex"),
  );
  return others.length === 0 ? backend : undefined;
}
