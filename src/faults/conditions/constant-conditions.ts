import { isShared, stringOf } from "../../documents/data.ts";
import type { Condition } from "../../documents/expression.ts";
import type { Place, Range } from "../../documents/source.ts";
import type { Workflow } from "../../documents/workflow.ts";
import type { Repository } from "../../project/repository.ts";
import { isSwitchedOff } from "./questions.ts";

/** A condition that holds whatever it asks. */
export interface ConstantCondition {
  readonly place: Place;
  readonly subject: "job" | "step";
  /** True where nothing but blanks and line breaks stands around its expression. */
  readonly isBreak: boolean;
  /** What says that a block of text ends with a line break: `|`, `>`; undefined where that is not what is wrong. */
  readonly header: Range | undefined;
}

/**
 * The conditions of jobs and steps in which text stands around `${{ }}`: a block (`if: |`) ends with a line break. GitHub makes a
 * call of `format` of them, whose result is a text. ParseScalar in
 * https://github.com/actions/runner/blob/258d6c857db3519913f7deb6004b60172f8043ae/src/Sdk/WorkflowParser/ObjectTemplating/TemplateReader.cs
 */
export function constantConditions(repository: Repository, path: string): readonly ConstantCondition[] {
  const workflow = repository.workflowPaths.includes(path) ? repository.workflow(path) : undefined;
  return (workflow?.jobs ?? []).flatMap((job) => [
    ...constantCondition(workflow, "job", job.condition),
    ...(isSwitchedOff(job) ? [] : job.steps).flatMap((step) => constantCondition(workflow, "step", step.condition)),
  ]);
}

function constantCondition(
  workflow: Workflow | undefined,
  subject: ConstantCondition["subject"],
  condition: Condition | undefined,
): readonly ConstantCondition[] {
  if (!workflow || !condition?.isText || isShared(workflow.document, condition.node.range)) return [];
  const { source } = workflow;
  const { range } = condition.node;
  const isBreak = /^\s*\$\{\{(?:(?!\$\{\{)[^])*\}\}\s*$/.test(stringOf(condition.node) ?? "");
  const [header] = /^[|>]\d?\+?(?=\s)/.exec(source.text.slice(...range)) ?? [];
  return [
    {
      place: { source, range },
      subject,
      isBreak,
      header: isBreak && header !== undefined ? [range[0], range[0] + header.length] : undefined,
    },
  ];
}
