import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { ESLint, type Linter } from "eslint";
import preflight from "eslint-plugin-preflight";
import { describe, expect, it } from "vitest";
import { INCIDENT } from "./support/incident.ts";
import { install } from "./support/installation.ts";
import { writeRepository } from "./support/temporary.ts";

const TSC = fileURLToPath(new URL("../node_modules/typescript/bin/tsc", import.meta.url));

const names = Object.keys(preflight.rules);

/** The error with which ESLint refuses options of a rule. */
async function refusal(rule: string, ...options: readonly unknown[]): Promise<string> {
  const rules = { [`preflight/${rule}`]: ["error", ...options] } as Linter.RulesRecord;
  const overrideConfig = [...preflight.configs.strict, { files: ["**/turbo.json"], rules }];
  const eslint = new ESLint({ cwd: INCIDENT, overrideConfigFile: true, overrideConfig });
  return eslint.lintFiles(["turbo.json"]).then(
    () => "",
    (error: unknown) => String(error),
  );
}

describe("a wrong option", () => {
  it.each(names)("is refused with the name of the rule: %s", async (rule) => {
    const error = await refusal(rule, { noSuchOption: true });
    expect(error).toContain(`"preflight/${rule}"`);
    expect(error).toMatch(/noSuchOption|should NOT have more than 0 items/);
  });

  it("is refused with its value, and the name of the rule", async () => {
    const error = await refusal("turbo-env-declared", { declareIn: "nowhere" });
    expect(error).toContain(`"preflight/turbo-env-declared"`);
    expect(error).toContain(`"nowhere" should be equal to one of the allowed values`);
  });

  it.each([[{ files: "README.md" }], [{ files: [] }], [{ files: [3] }], [{ file: ["README.md"] }]])(
    "is refused where it is no list of globs: %j",
    async (option) => {
      const error = await refusal("secrets-documented", option);
      expect(error).toMatch(/"preflight\/secrets-documented":\s+(?:Value|Unexpected)/);
    },
  );
});

describe("the types of the package", () => {
  const config = `
    import { defineConfig } from "eslint/config";
    import preflight, { type PreflightRules } from "eslint-plugin-preflight";

    const plain: PreflightRules = { "preflight/turbo-env-declared": "error" };
    const known: PreflightRules = { "preflight/turbo-env-declared": ["error", { declareIn: "globalEnv" }] };
    // @ts-expect-error There is no such place.
    const value: PreflightRules = { "preflight/turbo-env-declared": ["error", { declareIn: "nowhere" }] };
    // @ts-expect-error There is no such option.
    const option: PreflightRules = { "preflight/turbo-env-declared": ["error", { declare: "globalEnv" }] };
    // @ts-expect-error There is no such rule.
    const rule: PreflightRules = { "preflight/turbo-env": "error" };
    // @ts-expect-error This rule has no options.
    const none: PreflightRules = { "preflight/convex-codegen-needs-deploy-key": ["error", { declareIn: "env" }] };

    const all: Required<PreflightRules> = { ${names.map((name) => `"preflight/${name}": "error"`).join(", ")} };

    export default defineConfig([
      preflight.configs.recommended,
      { plugins: { ci: preflight }, extends: ["ci/strict"] },
      { files: ["**/turbo.json"], rules: { ...plain, ...known, ...value, ...option, ...rule, ...none, ...all } },
      { rules: { "preflight/turbo-env-declared": ["warn", { declareIn: "passThroughEnv" }] } satisfies PreflightRules },
    ]);
  `;

  it("know each rule and its options, also as docs/editors.md shows it", ({ skip }) => {
    skip(
      process.env["PREFLIGHT_ESLINT"] === "9.22",
      "its types lead by name to the ESLint beside it, not to the alias",
    );
    const page = readFileSync(new URL("../docs/editors.md", import.meta.url), "utf8");
    const shown = /^```ts\n([^]*?)^```$/m.exec(page)?.[1] ?? "";
    expect(shown).toContain("PreflightRules");
    // Copies, as a link would lead the compiler to another ESLint than the one that is tested with.
    const installed = ["package.json", "dist/index.d.ts"].map((path): readonly [path: string, text: string] => [
      `node_modules/eslint-plugin-preflight/${path}`,
      readFileSync(new URL(`../${path}`, import.meta.url), "utf8"),
    ]);
    const root = writeRepository({
      ...Object.fromEntries(installed),
      "package.json": `{ "type": "module" }`,
      "eslint.config.ts": shown,
      "types.ts": config,
    });
    install(root);
    const options = ["--strict", "--module", "nodenext", "--target", "es2023", "--noEmit"];
    const { stdout } = spawnSync(process.execPath, [TSC, ...options, "eslint.config.ts", "types.ts"], {
      cwd: root,
      encoding: "utf8",
    });
    expect(stdout).toBe("");
  });
});
