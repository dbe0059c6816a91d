import { existsSync, mkdirSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const PLUGIN = fileURLToPath(new URL("../..", import.meta.url));
const version = process.env["PREFLIGHT_ESLINT"];
const ESLINT = join(PLUGIN, version ? `tests/versions/node_modules/eslint-${version}` : "node_modules/eslint");

/** Installs ESLint (the one that is tested with), the plugin and further packages in a repository that does not have them. */
export function install(root: string, ...packages: readonly string[]): void {
  const folders = packages.map((name) => [name, folderOf(name)] as const);
  for (const [name, folder] of [["eslint", ESLINT], ["eslint-plugin-preflight", PLUGIN], ...folders] as const) {
    const link = join(root, "node_modules", name);
    mkdirSync(dirname(link), { recursive: true });
    if (!existsSync(link)) symlinkSync(folder, link, "junction");
  }
}

/** The folder of a package as that ESLint sees it: it may bring its own @eslint/js. */
function folderOf(name: string): string {
  const places = createRequire(join(ESLINT, "package.json")).resolve.paths(name) ?? [];
  const folder = places.map((place) => join(place, name)).find((path) => existsSync(path));
  if (folder === undefined) throw new Error(`${name} is not installed`);
  return folder;
}
