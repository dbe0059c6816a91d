import type { Place } from "../../documents/source.ts";
import type { Bound } from "../../project/trace/environment.ts";
import type { Frame } from "../../project/trace/job-run.ts";
import type { Reach } from "../../project/trace/reach.ts";
import type { Repository } from "../../project/repository.ts";
import { faultPlaces, runsConcerning, type Sighting } from "../call-sites.ts";
import { chainOf } from "../chain.ts";
import { needsOf, type Need } from "../credentials/requirements.ts";

/** A command that fails because the call of its workflow does not pass a secret on. */
export interface EmptySecret {
  /** The command in the step's script, or the call where others pass the secret. */
  readonly place: Place;
  readonly text: string;
  /** The way from there to the command that fails; empty where it is the command itself. */
  readonly chain: string;
  /** The tool's command, as messages name it. */
  readonly command: string;
  /** The variable that is empty, what it is set to, and where. */
  readonly name: string;
  readonly value: string;
  readonly setAt: Place;
  /** The call that does not pass it. */
  readonly callAt: Place;
}

/** What a condition can read without learning of secrets. */
const RUN_CONTEXTS = new Set(["github", "inputs", "matrix", "runner", "strategy"]);

interface EmptyVariable {
  readonly reach: Reach;
  readonly command: string;
  readonly name: string;
  readonly binding: Bound | undefined;
  readonly call: Frame | undefined;
}

/**
 * The commands of called workflows that fail without a secret which no call passes on, and the calls without it where
 * others pass it. Convex's own commands are told of by the rule for its key.
 */
export function emptySecrets(repository: Repository, path: string): readonly EmptySecret[] {
  const sightings = runsConcerning(repository, path).flatMap((run) =>
    needsOf(repository, run).flatMap((need) => sightingOf(need) ?? []),
  );
  return faultPlaces(sightings).flatMap(({ place, frame, sighting: { value } }) => {
    const { reach, command, name, binding, call } = value;
    const isHere = place.source.path === path;
    if (!isHere || !binding?.template || !binding.place || !call) return [];
    const text = frame ? frame.uses.text : reach.entry.text;
    const chain = chainOf(frame ? { hops: [{ place, text: "" }, ...reach.hops] } : reach);
    const callAt = { source: call.document.source, range: call.uses.range };
    const { template, place: setAt } = binding;
    return [{ place, text, chain, command, name, value: template.text, setAt, callAt }];
  });
}

function sightingOf(need: Need): Sighting<EmptyVariable> | undefined {
  const { run, reach, requirement, isMet } = need;
  if (requirement.tool === "convex") return undefined;
  const call = run.frames.findLast(({ step }) => !step);
  const empty = requirement.accepted.flat().flatMap((name) => {
    const answer = reach.environment.lookupUnfiltered(name);
    return answer.state === "bound" && call && isEmptySecret(answer) ? [{ name, binding: answer }] : [];
  });
  // Other contexts may tell that the secret is not there.
  const isFree = run.conditions.every(({ condition }) =>
    condition.references.every(({ context }) => RUN_CONTEXTS.has(context)),
  );
  const isFaulty = isMet === "no" && isFree && empty.length > 0 && !need.isOpen;
  return {
    run,
    place: reach.entry.place,
    subject: [requirement.command, ...reach.hops.map(({ text }) => text)].join("\0"),
    verdict: isMet === "yes" ? "sound" : isFaulty ? "faulty" : "unknown",
    value: {
      reach,
      command: requirement.command,
      name: empty[0]?.name ?? "",
      binding: empty[0]?.binding,
      call,
    },
  };
}

/** Whether a variable is set to secrets that are known to be empty. */
function isEmptySecret({ template, value }: Bound): boolean {
  const references = template?.expressions.flatMap((expression) => expression.references) ?? [];
  const isSecret = references.length > 0 && references.every(({ context }) => context === "secrets");
  return isSecret && value.known && value.value === "";
}
