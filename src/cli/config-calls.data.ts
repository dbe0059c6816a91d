// Functions that make a configuration of ESLint. Read in the sources of each package on 2026-11-25.

/** How a configuration is given to a function: as one more argument, where the first may be an object of options. */
export interface ConfigCall {
  /** The package, or the end of the path, that the function is imported from. */
  readonly from: string;
  /** Its name there; undefined for any, where the module has no other function. */
  readonly name?: string;
  readonly takesOptions: boolean;
  /** True where the result can be given more by `.append()`. */
  readonly isComposer: boolean;
}

const plain = { takesOptions: false, isComposer: false };

/** Those that take configurations, and arrays of them, as arguments. */
export const CONFIG_CALLS: readonly ConfigCall[] = [
  { from: "eslint/config", name: "defineConfig", ...plain },
  { from: "@eslint/config-helpers", name: "defineConfig", ...plain },
  { from: "typescript-eslint", name: "config", ...plain },
  { from: "@vue/eslint-config-typescript", name: "defineConfigWithVueTs", ...plain },
  { from: "eslint-flat-config-utils", name: "concat", ...plain },
  { from: "eslint-flat-config-utils", name: "composer", takesOptions: false, isComposer: true },
  { from: ".nuxt/eslint.config.mjs", takesOptions: false, isComposer: true },
  { from: "@nuxt/eslint-config", name: "createConfigForNuxt", takesOptions: true, isComposer: true },
  { from: "@nuxt/eslint-config/flat", name: "createConfigForNuxt", takesOptions: true, isComposer: true },
  { from: "@antfu/eslint-config", takesOptions: true, isComposer: true },
  { from: "@sxzz/eslint-config", name: "sxzz", takesOptions: true, isComposer: true },
];
