import type { DataDocument } from "../../documents/data.ts";
import { rangesOfPart } from "../../documents/expression-parts.ts";
import type { Reference } from "../../documents/expression.ts";
import { nameOf } from "../../documents/satisfiability.ts";
import type { Place, Range } from "../../documents/source.ts";
import type { Step } from "../../documents/step.ts";
import { findJob, type Job, type Workflow } from "../../documents/workflow.ts";
import { scalarHost } from "../../project/trace/routine.ts";
import type { Repository } from "../../project/repository.ts";
import { neededBy } from "../jobs-before.ts";
import { similarTo } from "../similar-names.ts";
import { absenceOf, type Absence, type Standing } from "./absence.ts";
import { readingPlaces, type ReadingPlace } from "./reading-places.ts";

/** Something that an expression reads, and that is not there. */
export interface AbsentRead {
  /** The expression. */
  readonly place: Place;
  readonly file: "workflow" | "action";
  readonly document: DataDocument;
  /** The job that it belongs to, if it does to one. */
  readonly job: Job | undefined;
  readonly reference: Reference;
  readonly absence: Absence;
  /** What is not there, as the expression names it. */
  readonly missing: string;
  /** What may be meant by that. */
  readonly similar: string | undefined;
  /** Where the expression names it; nowhere where that place is not exact. */
  readonly nameRanges: readonly Range[];
  /** The job to wait for, where both can begin then. */
  readonly toNeed: Job | undefined;
}

/** What the expressions of a workflow or action read and what is not there, so that GitHub gives nothing for it. */
export function absentReads(repository: Repository, path: string): readonly AbsentRead[] {
  const reads = readingPlaces(repository, path).flatMap((place) => absentIn(repository, place));
  // What a job has to wait for is told once.
  const isSameNeed = (one: AbsentRead, other: AbsentRead): boolean =>
    one.absence.kind === "noNeed" &&
    one.absence.kind === other.absence.kind &&
    one.job === other.job &&
    one.missing === other.missing;
  return reads.filter((read, index) => !reads.slice(0, index).some((other) => isSameNeed(read, other)));
}

function absentIn(repository: Repository, place: ReadingPlace): readonly AbsentRead[] {
  const { expression, standing, step } = place;
  const { contexts } = place.value.available;
  const { file, job } = standing;
  // What is written behind `||` is there for where the first is empty.
  const read = expression.references.filter(
    (reference) => contexts.has(reference.context) && !expression.replaced.includes(reference),
  );
  const distinct = new Map(read.map((reference) => [nameOf(reference), reference]));
  return [...distinct.values()].flatMap((reference) => {
    const absence = absenceOf(repository, reference, standing);
    const missing = reference.path[absence?.depth ?? 0];
    if (!absence || missing === undefined || (absence.kind === "laterStep" && mayBeOver(standing, step))) return [];
    return [
      {
        ...placeIn(place, reference, absence.depth),
        file: file.kind,
        document: file.document,
        job,
        reference,
        absence,
        missing,
        similar: meantBy(missing, absence.names),
        toNeed: absence.kind === "noNeed" && file.kind === "workflow" ? jobToNeed(file, job, missing) : undefined,
      },
    ];
  });
}

/** What is written alike, unless a longer name may be meant as well: `unit-test` by `test`. */
function meantBy(missing: string, names: readonly string[]): string | undefined {
  const similar = similarTo(missing, names);
  return names.some((name) => name !== similar && name.includes(missing)) ? undefined : similar;
}

/**
 * Whether a step that is written later can have run: what an action gets is evaluated once more for what it does at the end of the job
 * (ActionRunner.RunAsync in https://github.com/actions/runner/blob/258d6c857db3519913f7deb6004b60172f8043ae/src/Runner.Worker/ActionRunner.cs),
 * and some steps run beside others.
 */
function mayBeOver({ file, job }: Standing, step: Step | undefined): boolean {
  const all = job?.steps ?? (file.kind === "action" ? file.steps : []);
  return step?.uses !== undefined || all.some(({ background }) => background);
}

function placeIn(
  { value: { node }, expression, standing }: ReadingPlace,
  reference: Reference,
  depth: number,
): Pick<AbsentRead, "place" | "nameRanges"> {
  const { source } = standing.file;
  const host = scalarHost(source, node);
  const start = String(node.value).indexOf(expression.text, expression.start);
  const names = rangesOfPart(expression.text, reference, depth);
  return {
    place: { source, range: host.rangeOf(expression.start, expression.end) },
    nameRanges: host.isExact ? names.map(([from, to]) => host.rangeOf(start + from, start + to)) : [],
  };
}

function jobToNeed(workflow: Workflow, job: Job | undefined, id: string): Job | undefined {
  const needed = findJob(workflow, id);
  const isEndless = !job || !needed || needed === job || neededBy(needed, workflow).has(job);
  return isEndless ? undefined : needed;
}
