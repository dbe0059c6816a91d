// What is measured: our configuration, the floor that any plugin pays on the same files, and others in our field.
import { createRequire } from "node:module";

/** A rule that looks at every file's root, as ours do, and does nothing. @type {import("eslint").Rule.RuleModule} */
const nothing = { create: () => ({ Program: () => undefined }) };

const WORKFLOWS = ["**/.github/workflows/*.{yml,yaml}", "**/action.{yml,yaml}"];
const MANIFESTS = ["**/package.json", "**/turbo.{json,jsonc}"];

/**
 * @param {string[]} files
 * @param {unknown} parser
 * @returns {import("eslint").Linter.Config}
 */
function noOp(files, parser) {
  return {
    files,
    languageOptions: { parser: /** @type {import("eslint").Linter.Parser} */ (parser) },
    plugins: { floor: { rules: { nothing } } },
    rules: { "floor/nothing": "error" },
  };
}

/** Packages that are installed for the comparison alone. */
const others = createRequire(new URL("others/package.json", import.meta.url));

/**
 * Configurations by name. Each loads what it needs itself, and nothing else.
 *
 * @type {Record<string, () => Promise<import("eslint").Linter.Config[]>>}
 */
export const CONFIGS = {
  preflight: async () => (await import("eslint-plugin-preflight")).default.configs.strict,
  floor: async () => {
    const [yaml, jsonc] = await Promise.all([import("yaml-eslint-parser"), import("jsonc-eslint-parser")]);
    return [noOp(WORKFLOWS, yaml), noOp(MANIFESTS, jsonc)];
  },
  javascript: () => Promise.resolve([{ files: ["**/*.js"], rules: { "no-undef": "error" } }]),
  "javascript+preflight": async () => [
    ...((await CONFIGS["javascript"]?.()) ?? []),
    ...((await CONFIGS["preflight"]?.()) ?? []),
  ],
  "eslint-plugin-yml": async () => {
    const { default: yml } = await import("eslint-plugin-yml");
    return /** @type {import("eslint").Linter.Config[]} */ (yml.configs.standard);
  },
  "eslint-plugin-github-actions-2": async () => {
    const { default: actions } = await import(others.resolve("eslint-plugin-github-actions-2"));
    return [{ ...actions.configs.recommended, files: ["**/.github/workflows/*.yml"] }];
  },
};
