import { posix } from "node:path";
import { textOf } from "../../commands/arguments.ts";
import { entryOf, valueAt, type DataDocument, type Mapping } from "../../documents/data.ts";
import { DEPENDENCY_KINDS } from "../../documents/manifest.ts";
import type { Place } from "../../documents/source.ts";
import { isCertainlyCommitted } from "../../project/committed.ts";
import { isCertainlyReached } from "../../project/trace/certainty.ts";
import type { JobRun, StepRun } from "../../project/trace/job-run.ts";
import type { Reach } from "../../project/trace/reach.ts";
import { reachesOfBinary, reachesOfKind } from "../../project/trace/reach-index.ts";
import { folderOf, type Repository } from "../../project/repository.ts";
import { allRuns } from "../../project/trace/runs.ts";
import { workspaceOf } from "../../project/workspace.ts";
import { GENERATORS } from "../../tools/generators.data.ts";
import { QUIET_ACTIONS, QUIET_COMMANDS } from "../../tools/quiet-commands.data.ts";
import { INTERPRETERS, MAY_COMPARE, TASK_FILES } from "../../tools/unread-code.data.ts";
import { jobsConcerning, keyOfPlace } from "../call-sites.ts";
import { outputsOf, runsGenerator, type GeneratedOutput } from "./outputs.ts";

/** Code of Convex that git has and ignores, at the dependency of the package that it is generated for. */
export interface IgnoredCommit {
  readonly place: Place;
  /** A file that git has in spite of being ignored. */
  readonly file: string;
  readonly ignoredAt: Place;
}

/** A command that writes over committed code of Convex in jobs of which none looks for a difference. */
export interface UncheckedCodegen {
  readonly place: Place;
  readonly text: string;
  /** The folder of the code. */
  readonly folder: string;
  readonly document: DataDocument;
  /** The step of the command; undefined where it is reached through another file. */
  readonly step: Mapping | undefined;
}

/** The code of Convex that a package commits and ignores. */
export function ignoredCommits(repository: Repository, path: string): readonly IgnoredCommit[] {
  // Of a package that git has in spite of being ignored, all was added by force.
  if (posix.basename(path) !== "package.json" || repository.files.isIgnored(path)) return [];
  const directory = folderOf(path);
  const { document } = repository.manifest(directory) ?? {};
  const entry = DEPENDENCY_KINDS.map((kind) => entryOf(valueAt(document?.root, kind), "convex")).find(Boolean);
  if (!document || !entry) return [];
  const output = convexOutputs(repository, directory).find(({ owner }) => owner.directory === directory);
  if (!output) return [];
  for (const file of filesOf(output)) {
    const ignoredAt = repository.files.ignoredAt(file);
    if (ignoredAt && isCertainlyCommitted(repository, file)) {
      return [{ place: { source: document.source, range: entry.keyRange }, file, ignoredAt }];
    }
  }
  return [];
}

function convexOutputs(repository: Repository, folder: string): readonly GeneratedOutput[] {
  const workspace = workspaceOf(repository, folder);
  return workspace ? outputsOf(repository, workspace).filter(({ generator }) => generator === GENERATORS.convex) : [];
}

function filesOf({ path }: GeneratedOutput): readonly string[] {
  return GENERATORS.convex.modules.flatMap((module) =>
    [".d.ts", ".js", ".ts"].map((extension) => `${path}/${module}${extension}`),
  );
}

interface Regeneration {
  readonly job: JobRun;
  readonly run: StepRun;
  readonly reach: Reach;
  readonly output: GeneratedOutput;
}

const uncheckedByRepository = (repository: Repository): readonly UncheckedCodegen[] => {
  const byOutput = new Map<string, Regeneration[]>();
  for (const regeneration of allRuns(repository).flatMap((job) => regenerationsOf(repository, job))) {
    const { path } = regeneration.output;
    byOutput.set(path, [...(byOutput.get(path) ?? []), regeneration]);
  }
  const found = new Map<string, UncheckedCodegen>();
  for (const group of byOutput.values()) {
    // One job that looks is enough.
    if (group.some(mayNotice) || isGeneratedOutOfSight(repository)) continue;
    for (const { run, reach, output } of group.filter(certainlyWrites)) {
      const { place, text } = reach.entry;
      const step = reach.hops.length === 1 ? run.step.node : undefined;
      found.set(keyOfPlace(place), { place, text, folder: output.path, document: run.document, step });
    }
  }
  return [...found.values()];
};

/** The commands of a workflow or action that regenerate committed code of Convex, where no job of the repository looks for a difference. */
export function uncheckedCodegen(repository: Repository, path: string): readonly UncheckedCodegen[] {
  // Only where the file regenerates such code, all other workflows have to be read.
  if (!jobsConcerning(repository, path).some((job) => regenerationsOf(repository, job).length > 0)) return [];
  return repository.derive(uncheckedByRepository).filter(({ place }) => place.source.path === path);
}

/** Where a job generates what git has, other than on the way of an install that is made for something else. */
function regenerationsOf(repository: Repository, job: JobRun): readonly Regeneration[] {
  return job.steps.flatMap((run) =>
    reachesOfBinary(run.reaches, "convex").flatMap((reach) => {
      const { invocation, directory } = reach;
      if (!runsGenerator(invocation, GENERATORS.convex) || !directory.known) return [];
      const isInstall = reachesOfKind(run.reaches, "install").some((other) => other.entry === reach.entry);
      if (isInstall) return [];
      // Where its failure is tolerated, the committed code is meant to do.
      if (!reach.isFatal || run.mayFail) return [];
      // With a flag it may only print, or generate something else.
      if (invocation.args.length > 1) return [];
      const output = convexOutputs(repository, directory.value).find(
        ({ owner }) => owner.directory === directory.value,
      );
      return output && isWhollyCommitted(repository, output) ? [{ job, run, reach, output }] : [];
    }),
  );
}

function isWhollyCommitted(repository: Repository, output: GeneratedOutput): boolean {
  return GENERATORS.convex.modules.every((module) =>
    [".d.ts", ".ts"].some((extension) => {
      const file = `${output.path}/${module}${extension}`;
      return isCertainlyCommitted(repository, file) && !repository.files.isIgnored(file);
    }),
  );
}

/** Whether no condition may keep a command from running where its step does: `[ -z "$CONVEX_DEPLOYMENT" ] || convex codegen`. */
function certainlyWrites({ run, reach }: Regeneration): boolean {
  return reach.guards.length === 0 && isCertainlyReached(run, reach);
}

/** Whether what follows in a job may look at what the command changed, or commit it. */
function mayNotice({ job: { steps }, run, reach }: Regeneration): boolean {
  const later = steps.slice(steps.indexOf(run));
  const rest = run.reaches.slice(run.reaches.indexOf(reach) + 1);
  const texts = later.flatMap(({ step }) => step.run?.text ?? []);
  const reaches = [...rest, ...later.slice(1).flatMap((other) => other.reaches)];
  return (
    texts.some((text) => /\bgit\b/.test(text)) ||
    reaches.some((other) => /\bgit\b/.test(other.located.text) || isOpaque(other)) ||
    later.some(({ step }) => step.uses !== undefined && !isQuiet(step.uses.target))
  );
}

/** Whether a command may compare files: by itself, or by what it runs that is not followed. */
function isOpaque({ invocation, located }: Reach): boolean {
  switch (invocation.kind) {
    case "file":
      return invocation.interpreter !== "shell";
    case "nothing":
      return !QUIET_COMMANDS.has(textOf(located.command.words[0]) ?? "");
    case "binary":
      return [INTERPRETERS, MAY_COMPARE, TASK_FILES].some((programs) => programs.has(invocation.name));
    default:
      return false;
  }
}

/** Whether a job may generate the code, and look at it, by a command that is not followed (`make check-codegen`). */
function isGeneratedOutOfSight(repository: Repository): boolean {
  const reaches = allRuns(repository).flatMap(({ steps }) => steps.flatMap((run) => run.reaches));
  return reaches.some((reach) => isOpaque(reach) && /codegen|convex|generate/i.test(reach.located.text));
}

function isQuiet(target: NonNullable<StepRun["step"]["uses"]>["target"]): boolean {
  if (target.kind === "local") return false;
  return (
    target.kind === "repository" && (QUIET_ACTIONS.has(target.repository) || target.repository === "actions/cache")
  );
}
