import { posix } from "node:path";
import { readArguments, textOf } from "../../commands/arguments.ts";
import { entryOf } from "../../documents/data.ts";
import type { Place } from "../../documents/source.ts";
import { readSourceReads } from "../../documents/source-reads.ts";
import { selectsTests } from "../../documents/test-selection.ts";
import { onceForEach } from "../../memo.ts";
import type { Word } from "../../shell/command.ts";
import {
  EXECUTED_FILES,
  SOURCE_EXTENSIONS,
  TEST_PATTERNS,
  type ExecutedFiles,
} from "../../tools/executed-files.data.ts";
import type { Reach } from "../../project/trace/reach.ts";
import type { Repository } from "../../project/repository.ts";
import { enterDirectory } from "../../project/trace/routine.ts";

const MAX_FILES = 300;
const MAX_BYTES = 4_000_000;

/** Where source files read a variable. */
interface ReadPlace {
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
 * How far reads count. In the files that a command itself executes all do; in the modules that those import, `loaded`
 * takes the reads that happen whenever a module is loaded, and `anywhere` also those of functions that may not be called.
 */
export type Depth = "loaded" | "anywhere";

/** What the files read that a reached command certainly executes: the file that it names, its configuration, its tests, and what they import. */
export function executedReads(repository: Repository, reach: Reach, depth: Depth): ReadPlaces {
  const { invocation, directory } = reach;
  if (!directory.known) return NOTHING_READ;
  const folder = directory.value;
  if (invocation.kind === "file" && invocation.interpreter !== "shell") {
    const path = enterDirectory(directory, { known: true, value: invocation.path });
    return path.known ? readsFrom(repository, `file:${path.value}`, depth, () => [path.value]) : NOTHING_READ;
  }
  if (invocation.kind !== "binary") return NOTHING_READ;
  const words = readArguments(invocation.args, { valueFlags: new Set() }).positionals.map(textOf);
  const name = invocation.name === "bun" ? `bun ${words[0] ?? ""}` : invocation.name;
  const executed = EXECUTED_FILES.get(name);
  if (!executed) return NOTHING_READ;
  const file =
    executed.runsFile === true ? words.find((word) => word !== undefined && /\.[cm]?[jt]sx?$/.test(word)) : undefined;
  const runsAll = executed.tests !== undefined && runsAllTests(invocation.args);
  return readsFrom(repository, `${name}:${folder}:${file ?? String(runsAll)}`, depth, () => {
    const configs = executed.configs.flatMap((config) => configFiles(repository, folder, config));
    return [
      ...(file === undefined ? [] : [posix.join(folder, file)]),
      ...configs,
      ...(runsAll ? testsIn(repository, folder, executed, configs) : []),
    ];
  });
}

/** Words of a test runner that select no tests. */
const UNSELECTIVE =
  /^(?:run|test|-[iu]|--(?:bail|ci|coverage|detectOpenHandles|forceExit|passWithNoTests|run|runInBand|silent|update|verbose|no-[\w-]+)|--(?:bail|coverage[\w.-]*|maxWorkers|reporters?|silent|testTimeout|timeout|watch|watchAll|workers)=\S*)$/;

/** Whether a test runner is called for all tests, as far as its words tell. */
function runsAllTests(args: readonly Word[]): boolean {
  return args.every((word) => UNSELECTIVE.test(textOf(word) ?? ""));
}

/** The tests below a folder that a runner finds, where its configuration leaves none of them out. */
function testsIn(
  repository: Repository,
  folder: string,
  { tests = [], settings = [] }: ExecutedFiles,
  configs: readonly string[],
): readonly string[] {
  const { node } = repository.manifest(folder) ?? {};
  if (entryOf(node, "jest") ?? entryOf(node, "mocha")) return [];
  if (settings.some((name) => repository.files.exists(posix.join(folder, name)))) return [];
  if (configs.flatMap((path) => repository.files.read(path) ?? []).some(selectsTests)) return [];
  // Vitest 3 leaves these folders out.
  return repository.files.glob(folder, tests, ["**/{cypress,dist}/**"]).map((path) => posix.join(folder, path));
}

/** What the sources of a package read, where a reached command compiles or runs them. */
export function packageReads(repository: Repository, reach: Reach, folder: string): ReadPlaces {
  const { invocation } = reach;
  if (invocation.kind !== "binary") return NOTHING_READ;
  const executed = EXECUTED_FILES.get(invocation.name);
  if (executed?.sources !== true) return NOTHING_READ;
  return readsFrom(repository, `sources:${folder}`, "anywhere", () => {
    // A folder with a package.json of its own is another package.
    const others = repository.files.glob(folder, ["*/**/package.json"]).map((path) => `${posix.dirname(path)}/`);
    return repository.files
      .glob(
        folder,
        [`**/*{${SOURCE_EXTENSIONS.join(",")}}`],
        [...TEST_PATTERNS, "**/{dist,build,.next,.turbo,out,scripts}/**", "*.config.*"],
      )
      .filter((path) => !others.some((other) => path.startsWith(other)))
      .map((path) => posix.join(folder, path));
  });
}

function configFiles(repository: Repository, folder: string, config: string): readonly string[] {
  const candidates =
    config === "schema"
      ? ["prisma/schema.prisma", "schema.prisma"]
      : SOURCE_EXTENSIONS.map((extension) => config + extension);
  return candidates.map((name) => posix.join(folder, name)).filter((path) => repository.files.exists(path));
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
    const reads = depth === "anywhere" || isEntry.has(path) ? read.variables : read.whenLoaded;
    for (const [name, { offset, unlessSet }] of reads) {
      if (!places.has(name)) places.set(name, { place: { source, range: [offset, offset] }, unlessSet });
    }
    for (const name of read.written) written.add(name);
    for (const specifier of read.imports) {
      const target = resolveModule(repository, posix.join(posix.dirname(path), specifier));
      if (target !== undefined) queue.add(target);
    }
  }
  // What a program sets itself need not come from outside.
  for (const name of written) places.delete(name);
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
