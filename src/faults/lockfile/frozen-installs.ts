import { posix } from "node:path";
import { hasFlag, readArguments, textOf } from "../../commands/arguments.ts";
import type { Install } from "../../commands/invocation.ts";
import type { Place } from "../../documents/source.ts";
import { failsJob } from "../../project/trace/certainty.ts";
import type { JobRun, StepRun } from "../../project/trace/job-run.ts";
import type { ReachOf } from "../../project/trace/reach-index.ts";
import type { Reach } from "../../project/trace/reach.ts";
import { allRuns } from "../../project/trace/runs.ts";
import { foldersUp, type Repository } from "../../project/repository.ts";
import { findMembers } from "../../project/workspace.ts";
import { pnpmMembers } from "./pnpm/locked-member.ts";
import { FROZEN_INSTALLS, NODE_COMPARES, PNPM_READS_9 } from "../../tools/frozen-installs.data.ts";
import { isOfRepository } from "../call-sites.ts";
import { keepsLockfiles, isQuietStep } from "./quiet-steps.ts";
import { nodeMajorOf, pnpmMajorOf } from "./release-in-job.ts";

/** An install of a workflow that fails where the lockfile differs. */
export interface FrozenInstall {
  readonly text: string;
  readonly place: Place;
}

type Manager = "npm" | "pnpm";

/**
 * An install of a workspace, by the folder of its root, that certainly runs with the committed files, compares them and fails the
 * job for a difference; undefined where no workflow has one.
 */
export function frozenInstallOf(repository: Repository, manager: Manager, root: string): FrozenInstall | undefined {
  return repository.deriveFor(root, manager === "npm" ? findOfNpm : findOfPnpm);
}

const findOfNpm = (repository: Repository, root: string): FrozenInstall | undefined => find(repository, "npm", root);
const findOfPnpm = (repository: Repository, root: string): FrozenInstall | undefined => find(repository, "pnpm", root);

function find(repository: Repository, manager: Manager, root: string): FrozenInstall | undefined {
  for (const job of allRuns(repository).filter(isOfRepository)) {
    for (const { run, reach } of installsAsCommitted(job)) {
      if (reach.invocation.manager !== manager || !isOfWorkspace(repository, manager, reach, root)) continue;
      if (isFrozen(repository, manager, job, run, reach, root) && failsJob(run, reach))
        return { text: reach.located.text, place: reach.located.place };
    }
  }
  return undefined;
}

interface Found {
  readonly run: StepRun;
  readonly reach: ReachOf<Install>;
}

/** The installs of a job before which nothing has changed what was checked out. */
function installsAsCommitted({ steps }: JobRun): readonly Found[] {
  const found: Found[] = [];
  for (const run of steps) {
    const { isCheckedOut, foreign } = run.workspace;
    for (const reach of run.reaches) {
      if (isInstall(reach) && isCheckedOut && foreign === undefined) found.push({ run, reach });
      if (!keepsLockfiles(reach, run.reaches)) return found;
    }
    if (!isQuietStep(run)) return found;
  }
  return found;
}

function isInstall(reach: Reach): reach is ReachOf<Install> {
  return reach.invocation.kind === "install";
}

/** Whether an install in some folder is one of the workspace: pnpm takes all members from any of them, npm from the root. */
function isOfWorkspace(repository: Repository, manager: Manager, { directory }: Reach, root: string): boolean {
  if (!directory.known || !repository.manifest(directory.value)) return false;
  const { value: folder } = directory;
  if (manager === "npm") return folder === root && !isMemberForNpm(repository, root);
  return folder === root || pnpmMembers(repository, root).has(folder);
}

/** Whether npm takes a folder for a member of a workspace around it, and installs that. */
function isMemberForNpm(repository: Repository, root: string): boolean {
  return [...foldersUp(root)].slice(1).some((folder) => {
    const globs = repository.manifest(folder)?.workspaces ?? [];
    return findMembers(repository, folder, globs).some(({ directory }) => directory === root);
  });
}

function isFrozen(
  repository: Repository,
  manager: Manager,
  job: JobRun,
  run: StepRun,
  reach: ReachOf<Install>,
  root: string,
): boolean {
  const { verbs, valueFlags, booleanFlags } = FROZEN_INSTALLS[manager];
  const [name, ...words] = reach.located.command.words;
  const parsed = readArguments(words, { valueFlags, booleanFlags });
  const [verb, ...others] = parsed.positionals;
  if (textOf(name) !== manager || !parsed.isCertain || others.length + parsed.rest.length > 0) return false;
  if (!verbs.has(textOf(verb) ?? "") || hasSetting(repository, manager, reach, root)) return false;
  const isPlain = [...parsed.flags].every(
    ([flag, values]) =>
      (valueFlags.has(flag) || booleanFlags.has(flag)) &&
      (flag !== "--frozen-lockfile" || values.every((value) => value === true || textOf(value) === "true")),
  );
  if (!isPlain) return false;
  if (manager === "npm") return (nodeMajorOf(repository, job, run) ?? 0) >= NODE_COMPARES;
  const major = pnpmMajorOf(repository, job, run, root);
  if (hasFlag(parsed, "--frozen-lockfile")) return major === undefined || major >= PNPM_READS_9;
  const ci = reach.environment.lookupWritten("CI");
  return (major ?? 0) >= PNPM_READS_9 && ci.state === "bound" && ci.value.known && /^(?:true|1)$/.test(ci.value.value);
}

/** Whether a setting of a file or variable may keep the install from comparing. */
function hasSetting({ files }: Repository, manager: Manager, { directory, environment }: Reach, root: string): boolean {
  const { settings } = FROZEN_INSTALLS[manager];
  const folders = directory.known ? [root, directory.value] : [root];
  // `.npmrc` has `frozen-lockfile=…`, pnpm-workspace.yaml `frozenLockfile: …`.
  const names = settings.map((name) => name.replaceAll("-", "-?")).join("|");
  const pattern = new RegExp(`^\\s*(?:${names})\\s*[=:]`, "im");
  const paths = folders.flatMap((folder) => [".npmrc", "pnpm-workspace.yaml"].map((name) => posix.join(folder, name)));
  if (paths.some((path) => pattern.test(files.read(path)?.text ?? ""))) return true;
  return settings.some((setting) => {
    const name = setting.replaceAll("-", "_");
    const variables = [`npm_config_${name}`, `NPM_CONFIG_${name.toUpperCase()}`];
    const ofPnpm = manager === "pnpm" ? [`pnpm_config_${name}`, `PNPM_CONFIG_${name.toUpperCase()}`] : [];
    return [...variables, ...ofPnpm].some((variable) => environment.lookupWritten(variable).state !== "absent");
  });
}
