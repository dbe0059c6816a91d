import { posix } from "node:path";
import picomatch from "picomatch";
import { areListed, hasFlag, readArguments, textOf } from "../../commands/arguments.ts";
import type { RunBinary } from "../../commands/invocation.ts";
import { entryOf } from "../../documents/data.ts";
import type { Source } from "../../documents/source.ts";
import { readViteConfig, type ViteConfig } from "../../documents/vite-config.ts";
import { onceForEach } from "../../memo.ts";
import {
  CHANGES_MODULES,
  HARMLESS_CONFIG_MODULES,
  OTHER_VITEST_COMMANDS,
  VITE_BUILD_FLAGS,
  VITEST_EXCLUDED,
  VITEST_FLAGS,
  VITEST_TESTS,
} from "../../tools/loaders.data.ts";
import { foldersUp, type Repository } from "../repository.ts";
import { workspaceOf } from "../workspace.ts";
import { loadingFrom, type Loading } from "./loading.ts";
import { modulesNamed } from "./modules.ts";

const NO_CONFIG: ViteConfig = { include: undefined, exclude: [], setupFiles: [], modules: [] };

const configOf = onceForEach(readViteConfig);

/** What `vitest` loads in a folder where it runs its tests once; undefined where that is not certain. */
export function vitestLoading(repository: Repository, { args }: RunBinary, folder: string): Loading | undefined {
  const [command = ""] = args.map(textOf);
  if (OTHER_VITEST_COMMANDS.has(command)) return undefined;
  const isCommand = command === "run";
  const parsed = readArguments(isCommand ? args.slice(1) : args, VITEST_FLAGS);
  const isUsual = [...parsed.flags.keys()].every(
    (flag) =>
      VITEST_FLAGS.valueFlags.has(flag) || VITEST_FLAGS.booleanFlags.has(flag) || flag.startsWith("--coverage."),
  );
  const filters = filtersIn(args.slice(isCommand ? 1 : 0).map(textOf), parsed.positionals.length);
  if (!isUsual || !parsed.isCertain || parsed.rest.length > 0 || !filters) return undefined;
  const config = configIn(repository, folder, ["vitest.config", "vite.config"]);
  const { include = VITEST_TESTS, exclude = [], setupFiles = [] } = config ?? {};
  const setups = setupFiles.map((path) => setupAt(repository, folder, path));
  const patterns = [...include, ...exclude].map((pattern) => pattern.replace(/^\.\/|\/$/g, ""));
  const isPlain = patterns.every((pattern) => /^[^!/]/.test(pattern) && !pattern.startsWith(".."));
  if (!config || !isPlain || !setups.every((path) => path !== undefined)) return undefined;
  const tests = testsIn(repository, folder, patterns.slice(0, include.length), [
    ...VITEST_EXCLUDED,
    ...patterns.slice(include.length),
  ]);
  return loadingFrom(filterTests(tests, folder, filters), {
    setups: setups.filter((path) => path !== ""),
    isInOrder: true,
  });
}

/** The words that select tests by a part of their paths, which stand before all flags; undefined where another may be one. */
export function filtersIn(words: readonly (string | undefined)[], count: number): readonly string[] | undefined {
  const filters = words.slice(0, count);
  const isPlain = (word: string | undefined): word is string => word !== undefined && /^[\w][\w./-]*$/.test(word);
  return filters.every(isPlain) ? filters : undefined;
}

/** The tests whose paths hold one of the filters. */
export function filterTests(tests: readonly string[], folder: string, filters: readonly string[]): readonly string[] {
  if (filters.length === 0) return tests;
  return tests.filter((path) => filters.some((filter) => posix.relative(folder, path).includes(filter)));
}

/** The files below a folder that match, and that git has. */
export function testsIn(
  repository: Repository,
  folder: string,
  include: readonly string[],
  exclude: readonly string[],
): readonly string[] {
  const isExcluded = picomatch(
    exclude.flatMap((pattern) => [pattern, `${pattern}/**`]),
    { dot: true },
  );
  return repository.files
    .glob(folder, include)
    .filter((path) => !isExcluded(path) && /\.[cm]?[jt]sx?$/.test(path))
    .map((path) => posix.join(folder, path))
    .filter((path) => repository.files.isTracked(path));
}

/** A file that prepares tests, the empty text for a package of a registry; undefined where it is not there. */
function setupAt(repository: Repository, folder: string, path: string): string | undefined {
  const file = posix.join(folder, path);
  if (repository.files.isTracked(file)) return file;
  const name = /^(?:@[^/]+\/)?[\w][^/]*/.exec(path)?.[0];
  const isForeign = name !== undefined && workspaceOf(repository, folder)?.byName.has(name) === false;
  return isForeign && !/\.[cm]?[jt]sx?$/.test(path) ? "" : undefined;
}

/** What `vite build` bundles of a folder; undefined where that is not certain. */
export function viteBuildLoading(repository: Repository, { args }: RunBinary, folder: string): Loading | undefined {
  const parsed = readArguments(args.slice(1), VITE_BUILD_FLAGS);
  const isUsual = areListed(parsed, VITE_BUILD_FLAGS) && parsed.positionals.length + parsed.rest.length === 0;
  if (textOf(args[0]) !== "build" || !isUsual || hasFlag(parsed, "--config", "-c")) return undefined;
  const page = repository.files.read(posix.join(folder, "index.html"));
  if (!page || passesOver(repository, folder) || !configIn(repository, folder, ["vite.config"])) return undefined;
  const entries = scriptsOf(page).map((path) => posix.join(folder, path));
  return loadingFrom(
    entries.filter((path) => repository.files.isTracked(path)),
    { isBundled: true },
  );
}

/** Whether a bundler may pass over modules of a package of which nothing is used: it says which have effects. */
export function passesOver(repository: Repository, folder: string): boolean {
  return entryOf(repository.manifest(folder)?.node, "sideEffects") !== undefined;
}

/** The modules that a page loads by a path of its own folder, and that are not left to the browser. */
function scriptsOf({ text }: Source): readonly string[] {
  const tags = text.replace(/<!--[^]*?-->|(?<=<script\b[^>]*>)[^]*?(?=<\/script)/g, "").match(/<script\b[^>]*>/g) ?? [];
  return tags
    .filter((tag) => /\btype=["']?module\b/.test(tag) && !/\bvite-ignore\b/.test(tag))
    .flatMap((tag) => /\bsrc=["'](?:\.?\/)?([\w@-][^"':?#%{]*\.[cm]?[jt]sx?)["']/.exec(tag)?.[1] ?? []);
}

/** Whether a package or the compiler's configuration says of relative imports that they lead elsewhere, as Vite takes it. */
function movesRelative(repository: Repository, folder: string): boolean {
  const moves = entryOf(repository.manifest(folder)?.node, "browser")?.value.kind === "mapping";
  const configs = repository.files.list(folder).filter((name) => /^tsconfig\b.*\.json$/.test(name));
  return moves || configs.some((name) => repository.files.read(posix.join(folder, name))?.text.includes(`"rootDirs"`));
}

/** The configuration that is loaded in a folder: what there is without one; undefined where it is not certain, or changes modules. */
function configIn(repository: Repository, folder: string, names: readonly string[]): ViteConfig | undefined {
  const { files } = repository;
  if (movesRelative(repository, folder)) return undefined;
  // A workspace of Vitest 3 has the tests of other folders run.
  const others = [...foldersUp(folder)].flatMap((above) => [
    ...files.list(above).filter((name) => /^vitest\.(?:projects|workspace)\./.test(name)),
    ...(above === folder ? [] : [...names, "vitest.config"].flatMap((name) => modulesNamed(repository, above, name))),
  ]);
  const paths = names.map((name) => modulesNamed(repository, folder, name)).find(({ length }) => length > 0) ?? [];
  const [path] = paths;
  if (path === undefined) return others.length === 0 ? NO_CONFIG : undefined;
  const source = files.read(path);
  const isSole = paths.length === 1 && !others.some((other) => /^vitest\.(?:projects|workspace)\./.test(other));
  const config = source && isSole && !CHANGES_MODULES.test(source.text) ? configOf(source) : undefined;
  return config?.modules.every((module) => HARMLESS_CONFIG_MODULES.has(module)) === true ? config : undefined;
}
