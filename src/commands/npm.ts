import { known } from "../documents/known.ts";
import type { Word } from "../shell/command.ts";
import { hasFlag, readArguments, textOf, type Arguments } from "./arguments.ts";
import { NPM_FLAGS } from "./flags.data.ts";
import { HERE, isPattern, NOTHING, type Invocation, type PackageScope } from "./invocation.ts";
import { binaryOf } from "./package-spec.ts";
import { directoryOf, EVERYWHERE, filtersOf, MEMBERS } from "./place.ts";

const INSTALL = new Set("add i in ins inst insta instal install isnt isnta isntal isntall".split(" "));
const CLEAN_INSTALL = new Set("ci clean-install ic install-clean isntall-clean".split(" "));
const RUN = new Set(["run", "run-script", "rum", "urn"]);
/** Commands that run the script of their name. https://docs.npmjs.com/cli/v11/using-npm/scripts */
const LIFECYCLE: ReadonlyMap<string, string> = new Map(
  Object.entries({
    restart: "restart",
    start: "start",
    stop: "stop",
    t: "test",
    test: "test",
    tst: "test",
  }),
);

/** `npm …` */
export function readNpm(words: readonly Word[]): Invocation {
  const before = readArguments(words, NPM_FLAGS, 1);
  const [command] = before.positionals;
  const verb = textOf(command);
  if (!command || verb === undefined || !before.isCertain || isHelp(before)) return NOTHING;
  if (verb === "exec" || verb === "x") return readExec(before);
  const lifecycle = LIFECYCLE.get(verb);
  if (lifecycle !== undefined) return script(lifecycle, before.rest, before);
  if (RUN.has(verb)) {
    const after = readArguments(before.rest, NPM_FLAGS, 1);
    const name = textOf(after.positionals[0]);
    return name === undefined || !after.isCertain ? NOTHING : script(name, after.rest, before, after);
  }
  if (INSTALL.has(verb) || CLEAN_INSTALL.has(verb)) return install(command, before, words);
  return npmItself(words, before);
}

function isHelp(...parsed: readonly Arguments[]): boolean {
  return parsed.some((flags) => hasFlag(flags, "--help", "-h", "--version", "-v"));
}

function npmItself(words: readonly Word[], before: Arguments): Invocation {
  const directory = directoryOf([before], "--prefix", "-C");
  return { kind: "binary", name: "npm", fetches: false, args: words, directory, scope: HERE };
}

function install(verb: Word, before: Arguments, words: readonly Word[]): Invocation {
  const after = readArguments(before.rest, NPM_FLAGS);
  const has = (...names: readonly string[]): boolean => hasFlag(before, ...names) || hasFlag(after, ...names);
  const adds = after.positionals.length > 0 || has("-g", "--global");
  if (adds && after.isCertain) return npmItself(words, before);
  if (isHelp(after)) return NOTHING;
  const skips = has("--ignore-scripts", "--dry-run", "--package-lock-only", "-w", "--workspace", "--workspaces", "-ws");
  return {
    kind: "install",
    manager: "npm",
    verb,
    args: before.rest,
    directory: directoryOf([before, after], "--prefix", "-C"),
    runsScripts: after.isCertain && !skips,
  };
}

function script(name: string, rest: readonly Word[], ...parsed: readonly Arguments[]): Invocation {
  // Flags after the script's name are npm's own until `--`.
  const own = readArguments(rest, NPM_FLAGS);
  const all = [...parsed, own];
  const scope = scopeOf(all);
  if (!own.isCertain || isHelp(own) || isPattern(name) || !scope) return NOTHING;
  return {
    kind: "script",
    manager: "npm",
    names: [name],
    args: [...own.positionals, ...own.rest],
    directory: directoryOf(all, "--prefix", "-C"),
    scope,
    otherwise: "nothing",
    hooks: !all.some((flags) => hasFlag(flags, "--ignore-scripts")),
  };
}

function scopeOf(parsed: readonly Arguments[]): PackageScope | undefined {
  const filters = filtersOf(parsed, "-w", "--workspace");
  const includesRoot = parsed.some((flags) => hasFlag(flags, "--include-workspace-root", "-iwr"));
  if (parsed.some((flags) => hasFlag(flags, "--workspaces", "-ws", "--ws"))) return includesRoot ? EVERYWHERE : MEMBERS;
  if (filters.length === 0) return HERE;
  // The root would be one more place, which no filter says.
  return includesRoot ? undefined : { kind: "filtered", filters, includesRoot };
}

/** `npm exec …`, which reads flags as its own until `--`. */
function readExec(before: Arguments): Invocation {
  const parsed = readArguments(before.rest, NPM_FLAGS);
  return execute([...parsed.positionals, ...parsed.rest], before, parsed);
}

/** `npx …` */
export function readNpx(words: readonly Word[]): Invocation {
  const before = readArguments(words, NPM_FLAGS, 1);
  return execute([...before.positionals, ...before.rest], before);
}

/** `--prefix` chooses where the executable is found; it runs in the folder of the command. */
function execute(words: readonly Word[], ...parsed: readonly Arguments[]): Invocation {
  const scope = scopeOf(parsed);
  if (!scope || isHelp(...parsed) || !parsed.every(({ isCertain }) => isCertain)) return NOTHING;
  const call = parsed.flatMap(({ flags }) => [...(flags.get("-c") ?? []), ...(flags.get("--call") ?? [])]).at(-1);
  if (call !== undefined) {
    const text = textOf(call);
    if (call === true || text === undefined || scope.kind !== "here") return NOTHING;
    return { kind: "text", text, word: call, directory: known("") };
  }
  const [target, ...args] = words;
  const packages = filtersOf(parsed, "-p", "--package");
  return target ? binaryOf(target, args, { directory: known(""), scope, packages }) : NOTHING;
}
