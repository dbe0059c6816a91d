import type { Invocation, RunBinary } from "../../commands/invocation.ts";
import { onceForEach } from "../../memo.ts";
import type { Reach } from "./reach.ts";

/** A reach whose command is of one kind. */
export type ReachOf<Kind extends Invocation> = Reach & { readonly invocation: Kind };

/** By the name of the executable, for other commands by their kind. */
const indexOf = onceForEach((reaches: readonly Reach[]): ReadonlyMap<string, readonly Reach[]> => {
  const index = new Map<string, Reach[]>();
  for (const reach of reaches) {
    const { invocation } = reach;
    const key = invocation.kind === "binary" ? `binary ${invocation.name}` : invocation.kind;
    const group = index.get(key);
    if (group) group.push(reach);
    else index.set(key, [reach]);
  }
  return index;
});

/** Those of a step's reaches that run one of some executables, in order. Most steps reach none that a question is about. */
export function reachesOfBinaries(reaches: readonly Reach[], names: readonly string[]): readonly ReachOf<RunBinary>[] {
  if (reaches.length === 0) return [];
  const index = indexOf(reaches);
  const [first, ...others] = names.filter((name) => index.has(`binary ${name}`));
  if (first === undefined) return [];
  const wanted = new Set([first, ...others]);
  const isWanted = ({ invocation }: Reach): boolean => invocation.kind === "binary" && wanted.has(invocation.name);
  const found = others.length === 0 ? index.get(`binary ${first}`) : reaches.filter(isWanted);
  return (found ?? []) as readonly ReachOf<RunBinary>[];
}

/** Those of a step's reaches whose command is of a kind other than an executable, in order. */
export function reachesOfKind<Kind extends Exclude<Invocation["kind"], "binary">>(
  reaches: readonly Reach[],
  kind: Kind,
): readonly ReachOf<Extract<Invocation, { kind: Kind }>>[] {
  if (reaches.length === 0) return [];
  return (indexOf(reaches).get(kind) ?? []) as readonly ReachOf<Extract<Invocation, { kind: Kind }>>[];
}
