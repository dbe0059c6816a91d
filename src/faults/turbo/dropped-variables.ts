import type { Entry } from "../../documents/data.ts";
import { describePlace, type Place } from "../../documents/source.ts";
import type { Step } from "../../documents/step.ts";
import { actionName } from "../../documents/uses.ts";
import type { EnvList, TurboConfig } from "../../documents/turbo-config.ts";
import { onceForEach } from "../../memo.ts";
import { isCertainlyReached } from "../../project/trace/certainty.ts";
import { evidenceOf } from "./evidence.ts";
import { isReadOutside } from "./outside-reads.ts";
import type { StepRun } from "../../project/trace/job-run.ts";
import type { Reach } from "../../project/trace/reach.ts";
import type { Repository } from "../../project/repository.ts";
import { needsOf } from "../credentials/requirements.ts";
import { allRuns } from "../../project/trace/runs.ts";
import { patternsOf, type TaskFilter } from "../../project/turbo/task-environment.ts";

/** A variable that turbo takes away from a task that needs it, at the place where a declaration takes effect. */
export interface DroppedVariable {
  readonly name: string;
  /** The task's id: `web#build`. */
  readonly task: string;
  /** The task's `env` key where there is one, else the task's own key. */
  readonly place: Place;
  readonly config: TurboConfig;
  /** The key of `tasks` that is effective for the package. */
  readonly entry: Entry;
  /** The lists that are effective for the task, each with the key that it stands under. */
  readonly lists: Readonly<
    Record<"env" | "passThroughEnv", { readonly entry: Entry; readonly list: EnvList } | undefined>
  >;
  /** True where a `!` pattern takes it out, so that adding it changes nothing. */
  readonly isExcluded: boolean;
  /** True for turbo 1.x. */
  readonly isLegacy: boolean;
  /** What shows that the task needs it: a command that fails, something that reads it, or that a step sets it for nothing else. */
  readonly reason: "credential" | "read" | "unused";
  /** The command or file that needs it, with its place; empty for `unused`. */
  readonly reader: string;
  /** The step's command that leads to the task; for `unused` all of its commands that run turbo. */
  readonly from: string;
  /** Where a workflow sets the variable; the step's command where none does. */
  readonly setAt: Place;
  /** True where the task is the only one that it can be meant for. */
  readonly isOnlyTask: boolean;
}

const STRENGTH: readonly DroppedVariable["reason"][] = ["credential", "read", "unused"];

const droppedByRepository = (repository: Repository): readonly DroppedVariable[] => {
  const strongest = new Map<string, DroppedVariable>();
  for (const runs of runsBySteps(repository)) {
    const proven = runs.flatMap((run) => [
      ...droppedCredentials(repository, run),
      ...droppedReads(repository, runs, run),
    ]);
    const unused = [...unusedVariables(repository, runs)].filter(
      ({ name }) => !proven.some((dropped) => dropped.name === name),
    );
    for (const dropped of [...proven, ...unused]) {
      const key = `${dropped.place.source.path}:${dropped.entry.key}:${dropped.name}`;
      const known = strongest.get(key);
      if (!known || STRENGTH.indexOf(dropped.reason) < STRENGTH.indexOf(known.reason)) strongest.set(key, dropped);
    }
  }
  return [...strongest.values()];
};

/** All runs of each step that leads to a task in one of them: by the combinations of a matrix, and by its callers. */
function runsBySteps(repository: Repository): readonly (readonly StepRun[])[] {
  const groups = new Map<Step, StepRun[]>();
  for (const run of allRuns(repository).flatMap(({ steps }) => steps)) {
    const group = groups.get(run.step);
    if (group) group.push(run);
    else groups.set(run.step, [run]);
  }
  return [...groups.values()].filter((runs) => runs.some((run) => processesOf(run).size > 0));
}

/** The variables that a turbo configuration lacks. */
export function droppedVariables(repository: Repository, path: string): readonly DroppedVariable[] {
  return repository.derive(droppedByRepository).filter(({ config }) => config.source.path === path);
}

/** Credentials of tools that a task runs, whether or not a workflow sets them yet. */
function* droppedCredentials(repository: Repository, run: StepRun): Generator<DroppedVariable> {
  for (const need of needsOf(repository, run)) {
    const { reach } = need;
    if (reach.filters.length === 0 || need.isMet === "unknown" || need.isOpen) continue;
    const states = need.requirement.accepted.map((names) => names.map((name) => reach.environment.lookup(name).state));
    const arrives = states.some((set) => set.every((state) => state === "bound" || state === "unknown"));
    if (arrives) continue;
    const reader = `\`${need.requirement.command}\` (${describePlace(reach.located.place)})`;
    for (const name of need.names) {
      const answer = reach.environment.lookup(name);
      if (answer.state !== "filtered") continue;
      for (const filter of answer.filters) yield describe(filter, name, "credential", reader, reach, true);
    }
  }
}

/** Variables that a workflow sets and that a process of a task provably reads. */
function* droppedReads(repository: Repository, runs: readonly StepRun[], run: StepRun): Generator<DroppedVariable> {
  const own = new Set([...run.step.env.entries.map(({ name }) => name), ...shellNames(run)]);
  const names = new Set([...namesSetFor(run), ...own]);
  // A variable that reaches one of the tasks may be meant for that one alone.
  const isServed = (name: string): boolean =>
    runs
      .flatMap((other) => [...processesOf(other).values()])
      .some(([reach]) => reach?.environment.lookup(name).state === "bound");
  for (const [filter, reaches] of processesOf(run)) {
    const certain = reaches.filter((reach) => isCertainlyReached(run, reach));
    for (const name of certain.length > 0 ? names : []) {
      // For some of its commands the task's script may set it itself.
      const kept = certain.filter(({ environment }) => environment.lookup(name).state === "filtered");
      const [first] = kept;
      const answer = first?.environment.lookup(name);
      if (!first || answer?.state !== "filtered" || answer.outside.state !== "bound") continue;
      const { value } = answer.outside;
      if (value.known && value.value === "") continue;
      const isChosen = !own.has(name) && isDeclaredForAnother(repository, filter, name);
      const isOwn = own.has(name) && !isServed(name);
      // What an executed file lacks it may find in a dotenv file that a step has made.
      const proof = isChosen || (!isOwn && run.effects.dotenv !== undefined) ? "none" : isOwn ? "compiled" : "executed";
      const evidence = evidenceOf(repository, filter.task, kept, name, proof);
      if (!evidence) continue;
      const reader = `\`${evidence.reader}\` (${describePlace(evidence.place)})`;
      for (const blocking of answer.filters) yield describe(blocking, name, "read", reader, first, true);
    }
  }
}

/** Whether a variable that a whole job has is declared for some of turbo's tasks, and so by choice not for the others. */
function isDeclaredForAnother(repository: Repository, { task }: TaskFilter, name: string): boolean {
  const configs = [task.turbo.config, repository.turboConfig(task.package.directory)];
  const entries = configs.flatMap((config) => [...(config?.tasks.values() ?? [])]);
  return entries
    .flatMap(({ env, passThroughEnv }) => [env, passThroughEnv])
    .some((list) => list !== undefined && patternsOf(list.patterns).includes(name));
}

/** The variables that a step's own script exports, or sets before a command. */
function shellNames({ reaches }: StepRun): readonly string[] {
  const commands = reaches.filter(({ filters }) => filters.length === 0).map(({ located }) => located.command);
  return commands.flatMap(({ assignments, variables }) =>
    [...assignments, ...variables.values()].flatMap(({ name, reach }) => (reach === "exported" ? [name] : [])),
  );
}

const LIST = new Intl.ListFormat("en-GB");

/** Variables that a step sets for turbo alone, and that turbo passes to no task in any of its runs. */
function* unusedVariables(repository: Repository, runs: readonly StepRun[]): Generator<DroppedVariable> {
  const [first = [], ...others] = runs.map((run) => [...unusedIn(repository, run)]);
  for (const dropped of first) {
    const same = others.map((variables) => variables.find(({ name }) => name === dropped.name));
    const isOnlyTask = [dropped, ...same].every((other) => other?.isOnlyTask && other.entry === dropped.entry);
    if (!same.includes(undefined)) yield { ...dropped, isOnlyTask };
  }
}

function* unusedIn(repository: Repository, run: StepRun): Generator<DroppedVariable> {
  const turbo = run.reaches.filter(({ invocation }) => invocation.kind === "turbo");
  const [first] = turbo;
  const processes = processesOf(run);
  const isTurboAlone = turbo.length > 0 && run.reaches.every((reach) => reach.filters.length > 0 || isOnTheWay(reach));
  // A filter may name a package that comes from elsewhere.
  const isWhole =
    !bringsPackages(run) &&
    turbo.every((reach) =>
      run.reaches.some(({ filters, hops }) => filters.length > 0 && reach.hops.every((hop, at) => hops[at] === hop)),
    );
  if (!first || !isTurboAlone || !isWhole || !turbo.every((reach) => isCertainlyReached(run, reach))) return;
  const from = LIST.format(new Set(turbo.map(({ entry }) => `\`${entry.text}\``)));
  for (const { name, value } of run.step.env.entries) {
    if (!value || value.text === "" || isReadOutside(repository, run, name)) continue;
    const filters = [...processes.keys()];
    const drops = filters.filter((filter) =>
      processes.get(filter)?.every(({ environment }) => environment.lookup(name).state === "filtered"),
    );
    if (drops.length < filters.length) continue;
    const entry = drops.find(({ task }) => task.name === task.requested || task.id === task.requested) ?? drops[0];
    const isOnlyTask = new Set(drops.map(({ task }) => task.name)).size === 1;
    if (entry) yield { ...describe(entry, name, "unused", "", first, isOnlyTask), from };
  }
}

/** The processes of turbo tasks that a step starts, each with all that it runs. */
const processesOf = onceForEach((run: StepRun): ReadonlyMap<TaskFilter, readonly Reach[]> => {
  const processes = new Map<TaskFilter, Reach[]>();
  for (const reach of run.reaches) {
    const filter = reach.filters.at(-1);
    if (!filter) continue;
    const known = processes.get(filter);
    if (known) known.push(reach);
    else processes.set(filter, [reach]);
  }
  return processes;
});

/** Whether a step of the same job may put another repository into the workspace, whose packages are not known. */
function bringsPackages({ job, surroundings }: StepRun): boolean {
  return [...job.steps, ...surroundings.steps].some((step) => {
    const isCheckout = step.uses !== undefined && actionName(step.uses) === "actions/checkout";
    const isOther = isCheckout && (step.inputs.has("path") || step.inputs.has("repository"));
    return isOther || /\b(?:git|repo) clone\b|\bdegit\b|\bgiget\b/.test(step.run?.text ?? "");
  });
}

/** Shell commands that have no use for variables that they do not mention. */
const QUIET = /^(?:cd|date|echo|exit|export|printf|pwd|set|sleep|true|wait)$/;

/** Whether a reach is turbo itself, what starts it, or nothing that could use a variable. */
function isOnTheWay({ invocation }: Reach): boolean {
  if (invocation.kind === "binary") return invocation.name === "turbo" || QUIET.test(invocation.name);
  return invocation.kind === "turbo" || invocation.kind === "script";
}

function describe(
  filter: TaskFilter,
  name: string,
  reason: DroppedVariable["reason"],
  reader: string,
  reach: Reach,
  isOnlyTask: boolean,
): DroppedVariable {
  const { task } = filter;
  const { env, passThroughEnv, contributions } = task.definition;
  const [listed, passed] = [env, passThroughEnv].map((list) => list?.contributions.at(-1));
  // A list is effective where it was last replaced; without one, the first that says anything about the task is.
  const holder = listed ?? contributions[0];
  const verdict = filter.verdict(name);
  const outside = reach.environment.lookupUnfiltered(name);
  return {
    name,
    task: task.id,
    config: holder.config,
    entry: holder.task.entry,
    lists: {
      env: listed && { entry: listed.task.entry, list: listed.list },
      passThroughEnv: passed && { entry: passed.task.entry, list: passed.list },
    },
    place: { source: holder.config.source, range: (listed?.list ?? holder.task).entry.keyRange },
    isExcluded: verdict.known && !verdict.value.passes && verdict.value.isExcluded,
    isLegacy: task.turbo.isLegacy,
    reason,
    reader,
    from: `\`${reach.entry.text}\``,
    setAt: outside.state === "bound" && outside.place ? outside.place : reach.entry.place,
    isOnlyTask,
  };
}

/** The variables that the workflow, the job, the step and earlier steps set, by their names in the files. */
function namesSetFor({ workflow, job, step, written }: StepRun): readonly string[] {
  const blocks = [workflow.env, job.env, step.env];
  return [...blocks.flatMap(({ entries }) => entries.map(({ name }) => name)), ...written];
}
