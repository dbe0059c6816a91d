import { posix } from "node:path";
import { flagText, hasFlag, readArguments, textOf } from "../../commands/arguments.ts";
import type { RunBinary } from "../../commands/invocation.ts";
import { readDatasources } from "../../documents/prisma-schema.ts";
import { onceForEach } from "../../memo.ts";
import { schemaFilesOf } from "../../project/prisma-schema.ts";
import type { Repository } from "../../project/repository.ts";
import { isRepository } from "../../project/trace/checkout.ts";
import type { StepRun } from "../../project/trace/job-run.ts";
import type { Reach } from "../../project/trace/reach.ts";
import { versionOf } from "../../project/versions.ts";
import { workspaceOf } from "../../project/workspace.ts";
import {
  OTHERWISE_FLAGS,
  REQUIRED_URLS,
  SCHEMA_READING_COMMANDS,
  SCHEMA_READING_VERSIONS,
  TOLD_COMMAND,
  VALUE_FLAGS,
} from "../../tools/prisma.data.ts";
import { liesWithin } from "../../tools/version-range.ts";
import { dotenvNames } from "./dotenv-files.ts";
import type { LoadedRequirement } from "./loaded-requirements.ts";

const datasourcesOf = onceForEach(readDatasources);

/** What the schema requires that a command of Prisma reads. */
export function prismaRequirements(
  { packages }: Repository,
  run: StepRun,
  reach: Reach,
  before: readonly StepRun[],
): readonly LoadedRequirement[] {
  const { invocation, directory } = reach;
  if (invocation.kind !== "binary" || invocation.name !== "prisma" || !directory.known) return [];
  const folder = directory.value;
  const call = callOf(invocation);
  if (!call || !isRepository(run.workspace) || !isOfRepository(packages, folder, run, reach, before)) return [];
  const version = versionOf(packages, "prisma", folder, invocation);
  if (version === undefined || !liesWithin(version, call.versions)) return [];
  const found = schemaFilesOf(packages, { folder, named: call.schema, version }).flatMap((source) =>
    datasourcesOf(source).map(({ reads }) => ({ source, reads })),
  );
  const [datasource] = found;
  if (!datasource || found.length > 1) return [];
  const { source, reads } = datasource;
  // Wherever the schema is, Prisma loads this file too.
  const loaded = dotenvNames(packages, posix.join(folder, "prisma"));
  const variables = reads
    .filter(({ property, variable }) => REQUIRED_URLS.includes(property) && !loaded.has(variable))
    .map(({ variable, offset }) => ({ name: variable, offset, source, unlessSet: [], skippedBy: undefined }));
  return variables.length === 0 ? [] : [{ key: `prisma:${source.path}`, loadedBy: undefined, variables }];
}

/** A call that reads a schema. */
interface ReadingCall {
  /** The one that it names. */
  readonly schema: string | undefined;
  /** The versions of Prisma that stop there. */
  readonly versions: string;
}

function callOf({ args }: RunBinary): ReadingCall | undefined {
  const read = readArguments(args, { valueFlags: VALUE_FLAGS });
  const [first, second] = read.positionals.map(textOf);
  if (!read.isCertain || first === undefined || first !== textOf(args[0]) || hasFlag(read, ...OTHERWISE_FLAGS))
    return undefined;
  const schema = flagText(read, "--schema");
  const isNamed = schema !== undefined && schema !== "";
  if (!isNamed && hasFlag(read, "--schema")) return undefined;
  const words = second === undefined ? first : `${first} ${second}`;
  // Prisma looks first whether it is told what to resolve.
  if (words === "migrate resolve" && !hasFlag(read, "--applied", "--rolled-back")) return undefined;
  if ([first, words].some((text) => SCHEMA_READING_COMMANDS.has(text)))
    return { schema, versions: SCHEMA_READING_VERSIONS };
  const { words: told, versions } = TOLD_COMMAND;
  return isNamed && words === told ? { schema, versions: `${SCHEMA_READING_VERSIONS} ${versions}` } : undefined;
}

const REPLACES = /\b(?:add|i|install|up|update|upgrade)\b.*(?<![\w@/-])prisma\b/;

/**
 * Whether the Prisma that runs is the one that the repository tells of. `prisma` in a step is one that is installed on the machine; `npx`
 * and `bunx` fetch the newest where nothing has installed the repository's.
 */
function isOfRepository(
  repository: Repository,
  folder: string,
  run: StepRun,
  reach: Reach,
  before: readonly StepRun[],
): boolean {
  const { invocation, located } = reach;
  if (invocation.kind !== "binary") return false;
  if (invocation.version !== undefined) return true;
  const earlier = [...before.flatMap(({ reaches }) => reaches), ...run.reaches.slice(0, run.reaches.indexOf(reach))];
  if (earlier.some(({ located: { expandedText } }) => REPLACES.test(expandedText))) return false;
  const isBare = textOf(located.command.words[0]) === "prisma";
  if (isBare) return posix.basename(located.host.source.path) === "package.json";
  if (!invocation.fetches) return true;
  const root = workspaceOf(repository, folder)?.root.directory;
  return earlier.some(
    ({ invocation: { kind }, directory }) =>
      kind === "install" && directory.known && workspaceOf(repository, directory.value)?.root.directory === root,
  );
}
