import type { RepositoryFiles } from "../../support/temporary.ts";

/** A repository in which a command runs, and what it does without a module that is not there. */
export interface LoadingCase {
  readonly what: string;
  readonly command: string;
  readonly files: RepositoryFiles;
  /** The path that it certainly looks for in vain; undefined where it does not, or where that is not certain. */
  readonly missing?: string;
  /** True where the command fails all the same. */
  readonly failsAnyway?: boolean;
}

const API = "convex/_generated/api";
const TEST = `import { expect, test } from "vitest";\n`;
const USE = `test("a", () => expect(api.x).toBe(1));\n`;
const IMPORT = `import { api } from "./_generated/api";\n`;
const QUIET = `${TEST}test("a", () => {});\n`;
const LIBRARY = `${IMPORT}export const f = () => String(api.x);\n`;
const MODULE = `{ "type": "module" }\n`;
const config = (text: string): string =>
  `import { defineConfig } from "vitest/config";\nexport default defineConfig({ ${text} });\n`;

const WRITES = `import { mkdirSync, writeFileSync } from "node:fs";\nmkdirSync("convex/_generated", { recursive: true });\nwriteFileSync("convex/_generated/api.ts", "export const api = { x: 1 };");\n`;

/** A package with one test beside its functions. */
const withTest = (text: string, others: RepositoryFiles = {}): RepositoryFiles => ({
  "package.json": MODULE,
  "convex/a.test.ts": text,
  ...others,
});

const both = (what: string, files: RepositoryFiles, missing?: string, failsAnyway = false): readonly LoadingCase[] =>
  ["vitest run", "bun test"].map((command) => ({
    what: `${command}: ${what}`,
    command,
    failsAnyway,
    files:
      command === "bun test"
        ? Object.fromEntries(
            Object.entries(files).map(([path, text]) => [path, text.replace(`from "vitest"`, `from "bun:test"`)]),
          )
        : files,
    ...(missing !== undefined && { missing }),
  }));

const vitest = (what: string, settings: string, missing: string | undefined, others: RepositoryFiles = {}) => ({
  what: `vitest run: ${what}`,
  command: "vitest run",
  files: withTest(TEST + IMPORT + USE, { "src/b.test.ts": QUIET, "vitest.config.ts": config(settings), ...others }),
  ...(missing !== undefined && { missing }),
});

const TESTS: readonly LoadingCase[] = [
  ...both("a value", withTest(TEST + IMPORT + USE), API),
  ...both("with an extension", withTest(TEST + IMPORT.replace("/api", "/api.js") + USE), `${API}.js`),
  ...both("a type", withTest(`${TEST}${IMPORT}const a = 1 as api;\ntest("a", () => expect(a).toBe(1));\n`)),
  ...both(
    "a type of what is imported",
    withTest(`${TEST}${IMPORT}const a: api.X = 1;\ntest("a", () => expect(a).toBe(1));\n`),
  ),
  ...both("nothing of it", withTest(TEST + IMPORT + `test("a", () => {});\n`)),
  ...both("for its effect", withTest(`${QUIET}import "./_generated/api";\n`), API),
  ...both("for a skipped test", withTest(TEST + IMPORT + USE.replace("test(", "test.skip(")), API),
  ...both(
    "what a parameter hides",
    withTest(
      `${TEST}${IMPORT}const f = (api: { x: number }) => String(api.x);\ntest("a", () => expect(f({ x: 1 })).toBe("1"));\n`,
    ),
  ),
  ...both("an argument", withTest(`${TEST}${IMPORT}test("a", () => expect(String(api)).toBe("1"));\n`), API),
  ...both(
    "through another module",
    withTest(`${TEST}import { f } from "./f";\ntest("a", () => expect(f()).toBe(1));\n`, { "convex/f.ts": LIBRARY }),
    API,
  ),
  ...both(
    "through a module of which nothing is used",
    withTest(`${TEST}import { f } from "./f";\ntest("a", () => {});\n`, { "convex/f.ts": LIBRARY }),
  ),
  ...both("through import()", withTest(`${TEST}test("a", () => [() => import("./f")]);\n`, { "convex/f.ts": LIBRARY })),
  ...both(
    "passed on",
    withTest(`${TEST}import { f } from "./f";\ntest("a", () => expect(f).toBe(1));\n`, {
      "convex/f.ts": `export { api as f } from "./_generated/api";\n`,
    }),
    API,
  ),
  ...both(
    "passed on as a type",
    withTest(`${TEST}import { f } from "./f";\ntest("a", () => expect(f).toBe(1));\n`, {
      "convex/f.ts": `export { type Api } from "./_generated/api";\nexport const f = 1;\n`,
    }),
  ),
  ...both(
    "in JavaScript, where it is not used",
    { "package.json": MODULE, "a.test.js": TEST + IMPORT + `test("a", () => {});\n` },
    "_generated/api",
  ),
];

const SELECTED: readonly LoadingCase[] = [
  vitest("a test that is included", `test: { include: ["convex/**/*.test.ts"] }`, API),
  vitest("a test that is not included", `test: { include: ["src/**/*.test.ts"] }`, undefined),
  vitest("a test that is excluded", `test: { exclude: ["**/node_modules/**", "convex/**"] }`, undefined),
  vitest(
    "a test that is not excluded",
    `test: { globals: true, exclude: ["**/node_modules/**", "src/**"], coverage: { include: ["src/**"] } }`,
    API,
  ),
  vitest("another root", `root: "src"`, undefined),
  vitest("an alias of another name", `resolve: { alias: { "@": new URL("./src", import.meta.url).pathname } }`, API),
  vitest(
    "an alias of a pattern",
    `resolve: { alias: [{ find: /.*\\/_generated\\/api$/, replacement: new URL("./src/api.ts", import.meta.url).pathname }] }`,
    undefined,
    { "src/api.ts": "export const api = { x: 1 };\n" },
  ),
  vitest(
    "a plugin that resolves",
    `plugins: [{ name: "a", resolveId: (id) => (id.endsWith("_generated/api") ? "\\0a" : null), load: (id) => (id === "\\0a" ? "export const api = { x: 1 }" : null) }]`,
    undefined,
  ),
  vitest("a setup that leaves modules alone", `test: { setupFiles: ["./setup.ts"] }`, API, {
    "setup.ts": "export {};\n",
  }),
  vitest("a setup that writes the module", `test: { setupFiles: "./setup.ts" }`, undefined, {
    "setup.ts": `import { execSync } from "node:child_process";\nexecSync("mkdir -p convex/_generated && echo 'export const api = { x: 1 }' > convex/_generated/api.ts");\n`,
  }),
  vitest("a test in a folder that is excluded", `test: { exclude: ["**/node_modules/**", "convex/"] }`, undefined),
  vitest("a setup that writes the module itself", `test: { setupFiles: ["./setup.ts"] }`, undefined, {
    "setup.ts": WRITES,
  }),
  vitest("a setup that has it written", `test: { setupFiles: ["./setup.ts"] }`, undefined, {
    "setup.ts": `import "./write";\n`,
    "write.ts": WRITES,
  }),
  {
    what: "vitest run: a setup of another package that writes it",
    command: "vitest run",
    files: withTest(TEST + IMPORT + USE, {
      "package.json": `{ "type": "module", "workspaces": ["packages/*"] }\n`,
      "vitest.config.ts": config(`test: { setupFiles: ["@acme/setup"] }`),
      "packages/setup/package.json": `{ "name": "@acme/setup", "exports": "./index.ts" }\n`,
      "packages/setup/index.ts": WRITES,
    }),
    // Nothing links the package there.
    failsAnyway: true,
  },
  vitest("an import before it that writes it", "", undefined, {
    "convex/a.test.ts": `import "../write";\n${TEST}${IMPORT}${USE}`,
    "write.ts": WRITES,
  }),
  vitest("folders that are one to the compiler", "resolve: { tsconfigPaths: true }", undefined, {
    "tsconfig.json": `{ "compilerOptions": { "rootDirs": ["convex", "other"] } }\n`,
    "other/_generated/api.ts": "export const api = { x: 1 };\n",
  }),
  {
    what: "vitest related: a file that no test imports",
    command: "vitest related README.md --run",
    files: withTest(TEST + IMPORT + USE, { "convex/related.test.ts": TEST + IMPORT + USE, "README.md": "" }),
  },
  {
    what: "vitest run: other tests are asked for",
    command: "vitest run src/b",
    files: withTest(TEST + IMPORT + USE, { "src/b.test.ts": QUIET }),
  },
  {
    what: "vitest run: these tests are asked for",
    command: "vitest run convex",
    files: withTest(TEST + IMPORT + USE, { "src/b.test.ts": QUIET }),
    missing: API,
  },
  {
    what: "vitest run: a mock of what imports it",
    command: "vitest run",
    files: withTest(
      `import { expect, test, vi } from "vitest";\nimport { f } from "./f";\nvi.mock("./f", () => ({ f: () => 1 }));\ntest("a", () => expect(f()).toBe(1));\n`,
      { "convex/f.ts": LIBRARY },
    ),
  },
  {
    what: "bun test: a preload that brings the module",
    command: "bun test",
    files: {
      "package.json": MODULE,
      "a.test.ts": `import { expect, test } from "bun:test";\n${IMPORT}${USE}`,
      "bunfig.toml": `[test]\npreload = ["./preload.ts"]\n`,
      "preload.ts": `import { mock } from "bun:test";\nmock.module("./_generated/api", () => ({ api: { x: 1 } }));\n`,
    },
    failsAnyway: true,
  },
];

const PAGE = `<!doctype html>\n<!-- <script type="module" src="/other.ts"></script> -->\n<script type="module" src="/src/main.ts"></script>\n`;
const vite = (what: string, main: string, missing: string | undefined, others: RepositoryFiles = {}) => ({
  what: `vite build: ${what}`,
  command: "vite build",
  files: { "package.json": MODULE, "index.html": PAGE, "src/main.ts": main, ...others },
  ...(missing !== undefined && { missing }),
});
const FROM_SRC = IMPORT.replace("./", "../convex/");

const BUILDS: readonly LoadingCase[] = [
  vite("a value", `${FROM_SRC}console.log(api.x);\n`, API),
  vite("a type", `${FROM_SRC}console.log(1 as api);\n`, undefined),
  vite("through a module of which something else is used", `import { g } from "./f";\nconsole.log(g);\n`, API, {
    "src/f.ts": `${FROM_SRC}export const f = () => String(api.x);\nexport const g = 1;\n`,
  }),
  vite(
    "what is loaded later",
    `const lazy = (f: unknown) => f;\nexport const A = lazy(() => import("./f"));\nconsole.log(A);\n`,
    API,
    {
      "src/f.ts": `${FROM_SRC}export const f = () => String(api.x);\n`,
    },
  ),
  vite("what is never loaded", `if (false) console.log(await import("../convex/_generated/api"));\n`, undefined),
  vite("what a page does not load", "console.log(1);\n", undefined, { "other.ts": LIBRARY }),
  vite("a script that is left to the browser", `${FROM_SRC}console.log(api.x);\n`, undefined, {
    "index.html": PAGE.replaceAll("src=", "vite-ignore src="),
  }),
  vite("a script that another one may write", `${FROM_SRC}console.log(api.x);\n`, undefined, {
    "index.html": `<script>globalThis.a = '<script type="module" src="/src/main.ts">';</script>\n`,
  }),
  vite("a module that the package replaces for browsers", `${FROM_SRC}console.log(api.x);\n`, undefined, {
    "package.json": `{ "type": "module", "browser": { "./convex/_generated/api": "./src/api.ts" } }\n`,
    "src/api.ts": "export const api = { x: 1 };\n",
  }),
  vite("an external module", `${FROM_SRC}console.log(api.x);\n`, undefined, {
    "vite.config.js": `export default { build: { rollupOptions: { external: [/_generated/] } } };\n`,
  }),
  ...["bun build src/main.ts --outdir out --minify", "bun src/main.ts", "bun run src/main.ts"].map((command) => ({
    what: `${command}: a value`,
    command,
    files: { "package.json": MODULE, "src/main.ts": `${FROM_SRC}console.log(api.x);\n` },
    missing: API,
  })),
  ...["bun build src/main.ts --outdir out", "bun src/main.ts"].map((command) => ({
    what: `${command}: a type`,
    command,
    files: { "package.json": MODULE, "src/main.ts": `${FROM_SRC}console.log(1 as api);\n` },
  })),
  {
    what: "bun build: an external module",
    command: "bun build src/main.ts --outdir out --external '*/api'",
    files: { "package.json": MODULE, "src/main.ts": `${FROM_SRC}console.log(api.x);\n` },
  },
  {
    what: "bun run: a preload",
    command: "bun --preload ./make.ts src/main.ts",
    files: {
      "package.json": MODULE,
      "src/main.ts": `${FROM_SRC}console.log(api.x);\n`,
      "make.ts": `import { plugin } from "bun";\nplugin({ name: "a", setup: (build) => build.module("../convex/_generated/api", () => ({ exports: { api: {} }, loader: "object" })) });\n`,
    },
    failsAnyway: true,
  },
];

/** What the tools do without generated code. */
export const LOADING_CASES: readonly LoadingCase[] = [...TESTS, ...SELECTED, ...BUILDS];
