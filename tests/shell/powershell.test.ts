import { describe, expect, it } from "vitest";
import { readApproximately } from "../../src/shell/powershell.ts";
import { shown } from "./reading.ts";

describe("readApproximately", () => {
  it.each<[script: string, commands: readonly (readonly string[])[]]>([
    ["bun install", [["bun", "install"]]],
    ["a\nb\r\nc", [["a"], ["b"], ["c"]]],
    ["a; b && c || d | e", [["a"], ["b"], ["c"], ["d"], ["e"]]],
    ["a 'b c' \"d e\"", [["a", "b c", "d e"]]],
    ["a `\n  b", [["a", "b"]]],
    ["a # b\nc", [["a"], ["c"]]],
    ["a <# b\n c #> d", [["a", "d"]]],
    ["if ($x) { a b }", [["if"], ["?…"], ["a", "b"]]],
    ["a $env:B", [["a", "?…"]]],
    ["a %B%", [["a", "?…"]]],
    ["a ${{ env.B }} c", [["a", "?…", "c"]]],
    ["$a = @'\nb; c\n'@\nd", [["?…", "=", "b; c"], ["d"]]],
    ["", []],
  ])("splits %j", (script, commands) => {
    expect(readApproximately(script).map(({ words }) => words.map(shown))).toEqual(commands);
  });

  it.each(["bun install", "a 'b' $c; d"])("is never certain about %s", (script) => {
    for (const command of readApproximately(script)) {
      expect(command).toMatchObject({ isApproximate: true, isFatal: false, directory: { known: false } });
      for (const { range, text } of command.words) expect(script.slice(...range)).toBe(text);
    }
  });
});
