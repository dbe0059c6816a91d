import { describe, expect, it } from "vitest";
import { liesOutside, liesWithin } from "../../src/tools/version-range.ts";

describe("a version against >=1.28.0", () => {
  it.each([
    ["1.28.0", "within"],
    ["1.27.5", "outside"],
    ["^1.28.0", "within"],
    ["~1.27.0", "outside"],
    // It may be either.
    ["^1.17.0", "open"],
    [">=1.0.0", "open"],
    ["1.x", "open"],
    ["<1.28.0", "outside"],
    ["1.17.0 || 1.40.0", "open"],
    ["1.29.0 || 1.40.0", "within"],
    ["latest", "within"],
    ["*", "within"],
    ["", "within"],
    // Neither a version nor a range of the registry.
    ["next", "open"],
    ["workspace:*", "open"],
    ["github:get-convex/convex-js", "open"],
    [undefined, "open"],
  ])("%s lies %s", (version, expected) => {
    const verdict = liesWithin(version, ">=1.28.0") ? "within" : liesOutside(version, ">=1.28.0") ? "outside" : "open";
    expect(verdict).toBe(expected);
  });

  it("holds the newest to be above any upper bound", () => {
    expect(liesOutside("latest", "<1.28.0")).toBe(true);
    expect(liesWithin("latest", "<1.28.0")).toBe(false);
  });
});
