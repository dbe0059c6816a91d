import type { ParsedProgram } from "../documents/read-data.ts";
import { findRoot, relativeTo } from "./files.ts";
import { Repository } from "./repository.ts";

/**
 * A check of all files that a snapshot has read stands for ten times as long as it took, at most 100 ms from its start: a run
 * over hundreds of files in a large repository then spends a tenth of its time on checks, and a small one checks each time.
 */
const CHECK_SHARE = 10;
const MAX_WINDOW = 100;

interface Snapshot {
  readonly repository: Repository;
  freshUntil: number;
}

const snapshots = new Map<string, Snapshot>();

/** A file as it is linted, in its repository. */
export interface OpenFile {
  readonly repository: Repository;
  readonly path: string;
}

/**
 * The repository of a file as it is now. The file itself has the text that is linted; where that is not what the disk holds,
 * a snapshot of its own is made with the text in its place.
 */
export function openFile(absolutePath: string, text: string, program: ParsedProgram | undefined): OpenFile {
  const root = findRoot(absolutePath);
  const path = relativeTo(root, absolutePath);
  const onDisk = currentSnapshot(root);
  const source = onDisk.files.read(path);
  const repository = source?.text === text ? onDisk : new Repository(root, { path, text }, onDisk);
  if (program) repository.adopt(path, program);
  return { repository, path };
}

function currentSnapshot(root: string): Repository {
  const start = performance.now();
  const known = snapshots.get(root);
  if (known && start < known.freshUntil) return known.repository;
  if (known?.repository.files.isCurrent()) {
    known.freshUntil = start + Math.min((performance.now() - start) * CHECK_SHARE, MAX_WINDOW);
    return known.repository;
  }
  const repository = new Repository(root);
  snapshots.set(root, { repository, freshUntil: start });
  return repository;
}
