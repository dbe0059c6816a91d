// Writes what is generated in the documentation: the header of each rule's page and the table of rules in the README.
// With --check nothing is written; it fails where a file would change.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import preflight from "eslint-plugin-preflight";
import { format } from "prettier";

const root = fileURLToPath(new URL("..", import.meta.url));
const isCheck = process.argv.includes("--check");

const DOCUMENTS = {
  action: "composite actions",
  manifest: "package.json",
  "turbo-config": "turbo.json",
  workflow: "workflows",
};

/** @type {readonly (readonly [string, any])[]} */
const rules = Object.entries(preflight.rules);

/**
 * @param {string} path
 * @param {string} name
 * @param {string} content
 */
async function replaceGenerated(path, name, content) {
  const before = readFileSync(`${root}/${path}`, "utf8");
  const [begin, end] = [`<!-- begin generated ${name} -->`, `<!-- end generated ${name} -->`];
  const start = before.indexOf(begin);
  const stop = before.indexOf(end);
  if (start < 0 || stop < start) throw new Error(`${path} has no place for the generated ${name}`);
  const text = `${before.slice(0, start)}${begin}\n\n${content}\n\n${before.slice(stop)}`;
  const after = await format(text, { parser: "markdown", printWidth: 120 });
  if (after === before) return;
  if (isCheck) {
    console.error(`${path} is out of date: run \`npm run docs\`.`);
    process.exitCode = 1;
  } else {
    writeFileSync(`${root}/${path}`, after);
    console.log(`wrote ${path}`);
  }
}

/** @param {any} meta */
function header(meta) {
  const files = meta.docs.documents.map((/** @type {keyof typeof DOCUMENTS} */ kind) => DOCUMENTS[kind]).join(", ");
  return [
    `Reports in: ${files}.`,
    `Enabled in: ${meta.docs.recommended ? "`recommended`, `strict`" : "`strict`"}.`,
    meta.fixable ? "🔧 `--fix` repairs it." : "",
    meta.hasSuggestions ? "💡 Editors offer suggestions." : "",
  ]
    .filter((line) => line !== "")
    .join(" ");
}

for (const [name, { meta }] of rules) {
  const description = `${meta.docs.description[0].toUpperCase()}${meta.docs.description.slice(1)}.`;
  const content = `# preflight/${name}\n\n${description}\n\n${header(meta)}`;
  await replaceGenerated(`docs/rules/${name}.md`, "header", content);
}

const rows = rules.map(([name, { meta }]) => {
  const marks = [meta.docs.recommended ? "✅" : "", meta.fixable ? "🔧" : "", meta.hasSuggestions ? "💡" : ""];
  return `| [\`${name}\`](docs/rules/${name}.md) | ${meta.docs.description} | ${marks.join(" | ")} |`;
});
await replaceGenerated(
  "README.md",
  "rules",
  [
    "✅ in `recommended` (all are in `strict`) · 🔧 repaired by `--fix` · 💡 suggestions in the editor",
    "",
    "| rule | what it does | ✅ | 🔧 | 💡 |",
    "| --- | --- | --- | --- | --- |",
    ...rows,
  ].join("\n"),
);
