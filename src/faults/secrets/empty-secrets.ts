import type { Place } from "../../documents/source.ts";
import type { Reach } from "../../project/trace/reach.ts";
import type { Repository } from "../../project/repository.ts";
import { faultsIn, oneForEach, runsConcerning, type Sighting } from "../call-sites.ts";
import { tellWay } from "../chain.ts";
import { needsOf, type Need } from "../credentials/requirements.ts";
import { unpassedSecretOf, type UnpassedSecret } from "../credentials/unpassed-secret.ts";

/** A command that fails because the call of its workflow does not pass a secret on. */
export interface EmptySecret extends UnpassedSecret {
  /** The call; the command in the step's script where a call could not pass the secret. */
  readonly place: Place;
  readonly text: string;
  /** The way from there to the command that fails; empty where it is the command itself. */
  readonly chain: string;
  /** The tool's command, as messages name it. */
  readonly command: string;
  /** The variable that is empty. */
  readonly name: string;
}

/** What a condition can read without learning of secrets. */
const RUN_CONTEXTS = new Set(["github", "inputs", "matrix", "runner", "strategy"]);

interface EmptyVariable {
  readonly reach: Reach;
  readonly command: string;
  readonly name: string;
  readonly unpassed: UnpassedSecret | undefined;
}

/**
 * The calls without a secret that a command of the called workflow fails without, and the command itself where that
 * workflow does not declare it. Convex's own commands are told of by the rule for its key.
 */
export function emptySecrets(repository: Repository, path: string): readonly EmptySecret[] {
  const sightings = runsConcerning(repository, path).flatMap((run) =>
    needsOf(repository, run).flatMap((need) => sightingOf(repository, need) ?? []),
  );
  return oneForEach(faultsIn(path, sightings), ({ name }) => name).flatMap((fault) => {
    const { reach, command, name, unpassed } = fault.sighting.value;
    return unpassed ? [{ ...unpassed, place: fault.place, ...tellWay(fault, reach), command, name }] : [];
  });
}

function sightingOf(repository: Repository, need: Need): Sighting<EmptyVariable> | undefined {
  const { run, reach, requirement, isMet } = need;
  if (requirement.tool === "convex") return undefined;
  const [first] = requirement.accepted.flat().flatMap((name) => {
    const unpassed = unpassedSecretOf(repository, run, reach.environment.lookupUnfiltered(name));
    return unpassed ? [{ name, unpassed }] : [];
  });
  const isFree = run.conditions.every(({ condition, lookup }) => {
    const holds = condition.holds(lookup);
    // Other contexts may tell that the secret is not there, and what a caller gives may be the same in all its runs.
    return holds.known
      ? holds.value
      : condition.references.every(
          ({ context }) => RUN_CONTEXTS.has(context) && (context !== "inputs" || run.frames.length === 0),
        );
  });
  const isFaulty = isMet === "no" && isFree && first !== undefined && !need.isOpen;
  return {
    run,
    place: reach.entry.place,
    subject: [requirement.command, ...reach.hops.map(({ text }) => text)].join("\0"),
    verdict: isMet === "yes" ? "sound" : isFaulty ? "faulty" : "unknown",
    mendedAt: first?.unpassed.toPass && first.unpassed.call,
    value: { reach, command: requirement.command, name: first?.name ?? "", unpassed: first?.unpassed },
  };
}
