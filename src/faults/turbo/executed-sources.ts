import type { Place } from "../../documents/source.ts";
import { readSourceReads } from "../../documents/source-reads.ts";
import { onceForEach } from "../../memo.ts";
import { compiledFiles, executionOf } from "../../project/executed/execution.ts";
import { resolveModule } from "../../project/executed/modules.ts";
import type { Reach } from "../../project/trace/reach.ts";
import type { Repository } from "../../project/repository.ts";

const MAX_FILES = 300;
const MAX_BYTES = 4_000_000;

/** Where source files read a variable. */
export interface ReadPlace {
  readonly place: Place;
  /** Variables of which none may be set, or it is not read. */
  readonly unlessSet: readonly string[];
}

/** The variables that source files read, with the first place of each. */
export type ReadPlaces = ReadonlyMap<string, ReadPlace>;

const NOTHING_READ: ReadPlaces = new Map();

const readsOf = onceForEach(readSourceReads);
const readsByEntry = (): Map<string, ReadPlaces> => new Map();

/**
 * How far reads count. In the files that a command itself executes all outside of branches do; in the modules that those
 * import, `loaded` takes the reads that happen whenever a module is loaded. `anywhere` takes all, also those of functions that
 * may not be called.
 */
export type Depth = "loaded" | "anywhere";

/** What the files read that a reached command certainly executes: the file that it names, its configuration, its tests, and what they import. */
export function executedReads(repository: Repository, reach: Reach, depth: Depth): ReadPlaces {
  const execution = executionOf(repository, reach);
  if (!execution) return NOTHING_READ;
  return readsFrom(repository, execution.key, depth, () => [...execution.files(), ...execution.tests()]);
}

/** What the sources of a package read, where a reached command compiles or runs them. */
export function packageReads(repository: Repository, reach: Reach, folder: string): ReadPlaces {
  const files = compiledFiles(repository, reach, folder);
  return files ? readsFrom(repository, `sources:${folder}`, "anywhere", files) : NOTHING_READ;
}

function readsFrom({ packages }: Repository, entry: string, depth: Depth, paths: () => readonly string[]): ReadPlaces {
  const memo = packages.derive(readsByEntry);
  const key = `${depth}:${entry}`;
  let found = memo.get(key);
  if (!found) memo.set(key, (found = collect(packages, paths(), depth)));
  return found;
}

function collect(repository: Repository, entries: readonly string[], depth: Depth): ReadPlaces {
  const places = new Map<string, ReadPlace>();
  const written = new Set<string>();
  const queue = new Set(entries);
  const isEntry = new Set(entries);
  let files = 0;
  let bytes = 0;
  for (const path of queue) {
    if (files >= MAX_FILES || bytes > MAX_BYTES) break;
    const source = repository.files.read(path);
    if (!source) continue;
    files++;
    bytes += source.text.length;
    const read = readsOf(source);
    const { variables, outsideBranches, whenLoaded } = read;
    const reads = depth === "anywhere" ? variables : isEntry.has(path) ? outsideBranches : whenLoaded;
    for (const [name, { offset, unlessSet }] of reads) {
      if (!places.has(name)) places.set(name, { place: { source, range: [offset, offset] }, unlessSet });
    }
    if (read.setsAny) return NOTHING_READ;
    for (const name of read.written) written.add(name);
    for (const specifier of depth === "anywhere" ? read.imports : read.loadedImports) {
      const target = resolveModule(repository, path, specifier);
      if (target !== undefined) queue.add(target);
    }
  }
  // What a program sets itself need not come from outside.
  for (const name of written) places.delete(name);
  return places;
}
