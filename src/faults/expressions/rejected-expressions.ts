import type { Expression } from "../../documents/expression.ts";
import { scalarTextOf } from "../../documents/scalar-text.ts";
import { placeOf, type Place } from "../../documents/source.ts";
import type { Repository } from "../../project/repository.ts";
import { similarTo } from "../similar-names.ts";
import { evaluatedValues, type EvaluatedValue } from "./evaluated-values.ts";

/** An expression for which GitHub rejects a workflow, or the runner an action. */
export interface RejectedExpression {
  readonly place: Place;
  readonly kind: "workflow" | "action";
  /** Where the value stands: `jobs.deploy.if`. */
  readonly key: string;
  /** What is wrong: a context or function that is not known there, or that there is none of, or the syntax. */
  readonly reason: "unavailableContext" | "unavailableFunction" | "unclosed" | "unknownName" | "invalidSyntax";
  /** The context or function, or what is not expected, which is nothing at the end; of what is not closed `}}`, where that stands behind. */
  readonly name: string;
  /** The expression, as written. */
  readonly text: string;
  /** The name that is meant, of those that are available. */
  readonly similar: string | undefined;
}

const CONTEXTS = "env github inputs job jobs matrix needs runner secrets steps strategy vars".split(" ");
const FUNCTIONS =
  "always cancelled contains endsWith failure format fromJSON hashFiles join startsWith success toJSON".split(" ");
const LITERALS = ["false", "null", "true"];
/** Functions that can only be called in some places. */
const RESTRICTED = new Set(["always", "cancelled", "failure", "hashfiles", "success"]);

/**
 * The expressions of a workflow or composite action that GitHub rejects, each for the first reason. Secrets that are read where there are none are
 * another matter.
 */
export function rejectedExpressions(repository: Repository, path: string): readonly RejectedExpression[] {
  return evaluatedValues(repository, path).flatMap((value) => {
    const { file, keys, expressions } = value;
    const faults = expressions.flatMap((expression) => {
      const fault = faultOf(expression, value);
      return fault ? [{ ...fault, place: placeIn(value, expression), text: expression.text }] : [];
    });
    return [...faults, ...unclosedOf(value)].map((fault) => ({ ...fault, kind: file.kind, key: keys.join(".") }));
  });
}

type Fault = Pick<RejectedExpression, "reason" | "name" | "similar">;

/** Whatever its text holds: ParseScalar in https://github.com/actions/runner/blob/258d6c857db3519913f7deb6004b60172f8043ae/src/Sdk/WorkflowParser/ObjectTemplating/TemplateReader.cs */
function unclosedOf(value: EvaluatedValue): readonly Omit<RejectedExpression, "kind" | "key">[] {
  const { node, unclosed: start } = value;
  if (start === undefined) return [];
  const end = start + "${{".length;
  const name = String(node.value).includes("}}", end) ? "}}" : "";
  return [{ reason: "unclosed", name, similar: undefined, place: placeIn(value, { start, end }), text: "${{" }];
}

function faultOf({ flaw, references, functions }: Expression, { available }: EvaluatedValue): Fault | undefined {
  if (flaw?.kind === "syntax") return { reason: "invalidSyntax", name: flaw.symbol, similar: undefined };
  if (flaw) {
    const known = flaw.kind === "context" ? [...CONTEXTS, ...LITERALS] : FUNCTIONS;
    const similar = similarTo(flaw.symbol, known);
    // There may be new ones.
    return similar === undefined ? undefined : { reason: "unknownName", name: flaw.symbol, similar };
  }
  const context = references.find(
    ({ context: name }) => CONTEXTS.includes(name) && name !== "secrets" && !available.contexts.has(name),
  );
  if (context) return { reason: "unavailableContext", name: context.context, similar: undefined };
  const called = functions.find((name) => RESTRICTED.has(name) && !available.functions.has(name));
  const name = FUNCTIONS.find((known) => known.toLowerCase() === called);
  return name === undefined ? undefined : { reason: "unavailableFunction", name, similar: undefined };
}

/** The expression, where its position is exact. */
function placeIn({ node, file: { source } }: EvaluatedValue, { start, end }: Pick<Expression, "start" | "end">): Place {
  const range = scalarTextOf(node, source.text)?.rangeOf(start, end);
  return range ? { source, range } : placeOf(source, node);
}
