import { entryOf, type DataNode, type Mapping, type Sequence } from "../documents/data.ts";
import type { Range, Source } from "../documents/source.ts";
import { insert, lineBefore, lineEndingOf, type TextEdit } from "./text-edit.ts";

/** Appends a value to a JSON array, in the array's own style. */
export function appendToArray(source: Source, array: Sequence, value: string): readonly TextEdit[] {
  return appendMember(source, array, array.items, JSON.stringify(value));
}

/** Adds a property at the end of a JSON object, in the object's own style; undefined where it has the key. `value` is JSON text. */
export function addProperty(
  source: Source,
  object: Mapping,
  key: string,
  value: string,
): readonly TextEdit[] | undefined {
  if (entryOf(object, key)) return undefined;
  const members = object.entries.map((entry) => ({ range: entry.range }));
  return appendMember(source, object, members, `${JSON.stringify(key)}: ${value}`);
}

/** A list in brackets or braces, by its range with them. */
interface Container {
  readonly kind: DataNode["kind"];
  readonly range: Range;
}

/** Adds a member to a list after those that it has, in the list's own style. It may be of JSON, or of JavaScript. */
export function appendMember(
  source: Source,
  container: Container,
  members: readonly { readonly range: Range }[],
  member: string,
): readonly TextEdit[] {
  const { text } = source;
  const last = members.at(-1);
  const isObject = container.kind === "mapping";
  if (!last) {
    const [start, close] = [container.range[0] + 1, container.range[1] - 1];
    const inside = text.slice(start, close);
    const pad = isObject ? " " : "";
    if (/^\s*$/.test(inside)) return [{ range: [start, close], text: `${pad}${member}${pad}` }];
    // Above comments that have lines of their own; else before them, apart from what follows.
    const own = /^[\t ]*(\r?\n[\t ]*)(?=\S)/.exec(inside)?.[1];
    return [insert(start, own ? `${own}${member}` : `${pad}${member}${/^\s/.test(inside) ? "" : pad}`)];
  }
  const end = last.range[1];
  const comma = commaAfter(text, end);
  const lineEnd = endOfComments(text, comma === undefined ? end : comma + 1);
  const isLastOfLine = /^\r?\n/.test(text.slice(lineEnd, lineEnd + 2));
  const isInline = !isLastOfLine || !text.slice(container.range[0], last.range[0]).includes("\n");
  if (isInline) return comma === undefined ? [insert(end, `, ${member}`)] : [insert(comma + 1, ` ${member},`)];
  const indent = /^[\t ]*/.exec(lineBefore(text, last.range[0]))?.[0] ?? "";
  const line = `${lineEndingOf(text)}${indent}${member}`;
  if (comma !== undefined) return [insert(lineEnd, `${line},`)];
  return lineEnd === end ? [insert(end, `,${line}`)] : [insert(end, ","), insert(lineEnd, line)];
}

/** The offset of a comma that follows an offset, past blanks and comments. */
function commaAfter(text: string, offset: number): number | undefined {
  const end = endOfMatch(/(?:\s|\/\/[^\n]*|\/\*[^]*?\*\/)*/y, text, offset);
  return text[end] === "," ? end : undefined;
}

/** The offset after the blanks and comments that begin on the line of an offset, before its line ending. */
function endOfComments(text: string, offset: number): number {
  return endOfMatch(/(?:[\t ]|\/\/[^\r\n]*|\/\*[^]*?\*\/)*/y, text, offset);
}

/** Where a sticky pattern that can be empty ends. */
function endOfMatch(pattern: RegExp, text: string, offset: number): number {
  pattern.lastIndex = offset;
  return offset + (pattern.exec(text)?.[0].length ?? 0);
}
