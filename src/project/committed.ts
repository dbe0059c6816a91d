import { known, unknown, type Known } from "../documents/known.ts";
import type { Source } from "../documents/source.ts";
import { onceForEach } from "../memo.ts";
import { folderOf, foldersUp, type Repository } from "./repository.ts";

const INDEX = ".git/index";
/** Versions 2 and 3 write each path in full; 4 leaves out what it has in common with the one before. */
const HEADER = /^DIRC\0\0\0[\u0002\u0003]/;

/** What stands between the zeros of an index, paths with their lengths among them. */
const partsOf = onceForEach(({ text }: Source): ReadonlySet<string> => new Set(text.split("\0")));

/** Whether an index has the extension of one that lists only what has changed since another one. */
const isSplit = onceForEach(({ text }: Source): boolean => text.includes("\0link\0\0\0"));

/** The index of git, if it is there and can be read. */
function indexOf({ files }: Repository): Source | undefined {
  const index = files.read(INDEX);
  return index && HEADER.test(index.text) ? index : undefined;
}

/** Whether git's index is there and tells what is committed: in a worktree of another folder it is not. */
export function hasIndex(repository: Repository): boolean {
  return indexOf(repository) !== undefined;
}

/**
 * Whether git has a file, so that a fresh checkout has it too. Git's index tells; without one that can be read, a file that
 * is not there is taken for absent, one that is not ignored for committed, and an ignored file that is there may be either.
 * https://git-scm.com/docs/index-format
 */
export function isCommitted(repository: Repository, path: string): Known<boolean> {
  const { files } = repository;
  const index = indexOf(repository);
  if (index) {
    if (lists(index, path)) return known(true);
    // Elsewhere it can only be the end or the beginning of another path.
    const pieces = index.text.includes(path) ? index.text.split(path) : [];
    const isPart = pieces.every((before, at) => before.endsWith("/") || !/^[\0/]/.test(pieces[at + 1] ?? "-"));
    return isPart && !mayHideWithin(index, folderOf(path)) ? known(false) : unknown("git's index may list the path");
  }
  if (!files.exists(path)) return known(false);
  return files.isIgnored(path) ? unknown("git may have added an ignored file") : known(true);
}

/** Whether git certainly has a file. */
export function isCertainlyCommitted(repository: Repository, path: string): boolean {
  const committed = isCommitted(repository, path);
  return committed.known && committed.value;
}

/** Whether git certainly does not have a file. */
export function isCertainlyUncommitted(repository: Repository, path: string): boolean {
  const committed = isCommitted(repository, path);
  return committed.known && !committed.value;
}

/** Whether git's index lists a file below a path, also one that is not there: before a path stand its length and flags. */
export function mayListFolder(repository: Repository, path: string): boolean {
  const index = indexOf(repository)?.text ?? "";
  return index.split(`${path}/`).some((before, at, parts) => at < parts.length - 1 && /[\0@][^]$/.test(before));
}

/** Whether git's index lists a path of a kind that is none of some files. */
export function listsBeyond(
  repository: Repository,
  paths: readonly string[],
  isSought: (text: string) => boolean,
): boolean {
  const index = indexOf(repository);
  const listed = index ? [...partsOf(index)].filter(isSought) : [];
  if (listed.length === 0) return false;
  const alike = paths.filter(isSought);
  return listed.some((part) => !alike.some((path) => part.endsWith(path)));
}

/** Whether git certainly has nothing of a folder, in the same way. */
export function isFolderUncommitted(repository: Repository, folder: string): boolean {
  const index = indexOf(repository);
  if (index) return !index.text.includes(`${folder}/`) && !mayHideWithin(index, folder);
  return !repository.files.exists(folder);
}

/** Whether an index lists a path: its length stands before it, in the lower bits of the flags. */
function lists(index: Source, path: string): boolean {
  return partsOf(index).has(String.fromCharCode(path.length) + path);
}

/** Whether git may have something of a folder that its index does not list: behind a link or in a submodule, or in another index. */
function mayHideWithin(index: Source, folder: string): boolean {
  return isSplit(index) || [...foldersUp(folder)].some((above) => above !== "" && lists(index, above));
}
