import { describe, expect, it } from "vitest";
import { tablesOf, type MarkdownTable } from "../../src/documents/markdown.ts";

describe("tablesOf", () => {
  const table = (heading: string, line: number): MarkdownTable => ({
    heading,
    line,
    header: ["A", "B"],
    rows: [["1", ""]],
  });

  it.each<[name: string, text: string, tables: readonly MarkdownTable[]]>([
    ["no table", "# One\n\ntext | text\n", []],
    ["without a heading", "| A | B |\n|---|---|\n| 1 | |\n", [table("", 1)]],
    ["the nearest heading", "# One\n## Two\ntext\n\n| A | B |\n|---|:-:|\n| 1 | |\n", [table("Two", 5)]],
    ["a heading with a line under it", "One\n===\nA | B\n--|--\n1 |\n", [table("One", 3)]],
    ["Windows line ends", "# One\r\n\r\n| A | B |\r\n|---|---|\r\n| 1 | |\r\n", [table("One", 3)]],
    [
      "several",
      "# One\n\n| A | B |\n|---|---|\n| 1 | |\n\n* item\n\n  text\n\n# Two\n\n| A | B |\n|---|---|\n| 1 | |\n",
      [table("One", 3), table("Two", 13)],
    ],
    ["in a code block", "```\n# One\n| A | B |\n|---|---|\n| 1 | |\n```\n", []],
    ["in a comment", "<!--\n| A | B |\n|---|---|\n| 1 | |\n-->\n", []],
    [
      "cells as written",
      "| `A` | **B** |\n|---|---|\n| [1](x) | a \\| b |\n",
      [{ heading: "", line: 1, header: ["`A`", "**B**"], rows: [["[1](x)", "a | b"]] }],
    ],
  ])("%s", (_, text, tables) => {
    expect(tablesOf({ path: "README.md", text })).toEqual(tables);
  });
});
