import type { Known } from "../documents/known.ts";
import type { Word } from "../shell/command.ts";
import { flagText, hasFlag, readArguments, textOf, type Arguments } from "./arguments.ts";
import { YARN_FLAGS, YARN_FOREACH_FLAGS, YARN_RUN_FLAGS } from "./flags.data.ts";
import { HERE, isPattern, NOTHING, type Invocation, type PackageScope } from "./invocation.ts";
import { binaryOf } from "./package-spec.ts";
import { directoryOf, EVERYWHERE, filtersOf, MEMBERS } from "./place.ts";

// https://classic.yarnpkg.com/en/docs/cli/ and https://yarnpkg.com/cli
const BUILTINS = new Set(
  "add audit autoclean bin cache check config constraints create dedupe explain generate-lock-entry global help import info init licenses link list login logout node npm outdated owner pack patch patch-commit plugin policies publish rebuild remove search set stage tag team unlink unplug up upgrade upgrade-interactive version versions why".split(
    " ",
  ),
);

interface Place {
  readonly directory: Known<string>;
  readonly scope: PackageScope;
}

/** `yarn …`, of the classic line and of the newer one. */
export function readYarn(words: readonly Word[], scope: PackageScope = HERE): Invocation {
  const before = readArguments(words, YARN_FLAGS, 1);
  const [command] = before.positionals;
  const verb = textOf(command);
  if (!before.isCertain || (command && verb === undefined) || isHelp(before)) return NOTHING;
  if (!command || verb === undefined || verb === "install") return install(command, before);
  const place: Place = { directory: directoryOf([before], "--cwd"), scope };
  switch (verb) {
    case "workspace":
      return inDirectory(readWorkspace(before.rest), place.directory);
    case "workspaces":
      return inDirectory(readWorkspaces(before.rest), place.directory);
    case "dlx":
    case "exec":
    case "run":
      return readRun(verb, before.rest, place);
    default:
      if (BUILTINS.has(verb)) return { kind: "binary", name: "yarn", fetches: false, args: words, ...place };
      return script(verb, before.rest, place);
  }
}

function isHelp(parsed: Arguments): boolean {
  return hasFlag(parsed, "--help", "-h", "--version", "-v");
}

function install(verb: Word | undefined, before: Arguments): Invocation {
  const after = readArguments(before.rest, YARN_FLAGS);
  // `yarn -- build` is an install with the classic line, a script with the newer.
  if (isHelp(after) || (!verb && before.rest.length > 0)) return NOTHING;
  const skips =
    hasFlag(before, "--ignore-scripts") ||
    hasFlag(after, "--ignore-scripts") ||
    flagText(after, "--mode") === "skip-build";
  return {
    kind: "install",
    manager: "yarn",
    args: before.rest,
    directory: directoryOf([before, after], "--cwd"),
    runsScripts: after.isCertain && !skips,
    ...(verb && { verb }),
  };
}

function readRun(verb: "dlx" | "exec" | "run", words: readonly Word[], place: Place): Invocation {
  const after = readArguments(words, YARN_RUN_FLAGS, 1);
  const [target, ...args] = [...after.positionals, ...after.rest];
  const name = textOf(target);
  if (!target || name === undefined || !after.isCertain) return NOTHING;
  if (verb === "run" && !hasFlag(after, "-B", "--binaries-only")) {
    // A script of the root runs there, an executable of the root here: only the scripts are certain.
    const isTopLevel = hasFlag(after, "-T", "--top-level");
    return isTopLevel
      ? script(name, args, { ...place, scope: { kind: "root" } }, "nothing")
      : script(name, args, place);
  }
  // One word with blanks is a script of its own to the newer Yarn.
  if (verb === "exec" && /\s/.test(name)) return NOTHING;
  const binary = binaryOf(target, args, { ...place, packages: filtersOf([after], "-p", "--package") });
  return binary.kind === "binary" ? { ...binary, fetches: verb === "dlx" } : binary;
}

function script(
  name: string,
  args: readonly Word[],
  place: Place,
  otherwise: "binary" | "nothing" = "binary",
): Invocation {
  if (isPattern(name)) return NOTHING;
  const own = args.filter((word, index) => index > 0 || word.shape !== "--");
  return { kind: "script", manager: "yarn", names: [name], args: own, ...place, otherwise, hooks: true };
}

/** An invocation that starts in another folder. */
function inDirectory(invocation: Invocation, directory: Known<string>): Invocation {
  return invocation.kind === "script" || invocation.kind === "binary" ? { ...invocation, directory } : invocation;
}

function readWorkspace(words: readonly Word[]): Invocation {
  const [name, ...rest] = words;
  const text = textOf(name);
  return text === undefined ? NOTHING : readYarn(rest, { kind: "filtered", filters: [text], includesRoot: true });
}

function readWorkspaces(words: readonly Word[]): Invocation {
  const [verb, ...rest] = words;
  if (textOf(verb) === "run") return readYarn(words, MEMBERS);
  if (textOf(verb) !== "foreach") return NOTHING;
  const flags = readArguments(rest, YARN_FOREACH_FLAGS, 1);
  // Which packages `foreach` takes without `--all` depends on git or on the dependencies of the current one.
  const isAll =
    flags.isCertain &&
    hasFlag(flags, "-A", "--all") &&
    !hasFlag(flags, "--exclude", "--since", "--from", "--no-private", "-n", "--dry-run");
  const inner = [...flags.positionals, ...flags.rest];
  if (!isAll || !["run", "exec"].includes(textOf(inner[0]) ?? "")) return NOTHING;
  const filters = filtersOf([flags], "--include");
  return readYarn(inner, filters.length > 0 ? { kind: "filtered", filters, includesRoot: true } : EVERYWHERE);
}
