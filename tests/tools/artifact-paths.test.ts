import { describe, expect, it } from "vitest";
import { artifactPaths } from "../../src/tools/artifact-paths.ts";

/** What is asked for and hidden; the verdicts themselves are those of tests/oracle/artifact-paths.test.ts. */
const hiddenIn = (value: string): readonly string[] =>
  artifactPaths(value)
    .filter(({ isHidden }) => isHidden)
    .map(({ text }) => text);

describe("artifactPaths", () => {
  it.each<readonly [value: string, hidden: readonly string[]]>([
    ["~/.npm", ["~/.npm"]],
    ["~/.npm/_logs", []],
    ["/tmp/.cache", ["/tmp/.cache"]],
    ["/tmp/.cache/x", []],
    ["/\n/tmp/.cache/x", ["/tmp/.cache/x"]],
    ["C:/tmp/.cache", ["C:/tmp/.cache"]],
    // Not what it may be meant for, hence not told of.
    ["$HOME/.npm", []],
    [".next .turbo", []],
    [".[n]ext", []],
    [".next\\static", []],
    // The step fails for another reason.
    ["../.next", []],
    [".next\n./../dist", []],
    ["!../dist\n.next", []],
  ])("%j", (value, hidden) => {
    expect(hiddenIn(value)).toEqual(hidden);
  });

  it("says where a path starts", () => {
    expect(artifactPaths("# all\n  dist \r\n\n\t.next/\n!!.a")).toEqual([
      { text: "dist", start: 8, isHidden: false },
      { text: ".next/", start: 17, isHidden: true },
      { text: ".a", start: 26, isHidden: true },
    ]);
  });
});
