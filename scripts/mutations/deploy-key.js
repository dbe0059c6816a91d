// Writes deploy keys down, gives commands of Convex flags that they do not take, and takes a backend's deployment away.
import { createHash } from "node:crypto";
import { ANY_LINE, exactly, lineAt, textsIn } from "./text.js";

/** @typedef {import("./text.js").File} File */
/** @typedef {import("./text.js").Mutation} Mutation */

/** @param {string} root */
export function deployKeyMutations(root) {
  const workflows = textsIn(root, [".github/workflows/*.{yml,yaml}"]);
  const files = [...workflows, ...textsIn(root, [".github/actions/**/action.{yml,yaml}", "**/package.json"])];
  return [
    ...files.flatMap((file) => withKeyInPlace(file)),
    ...files.flatMap((file) => withForeignFlag(file)),
    ...workflows.flatMap((file) => withoutDeployment(file)),
  ];
}

/** Has the form of a key, opens nothing, and stands in no file. */
function inventedKey() {
  const v2 = createHash("md5").update("preflight").digest("hex");
  return `prod:joyful-jaguar-123|${Buffer.from(JSON.stringify({ v2 })).toString("base64")}`;
}

/**
 * Each secret that holds a deploy key, replaced by a key.
 *
 * @param {File} file
 * @returns {Mutation[]}
 */
function withKeyInPlace({ path, text }) {
  return replaced(text, /\$\{\{ *secrets\.\w*CONVEX\w*KEY\w* *\}\}/g, inventedKey).map((change) => ({
    ...change,
    kind: "deploy key written down",
    path,
    rule: "deploy-key-not-hardcoded",
    where: exactly(path, change.line),
    isFixable: false,
  }));
}

/**
 * Each `convex codegen` and `convex deploy`, with a flag that they do not have.
 *
 * @param {File} file
 * @returns {Mutation[]}
 */
function withForeignFlag({ path, text }) {
  return replaced(text, /\bconvex (?:codegen|deploy)\b/g, (command) => `${command} --prod`).map((change) => ({
    ...change,
    kind: "flag of another command",
    path,
    rule: "deploy-key-fits-command",
    where: exactly(path, change.line),
    isFixable: false,
  }));
}

/**
 * Each workflow without the commands that deploy to Convex.
 *
 * @param {File} file
 * @returns {Mutation[]}
 */
function withoutDeployment({ path, text }) {
  const command = /(?:bunx|npx|pnpm exec|pnpm|yarn|bun x) convex deploy\b[^\n&|;]*/g;
  const [first] = replaced(text, command, () => "true");
  if (!first) return [];
  return [
    {
      kind: "backend left behind",
      path,
      line: first.line,
      text: text.replaceAll(command, "true"),
      rule: "convex-deployed-with-frontend",
      where: new RegExp(`^\\.github/.*${ANY_LINE}`),
      isFixable: false,
    },
  ];
}

/**
 * A text with one match replaced, for each that there is outside of comments.
 *
 * @param {string} text
 * @param {RegExp} pattern
 * @param {(match: string) => string} replace
 */
function replaced(text, pattern, replace) {
  return Array.from(text.matchAll(pattern)).flatMap((match) => {
    const start = text.lastIndexOf("\n", match.index) + 1;
    if (/^\s*#/.test(text.slice(start, match.index))) return [];
    const changed = text.slice(0, match.index) + replace(match[0]) + text.slice(match.index + match[0].length);
    return [{ line: lineAt(text, match.index), text: changed }];
  });
}
