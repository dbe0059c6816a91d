import type { ParsedProgram } from "../documents/read-data.ts";
import { findRoot, relativeTo } from "./files.ts";
import { Repository } from "./repository.ts";

/**
 * For how many milliseconds a check of many files stands, counted from its start: a run over hundreds of files would spend
 * most of its time on checks. A file that is linted again is part of another run, for which everything is checked anew.
 */
const WINDOW = 100;
/** So few files are checked each time. */
const FEW_FILES = 150;

interface Snapshot {
  readonly repository: Repository;
  freshUntil: number;
  /** The files that were linted since the check. */
  linted: Set<string>;
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
  const onDisk = currentSnapshot(root, path);
  const source = onDisk.files.read(path);
  const repository = source?.text === text ? onDisk : new Repository(root, { path, text }, onDisk);
  if (program) repository.adopt(path, program);
  return { repository, path };
}

function currentSnapshot(root: string, path: string): Repository {
  const start = performance.now();
  const known = snapshots.get(root);
  if (known && start < known.freshUntil && !known.linted.has(path)) {
    known.linted.add(path);
    return known.repository;
  }
  const linted = new Set([path]);
  if (known?.repository.files.isCurrent()) {
    if (known.repository.files.size > FEW_FILES) known.freshUntil = start + WINDOW;
    known.linted = linted;
    return known.repository;
  }
  const repository = new Repository(root);
  snapshots.set(root, { repository, freshUntil: start, linted });
  return repository;
}
