import { known, unknown, type Known } from "../documents/known.ts";
import type { Word } from "../shell/command.ts";
import { flagText, flagTexts, hasFlag, readArguments, textOf, type Arguments } from "./arguments.ts";
import { HERE, NOTHING, type Invocation, type PackageScope } from "./invocation.ts";
import { binaryOf } from "./package-spec.ts";

// `bun --help`, `bun run --help`, `bun install --help` of 1.4.5.
const RUNTIME_VALUE_FLAGS = new Set(
  "--cwd --filter -F --env-file --preload -r --require --import --config -c --port --conditions --define -d --loader -l --shell --elide-lines --tsconfig-override --main-fields --extension-order --install --title --user-agent --fetch-preconnect --max-http-header-size --dns-result-order --unhandled-rejections --console-depth".split(
    " ",
  ),
);
const INSTALL_VALUE_FLAGS = new Set(
  "--cwd --filter --config -c --registry --cache-dir --backend --ca --cafile --concurrent-scripts --network-concurrency --omit --linker --cpu --os --minimum-release-age".split(
    " ",
  ),
);
/** Commands of Bun itself: a script of the same name is only reached by `bun run`. */
const BUILTINS = new Set(
  "a add audit build c completions create discord exec feedback getcompletes help info init link list outdated patch patch-commit pm publish remove repl rm test unlink update upgrade why".split(
    " ",
  ),
);
const INSTALLS = new Set(["ci", "i", "install"]);
const SOURCE_FILE = /\.[cm]?[jt]sx?$/;

/** `bun …` */
export function readBun(words: readonly Word[]): Invocation {
  const before = readArguments(words, { valueFlags: RUNTIME_VALUE_FLAGS, positionals: 1 });
  const [command] = before.positionals;
  const verb = textOf(command);
  if (!command || verb === undefined || !before.isCertain) return NOTHING;
  // Bun takes the first word without a dash for its command. Where that is a flag's value (`bun --cwd dir build`), the
  // command is lost and the next word names a script, even `build` or `install`; after `run` it prints a list and exits
  // with 0. Seen with 1.2.18, 1.3.14 and 1.4.5.
  const isCommandLost = [...before.flags.values()].flat().some((value) => typeof value === "object");
  if (isCommandLost && verb === "run") {
    return { kind: "nothing", noOp: "`bun --cwd <dir> run` prints the list of scripts and runs none" };
  }
  if (isCommandLost) return runTarget(verb, before.rest, before);
  const directory = directoryOf(before);
  if (verb === "x") return readBunx(before.rest, directory);
  if (INSTALLS.has(verb)) return install(command, before);
  if (verb === "exec") {
    const [word] = before.rest;
    const text = textOf(word);
    return word && text !== undefined ? { kind: "text", text, word, directory } : NOTHING;
  }
  if (BUILTINS.has(verb)) return { kind: "binary", name: "bun", fetches: false, args: words, directory, scope: HERE };
  if (verb !== "run") return runTarget(verb, before.rest, before);
  const after = readArguments(before.rest, { valueFlags: RUNTIME_VALUE_FLAGS, positionals: 1 });
  const name = textOf(after.positionals[0]);
  return name === undefined || !after.isCertain ? NOTHING : runTarget(name, after.rest, before, after);
}

function runTarget(name: string, args: readonly Word[], ...parsed: readonly Arguments[]): Invocation {
  const directory = directoryOf(...parsed);
  if (SOURCE_FILE.test(name) || name.startsWith("./") || name.startsWith("../")) {
    return { kind: "file", path: name, interpreter: "javascript", args, directory };
  }
  return {
    kind: "script",
    manager: "bun",
    names: [name],
    args,
    directory,
    scope: scopeOf(parsed),
    otherwise: "binary",
    hooks: true,
  };
}

function install(verb: Word, before: Arguments): Invocation {
  const after = readArguments(before.rest, { valueFlags: INSTALL_VALUE_FLAGS });
  const adds = after.positionals.length > 0 || hasFlag(after, "-g", "--global");
  const directory = directoryOf(before, after);
  if (adds && after.isCertain)
    return { kind: "binary", name: "bun", fetches: false, args: [verb, ...before.rest], directory, scope: HERE };
  return {
    kind: "install",
    manager: "bun",
    verb,
    args: before.rest,
    directory,
    runsScripts: after.isCertain && !hasFlag(after, "--ignore-scripts", "--lockfile-only", "--dry-run", "--filter"),
  };
}

function directoryOf(...parsed: readonly Arguments[]): Known<string> {
  for (const flags of parsed) {
    if (!hasFlag(flags, "--cwd")) continue;
    const directory = flagText(flags, "--cwd");
    return directory === undefined ? unknown("the directory is computed") : known(directory);
  }
  return known("");
}

function scopeOf(parsed: readonly Arguments[]): PackageScope {
  const filters = parsed.flatMap((flags) => flagTexts(flags, "--filter", "-F") ?? ["\0"]);
  if (filters.length > 0) return { kind: "filtered", filters, includesRoot: true };
  const isAll = parsed.some((flags) => hasFlag(flags, "--workspaces"));
  return isAll ? { kind: "filtered", filters: ["*"], includesRoot: false } : HERE;
}

/** `bunx …`, `bun x …` */
export function readBunx(words: readonly Word[], directory: Known<string> = known("")): Invocation {
  const before = readArguments(words, { valueFlags: new Set(["-p", "--package"]), positionals: 1 });
  const [target] = before.positionals;
  if (!target || !before.isCertain) return NOTHING;
  return binaryOf(target, before.rest, {
    directory,
    scope: HERE,
    packages: flagTexts(before, "-p", "--package") ?? [],
  });
}
