import { posix } from "node:path";
import { readBunLockHeader } from "../../documents/lockfile.ts";
import { dependenciesOf } from "../../documents/manifest.ts";
import type { BunPin } from "../../documents/version-pins.ts";
import type { Install } from "../../commands/invocation.ts";
import { freezingOf, type BunVersion, type Freezing } from "../../tools/bun.ts";
import { bunPinsOf, bunSourcesOf, type BunSource } from "./bun-source.ts";
import type { JobRun, StepRun } from "../../project/trace/job-run.ts";
import type { Reach } from "../../project/trace/reach.ts";
import { reachesOfKind, type ReachOf } from "../../project/trace/reach-index.ts";
import type { Repository } from "../../project/repository.ts";
import { jobsConcerning } from "../call-sites.ts";
import { provisionOf } from "../environment/provision.ts";
import { findMembers, packageFolderOf, workspaceAt, workspaceOf, type Workspace } from "../../project/workspace.ts";

/** One `bun install` that a job reaches. */
export interface BunInstall {
  readonly run: StepRun;
  readonly reach: Reach;
  readonly install: Install;
  readonly workspace: Workspace;
  /** What brought the Bun that runs it; undefined where that is not known. */
  readonly source: BunSource | undefined;
  readonly freezing: Freezing;
  readonly lockfile: LockfileState;
  /** True where a setting or flag decides the layout of node_modules. */
  readonly hasLinker: boolean;
}

/** Which lockfile an install finds after a checkout. */
export type LockfileState =
  /** A bun.lock or bun.lockb, by its path. */
  | {
      readonly kind: "present";
      readonly path: string;
      readonly formatVersion?: number;
      readonly configVersion?: number;
    }
  /** The lockfile of another package manager, which Bun migrates. */
  | { readonly kind: "foreign" }
  | { readonly kind: "ignored"; readonly path: string }
  | { readonly kind: "missing" };

/** A job with its Bun. */
export interface BunJob {
  readonly job: JobRun;
  readonly sources: readonly BunSource[];
  readonly installs: readonly BunInstall[];
  /** What is declared in the folder of the workspace in which the job uses Bun; none where it brings no Bun. */
  readonly pins: readonly BunPin[];
}

/** The jobs that a finding in a file can depend on, with what they do with Bun. */
export function bunJobsConcerning(repository: Repository, path: string): readonly BunJob[] {
  return jobsConcerning(repository, path).map((job) => repository.deriveFor(job, bunJobOf));
}

function bunJobOf(repository: Repository, job: JobRun): BunJob {
  const sources = bunSourcesOf(repository, job);
  const installs = job.steps.flatMap((run) =>
    reachesOfKind(run.reaches, "install").flatMap((reach) => bunInstall(repository, sources, job, run, reach) ?? []),
  );
  // What another repository or branch declares is not known.
  const isOwn = job.workspace.foreign === undefined;
  const pins = isOwn && sources.length > 0 ? bunPinsOf(repository, workspaceFolder(repository, job)) : [];
  return { job, sources, installs, pins };
}

function bunInstall(
  repository: Repository,
  sources: readonly BunSource[],
  job: JobRun,
  run: StepRun,
  reach: ReachOf<Install>,
): BunInstall | undefined {
  const { invocation, directory } = reach;
  if (invocation.manager !== "bun" || !directory.known) return undefined;
  const workspace = repository.packages.deriveFor(directory.value, bunWorkspaceOf);
  if (!workspace) return undefined;
  const index = job.steps.indexOf(run);
  const source = sources.findLast(
    (candidate) => candidate.run === undefined || job.steps.indexOf(candidate.run) < index,
  );
  return {
    run,
    reach,
    install: invocation,
    workspace,
    source,
    freezing: freezing(repository, workspace, invocation, reach, source?.version),
    lockfile: lockfileStateOf(repository, workspace),
    hasLinker: hasLinker(repository, workspace, invocation),
  };
}

/**
 * The workspace that Bun installs for a folder. It takes members from package.json alone: a member of pnpm-workspace.yaml is a
 * package by itself, with a lockfile of its own. Bun 1.2.18, 1.3.1 and 1.4.5
 */
function bunWorkspaceOf(repository: Repository, folder: string): Workspace | undefined {
  const workspace = workspaceOf(repository, folder);
  const own = packageFolderOf(repository, folder);
  if (!workspace || own === undefined) return workspace;
  const { directory, manifest } = workspace.root;
  if (own === directory) return workspace;
  const members = findMembers(repository, directory, manifest.workspaces ?? []);
  return members.some((member) => member.directory === own) ? workspace : workspaceAt(repository, own);
}

function freezing(
  repository: Repository,
  workspace: Workspace,
  install: Install,
  { environment, directory }: Reach,
  version: BunVersion | undefined,
): Freezing {
  const verdict = freezingOf(install, version);
  // Flags that Bun takes beside those of its command line. https://bun.com/docs/runtime/environment-variables
  if (provisionOf(environment.lookup("BUN_OPTIONS")) === "yes") return "unknown";
  if (verdict === "missingCommand" && directory.known) {
    const folder = packageFolderOf(repository, directory.value);
    const hasScript = folder !== undefined && repository.manifest(folder)?.scripts.has("ci") === true;
    return hasScript ? "intended" : verdict;
  }
  if (verdict !== "unfrozen" && verdict !== "unknownFlag") return verdict;
  // Wherever it is run, an install reads the bunfig.toml of the workspace's root, and no other one.
  const bunfig = repository.bunfig(workspace.root.directory);
  if (bunfig === "unreadable") return "unknown";
  if (bunfig?.isFrozen) return "frozen";
  return bunfig?.keepsLockfile ? "intended" : verdict;
}

function hasLinker(repository: Repository, workspace: Workspace, install: Install): boolean {
  const bunfig = repository.bunfig(workspace.root.directory);
  return (
    bunfig === "unreadable" ||
    bunfig?.hasLinker === true ||
    install.args.some((word) => /^(?:--linker|--config|-c)(?:=|$)/.test(word.text))
  );
}

/** The lockfile that an install of a workspace finds. */
function lockfileStateOf(repository: Repository, workspace: Workspace): LockfileState {
  const { files } = repository;
  const at = (name: string): string => posix.join(workspace.root.directory, name);
  for (const path of [at("bun.lock"), at("bun.lockb")]) {
    // A lockfile that is there and yet ignored may have been added by force: CI then has it too.
    if (!files.exists(path)) continue;
    const source = path.endsWith(".lock") ? files.read(path) : undefined;
    return { kind: "present", path, ...(source && readBunLockHeader(source)) };
  }
  if (["package-lock.json", "yarn.lock", "pnpm-lock.yaml"].some((name) => files.isTracked(at(name))))
    return { kind: "foreign" };
  return files.isIgnored(at("bun.lock")) ? { kind: "ignored", path: at("bun.lock") } : { kind: "missing" };
}

/** Whether a workspace has anything to install: without dependencies there is nothing that a lockfile could hold. */
export function hasDependencies({ packages }: Workspace): boolean {
  return packages.some(
    ({ manifest }) => dependenciesOf(manifest, ["dependencies", "devDependencies", "optionalDependencies"]).size > 0,
  );
}

/** The workspace in which a job runs Bun; the root where it runs in none, or in several. */
function workspaceFolder(repository: Repository, job: JobRun): string {
  const folders = new Set<string>();
  for (const { invocation, directory, located } of job.steps.flatMap(({ reaches }) => reaches)) {
    const usesBun =
      "manager" in invocation
        ? invocation.manager === "bun"
        : /^bunx?$/.test(located.command.words[0].shape) || (invocation.kind === "binary" && invocation.name === "bun");
    const workspace = usesBun && directory.known ? workspaceOf(repository, directory.value) : undefined;
    if (workspace) folders.add(workspace.root.directory);
  }
  const [only] = folders;
  return folders.size === 1 && only !== undefined ? only : "";
}
