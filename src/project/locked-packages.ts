import { posix } from "node:path";
import type { PackageManager } from "../commands/invocation.ts";
import { LOCKFILE_NAMES, readLockfile, type Lockfile } from "../documents/lockfile.ts";
import { dependenciesOf } from "../documents/manifest.ts";
import type { Source } from "../documents/source.ts";
import { onceForEach } from "../memo.ts";
import { liesOutside } from "../tools/version-range.ts";
import { isCertainlyCommitted, isCertainlyUncommitted } from "./committed.ts";
import { folderOf, foldersUp, type Repository } from "./repository.ts";
import { workspaceAt } from "./workspace.ts";

const FILES = [...LOCKFILE_NAMES, "bun.lockb"];

/** The lockfiles of a folder and those above, by one of which what its files import can be installed; undefined where one of them cannot be read. */
export function lockfilesFor({ packages }: Repository, folder: string): readonly Source[] | undefined {
  return packages.deriveFor(folder, findLockfiles);
}

function findLockfiles(repository: Repository, folder: string): readonly Source[] | undefined {
  const paths = [...foldersUp(folder)].flatMap((above) => FILES.map((name) => posix.join(above, name)));
  const there = paths.filter((path) => !isCertainlyUncommitted(repository, path));
  const sources = there.map((path) => (path.endsWith("b") ? undefined : repository.files.read(path)));
  const isRead = (source: Source | undefined): source is Source =>
    source !== undefined && isCertainlyCommitted(repository, source.path);
  return sources.every(isRead) ? sources : undefined;
}

const mentions = onceForEach<Source, Map<string, boolean>>(() => new Map());

/** Whether a text has the name of a package in any place: a lockfile that has it not has no package of that name. */
export function mentionsPackage(source: Source, name: string): boolean {
  const known = mentions(source);
  const answer = known.get(name) ?? findMention(source.text, name);
  known.set(name, answer);
  return answer;
}

function findMention(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    const isWhole = !/[\w.-]/.test(text[at - 1] ?? "") && !/[\w.-]/.test(text[at + name.length] ?? "");
    if (isWhole) return true;
  }
  return false;
}

const lockfileOf = onceForEach(readLockfile);

/** The package manager of a lockfile that has all that the workspace in its folder declares; undefined for another one, with which more may be installed. */
export function managerOfComplete({ packages }: Repository, source: Source): PackageManager | undefined {
  return packages.deriveFor(source, findManager);
}

function findManager(repository: Repository, source: Source): PackageManager | undefined {
  const lockfile = lockfileOf(source);
  const folder = folderOf(source.path);
  const members = workspaceAt(repository, folder)?.packages;
  const isComplete = members?.every(({ manifest, directory, name }) => {
    const dependent = {
      directory: posix.relative(folder, directory),
      ...(name !== undefined && { packageName: name }),
    };
    const declared = [...dependenciesOf(manifest, ["dependencies", "devDependencies"])];
    return declared.every(([dependency, range]) => lockfile && isLocked(lockfile, dependency, range, dependent));
  });
  return isComplete === true ? lockfile?.manager : undefined;
}

function isLocked(
  lockfile: Lockfile,
  name: string,
  range: string,
  dependent: Omit<Parameters<Lockfile["versionOf"]>[1], "range">,
): boolean {
  const version = lockfile.versionOf(name, { ...dependent, range });
  return version === undefined ? mentionsPackage(lockfile.source, name) : !liesOutside(version, range);
}
