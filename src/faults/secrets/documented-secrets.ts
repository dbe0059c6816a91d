import { entriesOf } from "../../documents/data.ts";
import { keyPlaceOf, type Place, type Source } from "../../documents/source.ts";
import type { Repository } from "../../project/repository.ts";
import { unusedSecretsIn, type UnusedSecrets } from "./listed-secrets.ts";
import { secretNamesIn, secretUsesOf, type SecretUse } from "./secret-uses.ts";

/** How a repository's documentation and its workflows disagree about secrets and variables. */
export interface SecretDocumentation {
  /** The files that were read. */
  readonly documents: readonly string[];
  /** What no document names, in the order in which it is first used. */
  readonly undocumented: readonly SecretUse[];
  /** What no document names and is first used in the linted file. */
  readonly undocumentedHere: readonly SecretUse[];
  /** Tables with secrets that nothing reads, where the linted file is the first workflow; with where to tell of them. */
  readonly unused: readonly UnusedSecrets[];
  readonly start: Place;
}

/** Compares secrets with the documentation, which patterns name; undefined where there is too much of it. */
export type DocumentationCheck = (patterns: readonly string[]) => SecretDocumentation | undefined;

/** The documentation of the secrets that a workflow uses, to be asked with the patterns of its files. */
export function secretDocumentation(repository: Repository, path: string): readonly DocumentationCheck[] {
  const workflow = repository.workflowPaths.includes(path) ? repository.workflow(path) : undefined;
  const [first] = entriesOf(workflow?.node);
  if (!workflow || !first) return [];
  const own = [...secretNamesIn(repository, path)];
  const isFirst = repository.workflowPaths[0] === path;
  if (own.length === 0 && !isFirst) return [];
  return [
    (patterns) => {
      const documents = documentsOf(repository, patterns);
      if (!documents) return undefined;
      const isUndocumented = (name: string): boolean => !documents.hasWord(name);
      // The other workflows are read only where one of the names is missing, to find its first use.
      const all = own.some(isUndocumented) ? secretUsesOf(repository) : [];
      const undocumented = all.filter(({ name }) => isUndocumented(name));
      return {
        documents: documents.sources.map((source) => source.path),
        undocumented,
        undocumentedHere: undocumented.filter(({ place }) => place.source.path === path),
        unused: isFirst ? unusedSecretsIn(repository, documents.sources) : [],
        start: keyPlaceOf(workflow.source, first),
      };
    },
  ];
}

/** More files than this are not read, and what they name is unknown. */
const MAX_DOCUMENTS = 2000;
/** A word with an underscore, or with two capitals: what names look like, and little else in prose. */
const NAME = /\b\w*(?:_|[A-Z][A-Z0-9])\w*/g;

/** The text of the documentation. */
class Documents {
  readonly sources: readonly Source[];
  readonly #texts: readonly string[];
  readonly #names: ReadonlySet<string>;

  constructor(sources: readonly Source[]) {
    this.sources = sources;
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
