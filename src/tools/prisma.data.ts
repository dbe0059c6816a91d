// Commands of Prisma that stop because of a schema's `env()`, 2026-11: error P1012 "Environment variable not found", before any engine is
// asked. Run with each variable unset, and an engine that does nothing, with prisma 4.16.2, 5.22.0 and 6.19.3; `validate`, `migrate deploy`,
// `migrate status` and `db pull` also with 5.0.0, 5.15.0, 6.0.0, 6.7.0 and 6.12.0. `format`, `generate`, `db seed`, `migrate diff` from or to
// a data model, and a `shadowDatabaseUrl` ask for nothing.

/** Versions of which this is known. Prisma 7 takes no `url` in a schema. https://www.prisma.io/docs/orm/more/upgrade-guides/upgrading-versions/upgrading-to-prisma-7 */
export const SCHEMA_READING_VERSIONS = ">=4.16 <7";

/** Those versions that load a prisma.config.ts by default. */
export const CONFIG_VERSIONS = ">=6.7";

/** Those that take a folder for a schema, the first of them only with `previewFeatures = ["prismaSchemaFolder"]`. */
export const FOLDER_VERSIONS = { always: ">=6.7", asPreview: ">=5.15" };

/** Properties of a datasource whose variable has to be there. */
export const REQUIRED_URLS: readonly string[] = ["url", "directUrl"];

/** The commands by their words. */
export const SCHEMA_READING_COMMANDS: ReadonlySet<string> = new Set([
  "db pull",
  "db push",
  "migrate deploy",
  "migrate dev",
  "migrate reset",
  "migrate resolve",
  "migrate status",
  "validate",
]);

/** One that is asked only where it is told which schema: 6.19.3 reads no other, and the engine of Prisma 4 finds out by itself. */
export const TOLD_COMMAND = { words: "db execute", versions: ">=5" };

/** Flags with a value in the next word. https://www.prisma.io/docs/orm/reference/prisma-cli-reference */
export const VALUE_FLAGS: ReadonlySet<string> = new Set(
  "--applied --composite-type-depth --config --file -n --name --rolled-back --schema --telemetry-information --url".split(
    " ",
  ),
);

/** Flags with which a command reads no `env()`, another configuration, or nothing at all. */
export const OTHERWISE_FLAGS: readonly string[] = [
  "--config",
  "--help",
  "-h",
  "--local-d1",
  "--url",
  "--version",
  "-v",
];

/** Where a schema is looked for that nothing names, in this order. */
export const USUAL_SCHEMAS: readonly string[] = ["schema.prisma", "prisma/schema.prisma"];

/** Modules that a prisma.config.ts may import without setting more than what a dotenv file has. */
export const CONFIG_MODULES: ReadonlySet<string> = new Set([
  "dotenv/config",
  "node:path",
  "path",
  "prisma",
  "prisma/config",
]);
