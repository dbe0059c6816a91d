import { createRequire } from "node:module";
import type { Linter } from "eslint";
import manifest from "../../package.json" with { type: "json" };

const require = createRequire(import.meta.url);

/** A parser that is loaded when the first file is parsed, so that a run that lints only JavaScript does not pay for it. */
function lazyParser(name: string): Linter.Parser {
  return {
    // Without a name and a version, `eslint --cache` cannot tell one parser from another.
    meta: { name: `${manifest.name}/${name}`, version: manifest.version },
    parseForESLint: (text: string, options?: unknown) =>
      (
        require(name) as { parseForESLint: (text: string, options?: unknown) => Linter.ESLintParseResult }
      ).parseForESLint(text, options),
  };
}

/** For workflows and actions. */
export const yamlParser = lazyParser("yaml-eslint-parser");

/** For package.json and turbo.json. */
export const jsonParser = lazyParser("jsonc-eslint-parser");
