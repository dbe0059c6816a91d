import type { TextEdit } from "../../src/edits/text-edit.ts";

export { applyEdits } from "../../src/edits/text-edit.ts";

/** The lines of a text without their line endings. */
export function linesOf(text: string): readonly string[] {
  return text.split(/\r?\n/);
}

/** The lines that no edit touches, without their line endings. Whole lines that are put in between leave their neighbours alone. */
export function untouchedLines(text: string, edits: readonly TextEdit[]): readonly string[] {
  let start = 0;
  return linesOf(text).filter((line) => {
    const lineStart = start;
    const lineEnd = start + line.length;
    start = lineEnd + (text[lineEnd] === "\r" ? 2 : 1);
    return !edits.some(({ range, text: added }) => {
      const isInsertion = range[0] === range[1];
      if (isInsertion && range[0] === lineEnd && /^\r?\n/.test(added)) return false;
      if (isInsertion && range[0] === lineStart && added.endsWith("\n")) return false;
      return range[0] <= lineEnd && range[1] >= lineStart;
    });
  });
}

/** Whether `part` is what remains of `whole` when some of its items are left out. */
export function isSubsequence(part: readonly string[], whole: readonly string[]): boolean {
  let matched = 0;
  for (const item of whole) if (matched < part.length && item === part[matched]) matched++;
  return matched === part.length;
}
