import type { Known } from "../documents/known.ts";
import type { Assignment, Word } from "../shell/command.ts";

/** The package managers whose commands are understood. */
export type PackageManager = "bun" | "npm" | "pnpm" | "yarn";

/** In which packages of the workspace a command runs. */
export type PackageScope =
  | { readonly kind: "here" }
  /** Selected by name, glob or folder, in the manager's own filter syntax. */
  | { readonly kind: "filtered"; readonly filters: readonly string[]; readonly includesRoot: boolean }
  | { readonly kind: "root" };

/** Runs scripts of a package.json. */
export interface RunScript {
  readonly kind: "script";
  readonly manager: PackageManager;
  /** Names, or the patterns of `run-s build:*`. */
  readonly names: readonly string[];
  /** Words that are appended to the script's text. */
  readonly args: readonly Word[];
  readonly directory: Known<string>;
  readonly scope: PackageScope;
  /** What the name means where no script has it: an executable of a dependency, or nothing. */
  readonly otherwise: "binary" | "nothing";
  /** False where the command line keeps `pre<name>` and `post<name>` from running. */
  readonly hooks: boolean;
  /** What made Bun take another word for the name. */
  readonly lostTo?: SeparateValue;
}

/** A flag before Bun's command with its value in a word of its own, after which Bun does not see the command as such. */
export interface SeparateValue {
  readonly flag: Word;
  readonly value: Word;
  /** False where another flag is written so too. */
  readonly isOnly: boolean;
}

/** Runs an executable, by its name without path. */
export interface RunBinary {
  readonly kind: "binary";
  readonly name: string;
  /** The version or range in `npx name@1.2`; undefined where the installed one runs. */
  readonly version?: string;
  /** True for `npx`, `bunx` and their like, which fetch what is not installed. */
  readonly fetches: boolean;
  readonly args: readonly Word[];
  readonly directory: Known<string>;
  readonly scope: PackageScope;
  /** The package manager that found no script of that name, and looks for an executable instead. */
  readonly soughtBy?: PackageManager;
  /** The word that pnpm before 12 takes for a command of its own where a script may be meant. */
  readonly shadows?: Word;
}

/** Installs the dependencies of a workspace. */
export interface Install {
  readonly kind: "install";
  readonly manager: PackageManager;
  /** The word that asks for it (`install`, `i`, `ci`); absent for a bare `yarn`. */
  readonly verb?: Word;
  readonly args: readonly Word[];
  readonly directory: Known<string>;
  readonly runsScripts: boolean;
}

/** Runs a script given as text: `sh -c "…"`. */
export interface RunText {
  readonly kind: "text";
  readonly text: string;
  readonly word: Word;
  readonly directory: Known<string>;
  /** Why the text sees variables that are set by what runs it. */
  readonly opened?: string;
}

/** Runs a file of the repository. */
export interface RunFile {
  readonly kind: "file";
  readonly path: string;
  /** The program that runs it; `shebang` where its first line decides. */
  readonly interpreter: "shell" | "javascript" | "shebang";
  /** The word that is the path. */
  readonly word: Word;
  /** Names of the flags of the program, which stand before the path. */
  readonly flags: readonly string[];
  readonly args: readonly Word[];
  readonly directory: Known<string>;
}

/** Runs the rest of its words in a changed environment: `env A=1 …`, `dotenv -- …`. */
export interface Wrapped {
  readonly kind: "wrapped";
  readonly words: readonly Word[];
  readonly assignments: readonly Assignment[];
  /** Why any variable may be set for the rest. */
  readonly opened?: string;
  readonly directory: Known<string>;
}

/** Runs turbo tasks. */
export interface RunTasks {
  readonly kind: "turbo";
  /** `build`, or `web#build`. */
  readonly tasks: readonly string[];
  /** Words that are appended to the scripts of those tasks, in whatever package. */
  readonly args: readonly Word[];
  readonly filters: readonly string[];
  /** The mode that `--env-mode` forces. */
  readonly envMode: Known<"strict" | "loose" | undefined>;
  readonly onlyRequested: boolean;
  /** `--parallel`, with which older versions forget what packages depend on. */
  readonly parallel: boolean;
  readonly frameworkInference: boolean;
  /** Where turbo runs, which narrows its packages, from where its executable does. */
  readonly directory: Known<string>;
  /** `turbo@2` in `npx turbo@2 run build`. */
  readonly version?: string;
}

/** Runs several things, or one in an environment that is not known. */
export interface Several {
  readonly kind: "several";
  readonly invocations: readonly Invocation[];
  /** Why any variable may be set for them. */
  readonly opened?: string;
}

/** What a command asks for. */
export type Invocation =
  | RunScript
  | RunBinary
  | Install
  | RunText
  | RunFile
  | Wrapped
  | RunTasks
  | Several
  /**
   * Asks for nothing that is followed: a builtin of the shell, a command that is not understood or, with `listedBy`, a Bun
   * that prints its scripts and runs none.
   */
  | { readonly kind: "nothing"; readonly listedBy?: SeparateValue };

/** A command that asks for nothing that is followed. */
export const NOTHING: Invocation = { kind: "nothing" };

/** The package in which a command runs by itself. */
export const HERE: PackageScope = { kind: "here" };

/** Whether a name stands for several scripts in some tools: those that take it as it is find none. */
export function isPattern(name: string): boolean {
  return /[*{(]|^\/.*\/$/.test(name);
}
