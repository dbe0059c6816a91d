import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { read } from "./reading.ts";
import { generatedScript } from "./generated-script.ts";

/** What the script has at the ranges of each command and its words. */
function written(script: string): readonly (readonly string[])[] {
  return read(script).map(({ range, words }) => [
    script.slice(...range),
    ...words.map((word) => script.slice(...word.range)),
  ]);
}

describe("positions", () => {
  it.each<[script: string, expected: readonly (readonly string[])[]]>([
    ["a b", [["a b", "a", "b"]]],
    ["  a  'b c'  # x", [["a  'b c'", "a", "'b c'"]]],
    ["A=1 a > x b", [["a > x b", "a", "b"]]],
    ["a \\\n  b", [["a \\\n  b", "a", "b"]]],
    [
      "x; a ${{ env.LIST }} b",
      [
        ["x", "x"],
        ["a ${{ env.LIST }} b", "a", "${{ env.LIST }}", "${{ env.LIST }}", "b"],
      ],
    ],
    ["a 'é' \"😀\" b", [["a 'é' \"😀\" b", "a", "'é'", '"😀"', "b"]]],
    [
      "a $(b c)",
      [
        ["b c", "b", "c"],
        ["a $(b c)", "a", "$(b c)"],
      ],
    ],
    [
      'a "$(b "$(c)")"',
      [
        ["c", "c"],
        ['b "$(c)"', "b", '"$(c)"'],
        ['a "$(b "$(c)")"', "a", '"$(b "$(c)")"'],
      ],
    ],
    [
      "a `b`",
      [
        ["b", "b"],
        ["a `b`", "a", "`b`"],
      ],
    ],
    [
      "a\r\nb",
      [
        ["a\r", "a\r"],
        ["b", "b"],
      ],
    ],
    ["f() { a b; }; f", [["a b", "a", "b"]]],
    [
      "a <<EOF\n$(b c)\nEOF",
      [
        ["b c", "b", "c"],
        ["a", "a"],
      ],
    ],
  ])("of %s", (script, expected) => {
    expect(written(script)).toEqual(expected);
  });

  it("are those of the text of each word", () => {
    fc.assert(
      fc.property(generatedScript, ({ text }) => {
        const words = read(text).flatMap((command) => command.words);
        expect(words.map((word) => text.slice(...word.range))).toEqual(words.map((word) => word.text));
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  it("skip a script in escaped backticks, whose positions are not those of the file", () => {
    expect(read("a `b \\`c\\``").map(({ words }) => words[0].text)).toEqual(["a"]);
  });
});
