/** The real programs judge what is said of the files and folders that they are given: where one is said to be missing they fail, else they find it. */
import { spawnSync } from "node:child_process";
import { mkdirSync, symlinkSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { missingPaths } from "../../src/faults/paths/missing-paths.ts";
import { Repository } from "../../src/project/repository.ts";
import { writeFiles, writeRepository, type RepositoryFiles } from "../support/temporary.ts";
import { BUNS, type BunRelease } from "./bun.ts";

const WORKFLOW = ".github/workflows/ci.yml";
const MODULES = fileURLToPath(new URL("node_modules", import.meta.url));
const FILES: RepositoryFiles = {
  "package.json": '{ "name": "a", "version": "1.0.0", "scripts": { "hello": "echo found" } }',
  "app/package.json": '{ "name": "b", "version": "1.0.0", "scripts": { "hello": "echo found" } }',
  "scripts/a.js": 'console.log("found")',
  "scripts/b.mjs": 'console.log("found")',
  "scripts/c.ts": 'console.log("found")',
  "scripts/folder/index.js": 'console.log("found")',
  "scripts/d.sh": "echo found",
};

const VITEST = fileURLToPath(new URL("../../node_modules/vitest/vitest.mjs", import.meta.url));

/** What stands before a command, for those whose program is not on every machine. */
const PATHS = BUNS.map((release) => join(MODULES, `bun-${release}-${process.platform}-${process.arch}`, "bin"));

function saysMissing(command: string): boolean {
  const steps = [{ uses: "actions/checkout@v5" }, { run: command }];
  const text = JSON.stringify({ on: "push", jobs: { a: { "runs-on": "ubuntu-latest", steps } } });
  return missingPaths(new Repository(writeRepository({ ...FILES, [WORKFLOW]: text })), WORKFLOW).length > 0;
}

function isFound(command: string, bin: string): boolean {
  const { status, stdout } = spawnSync("bash", ["-e", "-c", command], {
    cwd: writeRepository(FILES),
    encoding: "utf8",
    env: { ...process.env, PATH: [bin, process.env["PATH"] ?? ""].join(delimiter) },
  });
  return status === 0 && stdout.includes("found");
}

const COMMANDS: readonly (readonly [command: string, isMissing: boolean])[] = [
  ["node scripts/a.js", false],
  ["node scripts/a", false],
  ["node scripts/folder", false],
  ["node scripts/a.mjs", true],
  ["node scripts/b.js", true],
  ["node --no-warnings scripts/gone.js", true],
  ["bash scripts/d.sh", false],
  ["bash scripts/gone.sh", true],
  ["source ./scripts/d.sh", false],
  ["source ./scripts/gone.sh; echo found", true],
  ["./scripts/gone.sh", true],
  ["chmod +x scripts/d.sh && echo found", false],
  ["chmod +x scripts/gone.sh && echo found", true],
  ["cat scripts/gone.js; echo found", true],
  ["npm --prefix app run hello", false],
  ["npm --prefix gone run hello", true],
];
const OF_BUN: typeof COMMANDS = [
  ["bun scripts/a.js", false],
  ["bun run scripts/c.js", false],
  ["bun scripts/c", false],
  ["bun scripts/b.js", true],
  ["bun scripts/a.ts", true],
  ["bun run ./scripts/gone.ts", true],
  ["bun --cwd=app run hello", false],
  ["bun --cwd=gone run hello", true],
];

describe("a path of a command", () => {
  it.each(COMMANDS)("%s", (command, isMissing) => {
    expect(saysMissing(command)).toBe(isMissing);
    expect(isFound(command, "")).toBe(!isMissing);
  });

  describe.each(PATHS)("%s", (bin) => {
    it.each(OF_BUN)("%s", (command, isMissing) => {
      expect(saysMissing(command)).toBe(isMissing);
      expect(isFound(command, bin)).toBe(!isMissing);
    });
  });
});

/** Runners of tests, with a test in two folders and none where the words say, and what their settings make of that. */
const TESTS: RepositoryFiles = {
  "package.json": '{ "name": "a", "scripts": { "test": "bun test", "vitest": "vitest run" } }',
  "app/package.json": '{ "name": "b" }',
  "app/own.config.mjs": "export default { test: { passWithNoTests: true } };",
  "app/tests/b.test.mjs": "test('b', () => console.log('found'));",
  "test/unit/a.test.mjs": "test('a', () => console.log('found'));",
};
const OF_BUN_TEST: typeof COMMANDS = [
  ["bun test test/unit/a.test.mjs", false],
  ["bun test tests/unit/a.test.mjs", true],
  ["bun test unit/a", false],
  ["bun test Unit/a", true],
  ["bun test ./test/unit", false],
  ["bun test ./test/a.test.mjs", true],
  ["bun test ./tests/unit/a.test.mjs ./tests/c.test.mjs", true],
  ["bun test tests/unit/a.test.mjs test/unit/a.test.mjs", false],
  ["bun test ./tests/unit/a.test.mjs test/unit/a.test.mjs", false],
  ["bun test tests/unit/a.test.mjs unit", false],
  ["bun run test tests/unit/a.test.mjs", true],
  ["cd app && bun test tests/b.test.mjs", false],
  ["cd app && bun test app/tests/b.test.mjs", true],
  ["cd app && bun test ../test/unit", false],
  ["bun --cwd=app test app/tests", true],
  ["bun test --timeout 100 tests/unit/a.test.mjs", true],
  ["bun test --coverage tests/unit/a.test.mjs --bail", true],
];
const OF_VITEST: typeof COMMANDS = [
  ["npx vitest run test/unit/a.test.mjs", false],
  ["npx vitest run tests/unit/a.test.mjs", true],
  ["npx vitest run ./test/unit", false],
  ["npx vitest run TEST/unit", false],
  ["npx vitest run tests/unit/a.test.mjs test/unit/a.test.mjs", false],
  ["npx vitest --run tests/unit/a.test.mjs", true],
  ["npx vitest run tests/unit/a.test.mjs --retry 2", true],
  ["cd app && npx vitest run tests/b.test.mjs", false],
  ["cd app && npx vitest run app/tests/b.test.mjs", true],
  ["cd app && npx vitest run -c own.config.mjs tests/b.test.mjs", false],
];

function saysUnmatched(root: string, command: string, release?: BunRelease): boolean {
  const setup = release === undefined ? [] : [{ uses: "oven-sh/setup-bun@v2", with: { "bun-version": release } }];
  const steps = [{ uses: "actions/checkout@v5" }, ...setup, { run: command }];
  writeFiles(root, { [WORKFLOW]: JSON.stringify({ on: "push", jobs: { a: { "runs-on": "ubuntu-latest", steps } } }) });
  const kinds = missingPaths(new Repository(root), WORKFLOW).map(({ kind }) => kind);
  return kinds.includes("unmatchedTests");
}

function succeeds(root: string, command: string, bin: string): boolean {
  const { status } = spawnSync("bash", ["-e", "-c", command], {
    cwd: root,
    encoding: "utf8",
    env: { ...process.env, CI: "1", PATH: [bin, process.env["PATH"] ?? ""].join(delimiter) },
  });
  return status === 0;
}

describe("a path of tests", () => {
  describe.each(BUNS)("Bun %s", (release) => {
    const bin = join(MODULES, `bun-${release}-${process.platform}-${process.arch}`, "bin");
    it.each(OF_BUN_TEST)("%s", (command, isUnmatched) => {
      const root = writeRepository(TESTS);
      expect(saysUnmatched(root, command, release)).toBe(isUnmatched);
      expect(succeeds(root, command, bin)).toBe(!isUnmatched);
    });
  });

  it.each(OF_VITEST)(
    "%s",
    (command, isUnmatched) => {
      const root = writeRepository({
        ...TESTS,
        "test/unit/a.test.mjs": 'import { test } from "vitest"; test("a", () => {});',
        "app/tests/b.test.mjs": 'import { test } from "vitest"; test("b", () => {});',
      });
      mkdirSync(join(root, "node_modules/.bin"), { recursive: true });
      symlinkSync(dirname(VITEST), join(root, "node_modules/vitest"));
      symlinkSync(VITEST, join(root, "node_modules/.bin/vitest"));
      expect(saysUnmatched(root, command)).toBe(isUnmatched);
      expect(succeeds(root, command, "")).toBe(!isUnmatched);
    },
    30_000,
  );
});
