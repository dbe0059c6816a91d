import type { Place } from "../../documents/source.ts";
import type { Uses } from "../../documents/uses.ts";
import { failsJob } from "../../project/trace/certainty.ts";
import type { JobRun } from "../../project/trace/job-run.ts";
import type { Repository } from "../../project/repository.ts";
import { OLDEST_RELEASES } from "../../tools/actions.data.ts";
import { faultsOfJobs, STEP_ITSELF, type Sighting } from "../call-sites.ts";

/** An action in a release for which GitHub fails the job. */
export interface SwitchedOffAction {
  /** The `uses`. */
  readonly place: Place;
  readonly text: string;
  /** The first number of the releases that still run. */
  readonly oldest: number;
  /** The same action in such a release. */
  readonly replacement: string;
}

type Spotted = Omit<SwitchedOffAction, "place">;

/** The actions of a workflow or action of the repository that GitHub runs no more in the release that is asked for. */
export function switchedOffActions(repository: Repository, path: string): readonly SwitchedOffAction[] {
  if (!/\.ya?ml$/.test(path)) return [];
  return faultsOfJobs(repository, path, sightingsIn).map(({ place, sighting }) => ({ place, ...sighting.value }));
}

/** A server of one's own still runs them: only a job with the label of a machine of GitHub's is certain. */
function sightingsIn(_: Repository, { steps, runner }: JobRun): readonly Sighting<Spotted>[] {
  if (runner.os === undefined) return [];
  return steps.flatMap((run) => {
    const { uses } = run.step;
    const release = uses && switchedOffReleaseOf(uses);
    if (!release) return [];
    // GitHub looks at the steps of a job before any of them runs, at those of an action when the job comes to it.
    const isCertain = run.frames.every(({ step }) => !step) || failsJob(run, STEP_ITSELF);
    return {
      run,
      place: { source: run.source, range: uses.range },
      subject: "release",
      verdict: isCertain ? "faulty" : "unknown",
      value: release,
    };
  });
}

/** A tag alone: of which release a commit is, only a comment tells. */
function switchedOffReleaseOf({ target, text }: Uses): Spotted | undefined {
  if (target.kind !== "repository") return undefined;
  const oldest = OLDEST_RELEASES.get(target.repository);
  const major = /^v?(\d+)(?:\.\d+){0,2}$/.exec(target.ref)?.[1];
  if (oldest === undefined || major === undefined || Number(major) >= oldest) return undefined;
  return { text, oldest, replacement: `${text.slice(0, text.lastIndexOf("@"))}@v${String(oldest)}` };
}
