import { posix } from "node:path";
import type { DataDocument, Mapping } from "../../documents/data.ts";
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
  /** Whether a step before it would run in bash or sh, in a folder that exists, under the same condition. */
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
  const uses = firstUses(repository, job);
  const unchecked = uses.filter((use) => !isMentionedBefore(repository, job, use));
  const conditions = new Set(unchecked.map(({ step }) => conditionOf(job, step)));
  return [...conditions].flatMap((condition) => {
    const [first, ...others] = unchecked.filter(({ step }) => conditionOf(job, step) === condition);
    return first ? [describe(job, condition, first, [first, ...others])] : [];
  });
}

/** The first use of each secret in a job that nothing but the condition of its step keeps from running. */
function firstUses(repository: Repository, job: JobRun): readonly OuterUse[] {
  const found = new Map<string, OuterUse>();
  for (const [index, run] of job.steps.entries()) {
    const [outer, ...inner] = run.frames.flatMap(({ step }) => step ?? []);
    const isFree = outer ? ![...inner, run.step].some(({ condition }) => condition) : true;
    const step = outer ?? run.step;
    // `always()` and its like run a step after a failed check, too.
    if (!isFree || /\b(?:always|cancelled|failure)\s*\(/i.test(conditionOf(job, step) ?? "")) continue;
    for (const use of requiredUsesOf(repository, run)) {
      for (const secret of use.secrets) {
        const name = secret.name.toUpperCase();
        if (!found.has(name)) found.set(name, { ...use, index, step, secret });
      }
    }
  }
  return [...found.values()];
}

function conditionOf({ workflow }: JobRun, { condition }: Step): string | undefined {
  return condition && workflow.source.text.slice(...condition.node.range);
}

/** Whether anything that runs before a command may look at its secret: a step or a job, or the script that it stands in. */
function isMentionedBefore(repository: Repository, job: JobRun, use: OuterUse): boolean {
  const { secret, reach, run } = use;
  const pattern = new RegExp(String.raw`\b(?:${secret.name}|${secret.variable})\b`, "i");
  const mentions = (text: string): boolean => pattern.test(text);
  const [start] = reach.entry.command.range;
  if (mentions(run.step.run?.text.slice(0, start) ?? "")) return true;
  if (reach.hops.slice(1).some(({ place }) => !isTurboConfig(place) && mentions(place.source.text))) return true;
  const before = job.steps.slice(0, use.index).filter(({ step }) => step !== use.step);
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
  first: OuterUse,
  uses: readonly OuterUse[],
): UncheckedSecrets {
  const { run, reach, step } = first;
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
    canCheck: canCheckBefore(job, step),
  };
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
