import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { mutate } from "../scripts/mutations/index.js";
import { INCIDENT } from "./support/incident.ts";

describe("the repaired incident, broken again", () => {
  it("is reported, and repaired where it can be, whatever is broken", async () => {
    const kinds = new Set<string>();
    for await (const { mutation, isReported, isRepaired, isFixable } of mutate(INCIDENT)) {
      const { kind, path, line } = mutation;
      kinds.add(kind);
      expect({ kind, path, line, isReported, isRepaired }).toMatchObject({ isReported: true, isRepaired: isFixable });
    }
    expect([...kinds].sort()).toEqual([
      "Bun version changed in CI",
      "Bun version changed in package.json",
      "backend left behind",
      "credential blanked",
      "credential deleted",
      "dependency not locked",
      "deploy key written down",
      "flag of another command",
      "install thawed",
      "locked version excluded",
      "member not locked",
      "secret tested in a job's condition",
      "variable undeclared",
    ]);
  });
});

describe("code that git ignores", () => {
  it("is missed once nothing generates it", async () => {
    const found: string[] = [];
    const root = fileURLToPath(new URL("repositories/generated-code", import.meta.url));
    for await (const { mutation, isReported, isRepaired } of mutate(root)) {
      const { kind, rule } = mutation;
      if (rule === "codegen-before-typecheck") found.push([kind, isReported, isRepaired].join(", "));
    }
    // Only a configuration of turbo can be mended for certain.
    expect(found).toEqual([
      "generating step deleted, true, false",
      "dependency on a generating task deleted, true, true",
    ]);
  });
});
