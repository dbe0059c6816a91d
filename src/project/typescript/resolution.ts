import { posix } from "node:path";
import { entriesOf, entryOf, stringOf, type DataNode } from "../../documents/data.ts";
import { dependencyRange } from "../../documents/manifest.ts";
import { normalizeDirectory } from "../../shell/directory.ts";
import { folderOf, type Repository } from "../repository.ts";
import { packageFolderOf, workspaceOf, type WorkspacePackage } from "../workspace.ts";
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
  const name = /^(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? specifier;
  const own = packageFolderOf(repository, folderOf(importer));
  const workspace = own === undefined ? undefined : workspaceOf(repository, own);
  const self = [workspace?.root, ...(workspace?.members ?? [])].find((item) => item?.directory === own);
  if (!self) return undefined;
  const range = dependencyRange(self.manifest, name);
  const member = workspace?.byName.get(name);
  const isLinked = /^workspace:[*^~]?$/.test(range ?? "") || (range === "*" && workspace?.linksRanges === true);
  // What a dependency may provide is not looked for elsewhere with certainty.
  if (range !== undefined && !(member && isLinked)) return undefined;
  const mapped = mappedTargets(project, specifier);
  if (mapped) return mapped.length === 1 ? mapped[0] : undefined;
  if (member && isLinked)
    return project.baseUrl === undefined ? packageTarget(member, specifier.slice(name.length)) : undefined;
  return project.baseUrl === undefined ? undefined : normalizeDirectory(posix.join(project.baseUrl, specifier));
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
function mappedTargets({ paths }: Project, specifier: string): readonly string[] | undefined {
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

/** What a package of the workspace gives out under a subpath: by its `exports`, else the file itself. */
function packageTarget({ directory, manifest }: WorkspacePackage, subpath: string): string | undefined {
  const exported = entryOf(manifest.node, "exports")?.value;
  const inPackage = (path: string): string => normalizeDirectory(posix.join(directory, path));
  if (exported) {
    const file = exportedFile(exported, `.${subpath}`);
    return file === undefined ? undefined : inPackage(file);
  }
  if (subpath !== "") return inPackage(`.${subpath}`);
  const main = stringOf((entryOf(manifest.node, "types") ?? entryOf(manifest.node, "main"))?.value);
  return inPackage(main ?? "index");
}

/** https://nodejs.org/api/packages.html#subpath-exports, where all conditions agree or `types` decides. */
function exportedFile(exported: DataNode, subpath: string): string | undefined {
  const entries = entriesOf(exported);
  if (!entries.some(({ key }) => key.startsWith("."))) return subpath === "." ? fileOf(exported) : undefined;
  const patterns = entries.flatMap(({ key, value }) => {
    const star = starOf(key, subpath);
    return star === undefined ? [] : [{ pattern: key, star, value }];
  });
  const best = mostSpecific(patterns);
  return best && fileOf(best.value)?.replace("*", () => best.star);
}

function fileOf(value: DataNode): string | undefined {
  const text = stringOf(value);
  if (text !== undefined) return text;
  const types = stringOf(entryOf(value, "types")?.value);
  if (types !== undefined) return entriesOf(value)[0]?.key === "types" ? types : undefined;
  const files = new Set(entriesOf(value).map((entry) => fileOf(entry.value)));
  const [only] = files;
  return files.size === 1 ? only : undefined;
}

/** What the `*` of a pattern stands for in a text, empty for a pattern without one; undefined where they do not match. */
export function starOf(pattern: string, text: string): string | undefined {
  const [head = "", tail, ...others] = pattern.split("*");
  if (tail === undefined) return pattern === text ? "" : undefined;
  const isMatch = others.length === 0 && text.length >= head.length + tail.length;
  return isMatch && text.startsWith(head) && text.endsWith(tail)
    ? text.slice(head.length, text.length - tail.length)
    : undefined;
}

/** An exact name comes before a pattern, and of patterns the one with the longest text before its `*`. */
function mostSpecific<T extends { readonly pattern: string }>(matches: readonly T[]): T | undefined {
  const weight = ({ pattern }: T): number => (pattern.includes("*") ? pattern.indexOf("*") : Infinity);
  return matches.toSorted((a, b) => weight(b) - weight(a))[0];
}
