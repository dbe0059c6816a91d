import { known, unknown, type Known } from "../documents/known.ts";
import { folderOf, foldersUp, type Repository } from "./repository.ts";

const INDEX = ".git/index";
/** Versions 2 and 3 write each path in full; 4 leaves out what it has in common with the one before. */
const HEADER = /^DIRC\0\0\0[\u0002\u0003]/;

/** The extension of an index that lists only what has changed since another one. */
const SPLIT = "\0link\0\0\0";

/** Whether git's index is there and tells what is committed: in a worktree of another folder it is not. */
export function hasIndex({ files }: Repository): boolean {
  return HEADER.test(files.read(INDEX)?.text ?? "");
}

/**
 * Whether git has a file, so that a fresh checkout has it too. Git's index tells; without one that can be read, a file that
 * is not there is taken for absent, one that is not ignored for committed, and an ignored file that is there may be either.
 * https://git-scm.com/docs/index-format
 */
export function isCommitted({ files }: Repository, path: string): Known<boolean> {
  const index = files.read(INDEX)?.text;
  if (index !== undefined && HEADER.test(index)) {
    if (lists(index, path)) return known(true);
    // Elsewhere it can only be the end of a longer path.
    const isPart = index.split(path).every((before, at, parts) => at === parts.length - 1 || before.endsWith("/"));
    return isPart && !mayHideWithin(index, folderOf(path)) ? known(false) : unknown("git's index may list the path");
  }
  if (!files.exists(path)) return known(false);
  return files.isIgnored(path) ? unknown("git may have added an ignored file") : known(true);
}

/** Whether git's index lists a file below a path, also one that is not there: before a path stand its length and flags. */
export function mayListFolder({ files }: Repository, path: string): boolean {
  const index = files.read(INDEX)?.text;
  if (index === undefined || !HEADER.test(index)) return false;
  return index.split(`${path}/`).some((before, at, parts) => at < parts.length - 1 && /[\0@][^]$/.test(before));
}

/** Whether git has something of a folder, in the same way. */
export function isFolderCommitted({ files }: Repository, folder: string): Known<boolean> {
  const index = files.read(INDEX)?.text;
  if (index !== undefined && HEADER.test(index)) {
    return index.includes(`${folder}/`) || mayHideWithin(index, folder)
      ? unknown("git's index may list a file of the folder")
      : known(false);
  }
  return files.exists(folder) ? unknown("git may have added an ignored file") : known(false);
}

/** Whether an index lists a path: its length stands before it, in the lower bits of the flags. */
function lists(index: string, path: string): boolean {
  return index.includes(`\0${String.fromCharCode(path.length)}${path}\0`);
}

/** Whether git may have something of a folder that its index does not list: behind a link or in a submodule, or in another index. */
function mayHideWithin(index: string, folder: string): boolean {
  return index.includes(SPLIT) || [...foldersUp(folder)].some((above) => above !== "" && lists(index, above));
}
