import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["tests/**/*.test.ts"],
    // The real tools take their time on a busy machine.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
