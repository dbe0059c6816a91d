import { evaluateTemplate, type Lookup } from "../../documents/expression.ts";
import { known, unknown } from "../../documents/known.ts";
import { matrixValuesOf } from "../../documents/matrix.ts";
import type { Job } from "../../documents/workflow.ts";
import { GITHUB_IMAGES, HOSTED_RUNNERS, PLAIN_IMAGES, RUNNER_VARIABLES } from "../../tools/runners.data.ts";
import type { Layer } from "./environment.ts";

/** The machine that a job runs on. */
export interface Runner {
  readonly os: "Linux" | "macOS" | "Windows" | undefined;
  /** The label of a machine of GitHub's own, outside of a container, whose programs are those of its image. */
  readonly image?: string;
  /** What the machine sets before any workflow does. */
  readonly layer: Layer;
}

/** Reads what runs a job. A machine that may be one's own can have any variable set. */
export function runnerOf(job: Job, lookup: Lookup): Runner {
  const labels = labelsOf(job, lookup);
  const systems = new Set(labels.map((label) => HOSTED_RUNNERS.find(([pattern]) => pattern.test(label))?.[1]));
  const [only] = systems;
  const isHosted = systems.size > 0 && !systems.has(undefined);
  const container = job.container?.image && evaluateTemplate(job.container.image, lookup);
  const hasPlainImage =
    container === undefined || (container.known && PLAIN_IMAGES.some((pattern) => pattern.test(container.value)));
  const os = job.container ? "Linux" : systems.size === 1 ? only : undefined;
  const [image] = labels;
  const isGitHubs = !job.container && labels.every((label) => GITHUB_IMAGES.test(label));
  if (isHosted && hasPlainImage) return { os, layer: hostedLayer, ...(isGitHubs && image !== undefined && { image }) };
  const why = hasPlainImage ? "the runner may set any variable" : "the container's image may set any variable";
  return { os, layer: (name) => hostedLayer(name) ?? { state: "open", why } };
}

const hostedLayer: Layer = (name) =>
  RUNNER_VARIABLES.some((pattern) => pattern.test(name))
    ? {
        state: "bound",
        value: name === "CI" || name === "GITHUB_ACTIONS" ? known("true") : unknown("the runner sets it"),
      }
    : undefined;

/** Every label that the job can ask for; one that is not known is the empty string. */
function labelsOf(job: Job, lookup: Lookup): readonly string[] {
  return (job.runsOn ?? []).flatMap((template) => {
    const label = evaluateTemplate(template, lookup);
    if (label.known) return [label.value];
    const [reference, ...others] = template.expressions.flatMap((expression) => expression.references);
    const values =
      reference?.context === "matrix" && others.length === 0 ? matrixValuesOf(job, reference.path) : undefined;
    return values?.map((value) => (typeof value?.value === "string" ? value.value : "")) ?? [""];
  });
}
