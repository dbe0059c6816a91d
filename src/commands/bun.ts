import { known, type Known } from "../documents/known.ts";
import type { Word } from "../shell/command.ts";
import { hasFlag, readArguments, textOf, type Arguments } from "./arguments.ts";
import { BUN_FLAGS, BUN_INSTALL_FLAGS, BUNX_FLAGS } from "./flags.data.ts";
import { HERE, isPattern, NOTHING, type Invocation, type PackageScope, type SeparateValue } from "./invocation.ts";
import { binaryOf } from "./package-spec.ts";
import { directoryOf, filtersOf, MEMBERS } from "./place.ts";

/** Commands of Bun itself: a script of the same name is only reached by `bun run`. */
const BUILTINS = new Set(
  "a add audit build c completions create discord exec feedback getcompletes help info init link list outdated patch patch-commit pm publish r remove repl rm test unlink update upgrade why".split(
    " ",
  ),
);
/** Commands of some versions, scripts of others. */
const NEWER_BUILTINS = new Set(["dedupe", "prune"]);
/** Flags whose value in a word of its own makes `bun <flag> <value> run` print the scripts. */
const LISTING_FLAGS = new Set(["--cwd", "--env-file"]);
const INSTALLS = new Set(["ci", "i", "install"]);
const SOURCE_FILE = /\.[cm]?[jt]sx?$/;

/** `bun …` */
export function readBun(words: readonly Word[]): Invocation {
  const before = readArguments(words, BUN_FLAGS, 1);
  const [command] = before.positionals;
  const verb = textOf(command);
  if (!command || verb === undefined || !before.isCertain || isHelp(before)) return NOTHING;
  const separate = firstSeparateValue(words, before);
  if (separate) return afterLostCommand(separate, command, before);
  const directory = directoryOf([before], "--cwd");
  if (verb === "x") return readBunx(before.rest, directory);
  if (INSTALLS.has(verb)) return install(command, before);
  if (verb === "exec") {
    const [word] = before.rest;
    const text = textOf(word);
    return word && text !== undefined ? { kind: "text", text, word, directory } : NOTHING;
  }
  if (BUILTINS.has(verb)) return bunItself(words, directory);
  if (verb !== "run") return NEWER_BUILTINS.has(verb) ? NOTHING : runTarget(command, before.rest, before);
  const after = readArguments(before.rest, BUN_FLAGS, 1);
  const [target] = after.positionals;
  return !target || !after.isCertain || isHelp(after) ? NOTHING : runTarget(target, after.rest, before, after);
}

function isHelp(parsed: Arguments): boolean {
  return hasFlag(parsed, "--help", "-h", "--version", "-v", "--revision");
}

function bunItself(args: readonly Word[], directory: Known<string>): Invocation {
  return { kind: "binary", name: "bun", fetches: false, args, directory, scope: HERE };
}

/** The first word without a dash, where it is the value of a flag before the command. */
function firstSeparateValue(words: readonly Word[], { flags }: Arguments): SeparateValue | undefined {
  const values = [...flags.values()].flat();
  const separate = words.filter((word) => values.includes(word));
  const [value] = separate;
  const flag = value && words[words.indexOf(value) - 1];
  return flag && { flag, value, isOnly: separate.length === 1 };
}

/**
 * Bun takes the first word without a dash for its command. Where that is a flag's value (`bun --cwd dir build`), the
 * command is lost: the value is run if it names a command (`bun --filter a build` is `bun add`), else the next word names
 * a script, even `build` or `install`; for `run` it prints a list and exits with 0, or with a filter looks for a script of
 * that name. Seen with 1.0.36, 1.1.45, 1.2.18, 1.3.14 and 1.4.5.
 */
function afterLostCommand(separate: SeparateValue, command: Word, before: Arguments): Invocation {
  const text = textOf(separate.value);
  const isCommand = text === undefined || [BUILTINS, NEWER_BUILTINS, INSTALLS].some((names) => names.has(text));
  if (isCommand || text === "x" || text === "run") return NOTHING;
  if (textOf(command) === "run" && !hasFlag(before, "--filter", "-F")) {
    return LISTING_FLAGS.has(separate.flag.shape) ? { kind: "nothing", listedBy: separate } : NOTHING;
  }
  const target = runTarget(command, before.rest, before);
  return target.kind === "script" ? { ...target, lostTo: separate } : target;
}

function runTarget(word: Word, rest: readonly Word[], ...parsed: readonly Arguments[]): Invocation {
  const name = textOf(word);
  if (name === undefined) return NOTHING;
  const directory = directoryOf(parsed, "--cwd");
  const args = rest.filter((word, index) => index > 0 || word.shape !== "--");
  if (SOURCE_FILE.test(name) || name.startsWith("./") || name.startsWith("../")) {
    const flags = parsed.flatMap((one) => [...one.flags.keys()]);
    return { kind: "file", path: name, word, interpreter: "javascript", flags, args, directory };
  }
  if (isPattern(name)) return NOTHING;
  const scope = scopeOf(parsed);
  return {
    kind: "script",
    manager: "bun",
    names: [name],
    args,
    directory,
    scope,
    otherwise: scope.kind === "here" ? "binary" : "nothing",
    hooks: true,
  };
}

function install(verb: Word, before: Arguments): Invocation {
  const after = readArguments(before.rest, BUN_INSTALL_FLAGS);
  const directory = directoryOf([before, after], "--cwd");
  const adds = after.positionals.length > 0 || hasFlag(after, "-g", "--global");
  if (adds && after.isCertain) return bunItself([verb, ...before.rest], directory);
  return {
    kind: "install",
    manager: "bun",
    verb,
    args: before.rest,
    directory,
    runsScripts:
      after.isCertain &&
      !isHelp(after) &&
      !hasFlag(after, "--ignore-scripts", "--lockfile-only", "--dry-run", "--filter", "-F"),
  };
}

function scopeOf(parsed: readonly Arguments[]): PackageScope {
  const filters = filtersOf(parsed, "--filter", "-F");
  // `*` takes names with a scope too; no filter takes the root.
  const names = filters.map((filter) => (filter === "*" ? "**" : filter));
  if (filters.length > 0) return { kind: "filtered", filters: names, includesRoot: false };
  return parsed.some((flags) => hasFlag(flags, "--workspaces")) ? MEMBERS : HERE;
}

/** `bunx …`, `bun x …` */
export function readBunx(words: readonly Word[], directory: Known<string> = known("")): Invocation {
  const before = readArguments(words, BUNX_FLAGS, 1);
  const [target, ...args] = [...before.positionals, ...before.rest];
  if (!target || !before.isCertain || isHelp(before)) return NOTHING;
  const place = hasFlag(before, "--cwd") ? directoryOf([before], "--cwd") : directory;
  return binaryOf(target, args, { directory: place, scope: HERE, packages: filtersOf([before], "-p", "--package") });
}
