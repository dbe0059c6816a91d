import { isShared } from "../../documents/data.ts";
import type { Reference } from "../../documents/expression.ts";
import { nameOf } from "../../documents/satisfiability.ts";
import type { Place } from "../../documents/source.ts";
import { actionName } from "../../documents/uses.ts";
import { findJob, isSameJob, waitsFor, type Job, type Workflow } from "../../documents/workflow.ts";
import { canAllHold, canHold, type Question } from "./questions.ts";

/** Jobs that are waited for and of which one is always skipped where the condition holds. */
export interface SkippedNeeds {
  readonly kind: "skippedNeeds";
  readonly place: Place;
  /** The side of an `||` that can never hold, as written; undefined where that is the whole condition. */
  readonly side: string | undefined;
  /** One that is skipped wherever the job's own condition holds, or two of which one is. */
  readonly skipped: readonly { readonly id: string; readonly place: Place }[];
  /** What the job gets of one of them, and cannot do without. */
  readonly gets: "outputs" | "artifact" | undefined;
}

/** `before` are all jobs that the job waits for. */
export function skippedNeeds(
  workflow: Workflow,
  job: Job,
  question: Question | undefined,
  before: readonly Job[],
): readonly SkippedNeeds[] {
  const own = question ? [question.asked] : [];
  const possible = before.filter(
    (other) => other.condition && isJudgeable(workflow, other) && canHold(other.condition),
  );
  // Two jobs that exclude each other only where one side holds are not worth the time that all pairs take.
  const firsts = question?.side === undefined ? possible : [];
  const pairs = firsts.flatMap((first, index) =>
    possible.slice(index + 1).flatMap((second) => (readsAlike(first, second) ? [[first, second]] : [])),
  );
  const skipped = [...possible.map((other) => [other]), ...pairs].find(
    (others) => !canAllHold([...own, ...others.flatMap((other) => other.condition ?? [])]),
  );
  if (!skipped) return [];
  const { source } = workflow;
  return [
    {
      kind: "skippedNeeds",
      place: question?.place ?? { source, range: job.keyRange },
      side: question?.side,
      skipped: skipped.map(({ id, condition, keyRange }) => ({
        id,
        place: { source, range: condition?.node.range ?? keyRange },
      })),
      gets: skipped.some(({ id }) => readsOutputsOf(source.text.slice(...job.node.range), id))
        ? "outputs"
        : skipped.some((other) => downloadsOf(job, other))
          ? "artifact"
          : undefined,
    },
  ];
}

function readsOutputsOf(text: string, id: string): boolean {
  const reads = [...text.matchAll(/\bneeds(?:\.([\w-]+)|\[["']([\w-]+)["']\])\.outputs\b/g)];
  return reads.some(([, name, quoted]) => isSameJob(id, name ?? quoted ?? ""));
}

/** Whether a job downloads an artifact that another one uploads, by the name that both write. */
function downloadsOf(job: Job, other: Job): boolean {
  const uploaded = new Set(artifactNames(other, "actions/upload-artifact"));
  return artifactNames(job, "actions/download-artifact").some((name) => uploaded.has(name));
}

function artifactNames({ steps }: Job, action: string): readonly string[] {
  const using = steps.filter(({ uses, inputs }) => uses && actionName(uses) === action && !inputs.has("run-id"));
  return using.map(({ inputs }) => inputs.get("name")?.text.trim() ?? "artifact");
}

/** Whether two jobs ask about the same thing, without which they do not exclude each other. */
function readsAlike(first: Job, second: Job): boolean {
  const names = new Set(first.condition?.references.map(nameOf));
  return second.condition?.references.some((reference) => names.has(nameOf(reference))) === true;
}

/** https://docs.github.com/en/actions/reference/workflows-and-actions/contexts#context-availability */
const JOB_CONTEXTS = /^(?:github|inputs|needs|vars)$/;

/** Whether GitHub takes a job's condition, and what it reads is the same for other jobs. */
export function isJudgeable({ document }: Workflow, job: Job): boolean {
  const { condition } = job;
  if (!condition) return true;
  const isKnown = ({ context, path: [id = ""] }: Reference): boolean =>
    JOB_CONTEXTS.test(context) && (context !== "needs" || waitsFor(job, id));
  return (
    condition.expression?.flaw === undefined &&
    condition.references.every(isKnown) &&
    !isShared(document, condition.node.range)
  );
}

/** All jobs that a job waits for, directly or through others; undefined where one of them is not there. */
export function jobsBefore(workflow: Workflow, job: Job): readonly Job[] | undefined {
  const before = new Set<Job>();
  const queue = [...job.needs];
  for (const id of queue) {
    const needed = findJob(workflow, id);
    if (!needed || needed === job) return undefined;
    if (before.has(needed)) continue;
    before.add(needed);
    queue.push(...needed.needs);
  }
  return [...before];
}
