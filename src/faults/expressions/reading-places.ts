import { entriesOf, entryOf, isShared, valueAt, type DataNode, type Scalar } from "../../documents/data.ts";
import type { Action } from "../../documents/action.ts";
import { readTemplate, type Expression } from "../../documents/expression.ts";
import type { Step } from "../../documents/step.ts";
import type { Job, Workflow } from "../../documents/workflow.ts";
import type { Standing } from "./absence.ts";

/** An expression with what it sees. */
export interface ReadingPlace {
  readonly scalar: Scalar;
  readonly expression: Expression;
  readonly standing: Standing;
  /** The contexts that GitHub takes there; it rejects a file that reads another one. */
  readonly contexts: readonly string[];
  /** The step that it belongs to. */
  readonly step?: Step;
}

// By `context` in src/Sdk/WorkflowParser/workflow-v1.0.json and src/Runner.Worker/action_yaml.json of https://github.com/actions/runner.
const OF_WORKFLOW = ["github", "inputs"];
const OF_CALL_OUTPUTS = [...OF_WORKFLOW, "jobs"];
const OF_STRATEGY = [...OF_WORKFLOW, "needs"];
const OF_JOB = [...OF_STRATEGY, "matrix"];
const OF_STEPS = [...OF_JOB, "steps"];
const OF_ACTION = ["inputs", "steps"];

/** Keys without expressions, names, which nothing depends on, and conditions, which are asked in another way. */
const UNREAD = new Set(["id", "if", "name", "needs", "permissions", "steps", "uses"]);

/** The expressions of a workflow that something depends on, but for conditions. */
export function placesInWorkflow(workflow: Workflow): readonly ReadingPlace[] {
  const standing: Standing = { file: workflow, job: undefined, steps: undefined };
  const own = workflow.node.entries.filter(({ key }) => key === "concurrency" || key === "env");
  const outputs = entriesOf(valueAt(workflow.node, "on", "workflow_call", "outputs"));
  return [
    ...outputs.flatMap(({ value }) => placesIn(entryOf(value, "value")?.value, standing, OF_CALL_OUTPUTS)),
    ...own.flatMap(({ value }) => placesIn(value, standing, OF_WORKFLOW)),
    ...workflow.jobs.flatMap((job) => placesInJob(workflow, job)),
  ];
}

function placesInJob(file: Workflow, job: Job): readonly ReadingPlace[] {
  const start: Standing = { file, job, steps: undefined };
  // What a job gives out, and the address of its deployment, are evaluated when its steps are over.
  const end: Standing = { file, job, steps: job.steps };
  const url = valueAt(job.node, "environment", "url");
  const ofKeys = job.node.entries.flatMap(({ key, value }) => {
    if (UNREAD.has(key)) return [];
    if (key === "outputs") return placesIn(value, end, OF_STEPS);
    return placesIn(value, start, key === "strategy" ? OF_STRATEGY : OF_JOB, url);
  });
  return [...ofKeys, ...placesIn(url, end, OF_STEPS), ...placesInSteps(job.steps, end, OF_STEPS)];
}

/** The expressions of an action, with the conditions of its steps. */
export function placesInAction(action: Action): readonly ReadingPlace[] {
  const end: Standing = { file: action, job: undefined, steps: action.steps };
  const outputs = entriesOf(entryOf(action.node, "outputs")?.value);
  const runs = entriesOf(entryOf(action.node, "runs")?.value).filter(({ key }) => key === "args" || key === "env");
  const conditions = action.steps.flatMap(({ condition }, index): readonly ReadingPlace[] => {
    const { node, expression } = condition ?? {};
    if (node?.kind !== "scalar" || !expression || isShared(action.document, node.range)) return [];
    const standing = { ...end, steps: action.steps.slice(0, index) };
    return [{ scalar: node, expression, standing, contexts: OF_ACTION }];
  });
  return [
    ...runs.flatMap(({ value }) => placesIn(value, end, ["inputs"])),
    ...placesInSteps(action.steps, end, OF_ACTION),
    ...conditions,
    ...outputs.flatMap(({ value }) => placesIn(entryOf(value, "value")?.value, end, OF_ACTION)),
  ];
}

function placesInSteps(steps: readonly Step[], end: Standing, contexts: readonly string[]): readonly ReadingPlace[] {
  return steps.flatMap((step, index) => {
    const standing = { ...end, steps: steps.slice(0, index) };
    const values = step.node.entries.filter(({ key }) => !UNREAD.has(key)).map(({ value }) => value);
    return values.flatMap((value) => placesIn(value, standing, contexts)).map((place) => ({ ...place, step }));
  });
}

/** The expressions below a node, but for those below another one, and those that an alias repeats elsewhere. */
function placesIn(
  node: DataNode | undefined,
  standing: Standing,
  contexts: readonly string[],
  except?: DataNode,
): readonly ReadingPlace[] {
  if (!node || node === except) return [];
  if (node.kind !== "scalar") {
    const children = node.kind === "mapping" ? node.entries.map(({ value }) => value) : node.items;
    return children.flatMap((child) => placesIn(child, standing, contexts, except));
  }
  if (typeof node.value !== "string" || isShared(standing.file.document, node.range)) return [];
  return (readTemplate(node)?.expressions ?? []).map((expression) => ({
    scalar: node,
    expression,
    standing,
    contexts,
  }));
}
