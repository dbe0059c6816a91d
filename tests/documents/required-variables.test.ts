import { describe, expect, it } from "vitest";
import { readLoadedFile } from "../../src/documents/required-variables.ts";

const T3 = 'import { createEnv } from "@t3-oss/env-nextjs";\n';
const PRISMA = 'import { defineConfig, env } from "prisma/config";\n';
const SCHEMA = "createEnv({ server: { A: z.string() }, runtimeEnv: process.env })";
const required = (text: string): readonly string[] =>
  readLoadedFile({ path: "env.ts", text }).required.map(({ name }) => name);

describe("a file requires", () => {
  it.each<[text: string, names: readonly string[]]>([
    [`${T3}export const env = ${SCHEMA};`, ["A"]],
    [`${T3}${SCHEMA}`, ["A"]],
    [`${T3}export default ${SCHEMA}`, ["A"]],
    [`${T3}const f = () => 1\nexport const env = ${SCHEMA}`, ["A"]],
    [`${T3}const [env] = [${SCHEMA}]`, ["A"]],
    [`${T3}export const env = wrap(${SCHEMA})`, ["A"]],
    [`${T3}const env = process.env.SKIP ? {} : ${SCHEMA}`, []],
    [`${T3}const env = process.env.CHECK && ${SCHEMA}`, []],
    [`${T3}const env = process.env.CHECK && wrap(${SCHEMA})`, []],
    [`${T3}if (process.env.CHECK) ${SCHEMA}`, []],
    [`${T3}if (process.env.CHECK) { ${SCHEMA} }`, []],
    [`${T3}try { ${SCHEMA} } catch {}`, []],
    [`${T3}export const load = () => ${SCHEMA}`, []],
    [`${T3}export function load() { const env = ${SCHEMA}; return env }`, []],
    [`${T3}class Env { value = ${SCHEMA} }`, []],
    [`import { createEnv } from "./env";\nexport const env = ${SCHEMA}`, []],
    [
      `${T3}createEnv({ server: { A: z.url(), B: z.url().optional(), NODE_ENV: z.enum(["a"]) }, shared: { C: z.url() }, runtimeEnv: process.env })`,
      ["A", "C"],
    ],
    [
      `${T3}createEnv({ server: { A: z.url() }, client: { B: z.url(), C: z.url() }, experimental__runtimeEnv: { B: process.env.B } })`,
      ["A", "B"],
    ],
    [
      `${T3}createEnv({ server: { A: z.url(), B: z.url(), C: z.url() }, runtimeEnv: { A: process.env.X, B: process.env.B ?? "b", C: c } })`,
      ["X"],
    ],
    [`${T3}createEnv({ server: { A: z.url() }, runtimeEnvStrict: { A: process.env.A } })`, ["A"]],
    [`${T3}createEnv({ client: { A: z.url() }, runtimeEnv: import.meta.env })`, []],
    [`${T3}createEnv({ ...options, server: { A: z.url() }, runtimeEnv: process.env })`, []],
    [`${T3}createEnv({ server: { A: url }, runtimeEnv: process.env })`, []],
    [`${T3}createEnv({ server: { A: z.url() }, runtimeEnv: process.env, onValidationError: warn })`, []],
    [`${T3}createEnv({ server: { A: z.url() }, runtimeEnv: process.env, isServer: false })`, []],
    [
      `${T3}createEnv({ server: { A: z.url() }, runtimeEnv: process.env, skipValidation: process.env.NODE_ENV === "test" })`,
      [],
    ],
    [`${PRISMA}export default defineConfig({ datasource: { url: env("DATABASE_URL") } })`, ["DATABASE_URL"]],
    [`${PRISMA}export default { datasource: { url: env('DATABASE_URL') } } satisfies Config`, ["DATABASE_URL"]],
    [`${PRISMA}export default defineConfig({ datasource: { url: process.env.URL ?? env("A") } })`, []],
    [`${PRISMA}export default defineConfig({ datasource: { url: local ? "a" : env("A") } })`, []],
    [`${PRISMA}export default defineConfig({ ...(process.env.A && { url: env("A") }) })`, []],
    [`${PRISMA}export default defineConfig({ url: config.env("A") })`, []],
    [`${T3}createEnv({ skipValidation, server: { A: z.url() }, runtimeEnv: process.env })`, []],
    [`${T3}createEnv({ "skipValidation": true, server: { A: z.url() }, runtimeEnv: process.env })`, []],
    [`${T3}createEnv({ onValidationError(a) {}, server: { A: z.url() }, runtimeEnv: process.env })`, []],
    [`${T3}createEnv({ server: { A: z.url() }, runtimeEnv: { A: process.env.A as string } })`, []],
    [`${T3}createEnv({ server: { A: z.url() }, runtimeEnv: { A: process.env.A! } })`, ["A"]],
    [
      `import { createEnv as base } from "@t3-oss/env-core";\nconst createEnv = base;\nexport const env = ${SCHEMA}`,
      [],
    ],
    ['import { defineConfig } from "prisma/config";\nconst env = (a) => a;\nexport default { url: env("A") }', []],
    ['import { env } from "./env";\nexport default { url: env("A") }', []],
    ["createEnv({", []],
  ])("%s", (text, names) => {
    expect(required(text)).toEqual(names);
  });

  it.each<[condition: string, skippedBy: object | undefined]>([
    ["!!process.env.SKIP", { name: "SKIP", value: "true" }],
    ['process.env.SKIP === "1"', { name: "SKIP", value: "1" }],
    ["!!process.env.CI || !!process.env.SKIP", { name: "SKIP", value: "true" }],
    ["!!process.env.CI", undefined],
    ["false", undefined],
  ])("nothing where %s", (condition, skippedBy) => {
    const text = `${T3}createEnv({ skipValidation: ${condition}, server: { A: z.url() }, runtimeEnv: process.env })`;
    expect(readLoadedFile({ path: "env.ts", text }).required).toMatchObject([{ name: "A", skippedBy }]);
  });
});

it("tells what a file loads in any case", () => {
  const text = `import "a";
    import type { B } from "b";
    export * from "c";
    const d = require("d");
    await import("e");
    if (f) await import("f");
    g && require("g");
    const h = () => import("h");
    await jiti.import("./i");
    type J = typeof import("j");
    await import("k").catch(() => {});`;
  expect(readLoadedFile({ path: "a.ts", text }).modules).toEqual(["a", "c", "d", "e", "./i"]);
});
