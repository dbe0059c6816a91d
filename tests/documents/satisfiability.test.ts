import { describe, expect, it } from "vitest";
import { Condition } from "../../src/documents/expression.ts";
import { readYaml } from "../../src/documents/read-data.ts";
import { canHoldTogether } from "../../src/documents/satisfiability.ts";

function conditionOf(text: string): Condition {
  const { root } = readYaml({ path: "a.yml", text: JSON.stringify(text) });
  if (!root) throw new Error(`no condition in ${text}`);
  return new Condition(root);
}

describe("conditions", () => {
  it.each<[canHold: boolean, ...conditions: readonly string[]]>([
    [true, "a == 'x'"],
    [true, "github.ref == 'a'", "github.ref_name == 'b'"],
    [false, "github.ref == 'a'", "github.ref == 'b'"],
    [false, "github.ref == 'a'", "github.REF != 'A'"],
    [false, "github.ref == 'a' || github.ref == 'b'", "github.ref == 'c' || github.ref == 'd'"],
    [true, "github.ref == 'a' || github.ref == 'b'", "github.ref == 'b' || github.ref == 'c'"],
    [true, "github.ref != 'a'", "github.ref != 'b'"],
    [false, "inputs.dry", "!inputs.dry"],
    [false, "${{ inputs.dry }}", "inputs.dry == false"],
    [true, "inputs.dry == 'true'", "inputs.dry"],
    [false, "github.run_attempt == 1", "github.run_attempt == '2'"],
    [true, "github.event.pull_request == null", "github.event_name == 'push'"],
    [false, "github.event_name == 'push' && github.ref == 'a'", "github.event_name != 'push' || github.ref != 'a'"],
    [true, "needs.a.outputs.x == needs.b.outputs.x", "needs.a.outputs.x != 'a'"],
    [true, "needs.a.outputs.x != needs.b.outputs.x", "needs.a.outputs.x != ''", "needs.b.outputs.x != ''"],
    [false, "needs.a.outputs.x", "needs.a.outputs.x == ''"],
    // What is read in a function or measured can be anything.
    [true, "startsWith(github.ref, 'refs/tags/')", "github.ref == 'refs/heads/main'"],
    [true, "contains(github.ref, 'a')", "!contains(github.ref, 'a')"],
    [true, "github.run_number > 3", "github.run_number == 1"],
    [true, "contains(needs.*.result, 'failure')", "needs.a.result == 'success'"],
    [true, "github.ref == format('a{0}', 'b')", "github.ref == 'ab'"],
    [true, "failure()", "github.ref == 'a'"],
    [false, "always() && github.ref == 'a'", "github.ref == 'b'"],
    [true, "no expression ("],
    [false, "false"],
  ])("can hold together: %s %j %j", (canHold, ...conditions) => {
    expect(canHoldTogether(conditions.map(conditionOf), () => "any")).toBe(canHold);
  });

  it("are asked about the values that are possible", () => {
    const conditions = [conditionOf("needs.a.result == 'failure' || needs.b.result == 'failure'")];
    expect(canHoldTogether(conditions, ({ path }) => (path[0] === "a" ? ["success"] : "any"))).toBe(true);
    expect(canHoldTogether(conditions, () => ["success"])).toBe(false);
  });

  it("read nothing however they read it, where there certainly is nothing", () => {
    const conditions = [conditionOf("needs.a.outputs.count > 0")];
    expect(canHoldTogether(conditions, () => [null])).toBe(false);
    expect(canHoldTogether(conditions, () => [0])).toBe(true);
    expect(canHoldTogether([conditionOf("needs.a.outputs.count < 1")], () => [null])).toBe(true);
  });

  it("may read another value at each place", () => {
    const conditions = [conditionOf("github.run_attempt == 1"), conditionOf("github.run_attempt != 1")];
    expect(canHoldTogether(conditions, () => "any")).toBe(false);
    expect(canHoldTogether(conditions, () => "unknown")).toBe(true);
  });

  it("are taken to be able to hold where there is too much to go through", () => {
    const names = Array.from({ length: 40 }, (_, index) => `github.a${String(index)}`);
    const even = names.map((name) => `(${name} == 'a' && ${name}x == 'b')`).join(" || ");
    const none = names.map((name) => `(${name} != 'a' || ${name}x != 'b')`).join(" && ");
    expect(canHoldTogether([conditionOf(even), conditionOf(none)], () => "any")).toBe(true);
  });
});
