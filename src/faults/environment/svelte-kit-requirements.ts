import { posix } from "node:path";
import { dependencyRange } from "../../documents/manifest.ts";
import { readSourceReads } from "../../documents/source-reads.ts";
import type { Source } from "../../documents/source.ts";
import { readStaticImports } from "../../documents/static-env.ts";
import { onceForEach } from "../../memo.ts";
import { compiledFiles } from "../../project/executed/execution.ts";
import { sourcesNamed } from "../../project/executed/modules.ts";
import { packageFolderOf } from "../../project/workspace.ts";
import type { Repository } from "../../project/repository.ts";
import type { Reach } from "../../project/trace/reach.ts";
import type { LoadedRequirement, RequiredHere } from "./loaded-requirements.ts";

/** What changes where SvelteKit looks for modules and variables. https://svelte.dev/docs/kit/configuration */
const CHANGES_PLACES = /\b(?:env|envDir|files)["']?\s*:|\$(?:env|lib)\b/;
const LOADS_VARIABLES = /dotenv|loadEnv|process\.env\s*\[/;

/** Whether a configuration may set variables, itself or by what it imports, or have SvelteKit look for them elsewhere. */
function changesVariables(source: Source): boolean {
  const { setsAny, written, imports } = readSourceReads(source);
  const isOpen = setsAny || written.size > 0 || imports.some((specifier) => /^[.#]/.test(specifier));
  return isOpen || CHANGES_PLACES.test(source.text) || LOADS_VARIABLES.test(source.text);
}

/** Modules that every build holds. https://svelte.dev/docs/kit/project-structure */
const ENTRIES = ["src/routes/**/+*.{js,ts,svelte}", "src/hooks.{js,ts}", "src/hooks.{client,server}.{js,ts}"];
const MAX_FILES = 2000;

const importsOf = onceForEach(readStaticImports);

/**
 * What the build of a SvelteKit app requires: a name that no variable has is not exported by `$env/static/…`, at which Rollup stops.
 * @sveltejs/kit 2.70.4 with Vite 7.3.8, run
 */
export function svelteKitRequirements({ packages }: Repository, reach: Reach): readonly LoadedRequirement[] {
  const { directory } = reach;
  if (!directory.known || !isBuild(packages, reach)) return [];
  const folder = directory.value;
  return packageFolderOf(packages, folder) === folder ? packages.deriveFor(folder, requirementsOf) : [];
}

function isBuild(repository: Repository, reach: Reach): boolean {
  const { invocation } = reach;
  return (
    invocation.kind === "binary" && invocation.name === "vite" && compiledFiles(repository, reach, "") !== undefined
  );
}

function requirementsOf(repository: Repository, folder: string): readonly LoadedRequirement[] {
  const manifest = repository.manifest(folder);
  if (!manifest || dependencyRange(manifest, "@sveltejs/kit") === undefined) return [];
  const configs = sourcesNamed(repository, folder, ["svelte.config", "vite.config"]);
  if (configs.length === 0 || configs.some(changesVariables)) return [];
  const variables = new Map<string, RequiredHere>();
  const queue = new Set(repository.files.glob(folder, ENTRIES).map((path) => posix.join(folder, path)));
  for (const path of queue) {
    const source = queue.size > MAX_FILES ? undefined : repository.files.read(path);
    if (!source) continue;
    const imports = importsOf(source);
    for (const { name, offset } of imports.variables) {
      if (!variables.has(name)) variables.set(name, { name, offset, source, unlessSet: [], skippedBy: undefined });
    }
    for (const specifier of imports.modules) {
      const target = moduleAt(repository, folder, path, specifier);
      if (target !== undefined) queue.add(target);
    }
  }
  return variables.size === 0
    ? []
    : [{ key: `svelte-kit:${folder}`, loadedBy: undefined, variables: [...variables.values()] }];
}

/** A relative module, or one below `$lib`. */
function moduleAt(repository: Repository, folder: string, importer: string, specifier: string): string | undefined {
  const [, inLib] = /^\$lib\/(.+)$/.exec(specifier) ?? [];
  const relative = specifier.startsWith(".") ? posix.join(posix.dirname(importer), specifier) : undefined;
  const path = inLib === undefined ? relative : posix.join(folder, "src/lib", inLib);
  if (path === undefined) return undefined;
  const stem = path.replace(/\.[jt]s$/, "");
  return [path, `${stem}.ts`, `${stem}.js`, `${path}.svelte.ts`, `${path}/index.ts`, `${path}/index.js`].find(
    (candidate) => /\.(?:[jt]s|svelte)$/.test(candidate) && repository.files.read(candidate) !== undefined,
  );
}
