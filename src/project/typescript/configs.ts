import { posix } from "node:path";
import type { NamedConfig } from "../../documents/tsconfig.ts";
import type { Place } from "../../documents/source.ts";
import { normalizeDirectory } from "../../shell/directory.ts";
import { folderOf, type Repository } from "../repository.ts";
import { workspaceOf } from "../workspace.ts";

/** A configuration that the compiler looks for because another one names it. */
export interface ConfigLookup {
  /** Where it is named. */
  readonly place: Place;
  /** Relative to the repository root. */
  readonly target: string;
  readonly relation: "extends" | "refers to";
}

/**
 * The configurations that a checkout lacks of those that the compiler looks for when it starts from some. It fails for each,
 * whatever else it finds: TS5083 or TS6053 (typescript 5.4, 5.9 and 6.0, run).
 */
export function missingConfigs(
  repository: Repository,
  roots: readonly string[],
  isBuild: boolean,
): readonly ConfigLookup[] {
  const missing: ConfigLookup[] = [];
  const starts = new Set(roots);
  for (const start of starts) {
    const chain = new Set([start]);
    for (const path of chain) {
      for (const lookup of lookupsOf(repository, path)) {
        const { target, relation } = lookup;
        // What `extends` names refers to nothing by itself.
        if (relation === "refers to" && path !== start) continue;
        if (!repository.files.isTracked(target)) missing.push(lookup);
        else if (relation === "extends") chain.add(target);
        else if (isBuild) starts.add(target);
      }
    }
  }
  return missing;
}

function lookupsOf(repository: Repository, path: string): readonly ConfigLookup[] {
  const config = repository.tsConfig(path);
  if (!config) return [];
  const lookup = (named: NamedConfig, target: string | false | undefined, relation: ConfigLookup["relation"]) =>
    typeof target === "string" ? [{ place: { source: config.source, range: named.range }, target, relation }] : [];
  return [
    ...config.extends.flatMap((named) => lookup(named, baseOf(repository, path, named.name), "extends")),
    ...config.references.flatMap((named) => {
      const target = posix.join(folderOf(path), named.name);
      return lookup(named, target.endsWith(".json") ? target : configAt(repository, target), "refers to");
    }),
  ];
}

/** The tsconfig.json that a path names: the file, or the one in the folder. */
export function configAt(repository: Repository, path: string): string | undefined {
  const clean = normalizeDirectory(path);
  const candidates = clean.endsWith(".json") ? [clean] : [posix.join(clean, "tsconfig.json"), `${clean}.json`];
  return candidates.find((candidate) => repository.files.isTracked(candidate));
}

/** What `extends` names; false for a package of a registry, whose lists of files mean files of its own. */
export function baseOf(repository: Repository, path: string, target: string): string | false | undefined {
  if (/^\.{1,2}(?:\/|$)/.test(target)) {
    const file = posix.join(folderOf(path), target);
    return [file, `${file}.json`].find((candidate) => candidate.endsWith(".json"));
  }
  if (!/^[@\w]/.test(target)) return undefined;
  const [, name = "", rest = ""] = /^((?:@[^/]+\/)?[^/]+)\/?(.*)$/.exec(target) ?? [];
  const member = workspaceOf(repository, folderOf(path))?.byName.get(name);
  return member ? configAt(repository, posix.join(member.directory, rest)) : false;
}
