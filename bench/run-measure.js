// Starts measurements, each in a process of its own, and sums them up.
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const MEASURE = fileURLToPath(new URL("measure.js", import.meta.url));
const run = promisify(execFile);

/**
 * @typedef {object} Measurement
 * @property {number} cpu Milliseconds of processor time.
 * @property {number} elapsed Milliseconds from the start of the process.
 * @property {number} memory Peak memory in MB.
 * @property {number} [findings]
 * @property {number} [import]
 * @property {string[]} [modules]
 */

/**
 * One measurement.
 *
 * @param {readonly string[]} args
 * @returns {Promise<Measurement>}
 */
export async function measure(args) {
  const { stdout } = await run(process.execPath, [MEASURE, ...args], { maxBuffer: 50_000_000 });
  return JSON.parse(stdout);
}

/** @param {readonly number[]} values */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? NaN) + (sorted[Math.ceil(middle)] ?? NaN)) / 2;
}

/**
 * Measures several things in turns, so that what else the machine does falls on all of them alike.
 *
 * @template {string} Name
 * @param {Readonly<Record<Name, readonly string[]>>} subjects
 * @param {number} rounds
 * @returns {Promise<Record<Name, Measurement[]>>}
 */
export async function interleave(subjects, rounds) {
  const names = /** @type {Name[]} */ (Object.keys(subjects));
  const found = /** @type {Record<Name, Measurement[]>} */ ({});
  for (let round = 0; round < rounds; round++) {
    for (const name of names) (found[name] ??= []).push(await measure(subjects[name]));
  }
  return found;
}

/**
 * The median of the ratios of each round.
 *
 * @param {readonly Measurement[]} ours
 * @param {readonly Measurement[]} base
 */
export function ratioOf(ours, base) {
  return median(ours.map(({ cpu }, round) => cpu / (base[round]?.cpu ?? NaN)));
}

/** @param {readonly Measurement[]} measurements */
export function cpuOf(measurements) {
  return median(measurements.map(({ cpu }) => cpu));
}
