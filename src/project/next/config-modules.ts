import { posix } from "node:path";
import { CONFIG_EXTENSIONS, CONFIG_PATHS_VERSIONS } from "../../tools/next.data.ts";
import { liesWithin } from "../../tools/version-range.ts";
import { starOf } from "../package-exports.ts";
import { folderOf, type Repository } from "../repository.ts";
import { projectAt } from "../typescript/project.ts";
import { mappedTargets } from "../typescript/resolution.ts";
import { versionOf } from "../versions.ts";

/**
 * The file that `paths` of the app's tsconfig.json stands for where a next.config.ts, or what it loads, imports a module. Undefined
 * where no pattern matches, and false where the module is not certainly found: Next.js puts a path in its place that counts from
 * the file that imports it.
 */
export function mappedByPaths(
  repository: Repository,
  config: string,
  importer: string,
  specifier: string,
): string | false | undefined {
  if (specifier.startsWith(".") || posix.basename(config) !== "next.config.ts") return undefined;
  const app = folderOf(config);
  const path = posix.join(app, "tsconfig.json");
  const patterns = [...(repository.tsConfig(path)?.paths?.keys() ?? [])];
  if (!patterns.some((pattern) => starOf(pattern, specifier) !== undefined)) return undefined;
  const project = projectAt(repository, path);
  const [target, ...others] = (project && mappedTargets(project, specifier)) ?? [];
  const isBeside = project?.paths?.base === app && folderOf(importer) === app;
  const isKnown = liesWithin(versionOf(repository, "next", app), CONFIG_PATHS_VERSIONS);
  if (!isBeside || !isKnown || target === undefined || others.length > 0) return false;
  return requiredFile(repository, target) ?? false;
}

/** The file that `require` takes for a path. https://nodejs.org/api/modules.html#all-together */
function requiredFile({ files }: Repository, path: string): string | undefined {
  const index = posix.join(path, "index");
  const candidates = [
    path,
    ...CONFIG_EXTENSIONS.map((extension) => path + extension),
    posix.join(path, "package.json"),
    ...CONFIG_EXTENSIONS.map((extension) => index + extension),
  ];
  return candidates.find((candidate) => files.read(candidate) !== undefined);
}
