import { distance } from "fastest-levenshtein";

/** A name in a command that nothing answers to. */
export interface Lack {
  readonly kind:
    /** No script of a package.json has it: the package manager fails. */
    | "script"
    /** No task of turbo has it: turbo fails. */
    | "task"
    /** No package of the workspace has it: the tool fails. */
    | "package"
    /** The same, and the tool runs nothing. */
    | "ignoredPackage"
    /** Turbo knows the tasks, and has no script to run for any of them. */
    | "emptyTask";
  /** One, but for tasks that run nothing. */
  readonly names: readonly [string, ...string[]];
  /** The package.json or turbo.json that lacks it; undefined where several do. */
  readonly path: string | undefined;
  /** The name that may have been meant. */
  readonly similar: string | undefined;
}

/** Whether a filter is the name of one package. */
export function isPackageName(filter: string): boolean {
  return /^(?:@[\w-]+\/)?[\w-]+$/.test(filter);
}

/** The name that is written like another one but for its scope or punctuation or, where there is no such, but for a letter or two. */
export function similarTo(name: string, candidates: Iterable<string>): string | undefined {
  const others = [...new Set(candidates)].filter((other) => other !== name);
  const same = others.filter((other) => isSpelledLike(other.replace(/^@[^/]*\//, ""), name.replace(/^@[^/]*\//, "")));
  const close = name.length < 4 ? [] : others.filter((other) => distance(other, name) <= 2);
  const [first, ...more] = same.length > 0 ? same : close;
  return more.length === 0 ? first : undefined;
}

/** Whether two names are the same but for their punctuation and the case of their letters. */
export function isSpelledLike(one: string, other: string): boolean {
  const letters = (text: string): string => text.toLowerCase().replaceAll(/[^a-z\d]/g, "");
  return letters(one) === letters(other);
}
