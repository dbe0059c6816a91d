import { distance } from "fastest-levenshtein";
import { textOf } from "../../commands/arguments.ts";
import type { SeparateValue } from "../../commands/invocation.ts";
import type { Word } from "../../shell/command.ts";

/** A name in a command that nothing answers to. */
export interface Lack {
  readonly kind:
    /** No script of a package.json has it: the package manager fails. */
    | "missingScript"
    /** No task of turbo has it: turbo fails. */
    | "missingTask"
    /** No turbo.json defines a task that another one needs: turbo fails. */
    | "neededTask"
    /** No package of the workspace has it: the tool fails. */
    | "missingPackage"
    /** The same, and the tool runs nothing. */
    | "ignoredPackage"
    /** Turbo knows the tasks, and has no script to run for any of them. */
    | "emptyTask"
    /** pnpm takes the name for a command of its own, and runs no script. */
    | "shadowedScript"
    /** Bun takes its command `run` for a script, and fails. */
    | "lostRun"
    /** Bun does not see which script is meant, and prints all of them. */
    | "listing";
  /** One, but for tasks that run nothing; the flag that is written wrong where Bun does not see its command. */
  readonly names: readonly [string, ...string[]];
  /** The package.json or turbo.json that lacks it, or the task that needs it; undefined where there are several. */
  readonly owner: string | undefined;
  /** What may have been meant: another name, the flag with its value. */
  readonly similar: string | undefined;
  /** The first and last of the words that it replaces; the word that is the name where undefined. */
  readonly words?: readonly [first: Word, last: Word];
}

/** Whether a word stands for itself, and for nothing else in another run. */
export function isLiteral({ expressions, variables }: Word): boolean {
  return expressions.length === 0 && variables.length === 0;
}

/** A flag that Bun understands only with its value in the same word. */
export function separateValueLack(kind: "listing" | "lostRun", { flag, value, isOnly }: SeparateValue): Lack {
  const text = isLiteral(value) ? textOf(value) : value.text;
  const joined = isOnly && text !== undefined && /^[\w ./@*${}-]+$/.test(text) ? `${flag.shape}=${text}` : undefined;
  return { kind, names: [flag.shape], owner: undefined, similar: joined, words: [flag, value] };
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
