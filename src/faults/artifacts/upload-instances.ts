import { entryOf } from "../../documents/data.ts";
import {
  evaluateTemplate,
  replaceExpressions,
  type Condition,
  type Expression,
  type Lookup,
  type Reference,
} from "../../documents/expression.ts";
import { unknown } from "../../documents/known.ts";
import { isLegOf, legsOf, type Combination } from "../../documents/matrix.ts";
import { placeOf, type Place } from "../../documents/source.ts";
import { actionName, majorOf } from "../../documents/uses.ts";
import type { Workflow } from "../../documents/workflow.ts";
import { lookupInLeg } from "../../project/trace/expression-scope.ts";
import type { JobRun, StepRun } from "../../project/trace/job-run.ts";
import { runsOfWorkflow } from "../../project/trace/runs.ts";
import type { Frame } from "../../project/trace/workflow-entry.ts";
import type { Repository } from "../../project/repository.ts";
import { ACTIONS_WITHOUT_ARTIFACTS, UPLOADING_ACTIONS } from "../../tools/artifacts.data.ts";
import { keyOfPlace } from "../call-sites.ts";
import { jobsBefore } from "../jobs-before.ts";
import { uploadOf, type Upload } from "./uploads.ts";

/** One job of a run that gets to a step which uploads under a known name, and fails if that is taken. */
export interface UploadInstance {
  readonly run: StepRun;
  readonly jobRun: JobRun;
  readonly upload: Upload;
  /** With what is the same for the whole run as it is written. */
  readonly name: string;
  /** Undefined in a job without a matrix. */
  readonly leg: Combination | undefined;
  readonly lookup: Lookup;
  /** Tells the step, and the way to it, from others. */
  readonly way: string;
  /** Its own conditions, and those of the jobs before it, that depend on the run. */
  readonly conditions: readonly OpenCondition[];
}

/** A condition that what started the run decides. */
export interface OpenCondition {
  /** Equal for conditions that are the same in a run. */
  readonly key: string;
  readonly references: readonly Reference[];
  readonly workflow: Workflow | undefined;
}

/**
 * All that the jobs of a workflow, and of those that it calls, upload for certain if they find files. None where a step may delete an
 * artifact: then its name can be taken again.
 */
export function uploadInstances(repository: Repository, workflow: Workflow): readonly UploadInstance[] {
  const jobs = runsOfWorkflow(repository, workflow);
  if (jobs.some(({ steps }) => steps.some(mayDeleteArtifacts))) return [];
  return jobs.flatMap((jobRun) =>
    jobRun.steps.flatMap((run) => {
      const upload = uploadOf(run, jobRun.steps);
      if (!upload || upload === "any" || !isJudged(run, upload)) return [];
      return startedLegs(jobRun).flatMap((leg) => instanceOf(repository, jobRun, run, upload, leg));
    }),
  );
}

function mayDeleteArtifacts({ step }: StepRun): boolean {
  const action = (step.uses && actionName(step.uses)) ?? "";
  const isKnown = UPLOADING_ACTIONS.has(action) || ACTIONS_WITHOUT_ARTIFACTS.has(action);
  const script = `${step.run?.text ?? ""}\n${step.inputs.get("script")?.text ?? ""}`;
  return (
    step.inputs.has("delete-merged") ||
    (!isKnown && action.includes("artifact")) ||
    /deleteArtifact|\bDELETE\b/.test(script)
  );
}

/** The jobs of a matrix that a run stands for; none where they are not known. */
function startedLegs({ job, combination, frames }: JobRun): readonly (Combination | undefined)[] {
  const isOfCalls = frames.some((frame) => !frame.step && entryOf(frame.job.node, "strategy"));
  if (isOfCalls) return [];
  if (!entryOf(job.node, "strategy")) return [undefined];
  if (!job.matrix) return entryOf(job.node, "strategy")?.value.kind === "mapping" ? [undefined] : [];
  return (legsOf(job) ?? []).filter((leg) => isLegOf(leg, combination));
}

/** `actions/upload-pages-artifact` uses v4 since its own v3. https://github.com/actions/upload-pages-artifact/blob/v3.0.0/action.yml */
function isJudged({ step, mayFail }: StepRun, { action }: Upload): boolean {
  const major = (step.uses && majorOf(step.uses)) ?? 0;
  return !mayFail && !step.background && major >= (action === "actions/upload-pages-artifact" ? 3 : 4);
}

function instanceOf(
  repository: Repository,
  jobRun: JobRun,
  run: StepRun,
  upload: Upload,
  leg: Combination | undefined,
): readonly UploadInstance[] {
  const lookup = leg ? lookupInLeg(run.lookup, leg) : run.lookup;
  const name = nameIn(run, upload, lookup);
  const conditions = conditionsOf(repository, jobRun, run, leg);
  if (name === undefined || !conditions || !isLeft(run, "overwrite", "false", lookup)) return [];
  if (!isLeft(run, "archive", "true", lookup)) return [];
  const way = [placeOf(run.source, run.step.node), ...run.frames.map(placeOfFrame)].map(keyOfPlace).join(" ");
  return [{ run, jobRun, upload, name, leg, lookup, way, conditions }];
}

function placeOfFrame({ document, uses }: Frame): Place {
  return placeOf(document.source, uses);
}

/** A switch that is not given, or has the value that it has then. */
function isLeft({ step }: StepRun, name: string, standard: string, lookup: Lookup): boolean {
  const template = step.inputs.get(name);
  const value = template && evaluateTemplate(template, lookup);
  return !value || (value.known && ["", standard].includes(value.value.trim().toLowerCase()));
}

/** Contexts that have the same values in all jobs of a workflow. */
const OF_RUN = new Set(["github", "inputs", "needs", "vars"]);
/** What differs from job to job, and from step to step. */
const OF_JOB = /^(?:action|job|output|path|state|step_summary|token|workspace|env$)/i;

function isOfRun({ context, path }: Reference): boolean {
  const [name] = path;
  return OF_RUN.has(context) && name !== undefined && !(context === "github" && OF_JOB.test(name));
}

/** The name, with expressions left as they are written that have one value in a run, though it is not known. */
function nameIn({ frames }: StepRun, { template, standard }: Upload, lookup: Lookup): string | undefined {
  if (!template) return standard;
  const isOfWholeRun = ({ references, functions }: Expression): boolean =>
    frames.length === 0 && references.length > 0 && references.every(isOfRun) && functions.length === 0;
  const isSame = template.expressions.every((each) => each.evaluate(lookup).known || isOfWholeRun(each));
  const name = replaceExpressions(template, (expression) => {
    const value = expression.evaluate(lookup);
    return value.known ? String(value.value ?? "") : `\${{ ${expression.text} }}`;
  }).trim();
  return isSame && name !== "" ? name : undefined;
}

/** The conditions on the way that the run decides; undefined where one never holds, or may hold in some of its jobs alone. */
function conditionsOf(
  repository: Repository,
  jobRun: JobRun,
  run: StepRun,
  leg: Combination | undefined,
): readonly OpenCondition[] | undefined {
  const own = run.conditions.map(({ condition, lookup, surroundings }) => ({
    condition,
    workflow: surroundings.workflow,
    holds: condition.holds(leg ? lookupInLeg(lookup, leg) : lookup),
  }));
  const before = jobsBefore(repository, jobRun).flatMap(({ job: { condition }, workflow }) =>
    condition ? [{ condition, workflow, holds: condition.holds(NOTHING_KNOWN) }] : [],
  );
  const open: OpenCondition[] = [];
  for (const { condition, workflow, holds } of [...own, ...before]) {
    if (holds.known ? !holds.value : !isOfSuccess(condition) && !isDecidedByRun(condition)) return undefined;
    if (holds.known || isOfSuccess(condition)) continue;
    const { references, expression } = condition;
    open.push({ key: `${expression?.text ?? ""}\0${scopeOf(run, references, workflow)}`, references, workflow });
  }
  return open;
}

const NOTHING_KNOWN: Lookup = () => unknown("it depends on the run");

/** Whether all that it asks is that nothing went wrong, or not even that. */
function isOfSuccess({ expression, references }: Condition): boolean {
  return expression !== undefined && references.length === 0 && holdsAfterSuccess(expression);
}

function isDecidedByRun({ expression, references }: Condition): boolean {
  const isOfNeeds = ({ context, path }: Reference): boolean => context === "needs" && path[1] !== "outputs";
  return (
    expression !== undefined &&
    references.length > 0 &&
    references.every((reference) => isOfRun(reference) && !isOfNeeds(reference)) &&
    holdsAfterSuccess(expression)
  );
}

function holdsAfterSuccess({ text }: Expression): boolean {
  return !/\b(?:failure|hashFiles)\s*\(|(?<!!\s*)\bcancelled\s*\(|!\s*(?:always|success)\s*\(/i.test(text);
}

/** Where a condition stands, for one that reads what other workflows and calls have other values for. */
function scopeOf({ frames }: StepRun, references: readonly Reference[], workflow: Workflow | undefined): string {
  if (references.every(({ context }) => context === "github" || context === "vars")) return "";
  const index = frames.findIndex(({ document }) => document === workflow?.document);
  const outer = index < 0 ? frames : frames.slice(0, index);
  return [...outer.map((frame) => keyOfPlace(placeOfFrame(frame))), workflow?.source.path].join(" ");
}
