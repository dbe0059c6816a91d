import type { DataDocument } from "../../documents/data.ts";
import { soleExpression, type Template } from "../../documents/expression.ts";
import { levelOf, type Level, type Permissions } from "../../documents/permissions.ts";
import type { Job } from "../../documents/workflow.ts";
import type { JobRun } from "../../project/trace/job-run.ts";
import type { Repository } from "../../project/repository.ts";
import type { Frame } from "../../project/trace/workflow-entry.ts";

/** The `GITHUB_TOKEN` of a job: what it may do, as far as the files say it. */
export interface JobToken {
  /** Undefined where nothing is granted by name, and a setting of the repository decides. */
  readonly granted: Permissions | undefined;
  /** The job whose own `permissions`, or those of its workflow, are the ones. */
  readonly job: Job;
  readonly document: DataDocument;
  /** That job, where it is another one, which calls the workflow of this one. */
  readonly frame: Frame | undefined;
}

/**
 * The token that the steps of a job get; undefined where its `permissions` cannot be read. A job without any, in a workflow without
 * any, has those of the job that calls the workflow.
 * https://docs.github.com/en/actions/how-tos/reuse-automations/reuse-workflows#supported-keywords-for-jobs-that-call-a-reusable-workflow
 */
export function tokenOf(repository: Repository, { job, workflow, frames }: JobRun): JobToken | undefined {
  const own = job.permissions ?? workflow.permissions;
  if (own) return own.known ? { granted: own.value, job, document: workflow.document, frame: undefined } : undefined;
  for (const frame of frames.toReversed()) {
    const caller = repository.workflow(frame.document.source.path);
    const passed = frame.job.permissions ?? caller?.permissions;
    if (passed)
      return passed.known ? { granted: passed.value, job: frame.job, document: frame.document, frame } : undefined;
  }
  const [frame] = frames;
  return { granted: undefined, job: frame?.job ?? job, document: frame?.document ?? workflow.document, frame };
}

/**
 * How far a token may go; undefined where that is a setting. No setting grants `id-token`.
 * https://docs.github.com/en/actions/reference/security/oidc#workflow-permissions-for-the-requesting-the-oidc-token
 */
export function levelIn({ granted }: JobToken, permission: string): Level | undefined {
  if (granted) return levelOf(granted, permission);
  return permission === "id-token" ? "none" : undefined;
}

/** Whether a value is the token of the job, and nothing else. */
export function isJobToken(template: Template | undefined): boolean {
  const expression = template && soleExpression(template);
  return expression !== undefined && /^(?:github\.token|secrets\.GITHUB_TOKEN)$/i.test(expression.text.trim());
}
