import { describe, expect, it } from "vitest";
import { addToConfig } from "../../src/cli/eslint-config.ts";

const IMPORT = `import preflight from "eslint-plugin-preflight";\n`;
const ITEM = "preflight.configs.recommended";

describe("addToConfig", () => {
  const cases: readonly [name: string, before: string, after: string][] = [
    ["an array", "export default [];\n", `${IMPORT}export default [...${ITEM}];\n`],
    [
      "an array over several lines",
      `import js from '@eslint/js'\n\nexport default [\n  js.configs.recommended, // all\n]\n`,
      `import js from '@eslint/js'\nimport preflight from 'eslint-plugin-preflight'\n\nexport default [\n  js.configs.recommended, // all\n  ...${ITEM},\n]\n`,
    ],
    [
      "an array without a comma at the end",
      `export default [\n\ta,\n\tb // last\n];\n`,
      `${IMPORT}export default [\n\ta,\n\tb, // last\n\t...${ITEM}\n];\n`,
    ],
    [
      "an array of a constant",
      `/** @type {import("eslint").Linter.Config[]} */\nconst config = [a];\nexport default config;\n`,
      `${IMPORT}/** @type {import("eslint").Linter.Config[]} */\nconst config = [a, ...${ITEM}];\nexport default config;\n`,
    ],
    [
      "an array of an exported constant",
      `export const config = [a];\nexport default config;\n`,
      `${IMPORT}export const config = [a, ...${ITEM}];\nexport default config;\n`,
    ],
    [
      "a typed array",
      `export default [a] satisfies Config[];\n`,
      `${IMPORT}export default [a, ...${ITEM}] satisfies Config[];\n`,
    ],
    [
      "Windows line endings, after a comment on types",
      `// @ts-check\r\nexport default [\r\n  a,\r\n];\r\n`,
      `// @ts-check\r\n${IMPORT.trim()}\r\nexport default [\r\n  a,\r\n  ...${ITEM},\r\n];\r\n`,
    ],
    [
      "defineConfig of an array",
      `import { defineConfig } from "eslint/config";\nexport default defineConfig([\n  a,\n]);\n`,
      `import { defineConfig } from "eslint/config";\n${IMPORT}export default defineConfig([\n  a,\n  ${ITEM},\n]);\n`,
    ],
    [
      "defineConfig of arguments, by another name",
      `import { defineConfig as define } from "eslint/config";\nexport default define(a, [b]);\n`,
      `import { defineConfig as define } from "eslint/config";\n${IMPORT}export default define(a, [b], ${ITEM});\n`,
    ],
    [
      "tseslint.config",
      `import tseslint from "typescript-eslint";\nexport default tseslint.config(\n  tseslint.configs.recommended,\n);\n`,
      `import tseslint from "typescript-eslint";\n${IMPORT}export default tseslint.config(\n  tseslint.configs.recommended,\n  ${ITEM},\n);\n`,
    ],
    [
      "antfu without options",
      `import antfu from "@antfu/eslint-config";\nexport default antfu();\n`,
      `import antfu from "@antfu/eslint-config";\n${IMPORT}export default antfu({}, ${ITEM});\n`,
    ],
    [
      "antfu with methods after it",
      `import antfu from "@antfu/eslint-config";\nexport default antfu({ vue: true }).override("a", {}).append(b);\n`,
      `import antfu from "@antfu/eslint-config";\n${IMPORT}export default antfu({ vue: true }).override("a", {}).append(b).append(${ITEM});\n`,
    ],
    [
      "Nuxt",
      `import withNuxt from "./.nuxt/eslint.config.mjs";\nexport default withNuxt();\n`,
      `import withNuxt from "./.nuxt/eslint.config.mjs";\n${IMPORT}export default withNuxt(${ITEM});\n`,
    ],
    [
      "CommonJS",
      `const { defineConfig } = require("eslint/config");\n\nmodule.exports = defineConfig([a]);\n`,
      `const { defineConfig } = require("eslint/config");\nconst preflight = require("eslint-plugin-preflight").default;\n\nmodule.exports = defineConfig([a, ${ITEM}]);\n`,
    ],
    [
      "a file that has the name already",
      `const preflight = 1;\nexport default [];\n`,
      `import preflightPlugin from "eslint-plugin-preflight";\nconst preflight = 1;\nexport default [...preflightPlugin.configs.recommended];\n`,
    ],
  ];

  it.each(cases)("adds to %s", (_, before, after) => {
    expect(addToConfig(before)).toEqual({ kind: "changed", text: after });
    expect(addToConfig(after)).toEqual({ kind: "present" });
  });

  it.each([
    ["a function of their own", `import own from "@acme/eslint";\nexport default own({});`],
    ["a method of what is not known", "export default [a].concat(b);"],
    ["a configuration from elsewhere", `import config from "@acme/eslint";\nexport default config;`],
    ["a variable that may change", "let config = [a];\nexport default config;"],
    ["a single object", "export default {};"],
    ["a condition", "export default isCi ? [a] : [b];"],
    ["a promise", "export default (async () => [a])();"],
    ["a function that only has the name", "const defineConfig = (x) => x;\nexport default defineConfig([a]);"],
    [
      "another function of the same package",
      `import tseslint from "typescript-eslint";\nexport default tseslint.parse(a);`,
    ],
    ["an array with a hole", "export default [, a];"],
    ["no export", "const a = 1;"],
    ["text that does not parse", "export default ["],
  ])("leaves %s to a human", (_, text) => {
    expect(addToConfig(text)).toEqual({ kind: "unclear" });
  });
});
