// Takes declarations of variables out of turbo's configurations.
import { isScalar, isSeq, parseDocument, visit } from "yaml";
import { ANY_LINE, lineAt, textsIn } from "./text.js";

/** @typedef {import("./text.js").File} File */
/** @typedef {import("./text.js").Mutation} Mutation */

/** @param {string} root */
export function turboMutations(root) {
  const mentioned = textsIn(root, [".github/workflows/*.{yml,yaml}"])
    .map(({ text }) => text)
    .join("\n");
  return textsIn(root, ["**/turbo.{json,jsonc}"]).flatMap((file) => withoutDeclarations(file, mentioned));
}

/**
 * Each variable that a turbo configuration lists and a workflow mentions, taken out of the list.
 *
 * @param {File} file
 * @param {string} mentioned
 * @returns {Mutation[]}
 */
function withoutDeclarations({ path, text }, mentioned) {
  /** @type {Mutation[]} */
  const found = [];
  visit(parseDocument(text.replaceAll(/^(\s*)\/\//gm, "$1##")), {
    Pair(_, { key, value }) {
      if (!isScalar(key) || !/^(?:env|passThroughEnv|globalEnv|globalPassThroughEnv)$/.test(String(key.value))) return;
      for (const item of isSeq(value) ? value.items : []) {
        if (
          !isScalar(item) ||
          !item.range ||
          !new RegExp(String.raw`\b${String(item.value).replaceAll("*", "")}\b`).test(mentioned)
        )
          continue;
        const [start, end] = item.range;
        const rest = text.slice(end).replace(/^\s*,/, "");
        const isLast = rest === text.slice(end);
        const before = isLast ? text.slice(0, start).replace(/,\s*$/, "") : text.slice(0, start);
        found.push({
          kind: "variable undeclared",
          path,
          line: lineAt(text, start),
          text: before + rest,
          rule: "turbo-env-declared",
          where: new RegExp(`turbo\\.jsonc?${ANY_LINE}`),
        });
      }
    },
  });
  return found;
}
