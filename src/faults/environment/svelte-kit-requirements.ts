import { posix } from "node:path";
import { textOf } from "../../commands/arguments.ts";
import { dependencyRange } from "../../documents/manifest.ts";
import { readStaticImports } from "../../documents/static-env.ts";
import { onceForEach } from "../../memo.ts";
import { compiledFiles } from "../../project/executed/execution.ts";
import { packageFolderOf } from "../../project/workspace.ts";
import type { Repository } from "../../project/repository.ts";
import type { StepRun } from "../../project/trace/job-run.ts";
import type { Reach } from "../../project/trace/reach.ts";
import { SOURCE_EXTENSIONS } from "../../tools/executed-files.data.ts";
import type { LoadedRequirement, RequiredHere } from "./loaded-requirements.ts";

/** What changes where SvelteKit looks for modules and variables. https://svelte.dev/docs/kit/configuration */
const CHANGES_PLACES = /\b(?:env|envDir|files)["']?\s*:|\$(?:env|lib)\b/;
/** Modules that every build holds. https://svelte.dev/docs/kit/project-structure */
const ENTRIES = ["src/routes/**/+*.{js,ts,svelte}", "src/hooks.{js,ts}", "src/hooks.{client,server}.{js,ts}"];
const MAX_FILES = 2000;

const importsOf = onceForEach(readStaticImports);

/**
 * What a build or a check of a SvelteKit app requires: a name that no variable has is not exported by `$env/static/…`, at which Rollup
 * and the compiler stop. @sveltejs/kit 2.70.4 with Vite 7.3.8 and svelte-check 4, run
 */
export function svelteKitRequirements(
  { packages }: Repository,
  run: StepRun,
  reach: Reach,
): readonly LoadedRequirement[] {
  const { directory } = reach;
  if (!directory.known || !(isBuild(packages, reach) || isCheck(run, reach))) return [];
  const folder = packageFolderOf(packages, directory.value);
  return folder === undefined || folder !== directory.value ? [] : packages.deriveFor(folder, requirementsOf);
}

function isBuild(repository: Repository, reach: Reach): boolean {
  const { invocation } = reach;
  return (
    invocation.kind === "binary" && invocation.name === "vite" && compiledFiles(repository, reach, "") !== undefined
  );
}

/** A check for which the same command has written anew which variables there are. */
function isCheck(run: StepRun, reach: Reach): boolean {
  const { invocation, entry } = reach;
  if (invocation.kind !== "binary" || invocation.name !== "svelte-check") return false;
  const isPlain = invocation.args.every((word) =>
    /^(?:--tsconfig|\.\/tsconfig\.json|tsconfig\.json)$/.test(textOf(word) ?? ""),
  );
  const before = run.reaches.slice(0, run.reaches.indexOf(reach));
  const isSynced = before.some(
    (other) =>
      other.entry === entry &&
      other.invocation.kind === "binary" &&
      other.invocation.name === "svelte-kit" &&
      textOf(other.invocation.args[0]) === "sync",
  );
  return isPlain && isSynced;
}

function requirementsOf(repository: Repository, folder: string): readonly LoadedRequirement[] {
  const manifest = repository.manifest(folder);
  if (!manifest || dependencyRange(manifest, "@sveltejs/kit") === undefined) return [];
  const configs = ["svelte.config", "vite.config"].flatMap((name) =>
    SOURCE_EXTENSIONS.flatMap((extension) => repository.files.read(posix.join(folder, name + extension)) ?? []),
  );
  if (configs.length === 0 || configs.some(({ text }) => CHANGES_PLACES.test(text))) return [];
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
