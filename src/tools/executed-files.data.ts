// Which files of a package a tool executes when it runs, by the tools' own documentation, 2026-11.

/** What one executable executes beside itself. */
export interface ExecutedFiles {
  /** Base names without extension of the configuration files that it loads. */
  readonly configs: readonly string[];
  /** Where a test runner finds tests by itself. */
  readonly tests?: readonly string[];
  /** Files that may tell a test runner otherwise, beside the configuration that is a module. */
  readonly settings?: readonly string[];
  /** True where the first word after the flags is a file to run. */
  readonly runsFile?: boolean;
  /** True where the package's sources are compiled in or executed. */
  readonly sources?: boolean;
}

const VITE = ["vite.config"];

/** Seen with Vitest 3.2.7 and 4.1.12, Jest 30.5.2, Playwright 1.65.1 and Bun 1.2.18, 1.3.1 and 1.4.5. */
const NAMED_TESTS = "**/*.{test,spec}.{ts,tsx,js,jsx}";

/** By executable; tools that only look at sources (`tsc`, `eslint`, `prettier`) are left out. */
export const EXECUTED_FILES: ReadonlyMap<string, ExecutedFiles> = new Map(
  Object.entries<ExecutedFiles>({
    astro: { configs: ["astro.config"], sources: true },
    "bun test": { configs: [], tests: [NAMED_TESTS], settings: ["bunfig.toml"] },
    cypress: { configs: ["cypress.config"] },
    "drizzle-kit": { configs: ["drizzle.config"] },
    "electron-builder": { configs: ["electron-builder.config", "electron-builder"] },
    "electron-vite": { configs: ["electron.vite.config"], sources: true },
    expo: { configs: ["app.config"], sources: true },
    "graphql-codegen": { configs: ["codegen"] },
    jest: {
      configs: ["jest.config"],
      tests: [NAMED_TESTS, "**/__tests__/**/*.{ts,tsx,js,jsx}"],
      settings: ["jest.config.json"],
    },
    jiti: { configs: [], runsFile: true },
    // Mocha 12.0.3 does not look below the folder.
    mocha: {
      configs: [".mocharc"],
      tests: ["test/*.{js,cjs,mjs}"],
      settings: [".mocharc.json", ".mocharc.jsonc", ".mocharc.yaml", ".mocharc.yml"],
    },
    next: { configs: ["next.config"], sources: true },
    nuxi: { configs: ["nuxt.config"], sources: true },
    nuxt: { configs: ["nuxt.config"], sources: true },
    playwright: { configs: ["playwright.config"], tests: [NAMED_TESTS] },
    prisma: { configs: ["prisma.config", "schema"] },
    "react-router": { configs: ["react-router.config", ...VITE], sources: true },
    remix: { configs: VITE, sources: true },
    rolldown: { configs: ["rolldown.config"], sources: true },
    rollup: { configs: ["rollup.config"], sources: true },
    rsbuild: { configs: ["rsbuild.config"], sources: true },
    rspack: { configs: ["rspack.config"], sources: true },
    storybook: { configs: [".storybook/main"], sources: true },
    "svelte-kit": { configs: ["svelte.config"], sources: true },
    "ts-node": { configs: [], runsFile: true },
    tsdown: { configs: ["tsdown.config"], sources: true },
    tsup: { configs: ["tsup.config"], sources: true },
    tsx: { configs: [], runsFile: true },
    unbuild: { configs: ["build.config"], sources: true },
    vinxi: { configs: ["app.config"], sources: true },
    vite: { configs: VITE, sources: true },
    "vite-node": { configs: VITE, runsFile: true },
    vitest: {
      configs: ["vitest.config", "vitest.workspace", ...VITE],
      tests: [NAMED_TESTS],
      settings: ["vitest.workspace.json"],
    },
    webpack: { configs: ["webpack.config"], sources: true },
  }),
);

/** Extensions of files that are executed, in the order in which a module without one is looked for. */
export const SOURCE_EXTENSIONS: readonly string[] = [".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs"];

/** What is taken for a test, not for a source. */
export const TEST_PATTERNS: readonly string[] = [
  "**/*.{test,spec,e2e}.{ts,tsx,mts,cts,js,jsx,mjs,cjs}",
  "**/__tests__/**/*.{ts,tsx,js,jsx}",
];
