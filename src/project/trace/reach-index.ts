import type { Invocation, RunBinary } from "../../commands/invocation.ts";
import { onceForEach } from "../../memo.ts";
import type { Reach } from "./reach.ts";

/** A reach whose command is of one kind. */
export type ReachOf<Kind extends Invocation> = Reach & { readonly invocation: Kind };

interface ReachIndex {
  /** By the name of the executable. */
  readonly binaries: ReadonlyMap<string, readonly ReachOf<RunBinary>[]>;
  /** By the kind of other commands. */
  readonly kinds: ReadonlyMap<string, readonly Reach[]>;
}

const indexOf = onceForEach((reaches: readonly Reach[]): ReachIndex => {
  const binaries = new Map<string, ReachOf<RunBinary>[]>();
  const kinds = new Map<string, Reach[]>();
  for (const reach of reaches) {
    if (runsBinary(reach)) add(binaries, reach.invocation.name, reach);
    else add(kinds, reach.invocation.kind, reach);
  }
  return { binaries, kinds };
});

function runsBinary(reach: Reach): reach is ReachOf<RunBinary> {
  return reach.invocation.kind === "binary";
}

function add<Item>(groups: Map<string, Item[]>, key: string, item: Item): void {
  const group = groups.get(key);
  if (group) group.push(item);
  else groups.set(key, [item]);
}

/** Those of a step's reaches that run an executable, in order. Most steps reach none that a question is about. */
export function reachesOfBinary(reaches: readonly Reach[], name: string): readonly ReachOf<RunBinary>[] {
  if (reaches.length === 0) return [];
  return indexOf(reaches).binaries.get(name) ?? [];
}

/** Those of a step's reaches that run one of some executables, in order. */
export function reachesOfBinaries(
  reaches: readonly Reach[],
  names: ReadonlySet<string>,
): readonly ReachOf<RunBinary>[] {
  if (reaches.length === 0) return [];
  const { binaries } = indexOf(reaches);
  const [name, ...others] = [...binaries.keys()].filter((candidate) => names.has(candidate));
  if (name === undefined) return [];
  if (others.length === 0) return reachesOfBinary(reaches, name);
  return reaches.filter(runsBinary).filter(({ invocation }) => names.has(invocation.name));
}

/** Those of a step's reaches whose command is of a kind other than an executable, in order. */
export function reachesOfKind<Kind extends Exclude<Invocation["kind"], "binary">>(
  reaches: readonly Reach[],
  kind: Kind,
): readonly ReachOf<Extract<Invocation, { kind: Kind }>>[] {
  if (reaches.length === 0) return [];
  return (indexOf(reaches).kinds.get(kind) ?? []) as readonly ReachOf<Extract<Invocation, { kind: Kind }>>[];
}

/** Whether what a command asks for was found, so that it stands among the reaches too. */
export function isFollowed(reaches: readonly Reach[], { hops: { length }, located }: Reach): boolean {
  return reaches.some(({ hops }) => hops.length > length && hops[length - 1]?.place === located.place);
}
