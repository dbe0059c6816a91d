import { describePlace, type Place } from "../documents/source.ts";
import type { Hop, Reach } from "../project/trace/reach.ts";
import type { FaultPlace } from "./call-sites.ts";

/** The way from a step's command to what it reaches, as messages show it: `package.json:8 → turbo.json:5 → …`. */
export function chainOf({ hops }: Pick<Reach, "hops">): string {
  return describeHops(hops.slice(1));
}

/** Each hop with what stands there. */
function describeHops(hops: readonly Hop[]): string {
  return hops.map(({ place, text }) => `${describePlace(place)} \`${text}\``).join(" → ");
}

/** What stands at the place where a fault has to be mended, the step's command or a `uses`, and the way from there to what is reached. */
export function tellWay(
  { frame }: Pick<FaultPlace<unknown>, "frame">,
  { entry, hops }: Pick<Told, "entry" | "hops">,
): Pick<ToldCommand, "chain" | "text"> {
  return frame ? { text: frame.uses.text, chain: describeHops(hops) } : { text: entry.text, chain: chainOf({ hops }) };
}

/** A command, and the way to it. */
export interface Told extends Pick<Reach, "hops" | "located"> {
  /** Where the way starts. */
  readonly entry: Hop;
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
export function tellCommand(fault: FaultPlace<unknown>, reach: Told): ToldCommand {
  const { place, frame } = fault;
  const { located, entry } = reach;
  const isHere = !frame && place === located.place;
  return {
    place,
    ...(isHere ? { text: located.text, chain: "" } : tellWay(fault, reach)),
    command: located.expandedText,
    runAt: isHere && located !== entry ? entry.place : undefined,
  };
}
