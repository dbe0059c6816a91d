import { entryOf, type DataNode, type Entry } from "../../documents/data.ts";
import type { Manifest } from "../../documents/manifest.ts";
import type { Place } from "../../documents/source.ts";

/** Where a manifest holds the last of `keys` that is there; without any, what stands for the whole file. */
export function manifestPlace({ source, node }: Manifest, ...keys: readonly string[]): Place {
  const entry = lastOf(node, keys) ?? entryOf(node, "name");
  return { source, range: entry?.keyRange ?? [node.range[0], node.range[0] + 1] };
}

/** The last entry that is there on the way along `keys`. */
export function lastOf(node: DataNode | undefined, keys: readonly string[]): Entry | undefined {
  let last: Entry | undefined;
  for (const key of keys) {
    const entry = entryOf(last ? last.value : node, key);
    if (!entry) break;
    last = entry;
  }
  return last;
}
