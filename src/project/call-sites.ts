import { stepRunsIn, allRuns, runsOfWorkflow } from "./runs.ts";
import type { Place } from "../documents/source.ts";
import type { StepRun } from "./job-run.ts";
import type { Repository } from "./repository.ts";

/** One way in which a command of a step is entered, and whether what is looked for is the case there. */
export interface Sighting<T> {
  readonly run: StepRun;
  /** The command in the step's own script. */
  readonly place: Place;
  /** Tells one subject at the same place from another. */
  readonly subject: string;
  readonly isFaulty: boolean;
  readonly value: T;
}

/** Where a fault has to be mended: at the command, or at the `uses` of the callers that have it. */
export interface FaultPlace<T> {
  readonly place: Place;
  /** The frame whose `uses` is the place; undefined where it is the command itself. */
  readonly frame: StepRun["frames"][number] | undefined;
  readonly sighting: Sighting<T>;
}

/**
 * One place for each fault: the innermost `uses` or command such that all known ways through it are faulty. It depends only
 * on the files, not on which of them is linted.
 */
export function faultPlaces<T>(sightings: readonly Sighting<T>[]): readonly FaultPlace<T>[] {
  const groups = new Map<string, Sighting<T>[]>();
  for (const sighting of sightings) {
    const key = `${keyOf(sighting.place)}\0${sighting.subject}`;
    groups.set(key, [...(groups.get(key) ?? []), sighting]);
  }
  const found = new Map<string, FaultPlace<T>>();
  for (const group of groups.values()) {
    for (const sighting of group) {
      const fault = sighting.isFaulty ? innermost(sighting, group) : undefined;
      const key = fault && `${keyOf(fault.place)}\0${sighting.subject}`;
      if (fault && key !== undefined && !found.has(key)) found.set(key, fault);
    }
  }
  return [...found.values()];
}

function innermost<T>(sighting: Sighting<T>, group: readonly Sighting<T>[]): FaultPlace<T> | undefined {
  if (group.every(({ isFaulty }) => isFaulty)) return { place: sighting.place, frame: undefined, sighting };
  for (const frame of [...sighting.run.frames].reverse()) {
    const place = { source: frame.document.source, range: frame.uses.range };
    const through = group.filter(({ run }) =>
      run.frames.some((other) => keyOf({ source: other.document.source, range: other.uses.range }) === keyOf(place)),
    );
    if (through.every(({ isFaulty }) => isFaulty)) return { place, frame, sighting };
  }
  return undefined;
}

function keyOf({ source, range }: Place): string {
  return `${source.path}:${String(range[0])}`;
}

/** All runs of steps that a finding in a file can depend on: those written in it or entered through it, from every caller. */
export function runsConcerning(repository: Repository, path: string): readonly StepRun[] {
  const workflow = repository.workflow(path);
  const isWorkflow = repository.workflowPaths.includes(path);
  if (isWorkflow && workflow && !workflow.call) {
    const own = runsOfWorkflow(repository, workflow).flatMap(({ steps }) => steps);
    const entered = new Set(own.map(({ source }) => source.path).filter((source) => source !== path));
    if (entered.size === 0) return own;
    return [
      ...own.filter(({ source }) => source.path === path),
      ...[...entered].flatMap((source) => stepRunsIn(repository, source)),
    ];
  }
  const all = allRuns(repository).flatMap(({ steps }) => steps);
  const through = all.filter(
    (run) => run.source.path === path || run.frames.some(({ document }) => document.source.path === path),
  );
  const sources = new Set(through.map(({ source }) => source.path));
  return all.filter(({ source }) => sources.has(source.path));
}
