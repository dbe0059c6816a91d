import { describePlace } from "../documents/source.ts";
import type { Hop, Reach } from "../project/trace/reach.ts";

/** The way from a step's command to what it reaches, as messages show it: `package.json:8 → turbo.json:5 → …`. */
export function chainOf({ hops }: Pick<Reach, "hops">): string {
  return hops.slice(1).map(describeHop).join(" → ");
}

/** One hop with what stands there. */
function describeHop({ place, text }: Hop): string {
  return `${describePlace(place)} \`${text}\``;
}
