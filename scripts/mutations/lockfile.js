// Changes package.json files so that bun.lock no longer fits them.
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { exactly, lineAt, textsIn } from "./text.js";

/** @typedef {import("./text.js").File} File */
/** @typedef {import("./text.js").Mutation} Mutation */

const RULE = "lockfile-in-sync";

/**
 * @param {string} root
 * @returns {Mutation[]}
 */
export function lockfileMutations(root) {
  if (!existsSync(join(root, "bun.lock"))) return [];
  const [lock] = textsIn(root, ["bun.lock"]);
  const members = lock?.text.slice(0, lock.text.indexOf('"packages": {')) ?? "";
  const files = textsIn(root, ["**/package.json"]).filter(
    ({ path }) => path === "package.json" || members.includes(`"${dirname(path)}": {`),
  );
  return [...files.flatMap(withDependency), ...files.flatMap(withOtherRange), ...withMember(files)];
}

/**
 * A dependency that no lockfile has.
 *
 * @param {File} file
 * @returns {Mutation[]}
 */
function withDependency({ path, text }) {
  const match = /"(?:dependencies|devDependencies)":\s*\{(\s*)(?=")/.exec(text);
  if (!match) return [];
  const end = match.index + match[0].length;
  const line = lineAt(text, end);
  return [
    {
      kind: "dependency not locked",
      path,
      line,
      text: `${text.slice(0, end)}"@preflight/unlocked": "^1.0.0",${match[1] ?? ""}${text.slice(end)}`,
      rule: RULE,
      where: exactly(path, line),
      isFixable: false,
    },
  ];
}

/**
 * The first range of a package.json, changed to one that no version is in.
 *
 * @param {File} file
 * @returns {Mutation[]}
 */
function withOtherRange({ path, text }) {
  const match = /"(?:dependencies|devDependencies)":\s*\{[^}]*?"[^"]+":\s*"(\^?\d+\.\d+\.\d+)"/.exec(text);
  const range = match?.[1];
  if (!match || range === undefined) return [];
  const start = match.index + match[0].length - range.length - 1;
  const line = lineAt(text, start);
  return [
    {
      kind: "locked version excluded",
      path,
      line,
      text: `${text.slice(0, start)}^9999.0.0${text.slice(start + range.length)}`,
      rule: RULE,
      where: exactly(path, line),
      isFixable: false,
    },
  ];
}

/**
 * A member beside another one.
 *
 * @param {File[]} files
 * @returns {Mutation[]}
 */
function withMember(files) {
  const root = files.find(({ path }) => path === "package.json");
  const sibling = files.find(({ path }) => root?.text.includes(`"${dirname(dirname(path))}/*"`));
  if (!sibling) return [];
  const path = `${dirname(dirname(sibling.path))}/preflight-added/package.json`;
  return [
    {
      kind: "member not locked",
      path,
      line: 1,
      text: '{ "name": "preflight-added" }\n',
      rule: RULE,
      where: exactly(path, 1),
      isFixable: false,
    },
  ];
}
