import type { Place } from "../documents/source.ts";
import { insert, type TextEdit } from "./text-edit.ts";

/** A word of a script as it is written in the file that holds the script. */
export interface WrittenWord {
  readonly place: Place;
  /** False where the file's text is only known to contain the word somewhere. */
  readonly isExact: boolean;
}

/** Puts words after a word of a script; undefined where its position is not exact. */
export function addWordsAfter({ place, isExact }: WrittenWord, words: string): TextEdit | undefined {
  return isExact ? insert(place.range[1], ` ${words}`) : undefined;
}

/** Replaces a word of a script; undefined where its position is not exact. */
export function replaceWord({ place, isExact }: WrittenWord, word: string): TextEdit | undefined {
  return isExact ? { range: place.range, text: word } : undefined;
}
