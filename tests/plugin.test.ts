import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ESLint, type Linter } from "eslint";
import { defineConfig } from "eslint/config";
import preflight from "eslint-plugin-preflight";
import { describe, expect, it } from "vitest";
import manifest from "../package.json" with { type: "json" };
import { INCIDENT } from "./support/incident.ts";
import { lintRepository } from "./support/lint.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const names = Object.keys(preflight.rules);

describe("what it is tested with", () => {
  it("is the Node and the ESLint that were asked for", () => {
    const { PREFLIGHT_NODE = "", PREFLIGHT_ESLINT } = process.env;
    expect(process.version.startsWith(`v${PREFLIGHT_NODE}`)).toBe(true);
    expect(ESLint.version.startsWith(PREFLIGHT_ESLINT || manifest.devDependencies.eslint)).toBe(true);
  });
});

describe("the plugin", () => {
  it("says who it is", () => {
    expect(preflight.meta).toMatchObject({ name: "eslint-plugin-preflight", namespace: "preflight" });
    expect(preflight.meta.version.split("+")[0]).toBe(manifest.version);
  });

  it("lists its rules in alphabetical order", () => {
    expect(names).toEqual(names.toSorted());
    expect(names.length).toBeGreaterThan(2);
  });

  it.each(names)("%s leads to its page", (name) => {
    expect(preflight.rules[name]?.meta?.docs?.url).toBe(`${manifest.homepage}/blob/main/docs/rules/${name}.md`);
  });
});

describe("its configurations", () => {
  it.each(["recommended", "strict"] as const)("%s registers the plugin only for its own files", (name) => {
    for (const { files, plugins, rules, name: title } of preflight.configs[name]) {
      expect(files).toBeDefined();
      expect(Object.keys(plugins ?? {})).toEqual(["preflight"]);
      expect(Object.keys(rules ?? {})).not.toEqual([]);
      expect(title).toMatch(new RegExp(`^preflight/${name}/`));
    }
  });

  it("give options only in strict", () => {
    const given = (["recommended", "strict"] as const).map((name) =>
      preflight.configs[name]
        .filter(({ files = [] }) => files.includes("**/package.json"))
        .flatMap(({ rules }) => rules?.["preflight/lockfile-in-sync"] ?? []),
    );
    expect(given).toEqual([["error"], ["error", { reportStale: true }]]);
  });

  const forms: readonly [form: string, config: Linter.Config[], prefix: string][] = [
    ["as an array", preflight.configs.recommended, "preflight"],
    ["in defineConfig", defineConfig([preflight.configs.recommended]), "preflight"],
    ["by name", defineConfig({ plugins: { preflight }, extends: ["preflight/recommended"] }), "preflight"],
    ["renamed", defineConfig({ plugins: { wf: preflight }, extends: ["wf/recommended"] }), "wf"],
  ];
  it.each(forms)("work %s", async (_, config, prefix) => {
    const { messages } = await lintRepository(INCIDENT, { config });
    expect(messages.map(({ ruleId }) => ruleId?.split("/")[0])).toEqual([prefix, prefix, prefix, prefix]);
  });

  it("can be switched off rule by rule without naming files", async () => {
    const config = [
      ...preflight.configs.recommended,
      { rules: { "preflight/turbo-env-declared": "off" } },
    ] as Linter.Config[];
    const { messages } = await lintRepository(INCIDENT, { config });
    expect(messages).toHaveLength(3);
  });
});

describe("what is loaded", () => {
  /** The modules that a process loads which lints one text with the plugin. */
  function loadedFor(filePath: string, text: string): readonly string[] {
    const log = join(mkdtempSync(join(tmpdir(), "preflight-")), "loaded");
    const hooks = `import { appendFileSync } from "node:fs";
      export async function load(url, context, next) { appendFileSync(${JSON.stringify(log)}, url + "\\n"); return next(url, context); }`;
    const script = `
      import { register } from "node:module";
      register("data:text/javascript," + encodeURIComponent(${JSON.stringify(hooks)}));
      const { ESLint } = await import("eslint");
      const { default: preflight } = await import("eslint-plugin-preflight");
      const { default: Module } = await import("node:module");
      const eslint = new ESLint({ overrideConfigFile: true, overrideConfig: preflight.configs.recommended });
      await eslint.lintText(${JSON.stringify(text)}, { filePath: ${JSON.stringify(filePath)} });
      console.log(Object.keys(Module._cache).join("\\n"));
    `;
    const required = execFileSync(process.execPath, ["--input-type=module", "--eval", script], {
      cwd: root,
      encoding: "utf8",
    });
    const all = [...required.split("\n"), ...readFileSync(log, "utf8").split("\n")];
    // Whatever the engine imports is loaded with it, and by nothing else.
    return ["dist/engine.js", "dist/markdown.js", "yaml-eslint-parser", "jsonc-eslint-parser", "dist/index.js"].filter(
      (part) =>
        all.some((path) => path.includes(part.startsWith("dist/") ? `${root}${part}` : `/node_modules/${part}/`)),
    );
  }

  it("is neither a parser nor the shell nor the project for JavaScript", () => {
    expect(loadedFor("a.js", "export default 1;\n")).toEqual(["dist/index.js"]);
  });

  it("is the engine and one parser for a workflow", () => {
    const loaded = loadedFor("examples/incident/.github/workflows/ci.yml", "on: push\n");
    expect(loaded).toEqual(["dist/engine.js", "yaml-eslint-parser", "dist/index.js"]);
  });
});
