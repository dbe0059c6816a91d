import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { secondLockfiles } from "../../src/faults/lockfile/second-lockfiles.ts";
import { Repository } from "../../src/project/repository.ts";
import { writeFiles, writeRepository } from "../support/temporary.ts";
import { BUNS, runWithBun } from "./bun.ts";

const LOCKFILES = ["bun.lock", "bun.lockb", "package-lock.json", "pnpm-lock.yaml", "yarn.lock"];
const TOOLS = fileURLToPath(new URL("node_modules", import.meta.url));

/** What installs with each package manager, without network. */
const INSTALL: Readonly<Record<string, (root: string) => void>> = {
  npm: (root) =>
    execFileSync("npm", ["install", "--offline", "--no-audit", "--no-fund"], { cwd: root, stdio: "ignore" }),
  pnpm: (root) => {
    runNode(root, "pnpm10/bin/pnpm.cjs", "install", "--offline", "--no-frozen-lockfile");
  },
  yarn: (root) => {
    runNode(root, "yarn1/bin/yarn.js", "install", "--offline");
  },
  ...Object.fromEntries(
    BUNS.map((release) => [release, (root: string) => void runWithBun(release, "bun install", root)]),
  ),
};

function runNode(root: string, path: string, ...args: readonly string[]): void {
  execFileSync(process.execPath, [join(TOOLS, path), ...args], { cwd: root, stdio: "ignore" });
}

const manifest = (...names: readonly string[]): string =>
  JSON.stringify({
    name: "root",
    version: "1.0.0",
    dependencies: Object.fromEntries(names.map((name) => [name, `file:./${name}`])),
  });

/** A package that the given package managers have installed, one after the other. */
function installedBy(...managers: readonly string[]): string {
  const root = writeRepository({
    "package.json": manifest("a"),
    "a/package.json": `{ "name": "a", "version": "1.0.0" }`,
    "b/package.json": `{ "name": "b", "version": "1.0.0" }`,
  });
  for (const manager of managers) install(root, manager);
  return root;
}

function install(root: string, manager: string): void {
  rmSync(join(root, "node_modules"), { recursive: true, force: true });
  INSTALL[manager]?.(root);
}

/** The lockfiles that an install writes anew for a dependency that is added. */
function changedBy(root: string, manager: string): readonly string[] {
  const read = (name: string): string => (existsSync(join(root, name)) ? readFileSync(join(root, name), "latin1") : "");
  const before = LOCKFILES.map(read);
  writeFiles(root, { "package.json": manifest("a", "b") });
  install(root, manager);
  return LOCKFILES.filter((name, index) => read(name) !== before[index]);
}

const reported = (root: string): readonly string[] =>
  secondLockfiles(new Repository(root), "package.json").flatMap(({ lockfiles }) => lockfiles);

it.each(BUNS.flatMap((bun) => ["npm", "pnpm", "yarn"].map((other) => [bun, other] as const)))(
  "Bun %s and %s each leave the lockfile of the other as it is",
  (bun, other) => {
    const root = installedBy(other, bun);
    expect(reported(root)).toHaveLength(2);
    expect(changedBy(installedBy(other, bun), bun)).toEqual(["bun.lock"]);
    expect(changedBy(root, other)).toEqual(reported(root).filter((name) => name !== "bun.lock"));
  },
);

it.each(BUNS)("Bun %s leaves a bun.lockb beside bun.lock as it is", (bun) => {
  const root = installedBy(bun);
  const binary = writeRepository({
    "package.json": manifest(),
    "bunfig.toml": "[install]\nsaveTextLockfile = false\n",
  });
  writeFiles(binary, { "package.json": manifest("a"), "a/package.json": `{ "name": "a", "version": "1.0.0" }` });
  install(binary, bun);
  copyFileSync(join(binary, "bun.lockb"), join(root, "bun.lockb"));
  expect(reported(root)).toEqual(["bun.lock", "bun.lockb"]);
  expect(changedBy(root, bun)).toEqual(["bun.lock"]);
});

it("npm writes a yarn.lock together with its own lockfile, which is no second one then", () => {
  expect(changedBy(installedBy("yarn", "npm"), "npm")).toEqual(["package-lock.json", "yarn.lock"]);
  expect(reported(installedBy("yarn", "npm", "1.4.5"))).toEqual(["bun.lock", "package-lock.json"]);
});

it.each(BUNS)("Bun %s prints a yarn.lock where it is told to, which is no second lockfile then", (bun) => {
  const root = installedBy();
  writeFiles(root, { "bunfig.toml": `[install.lockfile]\nprint = "yarn"\n` });
  install(root, bun);
  expect(existsSync(join(root, "yarn.lock"))).toBe(true);
  expect(reported(root)).toEqual([]);
});
