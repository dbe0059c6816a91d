import type { DataNode, Mapping, Sequence } from "../documents/data.ts";
import type { Source } from "../documents/source.ts";
import { endOfLine, insert, lineBefore, lineEndingOf, type TextEdit } from "./text-edit.ts";

/** Appends a value to a JSON array, in the array's own style. */
export function appendToArray(source: Source, array: Sequence, value: string): readonly TextEdit[] {
  return appendMember(source, array, array.items, JSON.stringify(value));
}

/** Adds a property at the end of a JSON object, in the object's own style. `value` is JSON text. */
export function addProperty(source: Source, object: Mapping, key: string, value: string): readonly TextEdit[] {
  const members = object.entries.map((entry) => ({ range: entry.range }));
  return appendMember(source, object, members, `${JSON.stringify(key)}: ${value}`);
}

function appendMember(
  source: Source,
  container: DataNode,
  members: readonly { readonly range: readonly [number, number] }[],
  member: string,
): readonly TextEdit[] {
  const { text } = source;
  const last = members.at(-1);
  const isObject = container.kind === "mapping";
  if (!last) {
    const isEmpty = /^.\s*.$/s.test(text.slice(...container.range));
    const pad = isObject ? " " : "";
    return isEmpty
      ? [{ range: [container.range[0] + 1, container.range[1] - 1], text: `${pad}${member}${pad}` }]
      : [insert(container.range[0] + 1, `${pad}${member}${pad}`)];
  }
  const end = last.range[1];
  const comma = commaAfter(text, end);
  const lineEnd = endOfLine(text, comma ?? end);
  const isInline = lineEnd >= container.range[1] || !text.slice(container.range[0], last.range[0]).includes("\n");
  if (isInline) return comma === undefined ? [insert(end, `, ${member}`)] : [insert(comma + 1, ` ${member},`)];
  const indent = /^[\t ]*/.exec(lineBefore(text, last.range[0]))?.[0] ?? "";
  const line = `${lineEndingOf(text)}${indent}${member}`;
  if (comma !== undefined) return [insert(lineEnd, `${line},`)];
  return lineEnd === end ? [insert(end, `,${line}`)] : [insert(end, ","), insert(lineEnd, line)];
}

/** The offset of a comma that follows an offset, past blanks and comments. */
function commaAfter(text: string, offset: number): number | undefined {
  const rest = /^(?:\s|\/\/[^\n]*|\/\*[^]*?\*\/)*,/.exec(text.slice(offset))?.[0];
  return rest === undefined ? undefined : offset + rest.length - 1;
}
