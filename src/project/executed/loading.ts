import { posix } from "node:path";
import { readKeptImports } from "../../documents/kept-imports.ts";
import { moduleName, readMockedNames } from "../../documents/mocked-modules.ts";
import type { Place, Source } from "../../documents/source.ts";
import { onceForEach } from "../../memo.ts";
import { normalizeDirectory } from "../../shell/directory.ts";
import { SOURCE_EXTENSIONS } from "../../tools/executed-files.data.ts";
import { MAKES_MODULES, WRITES_FILES } from "../../tools/loaders.data.ts";
import type { Repository } from "../repository.ts";

/** An import that is certainly followed when an entry is loaded or bundled. */
export interface LoadedImport {
  readonly place: Place;
  /** The path that is looked for, most often without its extension, relative to the repository root. */
  readonly target: string;
  /** The file from which the way to the import begins. */
  readonly entry: string;
}

/** Files that are loaded, and how. */
export interface Loading {
  readonly entries: readonly string[];
  /** Files that are loaded before each of them, and may put modules in the place of others. */
  readonly setups: readonly string[];
  /** True where what is imported later is bundled too. */
  readonly isBundled: boolean;
  /** True where a module runs before what is imported after it is looked for, so that it may write that. */
  readonly isInOrder: boolean;
  /** Where a file looks for a module; undefined where that is not certain. */
  readonly targetOf: (importer: string, specifier: string) => string | undefined;
}

const MAX_MODULES = 2000;
const MAX_ENTRIES = 500;

const keptImports = onceForEach(readKeptImports);
const mockedNames = onceForEach(readMockedNames);

/** Where a relative import leads; undefined for any other. */
export function relativeTarget(importer: string, specifier: string): string | undefined {
  const isRelative = /^\.{1,2}\//.test(specifier) && !/[?#]/.test(specifier);
  return isRelative ? normalizeDirectory(posix.join(posix.dirname(importer), specifier)) : undefined;
}

/** How entries are loaded that need nothing before, by relative imports; `how` is what is otherwise. */
export function loadingFrom(entries: readonly string[], how: Partial<Loading> = {}): Loading {
  return { entries, setups: [], isBundled: false, isInOrder: false, targetOf: relativeTarget, ...how };
}

/** The imports that are followed from each entry, but for those from which something may lead away. */
export function loadedImports(repository: Repository, loading: Loading): readonly LoadedImport[] {
  const { entries, setups } = loading;
  const before = setups.flatMap((setup) => [...modulesFrom(repository, loading, setup, new Set()).keys()]);
  return entries.slice(0, MAX_ENTRIES).flatMap((entry) => {
    const all = [...modulesFrom(repository, loading, entry, new Set()).keys()];
    const mocked = mockedBy(repository, loading, [...before, ...all]);
    return mocked ? [...modulesFrom(repository, loading, entry, mocked).values()].flat() : [];
  });
}

/** The names of all modules that some put others in the place of; undefined where they may be any. */
function mockedBy(
  { files }: Repository,
  { isInOrder }: Loading,
  paths: readonly string[],
): ReadonlySet<string> | undefined {
  const sources = [...new Set(paths)].flatMap((path) => files.read(path) ?? []);
  const mayMake = ({ text }: Source): boolean => MAKES_MODULES.test(text) || (isInOrder && WRITES_FILES.test(text));
  if (sources.length > MAX_MODULES || sources.some(mayMake)) return undefined;
  const names = sources.map((source) => mockedNames(source));
  return names.every((it) => it !== undefined) ? new Set(names.flatMap((it) => [...it])) : undefined;
}

/** The modules of the repository to which an entry leads, with what each of them imports. */
function modulesFrom(
  repository: Repository,
  loading: Loading,
  entry: string,
  mocked: ReadonlySet<string>,
): ReadonlyMap<string, readonly LoadedImport[]> {
  const modules = new Map<string, readonly LoadedImport[]>();
  const queue = new Set([entry]);
  for (const path of queue) {
    const source = repository.files.read(path);
    if (!source || queue.size > MAX_MODULES) continue;
    const imports = importsOf(source, loading, entry).filter(({ target }) => !mocked.has(moduleName(target)));
    modules.set(path, imports);
    for (const { target } of imports) {
      const file = moduleAt(repository, target);
      if (file !== undefined) queue.add(file);
    }
  }
  return modules;
}

function importsOf(source: Source, { isBundled, targetOf }: Loading, entry: string): readonly LoadedImport[] {
  return keptImports(source)
    .filter(({ isLazy }) => isBundled || !isLazy)
    .flatMap(({ specifier, offset }) => {
      const target = targetOf(source.path, specifier);
      return target === undefined ? [] : [{ place: { source, range: [offset, offset] as const }, target, entry }];
    });
}

/** The one source file that a path stands for; undefined where there is none, or where it depends on the tool which. */
function moduleAt({ files }: Repository, target: string): string | undefined {
  const stem = target.replace(/\.[cm]?jsx?$/, "");
  const named = [target, ...SOURCE_EXTENSIONS.flatMap((extension) => [stem + extension, target + extension])];
  const inFolder = SOURCE_EXTENSIONS.map((extension) => posix.join(target, `index${extension}`));
  for (const candidates of [named, inFolder]) {
    const found = [...new Set(candidates)].filter((path) => /\.[cm]?[jt]sx?$/.test(path) && files.isTracked(path));
    if (found.length > 0) return found.length === 1 ? found[0] : undefined;
  }
  return undefined;
}
