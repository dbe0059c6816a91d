import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { installInto, runEslint, runNode, type CommandRun } from "../support/eslint-cli.ts";
import { INCIDENT, readFolder } from "../support/incident.ts";
import { writeRepository, type RepositoryFiles } from "../support/temporary.ts";

const BIN = fileURLToPath(new URL("../../dist/cli/cli.js", import.meta.url));

const manifest = (more: object = {}): string =>
  JSON.stringify({ devDependencies: { eslint: "*", "eslint-plugin-preflight": "*" }, ...more });

const init = (root: string, ...args: string[]): Promise<CommandRun> => runNode(root, [BIN, "init", ...args]);

function repository(files: RepositoryFiles): string {
  const root = writeRepository(files);
  installInto(root);
  return root;
}

const filesOf = (root: string): RepositoryFiles =>
  Object.fromEntries(Object.entries(readFolder(root)).filter(([path]) => !path.startsWith("node_modules/")));

const WORKFLOW = `on: push
jobs:
  lint:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5

      - name: Lint
        run: npm run lint

      - run: npm test
`;

describe("init", () => {
  it("sets up a repository so that eslint finds what is wrong in it", async () => {
    const root = repository(readFolder(INCIDENT));
    const { code, stdout } = await init(root, "--yes");
    expect(code).toBe(1);
    expect(stdout).toContain("Install: bun add --dev eslint eslint-plugin-preflight");
    expect(stdout).toContain("✔ eslint.config.mjs is written.");
    expect(stdout).toContain(`- run: bunx eslint .github "**/turbo.json" "**/package.json"`);
    const { report } = await runEslint(root, [".github", "turbo.json", "package.json"]);
    expect(report).toHaveLength(4);
  });

  it("changes what is there, and nothing when it runs again", async () => {
    const root = repository({
      "package.json": manifest({ type: "module", scripts: { lint: "eslint src" } }),
      "eslint.config.js": "export default [\n  {},\n];\n",
      ".vscode/settings.json": `{\n  // ours\n  "a": 1\n}\n`,
      ".github/workflows/ci.yml": WORKFLOW,
    });
    const { code, stdout } = await init(root, "--yes");
    expect([code, stdout]).toEqual([0, expect.stringContaining("Next: npx eslint-plugin-preflight doctor")]);
    const changed = filesOf(root);
    expect(changed["eslint.config.js"]).toContain("  {},\n  ...preflight.configs.recommended,\n];\n");
    expect(changed[".vscode/settings.json"]).toMatch(
      /^\{\n {2}\/\/ ours\n {2}"a": 1,\n {2}"eslint.validate": \[.*"yaml".*\]\n\}\n$/,
    );
    expect(changed[".github/workflows/ci.yml"]).toBe(
      WORKFLOW.replace("npm run lint\n", "npm run lint\n\n      - run: npx eslint .github package.json\n"),
    );
    const again = await init(root, "--yes");
    expect(again.code).toBe(0);
    expect(again.stdout).not.toMatch(/is (?:written|changed)/);
    expect(filesOf(root)).toEqual(changed);
  });

  it("shows what it would do with --dry-run", async () => {
    const root = repository({ "package.json": manifest(), "eslint.config.cjs": "module.exports = [];\n" });
    const before = filesOf(root);
    const { stdout } = await init(root, "--dry-run");
    expect(stdout).toContain(`+const preflight = require("eslint-plugin-preflight").default;`);
    expect(stdout).toContain("+module.exports = [...preflight.configs.recommended];");
    expect(filesOf(root)).toEqual(before);
  });

  it.each([
    ["y\n", "✔ eslint.config.mjs is written."],
    ["\n", "✔ eslint.config.mjs is written."],
    ["n\n", "- eslint.config.mjs is as it was."],
    ["", "- eslint.config.mjs is as it was."],
  ])("asks, and takes %j for an answer", async (input, line) => {
    const root = repository({ "package.json": manifest() });
    const { stdout } = await runNode(root, [BIN, "init"], { input });
    expect(stdout).toContain("Write eslint.config.mjs? [Y/n]");
    expect(stdout).toContain(line);
  });

  it.each<[string, RepositoryFiles, string]>([
    [
      "a configuration that it does not know",
      { "eslint.config.mjs": "export default own();\n" },
      "eslint.config.mjs: add `preflight.configs.recommended`",
    ],
    [
      "a configuration in the old format",
      { ".eslintrc.json": "{}" },
      ".eslintrc.json: move to an eslint.config.js first",
    ],
    ["settings that it cannot read", { ".vscode/settings.json": "[" }, `.vscode/settings.json: add "yaml"`],
  ])("leaves %s, and says so", async (_, files, line) => {
    const root = repository({ "package.json": manifest(), ...files });
    const { code, stdout } = await init(root, "--yes");
    expect([code, stdout]).toEqual([1, expect.stringContaining(`✖ ${line}`)]);
    for (const [path, text] of Object.entries(files)) expect(readFileSync(join(root, path), "utf8")).toBe(text);
  });

  it("finds that CI lints workflows", async () => {
    const root = repository({
      "package.json": manifest({ scripts: { lint: "eslint . --max-warnings 0" } }),
      ".github/workflows/ci.yml": WORKFLOW,
    });
    expect((await init(root, "--yes")).stdout).toContain("CI lints workflows at .github/workflows/ci.yml:8.");
  });
});

describe("the command", () => {
  it.each([
    [["--help"], 0, "Usage: eslint-plugin-preflight"],
    [["--version"], 0, "0."],
    [[], 2, "A command is missing"],
    [["prepare"], 2, "There is no command 'prepare'"],
    [["init", "--force"], 2, "Unknown option '--force'"],
    [["init", "here"], 2, "Unexpected argument 'here'"],
  ])("%j ends with %i", async (args, code, text) => {
    const run = await runNode(writeRepository({}), [BIN, ...args]);
    expect([run.code, run.stdout + run.stderr]).toEqual([code, expect.stringContaining(text)]);
  });
});
