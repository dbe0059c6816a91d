import type { DataDocument, Mapping } from "../../documents/data.ts";
import type { Place } from "../../documents/source.ts";
import type { Repository } from "../../project/repository.ts";
import type { Requirement } from "../../tools/credentials.ts";
import { faultsIn, jobsConcerning, oneForEach, runsConcerning, type FaultPlace, type Sighting } from "../call-sites.ts";
import { tellWay } from "../chain.ts";
import { mayComeFromElsewhere } from "../environment/other-sources.ts";
import { provisionOf } from "../environment/provision.ts";
import { mayBeCached } from "../turbo/shared-cache.ts";
import { canUse, expressionsFor, isHarmless } from "./credential-expression.ts";
import { needsOf, type Need } from "./requirements.ts";
import { unpassedSecretOf, type UnpassedSecret } from "./unpassed-secret.ts";

/** A command whose credentials are missing, at the place where they have to be given. */
export interface MissingCredential {
  /** The command in the step's script, or the `uses` through which it is reached. */
  readonly place: Place;
  /** What stands there. */
  readonly text: string;
  /** The way from there to the command that fails; empty where it is the command itself. */
  readonly chain: string;
  readonly requirement: Requirement;
  /** The variables that are missing. */
  readonly names: readonly string[];
  /** Where the first of them is set to an empty value. */
  readonly emptyAt: Place | undefined;
  /** Why that is empty, where it is a secret that nobody passes on. */
  readonly unpassed: UnpassedSecret | undefined;
  /** The level of `env` at which that is; undefined where it is none of them. */
  readonly emptyIn: EnvLevel | undefined;
  /** Variables that the workflow sets for the command's tool, by the look of their names. */
  readonly given: readonly string[];
  readonly document: DataDocument;
  /** The step whose `env` reaches the command; undefined for a call of a reusable workflow. */
  readonly step: Mapping | undefined;
  /** The job and workflow around the step; undefined in an action. */
  readonly job: Mapping | undefined;
  readonly workflow: Mapping | undefined;
  /** The expression that the repository's workflows use for each missing variable; undefined where they use several. */
  readonly expressions: readonly string[] | undefined;
  /** Whether the workflow's secrets can be given without harm, and are not empty by construction. */
  readonly canUseSecrets: boolean;
  /** Whether the call that does not pass the secret can do so without harm. */
  readonly canPassSecret: boolean;
  /** Whether the step does nothing else, and is not the only one. */
  readonly isWholeStep: boolean;
  /** Whether an earlier step may bring the credential in a way that is not followed. */
  readonly mayComeFromElsewhere: boolean;
}

/** The `env` of a step overrides that of its job, and that the one of the workflow. */
export type EnvLevel = "step" | "job" | "workflow";

/** The places of a workflow or action at which credentials are missing for what is reached from there, one for each tool. */
export function missingCredentials(repository: Repository, path: string): readonly MissingCredential[] {
  const sightings = runsConcerning(repository, path).flatMap((run) =>
    needsOf(repository, run).map((need) => sightingOf(repository, need)),
  );
  return oneForEach(faultsIn(path, sightings), ({ requirement }) => requirement.tool).map((fault) =>
    describeFault(repository, fault),
  );
}

function sightingOf(repository: Repository, need: Need): Sighting<Need> {
  const { run, reach } = need;
  const verdict = verdictOf(need);
  const unpassed = verdict === "faulty" ? unpassedOf(repository, need) : undefined;
  return {
    run,
    get place() {
      return reach.entry.place;
    },
    get subject() {
      return [need.requirement.command, ...reach.hops.map(({ text }) => text)].join("\0");
    },
    verdict,
    mendedAt: unpassed?.toPass && unpassed.call,
    value: need,
  };
}

function missingNames(need: Need): readonly string[] {
  return need.names.filter((name) => provisionOf(need.reach.environment.lookupUnfiltered(name)) !== "yes");
}

function unpassedOf(repository: Repository, need: Need): UnpassedSecret | undefined {
  const [first] = missingNames(need);
  const answer = first === undefined ? undefined : need.reach.environment.lookupUnfiltered(first);
  return answer && unpassedSecretOf(repository, need.run, answer);
}

function verdictOf(need: Need): "faulty" | "sound" | "unknown" {
  if (need.isMet === "yes") return "sound";
  return need.isMet === "no" && !need.isOpen && !mayBeCached(need.run, need.reach) ? "faulty" : "unknown";
}

function describeFault(repository: Repository, fault: FaultPlace<Need>): MissingCredential {
  const { place, frame, sighting, ways } = fault;
  const { run, value: need } = sighting;
  const { requirement, reach } = need;
  const names = missingNames(need);
  const [first = ""] = names;
  const answer = reach.environment.lookupUnfiltered(first);
  const step = frame ? frame.step : run.step;
  const document = frame?.document ?? run.document;
  const isInWorkflow = document.source === run.workflow.source;
  const expressions = names.map((name) => expressionsFor(repository, run.workflow, name));
  const blocks = { step: run.step.env, job: run.job.env, workflow: run.workflow.env };
  const emptyAt = answer.state === "bound" ? answer.place : undefined;
  return {
    place,
    ...tellWay(fault, reach),
    requirement,
    names,
    emptyAt,
    unpassed: unpassedOf(repository, need),
    emptyIn: (["step", "job", "workflow"] as const).find(
      (level) =>
        emptyAt?.source === (level === "step" ? run.document : run.workflow).source &&
        blocks[level].entries.some(({ keyRange }) => keyRange[0] === emptyAt.range[0]),
    ),
    given: Object.values(blocks).flatMap(({ entries }) => entries.map(({ name }) => name)),
    document,
    step: step?.node,
    job: isInWorkflow ? run.job.node : undefined,
    workflow: isInWorkflow ? run.workflow.node : undefined,
    expressions: expressions.every((list) => list.length === 1)
      ? expressions.flat().map(({ text }) => text)
      : undefined,
    canUseSecrets:
      isInWorkflow && ways.every((way) => expressions.flat().every((given) => canUse(repository, way.run, given))),
    canPassSecret: ways.every((way) => isHarmless(repository, way.run)),
    get mayComeFromElsewhere() {
      const { steps = [] } =
        jobsConcerning(repository, document.source.path).find((job) => job.steps.includes(run)) ?? {};
      return mayComeFromElsewhere(repository, run, reach, steps.slice(0, steps.indexOf(run)), []);
    },
    isWholeStep:
      !frame &&
      !run.isOnlyStep &&
      // Others can ask how a step with an id went.
      run.step.id === undefined &&
      // Another combination may run something else.
      !/\bmatrix\b/.test(run.step.run?.text ?? "") &&
      run.reaches.every(({ entry }) => entry === reach.entry || entry.text.startsWith("cd ")),
  };
}
