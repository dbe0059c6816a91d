import { posix } from "node:path";
import type { Place } from "../../documents/source.ts";
import { textOf } from "../../commands/arguments.ts";
import type { RunBinary } from "../../commands/invocation.ts";
import { failsJob } from "../../project/trace/certainty.ts";
import type { JobRun, StepRun } from "../../project/trace/job-run.ts";
import { reachesOfBinary, type ReachOf } from "../../project/trace/reach-index.ts";
import type { Reach } from "../../project/trace/reach.ts";
import type { Repository } from "../../project/repository.ts";
import type { Word } from "../../shell/command.ts";
import { dispatchOf, type Dispatch } from "../../tools/dispatches.ts";
import { faultsOfJobs, writtenPlace, type Sighting } from "../call-sites.ts";
import { tellCommand, type ToldCommand } from "../chain.ts";
import { asksForThisRepository, standsFor } from "../gh-repository.ts";
import { similarTo } from "../similar-names.ts";
import { isLiteral } from "../scripts/lack.ts";
import { isSparse } from "../paths/missing-paths.ts";
import { subjectOf } from "../paths/naming.ts";
import { isAskedFor, isOnOtherBranches } from "../paths/other-checkouts.ts";

/** A command that starts a workflow which the repository has not. */
export interface MissingDispatch extends ToldCommand {
  /** Relative to the repository root. */
  readonly path: string;
  readonly similar: string | undefined;
  /** The name of the other file, and where this one's stands. */
  readonly replacement: { readonly text: string; readonly at: Place } | undefined;
}

const FOLDER = ".github/workflows";

interface Spotted {
  readonly dispatch: Dispatch;
  readonly reach: Reach;
}

/** The commands of a workflow, action or package.json that ask GitHub to start a workflow of this repository that is not there. */
export function missingDispatches(repository: Repository, path: string): readonly MissingDispatch[] {
  const { files } = repository;
  if (!files.exists(".git") || isSparse(repository)) return [];
  return faultsOfJobs(repository, path, sightingsIn).map((fault) => {
    const { dispatch, reach } = fault.sighting.value;
    const told = tellCommand(fault, reach);
    const similar = similarTo(dispatch.name, workflowsIn(repository));
    const at = told.chain === "" ? nameAt(reach, dispatch) : undefined;
    return {
      ...told,
      path: posix.join(FOLDER, dispatch.name),
      similar: similar === undefined ? undefined : posix.join(FOLDER, similar),
      replacement: similar === undefined || !at ? undefined : { text: similar, at },
    };
  });
}

function workflowsIn({ files }: Repository): readonly string[] {
  return files.list(FOLDER).filter((name) => /\.ya?ml$/i.test(name));
}

function sightingsIn(repository: Repository, job: JobRun): readonly Sighting<Spotted>[] {
  return job.steps.flatMap((run) =>
    reachesOfBinary(run.reaches, "gh").flatMap((reach) => {
      const dispatch = dispatchOf(reach.invocation);
      if (!dispatch || !isLiteral(dispatch.word)) return [];
      const place = writtenPlace(run, reach);
      return {
        run,
        place,
        subject: subjectOf(place, reach, [dispatch.name]),
        verdict: verdictOf(repository, job, run, reach, dispatch),
        value: { dispatch, reach },
      };
    }),
  );
}

function verdictOf(
  repository: Repository,
  job: JobRun,
  run: StepRun,
  reach: ReachOf<RunBinary>,
  dispatch: Dispatch,
): Sighting<unknown>["verdict"] {
  const name = dispatch.name.toLowerCase();
  if (workflowsIn(repository).some((other) => other.toLowerCase() === name)) return "sound";
  const isCertain =
    asksForThisRepository(job, run, reach, dispatch.repository) &&
    isRefOfSameFiles(reach, dispatch.ref) &&
    failsJob(run, reach) &&
    !isOnOtherBranches(repository, run, reach, posix.join(FOLDER, dispatch.name)) &&
    !isAskedFor(run, (text) => text.includes(dispatch.name) || /\bworkflows?\b/.test(text));
  return isCertain ? "faulty" : "unknown";
}

/** Names of branches that hold what is at hand, or get it. */
const SAME_BRANCH = /^(?:refs\/heads\/)?(?:dev|develop|main|master|next|trunk)$/;
const OWN_REF = /^github\.(?:ref|ref_name|event\.repository\.default_branch)$/i;

/** Whether the workflow is one of the default branch, or of what runs now. Another ref may have a workflow that was started there before. */
function isRefOfSameFiles(reach: Reach, ref: Word | undefined): boolean {
  return ref === undefined || SAME_BRANCH.test(textOf(ref) ?? "") || standsFor(ref, reach, OWN_REF);
}

function nameAt({ located }: Reach, { name, word }: Dispatch): Place | undefined {
  const [start, end] = word.range;
  const at = start + word.text.lastIndexOf(name);
  const place = located.placeOf([at, Math.min(at + name.length, end)]);
  return located.host.isExact && place.source.text.slice(...place.range) === name ? place : undefined;
}
