import type { ParsedProgram } from "../documents/read-data.ts";
import { onceForTexts } from "../memo.ts";
import { findRoot, outermostRoot, relativeTo } from "./files.ts";
import { Repository } from "./repository.ts";

/**
 * For how many times its own length a check stands, so that a run over hundreds of files spends little of its time on checks.
 * Where a file is linted again, which is another run, everything is checked anew.
 */
const CHECKS_APART = 60;
/** For how many milliseconds a check stands at most, counted from its start. */
const WINDOW = 250;

interface Snapshot {
  readonly repository: Repository;
  freshUntil: number;
}

/** Absolute paths of the files that this process has linted. */
const linted = new Set<string>();
const snapshots = new Map<string, Snapshot>();

const repositoryRoot = onceForTexts(outermostRoot);

/** A file as it is linted, in its repository. */
export interface OpenFile {
  readonly repository: Repository;
  readonly path: string;
}

/**
 * The repository of a file as it is now. The file itself has the text that is linted; where that is not what the disk holds,
 * a snapshot of its own is made with the text in its place. Undefined for what others have written and no runner reads.
 */
export function openFile(absolutePath: string, text: string, program: ParsedProgram | undefined): OpenFile | undefined {
  const root = repositoryRoot(findRoot(absolutePath));
  if (root === undefined) return undefined;
  const path = relativeTo(root, absolutePath);
  const onDisk = currentSnapshot(root, linted.has(absolutePath));
  linted.add(absolutePath);
  const source = onDisk.files.read(path);
  const repository = source?.text === text ? onDisk : new Repository(root, { path, text }, onDisk);
  if (program) repository.adopt(path, program);
  return { repository, path };
}

function currentSnapshot(root: string, isAgain: boolean): Repository {
  const start = performance.now();
  const known = snapshots.get(root);
  if (known && start < known.freshUntil && !isAgain) return known.repository;
  if (known?.repository.files.isCurrent()) {
    known.freshUntil = start + Math.min((performance.now() - start) * CHECKS_APART, WINDOW);
    return known.repository;
  }
  const repository = new Repository(root);
  snapshots.set(root, { repository, freshUntil: start });
  return repository;
}
