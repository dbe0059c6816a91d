// What all kinds of mutations need: files, lines, and what a mutation is.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { globSync } from "tinyglobby";

/**
 * @typedef {object} Mutation
 * @property {string} kind
 * @property {string} path The file that is changed, relative to the repository.
 * @property {number} line Where it is changed, from 1.
 * @property {string} text What the file then holds.
 * @property {string} rule The rule that has to report it.
 * @property {RegExp} where The file and line of the report, as `path:line`.
 * @property {boolean} [isFixable] False where `--fix` cannot repair it. Left out, it can.
 */

/** In a pattern for a report: on whatever line. */
export const ANY_LINE = String.raw`:\d+$`;

/**
 * @typedef {object} File
 * @property {string} path
 * @property {string} text
 */

/**
 * @param {string} root
 * @param {string[]} patterns
 * @returns {File[]}
 */
export function textsIn(root, patterns) {
  return globSync(patterns, { cwd: root, dot: true, ignore: ["**/node_modules/**"] })
    .sort()
    .map((path) => ({ path, text: readFileSync(join(root, path), "utf8") }));
}

/**
 * @param {string} path
 * @param {number} line
 */
export function exactly(path, line) {
  return new RegExp(`^${path.replaceAll(".", String.raw`\.`)}:${String(line)}$`);
}

/**
 * @param {string} text
 * @param {number} offset
 */
export function lineAt(text, offset) {
  return text.slice(0, offset).split("\n").length;
}

/**
 * A text without the line of an offset.
 *
 * @param {string} text
 * @param {number} offset
 */
export function withoutLine(text, offset) {
  const start = text.lastIndexOf("\n", offset) + 1;
  const end = text.indexOf("\n", offset);
  return text.slice(0, start) + (end < 0 ? "" : text.slice(end + 1));
}
