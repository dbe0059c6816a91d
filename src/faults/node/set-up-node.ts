import { posix } from "node:path";
import { stringOf, valueAt } from "../../documents/data.ts";
import { evaluateTemplate, soleExpression, type Template } from "../../documents/expression.ts";
import { known } from "../../documents/known.ts";
import { matrixValuesOf } from "../../documents/matrix.ts";
import type { Place } from "../../documents/source.ts";
import { isCommitted } from "../../project/committed.ts";
import type { JobRun, StepRun } from "../../project/trace/job-run.ts";
import { stepsAsCommitted } from "../../project/trace/steps-as-committed.ts";
import { folderOf, type Repository } from "../../project/repository.ts";
import { nodeRangeOf } from "../../tools/node-requirements.ts";
import { originOf, writtenAt } from "../written-values.ts";

/** A Node.js that a step sets up. */
export interface SetUpNode {
  /** As it is asked for: `20`, `v20.8.0`. */
  readonly text: string;
  readonly range: string;
  /** The value that names it, or the file that does. */
  readonly place: Place;
  /** Its characters, where they can be changed. */
  readonly written: Place | undefined;
  /** The file that names it. */
  readonly file: string | undefined;
  /** True where the place names this one alone, whoever enters the step. */
  readonly isWritten: boolean;
  /** True where each job of a matrix sets up another one, and it is not known which jobs run what. */
  readonly isOfMatrix: boolean;
}

/** What a step with actions/setup-node sets up: several for a matrix, nothing where that is not known. */
export function setUpNodes(repository: Repository, job: JobRun, run: StepRun): readonly SetUpNode[] {
  const { inputs } = run.step;
  // The old name of the input, and another place to take it from.
  if (["mirror", "version"].some((name) => inputs.has(name))) return [];
  const input = inputs.get("node-version");
  const given = input ? evaluateTemplate(input, run.lookup) : known("");
  if (input && !given.known) return nodesOfMatrix(input, run);
  if (input && given.known && given.value.trim() !== "") return nodeOf(input, given.value, run, false);
  return given.known ? nodeOfFile(repository, job, run) : [];
}

function nodeOf(input: Template, value: string, run: StepRun, isOfMatrix: boolean): readonly SetUpNode[] {
  const range = nodeRangeOf(value);
  if (range === undefined) return [];
  const isLiteral = input.expressions.length === 0;
  const origin = isLiteral ? undefined : originOf(input, run, value);
  const { literal, place } = origin ?? { literal: input.node, place: { source: run.source, range: input.node.range } };
  const isWritten = isLiteral || origin !== undefined;
  const written = isWritten ? writtenAt(literal, place.source, value) : undefined;
  return [{ text: value.trim(), range, place, written, file: undefined, isWritten, isOfMatrix }];
}

/** The values of an axis that nothing else of the job reads: each comes with every other axis. */
function nodesOfMatrix(input: Template, run: StepRun): readonly SetUpNode[] {
  const [reference, ...others] = soleExpression(input)?.references ?? [];
  const { matrix } = run.job;
  if (reference?.context !== "matrix" || others.length > 0 || matrix?.kind !== "mapping") return [];
  if (matrix.entries.some(({ key }) => key === "include" || key === "exclude")) return [];
  const values = matrixValuesOf(run.job, reference.path) ?? [];
  return values.flatMap((value) => (value ? nodeOf(input, String(value.value), run, true) : []));
}

/** `node-version-file`, of which setup-node reads the version of package.json, or the only line that looks like one. */
function nodeOfFile(repository: Repository, job: JobRun, run: StepRun): readonly SetUpNode[] {
  const input = run.step.inputs.get("node-version-file");
  const file = input ? evaluateTemplate(input, run.lookup) : undefined;
  if (!input || !file?.known || !stepsAsCommitted(repository, job).some((step) => step.run === run)) return [];
  const path = posix.normalize(file.value.trim());
  const committed = isCommitted(repository, path);
  const version = committed.known && committed.value ? versionIn(repository, path) : undefined;
  const range = version === undefined ? undefined : nodeRangeOf(version);
  if (version === undefined || range === undefined) return [];
  const place = { source: run.source, range: input.node.range };
  const isWritten = input.expressions.length === 0;
  return [{ text: version, range, place, written: undefined, file: path, isWritten, isOfMatrix: false }];
}

/** What all releases take from a file: https://github.com/actions/setup-node, `getNodeVersionFromFile` of v3.9.1, v4.4.0 and v7.0.0. */
function versionIn(repository: Repository, path: string): string | undefined {
  if (posix.basename(path) === "package.json") {
    const node = repository.manifest(folderOf(path))?.node;
    const engine = node && stringOf(valueAt(node, "engines", "node"));
    const isOther = !node || valueAt(node, "volta") || valueAt(node, "devEngines");
    return engine === undefined || isOther ? undefined : engine;
  }
  if (!/^\.(?:node-version|nvmrc|tool-versions)$/.test(posix.basename(path))) return undefined;
  const text = repository.files.read(path)?.text ?? "";
  const [version, ...others] = Array.from(text.matchAll(/^(?:node(?:js)?\s+)?v?(\S+)$/gm), ([, found]) => found);
  return version === undefined || others.length > 0 ? undefined : version;
}
