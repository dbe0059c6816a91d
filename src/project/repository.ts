import { posix } from "node:path";
import { readAction, type Action } from "../documents/action.ts";
import { readBunLock, type BunLock } from "../documents/bun-lock.ts";
import { readBunfig, type Bunfig } from "../documents/bunfig.ts";
import type { DataDocument } from "../documents/data.ts";
import { readJson, readProgram, readYaml, type ParsedProgram } from "../documents/read-data.ts";
import { LOCKFILE_NAMES, readLockfile, type Lockfile } from "../documents/lockfile.ts";
import { readManifest, type Manifest } from "../documents/manifest.ts";
import type { Source } from "../documents/source.ts";
import { readTsConfig, type TsConfig } from "../documents/tsconfig.ts";
import { readTurboConfig, type TurboConfig } from "../documents/turbo-config.ts";
import { readWorkflow, type Workflow } from "../documents/workflow.ts";
import { isCertainlyCommitted } from "./committed.ts";
import { Files, type Overlay } from "./files.ts";

/** Documents by the text that they were read from, so that an unchanged file is parsed once in the life of the process. */
const documents = new WeakMap<Source, Map<string, unknown>>();

function once<T>(source: Source, kind: string, read: () => T): T {
  let byKind = documents.get(source);
  if (!byKind) documents.set(source, (byKind = new Map<string, unknown>()));
  if (!byKind.has(kind)) byKind.set(kind, read());
  return byKind.get(kind) as T;
}

const WORKFLOWS = ".github/workflows";

const findWorkflows = ({ files }: Repository): readonly string[] => {
  const names = files.list(WORKFLOWS).filter((name) => /\.ya?ml$/.test(name));
  return names.map((name) => `${WORKFLOWS}/${name}`);
};

/** One repository as seen in one lint pass: its files as documents, read when they are asked for. */
export class Repository {
  readonly files: Files;
  /**
   * The repository to ask about packages, tasks and scripts: where the text of a workflow stands in for the one on disk, that
   * of the disk, so that they are not looked up again for each key that is typed.
   */
  readonly packages: Repository;
  /** Results that are derived from more than one file, by the function that derives them and its key. */
  readonly #derived = new Map<unknown, unknown>();

  /** The repository without the linted text in place of a file: what does not depend on that file is found there once for many texts. */
  readonly onDisk: Repository;

  constructor(root: string, overlay?: Overlay, onDisk?: Repository) {
    this.files = new Files(root, overlay, onDisk?.files);
    this.onDisk = onDisk ?? this;
    this.packages = overlay?.path.startsWith(`${WORKFLOWS}/`) === true ? this.onDisk : this;
  }

  /** A result that depends on this snapshot, computed once. */
  derive<T>(compute: (repository: Repository) => T): T {
    return this.deriveFor(undefined, compute);
  }

  /** A result that depends on this snapshot and a key, computed once for each. `compute` is the same function at each call. */
  deriveFor<Key, T>(key: Key, compute: (repository: Repository, key: Key) => T): T {
    let results = this.#derived.get(compute) as Map<Key, T> | undefined;
    if (!results) this.#derived.set(compute, (results = new Map<Key, T>()));
    const known = results.get(key);
    if (known !== undefined || results.has(key)) return known as T;
    const result = compute(this, key);
    results.set(key, result);
    return result;
  }

  /** Takes over the tree that ESLint has made of a file. */
  adopt(path: string, program: ParsedProgram): void {
    const source = this.files.read(path);
    if (source) once(source, /\.ya?ml$/.test(path) ? "yaml" : "json", () => readProgram(source, program));
  }

  /** A YAML file; undefined where it is missing. */
  yaml(path: string): DataDocument | undefined {
    const source = this.files.read(path);
    return source && once(source, "yaml", () => readYaml(source));
  }

  /** A JSON file; undefined where it is missing. */
  json(path: string): DataDocument | undefined {
    const source = this.files.read(path);
    return source && once(source, "json", () => readJson(source));
  }

  /** A workflow file; undefined where it is missing or no workflow. */
  workflow(path: string): Workflow | undefined {
    const document = this.yaml(path);
    return document && once(document.source, "workflow", () => readWorkflow(document));
  }

  /** Paths of all workflow files. */
  get workflowPaths(): readonly string[] {
    return this.derive(findWorkflows);
  }

  /** The workflows whose text holds something; the others need not be parsed. */
  workflowsWith(pattern: RegExp): readonly Workflow[] {
    return this.workflowPaths
      .filter((path) => pattern.test(this.files.read(path)?.text ?? ""))
      .flatMap((path) => this.workflow(path) ?? []);
  }

  /** The action in a folder; undefined where there is none. */
  action(folder: string): Action | undefined {
    for (const name of ["action.yml", "action.yaml"]) {
      const document = this.yaml(posix.join(folder, name));
      if (document) return once(document.source, "action", () => readAction(document));
    }
    return undefined;
  }

  /** The package.json of a folder; undefined where there is none that can be read. */
  manifest(folder: string): Manifest | undefined {
    const document = this.json(posix.join(folder, "package.json"));
    return document && once(document.source, "manifest", () => readManifest(document));
  }

  /** The turbo.json or turbo.jsonc of a folder; undefined where there is none, or both, which turbo rejects. */
  turboConfig(folder: string): TurboConfig | undefined {
    const found = ["turbo.json", "turbo.jsonc"].flatMap((name) => this.json(posix.join(folder, name)) ?? []);
    const [document] = found;
    return document && found.length === 1 ? once(document.source, "turbo", () => readTurboConfig(document)) : undefined;
  }

  /** A tsconfig.json, by its path; undefined where it is missing or none. */
  tsConfig(path: string): TsConfig | undefined {
    const document = this.json(path);
    return document && once(document.source, "tsconfig", () => readTsConfig(document));
  }

  /** The lockfile of a folder that CI has and that can be read; undefined where there is none. */
  lockfile(folder: string): Lockfile | undefined {
    for (const name of LOCKFILE_NAMES) {
      const source = this.lockfileText(posix.join(folder, name));
      const lockfile = source && once(source, "lockfile", () => readLockfile(source));
      if (lockfile) return lockfile;
    }
    return undefined;
  }

  /** The bun.lock of a folder that CI has and that can be read; undefined where there is none. */
  bunLock(folder: string): BunLock | undefined {
    const source = this.lockfileText(posix.join(folder, "bun.lock"));
    return source && once(source, "bun.lock", () => readBunLock(source));
  }

  /** The text of a lockfile that CI has: one that git does not ignore, or has nevertheless. */
  lockfileText(path: string): Source | undefined {
    return this.files.isTracked(path) || isCertainlyCommitted(this, path) ? this.files.read(path) : undefined;
  }

  /** The bunfig.toml of a folder: undefined where there is none, `"unreadable"` where its settings cannot be known. */
  bunfig(folder: string): Bunfig | "unreadable" | undefined {
    const source = this.files.read(posix.join(folder, "bunfig.toml"));
    return source && once(source, "bunfig", () => readBunfig(source) ?? "unreadable");
  }
}

/** The folder that a path lies in; the root is the empty string. */
export function folderOf(path: string): string {
  const slash = path.lastIndexOf("/");
  return slash < 0 ? "" : path.slice(0, slash);
}

/** A folder and all folders above it, nearest first, ending with the root. */
export function* foldersUp(folder: string): Generator<string> {
  for (let current = folder; ; current = folderOf(current)) {
    yield current;
    if (current === "") return;
  }
}
