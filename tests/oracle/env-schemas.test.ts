import { spawnSync } from "node:child_process";
import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { readEvaluatedFile } from "../../src/documents/evaluated-functions.ts";
import { readLoadedFile } from "../../src/documents/required-variables.ts";
import { writeRepository, type RepositoryFiles } from "../support/temporary.ts";

const MODULES = fileURLToPath(new URL("node_modules", import.meta.url));

/** A schema whose variable `NAME` has this validator. */
const schemaOf = (validator: string, zod = "zod"): string =>
  `import { createEnv } from "@t3-oss/env-core";\nimport { z } from "${zod}";\n` +
  `export const env = createEnv({ server: { NAME: ${validator} }, runtimeEnv: process.env });\n`;

/** Whether the file fails where none of its variables is set. */
function fails(text: string, others: RepositoryFiles = {}): boolean {
  const root = writeRepository({ "env.mjs": text, ...others });
  symlinkSync(MODULES, join(root, "node_modules"), "junction");
  return spawnSync(process.execPath, ["env.mjs"], { cwd: root, env: { PATH: process.env["PATH"] } }).status !== 0;
}

const REQUIRED = [
  "z.string()",
  "z.string().min(1)",
  'z.string({ message: "none" }).url().startsWith("https://")',
  'z.enum(["a", "b"])',
  'z.literal("a")',
  "z.coerce.number().int().positive()",
  "z.string().trim().toLowerCase().regex(/a/)",
  "z.string().transform((value) => value ?? 1)",
  "z.string().refine(() => true)",
  "z.string().email().describe('a')",
  "z.string().pipe(z.coerce.number())",
];
const REQUIRED_BY_4 = ["z.url()", "z.email().max(3)", "z.uuid()", "z.stringbool()", "z.ipv4()", "z.int()"];
const OPTIONAL = [
  "z.string().optional()",
  'z.string().min(1).default("a")',
  "z.coerce.boolean()",
  "z.string().nullish()",
  'z.string().catch("a")',
  "z.string().or(z.undefined())",
  'z.preprocess(() => "a", z.string())',
  "z.any()",
];

describe("a schema of @t3-oss/env with zod", () => {
  const cases = [
    ...[...REQUIRED, ...OPTIONAL].flatMap((validator) => [
      { validator, zod: "zod" },
      { validator, zod: "zod/v3" },
    ]),
    ...REQUIRED_BY_4.map((validator) => ({ validator, zod: "zod" })),
  ];
  it.each(cases)("$validator of $zod", ({ validator, zod }) => {
    const text = schemaOf(validator, zod);
    const isRequired = readLoadedFile({ path: "env.mjs", text }).required.length > 0;
    expect({ isRequired, isNamed: !OPTIONAL.includes(validator) }).toEqual({
      isRequired: fails(text),
      isNamed: isRequired,
    });
  });
});

describe("a schema in a function of another module", () => {
  const keys = "createEnv({ server: { NAME: z.string() }, runtimeEnv: process.env })";
  const withImport = (text: string): string =>
    `import { createEnv } from "@t3-oss/env-core";\nimport { z } from "zod";\nimport { keys } from "./keys.mjs";\n${text}`;
  const EXTENDS = "createEnv({ extends: [keys()], server: {}, runtimeEnv: {} });";
  it.each([
    { body: `() => ${keys}`, use: EXTENDS },
    { body: `() => { const env = ${keys}; return env; }`, use: EXTENDS },
    { body: `function () { return ${keys}; }`, use: EXTENDS },
    { body: `() => ${keys}`, use: EXTENDS.replace("runtimeEnv", "skipValidation: true, runtimeEnv") },
    { body: `() => ${keys}`, use: EXTENDS.replace("server", "emptyStringAsUndefined: true, server") },
    { body: `() => ${keys}`, use: "const env = () => ({ ...keys() });\nexport const { NAME } = env();" },
    { body: `() => ${keys}`, use: "export const env = () => keys();" },
    {
      body: `() => ${keys}`,
      use: "createEnv({ extends: process.env.NAME ? [keys()] : [], server: {}, runtimeEnv: {} });",
    },
    { body: `() => (process.env.NAME ? ${keys} : {})`, use: EXTENDS },
    { body: `() => { if (!process.env.NAME) return {}; return ${keys}; }`, use: EXTENDS },
    { body: `() => { try { return ${keys}; } catch { return {}; } }`, use: EXTENDS },
    { body: `() => () => ${keys}`, use: EXTENDS },
  ])("$body, and $use", ({ body, use }) => {
    const modules = { "keys.mjs": withImport(`export const keys = ${body};\n`).replace(/.*keys\.mjs.*\n/, "") };
    const text = withImport(use);
    const { functions } = readEvaluatedFile({ path: "keys.mjs", text: modules["keys.mjs"] });
    const { calls } = readEvaluatedFile({ path: "env.mjs", text }).whenLoaded;
    const isCalled = calls.some(({ specifier }) => specifier === "./keys.mjs");
    expect(isCalled && (functions.get("keys")?.required.length ?? 0) > 0).toBe(fails(text, modules));
  });
});
