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

  const written = "| A | B |\n|---|---|\n| 1 | |\n";
  const repeated = (text: string, count: number): string => text.repeat(count);

  it.each<[what: string, text: string]>([
    ["quotes", repeated(">", 20_000)],
    ["quotes with spaces", repeated("> ", 20_000)],
    ["lists", Array.from({ length: 2000 }, (_, depth) => `${repeated("  ", depth)}- a`).join("\n")],
    ["numbered lists", Array.from({ length: 2000 }, (_, depth) => `${repeated("   ", depth)}1. a`).join("\n")],
    ["lists in a line", repeated("- ", 5000)],
    ["lists and quotes in a line", repeated("- > 1) ", 5000)],
  ])("takes no time for %s without end", (_, text) => {
    expect(tablesOf({ path: "README.md", text: `${text}a\n\n${written}` })).toEqual([]);
  });

  it.each<[what: string, text: string]>([
    ["emphasis", repeated("*a ", 3000) + repeated("b* ", 3000)],
    ["underscores", repeated("_", 50_000)],
    ["brackets", repeated("[a", 5000) + repeated("](b)", 5000)],
    ["nested lists", Array.from({ length: 15 }, (_, depth) => `${repeated("  ", depth)}- a`).join("\n")],
  ])("reads past %s", (_, text) => {
    expect(tablesOf({ path: "README.md", text: `${text}\n\n# One\n\n${written}` })).toMatchObject([{ heading: "One" }]);
  });
});
