// Changes the version of Bun in one place, and thaws frozen installs.
import { exactly, lineAt, textsIn } from "./text.js";

/** @typedef {import("./text.js").File} File */
/** @typedef {import("./text.js").Mutation} Mutation */

/** @param {string} root */
export function bunMutations(root) {
  const workflows = textsIn(root, [".github/workflows/*.{yml,yaml}"]);
  const files = [...workflows, ...textsIn(root, [".github/actions/**/action.{yml,yaml}"])];
  return [
    ...files.flatMap((file) => withOtherBun(file)),
    ...textsIn(root, ["package.json"]).flatMap((file) => withOtherDeclaration(file)),
    ...files.flatMap((file) => withoutFrozen(file)),
  ];
}

/**
 * Each exact Bun version that a workflow asks for, changed.
 *
 * @param {File} file
 * @returns {Mutation[]}
 */
function withOtherBun({ path, text }) {
  return Array.from(text.matchAll(/^\s*(?:-\s+)?bun-version:\s*["']?(\d+\.\d+\.\d+)/gm), (match) => {
    const [whole, version = ""] = match;
    const start = match.index + whole.length - version.length;
    const line = lineAt(text, start);
    return {
      kind: "Bun version changed in CI",
      path,
      line,
      text: text.slice(0, start) + otherThan(version) + text.slice(start + version.length),
      rule: "lockfile-frozen-bun-version-match",
      where: exactly(path, line),
    };
  });
}

/**
 * The Bun version that package.json declares, changed.
 *
 * @param {File} file
 * @returns {Mutation[]}
 */
function withOtherDeclaration({ path, text }) {
  return Array.from(text.matchAll(/"packageManager":\s*"bun@(\d+\.\d+\.\d+)/g), (match) => {
    const [whole, version = ""] = match;
    const start = match.index + whole.length - version.length;
    return {
      kind: "Bun version changed in package.json",
      path,
      line: lineAt(text, start),
      text: text.slice(0, start) + otherThan(version) + text.slice(start + version.length),
      rule: "lockfile-frozen-bun-version-match",
      where: /:\d+$/,
    };
  });
}

/**
 * Each frozen install with Bun, thawed.
 *
 * @param {File} file
 * @returns {Mutation[]}
 */
function withoutFrozen({ path, text }) {
  return Array.from(text.matchAll(/\bbun (?:ci\b|(?:i|install)\b[^\n&|;]*? --frozen-lockfile\b)/g), (match) => {
    const [command] = match;
    const line = lineAt(text, match.index);
    const thawed = command === "bun ci" ? "bun install" : command.replace(/ --frozen-lockfile$/, "");
    return {
      kind: "install thawed",
      path,
      line,
      text: text.slice(0, match.index) + thawed + text.slice(match.index + command.length),
      rule: "lockfile-frozen-bun-version-match",
      where: exactly(path, line),
    };
  });
}

/** @param {string} version */
function otherThan(version) {
  return version === "1.2.18" ? "1.2.20" : "1.2.18";
}
