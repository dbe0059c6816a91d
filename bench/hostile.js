// Repositories that no one would write, and that must not hold up an editor either.
import { monorepo } from "./repositories.js";
import { large } from "./workflows.js";

export const WORKFLOW = ".github/workflows/hostile.yml";
const PACKAGE = `{ "name": "hostile", "packageManager": "bun@1.3.10", "scripts": { "build": "echo build" } }\n`;

/** A workflow with one job. @param {string} steps @returns {import("./repositories.js").Files} */
export function job(steps) {
  const text = `on: push\njobs:\n  hostile:\n    runs-on: ubuntu-latest\n    steps:\n${steps}`;
  return { "package.json": PACKAGE, "bun.lock": `{ "lockfileVersion": 1, "packages": {} }\n`, [WORKFLOW]: text };
}

/**
 * @template T
 * @param {number} count
 * @param {(index: number) => T} item
 */
function times(count, item) {
  return Array.from({ length: count }, (_, index) => item(index));
}

/** A step with a long script. @param {number} lines */
export function script(lines) {
  const body = times(lines, (index) =>
    index % 5 === 0
      ? `          if [ "$MODE" = "m${String(index)}" ]; then V${String(index)}="$(date)"; fi`
      : `          echo "$V${String(index - (index % 5))} \${{ github.sha }}" | tee -a "log-${String(index)}.txt" || true`,
  );
  return `      - run: |\n${body.join("\n")}\n`;
}

const aliases = times(
  9,
  (level) => `  l${String(level + 1)}: &l${String(level + 1)} [${times(9, () => `*l${String(level)}`).join(", ")}]`,
);
const BOMB = `on: push\nenv:\n  l0: &l0 x\n${aliases.join("\n")}\njobs:\n  a:\n    runs-on: ubuntu-latest\n    strategy:\n      matrix:\n        all: *l9\n    steps:\n      - run: bun install\n`;
const nested = times(400, (level) => `${" ".repeat(level)}k: &a${String(level)}`).join("\n");

/** @param {number} count @returns {string} */
function lockfile(count) {
  const entries = times(
    count,
    (index) =>
      `    "p${String(index)}": ["p${String(index)}@1.${String(index % 99)}.0", "", {}, "sha512-${String(index).padStart(64, "A")}=="],`,
  );
  return `{\n  "lockfileVersion": 1,\n  "workspaces": { "": { "name": "hostile", "dependencies": { "convex": "^1.28.0" } } },\n  "packages": {\n    "convex": ["convex@1.28.0", "", {}, "sha512-A=="],\n${entries.join("\n")}\n  },\n}\n`;
}

/** @returns {import("./repositories.js").Files} */
function cycles() {
  const scripts = Object.fromEntries(
    times(
      200,
      (index) =>
        /** @type {const} */ ([
          `s${String(index)}`,
          `bun run s${String((index + 1) % 200)} && bun run s${String((index + 7) % 200)}`,
        ]),
    ),
  );
  const tasks = Object.fromEntries(
    times(
      200,
      (index) =>
        /** @type {const} */ ([
          `t${String(index)}`,
          { dependsOn: [`t${String((index + 1) % 200)}`, `^t${String(index)}`] },
        ]),
    ),
  );
  const files = monorepo({ packages: 20, workflows: 0 });
  const root = JSON.parse(files["package.json"] ?? "{}");
  return {
    ...files,
    "package.json": JSON.stringify({ ...root, scripts }),
    "turbo.json": JSON.stringify({ tasks }),
    [WORKFLOW]: job("      - run: bun run s0\n      - run: bunx turbo run t0\n")[WORKFLOW] ?? "",
  };
}

/** Hostile repositories by what is hostile about them. @type {Record<string, () => import("./repositories.js").Files>} */
export const HOSTILE = {
  "a workflow of 424 KB": () => ({ ...monorepo({ packages: 50, workflows: 0 }), [WORKFLOW]: large(1, 150) }),
  "10,000 steps": () => job(times(10_000, (index) => `      - run: bun run build ${String(index)}\n`).join("")),
  "a script of 5,000 lines": () => job(script(5000)),
  "anchors 400 levels deep": () => ({
    ...job("      - run: bun install\n"),
    [WORKFLOW]: `on: push\nx:\n${nested.replaceAll(/^/gm, "  ")} v\njobs: {}\n`,
  }),
  "an alias bomb": () => ({ ...job(""), [WORKFLOW]: BOMB }),
  "a lockfile of 100,000 packages": () => ({
    ...job("      - run: bun install\n      - run: bunx convex codegen\n"),
    "package.json": `{ "name": "hostile", "packageManager": "bun@1.3.10", "dependencies": { "convex": "^1.28.0" } }\n`,
    "bun.lock": lockfile(100_000),
  }),
  "scripts and tasks in circles": cycles,
};
