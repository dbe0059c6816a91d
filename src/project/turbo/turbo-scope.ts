import { posix } from "node:path";
import picomatch from "picomatch";
import { normalizeDirectory } from "../../shell/directory.ts";
import { liesWithin } from "../../tools/version-range.ts";
import type { Repository } from "../repository.ts";
import { dependentsOf, internalDependencies, type TurboWorkspace } from "./turbo-workspace.ts";
import { packageFolderOf, type WorkspacePackage } from "../workspace.ts";

/**
 * The packages that a turbo run starts from, the root among them; undefined where turbo would refuse a filter, or a filter
 * is not understood. https://turborepo.dev/docs/reference/run#--filter-string
 */
export function packagesInScope(
  repository: Repository,
  turbo: TurboWorkspace,
  filters: readonly string[],
  folder: string,
): readonly WorkspacePackage[] | undefined {
  const scope = new Scope(repository, turbo, folder);
  if (filters.length === 0) return scope.whole;
  const included = filters.filter((filter) => !filter.startsWith("!"));
  const selected = new Set(included.length === 0 ? scope.remaining : []);
  for (const filter of included) {
    const matches = scope.match(filter);
    if (!matches) return undefined;
    for (const member of matches) selected.add(member);
  }
  for (const filter of filters) {
    const matches = filter.startsWith("!") ? scope.match(filter.slice(1)) : [];
    if (!matches) return undefined;
    for (const member of matches) {
      // What depends on something is never the root where it is taken away.
      if (member !== turbo.workspace.root || !filter.startsWith("!...")) selected.delete(member);
    }
  }
  return [...selected];
}

/** Versions that refuse a folder without the package that is meant. */
const OLD_FOLDERS = ">=2.0.0-0 <2.1.0-0";

/** A filter without its dots: a name or folder of packages, or both. */
interface Selector {
  readonly name: string;
  readonly folder: string | undefined;
  /** True for a folder without braces. */
  readonly isPath: boolean;
}

class Scope {
  readonly everything: readonly WorkspacePackage[];
  readonly #repository: Repository;
  readonly #turbo: TurboWorkspace;
  /** The package in which turbo is called; it is then the only one that is meant. */
  readonly #own: WorkspacePackage | undefined;
  /** What paths in filters are relative to. */
  readonly #base: string;
  /** What the root depends on. */
  readonly #ofRoot: readonly WorkspacePackage[];

  constructor(repository: Repository, turbo: TurboWorkspace, folder: string) {
    const { workspace } = turbo;
    const members = workspace.members.filter(({ name }) => name !== undefined);
    const own = packageFolderOf(repository, folder);
    this.#repository = repository;
    this.#turbo = turbo;
    this.everything = [workspace.root, ...members];
    this.#own = members.find(({ directory }) => directory === own);
    this.#base = this.#own?.directory ?? folder;
    this.#ofRoot = reachableFrom(workspace.root, this.#internal);
  }

  /** What a run without filters means: everything, the package in which turbo is called, or all packages below that folder. */
  get whole(): readonly WorkspacePackage[] {
    if (this.#own) return [this.#own];
    return this.#base === this.#turbo.workspace.root.directory ? this.everything : this.#below(this.#base);
  }

  /** What a run means of which filters only take something away: since 2.9 the root too, if turbo is called there. */
  get remaining(): readonly WorkspacePackage[] {
    const { root } = this.#turbo.workspace;
    const hasRoot = this.#base === root.directory && !this.#is("<2.9.0");
    return this.everything.filter((member) => hasRoot || member !== root);
  }

  /** The packages that one filter selects. */
  match(filter: string): readonly WorkspacePackage[] | undefined {
    if (filter.includes("\0") || filter.startsWith("tag:")) return undefined;
    const [, before = "", core = "", after = ""] = /^(\.{3}\^?)?(.*?)(\^?\.{3})?$/s.exec(filter) ?? [];
    const selector = selectorOf(core);
    const base = this.#select(selector);
    // A folder without braces keeps its own packages.
    const isWithoutSelf = (before + after).includes("^") && !selector.isPath;
    const selected = new Set<WorkspacePackage>(isWithoutSelf ? [] : base);
    for (const member of base ?? []) {
      const dependents = before === "" ? [] : this.#dependents(member);
      for (const dependent of dependents) if (dependent !== member || !this.#is(">=2.10.0")) selected.add(dependent);
      if (after === "") continue;
      for (const from of [member, ...dependents]) {
        for (const dependency of this.#dependencies(from)) selected.add(dependency);
      }
    }
    return base && [...selected];
  }

  #select({ name, folder }: Selector): readonly WorkspacePackage[] | undefined {
    // Beside a name, a folder is relative to the root.
    const base = name === "" ? this.#base : this.#turbo.workspace.root.directory;
    const pattern = folder === undefined ? undefined : normalizeDirectory(posix.join(base, folder));
    if (pattern !== undefined && !this.#hasFolder(pattern)) return this.#nothing;
    const inFolder = pattern === undefined ? this.everything : this.#in(pattern);
    if (name !== "") return this.#named(name, inFolder);
    if (this.#own) return inFolder.includes(this.#own) ? [this.#own] : this.#is(OLD_FOLDERS) ? undefined : [];
    // What changed since a commit is known only in the run: every package can be among it.
    return pattern === undefined ? this.whole : inFolder;
  }

  /** What a name or folder that is not there selects: turbo 2 refuses it. */
  get #nothing(): readonly WorkspacePackage[] | undefined {
    return this.#turbo.isLegacy ? [] : undefined;
  }

  #named(name: string, candidates: readonly WorkspacePackage[]): readonly WorkspacePackage[] | undefined {
    const pattern = new RegExp(`^${name.split("*").map(escape).join(".*")}$`);
    const matches = (member: WorkspacePackage): boolean => pattern.test(this.#nameOf(member));
    if (this.#turbo.isLegacy && !candidates.some(matches)) {
      // turbo 1 takes `web` for `@acme/web`, if that is the only one.
      const unscoped = candidates.filter((member) => pattern.test(this.#nameOf(member).replace(/^@[^/]*\//, "")));
      return unscoped.length === 1 ? unscoped : [];
    }
    const known = this.#is(OLD_FOLDERS) ? candidates : this.everything;
    if (name.includes("*") || known.some(matches)) return candidates.filter(matches);
    return this.#nothing;
  }

  #nameOf(member: WorkspacePackage): string {
    return member === this.#turbo.workspace.root ? "//" : (member.name ?? "");
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

  /** Since 2.0, whatever the root depends on is a dependency of every package. */
  #dependencies(member: WorkspacePackage): readonly WorkspacePackage[] {
    const own = reachableFrom(member, this.#internal);
    return this.#turbo.isLegacy ? own : [...own, ...this.#ofRoot.filter((dependency) => dependency !== member)];
  }

  #dependents(member: WorkspacePackage): readonly WorkspacePackage[] {
    if (!this.#turbo.isLegacy && this.#ofRoot.includes(member)) return this.everything;
    return reachableFrom(member, (item) => dependentsOf(this.#turbo, item));
  }

  readonly #internal = (member: WorkspacePackage): readonly WorkspacePackage[] =>
    internalDependencies(this.#turbo, member);

  #is(range: string): boolean {
    return liesWithin(this.#turbo.version, range);
  }
}

/** `name`, `{folder}`, `name{folder}` with an optional `[range]`, or `./folder`. */
function selectorOf(text: string): Selector {
  const [, name, folder] = /^([^.{}[\]](?:[^{}[\]]*[^{}[\].])?)?(?:\{([^}]+)\})?(?:\[[^\]]+\])?$/.exec(text) ?? [];
  if (name !== undefined || folder !== undefined) return { name: name ?? "", folder, isPath: false };
  if (/^\.{1,2}(?:\/|$)/.test(text)) return { name: "", folder: text, isPath: true };
  return { name: /^\[[^\]]+\]$/.test(text) ? "" : text, folder: undefined, isPath: false };
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
