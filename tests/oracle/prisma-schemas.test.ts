import { spawnSync } from "node:child_process";
import { chmodSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { readDatasources } from "../../src/documents/prisma-schema.ts";
import { schemaFilesOf } from "../../src/project/prisma-schema.ts";
import { Repository } from "../../src/project/repository.ts";
import { REQUIRED_URLS, SCHEMA_READING_COMMANDS, TOLD_COMMAND } from "../../src/tools/prisma.data.ts";
import { writeRepository, type RepositoryFiles } from "../support/temporary.ts";

const MODULES = fileURLToPath(new URL("node_modules", import.meta.url));
const TOOL = "prisma-6";
const VERSION = "6.19.3";

/** Stands in for the engines, which come from the network: what is asked here is found out before one of them is started. */
const ENGINE = join(
  writeRepository({
    engine: '#!/usr/bin/env node\nif (!process.argv.includes("--version")) process.kill(process.ppid, "SIGKILL");\n',
  }),
  "engine",
);
chmodSync(ENGINE, 0o755);
const ENGINES = Object.fromEntries(
  ["SCHEMA_ENGINE_BINARY", "QUERY_ENGINE_BINARY", "QUERY_ENGINE_LIBRARY"].map((name) => [`PRISMA_${name}`, ENGINE]),
);
const ADDRESS = "postgresql://a:b@127.0.0.1:9/c";

/** The variable that is not found; undefined where all are. */
function notFound(
  root: string,
  command: string,
  variables: Readonly<Record<string, string>> = {},
  folder = "",
): string | undefined {
  const path = process.env["PATH"];
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [join(MODULES, TOOL, "build/index.js"), ...command.split(" ")],
    {
      cwd: join(root, folder),
      env: { PATH: path, CI: "1", NO_COLOR: "1", CHECKPOINT_DISABLE: "1", ...ENGINES, ...variables },
      encoding: "utf8",
      timeout: 60_000,
    },
  );
  return /Environment variable not found: (\w+)/.exec(stdout + stderr)?.[1];
}

const datasource = (...lines: readonly string[]): string =>
  `datasource db {\n  provider = "postgresql"\n${lines.map((line) => `  ${line}\n`).join("")}}\n`;
const MODEL = "model A {\n  id Int @id\n}\n";
const url = (name: string): string => `url = env("${name}")`;

describe(`Prisma ${VERSION}`, () => {
  const all = datasource(url("URL"), 'directUrl = env("DIRECT")', 'shadowDatabaseUrl = env("SHADOW")');
  const root = writeRepository({
    "package.json": '{ "prisma": { "seed": "node -e 1" } }',
    "prisma/schema.prisma": all + MODEL,
    "a.sql": "select 1",
  });
  const NAMES: Readonly<Record<string, string>> = { url: "URL", directUrl: "DIRECT", shadowDatabaseUrl: "SHADOW" };
  /** Whether a command stops where the variable of one property is not set. */
  const stopsWithout = (command: string, property: string): boolean => {
    const others = Object.values(NAMES).filter((name) => name !== NAMES[property]);
    const variables = Object.fromEntries(others.map((name) => [name, ADDRESS]));
    return notFound(root, command, variables) === NAMES[property];
  };

  it.each([...SCHEMA_READING_COMMANDS, `${TOLD_COMMAND.words} --file a.sql --schema prisma/schema.prisma`])(
    "%s stops for want of each variable",
    (command) => {
      const whole = command === "migrate resolve" ? `${command} --applied a` : command;
      expect(REQUIRED_URLS.filter((property) => stopsWithout(whole, property))).toEqual(REQUIRED_URLS);
    },
  );

  it("asks for no shadow database", () => {
    expect(stopsWithout("validate", "shadowDatabaseUrl")).toBe(false);
  });

  it.each([
    `${TOLD_COMMAND.words} --file a.sql --url ${ADDRESS}`,
    "format",
    "db seed",
    "db pull --help",
    "migrate diff --from-empty --to-schema-datamodel prisma/schema.prisma",
  ])("%s asks for none", (command) => {
    expect(notFound(root, command)).toBeUndefined();
  });

  const CONFIG = 'export default { schema: "db/b.prisma" };\n';
  const PREVIEW =
    'generator client {\n  provider = "prisma-client-js"\n  previewFeatures = ["prismaSchemaFolder"]\n}\n';
  const A = datasource(url("A"));
  const B = datasource(url("B"));
  it.each<{ name: string; files: RepositoryFiles; named?: string; folder?: string }>([
    { name: "the usual one", files: { "prisma/schema.prisma": A } },
    { name: "the other usual one first", files: { "schema.prisma": B, "prisma/schema.prisma": A } },
    { name: "a named one", files: { "prisma/schema.prisma": A, "b.prisma": B }, named: "./b.prisma" },
    {
      name: "one of the package.json",
      files: { "package.json": '{ "prisma": { "schema": "db/b.prisma" } }', "schema.prisma": A, "db/b.prisma": B },
    },
    {
      name: "one of the package.json above",
      files: { "package.json": '{ "prisma": { "schema": "db/b.prisma" } }', "src/a": "", "db/b.prisma": B },
      folder: "src",
    },
    {
      name: "none of a package.json further above",
      files: {
        "package.json": '{ "prisma": { "schema": "db/b.prisma" } }',
        "src/package.json": "{}",
        "src/schema.prisma": A,
        "db/b.prisma": B,
      },
      folder: "src",
    },
    { name: "a configuration", files: { "prisma.config.mjs": CONFIG, "schema.prisma": A, "db/b.prisma": B } },
    {
      name: "a configuration that is overruled",
      files: { "prisma.config.mjs": CONFIG, "a.prisma": A, "db/b.prisma": B },
      named: "a.prisma",
    },
    { name: "a folder", files: { "db/a.prisma": MODEL, "db/c/b.prisma": B }, named: "db" },
    {
      name: "a folder as a preview",
      files: { "db/a.prisma": MODEL + PREVIEW, "db/c/b.prisma": B },
      named: "db",
    },
    {
      name: "comments",
      files: { "schema.prisma": `// ${A.replaceAll("\n", "\n// ")}\n${B.replace("\n}", " // env()\n}")}` },
    },
    { name: "a text", files: { "schema.prisma": datasource('url = "postgresql://a" // env("A")') } },
  ])("finds the schema: $name", ({ files, named, folder = "" }) => {
    const repository = writeRepository({ "package.json": "{}", ...files });
    const call = { folder, named, version: VERSION };
    const reads = schemaFilesOf(new Repository(repository), call)
      .flatMap(readDatasources)
      .flatMap((found) => found.reads);
    const command = named === undefined ? "validate" : `validate --schema ${named}`;
    expect(reads.map(({ variable }) => variable)[0]).toBe(notFound(repository, command, {}, folder));
  });
});
