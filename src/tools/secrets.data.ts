// Where `secrets` is not available, by actions/languageservices workflow-v1.0.json and action-v1.0.json (0.3.61), 2026-11.
// https://docs.github.com/en/actions/reference/workflows-and-actions/contexts#context-availability

/** A key, as the path to it: `*` is any one key or item, `**` whatever is below. */
export type KeyPath = readonly string[];

const STEPS_WITHOUT_SECRETS: readonly KeyPath[] = [["if"], ["parallel", "*", "if"]];

/** Keys of a job that may hold expressions, but not `secrets`. */
const OF_JOB: readonly KeyPath[] = [
  ["cancel-timeout-minutes"],
  ["concurrency", "**"],
  ["container"],
  ...["image", "options", "ports", "volumes"].map((key) => ["container", key, "**"]),
  ["continue-on-error"],
  ["defaults", "run", "**"],
  ["environment", "**"],
  ["if"],
  ["name"],
  ["runs-on", "**"],
  ["services", "*"],
  ...["image", "options", "ports", "volumes"].map((key) => ["services", "*", key, "**"]),
  ["snapshot", "if"],
  ["strategy", "**"],
  ["timeout-minutes"],
  ["with", "*"],
  ...STEPS_WITHOUT_SECRETS.map((path) => ["steps", "*", ...path]),
];

/** Keys of a workflow in which GitHub rejects `secrets`, and with it the whole file. */
export const KEYS_OF_WORKFLOW: readonly KeyPath[] = [
  ["concurrency", "**"],
  ["on", "workflow_call", "inputs", "*", "default"],
  ["on", "workflow_call", "outputs", "*", "value"],
  ["run-name"],
  ...OF_JOB.map((path) => ["jobs", "*", ...path]),
];

/** Keys of an action in which the runner rejects `secrets`. */
export const KEYS_OF_ACTION: readonly KeyPath[] = [
  ["inputs", "*", "default"],
  ["outputs", "*", "value"],
  ["runs", "steps", "*", "**"],
];
