// What is measured, and what has to come out.
import { readFileSync, readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { TypedWorkflow } from "./editor.js";
import { growthOfFiles, growthOfRepositories, hostile } from "./extremes.js";
import { monorepo, writeRepository } from "./repositories.js";
import { cpuOf, interleave, measure, median, ratioOf } from "./run-measure.js";

/**
 * @typedef {object} Result
 * @property {string} name
 * @property {string} measured As the table shows it.
 * @property {string} target
 * @property {number} share Of the target: 1 is just reached, below is better.
 * @property {number} [gross] The share that is a gross regression, if not twice the target.
 * @property {object} figures
 */

/** @typedef {(rounds: number) => Promise<Result[]>} Scenario */

const WORKFLOWS = ".github/workflows/*.yml";

/** @param {number} value */
function digits(value) {
  return value.toFixed(value < 10 ? 2 : 0);
}

/**
 * @param {string} name
 * @param {number} target
 * @param {number} ratio
 * @param {object} figures
 * @returns {Result}
 */
function ratioResult(name, target, ratio, figures) {
  return { name, measured: `${digits(ratio)} ×`, target: `≤ ${digits(target)} ×`, share: ratio / target, figures };
}

/**
 * @param {string} name
 * @param {number} target
 * @param {string} folder
 * @param {string} pattern
 * @param {number} rounds
 */
async function overFloor(name, target, folder, pattern, rounds) {
  const { ours, floor } = await interleave(
    { floor: ["lint", "floor", folder, pattern], ours: ["lint", "preflight", folder, pattern] },
    rounds,
  );
  const memory = { ours: median(ours.map((item) => item.memory)), floor: median(floor.map((item) => item.memory)) };
  return ratioResult(name, target, ratioOf(ours, floor), { ours: cpuOf(ours), floor: cpuOf(floor), memory });
}

/** Hundreds of workflows at once. @type {Scenario} */
async function manyWorkflows(rounds) {
  const folder = writeRepository(monorepo({ packages: 50, workflows: 200 }));
  return [await overFloor("200 workflows, over the floor", 1.15, folder, WORKFLOWS, rounds)];
}

/** @type {Scenario} */
async function moreWorkflows(rounds) {
  const folder = writeRepository(monorepo({ packages: 50, workflows: 1000 }));
  return [await overFloor("1,000 workflows, over the floor", 1.15, folder, WORKFLOWS, Math.ceil(rounds / 2))];
}

/** A single file in a process of its own, as a commit hook lints it. @type {Scenario} */
async function oneWorkflow(rounds) {
  const folder = writeRepository(monorepo({ packages: 50, workflows: 5 }));
  const pattern = ".github/workflows/checks-3.yml";
  return [
    await overFloor("one workflow of a monorepo with 50 packages, over the floor", 1.2, folder, pattern, rounds * 2),
  ];
}

/** A run that lints nothing of ours. @type {Scenario} */
async function onlyJavaScript(rounds) {
  const scripts = Array.from({ length: 50 }, (_, index) => [
    `src/${String(index)}.js`,
    `export const value = ${String(index)};\n`,
  ]);
  const folder = writeRepository({ ...monorepo({ packages: 5, workflows: 5 }), ...Object.fromEntries(scripts) });
  const args = [folder, "src/*.js"];
  const { without, configured } = await interleave(
    { without: ["lint", "javascript", ...args], configured: ["lint", "javascript+preflight", ...args] },
    rounds * 2,
  );
  const [before, after] = await Promise.all([
    measure(["modules", "javascript", ...args]),
    measure(["modules", "javascript+preflight", ...args]),
  ]);
  const known = new Set(before.modules);
  const loaded = (after.modules ?? []).filter((path) => !known.has(path));
  const names = loaded.map((path) =>
    relative(fileURLToPath(new URL("..", import.meta.url)), path).replaceAll("\\", "/"),
  );
  const others = names.filter((path) => path !== "dist/index.js");
  return [
    ratioResult("only JavaScript is linted, over a run without the plugin", 1.02, ratioOf(configured, without), {
      without: cpuOf(without),
      configured: cpuOf(configured),
    }),
    {
      name: "modules that it then loads beside its own entry",
      measured: others.length === 0 ? "none" : others.join(", "),
      target: "none",
      share: others.length === 0 ? 0 : Infinity,
      figures: { loaded: names },
    },
  ];
}

/** `eslint --cache`, when nothing changed. @type {Scenario} */
async function warmCache(rounds) {
  const folder = writeRepository(monorepo({ packages: 50, workflows: 200 }));
  const subjects = {
    floor: ["lint", "floor", folder, "--cache", WORKFLOWS],
    ours: ["lint", "preflight", folder, "--cache", WORKFLOWS],
  };
  await interleave(subjects, 1);
  const { ours, floor } = await interleave(subjects, rounds * 2);
  return [
    ratioResult("`eslint --cache` with nothing changed, over the same without us", 1.1, ratioOf(ours, floor), {
      ours: cpuOf(ours),
      floor: cpuOf(floor),
    }),
  ];
}

/** @type {Scenario} */
async function importing(rounds) {
  const { plugin } = await interleave({ plugin: ["import"] }, rounds * 2);
  const took = median(plugin.map((item) => item.import ?? NaN));
  return [
    {
      name: "import of the plugin beside ESLint",
      measured: `${took.toFixed(0)} ms`,
      target: "≤ 15 ms",
      share: took / 15,
      figures: { took },
    },
  ];
}

/** @param {string} folder @param {string} base @returns {import("./repositories.js").Files} */
function readFolder(folder, base = folder) {
  return Object.fromEntries(
    readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return entry.name === "node_modules" ? [] : Object.entries(readFolder(path, base));
      return [[relative(base, path).replaceAll("\\", "/"), readFileSync(path, "utf8")]];
    }),
  );
}

const KEYS = "      - name: Typed\n        run: bun run build\n";

/**
 * @param {string} name
 * @param {import("./repositories.js").Files} files
 * @param {string} path
 * @param {number} rounds
 */
async function typing(name, files, path, rounds) {
  const editors = ["floor", "preflight"].map((config) => new TypedWorkflow(writeRepository(files), path, config));
  /** @type {number[][]} */
  const times = [[], []];
  for (const editor of editors) await editor.open();
  for (let round = 0; round < rounds; round++) {
    for (const [key, character] of [...KEYS].entries()) {
      for (const [index, editor] of editors.entries()) {
        const { took } = await editor.type(character);
        // The first keys warm the server up.
        if (round > 0 || key > 20) times[index]?.push(took);
      }
    }
  }
  for (const editor of editors) editor.close();
  const [floor = NaN, ours = NaN] = times.map(median);
  const added = ours - floor;
  return [
    ratioResult(`a keystroke in ${name}, over the floor`, 1.5, ours / floor, { floor, ours }),
    {
      name: `a keystroke in ${name}, added`,
      measured: `${added.toFixed(1)} ms`,
      target: "< 10 ms",
      share: added / 10,
      figures: { added },
    },
  ];
}

/** @type {Scenario} */
async function keystrokes(rounds) {
  const incident = readFolder(fileURLToPath(new URL("../examples/incident", import.meta.url)));
  return [
    ...(await typing("the incident's workflow", incident, ".github/workflows/ci.yml", rounds)),
    ...(await typing(
      "a monorepo with 50 packages",
      monorepo({ packages: 50, workflows: 10 }),
      ".github/workflows/checks-8.yml",
      rounds,
    )),
  ];
}

/** @type {Scenario} */
async function others(rounds) {
  const { bundleLanguageService } = await import("./language-service.js");
  await bundleLanguageService();
  const folder = writeRepository(monorepo({ packages: 50, workflows: 200 }));
  const found = await interleave(
    {
      ours: ["lint", "preflight", folder, WORKFLOWS],
      "eslint-plugin-yml, `standard`": ["lint", "eslint-plugin-yml", folder, WORKFLOWS],
      "eslint-plugin-github-actions-2, `recommended`": ["lint", "eslint-plugin-github-actions-2", folder, WORKFLOWS],
      "@actions/languageservice, `validate`": ["validate", folder],
    },
    rounds,
  );
  const { ours, ...rest } = found;
  return Object.entries(rest).map(([name, measurements]) => {
    const ratio = ratioOf(ours, measurements);
    return {
      name: `200 workflows, over ${name}`,
      measured: `${digits(ratio)} ×`,
      target: "< 1 ×",
      share: ratio,
      figures: { ours: cpuOf(ours), other: cpuOf(measurements) },
    };
  });
}

/** All scenarios by name. @type {Record<string, Scenario>} */
export const SCENARIOS = {
  manyWorkflows,
  moreWorkflows,
  oneWorkflow,
  onlyJavaScript,
  warmCache,
  importing,
  keystrokes,
  others,
  hostile,
  growthOfFiles,
  growthOfRepositories,
};

/** Those that tell a gross regression within two minutes. */
export const QUICK = ["manyWorkflows", "oneWorkflow", "onlyJavaScript", "warmCache", "importing", "growthOfFiles"];
