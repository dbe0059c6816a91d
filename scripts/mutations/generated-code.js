// Takes away what generates code that git ignores.
import { isMap, isScalar, isSeq, parseDocument, visit } from "yaml";
import { ANY_LINE, lineAt, textsIn } from "./text.js";

/** @typedef {import("./text.js").File} File */
/** @typedef {import("./text.js").Mutation} Mutation */

const IGNORED = /^[^#\n]*(?:generated|styled-system|routeTree\.gen|\*\.gen\.ts|\.nuxt|\.svelte-kit|paraglide|\bgql\b)/m;
const GENERATES =
  /\b(?:convex|panda) codegen\b|\btsr generate\b|\b(?:codegen|generate)\b|\bsvelte-kit sync\b|\bnuxi? prepare\b|\bnuxt prepare\b|\bparaglide-js compile\b|\brun prepare\b/;

/** @param {string} root */
export function generatedCodeMutations(root) {
  if (!textsIn(root, ["**/.gitignore"]).some(({ text }) => IGNORED.test(text))) return [];
  return [
    ...textsIn(root, [".github/workflows/*.{yml,yaml}"]).flatMap((file) => withoutSteps(file)),
    ...textsIn(root, ["**/turbo.{json,jsonc}"]).flatMap((file) => withoutDependencies(file)),
  ];
}

/**
 * Each step that generates code and is followed by another one, taken out of its job.
 *
 * @param {File} file
 * @returns {Mutation[]}
 */
function withoutSteps({ path, text }) {
  /** @type {Mutation[]} */
  const found = [];
  visit(parseDocument(text), {
    Pair(_, { key, value }) {
      if (!isScalar(key) || key.value !== "steps" || !isSeq(value)) return;
      for (const [index, step] of value.items.entries()) {
        const next = value.items[index + 1];
        if (!isMap(step) || !isMap(next) || !step.range || !next.range) continue;
        const command = step.get("run") ?? step.get("uses");
        if (typeof command !== "string" || !GENERATES.test(command)) continue;
        found.push({
          kind: "generating step deleted",
          path,
          line: lineAt(text, step.range[0]),
          text: text.slice(0, step.range[0]) + text.slice(next.range[0]),
          rule: "codegen-before-typecheck",
          where: new RegExp(ANY_LINE),
        });
      }
    },
  });
  return found;
}

/**
 * Each generating task that another one waits for, taken out of its `dependsOn`.
 *
 * @param {File} file
 * @returns {Mutation[]}
 */
function withoutDependencies({ path, text }) {
  return Array.from(text.matchAll(/(?:, *)?"\^?(?:[\w@/-]+#)?(?:codegen|generate)"(?=[^:\w]*\])/g), (match) => ({
    kind: "dependency on a generating task deleted",
    path,
    line: lineAt(text, match.index),
    text: text.slice(0, match.index) + text.slice(match.index + match[0].length),
    rule: "codegen-before-typecheck",
    where: new RegExp(`turbo\\.jsonc?${ANY_LINE}`),
  }));
}
