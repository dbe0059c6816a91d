import { posix } from "node:path";
import { hasFlag } from "../../commands/arguments.ts";
import type { Install } from "../../commands/invocation.ts";
import { evaluateTemplate } from "../../documents/expression.ts";
import { LOCKFILE_NAMES } from "../../documents/lockfile.ts";
import { dependenciesOf } from "../../documents/manifest.ts";
import type { Place } from "../../documents/source.ts";
import { actionName } from "../../documents/uses.ts";
import { hasIndex, isCertainlyCommitted, isCommitted } from "../../project/committed.ts";
import { failsJob } from "../../project/trace/certainty.ts";
import type { JobRun, StepRun } from "../../project/trace/job-run.ts";
import type { ReachOf } from "../../project/trace/reach-index.ts";
import { stepsAsCommitted } from "../../project/trace/steps-as-committed.ts";
import { foldersUp, type Repository } from "../../project/repository.ts";
import { NPM_LOCKFILES, SETUP_NODE_LOCKFILES } from "../../tools/frozen-installs.data.ts";
import { faultsOfJobs, isHosted, STEP_ITSELF, writtenPlace, type Sighting } from "../call-sites.ts";
import { installsIn, isMemberForNpm, readPlainInstall, type Manager } from "./plain-installs.ts";

/** An install, or an action that names its cache by the lockfile, which fails without one. */
export interface MissingLockfile {
  readonly place: Place;
  /** The command or action as written. */
  readonly text: string;
  /** The package manager whose cache an action is told to keep; undefined for an install. */
  readonly cache: string | undefined;
  /** The names that it looks for, of which the first is written by an install. */
  readonly lockfiles: readonly string[];
  /** Where it looks; the repository's root is the empty string. */
  readonly folder: string;
  /** The line for which git ignores the first of them. */
  readonly ignoredAt: Place | undefined;
  /** The lockfiles of other package managers that lie there. */
  readonly others: readonly string[];
}

type Sought = Omit<MissingLockfile, "ignoredAt" | "others" | "place">;

/** The installs and actions of a workflow, action or package.json that certainly lack a lockfile. */
export function missingLockfiles(repository: Repository, path: string): readonly MissingLockfile[] {
  // What is not at hand may yet be committed, as in an extract of a repository.
  if (!hasIndex(repository)) return [];
  return faultsOfJobs(repository, path, sightingsIn).map(({ place, frame, sighting: { value } }) => {
    const names = [...LOCKFILE_NAMES, "bun.lockb"].filter((name) => !value.lockfiles.includes(name));
    const others = names.filter((name) => isCertainlyCommitted(repository, posix.join(value.folder, name)));
    const [first = ""] = value.lockfiles;
    const ignoredAt = repository.files.ignoredAt(posix.join(value.folder, first));
    return { ...value, text: frame ? frame.uses.text : value.text, place, ignoredAt, others };
  });
}

function sightingsIn(repository: Repository, job: JobRun): readonly Sighting<Sought>[] {
  return stepsAsCommitted(repository, job).flatMap((step) => [
    ...setupSightings(repository, job, step.run),
    ...installsIn(step).flatMap(({ run, reach }) => installSightings(repository, run, reach)),
  ]);
}

function installSightings(repository: Repository, run: StepRun, reach: ReachOf<Install>): readonly Sighting<Sought>[] {
  const { manager } = reach.invocation;
  if (manager !== "npm" && manager !== "pnpm") return [];
  const folder = folderOfLockfile(repository, manager, reach);
  if (folder === undefined) return [];
  const lockfiles = manager === "npm" ? NPM_LOCKFILES : ["pnpm-lock.yaml"];
  const isFatal = failsJob(run, reach);
  const { located, entry } = reach;
  const place = writtenPlace(run, reach);
  return [
    {
      run,
      place,
      subject: `${located.text}\0${folder}`,
      verdict: verdictOf(repository, folder, lockfiles, isFatal),
      value: { text: place === entry.place ? entry.text : located.text, cache: undefined, lockfiles, folder },
    },
  ];
}

/** The folder in which an install needs a lockfile; undefined where it may do without, or where that is not known. */
function folderOfLockfile(repository: Repository, manager: Manager, reach: ReachOf<Install>): string | undefined {
  const { directory } = reach;
  const manifest = directory.known ? repository.manifest(directory.value) : undefined;
  // Of a submodule git lists nothing.
  if (!directory.known || !manifest || !isCertainlyCommitted(repository, manifest.source.path)) return undefined;
  const { value: folder } = directory;
  if (manager === "npm") {
    const isPlain = readPlainInstall(repository, manager, reach, folder) !== undefined;
    return isPlain && !isMemberForNpm(repository, folder) ? folder : undefined;
  }
  const isMarked = (at: string): boolean => repository.files.exists(posix.join(at, "pnpm-workspace.yaml"));
  const root = [...foldersUp(folder)].find(isMarked) ?? folder;
  const flags = readPlainInstall(repository, manager, reach, root);
  // Without dependencies pnpm is content. In a folder that may be no member it may install nothing.
  const hasDependencies = dependenciesOf(manifest, ["dependencies", "devDependencies"]).size > 0;
  return root === folder && hasDependencies && flags && hasFlag(flags, "--frozen-lockfile") ? root : undefined;
}

/** What `actions/setup-node` looks for at the root of the workspace, where it is told to keep a cache. */
function setupSightings(repository: Repository, job: JobRun, run: StepRun): readonly Sighting<Sought>[] {
  const { step, source, lookup } = run;
  const input = step.inputs.get("cache");
  if (!input || !step.uses || actionName(step.uses) !== "actions/setup-node") return [];
  const cache = evaluateTemplate(input, lookup);
  const lockfiles = cache.known ? SETUP_NODE_LOCKFILES.get(cache.value) : undefined;
  if (!cache.known || !lockfiles || (step.inputs.get("cache-dependency-path")?.text ?? "").trim() !== "") return [];
  // On a machine of one's own there may be no cache, and the action goes on without.
  const isFatal = isHosted(job) && failsJob(run, STEP_ITSELF);
  return [
    {
      run,
      place: { source, range: input.node.range },
      subject: cache.value,
      verdict: verdictOf(repository, "", lockfiles, isFatal),
      value: { text: step.uses.text, cache: cache.value, lockfiles, folder: "" },
    },
  ];
}

function verdictOf(
  repository: Repository,
  folder: string,
  lockfiles: readonly string[],
  isFatal: boolean,
): Sighting<unknown>["verdict"] {
  const paths = lockfiles.map((name) => posix.join(folder, name));
  // What lies there and is not ignored is about to be committed.
  if (paths.some((path) => repository.files.isTracked(path) || isCertainlyCommitted(repository, path))) return "sound";
  return isFatal && paths.every((path) => isCommitted(repository, path).known) ? "faulty" : "unknown";
}
