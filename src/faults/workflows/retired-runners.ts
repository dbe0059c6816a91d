import type { Scalar } from "../../documents/data.ts";
import { soleExpression, type Template } from "../../documents/expression.ts";
import { matrixValuesOf } from "../../documents/matrix.ts";
import { placeOf, type Place } from "../../documents/source.ts";
import type { Job } from "../../documents/workflow.ts";
import type { Repository } from "../../project/repository.ts";
import { RETIRED_RUNNERS } from "../../tools/runners.data.ts";
import { isOfRepository, jobsConcerning } from "../call-sites.ts";

/** A label of which GitHub has no machines any more. */
export interface RetiredRunner {
  /** Where it is written: as `runs-on`, or as a value of the matrix. */
  readonly place: Place;
  readonly label: string;
  /** The label of machines that are most like them. */
  readonly successor: string;
}

/** The labels in a workflow for which no machine starts. Beside other labels one may belong to a machine of one's own. */
export function retiredRunners(repository: Repository, path: string): readonly RetiredRunner[] {
  const workflow = repository.workflowPaths.includes(path) ? repository.workflow(path) : undefined;
  if (!workflow || ![...RETIRED_RUNNERS.keys()].some((label) => workflow.source.text.includes(label))) return [];
  const running = new Set(
    jobsConcerning(repository, path)
      .filter(isOfRepository)
      .map(({ job }) => job),
  );
  const labels = new Set(workflow.jobs.filter((job) => running.has(job)).flatMap(labelsOf));
  return [...labels].flatMap((node) => {
    const label = String(node.value);
    const successor = RETIRED_RUNNERS.get(label);
    return successor === undefined ? [] : { place: placeOf(workflow.source, node), label, successor };
  });
}

function labelsOf(job: Job): readonly Scalar[] {
  const [only, ...others] = job.runsOn ?? [];
  if (!only || others.length > 0) return [];
  return only.expressions.length === 0 ? [only.node] : valuesOf(job, only);
}

function valuesOf(job: Job, template: Template): readonly Scalar[] {
  const [reference, ...others] = soleExpression(template)?.references ?? [];
  const values =
    reference?.context === "matrix" && others.length === 0 ? matrixValuesOf(job, reference.path) : undefined;
  return values?.flatMap((value) => (value?.kind === "scalar" ? value : [])) ?? [];
}
