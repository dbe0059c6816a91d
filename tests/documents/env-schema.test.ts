import { describe, expect, it } from "vitest";
import { readSourceReads } from "../../src/documents/source-reads.ts";

const IMPORT = 'import { createEnv } from "@t3-oss/env-nextjs";\n';
const whenLoaded = (text: string): readonly string[] => [
  ...readSourceReads({ path: "env.ts", text }).whenLoaded.keys(),
];

describe("a schema of the environment", () => {
  it.each<[text: string, names: readonly string[]]>([
    ["createEnv({ server: { A: z.string(), B: z.url() }, runtimeEnv: process.env })", ["A", "B"]],
    ["export const env = createEnv({ runtimeEnv: process.env, server: { A: z.enum(['a', 'b']), }, })", ["A"]],
    ["createEnv({ server: { A: z }, shared: { B: z }, client: { C: z }, runtimeEnv: process.env })", ["A", "B", "C"]],
    [
      "createEnv({ server: { A: z }, shared: { B: z }, client: { C: z }, experimental__runtimeEnv: { C: process.env.C } })",
      ["A", "B", "C"],
    ],
    ["createEnv({ server: { A: z }, client: { C: z }, experimental__runtimeEnv: {} })", ["A"]],
    ["createEnv({ server: { A: z.object({ inner: z }), ...others }, runtimeEnv: process.env })", ["A"]],
    [
      "createEnv({ server: { A: z.string().transform((value) => ({ value: [value] })) }, runtimeEnv: process.env })",
      ["A"],
    ],
    ["createEnv({ server: schema, runtimeEnv: process.env })", []],
    ["createEnv({ server: { A: z }, runtimeEnv: { A: process.env.B } })", ["B"]],
    ["createEnv({ server: { A: z }, runtimeEnv: process.env.A ? {} : {} })", ["A"]],
    ["createEnv({ server: { A: z }, runtimeEnv: process.env, skipValidation: false })", ["A"]],
    ["createEnv({ server: { A: z }, runtimeEnv: process.env, skipValidation: true })", []],
    ["createEnv({ server: { A: z }, runtimeEnv: process.env, skipValidation: !process.env.CHECK })", ["CHECK"]],
    [
      "createEnv({ server: { A: z }, runtimeEnv: process.env, skipValidation: process.env.NODE_ENV === 'test' })",
      ["NODE_ENV"],
    ],
    [
      "createEnv({ server: { A: z }, runtimeEnv: process.env, skipValidation: process.env.npm_lifecycle_event === 'lint' })",
      ["npm_lifecycle_event"],
    ],
    ["createEnv({ server: { A: z } })", []],
    ["createEnv(options)", []],
    ["const load = () => createEnv({ server: { A: z }, runtimeEnv: process.env })", []],
    ["createEnv({ server: { A: z", []],
  ])("%s", (text, names) => {
    expect(whenLoaded(IMPORT + text)).toEqual(names);
  });

  it.each<[condition: string, unlessSet: readonly string[]]>([
    ["!!process.env.SKIP", ["SKIP"]],
    ["Boolean(process.env.SKIP)", ["SKIP"]],
    ["process.env.SKIP", ["SKIP"]],
    ["process.env.SKIP === 'true'", ["SKIP"]],
    ['!!process.env.CI || process.env.SKIP == "1"', ["CI", "SKIP"]],
  ])("is checked unless %s", (condition, unlessSet) => {
    const text = `${IMPORT}createEnv({ skipValidation: ${condition}, server: { A: z }, runtimeEnv: process.env })`;
    expect(readSourceReads({ path: "env.ts", text }).whenLoaded.get("A")).toMatchObject({ unlessSet });
  });

  it("counts for the functions of one package alone", () => {
    expect(
      whenLoaded('import { createEnv } from "./env";\ncreateEnv({ server: { A: z }, runtimeEnv: process.env })'),
    ).toEqual([]);
  });
});
