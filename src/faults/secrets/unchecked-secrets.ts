import { posix } from "node:path";
import type { DataDocument, DataNode, Mapping } from "../../documents/data.ts";
import { canHoldTogether } from "../../documents/satisfiability.ts";
import type { Place } from "../../documents/source.ts";
import type { Step } from "../../documents/step.ts";
import type { JobRun, StepRun } from "../../project/trace/job-run.ts";
import type { Repository } from "../../project/repository.ts";
import { shellOf } from "../../project/trace/shell-of.ts";
import { scriptSource } from "../../project/trace/unread-code.ts";
import { jobsConcerning } from "../call-sites.ts";
import { mayDeploy } from "../deployment/deploying-steps.ts";
import { jobsBefore } from "../jobs-before.ts";
import { requiredUsesOf, type RequiredSecret, type RequiredUse } from "./required-secrets.ts";

/** Secrets that a job which deploys needs, and that nothing looks at before the first command that needs one. */
export interface UncheckedSecrets {
  readonly place: Place;
  /** The command or action that needs the first of them. */
  readonly text: string;
  readonly secrets: readonly CheckedSecret[];
  readonly document: DataDocument;
  /** The step before which they can be checked. */
  readonly step: Mapping;
  /** Its condition as it stands in the file. */
  readonly condition: string | undefined;
  /** Whether a step before it would run in bash or sh, in a folder that exists, wherever one runs that needs the secrets. */
  readonly canCheck: boolean;
}

/** A secret to check. */
export interface CheckedSecret {
  readonly name: string;
  /** The variable in which a step of the job has it; undefined where it has none. */
  readonly variable: string | undefined;
}

/** A use with the step of the workflow through which it is reached. */
interface OuterUse extends RequiredUse {
  readonly index: number;
  readonly step: Step;
  readonly secret: RequiredSecret;
}

/** The places of a workflow before which its secrets are not checked: one for each job, and each condition in it. */
export function uncheckedSecrets(repository: Repository, path: string): readonly UncheckedSecrets[] {
  if (!repository.workflowPaths.includes(path)) return [];
  const byJob = new Map<Mapping, (readonly UncheckedSecrets[])[]>();
  for (const job of jobsConcerning(repository, path)) {
    if (job.workflow.source.path !== path) continue;
    byJob.set(job.job.node, [...(byJob.get(job.job.node) ?? []), uncheckedIn(repository, job)]);
  }
  // A workflow that is called in several ways is judged by what holds for all of them.
  return [...byJob.values()].flatMap(([first = [], ...others]) =>
    first.filter(({ place }) =>
      others.every((other) => other.some((fault) => fault.place.range[0] === place.range[0])),
    ),
  );
}

function uncheckedIn(repository: Repository, job: JobRun): readonly UncheckedSecrets[] {
  if (!job.steps.some(mayDeploy)) return [];
  const uses = usesOf(repository, job);
  const unchecked = uses.filter((use, index) => {
    const isFirst = !uses.slice(0, index).some((earlier) => isSameSecret(earlier, use) && canRunWith(earlier, use));
    return isFirst && !isMentionedBefore(repository, job, use);
  });
  const conditions = new Set(unchecked.map(({ step }) => conditionOf(job, step)));
  return [...conditions].flatMap((condition) => {
    const [first, ...others] = unchecked.filter(({ step }) => conditionOf(job, step) === condition);
    return first ? [describe(job, condition, uses, [first, ...others])] : [];
  });
}

/** The uses of secrets in a job that nothing but the condition of their step keeps from running. */
function usesOf(repository: Repository, job: JobRun): readonly OuterUse[] {
  return [...job.steps.entries()].flatMap(([index, run]) => {
    const step = outerStepOf(run);
    const inner = [...run.frames.flatMap((frame) => frame.step ?? []), run.step].filter((other) => other !== step);
    if (inner.some(({ condition }) => condition) || runsAfterFailure(job, step)) return [];
    return requiredUsesOf(repository, run).flatMap((use) =>
      use.secrets.map((secret): OuterUse => ({ ...use, index, step, secret })),
    );
  });
}

/** The step of the workflow through which one is reached. */
function outerStepOf({ frames, step }: StepRun): Step {
  return frames.flatMap((frame) => frame.step ?? [])[0] ?? step;
}

/** `always()` and its like run a step after a failed check, too. */
function runsAfterFailure(job: JobRun, step: Step): boolean {
  return /\b(?:always|cancelled|failure)\s*\(/i.test(conditionOf(job, step) ?? "");
}

function isSameSecret({ secret: { name } }: OuterUse, { secret: other }: OuterUse): boolean {
  return name.toUpperCase() === other.name.toUpperCase();
}

/** What stays as it is while a job runs. */
const FIXED_CONTEXTS = /^(?:github|inputs|matrix|needs|strategy|vars)$/;

/** False where the conditions of two steps of a job exclude each other: `github.ref_name == 'main'` and `== 'next'`. */
function canRunWith({ step: { condition } }: { readonly step: Step }, other: { readonly step: Step }): boolean {
  const conditions = [condition, other.step.condition].filter((each) => each !== undefined);
  return canHoldTogether(conditions, ({ context, path: [name = ""] }) =>
    FIXED_CONTEXTS.test(context) && !/^action/i.test(name) ? "any" : "unknown",
  );
}

function conditionOf(job: JobRun, { condition }: Step): string | undefined {
  return condition && textOf(job, condition.node);
}

function textOf({ workflow }: JobRun, { range }: DataNode): string {
  return workflow.source.text.slice(...range);
}

/** Whether anything that runs before a command may look at its secret: a step or a job, or the script that it stands in. */
function isMentionedBefore(repository: Repository, job: JobRun, use: OuterUse): boolean {
  const { secret, reach, run } = use;
  const pattern = new RegExp(String.raw`\b(?:${secret.name}|${secret.variable})\b`, "i");
  const mentions = (text: string): boolean => pattern.test(text);
  const [start] = reach.entry.command.range;
  if (mentions(run.step.run?.text.slice(0, start) ?? "")) return true;
  if (reach.hops.slice(1).some(({ place }) => !isTurboConfig(place) && mentions(place.source.text))) return true;
  const before = job.steps
    .slice(0, use.index)
    .filter((earlier) => earlier.step !== use.step && canRunWith({ step: outerStepOf(earlier) }, use));
  if (before.some((earlier) => isMentionedIn(repository, earlier, mentions))) return true;
  return jobsBefore(repository, job).some(({ job: needed, workflow }) => {
    const isOpaque = needed.uses !== undefined && needed.secrets === "inherit";
    return isOpaque || mentions(workflow.source.text.slice(...needed.node.range));
  });
}

function isTurboConfig({ source }: Place): boolean {
  return /^turbo\.jsonc?$/.test(posix.basename(source.path));
}

/** Whether a step, or a file that it runs, has the secret's name. */
function isMentionedIn(repository: Repository, run: StepRun, mentions: (text: string) => boolean): boolean {
  if (mentions(run.source.text.slice(...run.step.node.range))) return true;
  return run.reaches.some(({ hops, invocation, directory }) => {
    const file = scriptSource(invocation, directory, repository);
    const isInScript = hops.slice(1).some(({ place }) => !isTurboConfig(place) && mentions(place.source.text));
    return isInScript || (file !== undefined && mentions(file.text));
  });
}

function describe(
  job: JobRun,
  condition: string | undefined,
  all: readonly OuterUse[],
  uses: readonly [OuterUse, ...OuterUse[]],
): UncheckedSecrets {
  const [{ run, reach, step }] = uses;
  const frame = run.frames.find((candidate) => candidate.step !== undefined);
  const { workflow } = job;
  const entries = [...workflow.env.entries, ...job.job.env.entries];
  const jobEnv = new Map(entries.map(({ name, value }) => [name, value?.text]));
  return {
    place: frame ? { source: frame.document.source, range: frame.uses.range } : reach.entry.place,
    text: frame ? frame.uses.text : reach.entry.text,
    secrets: uses.map(({ secret: { name } }) => ({
      name,
      variable: [...jobEnv].find(([, text]) => text === `\${{ secrets.${name} }}`)?.[0],
    })),
    document: workflow.document,
    step: step.node,
    condition,
    canCheck: canCheckBefore(job, step) && uses.every((use) => coversAll(job, use, all)),
  };
}

/** Whether a check under the condition of a use looks at its secret before each step that gets it and can run with it. */
function coversAll(job: JobRun, use: OuterUse, all: readonly OuterUse[]): boolean {
  const condition = conditionOf(job, use.step);
  const name = `secrets.${use.secret.name}`.toLowerCase();
  const uses = all.filter((other) => isSameSecret(other, use)).map(({ step }) => step);
  const getting = job.steps.map(outerStepOf).filter(({ node }) => textOf(job, node).toLowerCase().includes(name));
  return (
    condition === undefined ||
    [...uses, ...getting].every(
      (step) => conditionOf(job, step) === condition || runsAfterFailure(job, step) || !canRunWith({ step }, use),
    )
  );
}

function canCheckBefore(job: JobRun, step: Step): boolean {
  const defaults = job.job.defaults ?? job.workflow.defaults;
  const isPosix = shellOf(defaults?.shell, job.runner.os)?.isPosix === true;
  const hasShell = isPosix && (defaults?.shell !== undefined || job.runner.os !== undefined);
  // The default folder exists at least where the step itself starts in it.
  const hasFolder = !defaults?.workingDirectory || (step.run !== undefined && !step.workingDirectory);
  const names = step.env.entries.map(({ name }) => name);
  const readsOwn =
    step.condition?.references.some(({ context, path }) => context === "env" && names.includes(path[0] ?? "")) ?? false;
  return hasShell && hasFolder && !readsOwn && !conditionOf(job, step)?.includes("\n");
}
