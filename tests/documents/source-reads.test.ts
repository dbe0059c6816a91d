import { describe, expect, it } from "vitest";
import { readSourceReads } from "../../src/documents/source-reads.ts";

function variables(text: string, path = "src/file.ts"): readonly string[] {
  return [...readSourceReads({ path, text }).variables.keys()];
}

describe("variables", () => {
  it.each<[text: string, names: readonly string[]]>([
    ["process.env.A", ["A"]],
    ['process.env["A"]', ["A"]],
    ["process.env[`A`]", ["A"]],
    ["process.env?.A", ["A"]],
    ["process . env\n.A", ["A"]],
    ["Bun.env.A", ["A"]],
    ["import.meta.env.VITE_A", ["VITE_A"]],
    ["import.meta.env.PUBLIC_A", ["PUBLIC_A"]],
    ["import.meta.env.BASE_URL + import.meta.env.MODE", []],
    ["import.meta.env.API_KEY", []],
    ["const { MODE, VITE_A } = import.meta.env", ["VITE_A"]],
    ["const { A, B: b, C = 1, D: d = 2 } = process.env", ["A", "B", "C", "D"]],
    ["const { env } = process", []],
    ["process.env[name]", []],
    ["process.env.A = 'x'", []],
    ["process.env.A ??= 'x'", []],
    ["delete process.env.A", []],
    ["process.env.A == 'x' || process.env.B === 'y'", ["A", "B"]],
    ["process.env.A; process.env.A", ["A"]],
    ["// process.env.A\n/* process.env.B */", []],
    ["'process.env.A'", []],
    ["`${process.env.A}`", ["A"]],
    ["`process.env.A`", []],
    ["/process.env.A/", []],
    ["const x = { ...process.env }", []],
    ["my.process.environment.A", []],
    ["worker.process.env.A; globalThis.process.env.B", ["B"]],
    ["type A = typeof process.env.A; typeof process.env.B === 'string'", ["B"]],
    ["#!/usr/bin/env node\nprocess.env.A", ["A"]],
    ["unfinished(`${process.env.A", ["A"]],
  ])("%s", (text, names) => {
    expect(variables(text).toSorted()).toEqual(names);
  });

  it.each<[text: string, names: readonly string[]]>([
    ["export const url = process.env.A", ["A"]],
    ["if (!process.env.A) throw new Error()", ["A"]],
    ["export default { a: process.env.A, b: [process.env.B] }", ["A", "B"]],
    ['const a = process.env.A === "test" ? "x" : process.env.B', ["A"]],
    ["const a = { b: x ? y : process.env.A, c: process.env.C }", ["C"]],
    ["const a = process.env.A && process.env.B; const c = process.env.C", ["A", "C"]],
    ["const a = process.env.A ?? process.env.B\nconst c = process.env.C", ["A", "C"]],
    ["const a = x || call({ b: process.env.A }), c = process.env.C", ["C"]],
    ["if (x) call(process.env.A); call(process.env.B)", ["B"]],
    ["if (x) { y() } else z(process.env.A)\nconst b = process.env.B", ["B"]],
    ["if (x) { y() }\ncall(process.env.A)", ["A"]],
    ["x?.y({ a: process.env.A }), process.env.B", ["B"]],
    ["for (const a of list) call(process.env.A)", []],
    ["let a\na ??= process.env.A", []],
    ["p.catch(call)\ncall(process.env.A)", ["A"]],
    ["const a = (b?: string) => b\nconst c = process.env.C", ["C"]],
    ["call({ a: process.env.A })", ["A"]],
    ["`${process.env.A}`", ["A"]],
    ["const a = () => process.env.A\nconst b = process.env.B", ["B"]],
    ["const a = () => process.env.A; use(process.env.B)", ["B"]],
    ["function a() { return process.env.A }", []],
    ["call(() => { process.env.A })", []],
    ["class A { static a = process.env.A }", []],
    ["if (x) { process.env.A }", []],
    ["function a(b = process.env.A) {}", []],
    ["const a = ({ b = process.env.A }) => b", []],
    ["const a = { get b() { return process.env.A } }", []],
    ["function a(b = `${process.env.A}/x`, c = [1, process.env.C]) {}", []],
    ["const { a = call(process.env.A, { b: process.env.B }), c } = d, e = [process.env.E]", ["E"]],
    ["for (let a = process.env.A; a; next(process.env.B)) {}\ncall(process.env.C)", ["C"]],
    ["a: { if (x) break a; call(process.env.A) }", []],
    ["const a: { b: typeof x } = { b: process.env.B }", ["B"]],
  ])("%s reads when loaded", (text, names) => {
    expect([...readSourceReads({ path: "src/file.ts", text }).whenLoaded.keys()].toSorted()).toEqual(names);
  });

  it.each<[text: string, names: readonly string[]]>([
    ["export default () => ({ a: process.env.A })", ["A"]],
    ["function a() { return process.env.A }", ["A"]],
    ["if (process.env.A) { process.env.B }", ["A"]],
    ["if (x) { y() } else { process.env.A }", []],
    ["const a = () => { if (x) { return { b: process.env.A } } return process.env.B }", ["B"]],
    ["switch (x) { case 1: process.env.A }", []],
    ["const a = () => { if (x) return process.env.A\nreturn process.env.B }", ["B"]],
    ["const a = () => { if (x) return; else return process.env.A }", []],
    ["call(x, { a: process.env.A })", ["A"]],
  ])("%s reads outside of branches", (text, names) => {
    expect([...readSourceReads({ path: "src/file.ts", text }).outsideBranches.keys()].toSorted()).toEqual(names);
  });

  it.each<[text: string, names: readonly string[]]>([
    ["process.env.A = 'x'", ["A"]],
    ["process.env['A'] ??= 'x'", ["A"]],
    ["process.env.A ||= 'x'", ["A"]],
    ["delete process.env.A", ["A"]],
    ["process.env.A === 'x'", []],
  ])("%s sets", (text, names) => {
    expect([...readSourceReads({ path: "src/file.ts", text }).written]).toEqual(names);
  });

  it.each<[text: string, setsAny: boolean]>([
    ["process.env = { ...old, A: 'x' }", true],
    ["Object.assign(process.env, { A: 'x' })", true],
    ["process.loadEnvFile('ci.env')", true],
    ["for (const name of names) process.env[name] ??= 'x'", true],
    ["Reflect.set(process.env, name, 'x')", true],
    ["const { env } = process; env.A = 'x'", true],
    ["import { env } from 'node:process'; env[name] = 'x'", true],
    ["process.env['A'] = process.env[name]", false],
    ["c.env.A = 'x'; env.A === 'x'", false],
    ["process.env === env", false],
    ["Object.assign({}, process.env)", false],
  ])("%s sets any", (text, setsAny) => {
    expect(readSourceReads({ path: "a.ts", text }).setsAny).toBe(setsAny);
  });

  it.each<[path: string, text: string, names: readonly string[]]>([
    ["a.tsx", "<a href={process.env.A}>process.env.B</a>", ["A"]],
    ["a.mjs", "process.env.A", ["A"]],
    ["a.json", '{ "a": "process.env.A" }', []],
    ["schema.prisma", 'datasource db {\n  url = env("DATABASE_URL") // env("OTHER")\n}', ["DATABASE_URL"]],
    ["schema.prisma", 'url = env( "A" )\ndirectUrl = env("B")', ["A", "B"]],
  ])("%s with %s", (path, text, names) => {
    expect(variables(text, path)).toEqual(names);
  });

  it("stand where they are first read", () => {
    const text = "// é\nconst a = 1;\nprocess.env.A + process.env.A";
    expect(readSourceReads({ path: "a.ts", text }).variables.get("A")?.offset).toBe(text.indexOf("process"));
  });
});

describe("imports", () => {
  it.each<[text: string, imports: readonly string[]]>([
    ["import a from './a'; a()", ["./a"]],
    ["import './a.ts'", ["./a.ts"]],
    ["import { a } from '../a'; a()", ["../a"]],
    ["const a = () => import('../a')", ["../a"]],
    ["export * from './a'", ["./a"]],
    ["await import('./a')", ["./a"]],
    ["require('./a')", ["./a"]],
    ["import(`./a`)", ["./a"]],
    ["import a from 'a'", []],
    ["import(name)", []],
    ["// import './a'", []],
    ["'import \"./a\"'", []],
    ["import.meta.url", []],
  ])("%s", (text, imports) => {
    expect(readSourceReads({ path: "a.ts", text }).imports).toEqual(imports);
  });

  it.each<[text: string, imports: readonly string[]]>([
    ["import type { A } from './a'", []],
    ["import type A from './a'", []],
    ["import { type A, type B } from './a'", []],
    ["import { type A, b } from './a'; b()", ["./a"]],
    ["export type { A } from './a'", []],
    ["export { a } from './a'", ["./a"]],
    ["export * from './a'", ["./a"]],
    ["import './a'", ["./a"]],
    ["import { A } from './a'; const x = {} as A", []],
    ["import { A } from './a'; const x: A = y", []],
    ["import { a as b } from './a'; b.c", ["./a"]],
    ["import * as a from './a'; a.b()", ["./a"]],
    ["import a, { type B } from './a'; export default a", ["./a"]],
    ["import { a } from './a'; x.a()", []],
    ["import { a } from './a'; use(a)", ["./a"]],
    ["import { A } from './a'; use<A>(x)", []],
    ["import { A } from './a'; render(<A />)", ["./a"]],
    ["await import('./a')", ["./a"]],
    ["const a = require('./a')", ["./a"]],
    ["const A = lazy(() => import('./a'))", []],
    ["export const a = () => require('./a'); const b = 1", []],
    ["if (x) { await import('./a') }", []],
    ["if (x) await import('./a')", []],
    ["x && require('./a')", []],
    ["import './a'; vi.mock('./b', () => ({}))", []],
    ["import './a'; jest.mock('./b')", []],
    ["mock.module('./b', () => ({})); await import('./a')", []],
  ])("%s loads", (text, imports) => {
    expect(readSourceReads({ path: "a.tsx", text }).loadedImports).toEqual(imports);
  });

  it("loads all that a JavaScript file imports", () => {
    expect(readSourceReads({ path: "a.js", text: "import { a } from './a'" }).loadedImports).toEqual(["./a"]);
  });
});
