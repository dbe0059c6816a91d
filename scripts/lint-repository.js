// Lints a whole repository with the strict configuration through ESLint's own class.
import { relative } from "node:path";
import { ESLint } from "eslint";
import preflight from "eslint-plugin-preflight";

/** All files that the plugin looks at. */
export const LINTED_FILES = [
  "**/.github/workflows/*.{yml,yaml}",
  "**/action.{yml,yaml}",
  "**/package.json",
  "**/turbo.{json,jsonc}",
];

/**
 * @typedef {object} Finding
 * @property {string} path Relative to the repository, with forward slashes.
 * @property {number} line
 * @property {string} rule Without the plugin's name.
 * @property {string} messageId
 * @property {string} message
 */

/**
 * The findings of the plugin in a repository, and the paths that ESLint could not parse. Comments that disable rules count,
 * the repository's own configuration of ESLint does not.
 *
 * @param {string} root
 * @param {boolean} [fix] Writes the fixes.
 * @returns {Promise<{ findings: Finding[]; unparsed: string[]; files: number }>}
 */
export async function lintRepository(root, fix = false) {
  const eslint = new ESLint({
    cwd: root,
    overrideConfigFile: true,
    overrideConfig: [...preflight.configs.strict, { linterOptions: { reportUnusedDisableDirectives: "off" } }],
    errorOnUnmatchedPattern: false,
    fix,
  });
  const results = await eslint.lintFiles(LINTED_FILES);
  if (fix) await ESLint.outputFixes(results);
  const pathOf = (/** @type {string} */ file) => relative(root, file).replaceAll("\\", "/");
  return {
    files: results.length,
    unparsed: results.filter(({ fatalErrorCount }) => fatalErrorCount > 0).map(({ filePath }) => pathOf(filePath)),
    findings: results.flatMap(({ filePath, messages }) =>
      messages.flatMap(({ ruleId, messageId, line, message }) => {
        const rule = ruleId?.startsWith("preflight/") ? ruleId.slice("preflight/".length) : undefined;
        return rule === undefined ? [] : [{ path: pathOf(filePath), line, rule, messageId: messageId ?? "", message }];
      }),
    ),
  };
}
