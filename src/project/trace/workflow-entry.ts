import type { DataDocument } from "../../documents/data.ts";
import type { Lookup } from "../../documents/expression.ts";
import type { Combination } from "../../documents/matrix.ts";
import type { Step } from "../../documents/step.ts";
import type { Uses } from "../../documents/uses.ts";
import type { Job, Workflow } from "../../documents/workflow.ts";
import type { Layer } from "./environment.ts";
import { onlyEvent, type Events } from "./events.ts";
import { lookupIn, type Inputs, type ScopedCondition, type Secrets } from "./expression-scope.ts";

/** A `uses` through which a step is entered. */
export interface Frame {
  readonly document: DataDocument;
  readonly uses: Uses;
  /** The step that uses a composite action; absent for a job that calls a workflow. */
  readonly step?: Step;
  readonly job: Job;
}

/** How a workflow is entered: directly, or from a job of another one. */
export interface WorkflowEntry {
  readonly workflow: Workflow;
  readonly frames: readonly Frame[];
  readonly inputs?: Inputs;
  readonly secrets: Secrets;
  /** The events that may start the run and get to the workflow. */
  readonly events: Events;
  /** What may be set by a caller that is not known. */
  readonly outside?: Layer;
  readonly conditions: readonly ScopedCondition[];
  readonly mayFail: boolean;
}

/** What the expressions of a job's own keys see. */
export function lookupOfJob(
  { inputs, secrets, events }: WorkflowEntry,
  job: Job,
  combination: Combination | undefined,
): Lookup {
  const event = onlyEvent(events);
  return lookupIn({
    job,
    secrets,
    ...(combination && { combination }),
    ...(inputs && { inputs }),
    ...(event !== undefined && { event }),
  });
}
