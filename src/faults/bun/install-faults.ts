import { textOf } from "../../commands/arguments.ts";
import type { Place } from "../../documents/source.ts";
import { MISTAKEN_FLAGS, readBunVersion, type BunVersion, type Freezing } from "../../tools/bun.ts";
import { bunJobsConcerning, hasDependencies, type BunInstall, type BunJob, type LockfileState } from "./bun-jobs.ts";
import { faultsIn, writtenPlace, type Sighting } from "../call-sites.ts";
import { mayFailFrozen } from "../lockfile/bun/frozen-risks.ts";
import { bunPinsOf } from "./bun-source.ts";
import { actionName } from "../../documents/uses.ts";
import { COMMITTING_ACTIONS } from "../../tools/actions.data.ts";
import type { JobRun, StepRun } from "../../project/trace/job-run.ts";
import { failsJob } from "../../project/trace/certainty.ts";
import type { Reach } from "../../project/trace/reach.ts";
import { unreadCode } from "../../project/trace/unread-code.ts";
import type { Repository } from "../../project/repository.ts";

/** A `bun install` in CI that can change the lockfile, or that freezes nothing because there is none. */
export interface InstallFault {
  readonly place: Place;
  /** The command as written. */
  readonly text: string;
  readonly freezing: Freezing;
  readonly lockfile: LockfileState;
  /** Whether a frozen install may fail, for what is in the lockfile or because the job commits all that it changes. */
  readonly mayFailFrozen: boolean;
  /** The folder that is installed, as messages name it. */
  readonly folder: string;
  /** The workflow's command that runs it, for one that is written in a package script. */
  readonly runAt: Place | undefined;
  /** Where the command is written, for a fault of one of its callers. */
  readonly writtenAt: Place | undefined;
  /** The word that asks for the install, and the one that was meant to freeze it, where their positions are exact. */
  readonly verb: Place | undefined;
  readonly flag: Place | undefined;
  readonly version: BunVersion | undefined;
}

/** The installs of a workflow, action or package.json that do not keep to the lockfile. */
export function installFaults(repository: Repository, path: string): readonly InstallFault[] {
  const sightings = bunJobsConcerning(repository, path).flatMap((job) =>
    job.installs.map((install) => sightingOf(repository, job, install)),
  );
  return faultsIn(path, sightings).map(({ place, frame, sighting }) =>
    describe(repository, sighting.value, place, frame !== undefined),
  );
}

interface Spotted {
  readonly job: JobRun;
  readonly install: BunInstall;
}

function sightingOf(repository: Repository, { job, installs }: BunJob, install: BunInstall): Sighting<Spotted> {
  const earlier = installs.slice(0, installs.indexOf(install));
  return {
    run: install.run,
    get place() {
      return writtenPlace(install.run, install.reach);
    },
    subject: "install",
    verdict: earlier.some((other) => provesLockfile(other, install)) ? "sound" : verdictOf(repository, job, install),
    value: { job, install },
  };
}

/** Whether an install has failed where the lockfile is behind, so that a later one changes it only for what was changed since. */
function provesLockfile({ freezing, run, reach, workspace }: BunInstall, later: BunInstall): boolean {
  return freezing === "frozen" && workspace.root === later.workspace.root && failsJob(run, reach);
}

/** Conditions of the step do not matter: whenever it runs, it installs like this. A condition of the shell shows a choice. */
function verdictOf(repository: Repository, job: JobRun, install: BunInstall): "faulty" | "sound" | "unknown" {
  const { freezing, lockfile, workspace, reach } = install;
  if (reach.isApproximate || reach.guards.length > 0 || freezing === "unknown") return "unknown";
  const hasNone = lockfile.kind === "missing" || lockfile.kind === "ignored";
  const isFaulty = freezing === "frozen" ? hasNone && hasDependencies(workspace) : lockfile.kind === "present";
  return isFaulty && freezing !== "intended" && !isMeantToChange(repository, job, install) ? "faulty" : "sound";
}

const LOCKFILE_OR_MANIFEST = /(?:^|\/)(?:bun\.lockb?|package\.json)$/;
/** `git add -A`, `git add .`, `git commit -am …`. */
const EVERYTHING = /^(?:\.|:\/|\*|-[a-z]*[Aau][a-z]*|--all|--update)$/;
const EDITORS = /^(?:cp|jq|mv|node|perl|rm|sed|tee|yq)$/;
const UPDATERS = /^(?:changeset|lerna|ncu|npm-check-updates|taze)$/;
const UPDATING_VERBS = /^(?:a|add|pkg|pm|remove|rm|uninstall|up|update|upgrade|version)$/;

/** Whether a job changes the dependencies on purpose before an install, or commits the lockfile that the install writes. */
function isMeantToChange(repository: Repository, job: JobRun, { run, reach, workspace }: BunInstall): boolean {
  const changes = (other: Reach): boolean => changesDependencies(other) || runsEditor(repository, other);
  const after = job.steps.slice(job.steps.indexOf(run) + 1);
  if (after.some((later) => committedFiles(later).some((file) => LOCKFILE_OR_MANIFEST.test(file)))) return true;
  const folder = workspace.root.directory;
  const reaches = job.steps.flatMap((step) => step.reaches);
  const index = reaches.indexOf(reach);
  const next = reaches.slice(index + 1).find((other) => changes(other) || commitsLockfile(other, folder));
  return reaches.slice(0, index).some(changes) || (next !== undefined && commitsLockfile(next, folder));
}

function changesDependencies({ invocation, located }: Reach): boolean {
  const { words, redirects } = located.command;
  const name = textOf(words[0]) ?? "";
  const isTarget = (text: string): boolean => LOCKFILE_OR_MANIFEST.test(text);
  if (redirects.some(({ operator, target }) => operator.startsWith(">") && isTarget(target.shape))) return true;
  if (EDITORS.test(name) && words.some((word) => isTarget(word.shape))) return true;
  if (invocation.kind !== "binary") return false;
  const verb = textOf(invocation.args[0]) ?? "";
  const isManager = /^(?:npm|pnpm|yarn|bun)$/.test(invocation.name) && UPDATING_VERBS.test(verb);
  const isGlobal = invocation.args.some((word) => word.text === "-g" || word.text === "--global");
  return (
    (isManager && !isGlobal) ||
    (UPDATERS.test(invocation.name) && (verb === "version" || invocation.name !== "changeset"))
  );
}

/** Whether a program of the repository, or one in a command, may write a package.json or lockfile: `node -e "… writeFileSync(…)"`. */
function runsEditor(repository: Repository, reach: Reach): boolean {
  return unreadCode(reach, repository).some(
    ({ text = "" }) => /bun\.lock|package\.json/.test(text) && /write|dump\(|open\([^)]*["'][aw]/i.test(text),
  );
}

/** What an action commits: patterns, of which `.` is everything. */
function committedFiles({ step }: StepRun): readonly string[] {
  const input = step.uses && COMMITTING_ACTIONS.get(actionName(step.uses) ?? "");
  return input === undefined ? [] : (step.inputs.get(input)?.text ?? ".").split(/\s+/);
}

/** By its name, or with all that was changed where it is; elsewhere may be the clone of another repository. */
function commitsLockfile({ located }: Reach, folder: string): boolean {
  const { command, directory } = located;
  const [name, verb, ...rest] = command.words;
  if (textOf(name) !== "git" || !/^(?:add|commit|stage)$/.test(textOf(verb) ?? "")) return false;
  const isAround = directory.known && `${folder}/`.startsWith(directory.value === "" ? "" : `${directory.value}/`);
  return rest.some(({ shape }) => LOCKFILE_OR_MANIFEST.test(shape) || (isAround && EVERYTHING.test(shape)));
}

function describe(
  repository: Repository,
  { job, install: found }: Spotted,
  place: Place,
  isCaller: boolean,
): InstallFault {
  const { run, reach, install, freezing, lockfile, workspace, source } = found;
  const { located, entry } = reach;
  const isHere = !isCaller && place === located.place && located.host.isExact;
  const placeOf = (range: readonly [number, number] | undefined): Place | undefined =>
    isHere && range ? { source: located.host.source, range: located.host.rangeOf(...range) } : undefined;
  // A fix of the version makes CI follow what is declared.
  const declared = bunPinsOf(repository, workspace.root.directory).map((pin) => readBunVersion(pin.version));
  const flag = install.args.find((word) => MISTAKEN_FLAGS.test(word.text));
  return {
    place,
    text: place === entry.place || isCaller ? entry.text : located.text,
    freezing,
    lockfile,
    mayFailFrozen:
      job.steps.some((step) => committedFiles(step).length > 0) ||
      mayFailFrozen(repository, workspace.root.directory, [source?.version, ...declared]),
    folder: workspace.root.directory === "" ? "the repository" : workspace.root.directory,
    runAt: place.source === run.source || isCaller ? undefined : entry.place,
    writtenAt: isCaller ? located.place : undefined,
    verb: placeOf(install.verb?.range),
    flag: placeOf(flag?.range),
    version: source?.version,
  };
}
