// Which files of a package a tool executes when it runs, 2026-11. Each was asked, but for astro, cypress, electron-builder, electron-vite,
// expo, next, nuxt, remix, storybook, svelte-kit and vinxi, of which only common use is known: a configuration that leaves a trace where it
// is loaded, with Vite 8.3.8, Vitest 3.2.7, Jest 30.5.2, Playwright 1.65.1, Rollup 4.68.8, Rolldown 1.3.2, drizzle-kit 0.31.11,
// tsup 8.5.1, tsdown 0.21.10, webpack 5.112.2, Mocha 12.0.3, graphql-codegen 7.4.3, Rsbuild 2.3.2, Rspack 2.3.3, unbuild 3.6.1,
// Prisma 7.10.1 and react-router 7.6.0 and 7.9.6.

/** What one executable executes beside itself. */
export interface ExecutedFiles {
  /** Base names without extension of configuration files: of several in one list the first that is there is loaded. */
  readonly configs: readonly (readonly string[])[];
  /** The subcommands that load them, the empty text for a call without one; all calls where undefined. */
  readonly commands?: readonly string[];
  /** Other files, of which the first that is there is evaluated by some subcommands. */
  readonly evaluated?: { readonly paths: readonly string[]; readonly commands: readonly string[] };
  /** Those after which the package's sources are compiled in or executed. */
  readonly compiling?: readonly string[];
  /** True where a word after the subcommand is the folder to work in. */
  readonly takesFolder?: boolean;
  /** True where a configuration is loaded only with `-c`. */
  readonly asksForConfig?: boolean;
  /** Where a test runner finds tests by itself. */
  readonly tests?: readonly string[];
  /** Files that may tell a test runner otherwise, beside the configuration that is a module. */
  readonly settings?: readonly string[];
  /** True where the first word after the flags is a file to run. */
  readonly runsFile?: boolean;
}

/** Flags with which a tool loads another configuration, works in another folder, or does nothing. */
export const MOVING_FLAG =
  /^(?:-[cCprhvV]|--(?:config[\w-]*|cwd|dialect|dir|help|no-config|projects?|root(?:Dir)?|schema|version))(?:[=.]|$)/;

/** Flags of Node, Bun and what is built on them, with which a file is loaded before the one that is run. https://nodejs.org/api/cli.html */
export const PRELOADING_FLAG =
  /^(-r|--(?:require|import|loader|experimental-loader|preload|env-file|env-file-if-exists))(?:=([^]*))?$/;

const VITE = ["vite.config"];

/** Seen with Vitest 3.2.7 and 4.1.12, Jest 30.5.2, Playwright 1.65.1 and Bun 1.2.18, 1.3.1 and 1.4.5. */
const NAMED_TESTS = "**/*.{test,spec}.{ts,tsx,js,jsx}";

const NUXT: ExecutedFiles = {
  configs: [["nuxt.config"]],
  commands: ["analyze", "build", "dev", "generate", "prepare", "typecheck"],
  compiling: ["build", "generate"],
  takesFolder: true,
};

/** By executable; tools that only look at sources (`tsc`, `eslint`, `prettier`) are left out. */
export const EXECUTED_FILES: ReadonlyMap<string, ExecutedFiles> = new Map(
  Object.entries<ExecutedFiles>({
    astro: {
      configs: [["astro.config"]],
      commands: ["build", "check", "dev", "preview", "sync"],
      compiling: ["build"],
    },
    "bun test": { configs: [], tests: [NAMED_TESTS], settings: ["bunfig.toml"] },
    cypress: { configs: [["cypress.config"]], commands: ["open", "run"] },
    "drizzle-kit": {
      configs: [["drizzle.config"]],
      commands: ["check", "drop", "export", "generate", "introspect", "migrate", "pull", "push", "studio", "up"],
    },
    "electron-builder": { configs: [["electron-builder.config", "electron-builder"]], commands: ["", "build"] },
    "electron-vite": {
      configs: [["electron.vite.config"]],
      commands: ["", "build", "dev", "preview"],
      compiling: ["build"],
      takesFolder: true,
    },
    expo: {
      configs: [["app.config"]],
      commands: ["export", "prebuild", "run:android", "run:ios", "start"],
      compiling: ["export"],
      takesFolder: true,
    },
    "graphql-codegen": { configs: [["codegen"]] },
    jest: {
      configs: [["jest.config"]],
      tests: [NAMED_TESTS, "**/__tests__/**/*.{ts,tsx,js,jsx}"],
      settings: ["jest.config.json"],
    },
    jiti: { configs: [], runsFile: true },
    // Mocha 12.0.3 does not look below the folder.
    mocha: {
      configs: [[".mocharc"]],
      tests: ["test/*.{js,cjs,mjs}"],
      settings: [".mocharc.json", ".mocharc.jsonc", ".mocharc.yaml", ".mocharc.yml"],
    },
    next: {
      configs: [["next.config"]],
      commands: ["build", "dev", "start"],
      compiling: ["build"],
      takesFolder: true,
    },
    nuxi: NUXT,
    nuxt: NUXT,
    playwright: { configs: [["playwright.config"]], commands: ["test"], tests: [NAMED_TESTS] },
    // `prisma generate` does not evaluate what a schema reads: 4.16.2, 5.22.0 and 6.19.3, run.
    prisma: {
      configs: [["prisma.config"]],
      evaluated: {
        paths: ["prisma/schema.prisma", "schema.prisma"],
        commands: ["db pull", "db push", "migrate deploy", "migrate dev", "migrate reset", "migrate status"],
      },
    },
    // `typegen` loads the configuration of Vite in some versions only.
    "react-router": {
      configs: [["react-router.config"], VITE],
      commands: ["build", "dev"],
      compiling: ["build"],
      takesFolder: true,
    },
    remix: {
      configs: [VITE],
      commands: ["vite:build", "vite:dev"],
      compiling: ["build", "vite:build"],
      takesFolder: true,
    },
    rolldown: { configs: [["rolldown.config"]], asksForConfig: true },
    rollup: { configs: [["rollup.config"]], asksForConfig: true },
    rsbuild: { configs: [["rsbuild.config"]], commands: ["build", "dev", "inspect"], compiling: ["build"] },
    rspack: { configs: [["rspack.config"]], commands: ["", "build"], compiling: ["", "build"] },
    // It compiles what the stories import, which need not be all.
    storybook: { configs: [[".storybook/main"]], commands: ["build", "dev"] },
    "svelte-kit": { configs: [["svelte.config"]], commands: ["package", "sync"] },
    "ts-node": { configs: [], runsFile: true },
    tsdown: { configs: [["tsdown.config"]] },
    tsup: { configs: [["tsup.config"]] },
    tsx: { configs: [], runsFile: true },
    unbuild: { configs: [["build.config"]], commands: [""] },
    vinxi: { configs: [["app.config"]], commands: ["build", "dev"], compiling: ["build"] },
    vite: {
      configs: [VITE],
      commands: ["", "build", "dev", "optimize", "preview", "serve"],
      compiling: ["build"],
      takesFolder: true,
    },
    "vite-node": { configs: [VITE], runsFile: true },
    vitest: {
      configs: [["vitest.config", ...VITE]],
      tests: [NAMED_TESTS],
      settings: [
        "vitest.workspace.json",
        "vitest.workspace.ts",
        "vitest.workspace.js",
        "vitest.workspace.mts",
        "vitest.workspace.mjs",
      ],
    },
    webpack: {
      configs: [["webpack.config"]],
      commands: ["", "b", "build", "bundle", "serve", "watch"],
      compiling: ["", "b", "build", "bundle"],
    },
  }),
);

/** Extensions of files that are executed, in the order in which a module without one is looked for. */
export const SOURCE_EXTENSIONS: readonly string[] = [".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs"];

/** What stands among the sources of a package, but no build takes it in: it is run by itself, by tests, or from an output. */
export const UNCOMPILED_PATTERNS: readonly string[] = [
  "**/*.{test,spec,e2e,config,setup,stories}.*",
  "**/{seed,setupTests,global-setup,globalSetup}.*",
  "**/{dist,build,.next,.turbo,out}/**",
  "**/{__mocks__,__tests__,cypress,drizzle,e2e,fixtures,migrations,mocks,playwright,prisma,scripts,seed,seeds,stories,test,tests,tools}/**",
  "server/**",
];

/** What the configuration of a tool says where it starts something else, or generates code. */
export const STARTS_OTHERS =
  /child_process|\b(?:exec|spawn)|execa|\bzx\b|codegen|generate|globalSetup|webServer|prisma|graphql|\bbuf\b|\$`/;
