import { posix } from "node:path";
import type { Place } from "../../documents/source.ts";
import { isCommitted } from "../../project/committed.ts";
import { dependsOnFiles, failsJob } from "../../project/trace/certainty.ts";
import type { JobRun, StepRun } from "../../project/trace/job-run.ts";
import { isUntouched } from "../../project/trace/untouched.ts";
import type { Repository } from "../../project/repository.ts";
import { faultPlaces, isOfRepository, jobsConcerning, type FaultPlace, type Sighting } from "../call-sites.ts";
import { tellCommand, type ToldCommand } from "../chain.ts";
import { mayBeCached } from "../turbo/shared-cache.ts";
import { isBeforeCheckout } from "./early-actions.ts";
import type { Naming } from "./naming.ts";
import { pathsOfCommands } from "./paths-of-commands.ts";
import { pathsOfStep } from "./paths-of-steps.ts";
import { replacementFor } from "./similar-paths.ts";

/** A path that a step, or a command that it reaches, needs and the checkout has not. */
export interface MissingPath extends ToldCommand {
  readonly kind: "earlyAction" | "missingAction" | "missingFile" | "missingFolder" | "unmatchedPaths";
  /** Where the value is written, if not at the place. */
  readonly writtenAt: Place | undefined;
  /** Relative to the repository root. */
  readonly path: string;
  /** What may have been meant, relative to the repository root. */
  readonly similar: string | undefined;
  /** The same as it would be written, and where. */
  readonly replacement: { readonly text: string; readonly at: Place } | undefined;
}

interface Sought {
  readonly naming: Naming;
  readonly kind: MissingPath["kind"];
}

const KINDS = {
  action: "missingAction",
  file: "missingFile",
  folder: "missingFolder",
  patterns: "unmatchedPaths",
} as const;

/** The paths that steps of a workflow or action name, be it through scripts, and that are not there: there they fail. */
export function missingPaths(repository: Repository, path: string): readonly MissingPath[] {
  // What a submodule holds is not here.
  if (repository.files.exists(".gitmodules")) return [];
  const sightings = jobsConcerning(repository, path)
    .filter(isOfRepository)
    .flatMap((job) => repository.deriveFor(job, sightingsIn));
  return faultPlaces(sightings).flatMap((fault) =>
    fault.place.source.path === path ? [describe(repository, fault)] : [],
  );
}

function sightingsIn(repository: Repository, job: JobRun): readonly Sighting<Sought>[] {
  return job.steps.flatMap((run) =>
    [...pathsOfStep(run), ...pathsOfCommands(run)].map((naming): Sighting<Sought> => {
      const isEarly = naming.kind === "action" && isBeforeCheckout(job, run);
      const { place, subject } = naming;
      return {
        run,
        place,
        subject: `${naming.kind}\0${subject}`,
        verdict: isEarly ? "faulty" : verdictOf(repository, job, run, naming),
        value: { naming, kind: isEarly ? "earlyAction" : KINDS[naming.kind] },
      };
    }),
  );
}

const ALWAYS = { guards: [], isApproximate: false, isFatal: true };

function verdictOf(
  repository: Repository,
  job: JobRun,
  run: StepRun,
  { kind, path, others, reach, asksForHosted }: Naming,
): Sighting<unknown>["verdict"] {
  if (path === undefined) return "unknown";
  const isHosted = job.runner.os !== undefined && !job.job.container;
  const found = [path, ...others].some((other) => isThere(repository, kind, other));
  if (found) return "sound";
  const isAbsent =
    isInCheckout(repository, run, kind, path) &&
    (job.runner.os === "Linux" || !isThereInOtherCase(repository, path)) &&
    (asksForHosted !== true || isHosted) &&
    failsJob(run, reach ?? ALWAYS) &&
    !dependsOnFiles(run) &&
    !(reach && mayBeCached(run, reach)) &&
    isUntouched(job, run, reach, path);
  return isAbsent ? "faulty" : "unknown";
}

/** What GitHub takes for an action, in its folder. */
const ACTION_FILES = ["action.yml", "action.yaml", "Dockerfile"];

function isThere({ files }: Repository, kind: Naming["kind"], path: string): boolean {
  if (kind === "action") return ACTION_FILES.some((name) => files.exists(posix.join(path, name)));
  if (kind !== "patterns") return files.exists(path);
  return (
    files.glob(
      "",
      patternsOf(path).flatMap((pattern) => [pattern, `${pattern}/**`]),
      [],
      true,
    ).length > 0
  );
}

/** Lines without comments and exclusions. */
function patternsOf(lines: string): readonly string[] {
  const patterns = lines.split("\n").map((line) => posix.normalize(line.trim()).replace(/\/$/, ""));
  return patterns.filter((line) => !/^(?:[#!]|\.$)/.test(line));
}

/** On macOS and Windows the case of a name may not matter. */
function isThereInOtherCase({ files }: Repository, path: string): boolean {
  let found = "";
  for (const part of path.split("/")) {
    const name = files.list(found).find((other) => other.toLowerCase() === part.toLowerCase());
    if (name === undefined) return false;
    found = posix.join(found, name);
  }
  return true;
}

/** Whether a path is one of the checkout, where git leaves nothing out and nobody is about to commit it. */
function isInCheckout(repository: Repository, { workspace }: StepRun, kind: Naming["kind"], path: string): boolean {
  const { files } = repository;
  if (!workspace.isCheckedOut || workspace.foreign !== undefined) return false;
  if (kind === "patterns") {
    const patterns = patternsOf(path);
    return patterns.length > 0 && patterns.every((pattern) => isOrdinary(pattern) && !files.isIgnored(pattern));
  }
  const isFolder = kind === "folder" || kind === "action";
  const isOther = files.list(posix.dirname(path).replace(/^\.$/, "")).includes(posix.basename(path));
  const committed = isCommitted(repository, path);
  return (
    isOrdinary(path) &&
    !isOther &&
    !(committed.known && committed.value) &&
    !files.isIgnored(isFolder ? `${path}/` : path)
  );
}

function isOrdinary(path: string): boolean {
  return path !== "" && !/^(?:\/|\.\.)|[~\\$]|(?:^|\/)(?:node_modules|\.git)(?:\/|$)/.test(path);
}

function describe(repository: Repository, fault: FaultPlace<Sought>): MissingPath {
  const { place, frame, sighting } = fault;
  const { naming, kind } = sighting.value;
  const { path = "", reach, nameAt } = naming;
  const told = reach
    ? tellCommand(fault, reach)
    : { place, text: frame ? frame.uses.text : naming.text, chain: "", command: "", runAt: undefined };
  const isHere = !frame && told.chain === "";
  const found = kind === "earlyAction" ? undefined : replacementFor(repository, naming);
  return {
    ...told,
    kind,
    path: path.replaceAll(/\s*\n\s*/g, " "),
    writtenAt: frame && !reach ? sighting.place : undefined,
    similar: found?.path,
    replacement: isHere && nameAt && found?.text !== undefined ? { text: found.text, at: nameAt } : undefined,
  };
}
