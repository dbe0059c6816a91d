import { readLoadedFile } from "../../documents/required-variables.ts";
import type { RequiredVariable } from "../../documents/env-schema.ts";
import { readSourceReads } from "../../documents/source-reads.ts";
import type { Source } from "../../documents/source.ts";
import { onceForEach } from "../../memo.ts";
import { executionOf } from "../../project/executed/execution.ts";
import { resolveModule } from "../../project/executed/modules.ts";
import { requirementsOfFiles } from "../../project/executed/requirements.ts";
import { mappedByPaths } from "../../project/next/config-modules.ts";
import type { Repository } from "../../project/repository.ts";
import type { Reach } from "../../project/trace/reach.ts";
import { QUIET_PACKAGES, SETTING_PACKAGES } from "../../tools/variable-sources.data.ts";

/** A variable that has to be there, in the file that says so. */
export interface RequiredHere extends RequiredVariable {
  readonly source: Source;
}

/** Variables without which a command stops before it does anything. */
export interface LoadedRequirement {
  /** Tells one requirement of a command from another. */
  readonly key: string;
  /** The file that the command itself executes, where that loads the one that checks them. */
  readonly loadedBy: string | undefined;
  readonly variables: readonly RequiredHere[];
}

const MAX_FILES = 200;

/** Ways to set variables whose names are not read. */
const SETS_OTHERS = /process\.env\s*\[\s*[^\s"']|["'](?:node:)?process["']/;
/** A file for dotenv that is not called `.env`, or that another program names. */
const OTHER_DOTENV = /["'`](?![^"'`]*(?:^|[/"'`])\.env(?:\.local)?["'`])[^"'`\s]*\benv\b[^"'`/\s]*["'`]\s*[,})\]]/;

const loadedFileOf = onceForEach(readLoadedFile);
const readsOf = onceForEach(readSourceReads);
const requirementsByKey = (): Map<string, readonly LoadedRequirement[]> => new Map();

/** What the files require that a reached command loads. */
export function loadedRequirements({ packages }: Repository, reach: Reach): readonly LoadedRequirement[] {
  const execution = executionOf(packages, reach);
  if (!execution) return [];
  const memo = packages.derive(requirementsByKey);
  const known = memo.get(execution.key) ?? execution.configs().flatMap((path) => requirementsOf(packages, path));
  memo.set(execution.key, known);
  return known;
}

function requirementsOf(repository: Repository, entry: string): readonly LoadedRequirement[] {
  const written = new Set<string>();
  const queue = new Set([entry]);
  for (const path of queue) {
    const source = repository.files.read(path);
    if (!source) continue;
    const reads = readsOf(source);
    const { modules } = loadedFileOf(source);
    const isOpen = SETS_OTHERS.test(source.text) || (source.text.includes("dotenv") && OTHER_DOTENV.test(source.text));
    if (queue.size > MAX_FILES || reads.setsAny || isOpen) return [];
    for (const name of reads.written) written.add(name);
    for (const specifier of modules) {
      const target = resolveFrom(repository, entry, path, specifier);
      if (target === false) return [];
      if (target !== undefined) queue.add(target);
      else if (specifier.startsWith("#") || (SETTING_PACKAGES.test(specifier) && !QUIET_PACKAGES.test(specifier)))
        return [];
    }
  }
  const required = requirementsOfFiles(
    repository,
    queue,
    (importer, specifier) => resolveFrom(repository, entry, importer, specifier) || undefined,
  );
  return [...required].flatMap(([path, variables]) => {
    const source = repository.files.read(path);
    // What is set on the way need not come from outside.
    const unset = variables.filter(({ name }) => !written.has(name));
    if (!source || unset.length === 0) return [];
    return [
      {
        key: path,
        loadedBy: path === entry ? undefined : entry,
        variables: unset.map((variable) => ({ ...variable, source })),
      },
    ];
  });
}

/** The file that a module is loaded from because of an entry; false where the entry may fail for want of it. */
function resolveFrom(
  repository: Repository,
  entry: string,
  importer: string,
  specifier: string,
): string | false | undefined {
  const mapped = mappedByPaths(repository, entry, importer, specifier);
  return mapped ?? resolveModule(repository, importer, specifier);
}
