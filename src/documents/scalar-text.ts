import type { Scalar } from "./data.ts";
import type { Range } from "./source.ts";

/** Maps offsets in a scalar's value to offsets in the file that it is written in. */
export interface ScalarText {
  /** The file's range for a half-open range of the value's UTF-16 offsets. */
  rangeOf(start: number, end: number): Range;
}

const DOUBLE_QUOTED_ESCAPES: Readonly<Record<string, string>> = {
  "0": "\0",
  a: "\x07",
  b: "\b",
  t: "\t",
  "\t": "\t",
  n: "\n",
  v: "\v",
  f: "\f",
  r: "\r",
  e: "\x1b",
  " ": " ",
  '"': '"',
  "/": "/",
  "\\": "\\",
  N: "\x85",
  _: "\xa0",
  L: "\u2028",
  P: "\u2029",
};
const HEX_ESCAPE_DIGITS: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

/** A decoded value with the file range of each of its UTF-16 units. */
class Decoded {
  value = "";
  readonly #from: number;
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];

  /** `from` is where the content of an empty value would stand. */
  constructor(from: number) {
    this.#from = from;
  }

  add(text: string, start: number, end: number): void {
    this.value += text;
    while (this.#starts.length < this.value.length) {
      this.#starts.push(start);
      this.#ends.push(end);
    }
  }

  /** Takes back blanks at the end that came one to one from the file; escaped blanks stay. */
  trimBlanks(): void {
    for (let last = this.value.length - 1; last >= 0; last--) {
      if (!/[\t ]/.test(this.value[last] ?? "") || (this.#ends[last] ?? 0) - (this.#starts[last] ?? 0) > 1) return;
      this.value = this.value.slice(0, last);
      this.#starts.pop();
      this.#ends.pop();
    }
  }

  rangeOf(start: number, end: number): Range {
    const last = this.#ends.at(-1) ?? this.#from;
    const from = this.#starts[start] ?? last;
    return [from, end > start ? (this.#ends[end - 1] ?? last) : from];
  }
}

/**
 * The exact map from a string value to the file, for every style of YAML and JSON. The value is decoded again from the
 * text; where that does not give the parser's value there is no map, so that a position is never guessed.
 */
export function scalarTextOf(scalar: Scalar, text: string): ScalarText | undefined {
  if (typeof scalar.value !== "string") return undefined;
  for (const decoded of decodings(scalar, text)) {
    if (decoded.value === scalar.value) return decoded;
  }
  return undefined;
}

function* decodings(scalar: Scalar, text: string): Generator<Decoded> {
  const [start, end] = scalar.range;
  if (scalar.style === "literal" || scalar.style === "folded") {
    // The indentation is that of the first line with content, unless the header gives it; then each depth is tried.
    const first = /^[^\n]*\n(?:[ \t]*\r?\n)*( *)/.exec(text.slice(start, end))?.[1]?.length ?? 0;
    yield decodeBlock(scalar, text, first);
    for (let indent = first - 1; indent > 0; indent--) yield decodeBlock(scalar, text, indent);
  } else if (scalar.style === "plain") {
    yield decodeFlow(text, start, end, "");
  } else {
    yield decodeFlow(text, start + 1, end - 1, text[start] ?? "");
  }
}

function decodeFlow(text: string, start: number, end: number, quote: string): Decoded {
  const decoded = new Decoded(start);
  let at = start;
  while (at < end) {
    const char = text[at] ?? "";
    if (char === "\n" || (char === "\r" && text[at + 1] === "\n")) at = foldLines(decoded, text, at, end);
    else if (quote === '"' && char === "\\") at = addEscape(decoded, text, at);
    else if (quote === "'" && char === "'") {
      decoded.add("'", at, at + 2);
      at += 2;
    } else {
      decoded.add(char, at, at + 1);
      at++;
    }
  }
  return decoded;
}

/** One line break becomes a space, more of them one line feed less than there are; blanks around them are dropped. */
function foldLines(decoded: Decoded, text: string, start: number, end: number): number {
  decoded.trimBlanks();
  const breaks: Range[] = [];
  let at = start;
  for (; at < end && /[\t\n\r ]/.test(text[at] ?? ""); at++) if (text[at] === "\n") breaks.push([at, at + 1]);
  if (breaks.length === 1) decoded.add(" ", start, at);
  for (const [from, to] of breaks.slice(1)) decoded.add("\n", from, to);
  return at;
}

function addEscape(decoded: Decoded, text: string, at: number): number {
  const escaped = text[at + 1] ?? "";
  const lineBreak = /^\\(?:\r\n|\n)[\t ]*/.exec(text.slice(at, at + 200))?.[0];
  if (lineBreak !== undefined) return at + lineBreak.length;
  const digits = HEX_ESCAPE_DIGITS[escaped];
  const end = at + 2 + (digits ?? 0);
  const code = digits === undefined ? undefined : Number.parseInt(text.slice(at + 2, end), 16);
  const valid = code !== undefined && code <= 0x10ffff;
  decoded.add(valid ? String.fromCodePoint(code) : (DOUBLE_QUOTED_ESCAPES[escaped] ?? ""), at, end);
  return end;
}

function decodeBlock(scalar: Scalar, text: string, indent: number): Decoded {
  const decoded = new Decoded(scalar.range[1]);
  const raw = text.slice(scalar.range[0], endOfBlankLines(text, scalar.range[1]));
  const header = /^[^\n]*(?:\n|$)/.exec(raw)?.[0] ?? "";
  const keep = /^[|>]\d?\+/.test(header);
  const strip = /^[|>]\d?-/.test(header);
  let breaks: Range[] = [];
  let previous: "none" | "normal" | "spaced" = "none";
  const lineBreaks = (list: readonly Range[]): void => {
    for (const [from, to] of list) decoded.add("\n", from, to);
  };
  for (const match of raw.slice(header.length).matchAll(/([^\n]*?)(\r?\n|$)/g)) {
    const [, line = "", lineBreak = ""] = match;
    if (line === "" && lineBreak === "") break;
    const start = scalar.range[0] + header.length + match.index;
    const lineEnd = start + line.length;
    const spaces = /^ */.exec(line)?.[0].length ?? 0;
    const content = line.slice(Math.min(indent, spaces));
    if (content !== "") {
      const current = /^[\t ]/.test(content) ? "spaced" : "normal";
      const folds = scalar.style === "folded" && previous === "normal" && current === "normal";
      const [first] = breaks;
      if (!folds) lineBreaks(breaks);
      else if (breaks.length > 1) lineBreaks(breaks.slice(1));
      else if (first) decoded.add(" ", ...first);
      breaks = [];
      previous = current;
      for (let at = lineEnd - content.length; at < lineEnd; at++) decoded.add(text[at] ?? "", at, at + 1);
    }
    if (lineBreak !== "") breaks.push([lineEnd, lineEnd + lineBreak.length]);
  }
  // A last line without a line break counts as if it had one.
  if (breaks.length === 0) breaks.push([scalar.range[1], scalar.range[1]]);
  if (keep) lineBreaks(breaks);
  else if (!strip && previous !== "none") lineBreaks(breaks.slice(0, 1));
  return decoded;
}

/** The parser ends a block scalar before its last line break; that and the blank lines after it can be content. */
function endOfBlankLines(text: string, start: number): number {
  const blankLines = /(?:[\t ]*(?:\r\n|\n))*/y;
  blankLines.lastIndex = start;
  return start + (blankLines.exec(text)?.[0].length ?? 0);
}
