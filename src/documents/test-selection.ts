import type { Source } from "./source.ts";
import { significantTokens, specifierAt, stringValue, type Positioned } from "./source-tokens.ts";

/** Names by which a configuration of Vitest, Jest, Mocha or Playwright has only some of the tests below a folder run. */
const SELECTING = new Set(
  "defineWorkspace dir exclude extends ignore include mergeConfig preset projects root rootDir roots spec testDir testIgnore testMatch testPathIgnorePatterns testRegex workspace".split(
    " ",
  ),
);

/** Objects whose keys are those of the tests themselves; all others, like `coverage`, have an `include` of their own. */
const OUTER = new Set<string | undefined>([undefined, "projects", "test"]);

/** Modules that a configuration may take its settings from: files beside it, and packages that are named for it. */
const SHARED = /^\.|(?<!^vitest\/|ts)config|preset/;

/** Whether the configuration of a test runner may select among the tests, so that it is not known which are run. */
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

/** What a token names: a key, a variable in place of one, or a function. */
function nameAt(tokens: readonly Positioned[], index: number): string | undefined {
  const token = tokens[index];
  const next = tokens[index + 1]?.value ?? "";
  if (token?.type === "IdentifierName" && /^[:(,}]$/.test(next)) return token.value;
  return next === ":" ? stringValue(token) : undefined;
}
