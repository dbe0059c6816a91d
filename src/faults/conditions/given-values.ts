import type { Asked } from "../../documents/alternatives.ts";
import { entriesOf, entryOf, stringOf, valueAt } from "../../documents/data.ts";
import type { ExpressionValue, Reference } from "../../documents/expression.ts";
import { nameOf } from "../../documents/satisfiability.ts";
import type { Step } from "../../documents/step.ts";
import { readInputDeclarations, type Job, type Workflow } from "../../documents/workflow.ts";
import type { Repository } from "../../project/repository.ts";
import { absenceOf } from "../expressions/absence.ts";
import { EVENTS_WITH, GIVEN_VALUES, REF_PREFIX } from "../../tools/contexts.data.ts";

/** What something that a condition reads can be, and why it is nothing else. */
export interface Given {
  readonly values: readonly ExpressionValue[];
  /** The full name that a short or misspelled one means. */
  readonly meant?: { readonly written: string; readonly full: string };
  readonly reason:
    /** GitHub gives one of a few values. */
    | "listed"
    /** It is asked for values that exclude each other. */
    | "contradiction"
    /** It is one of the options that an input has. */
    | "options"
    /** It is the full name of a branch, tag or pull request. */
    | "fullRef"
    /** A called workflow has the event of its caller. */
    | "callerEvent"
    /** The job that is waited for, or a step before, has no such output. */
    | "noOutput"
    /** No step before has the id. */
    | "noStep"
    /** It is an input that is declared as a boolean. */
    | "boolean"
    /** The event has the texts `true` and `false` for such an input. */
    | "booleanText";
}

/** Where a condition stands: in a job, and there before some of its steps. */
export interface Standing {
  readonly workflow: Workflow;
  readonly job: Job;
  /** The steps before it; undefined for the condition of the job itself. */
  readonly steps: readonly Step[] | undefined;
}

/** What GitHub can give for something that a condition reads; undefined where that can be anything. */
export function givenFor(
  repository: Repository,
  reference: Reference,
  asked: Asked,
  standing: Standing,
): Given | undefined {
  const { context, path } = reference;
  const [name = "", key = ""] = path.map((part) => part.toLowerCase());
  if (path.length === 0) return undefined;
  if (nameOf(reference) === "github.ref") return fullRef(asked, standing.workflow);
  if (nameOf(reference) === "github.event_name") return callerEvent(asked);
  const absent = absentValue(repository, reference, standing);
  if (absent) return absent;
  if (context === "needs" && key === "result" && path.length === 2) {
    return { values: GIVEN_VALUES.get("needs.*.result") ?? [], reason: "listed" };
  }
  if (context === "inputs" && path.length === 1) return declaredInput(name, standing.workflow);
  if (nameOf(reference).startsWith("github.event.inputs.") && path.length === 3) {
    // A called workflow has the event of its caller, and with it the inputs that are declared there.
    if (standing.workflow.call) return undefined;
    const given = declaredInput(path[2]?.toLowerCase() ?? "", standing.workflow);
    return given?.reason === "boolean" ? { values: ["true", "false", null], reason: "booleanText" } : given;
  }
  const generic = context === "steps" && path.length === 2 ? `steps.*.${key}` : nameOf(reference);
  const values = GIVEN_VALUES.get(generic);
  return values && { values, reason: "listed" };
}

/** Events whose ref the documentation calls a branch or tag, if there is one. */
const OTHER_REFS = /^(?:deployment|deployment_status|registry_package)$/;

/** https://docs.github.com/en/actions/reference/workflows-and-actions/contexts#github-context, and each event of events-that-trigger-workflows. */
function fullRef({ expression }: Asked, { triggers }: Workflow): Given | undefined {
  if (triggers.some((event) => OTHER_REFS.test(event))) return undefined;
  const literals = expression?.literals ?? [];
  const full = literals.filter((value) => typeof value === "string" && REF_PREFIX.test(value));
  const [meant] = literals.flatMap((value) => meantRef(value) ?? []);
  return { values: [...full, "", "refs/heads/\u{1}"], reason: "fullRef", ...(meant && { meant }) };
}

/** The full name that is written with a slip: `ref/heads/main`, `heads/main`. */
function meantRef(value: ExpressionValue): Given["meant"] {
  if (typeof value !== "string" || REF_PREFIX.test(value)) return undefined;
  const [, kind = "", name = ""] = /^\/?(?:refs?\/)?(head|tag)s?\/(.+)$/i.exec(value) ?? [];
  return name === "" ? undefined : { written: value, full: `refs/${kind.toLowerCase()}s/${name}` };
}

function callerEvent({ expression }: Asked): Given | undefined {
  const literals = expression?.literals ?? [];
  const others = literals.filter((value) => value !== "workflow_call");
  if (others.length === literals.length) return undefined;
  // What else is asked may need an event that is not named.
  return { values: [...others, ...[...EVENTS_WITH.values()].flat(), "\u{1}"], reason: "callerEvent" };
}

/**
 * An input that each of the events that declare it declares as a boolean, which a comparison makes 1 or 0, and a text no number.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/contexts#inputs-context, …/expressions#operators
 */
function booleanInput(name: string, { node }: Workflow): Given | undefined {
  const types = ["workflow_call", "workflow_dispatch"].flatMap((event) => {
    const declaration = readInputDeclarations(valueAt(node, "on", event, "inputs"), true).get(name);
    return declaration ? [declaration.type] : [];
  });
  const isBoolean = types.length > 0 && types.every((type) => type === "boolean");
  return isBoolean ? { values: [true, false, null], reason: "boolean" } : undefined;
}

function declaredInput(name: string, workflow: Workflow): Given | undefined {
  return booleanInput(name, workflow) ?? choiceInput(name, workflow);
}

/** GitHub rejects a dispatch with another value, "not in the list of allowed values": https://github.com/cli/cli/issues/5246 */
function choiceInput(name: string, { node, call }: Workflow): Given | undefined {
  const inputs = entriesOf(valueAt(node, "on", "workflow_dispatch", "inputs"));
  const declaration = inputs.find(({ key }) => key.toLowerCase() === name)?.value;
  const options = entryOf(declaration, "options")?.value;
  if (call?.inputs.has(name) || stringOf(entryOf(declaration, "type")?.value) !== "choice") return undefined;
  const values = options?.kind === "sequence" ? options.items.map(stringOf) : [];
  if (values.length === 0 || !values.every((value) => value !== undefined)) return undefined;
  const initial = stringOf(entryOf(declaration, "default")?.value) ?? null;
  return { values: [...new Set([...values, initial, null])], reason: "options" };
}

/** An output or a step that is not there. */
function absentValue(
  repository: Repository,
  reference: Reference,
  { workflow, job, steps }: Standing,
): Given | undefined {
  const isOfSteps = reference.context === "steps";
  if (!isOfSteps && reference.context !== "needs") return undefined;
  const kind = absenceOf(repository, reference, { file: workflow, job, steps })?.kind;
  if (kind === "noOutput" && reference.path.length === 3) return { values: [null], reason: "noOutput" };
  return kind === "noStep" || kind === "laterStep" ? { values: [null], reason: "noStep" } : undefined;
}
