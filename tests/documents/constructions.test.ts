import { describe, expect, it } from "vitest";
import { readConstructions } from "../../src/documents/constructions.ts";

const IMPORT = 'import { Client } from "acme";\n';
const MADE = "new Client(process.env.A!)";
const variables = (text: string, path = "client.ts"): readonly string[] =>
  readConstructions({ path, text }).map(({ variable }) => variable);

describe("a file makes an object of", () => {
  it.each<[text: string, names: readonly string[]]>([
    [`${IMPORT}const a = ${MADE};`, ["A"]],
    [`${IMPORT}export const a = new Client(process.env["A"] as string)`, ["A"]],
    [`${IMPORT}const url = process.env.A;\nif (!url) throw new Error();\nconst a = new Client(url!);`, ["A"]],
    [`${IMPORT}const url: string = process.env.A!\nconst a = new Client(url)`, ["A"]],
    [`import { Client as Other } from "acme";\nconst a = new Other(process.env.A);`, ["A"]],
    [`${IMPORT}const a = new Client(process.env.A ?? "");`, []],
    [`${IMPORT}const url = process.env.A\n  || "b";\nconst a = new Client(url);`, []],
    [`${IMPORT}let url = process.env.A;\nurl ??= "b";\nconst a = new Client(url);`, []],
    [`${IMPORT}const a = process.env.A ? ${MADE} : null;`, []],
    [`${IMPORT}const a = cached ?? ${MADE};`, []],
    [`${IMPORT}const make = () => ${MADE};`, []],
    [`${IMPORT}function make(a = ${MADE}) {}`, []],
    [`${IMPORT}function make() { return ${MADE}; }`, []],
    [`${IMPORT}if (a) { ${MADE}; }`, []],
    [`${IMPORT}try { ${MADE}; } catch {}`, []],
    [`${IMPORT}class A { a = ${MADE}; }`, []],
    [`class Client {}\nconst a = ${MADE};`, []],
    [`import type { Client } from "acme";\nconst a = "${MADE}";`, []],
  ])("%s", (text, names) => {
    expect(variables(text)).toEqual(names);
  });

  it("tells the options, unless they are not written there", () => {
    const options = (text: string) => readConstructions({ path: "a.ts", text: IMPORT + text })[0]?.options;
    expect([
      options(`const a = ${MADE};`),
      options('const a = new Client(process.env.A, { "b": 1 });')?.includes("b"),
      options("const a = new Client(process.env.A, { ...b });"),
      options("const a = new Client(process.env.A, b);"),
    ]).toEqual([[], true, undefined, undefined]);
  });

  it("reads no JSX where the name of the file does not say that it is there", () => {
    expect(variables(`${IMPORT}const a = ${MADE};\nconst b = <p></p>;`, "a.js")).toEqual([]);
  });
});
