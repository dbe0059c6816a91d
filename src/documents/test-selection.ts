import type { Source } from "./source.ts";
import { significantTokens } from "./source-tokens.ts";

/** Names by which a configuration of Vitest, Jest, Mocha or Playwright has only some of the tests below a folder run. */
const SELECTING = new Set([
  ...["defineWorkspace", "dir", "exclude", "ignore", "include", "mergeConfig", "projects", "root", "rootDir", "roots"],
  ...["spec", "testDir", "testIgnore", "testMatch", "testPathIgnorePatterns", "testRegex", "workspace"],
]);

/** Objects whose keys are those of the tests themselves; all others, like `coverage`, have an `include` of their own. */
const OUTER = new Set<string | undefined>([undefined, "projects", "test"]);

/** Whether the configuration of a test runner may select among the tests, so that it is not known which are run. */
export function selectsTests(source: Source): boolean {
  const tokens = significantTokens(source);
  const outer: (string | undefined)[] = [];
  for (const [index, { type, value }] of tokens.entries()) {
    if (/^[[{]$/.test(value)) outer.push(tokens[index - 1]?.value === ":" ? tokens[index - 2]?.value : undefined);
    else if (/^[\]}]$/.test(value)) outer.pop();
    const isName = type === "IdentifierName" && /^[:(,}]$/.test(tokens[index + 1]?.value ?? "");
    if (isName && SELECTING.has(value) && outer.every((key) => OUTER.has(key))) return true;
  }
  return false;
}
