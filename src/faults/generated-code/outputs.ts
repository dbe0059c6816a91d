import { posix } from "node:path";
import { textOf } from "../../commands/arguments.ts";
import type { Invocation } from "../../commands/invocation.ts";
import { dependencyRange } from "../../documents/manifest.ts";
import { isCertainlyUncommitted } from "../../project/committed.ts";
import type { Repository } from "../../project/repository.ts";
import { withoutExtension } from "../../project/typescript/resolution.ts";
import type { Workspace, WorkspacePackage } from "../../project/workspace.ts";
import { normalizeDirectory } from "../../shell/directory.ts";
import { liesWithin } from "../../tools/version-range.ts";
import { versionOf } from "../../project/versions.ts";
import { GENERATORS, type Generator } from "../../tools/generators.data.ts";
import { LOCATIONS } from "./locations.ts";

/** Where a package's generator writes. */
export interface GeneratedOutput {
  readonly generator: Generator;
  readonly owner: WorkspacePackage;
  /** A folder, or a file without extension, relative to the repository root. */
  readonly path: string;
}

const KINDS = Object.keys(GENERATORS) as (keyof typeof GENERATORS)[];

/** What generators write for the packages of a workspace, as far as it is known where and is in a place of its own. */
export function outputsOf({ packages }: Repository, workspace: Workspace): readonly GeneratedOutput[] {
  return packages.deriveFor(workspace, findOutputs);
}

function findOutputs(repository: Repository, workspace: Workspace): readonly GeneratedOutput[] {
  return workspace.packages.flatMap((owner) =>
    KINDS.flatMap((kind) => {
      const generator: Generator = GENERATORS[kind];
      if (generator.packages.every((name) => dependencyRange(owner.manifest, name) === undefined)) return [];
      if (!installsQuietly(repository, owner, generator)) return [];
      return LOCATIONS[kind](repository, owner)
        .map((output) => normalizeDirectory(posix.join(owner.directory, withoutExtension(output))))
        .filter((path) => path !== owner.directory && !path.startsWith("..") && !posix.isAbsolute(path))
        .map((path) => ({ generator, owner, path }));
    }),
  );
}

/** Whether installing a package's dependencies certainly generates nothing by itself. */
function installsQuietly(
  repository: Repository,
  { manifest, directory }: WorkspacePackage,
  { quietInstalls = {} }: Generator,
): boolean {
  return Object.entries(quietInstalls).every(
    ([name, versions]) =>
      dependencyRange(manifest, name) === undefined || liesWithin(versionOf(repository, name, directory), versions),
  );
}

/** The output that a path which is looked for belongs to; of a folder in another one the inner. */
export function outputWith(outputs: readonly GeneratedOutput[], target: string): GeneratedOutput | undefined {
  const found = outputs.filter((output) => isGenerated(output, target));
  return found.toSorted((a, b) => b.path.length - a.path.length)[0];
}

function isGenerated({ path, generator: { modules } }: GeneratedOutput, target: string): boolean {
  const module = withoutExtension(target);
  if (module === path) return modules === undefined;
  if (!module.startsWith(`${path}/`)) return false;
  return modules?.includes(module.slice(path.length + 1)) ?? true;
}

/** Whether a command is the one that writes the code. */
export function runsGenerator(invocation: Invocation, { makers, words }: Generator): boolean {
  return (
    invocation.kind === "binary" &&
    makers.has(invocation.name) &&
    words.every((word, index) => textOf(invocation.args[index]) === word)
  );
}

/** A configuration is named in full. */
const AS_NAMED = [""];
const SOURCES = [".ts", ".d.ts", "/index.ts", "/index.d.ts"];
const FORMS = [...SOURCES, ".js", ".tsx", ".mjs", ".d.mts", "/index.js", "/index.mjs"];

/** Whether a fresh checkout certainly lacks a file or module of an output because git ignores it. */
export function isLeftOut(repository: Repository, { generator }: GeneratedOutput, target: string): boolean {
  const stem = withoutExtension(target);
  const isConfig = target.endsWith(".json");
  const forms = isConfig ? AS_NAMED : FORMS;
  if (!forms.every((form) => isCertainlyUncommitted(repository, stem + form))) return false;
  // Where the code was not made yet, what it would be ignored by is not there either.
  const isNowhere = forms.every((form) => !repository.files.exists(stem + form));
  if (generator.ignoresItself === true && isNowhere) return true;
  return (isConfig ? AS_NAMED : SOURCES).some((form) => repository.files.isIgnored(stem + form));
}
