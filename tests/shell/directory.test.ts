import { describe, expect, it } from "vitest";
import { normalizeDirectory } from "../../src/shell/directory.ts";

describe("a directory", () => {
  const cases: readonly [path: string, normal: string][] = [
    ["", ""],
    [".", ""],
    ["./", ""],
    ["apps/web", "apps/web"],
    ["./apps//web/", "apps/web"],
    [String.raw`apps\web`, "apps/web"],
    ["apps/../packages", "packages"],
    ["../apps/", "../apps"],
    ["/", "/"],
    ["/tmp/", "/tmp"],
  ];

  it.each(cases)("%j is %j", (path, normal) => {
    expect(normalizeDirectory(path)).toBe(normal);
  });
});
