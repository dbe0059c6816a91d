// What checks types, by the tools' documentation, 2026-11. One too many costs a miss.

/** Executables that check types, or may: by themselves, or as they build. */
export const TYPE_CHECKERS: ReadonlySet<string> = new Set(
  "api-extractor astro dts-bundle-generator ember-tsc expo-module glint heft nest next ng ngc nuxi nuxt parcel react-scripts rolldown rollup rspack rslib svelte-check svelte-package tsc tsc-files tsd tsdown tsgo tsp tspc tsup ttsc type-coverage typedoc unbuild vue-cli-service vue-tsc webpack".split(
    " ",
  ),
);

/** Packages with which a bundler, test runner or linter checks types as well. */
export const TYPE_CHECKING_PACKAGES: ReadonlySet<string> = new Set(
  "@rollup/plugin-typescript @rsbuild/plugin-type-check fork-ts-checker-webpack-plugin rollup-plugin-dts rollup-plugin-typescript2 ts-jest ts-loader ts-node unplugin-dts vite-plugin-checker vite-plugin-dts".split(
    " ",
  ),
);
