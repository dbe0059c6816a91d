import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import json from "@eslint/json";
import { ESLint, type Linter } from "eslint";
import preflight from "eslint-plugin-preflight";
import jsonc from "eslint-plugin-jsonc";
import yml from "eslint-plugin-yml";
import { describe, expect, it } from "vitest";
import { INCIDENT, readFolder } from "./support/incident.ts";
import { fixRepository, lintRepository } from "./support/lint.ts";
import { writeFiles, writeRepository } from "./support/temporary.ts";

const WORKFLOW = ".github/workflows/ci.yml";
const incident = readFolder(INCIDENT);

describe("text in the wrong shape", () => {
  const yaml = [
    "",
    "# only a comment",
    "null",
    "[]",
    "3",
    "text",
    "on: null",
    "jobs: 3",
    "jobs: []",
    "jobs: { a: null }",
    "jobs: { a: [] }",
    "jobs: { a: { steps: {} } }",
    "jobs: { a: { steps: [null, 3, [], text] } }",
    "jobs: { a: { steps: [{ run: 3 }, { run: [] }, { run: null }, { uses: 3 }, { uses: nothing }] } }",
    "jobs: { a: { steps: [{ run: x, env: 3, with: [], if: [], shell: {}, working-directory: [] }] } }",
    "env: []\ndefaults: 3\njobs: { a: { env: text, needs: 3, runs-on: {}, container: [], strategy: { matrix: 3 }, secrets: 3 } }",
    "jobs: { a: { uses: 3 }, b: { uses: ./.github/workflows/ci.yml }, c: { uses: ./nowhere.yml } }",
    "on: workflow_call\njobs: { a: { uses: ./.github/workflows/ci.yml, secrets: inherit } }",
    "runs: 3",
    "runs: { using: composite, steps: 3 }",
    "runs: { using: composite, steps: [{ uses: ./ }] }",
    "a: &a [*a]\nb: *a",
    "a: *nowhere",
    "? [complex]\n: 1",
    "a: 1\n---\nb: 2",
    "<<: { jobs: { a: { steps: [{ run: npx convex codegen }] } } }",
  ];
  const jsonTexts = [
    "{}",
    "[]",
    "3",
    "null",
    `"text"`,
    `{ "scripts": [], "workspaces": 3, "packageManager": {}, "dependencies": null, "name": 3 }`,
    `{ "workspaces": { "packages": {} }, "scripts": { "a": 3, "b": null, "": "x" } }`,
    `{ "tasks": [], "globalEnv": 3, "extends": {}, "futureFlags": [] }`,
    `{ "tasks": { "a": 3, "b": { "env": 3, "dependsOn": {}, "with": "x" }, "c#d#e": {}, "#": { "dependsOn": ["^", "#", "a#"] } } }`,
    `{ "pipeline": null, "tasks": { "build": { "dependsOn": ["build", "^build"] } } }`,
  ];
  const cases = [
    ...yaml.map((text) => [WORKFLOW, text] as const),
    ...yaml.map((text) => [".github/actions/a/action.yml", text] as const),
    ...jsonTexts.map((text) => ["package.json", text] as const),
    ...jsonTexts.map((text) => ["turbo.json", text] as const),
  ];

  it.each(cases)("%s: %j neither throws nor is reported", async (path, text) => {
    const { messages } = await lintRepository(writeRepository({ [path]: text }), { config: preflight.configs.strict });
    expect(messages.filter(({ ruleId }) => ruleId !== null)).toEqual([]);
  });

  it.each(cases)("%s: %j beside the incident does not throw", async (path, text) => {
    const { messages } = await lintRepository(writeRepository({ ...incident, [path]: text }), {
      config: preflight.configs.strict,
    });
    expect(messages.filter(({ fatal, ruleId }) => fatal === true && ruleId !== null)).toEqual([]);
  });

  it("each beginning of a workflow is read without an exception", async () => {
    const text = incident[WORKFLOW] ?? "";
    const root = writeRepository(incident);
    const eslint = new ESLint({ cwd: root, overrideConfigFile: true, overrideConfig: preflight.configs.strict });
    for (let length = 0; length < text.length; length += 7) {
      const [result] = await eslint.lintText(text.slice(0, length), { filePath: join(root, WORKFLOW) });
      expect(result?.messages.filter(({ message }) => /TypeError|Cannot read/.test(message))).toEqual([]);
    }
  });
});

describe("the verdict", () => {
  const files = (config: Linter.Config[], kinds: string[]): Linter.Config[] =>
    config.map((item) => ({ ...item, files: kinds }));
  const yamlFiles = ["**/*.{yml,yaml}"];
  const jsonFiles = ["**/*.json"];
  const languages: readonly [name: string, before: Linter.Config[], after: Linter.Config[]][] = [
    ["the plugin's own parsers", [], []],
    ["eslint-plugin-yml's language, before", files(yml.configs["flat/base"], yamlFiles), []],
    ["eslint-plugin-yml's language, after", [], files(yml.configs["flat/base"], yamlFiles)],
    ["eslint-plugin-jsonc's language, before", files(jsonc.configs["flat/base"], jsonFiles), []],
    ["eslint-plugin-jsonc's language, after", [], files(jsonc.configs["flat/base"], jsonFiles)],
    ["@eslint/json, before", [{ files: jsonFiles, plugins: { json }, language: "json/jsonc" }], []],
    ["@eslint/json, after", [], [{ files: jsonFiles, plugins: { json }, language: "json/jsonc" }]],
  ];

  it.each(languages)("is the same under %s", async (_, before, after) => {
    const own = await lintRepository(writeRepository(incident));
    const config = [...before, ...preflight.configs.recommended, ...after];
    const { report, messages } = await lintRepository(writeRepository(incident), { config });
    const ours = messages.filter(({ ruleId }) => ruleId?.startsWith("preflight/"));
    expect(report.filter((line) => line.includes(" preflight/"))).toEqual(own.report);
    expect(ours.map(({ fix }) => fix)).toEqual(own.messages.map(({ fix }) => fix));
  });

  it("follows what changes on disk, in the same process", async () => {
    const root = writeRepository(incident);
    await expect(lintRepository(root)).resolves.toMatchObject({ messages: { length: 4 } });
    writeFiles(root, {
      "turbo.json": `{ "globalEnv": ["CONVEX_DEPLOY_KEY"], "tasks": { "build": {}, "typecheck": { "dependsOn": ["^build"] } } }`,
    });
    await expect(lintRepository(root)).resolves.toMatchObject({ messages: { length: 3 } });
    writeFiles(root, {
      "apps/convex/package.json": `{ "name": "convex-backend", "scripts": { "build": "true" }, "dependencies": { "convex": "^1.28.0" } }`,
    });
    await expect(lintRepository(root)).resolves.toMatchObject({ messages: { length: 1 } });
  });

  it("follows the text in the editor, not the one on disk", async () => {
    const root = writeRepository(incident);
    const eslint = new ESLint({ cwd: root, overrideConfigFile: true, overrideConfig: preflight.configs.recommended });
    const text = (incident[WORKFLOW] ?? "").replaceAll("bun run typecheck", "true");
    const [result] = await eslint.lintText(text, { filePath: join(root, WORKFLOW) });
    expect(result?.messages).toHaveLength(2);
  });

  it("is silence outside of any repository", async () => {
    const root = writeRepository({ "notes/package.json": `{ "name": "x", "scripts": { "a": "convex codegen" } }` });
    await expect(lintRepository(join(root, "notes"))).resolves.toMatchObject({ report: [] });
  });

  it("is silence where a neighbour cannot be read", async () => {
    const broken = { "package.json": "{ broken", "apps/convex/package.json": "{ broken", "turbo.json": "{ broken" };
    const root = writeRepository({ ...incident, ...broken });
    const { messages } = await lintRepository(root, { files: [".github/**/*.yml"] });
    expect(messages).toEqual([]);
  });
});

describe("fixes", () => {
  const variants: readonly [name: string, change: (text: string) => string][] = [
    ["LF", (text) => text],
    ["CRLF", (text) => text.replaceAll("\n", "\r\n")],
    ["a byte order mark", (text) => `\uFEFF${text}`],
  ];

  it.each(variants)("keep %s, every comment and every other line", async (_, change) => {
    const files = Object.fromEntries(Object.entries(incident).map(([path, text]) => [path, change(text)]));
    const root = writeRepository(files);
    const plain = writeRepository(incident);
    const { report } = await fixRepository(root);
    await fixRepository(plain);
    expect(report).toEqual([]);
    for (const path of [WORKFLOW, "turbo.json"]) {
      expect(readFileSync(join(root, path), "utf8")).toBe(change(readFileSync(join(plain, path), "utf8")));
    }
  });

  it("are written by ESLint alone", async () => {
    const root = writeRepository(incident);
    const stamps = (): readonly string[] =>
      readdirSync(root, { recursive: true, encoding: "utf8" }).map(
        (path) => `${path} ${String(statSync(join(root, path)).mtimeMs)}`,
      );
    const before = stamps();
    await lintRepository(root);
    expect(stamps()).toEqual(before);
  });
});
