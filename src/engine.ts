import type { ParsedProgram } from "./documents/read-data.ts";
import {
  declarationFaults,
  versionFaults,
  type DeclarationFault,
  type VersionFault,
} from "./project/bun-version-faults.ts";
import { droppedVariables, type DroppedVariable } from "./project/dropped-variables.ts";
import { installFaults, type InstallFault } from "./project/install-faults.ts";
import { missingCredentials, type MissingCredential } from "./project/needs.ts";
import type { Repository } from "./project/repository.ts";
import { openFile } from "./project/snapshot.ts";

export type { DeclarationFault, UnreadableLockfile, VersionFault } from "./project/bun-version-faults.ts";
export type { DroppedVariable } from "./project/dropped-variables.ts";
export type { InstallFault } from "./project/install-faults.ts";
export type { EnvLevel, MissingCredential } from "./project/needs.ts";

/** The file that is linted, in its repository. */
export class LintedFile {
  readonly #repository: Repository;
  readonly #path: string;

  constructor(repository: Repository, path: string) {
    this.#repository = repository;
    this.#path = path;
  }

  /** The places of the file at which credentials are missing. */
  missingCredentials(): readonly MissingCredential[] {
    return missingCredentials(this.#repository, this.#path);
  }

  /** The variables that the file, a turbo configuration, keeps from tasks that need them. */
  droppedVariables(): readonly DroppedVariable[] {
    return droppedVariables(this.#repository, this.#path);
  }

  /** The places of the file at which Bun installs without keeping to the lockfile. */
  installFaults(): readonly InstallFault[] {
    return installFaults(this.#repository, this.#path);
  }

  /** The places of the file at which a Bun is chosen that does not fit the repository. */
  versionFaults(): readonly VersionFault[] {
    return versionFaults(this.#repository, this.#path);
  }

  /** What is wrong with the Bun that the file, a package.json, declares. */
  declarationFaults(): readonly DeclarationFault[] {
    return declarationFaults(this.#repository, this.#path);
  }
}

/** Opens a file as ESLint has it: `tree` is its syntax tree, which is used where it is YAML's or JSON's. */
export function openLintedFile(absolutePath: string, text: string, tree: object): LintedFile {
  const program = isKnownTree(tree) ? tree : undefined;
  const { repository, path } = openFile(absolutePath, text, program);
  return new LintedFile(repository, path);
}

function isKnownTree(tree: object): tree is ParsedProgram {
  const [first] =
    "body" in tree && Array.isArray(tree.body) ? (tree.body as readonly { readonly type?: unknown }[]) : [];
  return first?.type === "YAMLDocument" || first?.type === "JSONExpressionStatement";
}
