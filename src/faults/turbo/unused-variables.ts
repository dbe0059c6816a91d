import { isCertainlyReached } from "../../project/trace/certainty.ts";
import type { StepRun } from "../../project/trace/job-run.ts";
import type { Reach } from "../../project/trace/reach.ts";
import type { Repository } from "../../project/repository.ts";
import { actionName } from "../../documents/uses.ts";
import { joinList } from "../../lists.ts";
import { droppedVariable, type DroppedVariable } from "./dropped-variable.ts";
import { isReadOutside } from "./outside-reads.ts";
import { processesOf } from "./task-processes.ts";

/** Variables that a step sets for turbo alone, and that turbo passes to no task in any of its runs. */
export function* unusedVariables(repository: Repository, runs: readonly StepRun[]): Generator<DroppedVariable> {
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
  const from = joinList([...new Set(turbo.map(({ entry }) => `\`${entry.text}\``))]);
  for (const { name, value } of run.step.env.entries) {
    if (!value || value.text === "" || isReadOutside(repository, run, name)) continue;
    const filters = [...processes.keys()];
    const drops = filters.filter((filter) =>
      processes.get(filter)?.every(({ environment }) => environment.lookup(name).state === "filtered"),
    );
    if (drops.length < filters.length) continue;
    const entry = drops.find(({ task }) => task.name === task.requested || task.id === task.requested) ?? drops[0];
    const isOnlyTask = new Set(drops.map(({ task }) => task.name)).size === 1;
    if (entry) yield { ...droppedVariable(entry, name, first, { reason: "unused", reader: "", isOnlyTask }), from };
  }
}

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
