import type { Word } from "../shell/command.ts";

/** The arguments of a command, sorted. */
export interface Arguments {
  /** Values by flag name as written, `true` for a flag without one; of `--flag=value` the name is before the `=`. */
  readonly flags: ReadonlyMap<string, readonly (Word | string | true)[]>;
  readonly positionals: readonly Word[];
  /** Everything after `--`, or after the last positional that was asked for. */
  readonly rest: readonly Word[];
  /** False where a word that is not known may be a flag or no word at all. */
  readonly isCertain: boolean;
}

/** How to sort arguments. */
export interface ArgumentSyntax {
  /** Flags whose next word is their value. */
  readonly valueFlags: ReadonlySet<string>;
  /** Flags whose next word is their value unless it is a flag itself. */
  readonly optionalValueFlags?: ReadonlySet<string>;
  /** How many positionals are read before all that follows is `rest`; all of them by default. */
  readonly positionals?: number;
}

/** Sorts words into flags, positionals and the rest. */
export function readArguments(words: readonly Word[], syntax: ArgumentSyntax): Arguments {
  const flags = new Map<string, (Word | string | true)[]>();
  const positionals: Word[] = [];
  let isCertain = true;
  let index = 0;
  const add = (name: string, value: Word | string | true): void => {
    flags.set(name, [...(flags.get(name) ?? []), value]);
  };
  for (; index < words.length; index++) {
    const word = words[index];
    if (!word || positionals.length >= (syntax.positionals ?? Infinity)) break;
    const text = word.value.known ? word.value.value : word.shape;
    if (text === "--") {
      index++;
      break;
    }
    if (!word.value.known && (word.splits || !text.startsWith("-"))) isCertain = false;
    if (!text.startsWith("-") || text === "-") {
      positionals.push(word);
      continue;
    }
    const [, name = text, value] = /^(--?[^=]+)=([^]*)$/.exec(text) ?? [];
    if (value !== undefined) add(name, value);
    else if (syntax.valueFlags.has(name)) add(name, words[++index] ?? true);
    else if (syntax.optionalValueFlags?.has(name) && words[index + 1]?.shape.startsWith("-") === false) {
      add(name, words[++index] ?? true);
    } else add(name, true);
  }
  return { flags, positionals, rest: words.slice(index), isCertain };
}

/** The text of a word, if it is known. */
export function textOf(word: Word | string | true | undefined): string | undefined {
  if (typeof word === "string") return word;
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

/** Whether a flag is given under any of its names. */
export function hasFlag({ flags }: Arguments, ...names: readonly string[]): boolean {
  return names.some((name) => flags.has(name));
}
