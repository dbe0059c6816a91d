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
export function reachesOfBinaries(reaches: readonly Reach[], names: Iterable<string>): readonly ReachOf<RunBinary>[] {
  if (reaches.length === 0) return [];
  const index = indexOf(reaches);
  const groups = [...names].flatMap((name) => {
    const group = index.get(`binary ${name}`);
    return group ? [group] : [];
  });
  const found =
    groups.length > 1 ? reaches.filter((reach) => groups.some((group) => group.includes(reach))) : groups[0];
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
