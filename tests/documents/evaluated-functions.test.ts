import { describe, expect, it } from "vitest";
import { readEvaluatedFile } from "../../src/documents/evaluated-functions.ts";

const T3 = 'import { createEnv } from "@t3-oss/env-nextjs";\n';
const KEYS = 'import { keys } from "./keys";\n';
const SCHEMA = "createEnv({ server: { A: z.string() }, runtimeEnv: process.env })";
const read = (text: string) => readEvaluatedFile({ path: "env.ts", text });

describe("functions that require a variable", () => {
  it.each<[text: string, names: readonly string[]]>([
    [`${T3}export const keys = () => ${SCHEMA};`, ["keys"]],
    [`${T3}export const keys = () =>\n  ${SCHEMA}\nexport const other = () => 1`, ["keys"]],
    [`${T3}export const keys = (): Env => ${SCHEMA};`, ["keys"]],
    [`${T3}export const keys = (): ReturnType<typeof base> => ${SCHEMA};`, ["keys"]],
    [`${T3}export const keys = () => (${SCHEMA});`, ["keys"]],
    [`${T3}export const keys = () => ({ env: ${SCHEMA} });`, ["keys"]],
    [`${T3}export const keys = () => { return ${SCHEMA}; };`, ["keys"]],
    [`${T3}export const keys = function () { return ${SCHEMA}; };`, ["keys"]],
    [`${T3}export function keys() { return ${SCHEMA}; }`, ["keys"]],
    [`${T3}export function keys(): Env { const env = ${SCHEMA}; return env; }`, ["keys"]],
    [`${T3}export default () => ${SCHEMA}`, ["default"]],
    [`${T3}export default function () { return ${SCHEMA} }`, ["default"]],
    [`${T3}export default function keys() { return ${SCHEMA} }`, ["default"]],
    [`${T3}const keys = () => ${SCHEMA};\nexport default keys;`, ["default"]],
    [`${T3}const keys = () => ${SCHEMA};\nexport { keys, keys as env };`, ["keys", "env"]],
    [`${T3}const base = () => ${SCHEMA};\nexport const keys = () => base();`, ["keys"]],
    [`${T3}export const keys = () => wrap(base(), 1);\nfunction base() { return ${SCHEMA} }`, ["keys"]],
    [`${T3}export const keys = () => { if (process.env.CI) warn(); return ${SCHEMA}; };`, ["keys"]],
    // What may not be reached, or waits.
    [`${T3}export const keys = async () => ${SCHEMA};`, []],
    [`${T3}export async function keys() { return ${SCHEMA}; }`, []],
    [`${T3}export function* keys() { yield ${SCHEMA}; }`, []],
    [`${T3}export const keys = (options) => ${SCHEMA};`, []],
    [`${T3}export const keys = ({ process }) => ${SCHEMA};`, []],
    [`${T3}export const keys = cache(() => ${SCHEMA});`, []],
    [`${T3}export const keys = () => () => ${SCHEMA};`, []],
    [`${T3}export const keys = () => process.env.CI || ${SCHEMA};`, []],
    [`${T3}export const keys = () => (process.env.CI ? {} : ${SCHEMA});`, []],
    [`${T3}export const keys = () => { if (process.env.CI) return {}; return ${SCHEMA}; };`, []],
    [`${T3}export const keys = () => { if (process.env.CI) { return {}; } return ${SCHEMA}; };`, []],
    [`${T3}export const keys = () => {\n  if (process.env.CI) return {}\n  return ${SCHEMA}\n}`, []],
    [`${T3}export const keys = () => {\n  if (process.env.CI) { return {} }\n  return ${SCHEMA}\n}`, []],
    [`${T3}export const keys = () => { switch (mode) { case 1: return {}; } return ${SCHEMA}; };`, []],
    [`${T3}export const keys = () => { try { return ${SCHEMA}; } catch { return {}; } };`, []],
    [`${T3}export const keys = () => { return {}; ${SCHEMA}; };`, []],
    [`${T3}export const keys = () => { throw new Error(); ${SCHEMA}; };`, []],
    [`${T3}export const keys = () => { const { createEnv } = fake; return ${SCHEMA}; };`, []],
    [`${T3}export const keys = () => { const createEnv = () => ({}); return ${SCHEMA}; };`, []],
    [`${T3}export const keys = () => { const process = { env: fake }; return ${SCHEMA}; };`, []],
    [`${T3}export const keys = () => { label: { break label; ${SCHEMA}; } };`, []],
    [`${T3}export const keys = () => { for (const a of b) ${SCHEMA}; };`, []],
    [`${T3}export const keys = () => { later(() => ${SCHEMA}); };`, []],
    [`${T3}export const keys = () => { class Env { value = ${SCHEMA} } };`, []],
    [`${T3}export let keys = () => ${SCHEMA};`, []],
    [`${T3}const keys = () => ${SCHEMA};`, []],
    [`${T3}export { keys } from "./keys";\nconst keys = () => ${SCHEMA};`, []],
    [`export const keys = () => ${SCHEMA};`, []],
    [`${T3}export const keys = () => base();\nconst base = () => keys();`, []],
    [`${T3}export const keys = (`, []],
    [`${T3}export default`, []],
    [`${T3}export {`, []],
  ])("%s", (text, names) => {
    const found = [...read(text).functions].filter(([, { required }]) => required.length > 0);
    expect(found.map(([name]) => name)).toEqual(names);
  });
});

describe("the calls of a file that is loaded", () => {
  it.each<[text: string, isCalled: boolean]>([
    [`${T3}${KEYS}export const env = createEnv({ extends: [keys()], server: {}, runtimeEnv: {} });`, true],
    [`${T3}${KEYS}export const env = createEnv({ extends: [vercel(), keys(),], runtimeEnv: {} });`, true],
    [`${KEYS}keys();`, true],
    [`${KEYS}const f = () => { if (a) { return 1; } throw b; };\nkeys();`, true],
    [`import { keys } from "./keys"\nkeys()`, true],
    [`${KEYS}export default keys()`, true],
    [`${KEYS}export const env = { ...keys(), b: 1 };`, true],
    [`${KEYS}export const config = { basePath: keys().BASE_PATH };`, true],
    [`${KEYS}const env = () => keys();\nexport const e = env();`, true],
    [`${KEYS}export const env = () => keys();`, false],
    [`${KEYS}createEnv({ extends: process.env.CI ? [] : [keys()] });`, false],
    [`${KEYS}createEnv({ extends: [...(process.env.CI ? [keys()] : [])] });`, false],
    [`${KEYS}const env = process.env.CI && keys();`, false],
    [`${KEYS}const env = a?.b(keys());`, false],
    [`${KEYS}if (process.env.CI) keys();`, false],
    [`${KEYS}try { keys(); } catch {}`, false],
    [`${KEYS}export default { keys() { return 1; } };`, false],
    [`${KEYS}export default { keys(): number { return 1; } };`, false],
    [`${KEYS}class A { keys() {} }`, false],
    [`${KEYS}interface A { keys(): number; }`, false],
    [`${KEYS}type A = { keys(): number; };`, false],
    [`${KEYS}type A = ReturnType<typeof keys>;`, false],
    [`${KEYS}other.keys();`, false],
    [`${KEYS}new keys();`, false],
    [`${KEYS}keys?.();`, false],
    [`${KEYS}const f = (a = keys()) => a;`, false],
    [`${KEYS}const lazy = once(() => keys());`, false],
    [`${KEYS}export const f = () => { const { keys } = x; return keys(); };\nf();`, false],
    [`import { keys as auth } from "./keys";\nconst keys = () => 1;\nkeys();`, false],
  ])("%s", (text, isCalled) => {
    const calls = read(text).whenLoaded.calls.filter(({ name }) => name === "keys");
    expect(calls).toEqual(isCalled ? [{ specifier: "./keys", name: "keys" }] : []);
  });
});

it("tells what a file passes on of other modules", () => {
  const text = `import { b, c as d } from "x"; export { a } from "y"; export { b, d as e };`;
  expect([...read(text).passedOn]).toEqual([
    ["a", { specifier: "y", name: "a" }],
    ["b", { specifier: "x", name: "b" }],
    ["e", { specifier: "x", name: "c" }],
  ]);
});

it("reads functions that call each other many times but once", () => {
  const calls = Array.from({ length: 40 }, (_, index) => {
    const [next, other] = [String(index + 1), String(index + 2)];
    return `const f${String(index)} = () => [f${next}(), f${other}(), f${next}()];`;
  });
  const text = `${T3}${calls.join("\n")}\nconst f40 = () => ${SCHEMA};\nconst f41 = () => f40();\nf0();`;
  expect(read(text).whenLoaded.required).toHaveLength(1);
});
