import type { Condition, ExpressionValue, Lookup } from "../../documents/expression.ts";
import { known, type Known } from "../../documents/known.ts";
import { bindingLayer, type Layer } from "./environment.ts";

/** The events that can start a run; undefined where any can. */
export type Events = readonly string[] | undefined;

/** What is known of a condition in runs that one of several events starts. */
export interface Occurrence {
  /** The events at which it may hold. */
  readonly events: Events;
  readonly holds: Known<boolean>;
}

/** Asks a condition about each event: `github.event_name == 'push'` never holds in a workflow that only pull requests start. */
export function occurrenceOf(condition: Condition | undefined, events: Events, lookup: Lookup): Occurrence {
  if (!condition) return { events, holds: known(true) };
  const holds = condition.holds(lookup);
  if (holds.known) return { events: holds.value ? events : [], holds };
  if (!events) return { events, holds };
  const verdicts = events.map((event) => condition.holds(lookupAt(event, lookup)));
  const possible = events.filter((_, index) => !isFalse(verdicts[index]));
  const isAlways = verdicts.every((verdict) => verdict.known && verdict.value);
  return { events: possible, holds: possible.length === 0 ? known(false) : isAlways ? known(true) : holds };
}

function isFalse(verdict: Known<boolean> | undefined): boolean {
  return verdict?.known === true && !verdict.value;
}

/** Events that are about no branch but the one that they run on. */
const BRANCH_EVENTS = new Set(["push", "schedule", "workflow_dispatch"]);

/** https://docs.github.com/en/actions/reference/workflows-and-actions/contexts#github-context */
function lookupAt(event: string, lookup: Lookup): Lookup {
  const answers: Readonly<Record<string, ExpressionValue>> = {
    event_name: event,
    // A request's number does not matter for what a condition compares this with.
    ...(event === "pull_request" && { ref: "refs/pull/0/merge", ref_name: "0/merge" }),
    ...(BRANCH_EVENTS.has(event) && { base_ref: "", head_ref: "" }),
  };
  return (reference) => {
    const [name = "", ...rest] = reference.path;
    const answer = reference.context === "github" && rest.length === 0 ? answers[name] : undefined;
    return answer === undefined ? lookup(reference) : known(answer);
  };
}

/** The event that starts a run, where only one can. */
export function onlyEvent(events: Events): string | undefined {
  return events?.length === 1 ? events[0] : undefined;
}

/** What the environment tells of the event. */
export function eventLayer(events: Events): Layer | undefined {
  const event = onlyEvent(events);
  return event === undefined
    ? undefined
    : bindingLayer(new Map([["GITHUB_EVENT_NAME", { state: "bound", value: known(event) }]]));
}
