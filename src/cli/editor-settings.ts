import { entriesOf, entryOf, stringOf, type DataNode, type Sequence } from "../documents/data.ts";
import { readJson } from "../documents/read-data.ts";
import { addProperty, appendToArray } from "../edits/json.ts";
import { applyEdits } from "../edits/text-edit.ts";

const KEY = "eslint.validate";
/** What the plugin's files are to VS Code: GitHub's extension gives workflows a language of their own. */
const OWN_LANGUAGES = ["json", "jsonc", "yaml", "github-actions-workflow"];
const SCRIPT_LANGUAGES = ["javascript", "javascriptreact", "typescript", "typescriptreact"];

/**
 * The text of VS Code's settings in which ESLint checks the plugin's files too; the same text where it does, undefined where the
 * settings cannot be read. A list replaces what the extension finds out by itself, so a new one also has `others`.
 */
export function withLanguages(text: string, others: readonly string[]): string | undefined {
  const languages = [...SCRIPT_LANGUAGES, ...others, ...OWN_LANGUAGES];
  if (text.trim() === "") return `${JSON.stringify({ [KEY]: languages }, undefined, 2)}\n`;
  const source = { path: "settings.json", text };
  const { root } = readJson(source);
  if (root?.kind !== "mapping") return undefined;
  const list = entryOf(root, KEY)?.value;
  if (!list) {
    const value = `[${languages.map((language) => JSON.stringify(language)).join(", ")}]`;
    const edits = addProperty(source, root, KEY, value);
    return edits && applyEdits(text, edits);
  }
  if (list.kind !== "sequence") return undefined;
  return OWN_LANGUAGES.reduce<string | undefined>(addLanguage, text);
}

function addLanguage(text: string | undefined, language: string): string | undefined {
  if (text === undefined) return undefined;
  const source = { path: "settings.json", text };
  const list = entryOf(readJson(source).root, KEY)?.value as Sequence | undefined;
  if (!list || list.items.some((item) => languageOf(item) === language)) return text;
  return applyEdits(text, appendToArray(source, list, language));
}

/** An item is a name, or an object with one. */
function languageOf(item: DataNode): string | undefined {
  return stringOf(item) ?? stringOf(entriesOf(item).find(({ key }) => key === "language")?.value);
}
