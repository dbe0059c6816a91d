import type { DataDocument, Mapping } from "../../documents/data.ts";
import { scalarTextOf } from "../../documents/scalar-text.ts";
import { placeOf, type Place } from "../../documents/source.ts";
import { actionName, majorOf, type Uses } from "../../documents/uses.ts";
import { failsJob } from "../../project/trace/certainty.ts";
import { inputOf, type JobRun, type StepRun } from "../../project/trace/job-run.ts";
import type { Repository } from "../../project/repository.ts";
import { faultsOfJobs, startedWorkflow, STEP_ITSELF, type Sighting } from "../call-sites.ts";
import { similarTo } from "../similar-names.ts";
import { uploadsOf } from "./uploads.ts";

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

/** The name, where it stands in the file as it is read. */
function writtenNameOf({ step, source }: StepRun, name: string): Place | undefined {
  const template = step.inputs.get("name");
  const range = template?.text === name ? scalarTextOf(template.node, source.text)?.rangeOf(0, name.length) : undefined;
  return range && { source, range };
}
