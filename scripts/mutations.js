// Ways to break a repository that is sound, one place at a time.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, sep } from "node:path";
import { globSync } from "tinyglobby";
import { isMap, isScalar, isSeq, parseDocument, visit } from "yaml";
import { LINTED_FILES, lintRepository } from "./lint-repository.js";

/**
 * @typedef {object} Mutation
 * @property {string} kind
 * @property {string} path The file that is changed, relative to the repository.
 * @property {number} line Where it is changed, from 1.
 * @property {string} text What the file then holds.
 * @property {string} rule The rule that has to report it.
 * @property {RegExp} where The file and line of the report, as `path:line`.
 */

const CREDENTIALS = /^CONVEX_(?:DEPLOY_KEY|SELF_HOSTED_ADMIN_KEY)$/;
const ANY_LINE = String.raw`:\d+$`;

/**
 * All ways to break a repository, in a stable order.
 *
 * @param {string} root
 * @returns {Mutation[]}
 */
export function mutationsOf(root) {
  const texts = (/** @type {string} */ pattern) => textsIn(root, [pattern]);
  const workflows = texts(".github/workflows/*.{yml,yaml}");
  const actions = texts(".github/actions/**/action.{yml,yaml}");
  const mentioned = workflows.map(({ text }) => text).join("\n");
  return [
    ...workflows.flatMap((file) => withoutCredentials(file)),
    ...texts("**/turbo.{json,jsonc}").flatMap((file) => withoutDeclarations(file, mentioned)),
    ...[...workflows, ...actions].flatMap((file) => withOtherBun(file)),
    ...texts("package.json").flatMap((file) => withOtherDeclaration(file)),
    ...[...workflows, ...actions].flatMap((file) => withoutFrozen(file)),
  ];
}

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
function textsIn(root, patterns) {
  return globSync(patterns, { cwd: root, dot: true, ignore: ["**/node_modules/**"] })
    .sort()
    .map((path) => ({ path, text: readFileSync(join(root, path), "utf8") }));
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
    Pair(_, { key, value }) {
      if (!isScalar(key) || key.value !== "env" || !isMap(value) || value.flow === true) return;
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

/**
 * @param {string} path
 * @param {number} line
 */
function exactly(path, line) {
  return new RegExp(`^${path.replaceAll(".", String.raw`\.`)}:${String(line)}$`);
}

/** @param {string} version */
function otherThan(version) {
  return version === "1.2.18" ? "1.2.20" : "1.2.18";
}

/**
 * @param {string} text
 * @param {number} offset
 */
function lineAt(text, offset) {
  return text.slice(0, offset).split("\n").length;
}

/**
 * A text without the line of an offset.
 *
 * @param {string} text
 * @param {number} offset
 */
function withoutLine(text, offset) {
  const start = text.lastIndexOf("\n", offset) + 1;
  const end = text.indexOf("\n", offset);
  return text.slice(0, start) + (end < 0 ? "" : text.slice(end + 1));
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

/**
 * Applies every mutation to a copy of a repository, and says of each whether it was reported and repaired.
 *
 * @param {string} root
 */
export async function* mutate(root) {
  const copy = mkdtempSync(join(tmpdir(), "preflight-mutate-"));
  try {
    cpSync(root, copy, {
      recursive: true,
      filter: (path) => !/^(?:\.git|node_modules)$/.test(basename(path)) && !path.endsWith(`${sep}FILES.txt`),
    });
    // What can be repaired is repaired first, so that the copy is as sound as it can be.
    for (let runs = 0; runs < 4; runs++) await lintRepository(copy, true);
    const originals = new Map(textsIn(copy, LINTED_FILES).map(({ path, text }) => [path, text]));
    const before = (await lintRepository(copy)).findings;
    const known = new Set(before.map(placeOf));
    const tally = tallyOf(before);
    for (const mutation of mutationsOf(copy)) {
      writeFileSync(join(copy, mutation.path), mutation.text);
      const { findings } = await lintRepository(copy);
      const isReported = findings.some(
        (finding) =>
          finding.rule === mutation.rule && mutation.where.test(placeOf(finding)) && !known.has(placeOf(finding)),
      );
      let isRepaired = false;
      for (let runs = 0; isReported && !isRepaired && runs < 4; runs++) {
        const left = (await lintRepository(copy, true)).findings;
        isRepaired = [...tallyOf(left)].every(([key, count]) => count <= (tally.get(key) ?? 0));
      }
      for (const { path, text } of textsIn(copy, LINTED_FILES)) {
        const original = originals.get(path);
        if (original !== undefined && original !== text) writeFileSync(join(copy, path), original);
      }
      yield { mutation, isReported, isRepaired };
    }
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

/** @param {import("./lint-repository.js").Finding} finding */
function placeOf({ path, line }) {
  return `${path}:${String(line)}`;
}

/**
 * How often each finding occurs, whatever its line.
 *
 * @param {import("./lint-repository.js").Finding[]} findings
 */
function tallyOf(findings) {
  /** @type {Map<string, number>} */
  const tally = new Map();
  for (const { path, rule, message } of findings) {
    const key = `${path} ${rule} ${message.replaceAll(/:\d+/g, "")}`;
    tally.set(key, (tally.get(key) ?? 0) + 1);
  }
  return tally;
}
