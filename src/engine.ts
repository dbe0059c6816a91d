import type { ParsedProgram } from "./documents/read-data.ts";
import { missingCredentials, type MissingCredential } from "./project/needs.ts";
import type { Repository } from "./project/repository.ts";
import { openFile } from "./project/snapshot.ts";

export type { MissingCredential } from "./project/needs.ts";

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
