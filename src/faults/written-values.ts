import { entryOf, stringOf, type Scalar } from "../documents/data.ts";
import { soleExpression, type Template } from "../documents/expression.ts";
import { matrixValuesOf } from "../documents/matrix.ts";
import { scalarTextOf } from "../documents/scalar-text.ts";
import type { Place, Source } from "../documents/source.ts";
import type { StepRun } from "../project/trace/job-run.ts";

/** The scalar in which a value is written, and where it stands. */
export interface Origin {
  readonly literal: Scalar;
  readonly place: Place;
}

/** The characters of a version within the scalar that holds it. */
export function writtenAt(scalar: Scalar, source: Source, version: string): Place | undefined {
  const at = String(scalar.value).indexOf(version);
  // A number is written as it is: `1.3`.
  if (typeof scalar.value === "number") return { source, range: scalar.range };
  const map = at < 0 || version === "" ? undefined : scalarTextOf(scalar, source.text);
  return map && { source, range: map.rangeOf(at, at + version.length) };
}

/** Where the value of an input is written: in place, or where the expression that it consists of takes it from. */
export function originOf(input: Template, run: StepRun, value: string): Origin | undefined {
  const sole = soleExpression(input);
  if (!sole) return undefined;
  const [reference, ...others] = sole.references;
  const [name = ""] = reference?.path ?? [];
  if (!reference || others.length > 0) return undefined;
  if (reference.context === "env") {
    const answer = run.environment.lookup(name);
    if (answer.state !== "bound" || !answer.template || !answer.place || answer.template.expressions.length > 0)
      return undefined;
    const { node } = answer.template;
    return { literal: node, place: { source: answer.place.source, range: node.range } };
  }
  if (reference.context === "matrix") {
    const values = matrixValuesOf(run.job, reference.path) ?? [];
    const literal = values.find((candidate) => String(candidate?.value) === value);
    return literal && { literal, place: { source: run.workflow.source, range: literal.range } };
  }
  if (reference.context !== "inputs") return undefined;
  const frame = run.frames.at(-1);
  const passed = (frame?.step?.inputs ?? frame?.job.inputs)?.get(name.toLowerCase());
  if (frame && passed) {
    return passed.expressions.length > 0
      ? undefined
      : { literal: passed.node, place: { source: frame.document.source, range: passed.node.range } };
  }
  const inputs = entryOf(run.document.root, "inputs")?.value;
  const initial = entryOf(entryOf(inputs, name)?.value, "default")?.value;
  return initial?.kind === "scalar" && stringOf(initial)?.includes("${{") !== true
    ? { literal: initial, place: { source: run.source, range: initial.range } }
    : undefined;
}
