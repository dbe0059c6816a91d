import { posix } from "node:path";
import type { Command as SyntaxCommand, ParsedScript, Word as SyntaxWord } from "unbash";
import { known, type Known } from "../documents/known.ts";

/** The value of a word; undefined where it is not known. */
type Read = (word: SyntaxWord) => Known<string>;

/**
 * What a substitution becomes where it only speaks of a path that is known: `dirname "$0"`, `cd "$HERE/.." && pwd`; undefined
 * for all other commands.
 */
export function outputOf(script: ParsedScript | undefined, read: Read): Known<string> | undefined {
  const [only, ...others] = script?.commands ?? [];
  // Positions inside an escaped backtick substitution refer to its decoded text, not to the script.
  if (!only || others.length > 0 || only.background === true || script?.source !== undefined) return undefined;
  const { command } = only;
  if (command.type === "Command") return printedPath(command, read);
  const [first, second, ...more] =
    command.type === "AndOr" && command.operators.join(" ") === "&&" ? command.commands : [];
  if (first?.type !== "Command" || second?.type !== "Command" || more.length > 0) return undefined;
  return nameOf(first, read) === "cd" && nameOf(second, read) === "pwd" ? absolute(first, read) : undefined;
}

function printedPath(command: SyntaxCommand, read: Read): Known<string> | undefined {
  if (command.redirects.some(({ operator }) => operator.startsWith(">"))) return undefined;
  const name = nameOf(command, read);
  if (name === "realpath" || name === "readlink") return absolute(command, read);
  const path = name === "dirname" ? pathIn(command, read) : undefined;
  return path === undefined ? undefined : known(posix.dirname(path));
}

/** The path that a command is given, where that does not depend on where the shell stands. */
function absolute(command: SyntaxCommand, read: Read): Known<string> | undefined {
  const path = pathIn(command, read);
  return path?.startsWith("/") === true ? known(posix.resolve(path)) : undefined;
}

function nameOf({ name }: SyntaxCommand, read: Read): string | undefined {
  return name && valueOf(name, read);
}

/** The only argument but for flags. */
function pathIn({ args }: SyntaxCommand, read: Read): string | undefined {
  const values = args.map((argument) => (argument.type === "Word" ? valueOf(argument, read) : undefined));
  const [path, ...others] = values.filter((value) => value?.startsWith("-") !== true);
  return others.length === 0 && path !== "" ? path : undefined;
}

function valueOf(word: SyntaxWord, read: Read): string | undefined {
  const value = read(word);
  return value.known ? value.value : undefined;
}
