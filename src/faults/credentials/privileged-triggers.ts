import type { Workflow } from "../../documents/workflow.ts";

/** https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows#pull_request_target */
const PRIVILEGED_TRIGGERS = ["pull_request_target", "workflow_run"];

/** Whether an event that starts a workflow runs a stranger's code beside the repository's secrets. */
export function isPrivileged({ triggers }: Workflow): boolean {
  return triggers.some((trigger) => PRIVILEGED_TRIGGERS.includes(trigger));
}
