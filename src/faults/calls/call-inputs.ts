import { entriesOf, entryOf, isShared, valueAt, type DataNode } from "../../documents/data.ts";
import type { Place } from "../../documents/source.ts";
import type { InputDeclaration } from "../../documents/workflow.ts";
import type { Repository } from "../../project/repository.ts";
import { similarTo } from "../similar-names.ts";
import { callsIn, triggersPlace, type Call } from "./called-workflow.ts";

/** An input for which GitHub rejects the call of a reusable workflow. */
export interface RejectedInput {
  /** The input that is passed, its value where that is of the wrong type, or the `uses` that does not pass it. */
  readonly place: Place;
  readonly kind: "undeclared" | "missing" | "unfit";
  readonly name: string;
  /** The declaration of the input; the workflow's `on` where it has none. */
  readonly declaredAt: Place;
  /** What may have been meant by the name. */
  readonly similar: string | undefined;
  /** True where the place is read by an alias elsewhere. */
  readonly isShared: boolean;
  /** What is declared, and what is passed. */
  readonly types: readonly [declared: string, passed: string] | undefined;
}

/** The inputs for which GitHub rejects the calls that a workflow makes. */
export function rejectedInputs(repository: Repository, path: string): readonly RejectedInput[] {
  return callsIn(repository, path).flatMap(rejectedIn);
}

// ConvertToWorkflowJobInputs in https://github.com/actions/runner/blob/258d6c857db3519913f7deb6004b60172f8043ae/src/Sdk/WorkflowParser/Conversion/WorkflowTemplateConverter.cs
function rejectedIn({ workflow, job, uses, callee }: Call): readonly RejectedInput[] {
  const inputs = entryOf(job.node, "with");
  const declared = valueAt(callee.node, "on", "workflow_call", "inputs");
  const isReadable = [inputs?.value, declared].every((node) => !node || node.kind === "mapping");
  const entries = entriesOf(inputs?.value);
  if (!isReadable || entries.some(({ merged, key }) => merged || key.includes("${{"))) return [];
  const { source } = workflow;
  const placeOf = ({ keyRange }: InputDeclaration): Place => ({ source: callee.source, range: keyRange });
  const isPassed = (name: string): boolean => entries.some(({ key }) => key.toLowerCase() === name.toLowerCase());
  const passed = entries.flatMap(({ key, keyRange, value }): readonly RejectedInput[] => {
    const input = callee.call.inputs.get(key.toLowerCase());
    const types = input && unfitTypes(input, value);
    if (input && !types) return [];
    const others = entriesOf(declared).filter((other) => !isPassed(other.key));
    return [
      {
        place: { source, range: types ? value.range : keyRange },
        kind: types ? "unfit" : "undeclared",
        name: key,
        declaredAt: input ? placeOf(input) : triggersPlace(callee),
        similar: types
          ? undefined
          : similarTo(
              key,
              others.map((other) => other.key),
            ),
        isShared: isShared(workflow.document, keyRange),
        types,
      },
    ];
  });
  const missing = entriesOf(declared).flatMap(({ key }): readonly RejectedInput[] => {
    const input = callee.call.inputs.get(key.toLowerCase());
    if (!input?.isRequired || isPassed(key)) return [];
    const place = { source, range: uses.range };
    return [
      {
        place,
        kind: "missing",
        name: key,
        declaredAt: placeOf(input),
        similar: undefined,
        isShared: false,
        types: undefined,
      },
    ];
  });
  return [...passed, ...missing];
}

/** The types where a value is of another one than its input; GitHub turns anything into a string, and a string into nothing else. */
function unfitTypes({ type }: InputDeclaration, value: DataNode): RejectedInput["types"] {
  if (type === "string" || value.kind !== "scalar" || value.value === null) return undefined;
  const passed = typeof value.value;
  const isExpression = typeof value.value === "string" && value.value.includes("${{");
  return passed === type || isExpression ? undefined : [type, passed];
}
