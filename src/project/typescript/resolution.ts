import { posix } from "node:path";
import { normalizeDirectory } from "../../shell/directory.ts";
import { folderOf, type Repository } from "../repository.ts";
import { exportedPath, mostSpecific, packageNameOf, starOf } from "../package-exports.ts";
import { dependencyOf, type WorkspacePackage } from "../workspace.ts";
import type { Project } from "./project.ts";

const EXTENSIONS = [".ts", ".tsx", ".d.ts", ".mts", ".cts"];

/**
 * The path that a module is looked for at, most often without its extension; undefined where it may be found elsewhere. Only
 * relative modules, `paths` with one target, and packages of the workspace are followed.
 */
export function targetOf(
  repository: Repository,
  project: Project,
  importer: string,
  specifier: string,
): string | undefined {
  if (/^\.{1,2}(?:\/|$)/.test(specifier)) return normalizeDirectory(posix.join(folderOf(importer), specifier));
  const name = packageNameOf(specifier);
  const dependency = dependencyOf(repository, importer, name);
  if (!dependency) return undefined;
  const { range, member } = dependency;
  // What a dependency may provide is not looked for elsewhere with certainty.
  if (range !== undefined && !member) return undefined;
  const mapped = mappedTargets(project, specifier);
  if (mapped) return mapped.length === 1 ? mapped[0] : undefined;
  if (member)
    return project.baseUrl === undefined ? exportedPath(member, specifier.slice(name.length), "compiler") : undefined;
  return project.baseUrl === undefined ? undefined : normalizeDirectory(posix.join(project.baseUrl, specifier));
}

/** A package of the workspace that is imported by its name, and where else the compiler looks for what is imported. */
export interface MemberImport {
  readonly member: WorkspacePackage;
  /** What follows the name, empty or from its slash on. */
  readonly subpath: string;
  /** Relative to the repository root, most often without extension: by `paths` and `baseUrl`. */
  readonly elsewhere: readonly string[];
}

/** The package of the workspace that a file imports by its name; undefined for all else. */
export function memberImportOf(
  repository: Repository,
  project: Project,
  importer: string,
  specifier: string,
): MemberImport | undefined {
  if (specifier.startsWith(".")) return undefined;
  const name = packageNameOf(specifier);
  const member = dependencyOf(repository, importer, name)?.member;
  if (!member) return undefined;
  const { baseUrl } = project;
  const based = baseUrl === undefined ? [] : [normalizeDirectory(posix.join(baseUrl, specifier))];
  return {
    member,
    subpath: specifier.slice(name.length),
    elsewhere: [...(mappedTargets(project, specifier) ?? []), ...based],
  };
}

/** The TypeScript file that a path without extension stands for; undefined where there is none. */
export function sourceAt(repository: Repository, target: string): string | undefined {
  const stem = withoutExtension(target);
  return [
    ...EXTENSIONS.map((extension) => stem + extension),
    ...EXTENSIONS.map((extension) => posix.join(target, `index${extension}`)),
    ...(/\.[cm]?tsx?$/.test(target) ? [target] : []),
  ].find((candidate) => repository.files.isTracked(candidate));
}

/** A module's path without the extension that names its source or what it is compiled to. */
export function withoutExtension(path: string): string {
  return path.replace(/(?:\.d)?\.[cm]?[jt]sx?$/, "");
}

/** Where `paths` has a module looked for; undefined where no pattern matches. https://www.typescriptlang.org/tsconfig/#paths */
export function mappedTargets({ paths }: Project, specifier: string): readonly string[] | undefined {
  if (!paths) return undefined;
  const matches = [...paths.value].flatMap(([pattern, targets]) => {
    const star = starOf(pattern, specifier);
    return star === undefined ? [] : [{ pattern, star, targets }];
  });
  const best = mostSpecific(matches);
  return best?.targets.map((target) =>
    normalizeDirectory(
      posix.join(
        paths.base,
        target.replace("*", () => best.star),
      ),
    ),
  );
}
