import { posix } from "node:path";
import type { Place, Source } from "../../documents/source.ts";
import type { Step } from "../../documents/step.ts";
import type { Uses } from "../../documents/uses.ts";
import type { Repository } from "../../project/repository.ts";
import { failsJob } from "../../project/trace/certainty.ts";
import type { JobRun, StepRun } from "../../project/trace/job-run.ts";
import { faultsOfJobs, STEP_ITSELF, type Sighting } from "../call-sites.ts";

/** A workflow where only an action can stand: in a step. */
export interface MisplacedWorkflow {
  /** The `uses`. */
  readonly place: Place;
  readonly text: string;
  /** True where GitHub runs nothing of the file in which it stands; else the step fails. */
  readonly isRejected: boolean;
}

/**
 * The steps of a workflow or action that use a workflow. For one of this repository the runner looks for an action in a folder
 * of that name: https://github.com/actions/runner/blob/main/src/Runner.Worker/ActionManager.cs. Workflows that name one of another
 * repository so are rejected, "reusable workflows should be referenced at the top-level `jobs.*.uses' key, not within steps":
 * https://github.com/actions/languageservices/blob/main/languageservice/src/utils/validate-uses.ts
 */
export function misplacedWorkflows(repository: Repository, path: string): readonly MisplacedWorkflow[] {
  if (!/\.ya?ml$/.test(path)) return [];
  const workflow = repository.workflowPaths.includes(path) ? repository.workflow(path) : undefined;
  const rejected = (workflow?.jobs ?? []).flatMap(({ steps }) =>
    steps.flatMap(({ uses }) =>
      workflow && uses && isOfOthers(uses) ? [{ ...calledBy(uses, workflow.source), isRejected: true }] : [],
    ),
  );
  const failing = faultsOfJobs(repository, path, sightingsIn).map(({ place, sighting }) => ({
    place,
    text: sighting.value,
    isRejected: false,
  }));
  return [...rejected, ...failing];
}

/** Whether a step uses a workflow of this repository: a file, and no folder with an action. */
export function usesWorkflow({ files }: Repository, { uses }: Step): boolean {
  if (uses?.target.kind !== "local") return false;
  const path = posix.normalize(uses.target.path);
  return /^\.github\/workflows\/.+\.ya?ml$/.test(path) && files.read(path) !== undefined;
}

function isOfOthers({ target }: Uses): boolean {
  return target.kind === "repository" && /^\.github\/workflows\/[^/]+\.ya?ml$/.test(target.path);
}

function calledBy({ range, text }: Uses, source: Source): Omit<MisplacedWorkflow, "isRejected"> {
  return { place: { source, range }, text };
}

function sightingsIn(repository: Repository, { steps }: JobRun): readonly Sighting<string>[] {
  return steps.flatMap((run) => {
    const { uses } = run.step;
    if (!uses || !(usesWorkflow(repository, run.step) || (isOfOthers(uses) && isInAction(run)))) return [];
    const { place, text } = calledBy(uses, run.source);
    // Whatever the workspace holds, it is no folder; another repository's may.
    const isCertain = run.workspace.foreign === undefined && failsJob(run, STEP_ITSELF);
    return { run, place, subject: text, verdict: isCertain ? "faulty" : "unknown", value: text };
  });
}

/** Whether a step is one of an action, which the runner reads when it comes to it. */
function isInAction({ frames }: StepRun): boolean {
  return frames.some(({ step }) => step);
}
