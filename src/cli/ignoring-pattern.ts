import { basename, dirname } from "node:path";
import { pathToFileURL } from "node:url";
import type { ESLint, Linter } from "eslint";

/** The pattern of a configuration that keeps ESLint from a file; undefined where none does, or the configuration cannot be read here. */
export async function ignoringPattern(
  eslintClass: typeof ESLint,
  configFile: string,
  file: string,
): Promise<string | undefined> {
  const cwd = dirname(configFile);
  const own: Linter.Config = { files: [`**/${basename(file)}`] };
  for (const pattern of await ignoresOf(configFile)) {
    const eslint = new eslintClass({ cwd, overrideConfigFile: true, overrideConfig: [own, { ignores: [pattern] }] });
    if (await eslint.isPathIgnored(file)) return pattern;
  }
  return undefined;
}

/** The patterns of configurations that do nothing but ignore. */
async function ignoresOf(configFile: string): Promise<readonly string[]> {
  try {
    const { default: config } = (await import(pathToFileURL(configFile).href)) as { readonly default: unknown };
    const configs: unknown[] = [await config].flat(Infinity);
    return configs.flatMap((item) => {
      if (typeof item !== "object" || item === null || !("ignores" in item) || !Array.isArray(item.ignores)) return [];
      const isGlobal = Object.keys(item).every((key) => key === "ignores" || key === "name");
      return isGlobal ? item.ignores.filter((pattern) => typeof pattern === "string") : [];
    });
  } catch {
    return [];
  }
}
