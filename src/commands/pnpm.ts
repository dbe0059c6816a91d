import type { Word } from "../shell/command.ts";
import { known } from "../documents/known.ts";
import { hasFlag, readArguments, textOf, type Arguments } from "./arguments.ts";
import { PNPM_FLAGS } from "./flags.data.ts";
import { HERE, isPattern, NOTHING, type Invocation, type PackageScope } from "./invocation.ts";
import { binaryOf } from "./package-spec.ts";
import { directoryOf, EVERYWHERE, filtersOf, MEMBERS } from "./place.ts";

// `ci` and its aliases fail before pnpm 11.
const INSTALL = new Set(["ci", "clean-install", "i", "ic", "install", "install-clean"]);
const RUN = new Set(["run", "run-script"]);
/** `pnpm recursive run x` is `pnpm -r run x`. */
const RECURSIVE = new Set(["m", "multi", "recursive"]);
const LIFECYCLE: ReadonlyMap<string, string> = new Map(
  Object.entries({
    start: "start",
    stop: "stop",
    restart: "restart",
    t: "test",
    test: "test",
    tst: "test",
  }),
);
/** Commands of pnpm itself: a script of the same name is only reached by `pnpm run`. */
const BUILTINS = new Set(
  "add approve-builds audit bin bugs c cache cat-file cat-index config create deploy doctor dedupe env fetch help ignored-builds import info init install-test it la licenses link list ll ln ls node outdated owner pack patch patch-commit patch-remove pm prune publish rb rebuild remove rm root rt runtime search self-update server set-script setup sbom stage store un uninstall unlink up update upgrade version view whoami why with".split(
    " ",
  ),
);

/** `pnpm …` */
export function readPnpm(words: readonly Word[]): Invocation {
  const before = readArguments(words, PNPM_FLAGS, 1);
  const [command] = before.positionals;
  const verb = textOf(command);
  if (!command || verb === undefined || !before.isCertain || isHelp(before)) return NOTHING;
  if (RECURSIVE.has(verb)) {
    const flag: Word = { ...command, text: "-r", shape: "-r", value: known("-r") };
    return readPnpm([...words.slice(0, words.indexOf(command)), flag, ...before.rest]);
  }
  if (verb === "dlx") return readPnpx(before.rest, before);
  if (INSTALL.has(verb)) return install(command, before);
  if (verb === "exec") return execute(before);
  if (RUN.has(verb)) {
    const after = readArguments(before.rest, PNPM_FLAGS, 1);
    const name = textOf(after.positionals[0]);
    if (name === undefined || !after.isCertain || isHelp(after)) return NOTHING;
    // All that follows the name goes to the script, the first `--` included: https://pnpm.io/cli/run
    return script(name, after.rest, "nothing", before, after);
  }
  const lifecycle = LIFECYCLE.get(verb);
  if (lifecycle !== undefined) return script(lifecycle, before.rest, "nothing", before);
  const [directory, scope] = [directoryIn(before), scopeOf(before)];
  if (BUILTINS.has(verb) || (PASSED_TO_NPM.has(verb) && scope === HERE)) {
    const binary = { kind: "binary", name: "pnpm", fetches: false, args: words, directory, scope } as const;
    return mayMeanScript(verb, scope, before.rest) ? { ...binary, shadows: command } : binary;
  }
  return script(verb, before.rest, "binary", before);
}

/** What pnpm has npm do where no other packages are asked: 8.15.9, 9.15.9 and 10.34.0, run. Both only print something without a name. */
const PASSED_TO_NPM = new Set(["docs", "version"]);

/** `pnpm deploy` fails without a target folder, or with a flag of other tools' `deploy`. */
function mayMeanScript(verb: string, scope: PackageScope, rest: readonly Word[]): boolean {
  const { positionals, flags } = readArguments(rest, PNPM_FLAGS);
  if (PASSED_TO_NPM.has(verb)) return scope === HERE && positionals.length === 0;
  return verb === "deploy" && (positionals.length === 0 || flags.has("--cmd"));
}

function isHelp(parsed: Arguments): boolean {
  return hasFlag(parsed, "--help", "-h", "--version", "-v");
}

function directoryIn(...parsed: readonly Arguments[]): ReturnType<typeof directoryOf> {
  return directoryOf(parsed, "-C", "--dir", "--prefix");
}

function execute(before: Arguments): Invocation {
  // pnpm 10 takes a flag after `exec` for the executable, pnpm 12 for its own.
  const [first, ...others] = before.rest;
  const [target, ...args] = first?.shape === "--" ? others : before.rest;
  if (!target || target.shape.startsWith("-") || hasFlag(before, "-c", "--shell-mode")) return NOTHING;
  const binary = binaryOf(target, args, { directory: directoryIn(before), scope: scopeOf(before), packages: [] });
  return binary.kind === "binary" ? { ...binary, fetches: false } : binary;
}

function install(verb: Word, before: Arguments): Invocation {
  const after = readArguments(before.rest, PNPM_FLAGS);
  const skipping = ["--ignore-scripts", "--lockfile-only", "--filter", "-F", "--filter-prod"];
  if (isHelp(after)) return NOTHING;
  return {
    kind: "install",
    manager: "pnpm",
    verb,
    args: before.rest,
    directory: directoryIn(before, after),
    runsScripts: after.isCertain && !hasFlag(after, ...skipping) && !hasFlag(before, ...skipping),
  };
}

function script(
  name: string,
  args: readonly Word[],
  otherwise: "binary" | "nothing",
  ...parsed: readonly Arguments[]
): Invocation {
  if (isPattern(name)) return NOTHING;
  const scope = scopeOf(...parsed);
  return {
    kind: "script",
    manager: "pnpm",
    names: [name],
    args,
    directory: directoryIn(...parsed),
    scope,
    // Before pnpm 12 only scripts are looked for where several packages are asked.
    otherwise: scope.kind === "filtered" ? "nothing" : otherwise,
    hooks: !parsed.some((flags) => hasFlag(flags, "--config.enable-pre-post-scripts")),
  };
}

function scopeOf(...parsed: readonly Arguments[]): PackageScope {
  const has = (...names: readonly string[]): boolean => parsed.some((flags) => hasFlag(flags, ...names));
  const filters = filtersOf(parsed, "-F", "--filter", "--filter-prod");
  if (filters.length > 0) return { kind: "filtered", filters: filters.map(anyName), includesRoot: true };
  if (has("-w", "--workspace-root")) return { kind: "root" };
  if (!has("-r", "--recursive", "--parallel")) return HERE;
  return has("--include-workspace-root") ? EVERYWHERE : MEMBERS;
}

/** `*` takes names with a scope too. */
function anyName(filter: string): string {
  return filter === "*" ? "**" : filter;
}

/** `pnpx …`, `pnpm dlx …` */
export function readPnpx(words: readonly Word[], outer?: Arguments): Invocation {
  const before = readArguments(words, PNPM_FLAGS, 1);
  const [target, ...args] = [...before.positionals, ...before.rest];
  if (!target || !before.isCertain || isHelp(before)) return NOTHING;
  const parsed = [...(outer ? [outer] : []), before];
  return binaryOf(target, args, {
    directory: directoryIn(...parsed),
    scope: HERE,
    packages: filtersOf(parsed, "--package"),
  });
}
