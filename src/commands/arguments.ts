import { known } from "../documents/known.ts";
import { HOLE, type Word } from "../shell/command.ts";

/** The arguments of a command, sorted. */
export interface Arguments {
  /** Values by flag name as written, `true` for a flag without one; of `--flag=value` the name is before the `=`. */
  readonly flags: ReadonlyMap<string, readonly (Word | true)[]>;
  readonly positionals: readonly Word[];
  /** Everything after `--`, or after the last positional that was asked for. */
  readonly rest: readonly Word[];
  /** False where a word that is not known may be a flag or no word at all, or may be the value of a flag that is not known. */
  readonly isCertain: boolean;
}

/** How to sort arguments. */
export interface ArgumentSyntax {
  /** Flags whose next word is their value. */
  readonly valueFlags: ReadonlySet<string>;
  /** Flags whose next word is their value unless it is a flag itself. */
  readonly optionalValueFlags?: ReadonlySet<string>;
  /** All other flags, where they are listed: then a word after a flag that is in no list may be its value. */
  readonly booleanFlags?: ReadonlySet<string>;
}

/** What begins in a way that is not known, or as a flag whose name is not. */
const MAY_BE_FLAG = new RegExp(`^(?:${HOLE}|-[^=]*${HOLE})`);

const NO_FLAGS: Arguments["flags"] = new Map();

/** Sorts words into flags, positionals and the rest; after so many positionals all that follows is the rest. */
export function readArguments(words: readonly Word[], syntax: ArgumentSyntax, count = Infinity): Arguments {
  let flags: Map<string, readonly (Word | true)[]> | undefined;
  const positionals: Word[] = [];
  let isCertain = true;
  let index = 0;
  const add = (name: string, value: Word | true): void => {
    flags ??= new Map();
    flags.set(name, [...(flags.get(name) ?? []), value]);
  };
  for (; index < words.length; index++) {
    const word = words[index];
    if (!word || positionals.length >= count) break;
    const { shape } = word;
    if (shape === "--") {
      index++;
      break;
    }
    if (!word.value.known && (word.splits || MAY_BE_FLAG.test(shape))) isCertain = false;
    if (!shape.startsWith("-") || shape === "-") {
      positionals.push(word);
      continue;
    }
    const equals = /^--?[^=]+=/.exec(shape)?.[0].length;
    if (equals !== undefined) {
      add(shape.slice(0, equals - 1), valueAfter(word, equals));
      continue;
    }
    const [last = shape, ...others] = splitCluster(shape, syntax).toReversed();
    for (const name of others) add(name, true);
    const next = words[index + 1];
    const isFollowed = next !== undefined && !next.shape.startsWith("-");
    const isOptional = syntax.optionalValueFlags?.has(last) ?? false;
    if (syntax.valueFlags.has(last) || (isOptional && isFollowed)) {
      add(last, next ?? true);
      index++;
      continue;
    }
    add(last, true);
    const isListed = isOptional || (syntax.booleanFlags?.has(last) ?? true) || last.startsWith("--no-");
    if (!isListed && isFollowed) isCertain = false;
  }
  return { flags: flags ?? NO_FLAGS, positionals, rest: words.slice(index), isCertain };
}

/** What follows the `=` of a word. */
function valueAfter(word: Word, length: number): Word {
  const shape = word.shape.slice(length);
  return { ...word, shape, value: word.value.known ? known(shape) : word.value };
}

/** `-rw` is `-r -w` where both are flags without value. */
function splitCluster(text: string, { booleanFlags, valueFlags }: ArgumentSyntax): readonly string[] {
  if (!booleanFlags || !/^-\w\w+$/.test(text) || booleanFlags.has(text) || valueFlags.has(text)) return [text];
  const names = Array.from(text.slice(1), (letter) => `-${letter}`);
  return names.every((name) => booleanFlags.has(name)) ? names : [text];
}

/** The text of a word, if it is known. */
export function textOf(word: Word | true | undefined): string | undefined {
  return word === undefined || word === true || !word.value.known ? undefined : word.value.value;
}

/** The text of the last value of a flag under any of its names; undefined where absent or unknown. */
export function flagText({ flags }: Arguments, ...names: readonly string[]): string | undefined {
  return textOf(names.flatMap((name) => flags.get(name) ?? []).at(-1));
}

/** The texts of all values of a flag, or undefined where one of them is not known. */
export function flagTexts({ flags }: Arguments, ...names: readonly string[]): readonly string[] | undefined {
  const texts = names.flatMap((name) => flags.get(name) ?? []).map(textOf);
  return texts.every((text) => text !== undefined) ? texts : undefined;
}

/** Whether all flags that are given are among those that a syntax lists. */
export function areListed({ flags }: Arguments, { valueFlags, booleanFlags }: ArgumentSyntax): boolean {
  return [...flags.keys()].every((flag) => valueFlags.has(flag) || booleanFlags?.has(flag) === true);
}

/** Whether a flag is given under any of its names. */
export function hasFlag({ flags }: Arguments, ...names: readonly string[]): boolean {
  return names.some((name) => flags.has(name));
}
