// npm run corpus -- [--record] DIR…
// Lints repositories that lie in folders named owner__name (in DIR, or DIR itself), and compares the findings with those that
// were reviewed: each was judged by reading the repository. `--record` writes what is found into the list, for review.
// A DIR that holds `before` and `after` has pairs: the repositories in both, numbered, on both sides of a maintainer's fix.
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { lintRepository } from "./lint-repository.js";

const LIST = fileURLToPath(new URL("../tests/corpus/reviewed.json", import.meta.url));

const SIDES = ["before", "after"];
/** Whether a name stands in the documentation needs no judgement: these are counted, not listed. */
const COUNTED = new Set(["undocumentedSecret", "missingDocumentation"]);

/** @typedef {Record<string, string[]>} Reviewed Findings by repository. */

/** @type {Reviewed} */
const reviewed = JSON.parse(readFileSync(LIST, "utf8"));
const isRecording = process.argv.includes("--record");
const folders = process.argv.slice(2).filter((argument) => !argument.startsWith("--"));
if (folders.length === 0) {
  console.error("usage: npm run corpus -- [--record] DIR…");
  process.exit(2);
}

/**
 * The repositories in a folder: itself, or those whose folders are named owner__name.
 *
 * @param {string} folder
 * @returns {string[]}
 */
function repositoriesIn(folder) {
  if (existsSync(join(folder, ".git"))) return [folder];
  if (existsSync(join(folder, "before"))) return SIDES.flatMap((side) => repositoriesIn(join(folder, side)));
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name.includes("__"))
    .map(({ name }) => join(folder, name));
}

/**
 * `owner/name`, for one of a pair with its number and side.
 *
 * @param {string} root
 */
function nameOf(root) {
  const [, number, name = ""] = /^(?:(\d+)__)?(.*)$/.exec(basename(root)) ?? [];
  const repository = name.replace("__", "/");
  return number === undefined ? repository : `${repository} ${number} ${basename(dirname(root))}`;
}

/** @type {Map<string, number>} */
const byRule = new Map();
const roots = folders.flatMap((folder) => repositoriesIn(resolve(folder)));
let differences = 0;
let exceptions = 0;
let found = 0;
for (const root of roots) {
  const name = nameOf(root);
  const start = performance.now();
  try {
    const { findings: all, unparsed, files } = await lintRepository(root);
    const findings = all.filter(({ messageId }) => !COUNTED.has(messageId));
    const took = `${((performance.now() - start) / 1000).toFixed(1)} s`;
    console.log(`${name}: ${String(findings.length)} findings in ${String(files)} files, ${took}`);
    if (unparsed.length > 0) console.log(`    not parsed: ${unparsed.join(", ")}`);
    for (const { rule } of all) byRule.set(rule, (byRule.get(rule) ?? 0) + 1);
    found += findings.length;
    const now = findings.map(({ path, line, rule, messageId }) => `${path}:${String(line)} ${rule}/${messageId}`);
    const before = reviewed[name] ?? [];
    for (const [index, line] of now.entries()) {
      if (before.includes(line)) continue;
      differences++;
      console.log(`  + ${line}\n    ${findings[index]?.message ?? ""}`);
    }
    for (const line of before.filter((known) => !now.includes(known))) {
      differences++;
      console.log(`  - ${line}`);
    }
    reviewed[name] = now;
  } catch (error) {
    exceptions++;
    console.log(`${name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  }
}

console.log(`\n${String(roots.length)} repositories, ${String(found)} findings, ${String(exceptions)} exceptions`);
for (const [rule, count] of [...byRule].sort()) console.log(`  ${rule}: ${String(count)}`);
if (isRecording) {
  const sorted = Object.fromEntries(Object.entries(reviewed).sort(([a], [b]) => a.localeCompare(b, "en")));
  writeFileSync(LIST, `${JSON.stringify(sorted, undefined, 2)}\n`);
} else {
  console.log(differences === 0 ? "As reviewed." : `${String(differences)} differences from what was reviewed.`);
}
process.exitCode = exceptions > 0 || (!isRecording && differences > 0) ? 1 : 0;
