import { areListed, readArguments, textOf } from "../commands/arguments.ts";
import type { Invocation, RunBinary, RunFile } from "../commands/invocation.ts";
import { onceForEach } from "../memo.ts";
import type { Word } from "../shell/command.ts";
import {
  BUN_FLAGS_BEFORE_FILE,
  FILE_RUNNERS,
  MODULE_EXTENSIONS,
  NODE_FLAGS,
  PATH_FLAGS,
  PATH_WORDS,
  type PathFlag,
} from "./named-paths.data.ts";

/** A file or folder that a command names, and without which it fails. */
export interface NamedPath {
  readonly path: string;
  /** The word that is the path, or ends with it. */
  readonly word: Word;
  readonly kind: "file" | "folder" | "either";
  /** Other paths under which it is found. */
  readonly others: readonly string[];
}

/** A path without expansion of the shell, address or name of a package. */
const PLAIN = /^[\w@+.()[\]-]*(?:\/[\w@+.()[\]-]+)*\/?$/;

/** The files and folders that a command needs, by its words. */
export const namedPaths = onceForEach((invocation: Invocation): readonly NamedPath[] => {
  if (invocation.kind === "file") return isRunFirst(invocation) ? plain([ofFile(invocation)]) : [];
  return invocation.kind === "binary"
    ? plain([...ranBy(invocation), ...flagged(invocation), ...listed(invocation)])
    : [];
});

/** Where a module may be found too. */
function modulesLike(path: string): readonly string[] {
  const typed = path.replace(/\.([cm]?)js(x?)$/, ".$1ts$2");
  const swapped = typed === path ? [] : [typed, `${typed}x`];
  return [...swapped, ...MODULE_EXTENSIONS.map((extension) => path + extension)];
}

function plain(paths: readonly NamedPath[]): readonly NamedPath[] {
  return paths.filter(({ path }) => PLAIN.test(path));
}

function ofFile({ path, word, interpreter }: RunFile): NamedPath {
  return { path, word, kind: "file", others: interpreter === "javascript" ? modulesLike(path) : [] };
}

/** Whether a program runs the file at once, and looks for it nowhere but where it says. */
function isRunFirst({ path, interpreter, flags }: RunFile): boolean {
  // Without a slash, a shell looks in the folders of `PATH` too.
  if (interpreter !== "javascript") return path.includes("/");
  return /[/.]/.test(path) && flags.every((flag) => NODE_FLAGS.has(flag) || BUN_FLAGS_BEFORE_FILE.has(flag));
}

function ranBy({ name, args }: RunBinary): readonly NamedPath[] {
  const runner = FILE_RUNNERS.get(name);
  if (!runner || (runner.command !== undefined && textOf(args[0]) !== runner.command)) return [];
  const words = runner.command === undefined ? args : args.slice(1);
  const parsed = readArguments(words, runner, 1);
  const [word] = parsed.positionals;
  const path = textOf(word);
  if (!word || path === undefined || !parsed.isCertain || !areListed(parsed, runner) || !/\.\w+$/.test(path)) return [];
  return [{ path, word, kind: "file", others: runner.isModule ? modulesLike(path) : [] }];
}

function listed({ name, args }: RunBinary): readonly NamedPath[] {
  const skipped = PATH_WORDS.get(name);
  if (skipped === undefined || args.some(({ shape }) => shape === "--" || shape.startsWith("--reference"))) return [];
  const words = args.filter(({ shape }) => !/^-[A-Za-z-]*$/.test(shape)).slice(skipped);
  return words.flatMap((word) => {
    const path = textOf(word);
    return path === undefined || path === "" ? [] : [{ path, word, kind: "either", others: [] }];
  });
}

/** Contexts of docker that are fetched, so that the file is one of them. */
const REMOTE = /:\/\/|^git@|\.git(?:#|$)|^-$/;

function flagged({ name, args }: RunBinary): readonly NamedPath[] {
  const all = PATH_FLAGS.get(name) ?? [];
  if (all.length === 0 || args.some(({ value, shape }) => !value.known || REMOTE.test(shape))) return [];
  return all
    .filter(({ commands = [] }) => commands.every((command, index) => textOf(args[index]) === command))
    .flatMap((flag) => valuesOf(flag, wordsFor(flag, args)));
}

/** The words among which a flag has its meaning. */
function wordsFor(
  { flags, commands = [], among, unless = [], isMove }: PathFlag,
  args: readonly Word[],
): readonly Word[] {
  const separator = args.findIndex(({ shape }) => shape === "--");
  const words = args.slice(commands.length, separator < 0 ? args.length : separator);
  if (words.some(({ shape }) => unless.includes(shape.replace(/=[^]*/, "")))) return [];
  // Each of several starts where the one before leads.
  if (isMove === true && words.filter(({ shape }) => flags.includes(shape.replace(/=[^]*/, ""))).length > 1) return [];
  if (!among) return words;
  const end = words.findIndex(({ shape }, index) => {
    const before = words[index - 1]?.shape ?? "";
    return !among.has(shape.replace(/=[^]*/, "")) && !among.has(before);
  });
  return end < 0 ? words : words.slice(0, end);
}

function valuesOf({ flags, kind, isBare }: PathFlag, words: readonly Word[]): readonly NamedPath[] {
  return words.flatMap((word, index) => {
    const flag = flags.find(
      (name) => word.shape === name || (name.startsWith("--") && word.shape.startsWith(`${name}=`)),
    );
    const holder = word.shape === flag ? words[index + 1] : word;
    const text = textOf(holder);
    if (flag === undefined || !holder || text === undefined) return [];
    const path = word.shape === flag ? text : text.slice(flag.length + 1);
    if (path === "" || path.startsWith("-") || !(isBare || kind !== "file" || /\.\w+$/.test(path))) return [];
    return [{ path, word: holder, kind, others: [path.replace(/Dockerfile$/, "dockerfile")] }];
  });
}
