// Shows what a user sees: lints the repository of examples/incident, repairs a copy of it, and lints the copy again.
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { createTwoFilesPatch } from "diff";
import { ESLint } from "eslint";
import preflight from "eslint-plugin-preflight";

const example = fileURLToPath(new URL("../examples/incident", import.meta.url));

/**
 * @param {string} cwd
 * @param {boolean} fix
 */
async function lint(cwd, fix) {
  const eslint = new ESLint({ cwd, overrideConfigFile: true, overrideConfig: preflight.configs.recommended, fix });
  const results = await eslint.lintFiles([".github", "turbo.json", "package.json", "apps/*/package.json"]);
  return { results, formatter: await eslint.loadFormatter("stylish") };
}

console.log("$ eslint .github turbo.json package.json apps   (in examples/incident)");
const before = await lint(example, false);
console.log(await before.formatter.format(before.results));

const copy = mkdtempSync(join(tmpdir(), "preflight-demo-"));
try {
  cpSync(example, copy, { recursive: true });
  console.log("$ eslint --fix …   (in a copy)\n");
  const fixed = await lint(copy, true);
  await ESLint.outputFixes(fixed.results);
  for (const { filePath, output } of fixed.results) {
    if (output === undefined) continue;
    const path = relative(copy, filePath);
    const patch = createTwoFilesPatch(
      `a/${path}`,
      `b/${path}`,
      readFileSync(join(example, path), "utf8"),
      output,
      "",
      "",
      { context: 2 },
    );
    console.log(patch.slice(patch.indexOf("---")));
  }
  const after = await lint(copy, false);
  const left = after.results.flatMap(({ messages }) => messages).length;
  console.log(`$ eslint …   (again)\n\n${left === 0 ? "No problems." : `${String(left)} problems are left.`}`);
  process.exitCode = left === 0 ? 0 : 1;
} finally {
  rmSync(copy, { recursive: true, force: true });
}
