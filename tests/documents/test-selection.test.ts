import { expect, it } from "vitest";
import { selectsTests } from "../../src/documents/test-selection.ts";

it.each<[text: string, selects: boolean]>([
  ["export default defineConfig({ test: { globals: true, environment: 'jsdom' } });", false],
  [
    "export default defineConfig({ test: { coverage: { include: ['src'] } }, optimizeDeps: { exclude: ['a'] } });",
    false,
  ],
  ["// exclude: everything\nexport default { test: { name: 'exclude: all' } };", false],
  ["import { defineConfig } from 'vitest/config';\nexport default defineConfig({ plugins: [...react()] });", false],
  ["import tsconfigPaths from 'vite-tsconfig-paths';\nexport default { plugins: [tsconfigPaths()] };", false],
  ["import './setup';\nexport default { test: {} };", true],
  ["import { base } from '@acme/vitest-config';\nexport default base;", true],
  ["module.exports = require('../../jest.shared.js');", true],
  ["export default { test: { setupFiles: ['./vitest.setup.ts'], ...shared } };", true],
  ["export default { test: { coverage: { ...shared } } };", false],
  ["export default { test: { setupFiles: ['./vitest.setup.ts'] } };", true],
  ["module.exports = { setupFilesAfterEnv: ['./jest.setup.js'] };", true],
  ["export default { test: { globalSetup: './start.ts' } };", true],
  ["export default { test: { env: { API_URL: 'x' } } };", true],
  ["export default { webServer: { env: { API_URL: 'x' } } };", false],
  ["import 'dotenv/config';\nexport default {};", true],
  ["module.exports = { moduleNameMapper: { '^./env$': './env.mock' } };", true],
  ["export default { test: { alias: { './env': './env.mock' } } };", true],
  ["export default { resolve: { alias: { '@': './src' } } };", false],
  ["module.exports = { preset: '../../jest.preset.js' };", true],
  ["export default { 'test': { 'exclude': [] } };", true],
  ["module.exports = { 'testMatch': ['**/unit/**'] };", true],
  ["export default defineConfig({ test: { include: ['src/**'] } });", true],
  ["export default defineConfig({ test: { exclude } });", true],
  ["export default { test: { projects: ['packages/*'] } };", true],
  ["export default mergeConfig(base, { test: {} });", true],
  ["export default defineWorkspace(['packages/*']);", true],
  ["export default { testDir: './e2e' };", true],
  ["module.exports = { roots: ['<rootDir>/src'], transform: {} };", true],
  ["module.exports = { projects: [{ testMatch: ['**/unit/**'] }] };", true],
])("%s", (text, selects) => {
  expect(selectsTests({ path: "vitest.config.ts", text })).toBe(selects);
});
