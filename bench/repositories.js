// Repositories of the sizes that are measured, made of workflows as projects write them.
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { workflow } from "./workflows.js";

/** @typedef {Record<string, string>} Files Text by path. */

/**
 * Writes a repository to a new folder and gives its path.
 *
 * @param {Files} files
 */
export function writeRepository(files) {
  const root = mkdtempSync(join(tmpdir(), "preflight-bench-"));
  for (const [path, text] of Object.entries({ ".git/HEAD": "ref: refs/heads/main\n", ...files })) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

/** @param {unknown} value */
function json(value) {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

const TASKS = {
  build: { dependsOn: ["^build"], outputs: ["dist/**"], env: ["API_URL"] },
  test: { dependsOn: ["build"], env: ["API_URL"] },
  lint: {},
  deploy: {
    dependsOn: ["build"],
    env: ["CLOUDFLARE_API_TOKEN"],
    passThroughEnv: ["CLOUDFLARE_ACCOUNT_ID"],
    cache: false,
  },
};

/**
 * A monorepo with Bun and turbo.
 *
 * @param {{ packages: number; workflows: number; tasks?: number; depth?: number; steps?: number }} size `tasks` adds tasks
 *   to turbo.json and scripts to each package, `depth` makes the root's `test` a chain of scripts, `steps` adds steps.
 * @returns {Files}
 */
export function monorepo({ packages, workflows, tasks = 0, depth = 0, steps = 0 }) {
  const more = Array.from({ length: tasks }, (_, index) => `task-${String(index)}`);
  const chain = Array.from({ length: depth }, (_, index) => [
    `chain-${String(index)}`,
    `bun run chain-${String(index + 1)}`,
  ]);
  const run = ["turbo run test", ...more.slice(-1)].join(" ");
  const scripts = {
    test: depth > 0 ? "bun run chain-0" : run,
    ...Object.fromEntries(chain),
    [`chain-${String(depth)}`]: "turbo run test",
  };
  const extra = Array.from(
    { length: steps },
    (_, index) =>
      `      - name: Step ${String(index)}\n        run: bun run test && echo "\${{ github.sha }} ${String(index)}" >> log.txt\n`,
  );
  return {
    "package.json": json({
      name: "bench",
      packageManager: "bun@1.3.10",
      workspaces: ["packages/*"],
      scripts,
      devDependencies: { turbo: "2.9.18" },
    }),
    "README.md":
      "# Bench\n\nSet in GitHub: CLOUDFLARE_API_TOKEN, CLOUDFLARE_ACCOUNT_ID, CONVEX_DEPLOY_KEY, HOOK, NPM_TOKEN and POOL.\n",
    "bun.lock": '{\n  "lockfileVersion": 1,\n  "workspaces": {},\n  "packages": {},\n}\n',
    "turbo.json": json({
      tasks: {
        ...TASKS,
        ...Object.fromEntries(
          more.map((name, index) => [name, { dependsOn: index > 0 ? [`^task-${String(index - 1)}`] : [] }]),
        ),
      },
    }),
    ...Object.fromEntries(
      Array.from({ length: packages }, (_, index) => [
        `packages/package-${String(index)}/tsconfig.json`,
        json({ compilerOptions: { outDir: "dist", rootDir: "src", strict: true }, include: ["src"] }),
      ]),
    ),
    ...Object.fromEntries(
      Array.from({ length: packages }, (_, index) => [
        `packages/package-${String(index)}/package.json`,
        json({
          name: `package-${String(index)}`,
          scripts: {
            build: "tsc -p tsconfig.json",
            test: "vitest run",
            lint: "eslint .",
            deploy: "wrangler deploy",
            ...Object.fromEntries(more.map((name) => [name, `echo ${name}`])),
          },
          dependencies:
            index > 0 ? { [`package-${String(Math.floor(index / 2))}`]: "workspace:*", convex: "^1.28.0" } : {},
        }),
      ]),
    ),
    ...Object.fromEntries(
      Array.from({ length: workflows }, (_, index) => [
        `.github/workflows/checks-${String(index)}.yml`,
        workflow(index) + extra.join(""),
      ]),
    ),
  };
}
