import { posix } from "node:path";
import type { DataDocument, Mapping } from "../../documents/data.ts";
import type { Place } from "../../documents/source.ts";
import type { JobRun, StepRun } from "../../project/trace/job-run.ts";
import type { Reach } from "../../project/trace/reach.ts";
import { LocatedCommand } from "../../project/trace/routine.ts";
import type { Repository } from "../../project/repository.ts";
import type { Command } from "../../shell/command.ts";
import { faultsOfJobs, isHosted, keyOfPlace, type FaultPlace, type Sighting } from "../call-sites.ts";
import { unansweredBy, type Unanswered } from "./status-questions.ts";

/** A question of a script about a failure that cannot get to it. */
export interface MaskedStatus extends Omit<Unanswered, "command" | "question"> {
  readonly place: Place;
  readonly asker: Unanswered["question"]["asker"];
  /** Where the question is written, where that is not the place. */
  readonly writtenAt: Place | undefined;
  /** The command whose failure is asked for, or the pipeline, as it is written. */
  readonly command: string | undefined;
  /** Whether the script would end before what it does for a failure, if that counted. */
  readonly wouldStop: boolean;
  /** The step whose shell would have to be bash for the question to be answered. */
  readonly step: { readonly document: DataDocument; readonly node: Mapping } | undefined;
}

interface Spotted {
  readonly job: JobRun;
  readonly reach: Reach;
  readonly unanswered: Unanswered | undefined;
}

/** What scripts ask in vain, where that has to be mended: in a workflow, action or package.json, also for the shell scripts that it runs. */
export function maskedStatuses(repository: Repository, path: string): readonly MaskedStatus[] {
  const seen = new Set<string>();
  return faultsOfJobs(repository, path, sightingsIn)
    .flatMap(describe)
    .filter(({ writtenAt }) => {
      // One file can run a script in several places.
      const key = writtenAt && keyOfPlace(writtenAt);
      return key === undefined || (!seen.has(key) && seen.add(key));
    });
}

function sightingsIn(_: Repository, job: JobRun): readonly Sighting<Spotted>[] {
  return job.steps.flatMap((run) =>
    run.reaches.flatMap((reach): readonly Sighting<Spotted>[] => {
      const { question } = reach.located.command;
      if (!question) return [];
      const unanswered = unansweredBy(reach.located.command);
      const isKnown = !reach.isApproximate && hasOwnOptions(reach);
      const verdict = !isKnown ? "unknown" : unanswered ? "faulty" : "sound";
      const written = reach.located.placeOf(question.range);
      const place = isWrittenThere(run, reach) ? written : reach.entry.place;
      const subject = [keyOfPlace(written), question.asker, question.answeredBy].join("\0");
      return [{ run, place, subject, verdict, value: { job, reach, unanswered } }];
    }),
  );
}

/** Whether a script runs with the options that it is known to have: none that its caller or a variable gives it. */
function hasOwnOptions({ hops, environment }: Reach): boolean {
  const isPlain = hops.slice(0, -1).every(({ text }) => !/^(?:source|\.)\s|\s-\w*o\s/.test(text));
  return isPlain && ["BASH_ENV", "SHELLOPTS"].every((name) => environment.lookup(name).state !== "bound");
}

/** Whether a command is written in the step or in a package.json, and not in a script that they run. */
function isWrittenThere(run: StepRun, { located }: Reach): boolean {
  return located.host.source === run.source || posix.basename(located.host.source.path) === "package.json";
}

function describe({ place, frame, sighting }: FaultPlace<Spotted>): readonly MaskedStatus[] {
  const { run, value } = sighting;
  const { reach, unanswered } = value;
  if (!unanswered) return [];
  const { kind, question, command, answering } = unanswered;
  const { located } = reach;
  const written = located.placeOf(question.range);
  return [
    {
      kind,
      place,
      asker: question.asker,
      writtenAt: frame || !isWrittenThere(run, reach) ? written : undefined,
      answering,
      command: command && (kind === "stopped" ? pipelineTo(command) : [command]).map(textIn(located)).join(" | "),
      wouldStop: question.decides && wouldStop(located.command),
      step:
        !frame && kind === "pipeline" && isMendedByBash(run, value)
          ? { document: run.document, node: run.step.node }
          : undefined,
    },
  ];
}

/** The commands of a pipeline whose failure counts, up to the one that ends it. */
function pipelineTo(command: Command): readonly Command[] {
  const { pipedFrom } = command;
  return [...(pipedFrom?.isFatal === true ? pipelineTo(pipedFrom) : []), command];
}

function textIn({ host, directory }: LocatedCommand): (command: Command) => string {
  return (command) => new LocatedCommand(command, host, directory).text;
}

/** With `-e` a script ends before `$?` is read. */
function wouldStop({ question, isFatal }: Command): boolean {
  return question?.asker === "$?" && isFatal;
}

/** Whether with `shell: bash`, and thus `pipefail`, the question is answered, and nothing else of the step's script changes. */
function isMendedByBash(run: StepRun, { job, reach }: Spotted): boolean {
  const { command } = reach.located;
  const hasShell = run.step.shell !== undefined || (run.job.defaults ?? run.workflow.defaults)?.shell !== undefined;
  const isOwn = reach.entry === reach.located && reach.located.host.source === run.source;
  const own = run.reaches.filter(({ entry, located }) => entry === located).map(({ located }) => located.command);
  const isOther = (other: Command): boolean => other.pipedFrom !== undefined && other !== command;
  return (
    isHosted(job) && isOwn && !wouldStop(command) && !hasShell && !command.pipedFrom?.pipedFrom && !own.some(isOther)
  );
}
