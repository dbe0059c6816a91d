import { createRequire } from "node:module";
import { defineConfig } from "vitest/config";

/** The ESLint of tests/versions that stands in for the installed one, such as `9.22`. */
const eslint = process.env["PREFLIGHT_ESLINT"];
const { resolve } = createRequire(new URL("tests/versions/package.json", import.meta.url));

export default defineConfig({
  resolve: {
    alias: eslint
      ? [
          { find: /^eslint$/, replacement: resolve(`eslint-${eslint}`) },
          { find: /^eslint\/config$/, replacement: resolve(`eslint-${eslint}/config`) },
        ]
      : [],
  },
  test: {
    include: ["tests/**/*.test.ts"],
    // The real tools take their time on a busy machine.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
