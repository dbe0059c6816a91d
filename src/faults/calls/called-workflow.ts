import { entryOf } from "../../documents/data.ts";
import type { Place } from "../../documents/source.ts";
import type { Uses } from "../../documents/uses.ts";
import type { Job, Workflow, WorkflowCall } from "../../documents/workflow.ts";
import type { Repository } from "../../project/repository.ts";
import { normalizeDirectory } from "../../shell/directory.ts";

/** A workflow that others can call. */
export type CallableWorkflow = Workflow & { readonly call: WorkflowCall };

/** A job that calls a workflow of this repository. */
export interface Call {
  readonly workflow: Workflow;
  readonly job: Job;
  readonly uses: Uses;
  readonly callee: CallableWorkflow;
}

/** The calls that jobs of a workflow make of those that can be called. */
export function callsOf(repository: Repository, workflow: Workflow): readonly Call[] {
  return workflow.jobs.flatMap((job) => {
    const { uses } = job;
    const callee =
      uses?.target.kind === "local" ? repository.workflow(normalizeDirectory(uses.target.path)) : undefined;
    return uses && isCallable(callee) ? [{ workflow, job, uses, callee }] : [];
  });
}

/** The calls in a file; none where it is no workflow of the repository. */
export function callsIn(repository: Repository, path: string): readonly Call[] {
  const workflow = repository.workflowPaths.includes(path) ? repository.workflow(path) : undefined;
  return workflow ? callsOf(repository, workflow) : [];
}

function isCallable(workflow: Workflow | undefined): workflow is CallableWorkflow {
  return workflow?.call !== undefined;
}

/** Where a workflow says what it can be started by, and what it takes. */
export function triggersPlace({ node, source }: Workflow): Place {
  return { source, range: entryOf(node, "on")?.keyRange ?? node.range };
}
