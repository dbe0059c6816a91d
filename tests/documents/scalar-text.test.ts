import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Document, parseDocument, Scalar as YamlScalar } from "yaml";
import { valueAt, type Scalar } from "../../src/documents/data.ts";
import { readJson, readYaml } from "../../src/documents/read-data.ts";
import { scalarTextOf } from "../../src/documents/scalar-text.ts";

/** The scalar under `key`, if the text parses. */
function findScalar(text: string, language: "yaml" | "json", ...path: readonly string[]): Scalar | undefined {
  const { root } = language === "yaml" ? readYaml({ path: "file.yml", text }) : readJson({ path: "file.json", text });
  const node = valueAt(root, ...path, "key");
  return node?.kind === "scalar" ? node : undefined;
}

function scalarIn(text: string, language: "yaml" | "json"): Scalar {
  const scalar = findScalar(text, language);
  if (!scalar) throw new Error(`there is no scalar in ${JSON.stringify(text)}`);
  return scalar;
}

/** What the file has for each character of the value; undefined where there is no map. */
function written(text: string, language: "yaml" | "json" = "yaml"): readonly string[] | undefined {
  const scalar = scalarIn(text, language);
  const map = scalarTextOf(scalar, text);
  return map && Array.from(String(scalar.value), (_, at) => text.slice(...map.rangeOf(at, at + 1)));
}

/** Fails where a map gives a range that is outside the scalar, out of order, or not where its character is written. */
function expectExactMap(scalar: Scalar, text: string): void {
  const map = scalarTextOf(scalar, text);
  if (!map || typeof scalar.value !== "string") return;
  const { value, range, style } = scalar;
  const closingBlanks = /^\s*/.exec(text.slice(range[1]))?.[0].length ?? 0;
  const limit = style === "literal" || style === "folded" ? range[1] + closingBlanks : range[1];
  let previous: readonly [number, number] = [range[0], range[0]];
  for (let at = 0; at < value.length; at++) {
    const current = map.rangeOf(at, at + 1);
    const [start, end] = current;
    expect(start).toBeGreaterThanOrEqual(range[0]);
    expect(end).toBeLessThanOrEqual(limit);
    const isSameEscape = start === previous[0] && end === previous[1];
    if (!isSameEscape) expect(start).toBeGreaterThanOrEqual(previous[1]);
    const source = text.slice(start, end);
    if (!/[\s'"\\]/.test(value.charAt(at)) && !source.startsWith("\\")) expect(source).toBe(value.charAt(at));
    previous = current;
  }
  const [from, to] = map.rangeOf(value.length, value.length);
  expect(from).toBe(to);
  expect(from).toBeGreaterThanOrEqual(range[0]);
  expect(from).toBeLessThanOrEqual(limit);
}

const piece = fc.constantFrom(
  "a",
  "bc",
  "é",
  "😀",
  "\u2028",
  " ",
  "  ",
  "\t",
  "#",
  ": ",
  "'",
  '"',
  "\\",
  "-",
  "$X",
  "{{",
  "\n",
);
const lines = fc.array(piece, { maxLength: 24 }).map((pieces) => pieces.join(""));
const eol = fc.constantFrom("\n", "\r\n");

/** A YAML file with `value` in a style, as the yaml package writes it. */
const file = fc.record({
  value: lines,
  style: fc.constantFrom("BLOCK_LITERAL", "BLOCK_FOLDED", "QUOTE_DOUBLE", "QUOTE_SINGLE", "PLAIN"),
  indent: fc.integer({ min: 1, max: 6 }),
  lineWidth: fc.constantFrom(0, 20, 30),
  depth: fc.integer({ min: 0, max: 3 }),
  after: fc.constantFrom("", "# a comment\n", "other: 1\n", "\n\nother: 1\n"),
  eol,
});

function write(input: typeof file extends fc.Arbitrary<infer T> ? T : never) {
  const scalar = new YamlScalar(input.value);
  scalar.type = input.style;
  const path = Array.from({ length: input.depth }, (_, level) => `level${String(level)}`);
  const data = path.reduceRight<unknown>((inner, key) => ({ [key]: inner }), { before: "x", key: scalar });
  const text = new Document(data).toString({ indent: input.indent, lineWidth: input.lineWidth }) + input.after;
  return { text: text.replaceAll("\n", input.eol), path };
}

describe("any text in any style", () => {
  it("maps to where it is written in YAML, or not at all", () => {
    fc.assert(
      fc.property(file, (input) => {
        const { text, path } = write(input);
        // The package breaks blocks that begin with a blank line of spaces.
        fc.pre(parseDocument(text).errors.length === 0);
        const scalar = findScalar(text, "yaml", ...path);
        expect(scalar).toBeDefined();
        if (scalar) expectExactMap(scalar, text);
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it("always maps in the ordinary styles", () => {
    fc.assert(
      fc.property(file, (input) => {
        const { text, path } = write(input);
        const scalar = findScalar(text, "yaml", ...path);
        fc.pre(typeof scalar?.value === "string" && scalar.value.trim() !== "");
        const isOneLine = !text.slice(...scalar.range).includes("\n");
        if (scalar.style === "literal" || isOneLine) expect(scalarTextOf(scalar, text)).toBeDefined();
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it("maps to where it is written in JSON", () => {
    const notation = fc.constantFrom<(value: string) => string>(
      (value) => JSON.stringify(value),
      (value) => `"${Array.from(value, escapeUnits).join("")}"`,
      (value) =>
        JSON.stringify(value)
          .replaceAll("é", String.raw`\u00E9`)
          .replaceAll("/", String.raw`\/`),
    );
    fc.assert(
      fc.property(lines, notation, eol, (generated, notate, lineEnd) => {
        const value = generated.replaceAll("\u2028", "");
        const text = `{${lineEnd}  "before": 1, "key": ${notate(value)},${lineEnd}}`;
        const scalar = scalarIn(text, "json");
        expect(scalar.value).toBe(value);
        const map = scalarTextOf(scalar, text);
        expect(map).toBeDefined();
        expectExactMap(scalar, text);
        for (let at = 0; map && at < value.length; at++) {
          expect(JSON.parse(`"${text.slice(...map.rangeOf(at, at + 1))}"`)).toBe(value.charAt(at));
        }
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  it("maps each line of a literal block to its line and column in the file", () => {
    const content = fc.array(
      fc.constantFrom(
        "a",
        "echo x",
        "  indented",
        "",
        "\ttab",
        "# no comment",
        "${{ x }}",
        "a: b",
        "y\u2028z",
        "trailing  ",
      ),
      { minLength: 1, maxLength: 8 },
    );
    const header = fc.constantFrom("|", "|-", "|+", "| # comment", "|- # +");
    fc.assert(
      fc.property(
        content,
        header,
        fc.integer({ min: 1, max: 5 }),
        eol,
        fc.boolean(),
        (body, mark, depth, lineEnd, ends) => {
          fc.pre(/^[^\s]/.test(body.find((line) => line !== "") ?? ""));
          const indent = " ".repeat(depth);
          const rows = [`key: ${mark}`, ...body.map((line) => (line === "" ? "" : indent + line))];
          const text = rows.join(lineEnd) + (ends ? `${lineEnd}next: 1${lineEnd}` : "");
          const scalar = scalarIn(text, "yaml");
          const map = scalarTextOf(scalar, text);
          expect(map).toBeDefined();
          const value = String(scalar.value);
          let offset = 0;
          for (const [row, line] of value.split("\n").entries()) {
            const lineStart = rows.slice(0, row + 1).join(lineEnd).length + lineEnd.length;
            for (let at = 0; at < line.length; at++) {
              const start = lineStart + depth + at;
              expect(map?.rangeOf(offset + at, offset + at + 1)).toEqual([start, start + 1]);
            }
            offset += line.length + 1;
          }
        },
      ),
      { seed: 1, numRuns: 300 },
    );
  });
});

function escapeUnits(character: string): string {
  return Array.from({ length: character.length }, (_, at) => {
    const code = character.charCodeAt(at).toString(16).padStart(4, "0");
    return String.raw`\u${code}`;
  }).join("");
}

describe("what each character of the value is written as", () => {
  const cases: readonly [name: string, text: string, expected: readonly string[] | undefined][] = [
    ["plain", "key: ab\n", ["a", "b"]],
    ["plain over two lines: the fold is the blank", "key: a\n  b\n", ["a", "\n  ", "b"]],
    ["plain with an empty line: that line is the line feed", "key: a\n\n  b\n", ["a", "\n", "b"]],
    ["plain before a comment", "key: ab # c\n", ["a", "b"]],
    ["single quotes that are doubled", "key: 'a''b'\n", ["a", "''", "b"]],
    ["single quotes over two lines with CRLF", "key: 'a\r\n  b'\r\n", ["a", "\r\n  ", "b"]],
    [
      "double quotes with escapes",
      String.raw`key: "a\tb\x41\u00e9"`,
      ["a", String.raw`\t`, "b", String.raw`\x41`, String.raw`\u00e9`],
    ],
    [
      "an escape of eight digits stands for both halves of a pair",
      String.raw`key: "\U0001F600"`,
      [String.raw`\U0001F600`],
    ],
    ["double quotes with an escaped line break", 'key: "a\\\n  b"\n', ["a", "b"]],
    ["double quotes keep an escaped blank at the end of a line", 'key: "a\\ \n  b"\n', ["a", "\\ ", "\n  ", "b"]],
    ["double quotes drop blanks at the end of a line", 'key: "a  \n  b"\n', ["a", "\n  ", "b"]],
    ["a literal block", "key: |\n  a\n  b\n", ["a", "\n", "b", "\n"]],
    ["a literal block with CRLF", "key: |\r\n  a\r\n  b\r\n", ["a", "\r\n", "b", "\r\n"]],
    ["a literal block without its last line break", "key: |-\n  a\n", ["a"]],
    ["a literal block with its closing blank lines", "key: |+\n  a\n\n\n", ["a", "\n", "\n", "\n"]],
    ["a literal block with its indentation given", "key: |2\n    a\n", [" ", " ", "a", "\n"]],
    ["a literal block with both marks", "key: |1-\n  a\n", [" ", "a"]],
    ["a literal block after a tag and an anchor", "key: !!str &x |\n  a\n", ["a", "\n"]],
    ["a literal block at the end of the file", "key: |\n  a", ["a", ""]],
    ["a folded block: the line break is the blank", "key: >\n  a\n  b\n", ["a", "\n", "b", "\n"]],
    [
      "a folded block keeps breaks around lines that are indented more",
      "key: >\n  a\n   b\n  c\n",
      ["a", "\n", " ", "b", "\n", "c", "\n"],
    ],
    ["a folded block with an empty line", "key: >-\n  a\n\n  b\n", ["a", "\n", "b"]],
    ["an empty string", "key: ''\n", []],
    ["an empty block", "key: |\nother: 1\n", []],
  ];
  it.each(cases)("%s", (_, text, expected) => {
    expect(written(text)).toEqual(expected);
  });

  it.each([
    [
      "escapes",
      String.raw`{ "key": "a\n\"\\\/\u00e9" }`,
      ["a", String.raw`\n`, String.raw`\"`, "\\\\", String.raw`\/`, String.raw`\u00e9`],
    ],
    ["a pair written as two escapes", String.raw`{ "key": "\ud83d\ude00" }`, [String.raw`\ud83d`]],
    ["an empty string", '{ "key": "" }', []],
  ])("JSON with %s", (_, text, expected) => {
    expect(written(text, "json")).toEqual(expected);
  });

  it.each(["key: 1\n", "key: true\n", "key:\n", "key: ~\n"])("%j has no text", (text) => {
    expect(scalarTextOf(scalarIn(text, "yaml"), text)).toBeUndefined();
  });

  it("gives no map where the text is not that of the scalar", () => {
    const scalar = scalarIn("key: abc\n", "yaml");
    expect(scalarTextOf(scalar, "key: xyz\n")).toBeUndefined();
  });

  it.each([
    ["single quotes", "key: ''\n", "yaml"],
    ["double quotes", 'key: ""\n', "yaml"],
    ["JSON", '{ "key": "" }', "json"],
    ["an empty block", "key: |\n", "yaml"],
  ] as const)("an empty range in %s without content stays inside the scalar", (_, text, language) => {
    const scalar = scalarIn(text, language);
    const [start, end] = scalarTextOf(scalar, text)?.rangeOf(0, 0) ?? [];
    expect(start).toBe(end);
    expect(start).toBeGreaterThan(scalar.range[0]);
    expect(start).toBeLessThanOrEqual(scalar.range[1]);
  });

  it("spans a range from its first to its last character", () => {
    const text = "key: |\n  one\n  two\n";
    const map = scalarTextOf(scalarIn(text, "yaml"), text);
    expect(map && text.slice(...map.rangeOf(1, 6))).toBe("ne\n  tw");
    expect(map?.rangeOf(4, 4)).toEqual([15, 15]);
  });
});
