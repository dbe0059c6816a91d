// What GitHub gives in contexts: https://docs.github.com/en/actions/reference/workflows-and-actions/contexts, 2026-11.

const RESULTS = ["success", "failure", "cancelled", "skipped"];

/** What has one of a few values, by its name in lower case; `*` stands for the id of a job or step. A step that has not run has none. */
export const GIVEN_VALUES: ReadonlyMap<string, readonly string[]> = new Map([
  ["job.status", ["success", "failure", "cancelled"]],
  ["needs.*.result", RESULTS],
  ["runner.os", ["Linux", "Windows", "macOS"]],
  ["runner.arch", ["X86", "X64", "ARM", "ARM64"]],
  ["steps.*.conclusion", [...RESULTS, ""]],
  ["steps.*.outcome", [...RESULTS, ""]],
]);

/** How the full name of a branch, tag or pull request begins; comparisons do not look at the case. */
export const REF_PREFIX = /^refs\//i;

/** What only the payload of some events has, by its name in lower case: https://docs.github.com/en/webhooks/webhook-events-and-payloads, 2026-11. */
export const EVENTS_WITH: ReadonlyMap<string, readonly string[]> = new Map([
  ["inputs", ["workflow_dispatch"]],
  ["workflow_run", ["workflow_run", "deployment", "deployment_status"]],
]);
