// What test runners, bundlers and runtimes load of a repository, and what may change that, 2026-11. Seen with Vitest 1.6.1, 2.1.9, 3.2.4 and
// 4.1.12 (Vite 5.4.21, 7.3.8 and 8.3.8), Bun 1.2.18, 1.3.1 and 1.4.5, and tsx 4.23.15: each fails where a module is not there that a
// file imports by a relative path, also where only a skipped test uses it, but not for what is used only as a type, not used at all, or
// imported by `import()`, for which only bundlers fail.

/** Modules with which a configuration of Vite or Vitest puts no other module in the place of one that is imported by a relative path, and writes none. */
export const HARMLESS_CONFIG_MODULES: ReadonlySet<string> = new Set(
  "@preact/preset-vite @sveltejs/vite-plugin-svelte @tailwindcss/vite @testing-library/svelte/vite @vitejs/plugin-react @vitejs/plugin-react-swc @vitejs/plugin-vue node:path node:url path url vite vite-plugin-solid vite-plugin-svgr vite-tsconfig-paths vitest vitest/config".split(
    " ",
  ),
);

/** Hooks of a plugin that a configuration holds itself, and what starts something else. */
export const CHANGES_MODULES =
  /\b(?:buildStart|closeBundle|configResolved|configureServer|configureVitest|enforce|load|options|resolveId|transform|transformIndexHtml|write\w*)\b\s*[(:,]|child_process|execa|\bmodule-resolver\b|\bimport\s*\(|\brequire\s*\(/;

/** https://vitest.dev/config/include */
export const VITEST_TESTS: readonly string[] = ["**/*.{test,spec}.?(c|m)[jt]s?(x)"];

/** What Vitest 1 leaves out unless it is told otherwise; 4 leaves out less. https://vitest.dev/config/exclude */
export const VITEST_EXCLUDED: readonly string[] = [
  "**/node_modules/**",
  "**/dist/**",
  "**/cypress/**",
  "**/.{idea,git,cache,output,temp}/**",
  "**/{karma,rollup,webpack,vite,vitest,jest,ava,babel,nyc,cypress,tsup,build,eslint,prettier}.config.*",
];

/** What a module says that may make others, or have others loaded, before what it imports is looked for. */
export const MAKES_MODULES = /child_process|execa|\bBun\.(?:plugin|spawn)|\bregisterHooks\b|["']zx["']|\$`/;

/** What one says that may write files: where modules run in order, a later import finds them. */
export const WRITES_FILES =
  /\b(?:copyFile|cp|link|outputFile|rename|symlink|write(?:File)?)(?:Sync)?\s*\(|createWriteStream|["'](?:@graphql-codegen\/|@inlang\/paraglide-js|@pandacss\/|@tanstack\/router-generator)/;

/** Variables whose value may have a file loaded first, like the flags of a command. */
export const OPTION_VARIABLES: readonly string[] = ["BUN_OPTIONS", "NODE_OPTIONS"];

/** Words after `vitest` with which it runs other files than all tests once. https://vitest.dev/guide/cli */
export const OTHER_VITEST_COMMANDS: ReadonlySet<string> = new Set("bench dev init list related watch".split(" "));

/** Flags of `vite build` with which it builds the same modules; some take the next word. https://vite.dev/guide/cli#build */
export const VITE_BUILD_FLAGS = {
  valueFlags: new Set(["--base", "--logLevel", "-l", "--mode", "-m", "--outDir", "--target", "--assetsDir"]),
  booleanFlags: new Set(["--emptyOutDir", "--clearScreen", "--debug", "-d", "--sourcemap", "--minify", "--manifest"]),
};

/** The same for `bun build`. https://bun.com/docs/bundler */
export const BUN_BUILD_FLAGS = {
  valueFlags: new Set([
    "--outdir",
    "--outfile",
    "--target",
    "--format",
    "--banner",
    "--footer",
    "--root",
    "--public-path",
  ]),
  booleanFlags: new Set(
    "--bytecode --compile --minify --minify-identifiers --minify-syntax --minify-whitespace --production --sourcemap --splitting".split(
      " ",
    ),
  ),
};

/** Flags of Vitest with which it runs the same tests, or fails as it does without. https://vitest.dev/guide/cli */
export const VITEST_FLAGS = {
  valueFlags: new Set(
    "--environment --hookTimeout --maxConcurrency --maxWorkers --minWorkers --outputFile --pool --reporter --retry --teardownTimeout --testNamePattern --testTimeout -t".split(
      " ",
    ),
  ),
  booleanFlags: new Set(
    "--allowOnly --bail --coverage --fileParallelism --globals --isolate --logHeapUsage --no-color --no-coverage --no-file-parallelism --no-isolate --passWithNoTests --run --silent -u --update".split(
      " ",
    ),
  ),
};

/** The same for `bun test`. https://bun.com/docs/cli/test */
export const BUN_TEST_FLAGS = {
  valueFlags: new Set(
    "--coverage-dir --coverage-reporter --rerun-each --reporter --reporter-outfile --timeout -t --test-name-pattern".split(
      " ",
    ),
  ),
  booleanFlags: new Set(
    "--bail --ci --coverage --concurrent --dots --only-failures --pass-with-no-tests --randomize -u --update-snapshots".split(
      " ",
    ),
  ),
};

/** What `bun test` always takes for tests. https://bun.com/docs/test/discovery */
export const BUN_TESTS: readonly string[] = ["**/*.{test,spec}.{ts,tsx,js,jsx}"];

/** The tables of a bunfig.toml that say nothing about modules. https://bun.com/docs/runtime/bunfig */
export const QUIET_BUNFIG_TABLES: ReadonlySet<string> = new Set([
  "console",
  "install",
  "logLevel",
  "run",
  "smol",
  "telemetry",
]);

/** What may stand between `bun` and the file that it runs, once. https://bun.com/docs/runtime */
export const QUIET_BUN_WORDS = /^(?:run|-b|--bun|--silent|--smol|--(?:cwd|env-file)=.+)$/;
