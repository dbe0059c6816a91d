import type { DataDocument, Mapping } from "../../documents/data.ts";
import type { RequiredVariable } from "../../documents/env-schema.ts";
import type { Place } from "../../documents/source.ts";
import { failsJob } from "../../project/trace/certainty.ts";
import type { JobRun, StepRun } from "../../project/trace/job-run.ts";
import type { Reach } from "../../project/trace/reach.ts";
import { foldersUp, folderOf, type Repository } from "../../project/repository.ts";
import { SET_BY_OTHERS } from "../../tools/variable-sources.data.ts";
import { faultsIn, jobsConcerning, oneForEach, type FaultPlace, type Sighting } from "../call-sites.ts";
import { tellWay } from "../chain.ts";
import { mayBeCached } from "../turbo/shared-cache.ts";
import { dotenvNames } from "./dotenv-files.ts";
import { loadedRequirements, type LoadedRequirement, type RequiredHere } from "./loaded-requirements.ts";
import { mayComeFromElsewhere } from "./other-sources.ts";
import { nextRequirements } from "./next-requirements.ts";
import { prismaRequirements } from "./prisma-requirements.ts";
import { svelteKitRequirements } from "./svelte-kit-requirements.ts";

/** A command that stops because a file which it loads requires variables that nothing sets. */
export interface UnsetVariables {
  /** The command in the step's script, or the `uses` through which it is reached. */
  readonly place: Place;
  /** What stands there. */
  readonly text: string;
  /** The way from there to the command that fails; empty where it is the command itself. */
  readonly chain: string;
  /** That command. */
  readonly command: string;
  /** Those that are not set. */
  readonly names: readonly string[];
  /** Where the file names the first of them. */
  readonly requiredAt: Place;
  /** The file through which the command loads that one; undefined where it is the same. */
  readonly loadedBy: string | undefined;
  /** What can be set instead, so that nothing is checked. */
  readonly skippedBy: RequiredVariable["skippedBy"];
  readonly document: DataDocument;
  /** The step whose `env` reaches the command; undefined for a call of a reusable workflow. */
  readonly step: Mapping | undefined;
  /** The job around the step; undefined in an action. */
  readonly job: Mapping | undefined;
}

interface Spotted {
  readonly reach: Reach;
  readonly requirement: LoadedRequirement;
  readonly missing: readonly RequiredHere[];
}

/** The places of a workflow or action at which variables are missing for the files that are loaded from there, one for each file. */
export function unsetVariables(repository: Repository, path: string): readonly UnsetVariables[] {
  const sightings = jobsConcerning(repository, path).flatMap((job) => repository.deriveFor(job, sightingsInJob));
  return oneForEach(faultsIn(path, sightings), ({ requirement }) => requirement.key).flatMap(describe);
}

function sightingsInJob(repository: Repository, { steps }: JobRun): readonly Sighting<Spotted>[] {
  return steps.flatMap((run, index) => sightingsIn(repository, run, steps.slice(0, index)));
}

function sightingsIn(repository: Repository, run: StepRun, before: readonly StepRun[]): readonly Sighting<Spotted>[] {
  return run.reaches.flatMap((reach) =>
    requirementsOf(repository, run, reach, before).map((requirement): Sighting<Spotted> => {
      const missing = requirement.variables.filter((variable) => isMissing(repository, reach, variable));
      const paths = [requirement.loadedBy ?? "", ...missing.map(({ source }) => source.path)];
      const isOpen = (): boolean =>
        run.effects.dotenv !== undefined ||
        !failsJob(run, reach) ||
        mayBeCached(run, reach) ||
        mayComeFromElsewhere(repository, run, reach, before, paths);
      return {
        run,
        place: reach.entry.place,
        subject: [requirement.key, ...reach.hops.map(({ text }) => text)].join("\0"),
        verdict: missing.length === 0 ? "sound" : isOpen() ? "unknown" : "faulty",
        value: { reach, requirement, missing },
      };
    }),
  );
}

function requirementsOf(
  repository: Repository,
  run: StepRun,
  reach: Reach,
  before: readonly StepRun[],
): readonly LoadedRequirement[] {
  return [
    ...loadedRequirements(repository, reach),
    ...svelteKitRequirements(repository, reach),
    ...nextRequirements(repository, reach),
    ...prismaRequirements(repository, run, reach, before),
  ];
}

function isMissing(
  repository: Repository,
  { environment, directory }: Reach,
  { name, unlessSet, source }: RequiredHere,
): boolean {
  // Where turbo keeps from a task what would skip the check, the rule for turbo tells.
  const isUnset = (other: string): boolean => environment.lookupUnfiltered(other).state === "absent";
  const folders = new Set(
    [folderOf(source.path), directory.known ? directory.value : ""].flatMap((it) => [...foldersUp(it)]),
  );
  const inFiles = (other: string): boolean => [...folders].some((folder) => dotenvNames(repository, folder).has(other));
  return !SET_BY_OTHERS.test(name) && [name, ...unlessSet].every((other) => isUnset(other) && !inFiles(other));
}

function describe(fault: FaultPlace<Spotted>): readonly UnsetVariables[] {
  const { place, frame, sighting } = fault;
  const { run, value } = sighting;
  const { reach, requirement, missing } = value;
  const { loadedBy } = requirement;
  const [first] = missing;
  if (!first) return [];
  const document = frame?.document ?? run.document;
  return [
    {
      place,
      ...tellWay(fault, reach),
      command: reach.located.expandedText,
      names: [...new Set(missing.map(({ name }) => name))],
      requiredAt: { source: first.source, range: [first.offset, first.offset] },
      loadedBy,
      skippedBy: first.skippedBy,
      document,
      step: (frame ? frame.step : run.step)?.node,
      job: document.source === run.workflow.source ? run.job.node : undefined,
    },
  ];
}
