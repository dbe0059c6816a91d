import type { Range } from "../documents/source.ts";

/** Replaces a range of a file's text. */
export interface TextEdit {
  readonly range: Range;
  readonly text: string;
}

/** Puts text in at an offset. */
export function insert(offset: number, text: string): TextEdit {
  return { range: [offset, offset], text };
}

/** The line ending that a text uses. */
export function lineEndingOf(text: string): string {
  return /\r?\n/.exec(text)?.[0] ?? "\n";
}

/** The offset at which the line of an offset ends, before its line ending. */
export function endOfLine(text: string, offset: number): number {
  const end = text.indexOf("\n", offset);
  if (end < 0) return text.length;
  return text[end - 1] === "\r" && end - 1 >= offset ? end - 1 : end;
}

/** What stands before an offset on its line. */
export function lineBefore(text: string, offset: number): string {
  return text.slice(text.lastIndexOf("\n", offset - 1) + 1, offset);
}

/** The text after all edits, of which no two may overlap. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const ordered = edits.toSorted((left, right) => left.range[0] - right.range[0]);
  let result = "";
  let end = 0;
  for (const { range, text: replacement } of ordered) {
    if (range[0] < end) throw new Error("edits overlap");
    result += text.slice(end, range[0]) + replacement;
    end = range[1];
  }
  return result + text.slice(end);
}
