import type { DataDocument, Mapping } from "../../documents/data.ts";
import { evaluateTemplate, type Template } from "../../documents/expression.ts";
import { known, type Known } from "../../documents/known.ts";
import { scalarTextOf } from "../../documents/scalar-text.ts";
import { placeOf, type Place } from "../../documents/source.ts";
import { actionName, releaseOf, type Uses } from "../../documents/uses.ts";
import type { JobRun, StepRun } from "../../project/trace/job-run.ts";
import { WORKSPACE_PATH } from "../../project/trace/routine.ts";
import type { Repository } from "../../project/repository.ts";
import { artifactPaths, type ArtifactPath } from "../../tools/artifact-paths.ts";
import { faultsOfJobs, type Sighting } from "../call-sites.ts";
import { neededBy } from "../jobs-before.ts";

/** An `actions/upload-artifact` that leaves out, with the hidden files, what it is asked for by name. */
export interface HiddenUpload {
  readonly place: Place;
  /** The `uses` as written. */
  readonly text: string;
  /** Where the step itself is told its paths, if that is not the place. */
  readonly writtenAt: Place | undefined;
  readonly hidden: readonly string[];
  /** True where it uploads nothing else. */
  readonly isEmpty: boolean;
  /** What it does where it finds nothing. */
  readonly ifNoFilesFound: Known<string>;
  /** The step of a later job that downloads the artifact. */
  readonly downloadAt: Place | undefined;
  /** The step, with the file that it is written in; undefined for a fault of one of its callers. */
  readonly step: Mapping | undefined;
  readonly document: DataDocument;
}

type Spotted = Pick<HiddenUpload, "downloadAt" | "hidden" | "ifNoFilesFound" | "isEmpty" | "text">;

/** The steps of a workflow or action that ask for hidden files to be uploaded, and leave them out. */
export function hiddenUploads(repository: Repository, path: string): readonly HiddenUpload[] {
  if (!/\.ya?ml$/.test(path)) return [];
  return faultsOfJobs(repository, path, sightingsIn).map(({ place, frame, sighting: { run, place: own, value } }) => ({
    ...value,
    place,
    text: frame ? frame.uses.text : value.text,
    writtenAt: frame && own,
    step: frame ? undefined : run.step.node,
    document: run.document,
  }));
}

function sightingsIn(_: Repository, { steps }: JobRun): readonly Sighting<Spotted>[] {
  return steps.flatMap((run) => {
    const { uses, inputs } = run.step;
    const template = inputs.get("path");
    return uses && template && leavesOutHidden(uses) ? [sightingOf(run, uses, template)] : [];
  });
}

function sightingOf(run: StepRun, uses: Uses, template: Template): Sighting<Spotted> {
  const value = evaluateTemplate(template, run.lookup);
  const paths = value.known ? artifactPaths(fromWorkspace(template, value.value)) : [];
  const hidden = paths.filter(({ isHidden }) => isHidden);
  const isAsked = asksForHidden(run);
  const isKnown = value.known && isAsked.known;
  return {
    run,
    place: placeIn(run, template, hidden[0]),
    subject: "hidden",
    verdict: !isKnown ? "unknown" : hidden.length > 0 && !isAsked.value ? "faulty" : "sound",
    value: {
      text: uses.text,
      hidden: hidden.map(({ text }) => text),
      isEmpty: hidden.length === paths.length,
      ifNoFilesFound: valueOf(run, "if-no-files-found", "warn"),
      downloadAt: downloadOf(run),
    },
  };
}

/** A path as it would be written without `github.workspace`. */
function fromWorkspace({ expressions }: Template, value: string): string {
  return expressions.length === 0 ? value : value.replaceAll(`${WORKSPACE_PATH}/`, "");
}

/** From v4.4.0 on. What v3 does since v3.2.0 is of no account: GitHub fails a job that uses it. https://github.blog/changelog/2024-04-16-deprecation-notice-v3-of-the-artifact-actions/ */
function leavesOutHidden(uses: Uses): boolean {
  if (actionName(uses) !== "actions/upload-artifact") return false;
  const [major = 0, minor] = (releaseOf(uses) ?? "").split(".").map(Number);
  // A commit of which a comment says no more than `v4` may be an older one.
  const isNewest = minor === undefined && /@v?\d+$/.test(uses.text.trim());
  return major > 4 || (major === 4 && (isNewest || (minor ?? 0) >= 4));
}

/** Whether it takes hidden files too; it fails for what is no boolean of YAML. https://github.com/actions/toolkit/blob/main/packages/core/src/core.ts */
function asksForHidden(run: StepRun): Known<boolean> {
  const value = valueOf(run, "include-hidden-files", "false");
  return value.known ? known(!/^(?:false|False|FALSE)$/.test(value.value)) : value;
}

function valueOf({ step, lookup }: StepRun, name: string, standard: string): Known<string> {
  const input = step.inputs.get(name);
  const value = input ? evaluateTemplate(input, lookup) : known(standard);
  return value.known ? known(value.value.trim()) : value;
}

/** The line that asks for a path, where it is written as it is read. */
function placeIn({ source }: StepRun, { node, expressions }: Template, path: ArtifactPath | undefined): Place {
  const map = path && expressions.length === 0 ? scalarTextOf(node, source.text) : undefined;
  return path && map
    ? { source, range: map.rangeOf(path.start, path.start + path.text.length) }
    : placeOf(source, node);
}

/** The first step that downloads, in this run and by the same name, what the job of an upload gives to those that need it. */
function downloadOf({ job, workflow, step }: StepRun): Place | undefined {
  const name = nameOf(step.inputs.get("name"), "artifact");
  const later = workflow.jobs.filter((other) => neededBy(other, workflow).has(job));
  const download = later
    .flatMap(({ steps }) => steps)
    .find(
      ({ uses, inputs }) =>
        uses &&
        actionName(uses) === "actions/download-artifact" &&
        name !== undefined &&
        nameOf(inputs.get("name"), undefined) === name &&
        !inputs.has("run-id"),
    );
  return download?.uses && placeOf(workflow.source, download.uses);
}

/** A name as it is written, if it is the same in every job of a run. */
function nameOf(template: Template | undefined, standard: string | undefined): string | undefined {
  const references = template?.expressions.flatMap((expression) => expression.references) ?? [];
  return references.every(({ context }) => context === "github") ? (template?.text.trim() ?? standard) : undefined;
}
