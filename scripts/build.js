// Bundles the plugin and, apart from it, everything that is loaded only when a file of its own is linted. What that needs of
// other packages is bundled too: to find and load a hundred small modules takes longer than to lint a workflow. Each bundle
// stands alone, since a file less to load is worth more than what they would share.
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { pluginsToRulesDTS } from "eslint-typegen/core";
import manifest from "../package.json" with { type: "json" };

const root = fileURLToPath(new URL("..", import.meta.url));

rmSync(`${root}/dist`, { recursive: true, force: true });
const plugin = await build({
  absWorkingDir: root,
  entryPoints: {
    index: "src/index.ts",
    engine: "src/engine.ts",
    fingerprint: "src/fingerprint.ts",
    markdown: "src/documents/markdown.ts",
  },
  outdir: "dist",
  bundle: true,
  format: "esm",
  platform: "node",
  target: "node20.19",
  sourcemap: true,
  metafile: true,
  logLevel: "warning",
  external: [...Object.keys(manifest.dependencies), ...Object.keys(manifest.peerDependencies)],
});
// The command stands apart: the plugin shares nothing with the code that writes files.
const command = await build({
  absWorkingDir: root,
  entryPoints: { cli: "src/cli/main.ts" },
  outdir: "dist/cli",
  bundle: true,
  format: "esm",
  platform: "node",
  target: "node20.19",
  minify: true,
  metafile: true,
  legalComments: "none",
  logLevel: "warning",
  external: [...Object.keys(manifest.dependencies), ...Object.keys(manifest.peerDependencies)],
});
writeFileSync(
  `${root}/dist/LICENSES.txt`,
  licensesOf([plugin, command].flatMap(({ metafile }) => Object.keys(metafile.inputs))),
);
// The declarations of the entry stand alone: what they mention comes from ESLint.
const declarations = "node_modules/.cache/declarations";
execFileSync(
  process.execPath,
  ["node_modules/typescript/bin/tsc", "-p", "tsconfig.build.json", "--outDir", declarations],
  {
    cwd: root,
    stdio: "inherit",
  },
);
const entry = readFileSync(`${root}/${declarations}/index.d.ts`, "utf8");
const { default: preflight } = await import(`${root}/dist/index.js`);
const options = await pluginsToRulesDTS(
  { preflight },
  {
    includeAugmentation: false,
    includeIgnoreComments: false,
    includeTypeImports: false,
    exportTypeName: "PreflightRules",
  },
);
writeFileSync(
  `${root}/dist/index.d.ts`,
  `${entry}/** The rules with their options, as the \`rules\` of a configuration take them. */\n${options.trimStart()}`,
);

/**
 * The licenses of the packages that files come from.
 *
 * @param {readonly string[]} files
 */
function licensesOf(files) {
  const folders = files.flatMap((file) => /^node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []);
  return [...new Set(folders)]
    .sort()
    .map((folder) => {
      const license = readdirSync(`${root}/${folder}`).find((name) => /^licen[cs]e/i.test(name));
      if (license === undefined) throw new Error(`${folder} has no license`);
      const name = folder.slice("node_modules/".length);
      return `${name}\n\n${readFileSync(`${root}/${folder}/${license}`, "utf8").trim()}\n`;
    })
    .join("\n---\n\n");
}
