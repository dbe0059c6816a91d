import { describe, expect, it } from "vitest";
import { readBundledReads } from "../../src/documents/bundled-reads.ts";

const IMPORTS = 'import { make, Client, z } from "acme";\n';

/** The variables that are read where a module is imported of which no export is used. */
function names(text: string, path = "lib/db.ts"): readonly string[] {
  const { variables, isKept } = readBundledReads({ path, text });
  return isKept ? [...variables.keys()].toSorted() : [];
}

describe("a bundle reads", () => {
  it.each<[text: string, expected: readonly string[]]>([
    ["export const a = make(process.env.A)", ["A"]],
    ["export const a = new Client({ url: process.env.A!, max: 1 })", ["A"]],
    ["export const a = make<Record<string, List<string>>>(process.env.A!)", ["A"]],
    ["export const a = z.object({}).parse(process.env.A)", ["A"]],
    ["export const a = process.env.A\nexport const b = make(a)", ["A"]],
    ["make(`x${process.env.A}`)", ["A"]],
    ["make({ a: [`x${process.env.A}`] })", ["A"]],
    ["make(1)\nexport const a = process.env.A ?? 'x', { B } = process.env", ["A", "B"]],
    ["make(1)\nexport const a = globalThis.process.env.A", ["A"]],
    ["make(1)\nexport const a = typeof process.env.A !== 'undefined' && 1", ["A"]],
    // A template that nothing uses has no effect.
    ["make(1)\nexport const a = `x${process.env.A}`", []],
    ["make(1)\nexport const a = { b: `x${[process.env.A].join()}` }", []],
    // Without a call of what is imported the module may be left out.
    ["export const a = process.env.A", []],
    ["export const a = process.env.A, b = new Map(), c = Object.freeze({})", []],
    ["export const a = process.env.A, b = () => make(1)", []],
    ["export const a = process.env.A, b = x && make(1)", []],
    ["export const a = process.env.A, b = make", []],
    ["export const a = process.env.A; export function b(c = make(1)) {}", []],
    ["export const a = process.env.A; export const b = { make(c) { return c } }", []],
    ["export const a = process.env.A; export const b = { c: 1, make(c) { return c } }", []],
    ["export const a = process.env.A; export const b = { make<T>(c: T): T { return c } }", []],
    ["export const a = process.env.A, b = /* @__PURE__ */ make(1)", []],
    // Only some of it is read whenever the module is loaded.
    ["make(() => process.env.A)", []],
    ["make(x ? process.env.A : 1)", []],
    ["make(1); export function a(b = `${process.env.A}/x`) {}", []],
    // Other variables, and other objects of this name.
    ["make(Bun.env.A, import.meta.env.VITE_A)", []],
    ["make(1); type A = typeof process.env.A; const a = {} as { a: typeof process.env.A }", []],
    ["make(1); const process = load(); export const a = process.env.A", []],
    ["make(1); const { process } = load(); export const a = process.env.A", []],
    ['make(process.env.A);\nimport process from "./process"', []],
    ['make(process.env.A);\nimport process from "node:process"', ["A"]],
    ["make(1); export const a = worker.process.env.A", []],
  ])("%s", (text, expected) => {
    expect(names(IMPORTS + text)).toEqual(expected);
  });

  it.each(["next/font/local", "react", "@lingui/core/macro"])("nothing for a call of what %s exports", (module) => {
    expect(names(`import make from "${module}";\nexport const a = process.env.A, b = make({})`)).toEqual([]);
  });

  it("all that is not in a template where it is used anyway", () => {
    const text = "const { A } = process.env, b = process.env.B ?? 1, c = `${process.env.C}`, d = () => process.env.D;";
    expect([...readBundledReads({ path: "app/page.tsx", text }).variables.keys()]).toEqual(["A", "B"]);
  });

  it("what a schema of the environment checks", () => {
    const text =
      'import { createEnv } from "@t3-oss/env-nextjs";\nexport const env = createEnv({ server: { A: z.url() }, experimental__runtimeEnv: {} });';
    expect(names(text)).toEqual(["A"]);
  });

  it("nothing of a file that may hold JSX but is not named for it", () => {
    const text = `${IMPORTS}make(process.env.A); export const a = <b>it's</b>;`;
    expect([names(text, "lib/db.js"), names(text, "lib/db.jsx")]).toEqual([[], ["A"]]);
  });
});
