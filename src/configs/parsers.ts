import { createRequire } from "node:module";
import type { Linter } from "eslint";
import manifest from "../../package.json" with { type: "json" };

const require = createRequire(import.meta.url);

/** `# eslint rule: "off"`, which configures rules. */
const CONFIGURES = /^\s*eslint\s+(?:["'][^"']+["']|[\w@/.-]+)\s*:/;

/** A parser that is loaded when the first file is parsed, so that a run that lints only JavaScript does not pay for it. */
function lazyParser(name: string): Linter.Parser {
  return {
    // Without a name and a version, `eslint --cache` cannot tell one parser from another.
    meta: { name: `${manifest.name}/${name}`, version: manifest.version },
    parseForESLint(text: string, options?: unknown) {
      const { parseForESLint } = require(name) as {
        parseForESLint: (text: string, options?: unknown) => Linter.ESLintParseResult;
      };
      const result = parseForESLint(text, options);
      for (const comment of result.ast.comments) if (isProse(comment.value)) comment.type = "Line";
      return result;
    },
  };
}

/** Whether a comment only begins with ESLint's name, as in `# eslint runs below`: in a block ESLint would take it for a configuration. */
function isProse(comment: string): boolean {
  return /^\s*eslint\s/.test(comment) && !CONFIGURES.test(comment);
}

/** For workflows and actions. */
export const yamlParser = lazyParser("yaml-eslint-parser");

/** For package.json and turbo.json. */
export const jsonParser = lazyParser("jsonc-eslint-parser");
