import { describe, expect, it } from "vitest";
import { isShared, valueAt, type DataDocument, type DataNode } from "../../src/documents/data.ts";
import { readJson, readYaml } from "../../src/documents/read-data.ts";

/** A value without positions; entries that were merged in are marked with `<<`. */
function plain(node: DataNode | undefined): unknown {
  if (node === undefined) return undefined;
  if (node.kind === "scalar") return node.value;
  if (node.kind === "sequence") return node.items.map(plain);
  return Object.fromEntries(
    node.entries.map(({ key, value, merged }) => [merged ? `<<${key}` : key, plain(value)] as const),
  );
}

const yaml = (text: string): DataDocument => readYaml({ path: "file.yml", text });
const json = (text: string): DataDocument => readJson({ path: "file.json", text });

/** Each level repeats the one before nine times. */
const BOMB = Array.from({ length: 10 }, (_, level) =>
  level === 0
    ? "l0: &l0 x"
    : `l${String(level)}: &l${String(level)} [${Array(9)
        .fill(`*l${String(level - 1)}`)
        .join(", ")}]`,
).join("\n");

describe("readYaml", () => {
  it.each<[name: string, text: string, value: unknown]>([
    ["scalars", "a: 1\nb: x\nc: true\nd: null\ne: ~\nf: 1.5", { a: 1, b: "x", c: true, d: null, e: null, f: 1.5 }],
    ["`on` and other words of YAML 1.1 as text", "on: push\noff: y\nyes: no", { on: "push", off: "y", yes: "no" }],
    ["a value that is left out", "env:\nsteps:\n  - \n  - a", { env: null, steps: [null, "a"] }],
    ["keys that are no text", "1: a\ntrue: b\n1.10: c", { 1: "a", true: "b", 1.1: "c" }],
    ["a mapping as a key, which is left out", "? { a: 1 }\n: b\nc: d", { c: "d" }],
    ["flow style", "{ a: [1, { b: 2 }], c: [d: 3] }", { a: [1, { b: 2 }], c: [{ d: 3 }] }],
    [
      "quotes and blocks",
      "a: 'x: y'\nb: \"\\t\"\nc: |\n  1\n  2\nd: >-\n  1\n  2",
      { a: "x: y", b: "\t", c: "1\n2\n", d: "1 2" },
    ],
    ["duplicate keys, which GitHub rejects", "a: 1\nb: 2\na: 3", undefined],
    ["CRLF", "a: 1\r\nb: |\r\n  x\r\n  y\r\n", { a: 1, b: "x\ny\n" }],
    ["an anchor and its alias", "a: &x [1]\nb: *x", { a: [1], b: [1] }],
    ["an anchor that is given again", "a: &x 1\nb: &x 2\nc: *x", { a: 1, b: 2, c: 2 }],
    ["an alias without anchor", "a: *x", undefined],
    ["aliases that stand for billions of values", BOMB, undefined],
    ["an anchor inside itself", "a: &x\n  b: *x", undefined],
    ["a merge", "a: &x { b: 1, c: 2 }\nd:\n  <<: *x\n  c: 3", { a: { b: 1, c: 2 }, d: { "<<b": 1, c: 3 } }],
    [
      "a merge of several, of which the first wins",
      "a: &x { b: 1 }\nc: &y { b: 2 }\nd:\n  <<: [*x, *y]",
      { a: { b: 1 }, c: { b: 2 }, d: { "<<b": 1 } },
    ],
    ["a merge of no mapping", "a:\n  <<: text\n  b: 1", { a: { b: 1 } }],
    ["`<<` in quotes as a key", 'a:\n  "<<": { b: 1 }', { a: { "<<": { b: 1 } } }],
    ["a document after directives and markers", "%YAML 1.2\n---\na: 1\n...\n", { a: 1 }],
    ["an empty second document", "a: 1\n---\n", { a: 1 }],
    ["tags", "a: !!str 1\nb: !custom x", { a: "1", b: "x" }],
    ["several documents", "a: 1\n---\nb: 2", undefined],
    ["an empty file", "", undefined],
    ["comments alone", "# nothing\n", undefined],
    ["text that does not parse", "a: [1\nb: 2", undefined],
    ["tabs for indentation", "a:\n\tb: 1", undefined],
    ["only text", "just text", "just text"],
  ])("reads %s", (_, text, value) => {
    expect(plain(yaml(text).root)).toEqual(value);
  });

  it.each<[name: string, text: string, path: readonly string[], written: string]>([
    ["a plain value", "a: x # y", ["a"], "x"],
    ["a quoted value", "a: 'x' # y", ["a"], "'x'"],
    ["a value under a tag", "a: !!str 1", ["a"], "1"],
    ["a value under an anchor", "a: &x [1]", ["a"], "[1]"],
    ["what an alias stands for", "a: &x [1]\nb: *x", ["b"], "[1]"],
    ["a mapping", "a:\n  b: 1\n  c: 2\nd: 3", ["a"], "b: 1\n  c: 2"],
    ["a value that is left out", "a:\nb: 1", ["a"], ""],
  ])("knows where %s is", (_, text, path, written) => {
    const node = valueAt(yaml(text).root, ...path);
    expect(node && text.slice(...node.range)).toBe(written);
  });

  it("gives a value that is left out the place after its colon", () => {
    expect(valueAt(yaml("a: 1\nenv:\nb: 2").root, "env")?.range).toEqual([9, 9]);
  });

  it.each<[name: string, text: string, path: readonly string[], shared: boolean]>([
    ["of an alias", "a: &x { b: 1 }\nc: *x", ["a", "b"], true],
    ["seen through it", "a: &x { b: 1 }\nc: *x", ["c", "b"], true],
    ["merged", "a: &x { b: 1 }\nc:\n  <<: *x", ["c", "b"], true],
    ["of an anchor that nothing repeats", "a: &x { b: 1 }", ["a", "b"], false],
    ["beside", "a: &x { b: 1 }\nc: *x\nd: 2", ["d"], false],
  ])("knows that a value %s is shared, or not", (_, text, path, shared) => {
    const document = yaml(text);
    const node = valueAt(document.root, ...path);
    expect(node && isShared(document, node.range)).toBe(shared);
  });
});

describe("readJson", () => {
  it.each<[name: string, text: string, value: unknown]>([
    ["values", '{ "a": [1, true, null, "x"], "b": {} }', { a: [1, true, null, "x"], b: {} }],
    ["negative numbers and exponents", '{ "a": -1, "b": 1e3 }', { a: -1, b: 1000 }],
    ["comments", '// a\n{ "a": 1 /* b */ }', { a: 1 }],
    ["trailing commas", '{ "a": [1,], }', { a: [1] }],
    ["the last of duplicate keys", '{ "a": 1, "b": 2, "a": 3 }', { a: 3, b: 2 }],
    ["escapes", String.raw`{ "a\u0062": "\n\"" }`, { ab: '\n"' }],
    ["CRLF", '{\r\n  "a": 1\r\n}\r\n', { a: 1 }],
    ["an array", "[1]", [1]],
    ["an empty file", "", undefined],
    ["text that does not parse", '{ "a": }', undefined],
    ["single quotes", "{ 'a': 1 }", undefined],
    ["keys without quotes", "{ a: 1 }", undefined],
  ])("reads %s", (_, text, value) => {
    expect(plain(json(text).root)).toEqual(value);
  });

  it("keeps the key `__proto__` as any other", () => {
    expect(valueAt(json('{ "__proto__": { "a": 1 } }').root, "__proto__", "a")).toMatchObject({ value: 1 });
  });
});
