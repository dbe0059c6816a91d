import { hasFlag } from "../../commands/arguments.ts";
import type { Install } from "../../commands/invocation.ts";
import type { Place } from "../../documents/source.ts";
import { failsJob } from "../../project/trace/certainty.ts";
import type { JobRun, StepRun } from "../../project/trace/job-run.ts";
import type { ReachOf } from "../../project/trace/reach-index.ts";
import type { Reach } from "../../project/trace/reach.ts";
import { allRuns } from "../../project/trace/runs.ts";
import { stepsAsCommitted } from "../../project/trace/steps-as-committed.ts";
import type { Repository } from "../../project/repository.ts";
import { pnpmMembers } from "./pnpm/locked-member.ts";
import { NODE_COMPARES, PNPM_READS_9 } from "../../tools/frozen-installs.data.ts";
import { isOfRepository } from "../call-sites.ts";
import { installsIn, isMemberForNpm, readPlainInstall, type Manager } from "./plain-installs.ts";
import { nodeMajorOf, pnpmMajorOf } from "./release-in-job.ts";

/** An install of a workflow that fails where the lockfile differs. */
export interface FrozenInstall {
  readonly text: string;
  readonly place: Place;
}

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
    for (const { run, reach } of stepsAsCommitted(repository, job).flatMap(installsIn)) {
      if (reach.invocation.manager !== manager || !isOfWorkspace(repository, manager, reach, root)) continue;
      if (isFrozen(repository, manager, job, run, reach, root) && failsJob(run, reach))
        return { text: reach.located.text, place: reach.located.place };
    }
  }
  return undefined;
}

/** Whether an install in some folder is one of the workspace: pnpm takes all members from any of them, npm from the root. */
function isOfWorkspace(repository: Repository, manager: Manager, { directory }: Reach, root: string): boolean {
  if (!directory.known || !repository.manifest(directory.value)) return false;
  const { value: folder } = directory;
  if (manager === "npm") return folder === root && !isMemberForNpm(repository, root);
  return folder === root || pnpmMembers(repository, root).has(folder);
}

function isFrozen(
  repository: Repository,
  manager: Manager,
  job: JobRun,
  run: StepRun,
  reach: ReachOf<Install>,
  root: string,
): boolean {
  const flags = readPlainInstall(repository, manager, reach, root);
  if (!flags) return false;
  if (manager === "npm") return (nodeMajorOf(repository, job, run) ?? 0) >= NODE_COMPARES;
  const major = pnpmMajorOf(repository, job, run, root);
  if (hasFlag(flags, "--frozen-lockfile")) return major === undefined || major >= PNPM_READS_9;
  const ci = reach.environment.lookupWritten("CI");
  return (major ?? 0) >= PNPM_READS_9 && ci.state === "bound" && ci.value.known && /^(?:true|1)$/.test(ci.value.value);
}
