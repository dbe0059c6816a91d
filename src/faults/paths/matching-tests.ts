import { posix } from "node:path";
import { actionName } from "../../documents/uses.ts";
import { listsBeyond } from "../../project/committed.ts";
import { folderOf, foldersUp, type Repository } from "../../project/repository.ts";
import type { JobRun, StepRun } from "../../project/trace/job-run.ts";
import { mayRestore } from "../../project/trace/workspace-changes.ts";
import { CACHE_ACTIONS } from "../../tools/quiet-commands.data.ts";

/** Where a test runner looks for files, and by which words. */
export interface TestSearch {
  readonly runner: "bun" | "vitest";
  /** The folder where it runs, relative to the repository root. */
  readonly from: string;
  readonly paths: readonly string[];
  /** True where it may look in other folders than below that one. */
  readonly isMoved: boolean;
}

/**
 * Whether any file of the repository, test or not, may be what a test runner is told to look for: one that is there, or that git
 * lists. Bun takes words for parts of paths from the folder where it looks, or for paths; Vitest, in any case, for parts of paths
 * from the folder of each project, and looks for them there too as for paths from the folder where it runs.
 */
export function mayMatchTests(repository: Repository, search: TestSearch): boolean {
  return search.paths.some((written) => mayMatch(repository, search, written));
}

function mayMatch(repository: Repository, { runner, from, isMoved }: TestSearch, written: string): boolean {
  const path = posix.join(from, written).replace(/\/$/, "");
  if (path.startsWith("..") || repository.files.exists(path)) return true;
  const cased = (text: string): string => (runner === "vitest" ? text.toLowerCase() : text);
  const part = cased(partOf(written));
  const files = repository.packages.derive(listAll);
  if (listsBeyond(repository, files, (text) => cased(text).includes(part))) return true;
  const start = isMoved ? "" : cased(from);
  const rests = isMoved && runner === "vitest" ? restsOf(cased(path)) : [];
  // A link to a folder is listed as one file.
  const links = [...foldersUp(folderOf(part))].filter((head) => head !== "").map((head) => `/${head}`);
  return files
    .map(cased)
    .some(
      (file) =>
        file.startsWith(cased(path)) ||
        below(start, file).includes(part) ||
        rests.some(({ folder, rest }) => below(folder, file).includes(rest)) ||
        links.some((head) => `/${file}`.endsWith(head)),
    );
}

/** The part of a path that does not depend on where it starts. */
function partOf(written: string): string {
  return written.replace(/^(?:\.{0,2}\/)+|\/$/g, "");
}

/** The ways to look for a path from a folder above it. */
function restsOf(path: string): readonly { readonly folder: string; readonly rest: string }[] {
  return [...foldersUp(folderOf(path))].map((folder) => ({ folder, rest: below(folder, path) }));
}

/** A path from a folder; empty where it does not lie in it. */
function below(folder: string, path: string): string {
  if (folder === "") return path;
  return path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : "";
}

const listAll = ({ files }: Repository): readonly string[] => files.glob("", ["**"], [], true);

/** Whether a cache may bring tests that were compiled, to whatever folder. */
export function mayRestoreTests({ steps }: JobRun, run: StepRun, { paths }: TestSearch): boolean {
  if (paths.every((path) => /\.[cm]?tsx?$/.test(path))) return false;
  return steps.slice(0, steps.indexOf(run)).some(({ step: { uses, inputs } }) => {
    const isCache = uses !== undefined && CACHE_ACTIONS.has(actionName(uses) ?? "");
    const lines = (inputs.get("path")?.text ?? "").split("\n").filter((line) => line.trim() !== "");
    return isCache && lines.some((line) => mayRestore(line, posix.join(line.trim(), "test")));
  });
}
