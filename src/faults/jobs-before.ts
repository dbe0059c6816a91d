import type { JobRun } from "../project/trace/job-run.ts";
import type { Frame } from "../project/trace/workflow-entry.ts";
import { waitsFor, type Job, type Workflow } from "../documents/workflow.ts";
import type { Repository } from "../project/repository.ts";

/** A job that has to succeed before another one starts, with the workflow that has it. */
export interface JobBefore {
  readonly job: Job;
  readonly workflow: Workflow;
}

/** All jobs that come before one of a run, through `needs`: in its own workflow, and in those that call it. */
export function jobsBefore(
  repository: Repository,
  { job, workflow, frames }: Pick<JobRun, "job" | "workflow" | "frames">,
): readonly JobBefore[] {
  const calls = frames.filter(({ step }) => !step);
  const callers = calls.flatMap(({ document, job: caller }: Frame) => {
    const outer = repository.workflow(document.source.path);
    return outer ? [...neededBy(caller, outer)].map((needed) => ({ job: needed, workflow: outer })) : [];
  });
  return [...[...neededBy(job, workflow)].map((needed) => ({ job: needed, workflow })), ...callers];
}

/** The jobs of its own workflow that a job waits for, directly or through others. */
export function neededBy(job: Job, { jobs }: Pick<Workflow, "jobs">): ReadonlySet<Job> {
  const found = new Set(jobs.filter(({ id }) => waitsFor(job, id)));
  // What is added meanwhile is visited too.
  for (const needed of found) for (const other of jobs) if (waitsFor(needed, other.id)) found.add(other);
  return found;
}
