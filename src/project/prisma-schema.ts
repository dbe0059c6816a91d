import { posix } from "node:path";
import { entryOf, stringOf } from "../documents/data.ts";
import { readPrismaConfig } from "../documents/prisma-config.ts";
import type { Source } from "../documents/source.ts";
import { CONFIG_MODULES, CONFIG_VERSIONS, FOLDER_VERSIONS, USUAL_SCHEMAS } from "../tools/prisma.data.ts";
import { liesOutside, liesWithin } from "../tools/version-range.ts";
import { sourcesNamed } from "./executed/modules.ts";
import type { Repository } from "./repository.ts";
import { packageFolderOf } from "./workspace.ts";

/** A call of Prisma, as far as it decides which schema is read. */
export interface SchemaCall {
  /** The folder in which it runs, relative to the root. */
  readonly folder: string;
  /** What `--schema` names, relative to that folder. */
  readonly named: string | undefined;
  readonly version: string;
}

/**
 * The files of the schema that a call of Prisma before 7 reads: of `--schema`, prisma.config.ts, `prisma.schema` of the nearest package.json, or
 * the usual ones. None where it is not known which, or where they need not be as they were committed.
 */
export function schemaFilesOf(repository: Repository, call: SchemaCall): readonly Source[] {
  const path = schemaPathOf(repository, call);
  if (path === undefined) return [];
  const { files } = repository;
  const only = files.read(path);
  const paths = only ? [path] : files.glob(path, ["**/*.prisma"]).map((name) => posix.join(path, name));
  const sources = paths.flatMap((name) => (files.isTracked(name) ? (files.read(name) ?? []) : []));
  return sources.length === paths.length && (only !== undefined || isFolderRead(sources, call)) ? sources : [];
}

function isFolderRead(sources: readonly Source[], { version }: SchemaCall): boolean {
  const isPreview = sources.some(({ text }) => text.includes("prismaSchemaFolder"));
  return liesWithin(version, isPreview ? FOLDER_VERSIONS.asPreview : FOLDER_VERSIONS.always);
}

function schemaPathOf(repository: Repository, call: SchemaCall): string | undefined {
  const { folder, named } = call;
  const configured = configuredSchema(repository, call);
  if (configured === "unknown") return undefined;
  if (named !== undefined) return posix.join(folder, named);
  if (configured !== undefined) return configured;
  const owner = packageFolderOf(repository, folder);
  const manifest = owner === undefined ? undefined : repository.manifest(owner);
  const entry = entryOf(entryOf(manifest?.node, "prisma")?.value, "schema");
  const declared = stringOf(entry?.value);
  if (entry) return declared === undefined || owner === undefined ? undefined : posix.join(owner, declared);
  return USUAL_SCHEMAS.map((name) => posix.join(folder, name)).find((path) => repository.files.exists(path));
}

/** The path that a configuration says; `unknown` where it may say what is not read here. */
function configuredSchema(repository: Repository, { folder, version }: SchemaCall): string | undefined {
  if (liesOutside(version, ">=6")) return undefined;
  const [config, ...others] = sourcesNamed(repository, folder, ["prisma.config", ".config/prisma"]);
  if (!config) return undefined;
  const { schema, imports } = readPrismaConfig(config) ?? { imports: [""] };
  const isKnown = imports.every((specifier) => CONFIG_MODULES.has(specifier));
  if (others.length > 0 || !isKnown || !liesWithin(version, CONFIG_VERSIONS)) return "unknown";
  return schema === undefined ? undefined : posix.join(posix.dirname(config.path), schema);
}
