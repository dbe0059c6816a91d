import type { TSESLint } from "@typescript-eslint/utils";
import { describe, expect, it } from "vitest";
import { fixWith, suggestWith } from "../../src/edits/fix.ts";
import { insert } from "../../src/edits/text-edit.ts";

const fixer: Partial<TSESLint.RuleFixer> = {
  replaceTextRange: (range, text) => ({ range: [range[0], range[1]], text }),
};
const apply = (fix: TSESLint.ReportFixFunction | null | undefined): unknown => fix?.(fixer as TSESLint.RuleFixer);

describe("fixWith", () => {
  it("hands all edits to the fixer", () => {
    expect(apply(fixWith([insert(1, "a"), { range: [2, 4], text: "b" }]))).toEqual([
      { range: [1, 1], text: "a" },
      { range: [2, 4], text: "b" },
    ]);
  });

  it.each([[undefined], [[]]])("promises nothing for %j", (edits) => {
    expect(fixWith(edits)).toBeNull();
  });
});

describe("suggestWith", () => {
  it("leaves out what cannot be done", () => {
    const suggestions = suggestWith([
      { messageId: "first", edits: undefined },
      { messageId: "second", edits: [] },
      { messageId: "third", data: { name: "X" }, edits: [insert(0, "x")] },
      { messageId: "fourth", edits: [insert(0, "y")] },
    ]);
    expect(suggestions.map(({ messageId, data }) => ({ messageId, data }))).toEqual([
      { messageId: "third", data: { name: "X" } },
      { messageId: "fourth", data: undefined },
    ]);
    expect(suggestions.map(({ fix }) => apply(fix))).toEqual([
      [{ range: [0, 0], text: "x" }],
      [{ range: [0, 0], text: "y" }],
    ]);
  });
});
