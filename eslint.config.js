// @ts-check
import { defineConfig } from "eslint/config";
import eslintPlugin from "eslint-plugin-eslint-plugin";
import preflight from "eslint-plugin-preflight";
import tseslint from "typescript-eslint";

/** The layers of `src`, innermost first, each with those that it may not import: see CONTRIBUTING.md. */
const LAYERS = {
  documents: ["shell", "commands", "tools", "edits", "project", "faults", "rules", "configs"],
  shell: ["commands", "tools", "edits", "project", "faults", "rules", "configs"],
  commands: ["tools", "edits", "project", "faults", "rules", "configs"],
  tools: ["edits", "project", "faults", "rules", "configs"],
  edits: ["commands", "tools", "project", "faults", "rules", "configs"],
  project: ["edits", "faults", "rules", "configs"],
  faults: ["edits", "rules", "configs"],
  rules: ["shell", "commands", "tools", "configs"],
};

/** What rules see of the models: their types. */
const TYPES_FOR_RULES = ["documents", "project", "faults", "engine"];

/**
 * @param {string} layer
 * @param {readonly string[]} forbidden
 * @returns {import("eslint").Linter.Config}
 */
function layerConfig(layer, forbidden) {
  const patterns = [
    { regex: `^(?:\\.\\./)+(?:${[...forbidden, "cli"].join("|")})/`, message: `${layer}/ is below what this imports.` },
  ];
  return {
    name: `layers/${layer}`,
    files: [`src/${layer}/**/*.ts`],
    rules: { "no-restricted-imports": ["error", { patterns }] },
  };
}

export default defineConfig(
  { ignores: ["dist/", "node_modules/", "tests/repositories/", "examples/"] },
  {
    files: ["**/*.{js,ts}"],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/explicit-module-boundary-types": "off",
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      "@typescript-eslint/prefer-nullish-coalescing": "off",
      "@typescript-eslint/only-throw-error": ["error", { allow: ["UnknownValue"] }],
    },
  },
  {
    files: ["src/rules/*.ts"],
    extends: [eslintPlugin.configs.recommended],
    rules: {
      "eslint-plugin/require-meta-docs-description": "error",
      "eslint-plugin/require-meta-schema-description": "error",
      "eslint-plugin/prefer-message-ids": "error",
    },
  },
  {
    files: ["tests/**/*.ts"],
    extends: [eslintPlugin.configs["tests-recommended"] ?? {}],
  },
  ...Object.entries(LAYERS).map(([layer, forbidden]) => layerConfig(layer, forbidden)),
  {
    name: "layers/rules-types",
    files: ["src/rules/*.ts"],
    rules: {
      "@typescript-eslint/no-restricted-imports": [
        "error",
        {
          patterns: [
            {
              regex: `^\\.\\./(?:${TYPES_FOR_RULES.join("|")})(?:/|\\.)`,
              allowTypeImports: true,
              message: "Rules hear of facts through document-visitor.ts.",
            },
          ],
        },
      ],
    },
  },
  {
    name: "layers/file-system",
    files: ["src/**/*.ts"],
    ignores: ["src/project/files.ts", "src/cli/**"],
    rules: {
      "no-restricted-syntax": [
        "error",
        {
          selector: "ImportDeclaration[source.value=/^(?:node:)?(?:fs|child_process|net|http|https)(?:$|\\u002F)/]",
          message: "Only project/files.ts reads the disk. Nothing writes but cli/, and nothing runs or calls anything.",
        },
      ],
    },
  },
  { files: ["eslint.config.js", "scripts/*.js", "bench/*.js"], extends: [tseslint.configs.disableTypeChecked] },
  preflight.configs.strict,
);
