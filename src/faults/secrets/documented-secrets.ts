import type { Source } from "../../documents/source.ts";
import type { Repository } from "../../project/repository.ts";
import { secretNamesIn, secretUsesOf, type SecretUse } from "./secret-uses.ts";

/** The secrets and variables that a repository's documentation does not name. */
export interface UndocumentedSecrets {
  /** The files that were read. */
  readonly documents: readonly string[];
  /** All of them in the repository, in the order in which they are first used. */
  readonly all: readonly SecretUse[];
  /** Those that are first used in the linted file. */
  readonly here: readonly SecretUse[];
}

/** Compares the secrets of a workflow with the documentation, which patterns name; undefined where all are named, or there is too much of it. */
export type Documentation = (patterns: readonly string[]) => UndocumentedSecrets | undefined;

/** The documentation of the secrets that a workflow uses, to be asked with the patterns of its files. */
export function secretDocumentation(repository: Repository, path: string): readonly Documentation[] {
  const own = [...secretNamesIn(repository, path)];
  if (own.length === 0) return [];
  return [
    (patterns) => {
      const documents = documentsOf(repository, patterns);
      // The other workflows are read only where one of the names is missing, to find its first use.
      if (!documents || own.every((name) => documents.hasWord(name))) return undefined;
      const all = secretUsesOf(repository).filter(({ name }) => !documents.hasWord(name));
      const here = all.filter(({ place }) => place.source.path === path);
      return { all, here, documents: documents.paths };
    },
  ];
}

/** More files than this are not read, and what they name is unknown. */
const MAX_DOCUMENTS = 2000;
/** A word with an underscore, or with two capitals: what names look like, and little else in prose. */
const NAME = /\b\w*(?:_|[A-Z][A-Z0-9])\w*/g;

/** The text of the documentation. */
class Documents {
  readonly paths: readonly string[];
  readonly #texts: readonly string[];
  readonly #names: ReadonlySet<string>;

  constructor(sources: readonly Source[]) {
    this.paths = sources.map((source) => source.path);
    // Markdown allows a backslash before an underscore.
    this.#texts = sources.map(({ text }) => text.replaceAll(String.raw`\_`, "_"));
    this.#names = new Set(this.#texts.flatMap((text) => (text.match(NAME) ?? []).map((name) => name.toUpperCase())));
  }

  /** Whether a name of GitHub's, which ignores case, stands somewhere as a word. */
  hasWord(name: string): boolean {
    if (this.#names.has(name.toUpperCase())) return true;
    return name.search(NAME) < 0 && this.#texts.some((text) => new RegExp(`\\b${name}\\b`, "i").test(text));
  }
}

const documentsByPatterns = (): Map<string, Documents | undefined> => new Map();

/** The files that match some patterns; undefined where there are too many. */
function documentsOf({ onDisk }: Repository, patterns: readonly string[]): Documents | undefined {
  const memo = onDisk.derive(documentsByPatterns);
  const key = patterns.join("\n");
  if (!memo.has(key)) {
    const paths = onDisk.files.glob("", patterns);
    const isTooMuch = paths.length > MAX_DOCUMENTS;
    memo.set(key, isTooMuch ? undefined : new Documents(paths.flatMap((path) => onDisk.files.read(path) ?? [])));
  }
  return memo.get(key);
}
