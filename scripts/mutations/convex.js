// Takes credentials of Convex away.
import { isMap, isScalar, parseDocument, visit } from "yaml";
import { ANY_LINE, lineAt, textsIn, withoutLine } from "./text.js";

/** @typedef {import("./text.js").File} File */
/** @typedef {import("./text.js").Mutation} Mutation */

const CREDENTIALS = /^CONVEX_(?:DEPLOY_KEY|SELF_HOSTED_ADMIN_KEY)$/;

/** @param {string} root */
export function convexMutations(root) {
  return textsIn(root, [".github/workflows/*.{yml,yaml}"]).flatMap((file) => withoutCredentials(file));
}

/**
 * Each credential of Convex that an `env` of a workflow gives, deleted and blanked.
 *
 * @param {File} file
 * @returns {Mutation[]}
 */
function withoutCredentials({ path, text }) {
  /** @type {Mutation[]} */
  const found = [];
  const report = { path, rule: "convex-codegen-needs-deploy-key", where: new RegExp(`^\\.github/.*${ANY_LINE}`) };
  visit(parseDocument(text), {
    Pair(_, { key, value }, path) {
      if (!isScalar(key) || key.value !== "env" || !isMap(value) || value.flow === true) return;
      const owner = path.at(-1);
      // What only checks secrets works without them as it should.
      if (isMap(owner) && owner.get("name") === "Check secrets") return;
      for (const { key: name, value: held } of value.items) {
        if (!isScalar(name) || !CREDENTIALS.test(String(name.value)) || !isScalar(held) || !name.range || !held.range)
          continue;
        if (held.value === "" || held.value === null) continue;
        const line = lineAt(text, name.range[0]);
        const blanked = `${text.slice(0, held.range[0])}""${text.slice(held.range[1])}`;
        found.push({ ...report, kind: "credential blanked", line, text: blanked });
        const isOnly = value.items.length === 1;
        const deleted = isOnly ? withoutEnv(text, name.range[0]) : withoutLine(text, name.range[0]);
        found.push({ ...report, kind: "credential deleted", line, text: deleted });
      }
    },
  });
  return found;
}

/**
 * A text without the `env` block whose only entry stands at an offset.
 *
 * @param {string} text
 * @param {number} offset
 */
function withoutEnv(text, offset) {
  const without = withoutLine(text, offset);
  const head = without.slice(0, text.lastIndexOf("\n", offset) + 1);
  return head.replace(/[^\n]*\benv:[^\n]*\n(?:\s*#[^\n]*\n)*$/, "") + without.slice(head.length);
}
