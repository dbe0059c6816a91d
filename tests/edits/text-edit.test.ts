import { describe, expect, it } from "vitest";
import { endOfLine, insert, lineBefore, lineEndingOf } from "../../src/edits/text-edit.ts";

describe("text edits", () => {
  it("inserts at an offset without replacing anything", () => {
    expect(insert(3, "x")).toEqual({ range: [3, 3], text: "x" });
  });

  it.each([
    ["a\nb\r\n", "\n"],
    ["a\r\nb\n", "\r\n"],
    ["a", "\n"],
    ["", "\n"],
  ])("takes the first line ending of %j for that of the file", (text, expected) => {
    expect(lineEndingOf(text)).toBe(expected);
  });

  it.each([
    ["ab\ncd", 0, 2],
    ["ab\ncd", 2, 2],
    ["ab\ncd", 3, 5],
    ["ab\r\ncd", 1, 2],
    ["ab\r\ncd", 2, 2],
    ["ab\r\ncd", 3, 3],
    ["ab", 2, 2],
    ["", 0, 0],
  ])("the line in %j that holds offset %i ends at %i", (text, offset, expected) => {
    expect(endOfLine(text, offset)).toBe(expected);
  });

  it.each([
    ["ab\ncd", 0, ""],
    ["ab\ncd", 1, "a"],
    ["ab\ncd", 2, "ab"],
    ["ab\ncd", 3, ""],
    ["ab\r\ncd", 5, "c"],
  ])("in %j there stands before offset %i on its line: %j", (text, offset, expected) => {
    expect(lineBefore(text, offset)).toBe(expected);
  });
});
