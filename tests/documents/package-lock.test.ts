import { describe, expect, it } from "vitest";
import { readPackageLock } from "../../src/documents/package-lock.ts";

const TEXT = `{
  "name": "root",
  "lockfileVersion": 3,
  "packages": {
    "": {
      "dependencies": { "node_modules/ms": "1" }
    },
    "node_modules/a": {
      "resolved": "packages/a",
      "link": true
    },
    "node_modules/ms": {
      "version": "2.1.3"
    },
    "packages/a": {}
  }
}
`;

const read = (text: string) => readPackageLock({ path: "package-lock.json", text });

describe("readPackageLock", () => {
  it.each([
    ["node_modules/ms", { version: "2.1.3", isLink: false }],
    ["node_modules/a", { version: undefined, isLink: true }],
    ["packages/a", { version: undefined, isLink: false }],
    ["node_modules/toString", undefined],
    ["toString", undefined],
  ])("knows what is at %s", (location, expected) => {
    expect(read(TEXT)?.at(location)).toEqual(expected);
  });

  it.each(["", "node_modules/ms", "packages/a"])("knows where '%s' stands", (location) => {
    const [start, end] = read(TEXT)?.rangeOf(location) ?? [0, 0];
    expect(TEXT.slice(start, end + 3)).toBe(`"${location}": {`);
  });

  it("takes the beginning for what is not there", () => {
    expect(read(TEXT)?.rangeOf("node_modules/gone")).toEqual([0, 1]);
  });

  it.each([
    ["of version 1", TEXT.replace("3,", "1,")],
    ["without the root", TEXT.replace('"": {', '"x": {')],
    ["with packages in a list", `{ "lockfileVersion": 3, "packages": [] }`],
    ["that is null", "null"],
    ["with the marks of a merge", TEXT.replace('  "packages"', '<<<<<<< HEAD\n  "packages"')],
    ["that is empty", ""],
  ])("does not read a lockfile %s", (_, text) => {
    expect(read(text)).toBeUndefined();
  });
});
