import { posix } from "node:path";
import { textOf } from "../../commands/arguments.ts";
import type { RunBinary } from "../../commands/invocation.ts";
import { entryOf } from "../../documents/data.ts";
import type { Place } from "../../documents/source.ts";
import { readSourceReads } from "../../documents/source-reads.ts";
import { selectsOrPrepares, selectsTests } from "../../documents/test-selection.ts";
import { onceForEach } from "../../memo.ts";
import type { Word } from "../../shell/command.ts";
import {
  EXECUTED_FILES,
  MOVING_FLAG,
  PRELOADING_FLAG,
  SOURCE_EXTENSIONS,
  UNCOMPILED_PATTERNS,
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
 * How far reads count. In the files that a command itself executes all outside of branches do; in the modules that those
 * import, `loaded` takes the reads that happen whenever a module is loaded. `anywhere` takes all, also those of functions that
 * may not be called.
 */
export type Depth = "loaded" | "anywhere";

/** What the files read that a reached command certainly executes: the file that it names, its configuration, its tests, and what they import. */
export function executedReads(repository: Repository, reach: Reach, depth: Depth): ReadPlaces {
  const { invocation, directory, located } = reach;
  if (!directory.known || loadsOthers(located.command.words)) return NOTHING_READ;
  const folder = directory.value;
  if (invocation.kind === "file" && invocation.interpreter !== "shell") {
    const path = enterDirectory(directory, { known: true, value: invocation.path });
    return path.known ? readsFrom(repository, `file:${path.value}`, depth, () => [path.value]) : NOTHING_READ;
  }
  if (invocation.kind !== "binary") return NOTHING_READ;
  const call = callOf(invocation);
  if (!call) return NOTHING_READ;
  const file = call.executed.runsFile === true ? call.words.find((word) => /\.[cm]?[jt]sx?$/.test(word)) : undefined;
  return readsFrom(repository, `${folder}:${call.key}`, depth, () => {
    const configs = configsOf(repository, folder, call);
    return [
      ...(file === undefined ? [] : [posix.join(folder, file)]),
      ...configs,
      ...evaluatedFiles(repository, folder, call),
      ...(runsAllTests(call) ? testsIn(repository, folder, call.executed, configs) : []),
    ];
  });
}

/** Whether a command loads variables from a file first, or a module that may set some. */
function loadsOthers(words: readonly Word[]): boolean {
  return words.some(({ shape }, index) => {
    const [, flag = "", value = words[index + 1]?.shape ?? ""] = PRELOADING_FLAG.exec(shape) ?? [];
    return flag !== "" && (flag.startsWith("--env-file") || /^\.|env|\0/.test(value));
  });
}

/** How a tool that executes files is called. */
interface Call {
  readonly key: string;
  readonly executed: ExecutedFiles;
  /** Its words but for the name; the empty text for one that is not known. */
  readonly words: readonly string[];
  /** The first word, the empty text where that is a flag or none. */
  readonly command: string;
  /** What stands after `-c` or `--config`: the empty text where nothing does. */
  readonly config: string | undefined;
  /** True where it may load another configuration than its usual one, or work in another folder. */
  readonly isMoved: boolean;
}

function callOf({ name, args }: RunBinary): Call | undefined {
  const isBun = name === "bun";
  const key = isBun ? `bun ${textOf(args[0]) ?? ""}` : name;
  const executed = EXECUTED_FILES.get(key);
  if (!executed) return undefined;
  const own = isBun ? args.slice(1) : args;
  const words = own.map((word) => textOf(word) ?? "");
  const [first = "", second = ""] = words;
  const command = first.startsWith("-") ? "" : first;
  const config = valueOfConfig(words);
  const others = config === undefined ? words : words.filter((word) => !CONFIG_FLAG.test(word));
  const isMoved =
    own.some((word) => !word.value.known && !word.shape.startsWith("-")) ||
    others.some((word) => MOVING_FLAG.test(word)) ||
    (executed.takesFolder === true && command !== "" && second !== "" && !second.startsWith("-"));
  return { key: [key, ...own.map(({ shape }) => shape)].join(" "), executed, words, command, config, isMoved };
}

const CONFIG_FLAG = /^(?:-c|--config)(?:=|$)/;

function valueOfConfig(words: readonly string[]): string | undefined {
  const index = words.findIndex((word) => CONFIG_FLAG.test(word));
  const flag = words[index];
  if (flag === undefined) return undefined;
  if (flag.includes("=")) return flag.slice(flag.indexOf("=") + 1);
  const next = words[index + 1] ?? "";
  return next.startsWith("-") ? "" : next;
}

/** The configuration that a tool loads: the one that is named, else the usual one. */
function configsOf(repository: Repository, folder: string, call: Call): readonly string[] {
  const { executed, command, config, isMoved } = call;
  if (isMoved || executed.commands?.includes(command) === false) return [];
  if (config !== undefined && config !== "") {
    const path = posix.join(folder, config);
    return repository.files.exists(path) ? [path] : [];
  }
  if (executed.asksForConfig === true && config === undefined) return [];
  return executed.configs.flatMap((names) => {
    const [found = []] = names.map((name) => modulesNamed(repository, folder, name)).filter(({ length }) => length > 0);
    // Which of several is loaded, each tool decides in its own way.
    return found.length === 1 ? found : [];
  });
}

function modulesNamed(repository: Repository, folder: string, name: string): readonly string[] {
  const paths = SOURCE_EXTENSIONS.map((extension) => posix.join(folder, name + extension));
  return paths.filter((path) => repository.files.exists(path));
}

function evaluatedFiles(repository: Repository, folder: string, { executed, words, isMoved }: Call): readonly string[] {
  const { paths = [], commands = [] } = executed.evaluated ?? {};
  if (isMoved || !commands.includes(words.slice(0, 2).join(" "))) return [];
  return paths
    .map((path) => posix.join(folder, path))
    .filter((path) => repository.files.exists(path))
    .slice(0, 1);
}

/** Words of a test runner that select no tests. */
const UNSELECTIVE =
  /^(?:run|test|-[iu]|--(?:bail|ci|coverage|detectOpenHandles|forceExit|passWithNoTests|run|runInBand|silent|update|verbose|no-[\w-]+)|--(?:bail|coverage[\w.-]*|maxWorkers|reporters?|silent|testTimeout|timeout|watch|watchAll|workers)=\S*)$/;

/** Whether a test runner is called for all tests, as far as its words tell. */
function runsAllTests({ executed, words }: Call): boolean {
  return executed.tests !== undefined && words.every((word) => UNSELECTIVE.test(word));
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
  const found = repository.files.glob(folder, tests, ["**/{cypress,dist}/**"]).map((path) => posix.join(folder, path));
  return found.slice(0, MAX_FILES).filter((path) => {
    const source = repository.files.read(path);
    return source !== undefined && !selectsOrPrepares(source);
  });
}

/** What the sources of a package read, where a reached command compiles or runs them. */
export function packageReads(repository: Repository, reach: Reach, folder: string): ReadPlaces {
  const { invocation } = reach;
  if (invocation.kind !== "binary") return NOTHING_READ;
  const call = callOf(invocation);
  if (!call || call.isMoved || call.executed.compiling?.includes(call.command) !== true) return NOTHING_READ;
  return readsFrom(repository, `sources:${folder}`, "anywhere", () => {
    // A folder with a package.json of its own is another package.
    const others = repository.files.glob(folder, ["*/**/package.json"]).map((path) => `${posix.dirname(path)}/`);
    return repository.files
      .glob(folder, [`**/*{${SOURCE_EXTENSIONS.join(",")}}`], UNCOMPILED_PATTERNS)
      .filter((path) => !others.some((other) => path.startsWith(other)))
      .map((path) => posix.join(folder, path));
  });
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
