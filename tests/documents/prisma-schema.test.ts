import { describe, expect, it } from "vitest";
import { readDatasources } from "../../src/documents/prisma-schema.ts";

const datasource = (...lines: readonly string[]): string => `datasource db {\n${lines.join("\n")}\n}\n`;
const URL = '  url = env("A")';

/** What is read, as `property variable line`. */
function readsOf(text: string): readonly string[] {
  return readDatasources({ path: "schema.prisma", text }).flatMap(({ reads }) =>
    reads.map(({ property, variable, offset }) => {
      expect(text.slice(offset)).toMatch(/^env\s*\(/);
      return `${property} ${variable} ${String(text.slice(0, offset).split("\n").length)}`;
    }),
  );
}

describe("the datasource of a schema reads", () => {
  it.each<[text: string, reads: readonly string[]]>([
    [datasource('  provider = "postgresql"', URL, '  directUrl = env("B")'), ["url A 3", "directUrl B 4"]],
    [datasource('  shadowDatabaseUrl = env("A")'), ["shadowDatabaseUrl A 2"]],
    [datasource('\turl   =   env( "A" ) // env("B")'), ["url A 2"]],
    [datasource(URL).replaceAll("\n", "\r\n"), ["url A 2"]],
    [`model A {\n  id Int @id\n}\n\n${datasource(URL)}`, ["url A 6"]],
    [datasource('  // url = env("A")', '  url = "postgresql://a" // env("A")'), []],
    [datasource('  url = "//" // env("A")', '  directUrl = env("B")'), ["directUrl B 3"]],
    [datasource('  url = "env(A)"'), []],
    [`// ${datasource(URL).replaceAll("\n", "\n// ")}`, []],
    ['generator client {\n  provider = "prisma-client-js"\n  binaryTargets = env("A")\n}\n', []],
    ['model A {\n  a String @default(dbgenerated("env(\\"A\\")"))\n}\n', []],
    [`${datasource('  provider = "sqlite"')}generator client {\n${URL}\n}\n`, []],
    ["", []],
  ])("%j: %j", (text, reads) => {
    expect(readsOf(text)).toEqual(reads);
  });

  it("each of several", () => {
    expect(readDatasources({ path: "schema.prisma", text: datasource(URL) + datasource() })).toHaveLength(2);
  });
});
