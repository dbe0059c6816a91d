import { posix } from "node:path";
import type { Place } from "../../documents/source.ts";
import { textOf } from "../../commands/arguments.ts";
import type { RunBinary } from "../../commands/invocation.ts";
import { failsJob } from "../../project/trace/certainty.ts";
import { isRepository } from "../../project/trace/checkout.ts";
import type { JobRun, StepRun } from "../../project/trace/job-run.ts";
import { reachesOfBinary, type ReachOf } from "../../project/trace/reach-index.ts";
import type { Reach } from "../../project/trace/reach.ts";
import type { Repository } from "../../project/repository.ts";
import type { Word } from "../../shell/command.ts";
import { dispatchOf, type Dispatch } from "../../tools/dispatches.ts";
import { faultsOfJobs, writtenPlace, type Sighting } from "../call-sites.ts";
import { tellCommand, type ToldCommand } from "../chain.ts";
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
    isOfThisRepository(job, run, reach, dispatch.repository) &&
    isRefOfSameFiles(reach, dispatch.ref) &&
    failsJob(run, reach) &&
    !isOnOtherBranches(repository, run, reach, posix.join(FOLDER, dispatch.name)) &&
    !isAskedFor(run, (text) => text.includes(dispatch.name) || /\bworkflows?\b/.test(text));
  return isCertain ? "faulty" : "unknown";
}

/** What stands in the place of the repository in which a workflow runs. */
const THIS_REPOSITORY = /^github\.repository$/i;

/** Whether gh asks for a workflow of this repository: as it is told or, in its checkout, by git's remotes. */
function isOfThisRepository({ steps }: JobRun, run: StepRun, reach: Reach, named: Word | undefined): boolean {
  if (named) return standsFor(named, reach, THIS_REPOSITORY);
  if (reach.environment.lookup("GH_HOST").state !== "absent") return false;
  const told = reach.environment.lookup("GH_REPO");
  if (told.state !== "absent") return isTemplateOf(told, THIS_REPOSITORY);
  return (
    isRepository(run.workspace) && reach.directory.known && !steps.some(({ reaches }) => reaches.some(changesRemotes))
  );
}

/** `git remote add upstream`, `gh repo fork`: gh then may take another repository for the one that is meant. */
function changesRemotes({ invocation }: Reach): boolean {
  if (invocation.kind !== "binary") return false;
  const words = invocation.args.map(({ shape }) => shape);
  return (
    (invocation.name === "git" && words.some((word) => /^(?:clone|init|remote(?:\..*)?)$/.test(word))) ||
    (invocation.name === "gh" && words[0] === "repo")
  );
}

/** Names of branches that hold what is at hand, or get it. */
const SAME_BRANCH = /^(?:refs\/heads\/)?(?:dev|develop|main|master|next|trunk)$/;
const OWN_REF = /^github\.(?:ref|ref_name|event\.repository\.default_branch)$/i;

/** Whether the workflow is one of the default branch, or of what runs now. Another ref may have a workflow that was started there before. */
function isRefOfSameFiles(reach: Reach, ref: Word | undefined): boolean {
  return ref === undefined || SAME_BRANCH.test(textOf(ref) ?? "") || standsFor(ref, reach, OWN_REF);
}

/** Whether a word is what GitHub tells by a name, directly or through a variable. */
function standsFor(word: Word, reach: Reach, name: RegExp, hops = 2): boolean {
  const written = word.text.replace(/^--?[\w-]+=/, "");
  const text = written.replace(/^(["'])(.*)\1$/, "$2");
  if (isExpressionOf(text, name)) return true;
  const variable = written.startsWith("'") ? undefined : /^\$(?:(\w+)|\{(\w+)\})$/.exec(text)?.slice(1).find(Boolean);
  if (variable === undefined) return false;
  return isVariableOf(reach, variable, name, hops);
}

function isVariableOf(reach: Reach, variable: string, name: RegExp, hops: number): boolean {
  const assigned = reach.located.command.variables.get(variable);
  if (assigned)
    return (
      hops > 0 && assigned.reach !== "uncertain" && !!assigned.value && standsFor(assigned.value, reach, name, hops - 1)
    );
  // A step cannot set the variables that GitHub does.
  if (variable.startsWith("GITHUB_")) return name.test(variable.toLowerCase().replace("_", "."));
  return isTemplateOf(reach.environment.lookup(variable), name);
}

function isTemplateOf(answer: ReturnType<Reach["environment"]["lookup"]>, name: RegExp): boolean {
  return answer.state === "bound" && answer.template !== undefined && isExpressionOf(answer.template.text.trim(), name);
}

function isExpressionOf(text: string, name: RegExp): boolean {
  const [, expression = ""] = /^\$\{\{\s*([\w.-]+)\s*\}\}$/.exec(text) ?? [];
  return name.test(expression);
}

function nameAt({ located }: Reach, { name, word }: Dispatch): Place | undefined {
  const [start, end] = word.range;
  const at = start + word.text.lastIndexOf(name);
  const place = located.placeOf([at, Math.min(at + name.length, end)]);
  return located.host.isExact && place.source.text.slice(...place.range) === name ? place : undefined;
}
