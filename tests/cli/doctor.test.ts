import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { installInto, runNode, type CommandRun } from "../support/eslint-cli.ts";
import { INCIDENT, readFolder } from "../support/incident.ts";
import { writeRepository, type RepositoryFiles } from "../support/temporary.ts";

const BIN = fileURLToPath(new URL("../../dist/cli/cli.js", import.meta.url));
const WORKFLOW = ".github/workflows/ci.yml";

async function doctor(files: RepositoryFiles): Promise<CommandRun> {
  const root = writeRepository({ ...readFolder(INCIDENT), ".gitignore": "node_modules/\n", ...files });
  installInto(root, ["typescript-eslint", "@eslint/json", "@eslint/js"]);
  return runNode(root, [BIN, "doctor"]);
}

const config = (...items: string[]): RepositoryFiles => ({
  "eslint.config.mjs": `import preflight from "eslint-plugin-preflight";
import tseslint from "typescript-eslint";
export default [${items.join(", ")}];
`,
});
const OURS = "...preflight.configs.recommended";

describe("doctor", () => {
  it("lists the files that are linted", async () => {
    const { code, stdout } = await doctor({
      ...config(OURS),
      ".github/actions/a/action.yml": "runs: { using: composite, steps: [] }\n",
      "apps/web/turbo.json": "{}",
      "tests/fixtures/a/package.json": "{}",
      ".gitignore": "node_modules\napps/web/turbo.json\n",
    });
    expect(stdout).toBe(`ESLint 10.15.0 with eslint.config.mjs

✔ 6 files are linted with the plugin's rules.
  ${WORKFLOW}
  .github/actions/a/action.yml
  package.json
  turbo.json
  apps/convex/package.json
  apps/web/package.json
`);
    expect(code).toBe(0);
  });

  it.each<[string, RepositoryFiles, string]>([
    [
      "a pattern that hides folders with a dot",
      config(OURS, `{ ignores: ["dist/", "**/.*"] }`),
      `✖ eslint.config.mjs ignores them by \`**/.*\`. Put { ignores: ["!.github", "!.github/**"] } after it.\n  ${WORKFLOW}\n`,
    ],
    [
      "a configuration without the plugin",
      config(
        `{ files: ["**/*.{yml,json}"], languageOptions: { parser: preflight.configs.recommended[0].languageOptions.parser } }`,
      ),
      `✖ eslint.config.mjs does not have the plugin for them. Put \`preflight.configs.recommended\` last.\n  ${WORKFLOW}\n`,
    ],
    [
      "a configuration for scripts alone",
      config(`{ files: ["**/*.ts"] }`),
      "✖ eslint.config.mjs ignores them, or has no configuration for them.",
    ],
    [
      "rules that are off",
      config(
        OURS,
        `{ files: ["**/*.yml"], rules: Object.fromEntries(Object.keys(preflight.rules).map((name) => ["preflight/" + name, "off"])) }`,
      ),
      `✖ eslint.config.mjs switches all rules of the plugin off for them.\n  ${WORKFLOW}\n`,
    ],
    [
      "another parser that takes over",
      config(OURS, "...tseslint.configs.recommended"),
      "✖ ESLint cannot parse them: Parsing error:",
    ],
    [
      "a rule that needs types",
      config("...tseslint.configs.recommendedTypeChecked", OURS),
      "✖ ESLint stops at them: Error while loading rule",
    ],
    [
      "a package with a configuration of its own",
      { ...config(OURS), "apps/web/eslint.config.mjs": `export default [{ files: ["**/*.json"] }];` },
      "✖ apps/web/eslint.config.mjs does not have the plugin for them. Put `preflight.configs.recommended` last.\n  apps/web/package.json\n",
    ],
    [
      "a package whose configuration is broken",
      { ...config(OURS), "apps/web/eslint.config.mjs": `throw new Error("broken\\nhere");` },
      "✖ apps/web/eslint.config.mjs cannot be loaded: broken\n  apps/web/package.json\n",
    ],
  ])("finds %s", async (_, files, text) => {
    const { code, stdout } = await doctor(files);
    expect([code, stdout]).toEqual([1, expect.stringContaining(text)]);
  });

  it("says where it cannot tell", async () => {
    const empty = await runNode(writeRepository({}), [BIN, "doctor"]);
    expect([empty.code, empty.stderr]).toEqual([2, expect.stringContaining("ESLint is not installed in ")]);
    expect(await doctor({})).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("There is no eslint.config.js for ") as string,
    });
    const broken = await doctor({ "eslint.config.mjs": `throw new Error("broken");` });
    expect([broken.code, broken.stderr]).toEqual([2, expect.stringContaining("broken")]);
  });
});
