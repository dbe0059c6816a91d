import { posix } from "node:path";
import { textOf } from "../../commands/arguments.ts";
import type { RunBinary, SeparateValue } from "../../commands/invocation.ts";
import type { ReachOf } from "../../project/trace/reach-index.ts";
import type { Word } from "../../shell/command.ts";

/** A name in a command that nothing answers to, or what a command passes over. */
export interface Lack {
  readonly kind:
    /** No script of a package.json has it: the package manager fails. */
    | "missingScript"
    /** No script of the packages that pnpm selects has it: before 10.28.1 it only says so. */
    | "unselectedScript"
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
    /** Bun's bundler has the name, and fails without an entrypoint. */
    | "bundlerCommand"
    /** Bun takes its command `run` for a script, and fails. */
    | "lostRun"
    /** Bun does not see which script is meant, and prints all of them. */
    | "listing"
    /** The installed version of a tool has no such command any more: the tool fails. */
    | "removedCommand"
    /** The same, and the tool only says so. */
    | "emptiedCommand"
    /** A configuration of TypeScript names no file, and the projects that it refers to are passed over. */
    | "uncheckedProjects";
  /**
   * One, but for tasks that run nothing; the flag that is written wrong where Bun does not see its command; the configuration
   * that names no file.
   */
  readonly names: readonly [string, ...string[]];
  /** The package.json, turbo.json or release that lacks it, or the task that needs it; undefined where there are several. */
  readonly owner: string | undefined;
  /** What may have been meant: another name, the flag with its value. */
  readonly similar: string | undefined;
  /** The first and last of the words that it replaces; the word that is the name where undefined. */
  readonly words?: readonly [first: Word, last: Word];
  /** What to do where no other words mean the same: a sentence. */
  readonly advice?: string;
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

/**
 * Whether what runs is what the repository installs: a bare name in a workflow or shell script is the machine's, in a script of a
 * package.json it is that of the dependency.
 */
export function isInstalled({ located, invocation }: ReachOf<RunBinary>): boolean {
  const { command, host } = located;
  return textOf(command.words[0]) !== invocation.name || posix.basename(host.source.path) === "package.json";
}

/** Whether a filter is the name of one package. */
export function isPackageName(filter: string): boolean {
  return /^(?:@[\w-]+\/)?[\w-]+$/.test(filter);
}
