import type { Source } from "./source.ts";
import { SETS_ANY } from "./source-reads.ts";
import { significantTokens, specifierAt, stringValue, type Positioned } from "./source-tokens.ts";

/** Names by which a configuration of Vitest, Jest, Mocha or Playwright has only some tests run, or sets variables or modules for them. */
const SELECTING = new Set(
  "alias automock defineWorkspace dir env exclude extends globalSetup grep grepInvert ignore include mergeConfig moduleNameMapper preset projects root rootDir roots setupFiles setupFilesAfterEnv spec testDir testIgnore testMatch testPathIgnorePatterns testRegex workspace".split(
    " ",
  ),
);

/** Objects whose keys are those of the tests themselves; all others, like `coverage`, have an `include` of their own. */
const OUTER = new Set<string | undefined>([undefined, "projects", "test"]);

/** Modules that a configuration may take its settings from: files beside it, and packages that are named for it. */
const SHARED = /^\.|^dotenv|(?<!^vitest\/|ts)config|preset/;

/** Whether the configuration of a test runner may select among the tests or prepare them, so that it is not known what they read. */
export function selectsTests(source: Source): boolean {
  const tokens = significantTokens(source);
  const outer: (string | undefined)[] = [];
  for (const [index, { value }] of tokens.entries()) {
    if (/^[[{]$/.test(value)) outer.push(tokens[index - 1]?.value === ":" ? nameAt(tokens, index - 2) : undefined);
    else if (/^[\]}]$/.test(value)) outer.pop();
    const isSelecting = value === "..." || SELECTING.has(nameAt(tokens, index) ?? "");
    if (isSelecting && outer.every((key) => OUTER.has(key))) return true;
    if (SHARED.test(specifierAt(tokens, index) ?? "")) return true;
  }
  return false;
}

/** Tests that are left out, or run only sometimes. */
const SELECTED =
  /\.(?:fixme|only|runIf|skip|skipIf|todo)\b|\bx(?:describe|it|test)\s*\(|\bif\s*\([^\n]*\)\s*\{?\s*(?:describe|it|test)\b/;
/** Ways for a test to set variables. */
const PREPARED = /\b(?:replaceProperty|stubEnv)\b|\bdelete\s+process\.env\b/;

/** Whether a file of tests may leave out some of them, or set variables for them. */
export function selectsOrPrepares({ text }: Source): boolean {
  return SELECTED.test(text) || PREPARED.test(text) || SETS_ANY.test(text);
}

/** What a token names: a key, a variable in place of one, or a function. */
function nameAt(tokens: readonly Positioned[], index: number): string | undefined {
  const token = tokens[index];
  const next = tokens[index + 1]?.value ?? "";
  if (token?.type === "IdentifierName" && /^[:(,}]$/.test(next)) return token.value;
  return next === ":" ? stringValue(token) : undefined;
}
