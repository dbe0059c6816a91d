import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { writeFiles, writeRepository } from "../support/temporary.ts";
import { taskHash } from "./turbo-binaries.ts";

/** The root task that the README shows. */
const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
const task = /^"\/\/#lint:ci": \{.*\}$/m.exec(readme)?.[0] ?? "";

const files = {
  ".gitignore": "node_modules\n",
  "package.json": `{ "name": "root", "private": true, "packageManager": "npm@10.9.0", "workspaces": ["apps/*"], "scripts": { "lint:ci": "eslint ." } }`,
  "package-lock.json": `{ "name": "root", "lockfileVersion": 3, "requires": true, "packages": {} }`,
  "turbo.json": `{ "tasks": { ${task} } }`,
  "eslint.config.js": "",
  ".github/workflows/ci.yml": "on: push\n",
  ".github/actions/setup/action.yml": "name: setup\n",
  "ci/deploy.sh": "true\n",
  "bunfig.toml": "",
  "apps/web/package.json": `{ "name": "web" }`,
  "apps/web/server.ts": "process.env.TOKEN;\n",
  "apps/web/page.tsx": "1;\n",
  "node_modules/a/package.json": "{}",
};

describe.each(["2.11.11", "2.0.14"] as const)("the README's root task in turbo %s", (version) => {
  const call = { args: ["run", "lint:ci"], folder: "" };
  const hashes = async (path: string, text: string): Promise<readonly [before: string, after: string]> => {
    const root = writeRepository(files);
    execFileSync("git", ["init", "--quiet"], { cwd: root });
    const before = await taskHash(version, root, call);
    writeFiles(root, { [path]: text });
    return [before, await taskHash(version, root, call)];
  };

  it.each([
    ["turbo.json", `{ "globalEnv": ["A"], "tasks": { ${task} } }`],
    ["package.json", files["package.json"].replace("eslint .", "eslint . --quiet")],
    ["apps/web/package.json", `{ "name": "web", "scripts": { "build": "next build" } }`],
    ["apps/web/turbo.json", `{ "extends": ["//"], "tasks": {} }`],
    ["package-lock.json", `${files["package-lock.json"]}\n`],
    [".github/workflows/ci.yml", "on: pull_request\n"],
    [".github/actions/setup/action.yml", "name: set up\n"],
    ["ci/deploy.sh", "false\n"],
    ["bunfig.toml", "[install]\n"],
    ["eslint.config.js", "export default [];\n"],
    ["apps/web/server.ts", "process.env.KEY;\n"],
  ])("runs again after a change of %s", async (path, text) => {
    const [before, after] = await hashes(path, text);
    expect(after).not.toBe(before);
  });

  it.each([
    ["apps/web/page.tsx", "2;\n"],
    ["node_modules/a/package.json", `{ "name": "a" }`],
  ])("is taken from the cache after a change of %s", async (path, text) => {
    expect(task).not.toBe("");
    const [before, after] = await hashes(path, text);
    expect(after).toBe(before);
  });
});
