import fc from "fast-check";
import { getStaticJSONValue, parseJSON } from "jsonc-eslint-parser";
import { describe, expect, it } from "vitest";
import { valueAt, type DataDocument, type DataNode } from "../../src/documents/data.ts";
import { readJson } from "../../src/documents/read-data.ts";
import { addProperty, appendToArray } from "../../src/edits/json.ts";
import type { TextEdit } from "../../src/edits/text-edit.ts";
import { applyEdits, isSubsequence, linesOf, untouchedLines } from "./apply-edits.ts";
import { generated } from "./choices.ts";
import { JsoncWriter } from "./jsonc.ts";

const read = (text: string): DataDocument => readJson({ path: "turbo.json", text });
const dataOf = (text: string): unknown => getStaticJSONValue(parseJSON(text, { jsonSyntax: "JSONC" }));
const commentsOf = (text: string): readonly string[] =>
  parseJSON(text, { jsonSyntax: "JSONC" }).comments.map(({ value }) => value);

/** The text after a string is appended to the array, or a property is added to the object, at a path. */
function edited(text: string, ...path: readonly string[]): string {
  const document = read(text);
  const node = valueAt(document.root, ...path);
  return applyEdits(text, add(document, node) ?? []);
}

function add(document: DataDocument, node: DataNode | undefined): readonly TextEdit[] | undefined {
  if (node?.kind === "sequence") return appendToArray(document.source, node, "NEW");
  return node?.kind === "mapping" ? addProperty(document.source, node, "new", '["NEW"]') : undefined;
}

describe("appendToArray", () => {
  const cases: readonly [name: string, before: string, after: string][] = [
    ["an empty array", "[]", '["NEW"]'],
    ["an empty array of blanks", "[\n  ]", '["NEW"]'],
    ["an array with a comment only", "[ // none\n]", '["NEW" // none\n]'],
    ["an array with a comment on a line of its own", "[\r\n\t// none\r\n]", '[\r\n\t"NEW"\r\n\t// none\r\n]'],
    ["one line", '["A"]', '["A", "NEW"]'],
    ["one line with blanks inside", '[ "A" ]', '[ "A", "NEW" ]'],
    ["one line with a trailing comma", '["A",]', '["A", "NEW",]'],
    ["one item a line", '[\n  "A"\n]', '[\n  "A",\n  "NEW"\n]'],
    ["one item a line with a trailing comma", '[\n  "A",\n]', '[\n  "A",\n  "NEW",\n]'],
    ["tabs", '[\n\t"A"\n]', '[\n\t"A",\n\t"NEW"\n]'],
    ["CRLF", '[\r\n  "A"\r\n]', '[\r\n  "A",\r\n  "NEW"\r\n]'],
    ["CRLF with a comment", '[\r\n  "A" // a\r\n]', '[\r\n  "A", // a\r\n  "NEW"\r\n]'],
    ["a comment beside the last item", '[\n  "A" // a\n]', '[\n  "A", // a\n  "NEW"\n]'],
    ["a comment after the trailing comma", '[\n  "A", // a\n]', '[\n  "A", // a\n  "NEW",\n]'],
    ["a comment that holds a comma", '[\n  "A" // a, b\n]', '[\n  "A", // a, b\n  "NEW"\n]'],
    ["a block comment that holds a comma", '[\n  "A" /* a, b */\n]', '[\n  "A", /* a, b */\n  "NEW"\n]'],
    ["a comment below the last item", '[\n  "A"\n  // b\n]', '[\n  "A",\n  "NEW"\n  // b\n]'],
    ["a comment before the trailing comma", '[\n  "A" /* a */,\n]', '[\n  "A" /* a */,\n  "NEW",\n]'],
    [
      "a block comment that begins beside the last item",
      '[\n  "A" /* a\n  b */\n]',
      '[\n  "A", /* a\n  b */\n  "NEW"\n]',
    ],
    ["a comma on a line of its own", '[\n  "A"\n  ,\n]', '[\n  "A"\n  ,\n  "NEW",\n]'],
    ["the bracket beside the last item", '[\n  "A",\n  "B"]', '[\n  "A",\n  "B", "NEW"]'],
    ["the last items share a line", '[\n  "A",\n  "B", "C"\n]', '[\n  "A",\n  "B", "C",\n  "NEW"\n]'],
    [
      "a further array after a comment",
      '["A" /* a */], "y": ["B" /* b */, "C"]',
      '["A", "NEW" /* a */], "y": ["B" /* b */, "C"]',
    ],
    ["objects as items", '[{\n  "a": 1\n}]', '[{\n  "a": 1\n}, "NEW"]'],
  ];
  it.each(cases)("%s", (_, before, after) => {
    expect(edited(`{ "x": ${before} }`, "x")).toBe(`{ "x": ${after} }`);
  });

  it("writes any string as JSON", () => {
    const document = read("[]");
    const edits = document.root?.kind === "sequence" ? appendToArray(document.source, document.root, '"\\\n') : [];
    expect(dataOf(applyEdits("[]", edits))).toEqual(['"\\\n']);
  });
});

describe("addProperty", () => {
  it.each([
    ["an empty object", "{}", '{ "new": ["NEW"] }'],
    ["an empty object with a comment", "{ /* none */ }", '{ "new": ["NEW"] /* none */ }'],
    ["a comment on a line of its own", "{\n  // none\n}", '{\n  "new": ["NEW"]\n  // none\n}'],
    ["one line", '{ "a": 1 }', '{ "a": 1, "new": ["NEW"] }'],
    ["one property a line", '{\n  "a": 1\n}\n', '{\n  "a": 1,\n  "new": ["NEW"]\n}\n'],
    ["a nested object last", '{\n  "a": {\n    "b": 1\n  }\n}', '{\n  "a": {\n    "b": 1\n  },\n  "new": ["NEW"]\n}'],
    ["a trailing comma", '{\n  "a": 1,\n}', '{\n  "a": 1,\n  "new": ["NEW"],\n}'],
  ])("%s", (_, before, after) => {
    expect(edited(before)).toBe(after);
  });

  it("refuses a key that the object has", () => {
    expect(add(read('{ "new": null }'), read('{ "new": null }').root)).toBeUndefined();
  });
});

describe("any JSON with comments, in any layout", () => {
  const key = fc.constantFrom("env", "a", "tasks", "//", "web#build", 'q"', "é");
  const { value } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      fc.constantFrom<unknown>("A", "!B", "x // y", "/* z */", "], }", 1, -2.5, true, null),
      fc.array(tie("value"), { maxLength: 3 }),
      fc.dictionary(key, tie("value"), { maxKeys: 3 }),
    ),
  }));
  const container = fc.oneof(fc.array(value, { maxLength: 4 }), fc.dictionary(key, value, { maxKeys: 4 }));

  const file = fc
    .record({ before: value, target: container, after: value })
    .chain((data) => generated((choices) => ({ data, text: new JsoncWriter(choices).file(data) })));

  it("holds the old data and the addition, keeps every comment, and leaves other lines alone", () => {
    fc.assert(
      fc.property(file, ({ data, text }) => {
        expect(dataOf(text)).toEqual(data);
        const document = read(text);
        const node = valueAt(document.root, "target");
        const edits = add(document, node) ?? [];
        const output = applyEdits(text, edits);
        const { target } = data;
        const expected = Array.isArray(target) ? [...(target as unknown[]), "NEW"] : { ...target, new: ["NEW"] };
        expect(dataOf(output)).toEqual({ ...data, target: expected });
        expect(commentsOf(output)).toEqual(commentsOf(text));
        const untouched = untouchedLines(text, edits);
        expect(isSubsequence(untouched, linesOf(output))).toBe(true);
        if (Object.keys(target).length > 0) expect(untouched.length).toBeGreaterThanOrEqual(linesOf(text).length - 1);
        if (!/(?<!\r)\n/.test(text)) expect(output).not.toMatch(/(?<!\r)\n/);
      }),
      { seed: 1, numRuns: 200 },
    );
  });
});
