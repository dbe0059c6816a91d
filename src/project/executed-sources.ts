import { posix } from "node:path";
import { readArguments, textOf } from "../commands/arguments.ts";
import type { Place, Source } from "../documents/source.ts";
import { readSourceReads, type SourceReads } from "../documents/source-reads.ts";
import { EXECUTED_FILES, SOURCE_EXTENSIONS, TEST_PATTERNS } from "../tools/executed-files.data.ts";
import type { Reach } from "./reach.ts";
import type { Repository } from "./repository.ts";
import { enterDirectory } from "./routine.ts";

const MAX_FILES = 300;
const MAX_BYTES = 4_000_000;

/** The variables that source files read, with the first place of each. */
export type ReadPlaces = ReadonlyMap<string, Place>;

const NOTHING_READ: ReadPlaces = new Map();

const reads = (): WeakMap<Source, SourceReads> => new WeakMap();
const readsByEntry = (): Map<string, ReadPlaces> => new Map();

/** What the files read that a reached command certainly executes: the file that it names, its configuration, its tests, and what they import. */
export function executedReads(repository: Repository, reach: Reach): ReadPlaces {
  const { invocation, directory } = reach;
  if (!directory.known) return NOTHING_READ;
  const folder = directory.value;
  if (invocation.kind === "file" && invocation.interpreter !== "shell") {
    const path = enterDirectory(directory, { known: true, value: invocation.path });
    return path.known ? readsFrom(repository, `file:${path.value}`, () => [path.value]) : NOTHING_READ;
  }
  if (invocation.kind !== "binary") return NOTHING_READ;
  const words = readArguments(invocation.args, { valueFlags: new Set() }).positionals.map(textOf);
  const name = invocation.name === "bun" ? `bun ${words[0] ?? ""}` : invocation.name;
  const executed = EXECUTED_FILES.get(name);
  if (!executed) return NOTHING_READ;
  const file =
    executed.runsFile === true ? words.find((word) => word !== undefined && /\.[cm]?[jt]sx?$/.test(word)) : undefined;
  return readsFrom(repository, `${name}:${folder}:${file ?? ""}`, () => [
    ...(file === undefined ? [] : [posix.join(folder, file)]),
    ...executed.configs.flatMap((config) => configFiles(repository, folder, config)),
    ...(executed.tests === true
      ? repository.files.glob(folder, TEST_PATTERNS).map((path) => posix.join(folder, path))
      : []),
  ]);
}

/** What the sources of a package read, where a reached command compiles or runs them. */
export function packageReads(repository: Repository, reach: Reach, folder: string): ReadPlaces {
  const { invocation } = reach;
  if (invocation.kind !== "binary") return NOTHING_READ;
  const executed = EXECUTED_FILES.get(invocation.name);
  if (executed?.sources !== true) return NOTHING_READ;
  return readsFrom(repository, `sources:${folder}`, () =>
    repository.files
      .glob(folder, [`**/*{${SOURCE_EXTENSIONS.join(",")}}`], [...TEST_PATTERNS, "**/{dist,build,.next,.turbo,out}/**"])
      .map((path) => posix.join(folder, path)),
  );
}

function configFiles(repository: Repository, folder: string, config: string): readonly string[] {
  const candidates =
    config === "schema"
      ? ["prisma/schema.prisma", "schema.prisma"]
      : SOURCE_EXTENSIONS.map((extension) => config + extension);
  return candidates.map((name) => posix.join(folder, name)).filter((path) => repository.files.exists(path));
}

function readsFrom(repository: Repository, key: string, entries: () => readonly string[]): ReadPlaces {
  const memo = repository.derive(readsByEntry);
  let found = memo.get(key);
  if (!found) memo.set(key, (found = collect(repository, entries())));
  return found;
}

function collect(repository: Repository, entries: readonly string[]): ReadPlaces {
  const memo = repository.derive(reads);
  const places = new Map<string, Place>();
  const queue = [...entries];
  const visited = new Set<string>();
  let bytes = 0;
  for (let path = queue.shift(); path !== undefined; path = queue.shift()) {
    if (visited.has(path) || visited.size >= MAX_FILES || bytes > MAX_BYTES) continue;
    visited.add(path);
    const source = repository.files.read(path);
    if (!source) continue;
    bytes += source.text.length;
    let read = memo.get(source);
    if (!read) memo.set(source, (read = readSourceReads(source)));
    for (const [name, offset] of read.variables) {
      if (!places.has(name)) places.set(name, { source, range: [offset, offset] });
    }
    for (const specifier of read.imports) {
      const target = resolveModule(repository, posix.join(posix.dirname(path), specifier));
      if (target !== undefined) queue.push(target);
    }
  }
  return places;
}

/** A relative module as Node, bundlers and TypeScript find it. */
function resolveModule(repository: Repository, path: string): string | undefined {
  const stem = path.replace(/\.[cm]?jsx?$/, "");
  const candidates = [
    path,
    ...SOURCE_EXTENSIONS.flatMap((extension) => [stem + extension, path + extension]),
    ...SOURCE_EXTENSIONS.map((extension) => posix.join(path, `index${extension}`)),
  ];
  return candidates.find(
    (candidate) => /\.[cm]?[jt]sx?$/.test(candidate) && repository.files.read(candidate) !== undefined,
  );
}
