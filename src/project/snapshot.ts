import type { ParsedProgram } from "../documents/read-data.ts";
import { findRoot, relativeTo } from "./files.ts";
import { Repository } from "./repository.ts";

const snapshots = new Map<string, Repository>();

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
  const repository = source?.text === text ? onDisk : new Repository(root, { path, text });
  if (program) repository.adopt(path, program);
  return { repository, path };
}

function currentSnapshot(root: string): Repository {
  const known = snapshots.get(root);
  if (known?.files.isCurrent()) return known;
  const repository = new Repository(root);
  snapshots.set(root, repository);
  return repository;
}
