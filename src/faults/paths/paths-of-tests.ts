import { posix } from "node:path";
import type { Place } from "../../documents/source.ts";
import { significantTokens, specifierAt } from "../../documents/source-tokens.ts";
import { onceForEach } from "../../memo.ts";
import { modulesNamed, resolveModule } from "../../project/executed/modules.ts";
import { foldersUp, type Repository } from "../../project/repository.ts";
import type { JobRun, StepRun } from "../../project/trace/job-run.ts";
import { reachesOfBinaries } from "../../project/trace/reach-index.ts";
import type { Reach } from "../../project/trace/reach.ts";
import { versionOf } from "../../project/versions.ts";
import { rangeOf } from "../../tools/bun.ts";
import { HARMLESS_CONFIG_MODULES } from "../../tools/loaders.data.ts";
import { BUN_FAILS_SINCE, STRICT_CONFIG_MODULES, VITEST_MOVED } from "../../tools/test-filters.data.ts";
import { testFilters, type TestFilters } from "../../tools/test-filters.ts";
import { liesWithin } from "../../tools/version-range.ts";
import { bunSourcesOf } from "../bun/bun-source.ts";
import { writtenPlace } from "../call-sites.ts";
import type { Told } from "../chain.ts";
import { provisionOf } from "../environment/provision.ts";
import type { TestSearch } from "./matching-tests.ts";
import { toldApart, type Naming } from "./naming.ts";
import { nameIn } from "./paths-of-commands.ts";

const RUNNERS: ReadonlySet<string> = new Set(["bun", "vitest"]);

/** The paths that test runners of a step are given, which fail where they match no test. */
export function pathsOfTests(repository: Repository, job: JobRun, run: StepRun): readonly Naming[] {
  return reachesOfBinaries(run.reaches, RUNNERS).flatMap((reach) => {
    const filters = testFilters(reach.invocation);
    const isGiven = filters && !reach.located.command.words.some(({ shape }) => shape === "xargs");
    return isGiven === true ? [namingOf(repository, job, run, reach, filters)] : [];
  });
}

function namingOf(repository: Repository, job: JobRun, run: StepRun, reach: Reach, filters: TestFilters): Naming {
  const { located, directory } = reach;
  const { paths, words } = filters;
  const search = directory.known ? searchOf(repository, job, reach, directory.value, filters) : undefined;
  const { place, told } = originOf(run, reach, paths);
  const [written = ""] = paths;
  return {
    kind: "tests",
    path: search && paths.map((path) => posix.join(search.from, path).replace(/\/$/, "")).join("\n"),
    others: [],
    written,
    nameAt: words.length === 1 ? nameIn(located, words[0], written) : undefined,
    place,
    text: located.text,
    subject: [...reach.hops.map(({ text }) => text), ...toldApart((told ?? reach).entry.text, paths)].join("\0"),
    reach,
    told,
    within: search?.from,
    search,
  };
}

/** Where the paths are written: the command itself, or one that hands them on. */
function originOf(
  run: StepRun,
  reach: Reach,
  paths: readonly string[],
): { readonly place: Place; readonly told?: Told } {
  const { hops, located, entry } = reach;
  const at = hops.findLastIndex(({ place: { source, range } }) => {
    const text = source.text.slice(...range);
    return paths.every((path) => text.includes(path));
  });
  const hop = hops[at];
  if (hop?.place === located.place) return { place: writtenPlace(run, reach) };
  if (!hop || posix.basename(hop.place.source.path) !== "package.json") return { place: entry.place };
  return { place: hop.place, told: { entry: hop, located, hops: hops.slice(at) } };
}

/** How a runner looks for tests; undefined where it may succeed without any. */
function searchOf(
  repository: Repository,
  job: JobRun,
  reach: Reach,
  from: string,
  { runner, paths, config }: TestFilters,
): TestSearch | undefined {
  if (runner === "bun") {
    const bunfig = repository.bunfig(from);
    const isMoved = bunfig === "unreadable" || bunfig?.tables.includes("test") === true;
    return failsWithoutTests(repository, job, reach, from) ? { runner, from, paths, isMoved } : undefined;
  }
  const configs = configsOf(repository, from, config);
  if (!configs?.every((path) => isStrict(repository, path))) return undefined;
  const isMoved = configs.some((path) => VITEST_MOVED.test(repository.files.read(path)?.text ?? "dir"));
  return { runner, from, paths, isMoved };
}

/** Whether the Bun of a job is one that fails without tests, and nothing tells it otherwise. */
function failsWithoutTests(repository: Repository, job: JobRun, { environment }: Reach, from: string): boolean {
  const sources = repository.deriveFor(job, bunSourcesOf);
  const installed = versionOf(repository, "bun", from);
  return (
    sources.length > 0 &&
    sources.every(({ version }) => version && liesWithin(rangeOf(version), BUN_FAILS_SINCE)) &&
    (installed === undefined || liesWithin(installed, BUN_FAILS_SINCE)) &&
    provisionOf(environment.lookup("BUN_OPTIONS")) === "no"
  );
}

/** What Vitest reads in a folder: the nearest configuration, and lists of projects; undefined where the one that is named is not there. */
function configsOf(repository: Repository, from: string, config: string | undefined): readonly string[] | undefined {
  const { files } = repository;
  const named = config === undefined ? undefined : posix.join(from, config);
  if (named !== undefined && !files.read(named)) return undefined;
  const folders = [...foldersUp(from)];
  const lists = folders.flatMap((folder) =>
    files
      .list(folder)
      .filter((name) => /^vitest\.(?:projects|workspace)\./.test(name))
      .map((name) => posix.join(folder, name)),
  );
  const usual = folders.map((folder) =>
    ["vitest.config", "vite.config"].flatMap((name) => modulesNamed(repository, folder, name)),
  );
  const nearest = named === undefined ? usual.find((paths) => paths.length > 0) : [named];
  return [...(nearest ?? []), ...lists];
}

const modulesOf = onceForEach((source: Parameters<typeof significantTokens>[0]): readonly string[] | undefined => {
  if (/passWithNoTests|\brequire\b|\bimport\s*\(/.test(source.text)) return undefined;
  const tokens = significantTokens(source);
  return tokens.flatMap((_, index) => specifierAt(tokens, index) ?? []);
});

/** Whether a configuration, with the modules of the repository that it takes settings from, does not let Vitest succeed without tests. */
function isStrict(repository: Repository, path: string, importers: readonly string[] = []): boolean {
  if (importers.includes(path)) return true;
  const source = repository.files.read(path);
  const modules = source && modulesOf(source);
  return (
    modules?.every((module) => {
      if (HARMLESS_CONFIG_MODULES.has(module) || STRICT_CONFIG_MODULES.has(module)) return true;
      const file = module.startsWith(".") ? resolveModule(repository, path, module) : undefined;
      return file !== undefined && isStrict(repository, file, [...importers, path]);
    }) === true
  );
}
