/** The real programs judge what is said of the files and folders that they are given: where one is said to be missing they fail, else they find it. */
import { spawnSync } from "node:child_process";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { missingPaths } from "../../src/faults/scripts/missing-paths.ts";
import { Repository } from "../../src/project/repository.ts";
import { writeRepository, type RepositoryFiles } from "../support/temporary.ts";
import { BUNS } from "./bun.ts";

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
