import { createRequire } from "node:module";
import type * as Markdown from "../../documents/markdown.ts";
import type { Source } from "../../documents/source.ts";
import type { Repository } from "../../project/repository.ts";
import { isBuiltIn } from "./secret-uses.ts";

const require = createRequire(import.meta.url);

/** A table of the documentation that lists secrets of the repository which nothing in it reads. */
export interface UnusedSecrets {
  readonly document: string;
  /** The 1-based line of the table's header. */
  readonly line: number;
  /** As written, in the order of the table. */
  readonly names: readonly string[];
}

/** The tables with secrets that no YAML file of the repository names, and for which the documents show no use. */
export function unusedSecretsIn(repository: Repository, documents: readonly Source[]): readonly UnusedSecrets[] {
  const listed = documents.flatMap((document) => listedIn(document));
  if (listed.length === 0) return [];
  const readers = readersIn(repository);
  if (!readers) return [];
  // An example shows a use in another repository, such as that of a reusable workflow's caller.
  const examples = documents.flatMap(({ text }) => text.match(/\bsecrets\.\w+/gi) ?? []);
  const named = new Set([...readers, ...examples].flatMap((text) => text.toUpperCase().match(/\w+/g) ?? []));
  return listed
    .map((table) => ({ ...table, names: table.names.filter((name) => !named.has(name)) }))
    .filter(({ names }) => names.length > 0);
}

/** A heading, or the head of a column, that tells of the secrets which workflows read: not of Dependabot's or a GitHub App's. */
const SECRETS = /\b(?:github|repo(?:sitory)?|actions)\s+(?:(?:actions|repo(?:sitory)?|environment|ci)\s+)*secrets?\b/i;
const COLUMN = /^\W*(?:(?:github|repo(?:sitory)?|actions)\s)*(?:secrets?|names?|keys?|variables?)(?:\sname)?\W*$/i;
/** A cell that holds one name and nothing else. */
const NAME = /^[*_`]*([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*)[*_`]*$/;
/** A row, or a heading, that itself tells that there is no use now. */
const KNOWN_UNUSED = /\b(?:deprecated|future|legacy|longer|planned|removed|reserved|unused|not (?:yet )?used)\b/i;

function listedIn(document: Source): readonly UnusedSecrets[] {
  if (!SECRETS.test(document.text)) return [];
  // The parser takes longer to load than the rest of the engine to lint a workflow.
  const { tablesOf } = require("./markdown.js") as typeof Markdown;
  return tablesOf(document).flatMap((table) => {
    const names = secretsIn(table);
    return names.length === 0 ? [] : [{ document: document.path, line: table.line, names }];
  });
}

function secretsIn({ heading, header, rows }: Markdown.MarkdownTable): readonly string[] {
  const column = header.findIndex((text) => COLUMN.test(text));
  const title = header[column];
  if (title === undefined || KNOWN_UNUSED.test(heading) || !(SECRETS.test(heading) || SECRETS.test(title))) return [];
  const current = rows.filter((cells) => !KNOWN_UNUSED.test(cells.join(" ")));
  const names = current.flatMap((cells) => NAME.exec(cells[column]?.replaceAll("\\", "") ?? "")?.[1] ?? []);
  return names.filter((name) => !isBuiltIn(name));
}

/** More YAML files than this are not read. */
const MAX_READERS = 2000;
/** All secrets, or one whose name is computed. */
const ANY_SECRET = /\bsecrets\s*(?:[[\])},|&]|\.\s*\*)/i;

/** The texts that can name a secret: undefined where one can be read by any name. */
function readersIn(repository: Repository): readonly string[] | undefined {
  const { files } = repository;
  const paths = files.glob("", ["**/.github/**", "**/*.{yml,yaml}*"], ["**/*.{md,mdx}"], true);
  if (paths.length > MAX_READERS || givesAllAway(repository)) return undefined;
  const texts = paths.flatMap((path) => files.read(path)?.text ?? []);
  return texts.some((text) => ANY_SECRET.test(text)) ? undefined : texts;
}

/** Whether a workflow of another repository gets all secrets, or one of the repository's own cannot be read. */
function givesAllAway(repository: Repository): boolean {
  return repository.workflowPaths.some((path) => {
    const workflow = repository.workflow(path);
    return (
      !workflow || workflow.jobs.some(({ secrets, uses }) => secrets === "inherit" && uses?.target.kind !== "local")
    );
  });
}
