import { posix } from "node:path";
import { textOf } from "../../commands/arguments.ts";
import { dependenciesOf, DEPENDENCY_KINDS } from "../../documents/manifest.ts";
import type { Environment } from "../../project/trace/environment.ts";
import { failsJob } from "../../project/trace/certainty.ts";
import type { JobRun, StepRun } from "../../project/trace/job-run.ts";
import { isFollowed } from "../../project/trace/reach-index.ts";
import type { Reach } from "../../project/trace/reach.ts";
import { foldersUp, type Repository } from "../../project/repository.ts";
import { declaredManager, workspaceOf, type Workspace } from "../../project/workspace.ts";
import { LOCKFILE_NAMES } from "../../documents/lockfile.ts";
import {
  MANAGER_EXECUTABLES,
  RUN_BY_BUN,
  SETUP_ACTIONS,
  type Brought,
  type SetUpManager,
} from "../../tools/manager-setup.data.ts";
import { actionName } from "../../documents/uses.ts";
import { CACHE_ACTIONS } from "../../tools/quiet-commands.data.ts";
import { STEP_ITSELF } from "../call-sites.ts";
import { broughtByAction, broughtByCommand } from "./brought-managers.ts";
import { yarnMismatch, type DeclaredManager } from "./declared-manager.ts";
import { cacheOf, type KeptCache } from "./kept-caches.ts";

/** A command or action that needs a package manager, and whether it is there. */
export interface ManagerNeed {
  readonly run: StepRun;
  readonly manager: SetUpManager;
  /** The command; undefined for an action. */
  readonly reach: Reach | undefined;
  /** The cache that an action keeps; undefined for a command. */
  readonly cache: KeptCache | undefined;
  /** For Yarn the declaration that the one of the image does not fit. */
  readonly declared: DeclaredManager | undefined;
  /** `faulty` where it is certainly not there, and the job fails. */
  readonly verdict: "faulty" | "sound" | "unknown";
  /** The step that sets it up too late. */
  readonly later: StepRun | undefined;
}

/** A command that installs packages which no manifest need have. */
const ADDS_PACKAGES = /^(?:bun|npm|pnpm|yarn) (?:add|i|install) (?:.* )?[^\s-]/;

type Need = Pick<ManagerNeed, "cache" | "declared" | "manager" | "reach" | "run">;

/** What the steps of a job need, in order. On a machine of one's own anything can be there. */
export function managerNeeds(repository: Repository, job: JobRun): readonly ManagerNeed[] {
  if (job.runner.image === undefined || !mayNeed(job)) return [];
  const needs = job.steps.flatMap((run) => needsOf(repository, job, run));
  if (needs.length === 0) return [];
  const walk = new NeedsOfJob(repository, job, needs);
  for (const [index, run] of job.steps.entries()) walk.step(run, job.steps[index + 1]);
  return walk.needs;
}

/** Most jobs are quickly done with. */
function mayNeed({ steps }: JobRun): boolean {
  return steps.some(
    ({ step, reaches }) =>
      step.uses?.text.startsWith("actions/setup-node") === true ||
      reaches.some(
        ({ invocation, located }) =>
          invocation.kind === "turbo" || MANAGER_EXECUTABLES.has(located.command.words[0].shape),
      ),
  );
}

function needsOf(repository: Repository, job: JobRun, run: StepRun): readonly Need[] {
  if (!run.step.uses) return run.reaches.flatMap((reach) => needOf(repository, job, run, reach) ?? []);
  const cache = cacheOf(repository, run);
  return cache ? [{ run, manager: cache.manager, declared: cache.declared, cache, reach: undefined }] : [];
}

class NeedsOfJob {
  readonly needs: ManagerNeed[] = [];
  readonly #repository: Repository;
  readonly #job: JobRun;
  readonly #byOwner: ReadonlyMap<Reach | StepRun, Need>;
  readonly #wanted: readonly SetUpManager[];
  /** What may be there by now, certainly set up or not. */
  readonly #present = new Map<SetUpManager, "sound" | "unknown">();
  #isOpen = false;
  #isAllThere = false;

  constructor(repository: Repository, job: JobRun, needs: readonly Need[]) {
    this.#repository = repository;
    this.#job = job;
    this.#byOwner = new Map(needs.map((need) => [need.reach ?? need.run, need]));
    this.#wanted = [...new Set(needs.map(({ manager }) => manager))];
  }

  step(run: StepRun, next: StepRun | undefined): void {
    const { step, reaches } = run;
    this.#meet(run);
    if (step.uses) this.#bring(() => broughtByAction(run, next));
    else if (reaches.length === 0) this.#bring(() => "any");
    for (const reach of step.uses ? [] : reaches) {
      this.#meet(reach);
      this.#bring(() => broughtByCommand(reach, reaches));
    }
  }

  #meet(owner: Reach | StepRun): void {
    const need = this.#byOwner.get(owner);
    if (need) this.#need(need);
  }

  /** Adds what comes to be there, as long as that matters. */
  #bring(bring: () => Brought): void {
    if (this.#isAllThere) return;
    const brought = bring();
    if (brought === "any") this.#isOpen = true;
    else for (const manager of brought) this.#present.set(manager, "sound");
    if (brought.length > 0) this.#isAllThere = this.#wanted.every((manager) => this.#present.has(manager));
  }

  #need(need: Need): void {
    const { manager, run, reach } = need;
    const fails = (): boolean => failsJob(run, reach ?? STEP_ITSELF) && !this.#mayBeInstalled(need);
    const present = this.#present.get(manager) ?? (this.#isOpen ? "unknown" : undefined);
    const verdict = present ?? (fails() ? "faulty" : "unknown");
    // What comes after a failure does not run.
    if (verdict === "faulty") this.#present.set(manager, "unknown");
    this.needs.push({ ...need, verdict, later: verdict === "faulty" ? this.#later(need) : undefined });
  }

  #later({ manager, run }: Need): StepRun | undefined {
    const { steps } = this.#job;
    return steps
      .slice(steps.indexOf(run) + 1)
      .find(({ step }) => step.uses && SETUP_ACTIONS.get(actionName(step.uses) ?? "") === manager);
  }

  /** Whether a program is looked for elsewhere than in the image: `PATH` is changed, or a script finds those of dependencies. */
  #mayBeInstalled({ run, reach, manager }: Need): boolean {
    if (searchesElsewhere((reach ?? run).environment)) return true;
    if (!reach || (reach.hops.length === 1 && reach.invocation.kind !== "turbo")) return false;
    return (
      isOfInstall(run, reach) ||
      isRunByBun(reach) ||
      this.#job.steps.some(({ reaches }) => reaches.some(({ located }) => ADDS_PACKAGES.test(located.text))) ||
      reach.hops.slice(0, -1).some(({ text }) => new RegExp(`\\b(?:${manager}|corepack)`).test(text)) ||
      mayBeDependency(this.#repository, reach, manager)
    );
  }
}

/** Whether something of the repository says where programs are looked for. */
export function searchesElsewhere(environment: Environment): boolean {
  const path = environment.lookupUnfiltered("PATH");
  if (path.state !== "bound" || path.place || path.template) return true;
  // What Bash reads first may define functions, and Windows looks at no case.
  return ["BASH_ENV", "Path"].some((name) => environment.lookupUnfiltered(name).state !== "absent");
}

/** Whether Bun, which runs a script, does by itself what a command of it asks another package manager for. */
function isRunByBun({ hops, located }: Reach): boolean {
  return RUN_BY_BUN.test(located.text) && hops.slice(0, -1).some(({ text }) => /\b(?:bunx?|turbo)\b/.test(text));
}

/** Whether an install leads to a command: which scripts it runs, and whether it may fail, is less certain than for others. */
function isOfInstall({ reaches }: StepRun, { hops }: Reach): boolean {
  return reaches.some(
    ({ invocation, located }) => invocation.kind === "install" && hops.slice(0, -1).includes(located),
  );
}

function needOf(repository: Repository, job: JobRun, run: StepRun, reach: Reach): Need | undefined {
  const { invocation, located, directory, environment } = reach;
  const manager = MANAGER_EXECUTABLES.get(textOf(located.command.words[0]) ?? "");
  const need = { run, reach, cache: undefined, declared: undefined };
  if (manager === "yarn") {
    // `yarn --version` always works.
    const declared = invocation.kind === "nothing" ? undefined : yarnMismatch(repository, run, directory, environment);
    return declared && { ...need, manager, declared };
  }
  if (manager) return { ...need, manager };
  return invocation.kind === "turbo" ? neededByTurbo(repository, job, run, reach) : undefined;
}

/** Whether turbo may have what a task leaves in a cache, and run nothing. */
export function mayBeCached({ steps }: JobRun, { environment, located }: Reach): boolean {
  return (
    environment.lookupUnfiltered("TURBO_TOKEN").state !== "absent" ||
    located.command.words.some(({ text }) => /^--(?:api|cache|remote-\w+|team|token)(?:=|$)/.test(text)) ||
    steps.some(({ step }) => CACHE_ACTIONS.has((step.uses && actionName(step.uses)) ?? ""))
  );
}

/** Turbo runs each script by the declared package manager, and fails without it: 1.13.4, 2.0.14 and 2.11.11, run. */
function neededByTurbo(repository: Repository, job: JobRun, run: StepRun, reach: Reach): Need | undefined {
  const { directory } = reach;
  const workspace = directory.known ? workspaceOf(repository, directory.value) : undefined;
  const declared = /^(bun|pnpm)@/.exec(workspace ? declaredManager(workspace.root.manifest) : "")?.[1];
  // Older ones run nothing for a task that they have in a cache.
  if (declared === undefined || mayBeCached(job, reach) || !isFollowed(run.reaches, reach)) return undefined;
  return { run, reach, cache: undefined, declared: undefined, manager: declared === "bun" ? "bun" : "pnpm" };
}

/**
 * Whether a package that is installed may bring the executable for scripts: a declared one, or one that others need. Scripts find
 * those of all folders above, too.
 */
function mayBeDependency(repository: Repository, { directory }: Reach, manager: SetUpManager): boolean {
  const folders = directory.known ? [...foldersUp(directory.value)] : [];
  const workspaces = new Set(folders.flatMap((folder) => workspaceOf(repository, folder) ?? []));
  return workspaces.size === 0 || [...workspaces].some((workspace) => mayHold(repository, workspace, manager));
}

function mayHold(repository: Repository, { root, packages }: Workspace, manager: SetUpManager): boolean {
  const names = manager === "pnpm" ? ["pnpm", "@pnpm/exe"] : [manager];
  const declares = packages.some(({ manifest }) => {
    const dependencies = dependenciesOf(manifest, DEPENDENCY_KINDS);
    return names.some((name) => dependencies.has(name));
  });
  const texts = LOCKFILE_NAMES.flatMap((name) => repository.files.read(posix.join(root.directory, name))?.text ?? []);
  const listed = new RegExp(
    `(?<![\\w-])(?:@pnpm/exe|${manager})@|node_modules/(?:@pnpm/exe|${manager})"|/${manager}/\\d|"bin": ?\\{[^}]*"${manager}"|"${manager}": ?\\{`,
  );
  return declares || texts.length === 0 || texts.some((text) => listed.test(text));
}
