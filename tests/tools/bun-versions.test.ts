import { describe, expect, it } from "vitest";
import {
  cannotRead,
  differs,
  firstReader,
  ignoresTextLockfile,
  linkerOf,
  readBunVersion,
  readImageTag,
  readReleaseTag,
  type BunVersion,
} from "../../src/tools/bun.ts";
import { NEWEST_RELEASES } from "../../src/tools/bun.data.ts";

function version(text: string): BunVersion {
  const read = readBunVersion(text);
  if (!read) throw new Error(`${text} is no version`);
  return read;
}

const textOf = (read: BunVersion | undefined): string =>
  read === undefined ? "?" : read.kind === "exact" ? read.version : read.kind === "canary" ? "canary" : read.range;

describe("a version as setup-bun takes it", () => {
  it.each([
    ["1.3.1", "1.3.1"],
    [" v1.3.1 ", "1.3.1"],
    ["=1.3.1", "1.3.1"],
    ["1.3.1-canary.20260830.1", "1.3.1-canary.20260830.1"],
    ["", "*"],
    ["latest", "*"],
    ["canary", "canary"],
    ["1.3", ">=1.3.0 <1.4.0-0"],
    ["1.3.x", ">=1.3.0 <1.4.0-0"],
    ["1", ">=1.0.0 <2.0.0-0"],
    ["~1.2.5", ">=1.2.5 <1.3.0-0"],
    [">=1.2.0 <1.3.0", ">=1.2.0 <1.3.0"],
    // Refused: "not valid semver".
    ["bun-v1.3.1", "?"],
    ["lts", "?"],
    ["Latest", "?"],
    ["*", "?"],
    ["x", "?"],
    // "No Bun release found".
    ["1.20", "?"],
    ["9c4c2bd1eeb2d1a2b8a1d1c4b1d2c3e4f5a6b7c8", "?"],
  ])("%j is %s", (text, expected) => {
    expect(textOf(readBunVersion(text))).toBe(expected);
  });
});

describe("the tag of an image", () => {
  it.each([
    ["1.2.18", "1.2.18"],
    ["1.2.18-alpine", "1.2.18"],
    ["1.2.18-alpine3.22", "1.2.18"],
    ["1.2.18-slim", "1.2.18"],
    ["1.2.18-debian", "1.2.18"],
    ["1.2.18-distroless", "1.2.18"],
    ["", "?"],
    ["1", "?"],
    ["1.2", "?"],
    ["1-alpine", "?"],
    ["latest", "?"],
    ["alpine", "?"],
    ["canary", "?"],
    ["1.2.18-other", "?"],
  ])("%j is %s", (tag, expected) => {
    expect(textOf(readImageTag(tag))).toBe(expected);
  });
});

describe("the argument of the install script", () => {
  it.each([
    ["bun-v1.3.1", "1.3.1"],
    ["canary", "canary"],
    // There is no release with such a tag.
    ["1.3.1", "?"],
    ["v1.3.1", "?"],
    ["latest", "?"],
  ])("%s is %s", (tag, expected) => {
    expect(textOf(readReleaseTag(tag))).toBe(expected);
  });
});

describe("the Bun of a workflow and the declared one", () => {
  const newest = NEWEST_RELEASES.at(-1) ?? "";
  it.each([
    ["1.3.1", "1.3.1", false],
    ["1.3.1", "1.3.2", true],
    ["v1.3.1", "1.3.1", false],
    ["1.3.1", "^1.2.0", false],
    ["1.2.0", "^1.3.0", true],
    ["1.4.0-canary.1", ">=1.3.0", false],
    ["canary", "1.3.1", true],
    ["1.3.1", "canary", true],
    ["canary", "canary", false],
    // The newest never goes back.
    ["latest", "1.3.1", true],
    ["latest", newest, false],
    ["latest", "99.0.0", false],
    ["latest", ">=1.2.0", false],
    ["latest", "<1.4.0", true],
    ["latest", "latest", false],
    ["^1.2.0", "1.3.1", true],
    ["1.2.x", "1.2.18", true],
    ["1.2.x", "1.2.23", false],
    ["1.2.x", "1.3.0", true],
    ["1.2.x", "^1.2.0", false],
    ["1.2.x || 1.1.x", "1.1.45", true],
    ["1.2.x", "~1.3.0", true],
  ])("%s and %s differ: %s", (used, declared, expected) => {
    expect(differs(version(used), version(declared))).toBe(expected);
  });
});

describe("a bun.lock", () => {
  it.each([
    ["1.3.14", 1, false],
    ["1.3.14", 2, true],
    ["1.3.14", 3, true],
    ["1.4.0", 3, false],
    ["1.1.45", 1, true],
    ["1.1.45", 0, false],
    ["1.1.38", 0, true],
    ["1.3.x", 2, true],
    ["^1.3.0", 2, false],
    ["latest", 2, false],
    ["canary", 2, false],
    ["1.4.5", 4, false],
  ])("is unreadable for Bun %s with lockfileVersion %i: %s", (text, format, expected) => {
    expect(cannotRead(version(text), format)).toBe(expected);
  });

  it.each([
    ["1.1.38", true],
    ["1.1.39", false],
    ["1.1.x", false],
    ["latest", false],
    ["canary", false],
  ])("is not even known to Bun %s: %s", (text, expected) => {
    expect(ignoresTextLockfile(version(text))).toBe(expected);
  });

  it.each([
    [1, "1.2.0"],
    [2, "1.4.0"],
    [4, undefined],
  ])("with lockfileVersion %i is read since %s", (format, since) => {
    expect(firstReader(format)).toBe(since);
  });

  it.each([
    ["1.2.18", false, "hoisted"],
    ["1.2.18", true, "hoisted"],
    ["1.3.0", false, "isolated"],
    ["1.3.1", true, "isolated"],
    ["1.3.2", false, "hoisted"],
    ["1.3.2", true, "isolated"],
    ["latest", true, "isolated"],
    ["latest", false, "hoisted"],
    ["canary", true, undefined],
  ])("of a workspace gives Bun %s, with configVersion: %s, a layout that is %s", (text, hasConfigVersion, expected) => {
    expect(linkerOf(version(text), hasConfigVersion)).toBe(expected);
  });
});
