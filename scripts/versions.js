// Runs everything that goes through ESLint under the versions of tests/versions: each Node with each ESLint, or with
// --corners the oldest and the newest of both.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import root from "../package.json" with { type: "json" };
import versions from "../tests/versions/package.json" with { type: "json" };

const folder = fileURLToPath(new URL("..", import.meta.url));
// These judge the models on many repositories, and ask no more of ESLint than the others.
const LEFT_OUT = ["confinement.test.ts", "fuzz.test.ts", "mutations.test.ts"];
const tests = readdirSync(`${folder}/tests`)
  .filter((name) => (name.endsWith(".test.ts") && !LEFT_OUT.includes(name)) || name === "rules")
  .map((name) => `tests/${name}`);

const platform = `${process.platform}-${process.arch}`;
const nodes = Object.keys(versions.optionalDependencies)
  .filter((name) => name.endsWith(platform))
  .map((name) => name.slice("node-".length, -platform.length - 1));
const eslints = [...Object.keys(versions.dependencies).map((name) => name.slice("eslint-".length)), ""];
if (nodes.length === 0) throw new Error(`tests/versions has no Node for ${platform}`);

const isCorner = (/** @type {readonly string[]} */ all, /** @type {string} */ one) =>
  all.at(0) === one || all.at(-1) === one;
const all = nodes.flatMap((node) => eslints.map((eslint) => ({ node, eslint })));
const chosen = process.argv.includes("--corners")
  ? all.filter(({ node, eslint }) => isCorner(nodes, node) && isCorner(eslints, eslint))
  : all;

for (const { node, eslint } of chosen) {
  const title = `Node ${node}, ESLint ${eslint || root.devDependencies.eslint}`;
  const binary = `${folder}/tests/versions/node_modules/node-${node}-${platform}/bin/node`;
  if (!existsSync(binary)) throw new Error(`${title} is not installed`);
  console.log(`\n${title}`);
  const { status } = spawnSync(binary, ["node_modules/vitest/vitest.mjs", "run", "--reporter=dot", ...tests], {
    cwd: folder,
    stdio: "inherit",
    env: { ...process.env, PREFLIGHT_ESLINT: eslint, PREFLIGHT_NODE: node },
  });
  if (status !== 0) {
    console.error(`${title}: failed`);
    process.exitCode = 1;
  }
}
