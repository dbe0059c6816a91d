// Which files of a package a tool executes when it runs, by the tools' own documentation, 2026-11.

/** What one executable executes beside itself. */
export interface ExecutedFiles {
  /** Base names without extension of the configuration files that it loads. */
  readonly configs: readonly string[];
  /** True for test runners, which also execute the tests. */
  readonly tests?: boolean;
  /** True where the first word after the flags is a file to run. */
  readonly runsFile?: boolean;
  /** True where the package's sources are compiled in or executed. */
  readonly sources?: boolean;
}

const VITE = ["vite.config"];

/** By executable; tools that only look at sources (`tsc`, `eslint`, `prettier`) are left out. */
export const EXECUTED_FILES: ReadonlyMap<string, ExecutedFiles> = new Map(
  Object.entries<ExecutedFiles>({
    astro: { configs: ["astro.config"], sources: true },
    "bun test": { configs: [], tests: true },
    cypress: { configs: ["cypress.config"] },
    "drizzle-kit": { configs: ["drizzle.config"] },
    "electron-builder": { configs: ["electron-builder.config", "electron-builder"] },
    "electron-vite": { configs: ["electron.vite.config"], sources: true },
    expo: { configs: ["app.config"], sources: true },
    "graphql-codegen": { configs: ["codegen"] },
    jest: { configs: ["jest.config"], tests: true },
    jiti: { configs: [], runsFile: true },
    mocha: { configs: [".mocharc"], tests: true },
    next: { configs: ["next.config"], sources: true },
    nuxi: { configs: ["nuxt.config"], sources: true },
    nuxt: { configs: ["nuxt.config"], sources: true },
    playwright: { configs: ["playwright.config"], tests: true },
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
    vitest: { configs: ["vitest.config", "vitest.workspace", ...VITE], tests: true },
    webpack: { configs: ["webpack.config"], sources: true },
  }),
);

/** Extensions of files that are executed, in the order in which a module without one is looked for. */
export const SOURCE_EXTENSIONS: readonly string[] = [".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs"];

/** Where test runners look for tests. */
export const TEST_PATTERNS: readonly string[] = [
  "**/*.{test,spec,e2e}.{ts,tsx,mts,cts,js,jsx,mjs,cjs}",
  "**/__tests__/**/*.{ts,tsx,js,jsx}",
];
