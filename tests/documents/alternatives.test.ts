import { describe, expect, it } from "vitest";
import { alternativesOf, type Alternative } from "../../src/documents/alternatives.ts";
import { Expression } from "../../src/documents/expression.ts";

const read = (text: string): readonly Alternative[] => alternativesOf(new Expression(text, 0, text.length));
/** Each as written and as it is asked, with those inside of it. */
const shown = (alternatives: readonly Alternative[]): readonly string[] =>
  alternatives.flatMap(({ text, asked, inner }) => [`${text} => ${asked.expression?.text ?? ""}`, ...shown(inner)]);

describe("alternatives", () => {
  it.each<[text: string, ...alternatives: readonly string[]]>([
    ["a"],
    ["a && b"],
    ["a || b", "a => (a)", "b => (b)"],
    ["( a||b )", "a => (a)", "b => (b)"],
    ["((a) || (b))", "(a) => ((a))", "(b) => ((b))"],
    ["a || b && c", "a => (a)", "b && c => (b && c)"],
    ["(a || b) && (c)", "a => ((c)) && (a)", "b => ((c)) && (b)"],
    [
      "(a || b) && (c || d)",
      "a => ((c || d)) && (a)",
      "b => ((c || d)) && (b)",
      "c => ((a || b)) && (c)",
      "d => ((a || b)) && (d)",
    ],
    ["a || b && (c || d)", "a => (a)", "b && (c || d) => (b && (c || d))", "c => (b) && (c)", "d => (b) && (d)"],
    ["a ||\n  b", "a => (a)", "b => (b)"],
    ["a == 'x || y' || b == ')'", "a == 'x || y' => (a == 'x || y')", "b == ')' => (b == ')')"],
    ["a == 'it''s || (' || b", "a == 'it''s || (' => (a == 'it''s || (')", "b => (b)"],
    // Other ways to read the value of an `||`.
    ["!(a || b)"],
    ["(a || b) == c"],
    ["contains(a || b, 'c')"],
    ["a[b || c]"],
    ["(a) && !(b || c)"],
  ])("of %s", (text, ...alternatives) => {
    expect(shown(read(text))).toStrictEqual(alternatives);
  });

  it("stand where they are written, beside others", () => {
    const text = "a && ( b || cd )";
    const found = read(text);
    expect(found.map(({ start, text: side }) => text.slice(start, start + side.length))).toStrictEqual(["b", "cd"]);
    expect(found.map(({ others }) => others.map((other) => other.text))).toStrictEqual([["(cd)"], ["(b)"]]);
  });
});
