// What expressions may read and call, by key: actions/languageservices workflow-v1.0.json and action-v1.0.json (0.3.61), 2026-11.
// https://docs.github.com/en/actions/reference/workflows-and-actions/contexts#context-availability

/** A key, as the path to it: `*` is any one key or item, `**` whatever is below. */
export type KeyPath = readonly string[];

/** What the expressions below a key may read and call, in lower case; functions that may be called anywhere are left out. */
export interface Availability {
  readonly path: KeyPath;
  readonly contexts: ReadonlySet<string>;
  readonly functions: ReadonlySet<string>;
}

const RUN = ["github", "inputs", "vars"];
const NEEDS = [...RUN, "needs"];
const JOB = [...NEEDS, "strategy", "matrix"];
/** What the runner knows, which steps read. */
const RUNNER = [...JOB, "env", "job", "runner", "steps"];
const STATUS = ["always", "cancelled", "failure", "success"];

function at(path: KeyPath, contexts: readonly string[], functions: readonly string[] = []): Availability {
  return { path, contexts: new Set(contexts), functions: new Set(functions) };
}

const below = (path: KeyPath, entries: readonly Availability[]): readonly Availability[] =>
  entries.map((entry) => ({ ...entry, path: [...path, ...entry.path] }));

const OF_CONTAINER = [
  at(["credentials", "**"], [...JOB, "env", "secrets"]),
  at(["env", "*"], [...RUNNER, "secrets"]),
  ...["image", "options", "ports", "volumes"].map((key) => at([key, "**"], JOB)),
];

const OF_STEP = [
  at(["if"], RUNNER, [...STATUS, "hashfiles"]),
  ...["continue-on-error", "env", "name", "run", "timeout-minutes", "with", "working-directory"].map((key) =>
    at([key, "**"], [...RUNNER, "secrets"], ["hashfiles"]),
  ),
];

const OF_JOB = [
  at(["if"], NEEDS, STATUS),
  at(["strategy", "**"], NEEDS),
  at(["env", "**"], [...JOB, "secrets"]),
  at(["environment", "url"], RUNNER),
  at(["defaults", "run", "**"], [...JOB, "env"]),
  at(["outputs", "*"], [...RUNNER, "secrets"]),
  at(["secrets", "*"], [...JOB, "secrets"]),
  ...[
    "cancel-timeout-minutes",
    "concurrency",
    "continue-on-error",
    "environment",
    "name",
    "runs-on",
    "timeout-minutes",
  ].map((key) => at([key, "**"], JOB)),
  ...[["container"], ["services", "*"], ["snapshot", "if"], ["with", "*"]].map((path) => at(path, JOB)),
  ...below(["container"], OF_CONTAINER),
  ...below(["services", "*"], OF_CONTAINER),
  ...below(["steps", "*"], OF_STEP),
  ...below(["steps", "*", "parallel", "*"], OF_STEP),
];

/** Of a workflow, where GitHub rejects the file for anything else; the first that fits a key counts. */
export const IN_WORKFLOW: readonly Availability[] = [
  at(["run-name"], RUN),
  at(["concurrency", "**"], RUN),
  at(["env", "**"], [...RUN, "secrets"]),
  at(["on", "workflow_call", "inputs", "*", "default"], RUN),
  at(["on", "workflow_call", "outputs", "*", "value"], [...RUN, "jobs"]),
  ...below(["jobs", "*"], OF_JOB),
];

const ACTION = ["github", "inputs", "strategy", "matrix", "steps", "job", "runner", "env"];

/** Of a composite action, where the runner does. */
export const IN_ACTION: readonly Availability[] = [
  at(["inputs", "*", "default"], ["github", "strategy", "matrix", "job", "runner"], ["hashfiles"]),
  at(["outputs", "*", "value"], ACTION),
  ...["args", "env"].map((key) => at(["runs", key, "**"], ["inputs"])),
  at(["runs", "steps", "*", "if"], ACTION, [...STATUS, "hashfiles"]),
  ...["continue-on-error", "env", "name", "run", "shell", "with", "working-directory"].map((key) =>
    at(["runs", "steps", "*", key, "**"], ACTION, ["hashfiles"]),
  ),
];
