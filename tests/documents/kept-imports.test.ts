import { transformSync } from "esbuild";
import { describe, expect, it } from "vitest";
import { readKeptImports } from "../../src/documents/kept-imports.ts";

const kept = (text: string, path = "a.tsx"): readonly string[] =>
  readKeptImports({ path, text }).map(({ specifier }) => specifier);

/** What stays of a file when esbuild has taken its types out. */
const stays = (text: string): boolean =>
  transformSync(text, { loader: "tsx", jsx: "preserve", tsconfigRaw: {} }).code.includes(`"./x"`);

const IMPORT = `import { X } from "./x";\n`;

describe("an import that is kept", () => {
  it.each([
    `import "./x";`,
    `export * from "./x";`,
    `export { X } from "./x";`,
    `import X, { type Y } from "./x";\nX.a();`,
    `import * as X from "./x";\nf(X.a);`,
    `import { Y as X } from "./x";\nX();\nexport const a = X({});`,
    `${IMPORT}export const a = X({ a: 1 });`,
    `${IMPORT}const a = X.b;`,
    `${IMPORT}f(X.b.c, 1);\nf(1, X.b);`,
    `${IMPORT}f(X);`,
    `${IMPORT}const a = new X();`,
    `${IMPORT}const a = <X b="c" />;`,
    `${IMPORT}const a = async () => await X;`,
    `const A = lazy(() => import("./x"));`,
  ])("%s", (text) => {
    expect({ kept: kept(text), stays: stays(text) }).toEqual({ kept: ["./x"], stays: true });
  });
});

describe("an import that is dropped", () => {
  it.each([
    `import type { X } from "./x";\nf(X.a);`,
    `import { type X } from "./x";\nf(X.a);`,
    `export type { X } from "./x";`,
    `export { type X } from "./x";`,
    IMPORT,
    `${IMPORT}const a: X.B = {};`,
    `${IMPORT}const a = {} as X.B;`,
    `${IMPORT}f({} as Record<string, X>);`,
    `${IMPORT}f({} as Record<string, X.A, B>);`,
    `${IMPORT}g(f<A, X>((a) => a));`,
    `${IMPORT}const a = <List<X.A, X.B> b="c" />;`,
    `${IMPORT}type A = typeof X.a;`,
    `${IMPORT}const f = (a: A, b: X) => a;`,
    `${IMPORT}const f = ({ X }) => f(X.a);`,
    `${IMPORT}const f = ({ a: X }) => f(X.a);`,
    `${IMPORT}const f = (X: A) => f(X.a);`,
    `${IMPORT}const f = (X) => f(X.a);`,
    `${IMPORT}const f = X => f(X.a);`,
    `${IMPORT}function f(X) { return X.a; }`,
    `${IMPORT}for (const X of a) f(X.a);`,
    `${IMPORT}try {} catch (X) { f(X.a); }`,
    `${IMPORT}class A { constructor(private X: B) { f(X.a); } }`,
    `${IMPORT}interface A { a: B, X(): void }`,
    `${IMPORT}class A { X() {} }`,
  ])("%s", (text) => {
    expect({ kept: kept(text), stays: stays(text) }).toEqual({ kept: [], stays: false });
  });
});

it("keeps what is not used in JavaScript", () => {
  expect(kept(IMPORT, "a.js")).toEqual(["./x"]);
});

it.each([
  `const a = import("./x");`,
  `if (b) import("./x");`,
  `const { X } = require("./x");`,
  `import.meta.glob("./x");`,
])("leaves out what is loaded later: %s", (text) => {
  expect(kept(text)).toEqual([]);
});
