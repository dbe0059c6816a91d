// npm run bench -- [--quick] [--rounds N] [--record] [SCENARIO…]
// Measures processor time, always beside something else in the same run: figures of milliseconds depend on the machine, ratios
// hardly. `--record` writes report.json and the table in README.md; `--quick` measures what a change is most likely to break,
// and fails only where that is twice what is aimed at and twice what is recorded, or quadratic.
import { readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { format } from "prettier";
import { QUICK, SCENARIOS } from "./scenarios.js";

const README = fileURLToPath(new URL("README.md", import.meta.url));
const REPORT = fileURLToPath(new URL("report.json", import.meta.url));

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: "boolean", default: false },
    record: { type: "boolean", default: false },
    rounds: { type: "string", default: "5" },
  },
});
const names = positionals.length > 0 ? positionals : values.quick ? QUICK : Object.keys(SCENARIOS);
/** @type {import("./scenarios.js").Result[]} */
const results = [];
for (const name of names) {
  const found = (await SCENARIOS[name]?.(Number(values.rounds))) ?? [];
  for (const result of found) {
    const verdict = result.share <= 1 ? "reached" : "missed";
    console.log(`${verdict.padEnd(8)} ${result.measured.padStart(10)}  ${result.target.padEnd(12)} ${result.name}`);
  }
  results.push(...found);
}
if (values.record) await record();
if (values.quick) {
  /** @type {{ results: import("./scenarios.js").Result[] }} */
  const recorded = JSON.parse(readFileSync(REPORT, "utf8"));
  const shareOf = (/** @type {string} */ name) => recorded.results.find((result) => result.name === name)?.share ?? 1;
  const regressions = results.filter(({ name, share, gross = 2 }) => share > gross * Math.max(1, shareOf(name)));
  for (const { name, measured } of regressions) console.error(`${name}: ${measured} is a gross regression.`);
  if (regressions.length > 0) process.exitCode = 1;
}

async function record() {
  const machine = `${String(cpus().length)} × ${cpus()[0]?.model.trim() ?? "processor"}, Node ${process.versions.node}, ${process.platform}`;
  writeFileSync(REPORT, await format(JSON.stringify({ machine, results }), { parser: "json", printWidth: 120 }));
  const rows = results.map(
    ({ name, measured, target, share }) => `| ${name} | ${measured} | ${target} | ${share <= 1 ? "yes" : "no"} |`,
  );
  const table = [
    `Measured on ${machine}.`,
    "",
    "| what | measured | target | reached |",
    "| --- | --- | --- | --- |",
    ...rows,
  ].join("\n");
  const text = readFileSync(README, "utf8").replace(
    /(<!-- results -->\n)[^]*(?=<!-- end results -->)/,
    `$1\n${table}\n\n`,
  );
  writeFileSync(README, await format(text, { parser: "markdown", printWidth: 120 }));
}
