import ignore, { type Ignore } from "ignore";
import type { Place, Source } from "../documents/source.ts";

/** What git ignores in a repository, by the .gitignore files from a path's folder up to the root. */
export class IgnoredPaths {
  readonly #read: (path: string) => Source | undefined;
  readonly #rules = new Map<string, Ignore | undefined>();

  /** `read` gives a file of the repository by its path relative to the root. */
  constructor(read: (path: string) => Source | undefined) {
    this.#read = read;
  }

  has(path: string): boolean {
    return this.#ignoring(path) !== undefined;
  }

  /** The line of a .gitignore for which git ignores a path; undefined where it does not. */
  ruleFor(path: string): Place | undefined {
    const { folder, pattern = "" } = this.#ignoring(path) ?? {};
    const source = folder === undefined ? undefined : this.#gitignore(folder);
    const lines = source?.text.split(/(?<=\n)/) ?? [];
    const line = lines.findLastIndex((text) => text.trim() === pattern.trim());
    if (!source) return undefined;
    const start = lines.slice(0, Math.max(line, 0)).join("").length;
    return { source, range: [start, start + pattern.length] };
  }

  /** The folder whose .gitignore excludes a path, and the pattern that does. */
  #ignoring(path: string): { readonly folder: string; readonly pattern: string | undefined } | undefined {
    for (let folder = path; folder !== "";) {
      folder = folder.slice(0, Math.max(folder.lastIndexOf("/"), 0));
      const verdict = this.#rulesOf(folder)?.test(folder === "" ? path : path.slice(folder.length + 1));
      if (verdict?.ignored) return { folder, pattern: verdict.rule?.pattern };
      if (verdict?.unignored) return undefined;
    }
    return undefined;
  }

  #rulesOf(folder: string): Ignore | undefined {
    if (!this.#rules.has(folder)) {
      const source = this.#gitignore(folder);
      this.#rules.set(folder, source && ignore().add(source.text));
    }
    return this.#rules.get(folder);
  }

  #gitignore(folder: string): Source | undefined {
    return this.#read(folder === "" ? ".gitignore" : `${folder}/.gitignore`);
  }
}
