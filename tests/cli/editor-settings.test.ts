import { expect, it } from "vitest";
import { withLanguages } from "../../src/cli/editor-settings.ts";

const OWN = `"json", "jsonc", "yaml", "github-actions-workflow"`;
const ALL = `"javascript", "javascriptreact", "typescript", "typescriptreact", "vue", ${OWN}`;

it.each([
  ["", `{\n  "eslint.validate": [\n    ${ALL.replaceAll(", ", ",\n    ")}\n  ]\n}\n`],
  ["{}", `{ "eslint.validate": [${ALL}] }`],
  [
    `{\n  // ours\n  "editor.tabSize": 2,\n}\n`,
    `{\n  // ours\n  "editor.tabSize": 2,\n  "eslint.validate": [${ALL}],\n}\n`,
  ],
  [
    `{ "eslint.validate": ["javascript", { "language": "yaml" }] }`,
    `{ "eslint.validate": ["javascript", { "language": "yaml" }, "json", "jsonc", "github-actions-workflow"] }`,
  ],
  [`{ "eslint.validate": [${OWN}] }`, `{ "eslint.validate": [${OWN}] }`],
  [`{ "eslint.validate": "all" }`, undefined],
  ["[]", undefined],
  ["{ broken", undefined],
])("%j becomes %j", (before, after) => {
  expect(withLanguages(before, ["vue"])).toBe(after);
});
