// Sizes that grow, and input that no one would write.
import { HOSTILE, job, script, WORKFLOW } from "./hostile.js";
import { monorepo, writeRepository } from "./repositories.js";
import { cpuOf, interleave, median } from "./run-measure.js";
import { large } from "./workflows.js";

const WORKFLOWS = ".github/workflows/*.yml";

/** The slope of a line through logarithms. @param {readonly (readonly [size: number, cost: number])[]} points */
function exponentOf(points) {
  const logs = points.map(([size, cost]) => [Math.log(size), Math.log(Math.max(cost, 1))]);
  const mean = (/** @type {number} */ at) => logs.reduce((sum, point) => sum + (point[at] ?? 0), 0) / logs.length;
  const [x, y] = [mean(0), mean(1)];
  const products = logs.reduce((sum, [a = 0, b = 0]) => sum + (a - x) * (b - y), 0);
  return products / logs.reduce((sum, [a = 0]) => sum + (a - x) ** 2, 0);
}

/** @typedef {Record<string, { sizes: number[]; files: (size: number) => import("./repositories.js").Files; pattern: string }>} Growing */

/** Within one file, where what is gone through once too often shows soonest. @type {Growing} */
const OF_FILES = {
  "jobs of a workflow": {
    sizes: [5, 50, 150, 450],
    files: (jobs) => ({ ...monorepo({ packages: 10, workflows: 0 }), [WORKFLOW]: large(1, jobs) }),
    pattern: WORKFLOW,
  },
  "lines of a script": {
    sizes: [100, 1000, 3000, 9000],
    files: (lines) => job(script(lines)),
    pattern: WORKFLOW,
  },
};

/** @type {Growing} */
const OF_REPOSITORIES = {
  packages: {
    sizes: [10, 100, 1000, 5000],
    files: (packages) => monorepo({ packages, workflows: 10 }),
    pattern: ".github/workflows/checks-8.yml",
  },
  workflows: {
    sizes: [1, 10, 100, 1000],
    files: (workflows) => monorepo({ packages: 10, workflows }),
    pattern: WORKFLOWS,
  },
  "turbo tasks × packages": {
    sizes: [100, 1000, 10_000],
    files: (size) => monorepo({ packages: Math.sqrt(size), workflows: 10, tasks: Math.sqrt(size) }),
    pattern: ".github/workflows/checks-8.yml",
  },
  "depth of a chain of scripts": {
    sizes: [3, 10, 100, 1000],
    files: (depth) => monorepo({ packages: 2, workflows: 10, depth }),
    pattern: ".github/workflows/checks-8.yml",
  },
  "steps of a job": {
    sizes: [10, 100, 1000, 5000],
    files: (steps) => monorepo({ packages: 2, workflows: 10, steps }),
    pattern: ".github/workflows/checks-9.yml",
  },
};

/** @type {import("./scenarios.js").Scenario} */
export function growthOfFiles(rounds) {
  return growth(OF_FILES, rounds);
}

/** @type {import("./scenarios.js").Scenario} */
export function growthOfRepositories(rounds) {
  return growth(OF_REPOSITORIES, rounds);
}

/** What is partly quadratic is a gross regression. */
const GROSS_EXPONENT = 1.3;

/**
 * @param {Growing} growing
 * @param {number} rounds
 */
async function growth(growing, rounds) {
  /** @type {import("./scenarios.js").Result[]} */
  const results = [];
  for (const [name, { sizes, files, pattern }] of Object.entries(growing)) {
    /** @type {{ size: number; added: number; memory: number }[]} */
    const rows = [];
    for (const size of sizes) {
      const folder = writeRepository(files(size));
      const { ours, floor } = await interleave(
        { floor: ["lint", "floor", folder, pattern], ours: ["lint", "preflight", folder, pattern] },
        Math.ceil(rounds / 2),
      );
      const added = median(ours.map(({ cpu }, round) => cpu - (floor[round]?.cpu ?? NaN)));
      rows.push({ size, added, memory: median(ours.map(({ memory }) => memory)) });
    }
    // What the smallest costs is there at every size, and a tenth of it is lost in noise.
    const base = rows[0]?.added ?? 0;
    const exponent = exponentOf(rows.slice(1).map(({ size, added }) => [size, Math.max(added - base, base / 10)]));
    const text = rows.map(
      ({ size, added, memory }) => `${String(size)}: ${added.toFixed(0)} ms, ${memory.toFixed(0)} MB`,
    );
    results.push({
      name: `growth by ${name} (${text.join("; ")})`,
      measured: `size^${exponent.toFixed(2)}`,
      target: "≤ size^1.1",
      share: exponent / 1.1,
      gross: GROSS_EXPONENT / 1.1,
      figures: { exponent, rows },
    });
  }
  return results;
}

/** @type {import("./scenarios.js").Scenario} */
export async function hostile(rounds) {
  /** @type {import("./scenarios.js").Result[]} */
  const results = [];
  for (const [name, files] of Object.entries(HOSTILE)) {
    const folder = writeRepository(files());
    const { ours, floor } = await interleave(
      { floor: ["lint", "floor", folder, WORKFLOWS], ours: ["lint", "preflight", folder, WORKFLOWS] },
      Math.ceil(rounds / 2),
    );
    const added = median(ours.map(({ elapsed }, round) => elapsed - (floor[round]?.elapsed ?? NaN)));
    const cpu = median(ours.map((item, round) => item.cpu - (floor[round]?.cpu ?? NaN)));
    results.push({
      name: `${name}, added to the floor (and processor time)`,
      measured: `${added.toFixed(0)} ms (${cpu.toFixed(0)} ms)`,
      target: "< 1,000 ms",
      share: added / 1000,
      figures: { added, ours: cpuOf(ours), floor: cpuOf(floor) },
    });
  }
  return results;
}
