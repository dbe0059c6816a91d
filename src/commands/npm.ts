import { known, unknown, type Known } from "../documents/known.ts";
import type { Word } from "../shell/command.ts";
import { flagText, flagTexts, hasFlag, readArguments, textOf, type Arguments } from "./arguments.ts";
import { HERE, NOTHING, type Invocation, type PackageScope } from "./invocation.ts";
import { binaryOf } from "./package-spec.ts";

// https://docs.npmjs.com/cli/v11/using-npm/config
const VALUE_FLAGS = new Set(
  "--cache --call -c --include --loglevel --omit --package -p --prefix -C --registry --tag --userconfig --workspace -w".split(
    " ",
  ),
);
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
  const before = readArguments(words, { valueFlags: VALUE_FLAGS, positionals: 1 });
  const [command] = before.positionals;
  const verb = textOf(command);
  if (!command || verb === undefined || !before.isCertain) return NOTHING;
  if (verb === "exec" || verb === "x") return readNpx([...leadingFlags(words, before), ...before.rest]);
  const lifecycle = LIFECYCLE.get(verb);
  if (lifecycle !== undefined) return script([lifecycle], before.rest, before);
  if (RUN.has(verb)) {
    const after = readArguments(before.rest, { valueFlags: VALUE_FLAGS, positionals: 1 });
    const name = textOf(after.positionals[0]);
    return name === undefined || !after.isCertain ? NOTHING : script([name], after.rest, before, after);
  }
  const directory = directoryOf(before);
  if (INSTALL.has(verb) || CLEAN_INSTALL.has(verb)) {
    const after = readArguments(before.rest, { valueFlags: VALUE_FLAGS });
    const adds = after.positionals.length > 0 || hasFlag(after, "-g", "--global") || hasFlag(before, "-g", "--global");
    if (adds) return { kind: "binary", name: "npm", fetches: false, args: words, directory, scope: HERE };
    return {
      kind: "install",
      manager: "npm",
      verb: command,
      args: before.rest,
      directory: directoryOf(before, after),
      runsScripts:
        after.isCertain &&
        !hasFlag(after, "--ignore-scripts", "-w", "--workspace") &&
        !hasFlag(before, "--ignore-scripts", "-w", "--workspace"),
    };
  }
  return { kind: "binary", name: "npm", fetches: false, args: words, directory, scope: HERE };
}

function leadingFlags(words: readonly Word[], before: Arguments): readonly Word[] {
  const [command] = before.positionals;
  return command ? words.slice(0, words.indexOf(command)) : [];
}

function script(names: readonly string[], rest: readonly Word[], ...parsed: readonly Arguments[]): Invocation {
  const args = rest.filter((word, index) => index > 0 || textOf(word) !== "--");
  // Flags after the script's name are npm's own until `--`.
  const own = readArguments(rest, { valueFlags: VALUE_FLAGS });
  return {
    kind: "script",
    manager: "npm",
    names,
    args: textOf(rest[0]) === "--" ? args : [...own.positionals, ...own.rest],
    directory: directoryOf(...parsed, own),
    scope: scopeOf([...parsed, own]),
    otherwise: "nothing",
    hooks: !parsed.some((flags) => hasFlag(flags, "--ignore-scripts")),
  };
}

function directoryOf(...parsed: readonly Arguments[]): Known<string> {
  for (const flags of parsed) {
    if (hasFlag(flags, "--prefix", "-C")) {
      const prefix = flagText(flags, "--prefix", "-C");
      return prefix === undefined ? unknown("the prefix is computed") : known(prefix);
    }
  }
  return known("");
}

function scopeOf(parsed: readonly Arguments[]): PackageScope {
  const filters = parsed.flatMap((flags) => flagTexts(flags, "-w", "--workspace") ?? ["\0"]);
  const isAll = parsed.some((flags) => hasFlag(flags, "--workspaces", "-ws", "--ws"));
  const includesRoot = parsed.some((flags) => hasFlag(flags, "--include-workspace-root", "-iwr"));
  if (isAll) return { kind: "filtered", filters: ["*"], includesRoot };
  return filters.length > 0 ? { kind: "filtered", filters, includesRoot } : HERE;
}

/** `npx …` */
export function readNpx(words: readonly Word[]): Invocation {
  const before = readArguments(words, { valueFlags: VALUE_FLAGS, positionals: 1 });
  const call = flagText(before, "-c", "--call");
  const callWord = before.flags.get("-c")?.[0] ?? before.flags.get("--call")?.[0];
  const directory = directoryOf(before);
  if (call !== undefined && typeof callWord === "object")
    return { kind: "text", text: call, word: callWord, directory };
  const [command] = before.positionals;
  const target = command ?? before.rest[0];
  const args = command ? before.rest : before.rest.slice(1);
  if (!target || !before.isCertain) return NOTHING;
  return binaryOf(target, args, {
    directory,
    scope: scopeOf([before]),
    packages: flagTexts(before, "-p", "--package") ?? [],
  });
}
