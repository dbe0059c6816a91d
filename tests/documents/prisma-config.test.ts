import { describe, expect, it } from "vitest";
import { readPrismaConfig } from "../../src/documents/prisma-config.ts";

const config = (body: string, before = ""): string =>
  `import { defineConfig } from "prisma/config";\n${before}export default defineConfig({ ${body} });\n`;

describe("a prisma.config.ts names as the schema", () => {
  it.each<[text: string, schema: string | undefined]>([
    [config('schema: "prisma/schema.prisma"'), "prisma/schema.prisma"],
    [config("schema: './prisma', migrations: { path: 'prisma/migrations' }"), "./prisma"],
    [config('"schema": "a.prisma"'), "a.prisma"],
    [config('schema: path.join("prisma", "schema.prisma")', 'import path from "node:path";\n'), "prisma/schema.prisma"],
    [config('migrations: { seed: "tsx seed.ts" }'), undefined],
    [config('// schema: "a.prisma"\n'), undefined],
  ])("%j: %j", (text, schema) => {
    expect(readPrismaConfig({ path: "prisma.config.ts", text })).toMatchObject({ schema });
  });

  it.each([
    config("schema: schemaPath"),
    config('schema: "prisma/" + name'),
    config('schema: path.join(__dirname, "schema.prisma")'),
    config('schema: path.join("a", "b") + name'),
    config('schema: isCi ? "a.prisma" : "b.prisma"'),
    config('schema: "a.prisma", other: { schema: "b.prisma" }'),
    config("schema"),
    config('schema: "a.prisma", datasource: { url: "postgresql://a" }'),
    config('schema: "a.prisma", engine: "js", adapter: () => adapter'),
    config('schema: "a.prisma"', 'process.env.DATABASE_URL ??= "postgresql://a";\n'),
    config('schema: "a.prisma"', "process.loadEnvFile();\n"),
  ])("what is not known: %j", (text) => {
    expect(readPrismaConfig({ path: "prisma.config.ts", text })).toBeUndefined();
  });

  it("with what it imports", () => {
    const { imports } = readPrismaConfig({
      path: "prisma.config.ts",
      text: config("", 'import "dotenv/config";\n'),
    }) ?? { imports: [] };
    expect(imports).toEqual(["prisma/config", "dotenv/config"]);
  });
});
