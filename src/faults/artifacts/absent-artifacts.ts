import type { DataDocument, Mapping } from "../../documents/data.ts";
import { evaluateTemplate, type Template } from "../../documents/expression.ts";
import { known, unknown, type Known } from "../../documents/known.ts";
import { scalarTextOf } from "../../documents/scalar-text.ts";
import { placeOf, type Place } from "../../documents/source.ts";
import { actionName, majorOf, type Uses } from "../../documents/uses.ts";
import type { Workflow } from "../../documents/workflow.ts";
import { failsJob } from "../../project/trace/certainty.ts";
import { inputOf, type JobRun, type StepRun } from "../../project/trace/job-run.ts";
import { runsOfWorkflow } from "../../project/trace/runs.ts";
import type { Repository } from "../../project/repository.ts";
import { ACTIONS_WITHOUT_ARTIFACTS, UPLOADING_ACTIONS } from "../../tools/artifacts.data.ts";
import { faultsOfJobs, startedWorkflow, STEP_ITSELF, type Sighting } from "../call-sites.ts";
import { similarTo } from "../similar-names.ts";

/** An `actions/download-artifact` that asks for what no job of the run uploads, and fails. */
export interface AbsentArtifact {
  readonly place: Place;
  /** The `uses` as written. */
  readonly text: string;
  /** Where the step itself names the artifact, if that is not the place. */
  readonly writtenAt: Place | undefined;
  readonly name: string;
  /** The inputs that ask for another run, and that it passes over without a token. */
  readonly inVain: readonly string[];
  readonly uploaded: readonly string[];
  /** What may have been meant, and where the name is written as it is read. */
  readonly similar: string | undefined;
  readonly nameAt: Place | undefined;
  /** The step, with the file that it is written in; undefined for a fault of one of its callers. */
  readonly step: Mapping | undefined;
  readonly document: DataDocument;
}

type Spotted = Pick<AbsentArtifact, "inVain" | "name" | "text" | "uploaded">;

/** The steps of a workflow or action that download an artifact which is not there. */
export function absentArtifacts(repository: Repository, path: string): readonly AbsentArtifact[] {
  if (!/\.ya?ml$/.test(path)) return [];
  return faultsOfJobs(repository, path, sightingsIn).map(({ place, frame, sighting: { run, place: own, value } }) => {
    const similar = value.inVain.length > 0 ? undefined : similarTo(value.name, value.uploaded);
    return {
      ...value,
      place,
      text: frame ? frame.uses.text : value.text,
      writtenAt: frame && own,
      similar,
      nameAt: frame ? undefined : writtenNameOf(run, value.name),
      step: frame ? undefined : run.step.node,
      document: run.document,
    };
  });
}

function sightingsIn(repository: Repository, { steps }: JobRun): readonly Sighting<Spotted>[] {
  return steps.flatMap((run) => {
    const { uses } = run.step;
    return uses && actionName(uses) === "actions/download-artifact" ? sightingOf(repository, run, uses) : [];
  });
}

/** Inputs that ask for another run. */
const OF_OTHER_RUNS = ["repository", "run-id"];

/**
 * From v4 on: without a token the action looks in its own run alone, and fails for a name that it does not find there.
 * https://github.com/actions/download-artifact/blob/main/src/download-artifact.ts
 */
function sightingOf(repository: Repository, run: StepRun, uses: Uses): readonly Sighting<Spotted>[] {
  const { inputs } = run.step;
  const name = inputOf(run, "name");
  const template = inputs.get("name");
  if (!template || (majorOf(uses) ?? 0) < 4 || inputs.has("github-token") || inputs.has("artifact-ids")) return [];
  const workflow = startedWorkflow(repository, run);
  const uploads = workflow && repository.deriveFor(workflow, uploadsOf);
  const asked = name.known && name.value !== "" ? name.value : undefined;
  const isKnown = uploads?.known === true && asked !== undefined;
  const isThere = isKnown && uploads.value.some((upload) => upload.mayBe(asked));
  return [
    {
      run,
      place: placeOf(run.source, template.node),
      subject: "artifact",
      verdict: isThere ? "sound" : isKnown && failsJob(run, STEP_ITSELF) ? "faulty" : "unknown",
      value: {
        text: uses.text,
        name: asked ?? "",
        inVain: OF_OTHER_RUNS.filter((input) => inputs.has(input)),
        uploaded: uploads?.known === true ? [...new Set(uploads.value.flatMap((upload) => upload.name ?? []))] : [],
      },
    },
  ];
}

/** An artifact that a job uploads. */
interface Upload {
  /** Undefined where it is not known. */
  readonly name: string | undefined;
  mayBe(name: string): boolean;
}

/** What the jobs of a workflow, and of those that it calls, upload; unknown where an action may upload anything. */
function uploadsOf(repository: Repository, workflow: Workflow): Known<readonly Upload[]> {
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

function uploadOf(run: StepRun, steps: readonly StepRun[]): Upload | "any" | undefined {
  const { uses } = run.step;
  if (!uses) return undefined;
  // The steps of a composite action stand among the others.
  if (uses.target.kind === "local") return steps.some(({ frames }) => frames.at(-1)?.uses === uses) ? undefined : "any";
  const action = actionName(uses) ?? "";
  const standard = UPLOADING_ACTIONS.get(action);
  if (standard === undefined) return ACTIONS_WITHOUT_ARTIFACTS.has(action) ? undefined : "any";
  const template = run.step.inputs.get("name");
  const value = template ? evaluateTemplate(template, run.lookup) : known(standard);
  if (!value.known) return { name: undefined, mayBe: (asked) => template !== undefined && fits(template, asked) };
  const name = value.value.trim() || standard;
  return { name, mayBe: (asked) => asked.toLowerCase() === name.toLowerCase() };
}

/** Whether a template can come to a text, by what is written around its expressions. */
function fits({ text, expressions }: Template, asked: string): boolean {
  const [start, end] = [text.slice(0, expressions[0]?.start), text.slice(expressions.at(-1)?.end)];
  return asked.startsWith(start.trimStart()) && asked.endsWith(end.trimEnd());
}

/** The name, where it stands in the file as it is read. */
function writtenNameOf({ step, source }: StepRun, name: string): Place | undefined {
  const template = step.inputs.get("name");
  const range = template?.text === name ? scalarTextOf(template.node, source.text)?.rangeOf(0, name.length) : undefined;
  return range && { source, range };
}
