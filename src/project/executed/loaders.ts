import { posix } from "node:path";
import { areListed, readArguments, textOf } from "../../commands/arguments.ts";
import type { RunBinary } from "../../commands/invocation.ts";
import { PRELOADING_FLAG } from "../../tools/executed-files.data.ts";
import {
  BUN_BUILD_FLAGS,
  BUN_TEST_FLAGS,
  BUN_TESTS,
  OPTION_VARIABLES,
  QUIET_BUN_WORDS,
  QUIET_BUNFIG_TABLES,
} from "../../tools/loaders.data.ts";
import type { Repository } from "../repository.ts";
import type { Environment } from "../trace/environment.ts";
import type { Reach } from "../trace/reach.ts";
import { loadingFrom, type Loading } from "./loading.ts";
import { filtersIn, filterTests, passesOver, testsIn, viteBuildLoading, vitestLoading } from "./vite.ts";

/** A command that loads or bundles modules. */
export interface Loader {
  /** Whether plugins of bundlers run, which may generate code. */
  readonly runsPlugins: boolean;
  /** What it certainly loads in a folder; undefined where that is not known. */
  readonly loadingIn: (repository: Repository, folder: string) => Loading | undefined;
}

const SOURCE = /\.[cm]?[jt]sx?$/;

/** The loader that a reached command runs; undefined for any other command. */
export function loaderOf(reach: Reach): Loader | undefined {
  const { invocation, located } = reach;
  const { words } = located.command;
  if (mayLoadFirst(reach)) return undefined;
  if (invocation.kind === "file") {
    const { path } = invocation;
    const [program, ...before] = words.slice(
      0,
      words.findIndex((word) => textOf(word) === path),
    );
    const isPlain = before.every(({ shape }) => QUIET_BUN_WORDS.test(shape));
    return textOf(program) === "bun" && isPlain && SOURCE.test(path)
      ? { runsPlugins: false, loadingIn: inBun((repository, folder) => loadingOf(repository, folder, [path])) }
      : undefined;
  }
  return invocation.kind === "binary" ? binaryLoader(invocation) : undefined;
}

/** Whether a file may be loaded before what a reached command runs, be it by a variable. */
export function mayLoadFirst({ located, environment }: Reach): boolean {
  const isFlagged = located.command.words.some(
    ({ shape }) => PRELOADING_FLAG.test(shape) && !shape.startsWith("--env-file"),
  );
  return isFlagged || OPTION_VARIABLES.some((name) => mayPreload(environment, name));
}

function mayPreload(environment: Environment, name: string): boolean {
  const value = environment.lookup(name).state === "bound" ? environment.valueOf(name) : undefined;
  return value !== undefined && (!value.known || value.value.split(/\s+/).some((word) => PRELOADING_FLAG.test(word)));
}

function binaryLoader(invocation: RunBinary): Loader | undefined {
  const { name, args } = invocation;
  const [first = ""] = args.map(textOf);
  switch (name) {
    case "bun":
      if (first === "test") return { runsPlugins: false, loadingIn: inBun(bunTestLoading(invocation)) };
      return first === "build" ? { runsPlugins: false, loadingIn: inBun(bunBuildLoading(invocation)) } : undefined;
    case "tsx":
      return SOURCE.test(first)
        ? {
            runsPlugins: false,
            loadingIn: (repository, folder) => loadingOf(repository, folder, [first], { isInOrder: true }),
          }
        : undefined;
    case "vite":
      return { runsPlugins: true, loadingIn: (repository, folder) => viteBuildLoading(repository, invocation, folder) };
    case "vitest":
      return { runsPlugins: true, loadingIn: (repository, folder) => vitestLoading(repository, invocation, folder) };
    default:
      return undefined;
  }
}

/** The same where no bunfig.toml of the folder may change what modules are. */
function inBun(loadingIn: Loader["loadingIn"]): Loader["loadingIn"] {
  return (repository, folder) => {
    const bunfig = repository.bunfig(folder);
    const isQuiet =
      bunfig !== "unreadable" && bunfig?.tables.every((table) => QUIET_BUNFIG_TABLES.has(table)) !== false;
    return isQuiet ? loadingIn(repository, folder) : undefined;
  };
}

function loadingOf(
  { files }: Repository,
  folder: string,
  paths: readonly string[],
  how: Partial<Loading> = {},
): Loading {
  const entries = paths.map((path) => posix.join(folder, path)).filter((path) => files.isTracked(path));
  return loadingFrom(entries, how);
}

function bunTestLoading({ args }: RunBinary): Loader["loadingIn"] {
  const parsed = readArguments(args.slice(1), BUN_TEST_FLAGS);
  const isUsual = areListed(parsed, BUN_TEST_FLAGS) && parsed.isCertain && parsed.rest.length === 0;
  const filters = filtersIn(args.slice(1).map(textOf), parsed.positionals.length);
  return (repository, folder) =>
    isUsual && filters
      ? loadingFrom(filterTests(testsIn(repository, folder, BUN_TESTS, []), folder, filters))
      : undefined;
}

function bunBuildLoading({ args }: RunBinary): Loader["loadingIn"] {
  const parsed = readArguments(args.slice(1), BUN_BUILD_FLAGS);
  const paths = parsed.positionals.map((word) => textOf(word) ?? "");
  const isUsual =
    areListed(parsed, BUN_BUILD_FLAGS) && parsed.rest.length === 0 && paths.every((path) => SOURCE.test(path));
  return (repository, folder) =>
    isUsual && !passesOver(repository, folder) ? loadingOf(repository, folder, paths, { isBundled: true }) : undefined;
}
