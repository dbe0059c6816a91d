// Tests secrets where GitHub has none, keeps them from called workflows, and takes away the steps that check them.
import { isMap, isScalar, parseDocument } from "yaml";
import { ANY_LINE, exactly, lineAt, textsIn, withoutLine } from "./text.js";

/** @typedef {import("./text.js").File} File */
/** @typedef {import("./text.js").Mutation} Mutation */
/** @typedef {import("yaml").YAMLMap} YAMLMap */

const CONDITION = "${{ secrets.MUTATED != '' }}";

/** @param {string} root */
export function secretsMutations(root) {
  const workflows = textsIn(root, [".github/workflows/*.{yml,yaml}"]);
  return workflows.flatMap((file) =>
    jobsOf(file).flatMap((job) => [
      ...withCondition(file, job),
      ...withoutPassed(file, job, workflows),
      ...withoutCheck(file, job),
    ]),
  );
}

/**
 * The jobs that are written line by line.
 *
 * @param {File} file
 * @returns {YAMLMap[]}
 */
function jobsOf({ text }) {
  const jobs = parseDocument(text).get("jobs");
  return isMap(jobs)
    ? jobs.items.flatMap(({ value }) => (isMap(value) && value.flow !== true && value.items.length > 0 ? [value] : []))
    : [];
}

/**
 * A job that runs only where a secret is set: GitHub rejects the whole file.
 *
 * @param {File} file
 * @param {YAMLMap} job
 * @returns {Mutation[]}
 */
function withCondition({ path, text }, job) {
  const condition = job.get("if", true);
  const [start, end] = (isScalar(condition) && condition.range) || [job.range?.[0] ?? 0, job.range?.[0] ?? 0];
  const indent = text.slice(text.lastIndexOf("\n", start) + 1, start);
  // A block ends with its line break.
  const lineBreak = text[end - 1] === "\n" ? "\n" : "";
  const replacement = isScalar(condition) ? CONDITION + lineBreak : `if: ${CONDITION}\n${indent}`;
  const line = lineAt(text, start);
  return [
    {
      kind: "secret tested in a job's condition",
      path,
      line,
      text: text.slice(0, start) + replacement + text.slice(end),
      rule: "secrets-available-to-trigger",
      where: exactly(path, line),
      isFixable: false,
    },
  ];
}

/**
 * Each secret that a workflow of the repository requires, and that a call no longer passes.
 *
 * @param {File} file
 * @param {YAMLMap} job
 * @param {File[]} workflows
 * @returns {Mutation[]}
 */
function withoutPassed({ path, text }, job, workflows) {
  const called = workflows.find((file) => job.get("uses") === `./${file.path}`);
  /** @type {unknown} */
  const secrets = job.get("secrets");
  if (!called || !isMap(secrets) || secrets.flow === true) return [];
  const declared = parseDocument(called.text);
  return secrets.items.flatMap(({ key }) => {
    const name = isScalar(key) ? String(key.value) : "";
    const isRequired = declared.getIn(["on", "workflow_call", "secrets", name, "required"]) === true;
    if (!isScalar(key) || !key.range || !isRequired || secrets.items.length < 2) return [];
    return [
      {
        kind: "secret kept from a called workflow",
        path,
        line: lineAt(text, key.range[0]),
        text: withoutLine(text, key.range[0]),
        rule: "secrets-available-to-trigger",
        where: new RegExp(`^${path.replaceAll(".", String.raw`\.`)}${ANY_LINE}`),
      },
    ];
  });
}

/**
 * Each step that checks secrets, removed from a job before which no other can do so.
 *
 * @param {File} file
 * @param {YAMLMap} job
 * @returns {Mutation[]}
 */
function withoutCheck({ path, text }, job) {
  const [start = 0, end = 0] = job.range ?? [];
  if (job.has("needs")) return [];
  const checks = text.slice(start, end).matchAll(/^( *)- name: Check secrets\n(?:\1 +\S.*\n)+/gm);
  return Array.from(checks, ({ 0: step, index }) => ({
    kind: "check of secrets removed",
    path,
    line: lineAt(text, start + index),
    text: text.slice(0, start + index) + text.slice(start + index + step.length),
    rule: "secrets-validated",
    where: new RegExp(`^${path.replaceAll(".", String.raw`\.`)}${ANY_LINE}`),
  }));
}
