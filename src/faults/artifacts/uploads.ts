import { evaluateTemplate, type Template } from "../../documents/expression.ts";
import { known, unknown, type Known } from "../../documents/known.ts";
import { actionName } from "../../documents/uses.ts";
import type { Workflow } from "../../documents/workflow.ts";
import { inputOf, type StepRun } from "../../project/trace/job-run.ts";
import { runsOfWorkflow } from "../../project/trace/runs.ts";
import type { Repository } from "../../project/repository.ts";
import { ACTIONS_WITHOUT_ARTIFACTS, UPLOADING_ACTIONS } from "../../tools/artifacts.data.ts";

/** An artifact that a job uploads. */
export interface Upload {
  readonly action: string;
  /** Its input `name`, and the name without it. */
  readonly template: Template | undefined;
  readonly standard: string;
  /** Undefined where it is not known. */
  readonly name: string | undefined;
  mayBe(name: string): boolean;
}

/** What the jobs of a workflow, and of those that it calls, upload; unknown where an action may upload anything. */
export function uploadsOf(repository: Repository, workflow: Workflow): Known<readonly Upload[]> {
  const jobs = runsOfWorkflow(repository, workflow);
  const entered = new Set([workflow, ...jobs.map((job) => job.workflow)]);
  const followed = new Set(jobs.flatMap(({ frames }) => frames.map(({ uses }) => uses)));
  // A call of another repository's workflow, or of one that is not there.
  const isOpen = [...entered].some((called) => called.jobs.some(({ uses }) => uses && !followed.has(uses)));
  const found = jobs.flatMap(({ steps }) => steps.map((run) => uploadOf(run, steps)));
  return isOpen || found.includes("any")
    ? unknown("an action may upload anything")
    : known(found.flatMap((upload) => (upload === "any" ? [] : (upload ?? []))));
}

/** What a step uploads: undefined for nothing, `"any"` for an action that may upload anything. */
export function uploadOf(run: StepRun, steps: readonly StepRun[]): Upload | "any" | undefined {
  const { uses } = run.step;
  if (!uses) return undefined;
  // The steps of a composite action stand among the others.
  if (uses.target.kind === "local") return steps.some(({ frames }) => frames.at(-1)?.uses === uses) ? undefined : "any";
  const action = actionName(uses) ?? "";
  const standard = UPLOADING_ACTIONS.get(action);
  if (standard === undefined) return ACTIONS_WITHOUT_ARTIFACTS.has(action) ? undefined : "any";
  const template = run.step.inputs.get("name");
  const upload = { action, template, standard };
  if (!isArchived(run)) return { ...upload, name: undefined, mayBe: () => true };
  const value = template ? evaluateTemplate(template, run.lookup) : known(standard);
  if (!value.known) {
    return { ...upload, name: undefined, mayBe: (asked) => template !== undefined && fits(template, asked) };
  }
  const name = value.value.trim() || standard;
  return { ...upload, name, mayBe: (asked) => asked.toLowerCase() === name.toLowerCase() };
}

/** From v7 on a single file can be uploaded as it is, and then has its own name. https://github.com/actions/upload-artifact/blob/v7.0.0/action.yml */
function isArchived(run: StepRun): boolean {
  const archive = inputOf(run, "archive");
  return archive.known && /^(?:true)?$/i.test(archive.value);
}

/** Whether a template can come to a text, by what is written around its expressions. */
function fits({ text, expressions }: Template, asked: string): boolean {
  const [start, end] = [text.slice(0, expressions[0]?.start), text.slice(expressions.at(-1)?.end)];
  return asked.startsWith(start.trimStart()) && asked.endsWith(end.trimEnd());
}
