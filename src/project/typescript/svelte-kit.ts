import { posix } from "node:path";
import { sourcesNamed } from "../executed/modules.ts";
import { folderOf, type Repository } from "../repository.ts";
import type { Settings } from "./project.ts";

/** What changes the configuration that is written. https://svelte.dev/docs/kit/configuration */
const CHANGES_SETTINGS = /\b(?:files|outDir|typescript)\b|["']?\$lib\b/;

/**
 * What `svelte-kit sync` writes into the configuration that a project extends (@sveltejs/kit 2.70.4, core/sync/write_tsconfig.js);
 * undefined for any other file, and where svelte.config changes it.
 */
export function svelteKitSettings(repository: Repository, path: string): Settings | undefined {
  const folder = folderOf(path);
  if (posix.basename(path) !== "tsconfig.json" || posix.basename(folder) !== ".svelte-kit") return undefined;
  const base = folderOf(folder);
  const configs = sourcesNamed(repository, base, ["svelte.config"]);
  if (configs.length === 0 || configs.some(({ text }) => CHANGES_SETTINGS.test(text))) return undefined;
  return {
    include: { base, value: ["vite.config.ts", "src/**/*.ts", "test/**/*.ts", "tests/**/*.ts"] },
    exclude: { base, value: ["node_modules/**", "src/service-worker.ts", "src/service-worker"] },
    paths: {
      base,
      value: new Map([
        ["$lib", ["src/lib"]],
        ["$lib/*", ["src/lib/*"]],
      ]),
    },
  };
}
