import type { Place } from "../../documents/source.ts";
import type { JobRun, StepRun } from "../../project/trace/job-run.ts";
import type { Repository } from "../../project/repository.ts";
import type { SetUpManager } from "../../tools/manager-setup.data.ts";
import { faultsOfJobs, type FaultPlace, type Sighting } from "../call-sites.ts";
import { tellWay } from "../chain.ts";
import type { DeclaredManager } from "./declared-manager.ts";
import { managerNeeds, type ManagerNeed } from "./manager-needs.ts";

/** A command or action that certainly fails because its package manager is not set up before it. */
export interface MissingManager {
  readonly kind:
    /** The machine has no such executable. */
    | "missingCommand"
    /** Turbo does not find the package manager by which it runs scripts. */
    | "missingForTurbo"
    /** The action does not find the package manager whose cache it keeps. */
    | "missingForCache"
    /** The Yarn of the machine refuses the version that is declared. */
    | "oldYarn";
  readonly place: Place;
  /** The command, action or input as written. */
  readonly text: string;
  /** The way from there to the command that fails; empty where it is the command itself. */
  readonly chain: string;
  /** The command that fails. */
  readonly command: string;
  readonly manager: SetUpManager;
  /** The label of the machine. */
  readonly image: string;
  readonly declared: DeclaredManager | undefined;
  /** True where an action keeps a cache that no input asks for. */
  readonly isUnasked: boolean;
  /** The `uses` that sets it up too late, in the same job. */
  readonly later: { readonly text: string; readonly place: Place } | undefined;
}

interface Spotted {
  readonly need: ManagerNeed;
  readonly image: string;
}

/** The commands and actions of a workflow or action whose package manager is not there when they run. */
export function missingManagers(repository: Repository, path: string): readonly MissingManager[] {
  if (!/\.ya?ml$/.test(path)) return [];
  return faultsOfJobs(repository, path, sightingsIn).map(describe);
}

function sightingsIn(repository: Repository, job: JobRun): readonly Sighting<Spotted>[] {
  const { image = "" } = job.runner;
  return managerNeeds(repository, job).map((need) => ({
    run: need.run,
    // Most are set up, and nobody asks where they are needed.
    get place() {
      return placeOf(need);
    },
    get subject() {
      return `${need.manager}\0${need.reach?.located.text ?? ""}`;
    },
    verdict: need.verdict,
    value: { need, image },
  }));
}

/** Where it can be set up before: in the workflow or action, even for a command of a package script. */
function placeOf({ reach, cache, run }: ManagerNeed): Place {
  const place = reach?.entry.place ?? cache?.place;
  return place ?? { source: run.source, range: run.step.node.range };
}

function describe(fault: FaultPlace<Spotted>): MissingManager {
  const { place, frame, sighting } = fault;
  const { need, image } = sighting.value;
  const { run, reach, cache, manager, declared, later } = need;
  const cached = cache?.isUnasked === true ? (run.step.uses?.text ?? "") : `cache: ${manager}`;
  return {
    kind: kindOf(need),
    place,
    ...(reach ? tellWay(fault, reach) : { text: frame ? frame.uses.text : cached, chain: "" }),
    command: reach?.located.text ?? "",
    manager,
    image,
    declared,
    isUnasked: cache?.isUnasked === true,
    later: later && usesOf(later),
  };
}

function kindOf({ reach, manager, cache }: ManagerNeed): MissingManager["kind"] {
  if (manager === "yarn") return "oldYarn";
  if (cache) return "missingForCache";
  return reach?.invocation.kind === "turbo" ? "missingForTurbo" : "missingCommand";
}

function usesOf({ step: { uses }, source }: StepRun): MissingManager["later"] {
  return uses && { text: uses.text, place: { source, range: uses.range } };
}
