import { textOf } from "../../commands/arguments.ts";
import type { Install, RunBinary } from "../../commands/invocation.ts";
import { describePlace } from "../../documents/source.ts";
import { sourcesNamed } from "../../project/executed/modules.ts";
import { lockfilesFor, managerOfComplete } from "../../project/locked-packages.ts";
import { folderOf, type Repository } from "../../project/repository.ts";
import { reachesBefore } from "../../project/trace/before.ts";
import { failsJob, dependsOnFiles } from "../../project/trace/certainty.ts";
import { isWholeCheckout } from "../../project/trace/checkout.ts";
import type { JobRun, StepRun } from "../../project/trace/job-run.ts";
import { isFollowed } from "../../project/trace/reach-index.ts";
import type { Reach } from "../../project/trace/reach.ts";
import { isKept, leavesAlone, type Concern } from "../../project/trace/workspace-changes.ts";
import { isNextBuild } from "../../project/next/type-check.ts";
import { isCompiler } from "../../project/typescript/compiler.ts";
import type { ForeignImport } from "../../project/typescript/foreign-imports.ts";
import { EXECUTED_FILES } from "../../tools/executed-files.data.ts";
import { GENERATORS } from "../../tools/generators.data.ts";
import { QUIET_COMMANDS } from "../../tools/quiet-commands.data.ts";
import { asksVersion, isQuietBinary, writesSource } from "../../tools/quiet-commands.ts";
import { faultsOfJobs, isHosted, type Sighting } from "../call-sites.ts";
import { tellCommand, type ToldCommand } from "../chain.ts";
import { consumerOf } from "../generated-code/consumers.ts";
import { mayBeCached } from "../turbo/shared-cache.ts";

/** A command that fails because sources import packages that no install brings. */
export interface UnlockedImport extends ToldCommand {
  /** The file that imports the first of them, as `path:line`. */
  readonly importer: string;
  readonly specifier: string;
  /** The names of the other packages. */
  readonly others: readonly string[];
  /** The lockfiles that lack them. */
  readonly lockfiles: readonly string[];
}

interface Spotted {
  readonly reach: Reach;
  readonly imports: readonly [ForeignImport, ...ForeignImport[]];
}

/** The commands of a workflow or action that check sources with such imports: of each job the first. */
export function unlockedImports(repository: Repository, path: string): readonly UnlockedImport[] {
  if (!/\.ya?ml$/.test(path)) return [];
  return faultsOfJobs(repository, path, sightingsIn).map((fault) => {
    const { reach, imports } = fault.sighting.value;
    const [{ place, specifier, name }] = imports;
    const others = new Set(imports.map((other) => other.name).filter((other) => other !== name));
    const lockfiles = lockfilesFor(repository, folderOf(place.source.path)) ?? [];
    return {
      ...tellCommand(fault, reach),
      importer: describePlace(place),
      specifier,
      others: [...others],
      lockfiles: lockfiles.map((source) => source.path),
    };
  });
}

function sightingsIn(repository: Repository, job: JobRun): readonly Sighting<Spotted>[] {
  // Another machine may have packages above the workspace.
  if (!isHosted(job)) return [];
  for (const run of job.steps) {
    for (const reach of run.reaches) {
      const [first, ...others] = importsFor(repository, job, run, reach);
      if (!first) continue;
      const value: Spotted = { reach, imports: [first, ...others] };
      return [{ run, place: reach.entry.place, subject: "", verdict: "faulty", value }];
    }
  }
  return [];
}

/** The imports for which a command certainly fails the job. */
function importsFor(repository: Repository, { steps }: JobRun, run: StepRun, reach: Reach): readonly ForeignImport[] {
  const { directory, invocation } = reach;
  const checksTypes = isCompiler(invocation) || isNextBuild(invocation);
  const consumer = directory.known && checksTypes ? consumerOf(reach) : undefined;
  if (!directory.known || !consumer) return [];
  const imports = consumer.foreignIn(repository, directory.value);
  if (imports.length === 0 || !failsJob(run, reach) || mayBeCached(run, reach) || dependsOnFiles(run)) return [];
  const earlier = steps.slice(0, steps.indexOf(run));
  const others = [...earlier, ...steps.filter(({ step }) => step.background)];
  const concern = repository.derive(packagesOf);
  const before = reachesBefore(run.reaches, reach);
  const isBare =
    earlier.some(isWholeCheckout) &&
    others.every((other) => leavesAlone(concern, other, steps)) &&
    before.every((other) => concern.isKeptByCommand(other, run.reaches));
  if (!isBare) return [];
  const managers = new Set(
    [...others.flatMap(({ reaches }) => reaches), ...before].flatMap(({ invocation }) =>
      invocation.kind === "install" ? [invocation.manager] : [],
    ),
  );
  return imports.filter(({ place }) => {
    const locked = lockfilesFor(repository, folderOf(place.source.path)) ?? [];
    const complete = new Set(locked.map((source) => managerOfComplete(repository, source)));
    return [...managers].every((manager) => complete.has(manager));
  });
}

/** What is installed: nothing but what manifests and lockfiles say. */
const packagesOf = (repository: Repository): Concern => ({
  isKeptByCommand: (reach, reaches) => bringsNoOthers(repository, reach, reaches),
  isKeptByCheckout: isWholeCheckout,
  isKeptByCache: (paths) =>
    paths.split("\n").every((line) => !/node_modules|\$\{\{/.test(line) && /^\s*(?:$|[~\w/]|\.[\w-])/.test(line)),
});

/** Tools that put no packages among those that are installed, besides those that run a configuration. */
const MAKERS = new Set(["patch-package", ...Object.values(GENERATORS).flatMap(({ makers }) => [...makers])]);

/** Whether a command brings no packages but those that the workspace declares. What is not known may. */
function bringsNoOthers(repository: Repository, reach: Reach, reaches: readonly Reach[]): boolean {
  const { located, isApproximate, directory } = reach;
  if (isApproximate || writesSource(located.command)) return false;
  const [name = "", ...args] = located.command.words.map(textOf);
  return isKept(reach, reaches, {
    nothing: ({ listedBy }) => listedBy !== undefined || QUIET_COMMANDS.has(name) || asksVersion(args),
    install: (install) => directory.known && isPlain(install),
    binary: (binary) =>
      isQuietBinary(binary) ||
      asksVersion(binary.args.map(textOf)) ||
      (runsConfig(binary) && !mayInstall(repository, reach, binary)) ||
      isFollowed(reaches, reach),
  });
}

function runsConfig({ name }: RunBinary): boolean {
  return MAKERS.has(name) || (EXECUTED_FILES.has(name) && EXECUTED_FILES.get(name)?.runsFile !== true);
}

/** Whether the configuration that a tool executes may start a package manager. */
function mayInstall(repository: Repository, { directory }: Reach, { name }: RunBinary): boolean {
  const { configs = [] } = EXECUTED_FILES.get(name) ?? {};
  return (
    !directory.known || sourcesNamed(repository, directory.value, configs.flat()).some(({ text }) => RUNS.test(text))
  );
}

const RUNS = /child_process|\b(?:exec|spawn)|execa|\bzx\b|webServer|globalSetup|\b(?:npm|pnpm|yarn)\b|\$`/;

/** Flags of installs whose value may be the next word. */
const VALUE_FLAG = /^(?:-[CFw]|--(?:cwd|dir|filter|loglevel|network-timeout|prefix|registry|reporter|workspace))$/;

/** Whether an install names no package. */
function isPlain({ args, verb }: Install): boolean {
  const words = args.filter((word) => word !== verb).map((word) => textOf(word) ?? "");
  return words.every((word, index) => word.startsWith("-") || VALUE_FLAG.test(words[index - 1] ?? ""));
}
