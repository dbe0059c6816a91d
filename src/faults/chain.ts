import { describePlace, type Place } from "../documents/source.ts";
import type { Hop, Reach } from "../project/trace/reach.ts";
import type { FaultPlace } from "./call-sites.ts";

/** The way from a step's command to what it reaches, as messages show it: `package.json:8 → turbo.json:5 → …`. */
export function chainOf({ hops }: Pick<Reach, "hops">): string {
  return hops.slice(1).map(describeHop).join(" → ");
}

/** One hop with what stands there. */
function describeHop({ place, text }: Hop): string {
  return `${describePlace(place)} \`${text}\``;
}

/** A command as a message tells of it: what stands at the place, and the way from there. */
export interface ToldCommand {
  readonly place: Place;
  /** What stands there. */
  readonly text: string;
  /** The way from there to the command that fails, and that command; empty where it is the one itself. */
  readonly chain: string;
  readonly command: string;
  /** The workflow's command that runs it, for one that is written in a package script. */
  readonly runAt: Place | undefined;
}

/** What to tell of a command at the place where its fault has to be mended. */
export function tellCommand({ place, frame }: FaultPlace<unknown>, { located, entry, hops }: Reach): ToldCommand {
  const isHere = !frame && place === located.place;
  return {
    place,
    text: isHere ? located.text : frame ? frame.uses.text : entry.text,
    chain: isHere ? "" : chainOf(frame ? { hops: [{ place, text: "" }, ...hops] } : { hops }),
    command: located.expandedText,
    runAt: isHere && located !== entry ? entry.place : undefined,
  };
}
