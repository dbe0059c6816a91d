import { alternativesOf, askedOf, type Alternative, type Asked } from "../../documents/alternatives.ts";
import { Expression, type Condition, type Reference } from "../../documents/expression.ts";
import { canHoldTogether, nameOf, type Domain } from "../../documents/satisfiability.ts";
import { scalarTextOf } from "../../documents/scalar-text.ts";
import type { Place } from "../../documents/source.ts";
import type { Job, Workflow } from "../../documents/workflow.ts";
import { onceForTexts } from "../../memo.ts";
import { EVENTS_WITH } from "../../tools/contexts.data.ts";

/** What is asked about a condition: whether it can hold, or whether it can by one side of an `||`. */
export interface Question {
  readonly condition: Condition;
  readonly asked: Asked;
  readonly place: Place;
  /** The side, as written; undefined for the whole condition. */
  readonly side: string | undefined;
  /** The other sides. */
  readonly others: readonly Expression[];
}

/**
 * What `faultsOf` finds in a condition, or else in sides of its `||`. A side that only asks for other events than the workflow has is
 * left out: it may have been copied, or wait for a trigger that was taken out.
 */
export function askAbout<Fault>(
  condition: Condition,
  workflow: Workflow,
  faultsOf: (question: Question) => readonly Fault[],
): readonly Fault[] {
  const { node, expression } = condition;
  const { source } = workflow;
  const place = { source, range: node.range };
  const faults = faultsOf({ condition, asked: condition, place, side: undefined, others: [] });
  if (faults.length > 0 || !expression || !canHold(condition)) return faults;
  const written = node.kind === "scalar" ? scalarTextOf(node, source.text) : undefined;
  const offset = String(node.kind === "scalar" ? node.value : "").indexOf(expression.text, expression.start);
  const ask = ({ text, start, asked, others, inner }: Alternative): readonly Fault[] => {
    if (canHold(asked) && !canHold(asked, eventsOf(workflow))) return [];
    const range = written?.rangeOf(offset + start, offset + start + text.length) ?? node.range;
    const found = faultsOf({ condition, asked, place: { source, range }, side: text, others });
    return found.length > 0 ? found : inner.flatMap(ask);
  };
  return alternativesOf(expression).flatMap(ask);
}

/** What another attempt at the same run has another value for: a job that has succeeded before is not asked again. */
const OF_ATTEMPTS = /^(?:run_attempt|triggering_actor)$/i;

/** All values, as far as they are the same wherever they are read in a run. */
export const anything: Domain = ({ context, path: [name = ""] }) =>
  context === "github" && OF_ATTEMPTS.test(name) ? "unknown" : "any";

/** The events that start a workflow; a called one has those of its callers. */
function eventsOf({ call, triggers }: Workflow): Domain {
  return (reference) => (!call && nameOf(reference) === "github.event_name" ? triggers : anything(reference));
}

/** Whether something that is asked can hold, also where it reads what only some events have. */
export function canHold(asked: Asked, domain = anything): boolean {
  const { expression } = asked;
  return domain === anything && expression ? canHoldAtAll(expression.text) : canAllHold([asked], domain);
}

/** The same few conditions stand in every workflow. */
const canHoldAtAll = onceForTexts((text) => canAllHold([askedOf(new Expression(text, 0, text.length))]));

/** The same of several things at once. */
export function canAllHold(all: readonly Asked[], domain = anything): boolean {
  const references = all.flatMap(({ references: read }) => read);
  return canHoldTogether([...all, ...references.flatMap(payloadOf)], domain);
}

/** Whether the condition of a job can hold in no case: `if: false`. */
export function isSwitchedOff({ condition }: Job): boolean {
  return condition !== undefined && !canHold(condition);
}

/** That there is what the payload of an event holds, or else another event. */
function payloadOf({ context, path }: Reference): readonly Asked[] {
  const [event, part = "", ...rest] = path;
  const events = EVENTS_WITH.get(part.toLowerCase());
  if (context !== "github" || event?.toLowerCase() !== "event" || !events || rest.length === 0) return [];
  const name = [event, part, ...rest].map((key) => `['${key.replaceAll("'", "''")}']`).join("");
  const text = [`!github${name}`, ...events.map((each) => `github.event_name == '${each}'`)].join(" || ");
  return [askedOf(new Expression(text, 0, text.length))];
}
