import { entryOf, isShared, textOf } from "../../documents/data.ts";
import { scalarTextOf } from "../../documents/scalar-text.ts";
import type { Place } from "../../documents/source.ts";
import { differingNames, type Combination } from "../../documents/matrix.ts";
import type { StepRun } from "../../project/trace/job-run.ts";
import { allRuns } from "../../project/trace/runs.ts";
import type { Repository } from "../../project/repository.ts";
import type { UploadInstance } from "./upload-instances.ts";

/** What tells the jobs of a matrix apart, to be added to a name. */
export interface LegSuffix {
  /** The end of the name. */
  readonly place: Place;
  readonly text: string;
}

/** What cannot be part of a name. https://github.com/actions/toolkit/blob/main/packages/artifact/src/internal/upload/path-and-artifact-name-validation.ts */
const NOT_IN_NAMES = /["*/:<>?\\|\r\n]|\$\{\{|^\s*$/;

/** What makes the names of an upload differ; undefined where something may ask for the name as it is. */
export function legSuffix(
  repository: Repository,
  all: readonly UploadInstance[],
  groups: readonly (readonly UploadInstance[])[],
): LegSuffix | undefined {
  const [first] = all;
  const template = first?.upload.template;
  if (!first || !template || first.run.frames.length > 0) return undefined;
  // Braces end a text in a flow mapping.
  const inputs = entryOf(first.run.step.node, "with")?.value;
  const isPlace = inputs?.kind === "mapping" && inputs.style === "block" && !isShared(first.run.document, inputs.range);
  if (!isPlace) return undefined;
  const range = scalarTextOf(template.node, first.run.source.text)?.rangeOf(template.text.length, template.text.length);
  const legs = all.flatMap(({ leg }) => leg ?? []);
  const names = differingNames(groups.flatMap((group) => group.flatMap(({ leg }) => leg ?? []))).filter((name) =>
    legs.every((leg) => isPlain(leg, name)),
  );
  const tells = (chosen: readonly string[]): boolean =>
    groups.every((group) => {
      const values = group.map(({ leg }) => chosen.map((name) => valueOf(leg, name)).join("\0"));
      return new Set(values).size === values.length;
    });
  const chosen = names.map((name) => [name]).find(tells) ?? (tells(names) ? names : undefined);
  if (!range || !chosen || isAskedFor(repository, all)) return undefined;
  const text = chosen.map((name) => `-\${{ matrix.${name} }}`).join("");
  return { place: { source: first.run.source, range }, text };
}

const valueOf = (leg: Combination | undefined, name: string): string => textOf(leg?.get(name)) ?? "";

function isPlain(leg: Combination, name: string): boolean {
  return leg.get(name)?.kind === "scalar" && /^[\w-]+$/.test(name) && !NOT_IN_NAMES.test(valueOf(leg, name));
}

function isAskedFor(repository: Repository, all: readonly UploadInstance[]): boolean {
  const names = new Set(all.map(({ name }) => name));
  return allRuns(repository).some(({ steps }) => steps.some((run) => mayDownload(run, names)));
}

/** Any download but that of another name: one of all artifacts makes a folder for each name. */
function mayDownload({ step }: StepRun, names: ReadonlySet<string>): boolean {
  const asked = step.inputs.get("name");
  const isOfOther = asked?.expressions.length === 0 && !names.has(asked.text.trim());
  const isDownload = /download-artifact/i.test(step.uses?.text ?? "") && !isOfOther;
  return isDownload || /\brun download\b/.test(step.run?.text ?? "");
}
