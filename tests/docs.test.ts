import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { ESLint, type Linter } from "eslint";
import preflight from "eslint-plugin-preflight";
import { describe, expect, it } from "vitest";
import { INCIDENT, readFolder } from "./support/incident.ts";
import { install } from "./support/installation.ts";
import { fixRepository, lintRepository } from "./support/lint.ts";
import { TOKENS } from "./support/tokens.ts";
import { writeRepository, type RepositoryFiles } from "./support/temporary.ts";

const root = fileURLToPath(new URL("..", import.meta.url));

/** One example of a page: the files of a repository, and what is printed for it. */
interface Example {
  readonly title: string;
  readonly files: RepositoryFiles;
  readonly output: readonly string[];
}

function examplesOf(rule: string): readonly Example[] {
  const page = readFileSync(`${root}/docs/rules/${rule}.md`, "utf8");
  const sections = page
    .split(/^## /m)
    .filter((section) => /^(?:Incorrect(?:, without a fix)?|Correct)\n/.test(section));
  return sections.map((section, index) => {
    const fences = [...section.matchAll(/^```\w+ (\S+)\n([^]*?)^```$/gm)].map(([, path = "", text = ""]) => [
      path,
      text,
    ]);
    const { output = "", ...files } = Object.fromEntries(fences) as Record<string, string>;
    return {
      title: `${section.slice(0, section.indexOf("\n"))} (${String(index + 1)})`,
      files: Object.fromEntries(Object.entries(files).map(([path, text]) => [path, withTokens(text)])),
      output: output.split("\n").filter((line) => line !== ""),
    };
  });
}

/** An example with whole credentials where the page has only their beginnings. */
function withTokens(text: string): string {
  const shortened = [TOKENS["a Convex deploy key"], TOKENS["a GitHub token"]];
  return shortened.reduce((result, token) => result.replaceAll(token.replace(/(?<=\||_).*/, "…"), token), text);
}

/** What `recommended` has, and one rule. Policy that is not the page's subject would have each example carry what it asks for. */
function configWith(rule: string): Linter.Config[] {
  const name = `preflight/${rule}`;
  const own = preflight.configs.strict.filter(({ rules }) => rules && name in rules);
  return [...preflight.configs.recommended, ...own.map((item) => ({ ...item, rules: { [name]: item.rules?.[name] } }))];
}

describe.each(Object.entries(preflight.rules))("%s", (rule, { meta }) => {
  const config = configWith(rule);
  const examples = examplesOf(rule);
  const incorrect = examples.filter(({ title }) => title.startsWith("Incorrect"));
  const correct = examples.filter(({ title }) => title.startsWith("Correct"));

  it("has examples of both kinds", () => {
    expect(incorrect).not.toEqual([]);
    expect(correct).not.toEqual([]);
  });

  it.each(incorrect)("$title prints what the page says, from this rule alone", async ({ files, output }) => {
    const { messages } = await lintRepository(writeRepository(files), { config });
    expect(
      messages.map(({ path, line, column, message }) => `${path}:${String(line)}:${String(column)} ${message}`),
    ).toEqual(output);
    expect(new Set(messages.map(({ ruleId }) => ruleId))).toEqual(new Set([`preflight/${rule}`]));
  });

  const fixed = incorrect.filter(({ title }) => !title.includes("without a fix"));
  it.runIf(meta?.fixable).each(fixed)("$title is silent once it is fixed", async ({ files }) => {
    await expect(fixRepository(writeRepository(files), { config })).resolves.toMatchObject({ report: [] });
  });

  it.each(incorrect.filter((example) => !fixed.includes(example)))("$title stays as it is", async ({ files }) => {
    await expect(lintRepository(writeRepository(files), { config, fix: true })).resolves.toMatchObject({ outputs: {} });
  });

  it.each(correct)("$title is silent", async ({ files }) => {
    await expect(lintRepository(writeRepository(files), { config })).resolves.toMatchObject({ report: [] });
  });
});

describe("the documentation", () => {
  it("has one page for each rule, and no other", () => {
    expect(readdirSync(`${root}/docs/rules`).sort()).toEqual(Object.keys(preflight.rules).map((name) => `${name}.md`));
  });

  const configs = [
    ...readFileSync(`${root}/README.md`, "utf8").matchAll(/^```js\n(\/\/ eslint\.config\.js\n[^]*?)^```$/gm),
  ];

  it("has configurations in the README", () => {
    expect(configs).toHaveLength(2);
  });

  it.each(configs.map(([, text = ""]) => text))(
    "finds with this configuration of the README what it promises: %s",
    async (text) => {
      const files = {
        ...readFolder(INCIDENT),
        "eslint.config.mjs": text,
        "script.ts": "Promise.resolve(1);\n",
        "tsconfig.json": `{ "compilerOptions": { "jsx": "preserve" } }`,
      };
      const repository = writeRepository(files);
      install(repository, "@eslint/js", "typescript-eslint", "typescript");
      const results = await new ESLint({ cwd: repository }).lintFiles(["."]);
      const messages = results.flatMap((result) => result.messages);
      expect(messages.filter(({ fatal }) => fatal)).toEqual([]);
      expect(messages.filter(({ ruleId }) => ruleId?.startsWith("preflight/"))).toHaveLength(4);
      // What is for scripts alone still sees the script.
      const others = new Set(messages.map(({ ruleId }) => ruleId));
      if (text.includes("tseslint")) expect(others).toContain("@typescript-eslint/no-floating-promises");
    },
  );

  it("shows in the README what the example prints", async () => {
    const { messages } = await lintRepository(INCIDENT);
    const readme = readFileSync(`${root}/README.md`, "utf8");
    const shown = /```text\n([^]*?)```/.exec(readme)?.[1]?.trim().split("\n") ?? [];
    const printed = messages.map(
      ({ path, line, column, message }) => `${path}:${String(line)}:${String(column)} ${message}`,
    );
    expect(shown).toHaveLength(2);
    expect(printed).toEqual(expect.arrayContaining(shown));
  });
});
