import { readFileSync } from "node:fs";
import js from "@eslint/js";
import json from "@eslint/json";
import markdown from "@eslint/markdown";
import { ESLint, type Linter } from "eslint";
import prettier from "eslint-config-prettier";
import jsonc from "eslint-plugin-jsonc";
import packageJson from "eslint-plugin-package-json";
import preflight from "eslint-plugin-preflight";
import yml from "eslint-plugin-yml";
import { defineConfig } from "eslint/config";
import { satisfies } from "semver";
import tseslint from "typescript-eslint";
import { describe, expect, it } from "vitest";
import { INCIDENT, readFolder } from "./support/incident.ts";
import { lintRepository, type LintRun } from "./support/lint.ts";
import { writeRepository } from "./support/temporary.ts";

type Config = Parameters<typeof defineConfig>[number];

const files = {
  ...readFolder(INCIDENT),
  "README.md": "# Incident\n\n### A level too deep\n\n```js\nvar shown = 1;\n```\n",
  "script.js": "var unused = 1;\nundeclared();\n",
  "script.ts": "export const loose: any = 1;\nvoid Promise.resolve(loose).then();\nPromise.resolve(1);\n",
  "tsconfig.json": `{ "compilerOptions": { "strict": true, "jsx": "preserve" } }`,
};

async function lint(...configs: readonly Config[]): Promise<LintRun> {
  return lintRepository(writeRepository(files), { config: defineConfig([...configs]), files: ["."] });
}

/** Of a run, the findings of the plugin's own rules, and those of everybody else in the files that are not ours. */
function partsOf({ messages, report }: LintRun): {
  readonly ours: readonly string[];
  readonly theirs: readonly string[];
} {
  const isOurs = (index: number): boolean => /^(?:preflight|ci)\//.test(messages[index]?.ruleId ?? "");
  return {
    ours: report.filter((_, index) => isOurs(index)),
    theirs: report.filter((line, index) => !isOurs(index) && /^(?:README\.md|script\.[jt]s)/.test(line)),
  };
}

/** Whether a package works with the ESLint that is under test, as it says itself. */
function isForThisESLint(name: string): boolean {
  const manifest = readFileSync(new URL(`../node_modules/${name}/package.json`, import.meta.url), "utf8");
  const { peerDependencies } = JSON.parse(manifest) as { readonly peerDependencies?: { readonly eslint?: string } };
  return satisfies(ESLint.version, peerDependencies?.eslint ?? "*");
}

const typed: Config = {
  files: ["**/*.{ts,tsx}"],
  extends: [tseslint.configs.recommendedTypeChecked],
  languageOptions: { parserOptions: { projectService: true } },
};
const neighbours: readonly [name: string, from: string, config: Config][] = [
  ["eslint-plugin-yml, recommended", "eslint-plugin-yml", yml.configs.recommended],
  ["eslint-plugin-yml, standard", "eslint-plugin-yml", yml.configs.standard],
  ["eslint-plugin-jsonc, recommended", "eslint-plugin-jsonc", jsonc.configs["recommended-with-jsonc"]],
  [
    "@eslint/json, every file as JSON with comments",
    "@eslint/json",
    { files: ["**/*.json"], plugins: { json }, language: "json/jsonc", extends: ["json/recommended"] },
  ],
  [
    "@eslint/json, package.json as JSON",
    "@eslint/json",
    { files: ["**/package.json"], plugins: { json }, language: "json/json", extends: ["json/recommended"] },
  ],
  ["@eslint/markdown, recommended", "@eslint/markdown", markdown.configs.recommended],
  ["@eslint/markdown, its code blocks", "@eslint/markdown", markdown.configs.processor],
  ["eslint-plugin-package-json, recommended", "eslint-plugin-package-json", packageJson.configs.recommended],
  ["eslint-config-prettier", "eslint-config-prettier", prettier],
  ["@eslint/js, recommended for every file", "@eslint/js", js.configs.recommended],
  ["@eslint/js, all rules for every file", "@eslint/js", js.configs.all],
  [
    "typescript-eslint, recommended for scripts",
    "typescript-eslint",
    { ...typed, extends: [tseslint.configs.recommended] },
  ],
  ["typescript-eslint, with types for scripts", "typescript-eslint", typed],
];

describe("beside another configuration, in either order, both find what they find alone", () => {
  it.for(neighbours)("%s", async ([, from, config], { skip }) => {
    skip(!isForThisESLint(from), "is not made for this ESLint");
    const own = partsOf(await lint(preflight.configs.recommended)).ours;
    const { theirs } = partsOf(await lint(config));
    expect(own).toHaveLength(4);
    for (const run of [
      await lint(config, preflight.configs.recommended),
      await lint(preflight.configs.recommended, config),
    ]) {
      expect(run.messages.filter(({ fatal }) => fatal)).toEqual([]);
      expect(partsOf(run)).toEqual({ ours: own, theirs });
    }
  });
});

describe("beside all of them at once", () => {
  it.skipIf(!neighbours.every(([, from]) => isForThisESLint(from)))("the same is found", async () => {
    const own = partsOf(await lint(preflight.configs.recommended)).ours;
    // But for @eslint/markdown, whose trees the rules of eslint-plugin-jsonc cannot read.
    const all = [
      yml.configs.standard,
      jsonc.configs["recommended-with-jsonc"],
      packageJson.configs.recommended,
      { files: ["**/*.{js,ts,tsx}"], extends: [js.configs.recommended] },
      typed,
      prettier,
    ];
    expect(partsOf(await lint(...all, preflight.configs.recommended)).ours).toEqual(own);
    expect(partsOf(await lint(preflight.configs.recommended, ...all)).ours).toEqual(own);
  });
});

describe("what the README warns of", () => {
  const every: readonly [name: string, run: () => Promise<LintRun>, error: RegExp][] = [
    [
      "rules that need types, for every file",
      () => lint(tseslint.configs.recommendedTypeChecked, preflight.configs.recommended),
      /requires? type information/,
    ],
    [
      "rules for JavaScript, for files in the language of @eslint/json",
      () =>
        lint(
          { rules: { "no-irregular-whitespace": "error" } },
          { files: ["**/*.json"], plugins: { json }, language: "json/jsonc" },
          preflight.configs.recommended,
        ),
      /getAllComments is not a function/,
    ],
  ];
  it.each(every)("%s: the run ends", async (_, run, error) => {
    await expect(run()).rejects.toThrow(error);
  });

  it("a parser for every file, after the plugin: workflows are no longer read, and ESLint says so", async () => {
    const { messages } = await lint(preflight.configs.recommended, tseslint.configs.recommended);
    expect(messages.filter(({ fatal }) => fatal).map(({ path }) => path)).toEqual([".github/workflows/ci.yml"]);
  });

  it("a parser for every file, before the plugin: nothing is amiss", async () => {
    const run = await lint(tseslint.configs.recommended, preflight.configs.recommended);
    expect(partsOf(run).ours).toEqual(partsOf(await lint(preflight.configs.recommended)).ours);
  });
});

describe("the plugin's rules without its configurations, under another name", () => {
  const plugins = { ci: preflight, json, yml };
  const workflow = { files: ["**/*.yml"], plugins, language: "yml/yaml" } satisfies Linter.Config;
  const turbo = { files: ["**/turbo.json"], plugins, language: "json/jsonc" } satisfies Linter.Config;

  it("find the same", async () => {
    const own = partsOf(await lint(preflight.configs.recommended)).ours;
    const { ours } = partsOf(
      await lint(
        { ...workflow, rules: { "ci/convex-codegen-needs-deploy-key": "error" } },
        { ...workflow, rules: { "ci/lockfile-frozen-bun-version-match": "error" } },
        { ...turbo, rules: { "ci/turbo-env-declared": ["error", { declareIn: "globalEnv" }] } },
      ),
    );
    expect(ours).toEqual(own.map((line) => line.replace(" preflight/", " ci/")));
  });
});
