import { posix } from "node:path";
import picomatch from "picomatch";
import { normalizeDirectory } from "../shell/directory.ts";
import type { Repository } from "./repository.ts";
import { dependentsOf, internalDependencies, type TurboWorkspace } from "./turbo-workspace.ts";
import { packageFolderOf, type Workspace, type WorkspacePackage } from "./workspace.ts";

/**
 * The packages that a turbo run starts from, the root among them; undefined where turbo would refuse a filter, or a filter
 * is not understood. https://turborepo.dev/docs/reference/run#--filter-string
 */
export function packagesInScope(
  repository: Repository,
  { workspace }: Pick<TurboWorkspace, "workspace">,
  filters: readonly string[],
  folder: string,
): readonly WorkspacePackage[] | undefined {
  if (!workspace.isMonorepo) return filters.length === 0 ? [workspace.root] : undefined;
  const scope = new Scope(repository, workspace, folder);
  if (filters.length === 0) return scope.whole;
  const included = filters.filter((filter) => !filter.startsWith("!"));
  const selected = new Set(included.length === 0 ? scope.everything : []);
  for (const filter of included) {
    const matches = scope.match(filter);
    if (!matches) return undefined;
    for (const member of matches) selected.add(member);
  }
  for (const filter of filters) {
    const matches = filter.startsWith("!") ? scope.match(filter.slice(1)) : [];
    if (!matches) return undefined;
    for (const member of matches) selected.delete(member);
  }
  return [...selected];
}

/** A filter without its dots: a name or folder of packages, or both. */
interface Selector {
  readonly name: string;
  readonly folder: string | undefined;
}

class Scope {
  readonly everything: readonly WorkspacePackage[];
  readonly #repository: Repository;
  readonly #workspace: Workspace;
  /** The package in which turbo is called; it is then the only one that is meant. */
  readonly #own: WorkspacePackage | undefined;
  /** What paths in filters are relative to. */
  readonly #base: string;

  constructor(repository: Repository, workspace: Workspace, folder: string) {
    const members = workspace.members.filter(({ name }) => name !== undefined);
    const own = packageFolderOf(repository, folder);
    this.#repository = repository;
    this.#workspace = workspace;
    this.everything = [workspace.root, ...members];
    this.#own = members.find(({ directory }) => directory === own);
    this.#base = this.#own?.directory ?? folder;
  }

  /** What a run without filters means: everything, the package in which turbo is called, or all packages below that folder. */
  get whole(): readonly WorkspacePackage[] {
    if (this.#own) return [this.#own];
    return this.#base === this.#workspace.root.directory ? this.everything : this.#below(this.#base);
  }

  /** The packages that one filter selects. */
  match(filter: string): readonly WorkspacePackage[] | undefined {
    const hasDependencies = filter.endsWith("...");
    const hasDependents = filter.startsWith("...");
    const start = hasDependents ? 3 : 0;
    let core = filter.slice(start, hasDependencies ? Math.max(filter.length - 3, start) : undefined);
    const isWithoutSelf = (hasDependencies && core.endsWith("^")) || (hasDependents && core.startsWith("^"));
    if (isWithoutSelf) core = core.replace(/^\^|\^$/, "");
    const base = filter.includes("\0") || filter.startsWith("tag:") ? undefined : this.#select(selectorOf(core));
    if (!base) return undefined;
    const selected = new Set<WorkspacePackage>(isWithoutSelf ? [] : base);
    for (const member of base) {
      const dependents = hasDependents ? this.#dependents(member) : [];
      for (const dependent of dependents) selected.add(dependent);
      if (!hasDependencies) continue;
      for (const from of [member, ...dependents]) {
        for (const dependency of reachableFrom(from, this.#dependencies)) selected.add(dependency);
      }
    }
    return [...selected];
  }

  #select({ name, folder }: Selector): readonly WorkspacePackage[] | undefined {
    const pattern = folder === undefined ? undefined : normalizeDirectory(posix.join(this.#base, folder));
    if (pattern !== undefined && !this.#hasFolder(pattern)) return undefined;
    const inFolder = pattern === undefined ? this.everything : this.#in(pattern);
    if (name !== "") return this.#named(name, inFolder);
    if (this.#own) return inFolder.filter((member) => member === this.#own);
    // What changed since a commit is known only in the run: every package can be among it.
    return pattern === undefined ? this.whole : inFolder;
  }

  /** turbo refuses a plain name that no package has, and a folder that is not there. */
  #named(name: string, candidates: readonly WorkspacePackage[]): readonly WorkspacePackage[] | undefined {
    const pattern = new RegExp(`^${name.split("*").map(escape).join(".*")}$`);
    const matches = (member: WorkspacePackage): boolean => pattern.test(this.#nameOf(member));
    return name.includes("*") || this.everything.some(matches) ? candidates.filter(matches) : undefined;
  }

  #nameOf(member: WorkspacePackage): string {
    return member === this.#workspace.root ? "//" : (member.name ?? "");
  }

  #hasFolder(pattern: string): boolean {
    const segments = pattern.split("/");
    const glob = segments.findIndex((segment) => /[*?[{]/.test(segment));
    return this.#repository.files.exists(segments.slice(0, glob < 0 ? undefined : glob).join("/"));
  }

  #in(pattern: string): readonly WorkspacePackage[] {
    if (pattern === "") return this.everything.filter(({ directory }) => directory === "");
    const matches = picomatch(pattern);
    return this.everything.filter(({ directory }) => (directory === "" ? pattern === "**" : matches(directory)));
  }

  #below(folder: string): readonly WorkspacePackage[] {
    return this.everything.filter(({ directory }) => directory.startsWith(`${folder}/`));
  }

  readonly #dependencies = (member: WorkspacePackage): readonly WorkspacePackage[] =>
    internalDependencies(this.#workspace, member);

  /** Whatever the root depends on has every package for a dependent. */
  #dependents(member: WorkspacePackage): readonly WorkspacePackage[] {
    const isOfRoot = reachableFrom(this.#workspace.root, this.#dependencies).includes(member);
    if (isOfRoot) return this.everything;
    return reachableFrom(member, (item) => dependentsOf(this.#workspace, item));
  }
}

/** `name`, `{folder}`, `name{folder}` with an optional `[range]`, or `./folder`. */
function selectorOf(text: string): Selector {
  const [, name, folder] = /^([^.{}[\]](?:[^{}[\]]*[^{}[\].])?)?(?:\{([^}]+)\})?(?:\[[^\]]+\])?$/.exec(text) ?? [];
  if (name !== undefined || folder !== undefined) return { name: name ?? "", folder };
  if (/^\.{1,2}(?:\/|$)/.test(text)) return { name: "", folder: text };
  return { name: /^\[[^\]]+\]$/.test(text) ? "" : text, folder: undefined };
}

function escape(text: string): string {
  return text.replaceAll(/[$()+.?[\\\]^{|}]/g, String.raw`\$&`);
}

/** All packages that can be reached, without the first. */
function reachableFrom(
  from: WorkspacePackage,
  next: (member: WorkspacePackage) => readonly WorkspacePackage[],
): readonly WorkspacePackage[] {
  const visited = new Set([from]);
  for (const member of visited) for (const neighbour of next(member)) visited.add(neighbour);
  visited.delete(from);
  return [...visited];
}
