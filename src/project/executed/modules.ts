import { posix } from "node:path";
import type { Source } from "../../documents/source.ts";
import { SOURCE_EXTENSIONS } from "../../tools/executed-files.data.ts";
import { exportedPath, packageNameOf } from "../package-exports.ts";
import type { Repository } from "../repository.ts";
import { dependencyOf } from "../workspace.ts";

/** The files that tools find under a name without its extension: `vite.config` is any of `vite.config.ts`, `vite.config.mjs`, … */
export function modulesNamed({ files }: Repository, folder: string, name: string): readonly string[] {
  const paths = SOURCE_EXTENSIONS.map((extension) => posix.join(folder, name + extension));
  return paths.filter((path) => files.exists(path));
}

/** The same for several names, read. */
export function sourcesNamed(repository: Repository, folder: string, names: readonly string[]): readonly Source[] {
  const paths = names.flatMap((name) => modulesNamed(repository, folder, name));
  return paths.flatMap((path) => repository.files.read(path) ?? []);
}

/** The file that a module is loaded from as Node, bundlers and TypeScript find it: relative ones, and packages of the workspace. */
export function resolveModule(repository: Repository, importer: string, specifier: string): string | undefined {
  const path = specifier.startsWith(".")
    ? posix.join(posix.dirname(importer), specifier)
    : memberPath(repository, importer, specifier);
  return path === undefined ? undefined : sourceAt(repository, path);
}

function memberPath(repository: Repository, importer: string, specifier: string): string | undefined {
  const name = packageNameOf(specifier);
  const member = dependencyOf(repository, importer, name)?.member;
  return member && exportedPath(member, specifier.slice(name.length), "runtime");
}

/** The source file that a path with or without its extension stands for; undefined where there is none. */
export function sourceAt(repository: Repository, path: string): string | undefined {
  const stem = path.replace(/\.[cm]?jsx?$/, "");
  const candidates = [
    path,
    ...SOURCE_EXTENSIONS.flatMap((extension) => [stem + extension, path + extension]),
    ...SOURCE_EXTENSIONS.map((extension) => posix.join(path, `index${extension}`)),
  ];
  return candidates.find(
    (candidate) => /\.[cm]?[jt]sx?$/.test(candidate) && repository.files.read(candidate) !== undefined,
  );
}
