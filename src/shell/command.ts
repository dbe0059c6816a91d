import type { Expression } from "../documents/expression.ts";
import type { Known } from "../documents/known.ts";
import type { Range } from "../documents/source.ts";

/** Stands in a word's shape for a piece that cannot be known. */
export const HOLE = "\0";

/** One argument of a command, after expansion as far as it is known. Ranges are offsets in the script. */
export interface Word {
  readonly range: Range;
  /** As written. */
  readonly text: string;
  readonly value: Known<string>;
  /** The value with {@link HOLE} for each piece that is not known. */
  readonly shape: string;
  /** Names of the variables that it expands. */
  readonly variables: readonly string[];
  readonly expressions: readonly Expression[];
  /** True where it may become no word or several (`$ARGS`, `"${args[@]}"`). */
  readonly splits: boolean;
  /** True where more than variables and expressions decide its value: the output of a command, the machine. */
  readonly isComputed: boolean;
}

/** A variable that a script or command sets. */
export interface Assignment {
  readonly name: string;
  /** Where the value is written, and what it is; undefined where the variable is removed. */
  readonly value: Word | undefined;
  /** What reaches child processes: the variable, the new value only if the variable was exported before, or possibly one of the two. */
  readonly reach: "exported" | "shell" | "uncertain";
}

/** `> file`, `>> file`, `< file`. */
export interface Redirect {
  readonly operator: string;
  readonly target: Word;
}

/** What must hold for a command to run, where that cannot be decided from the files. */
export interface Guard {
  readonly variables: readonly string[];
  readonly expressions: readonly Expression[];
  /** True where only variables and expressions decide; false where a file, a command's outcome or a loop does. */
  readonly isTest: boolean;
}

/** What a script asks of how a command ended. */
export interface StatusQuestion {
  readonly asker: "$?" | "if" | "until" | "while" | "||";
  /** What asks where that is `$?`, else what is asked. */
  readonly range: Range;
  /** False where nothing is done about a failure: the script ends with the answer (`exit $?`), or goes on after a success. */
  readonly decides: boolean;
  /** The builtin that answers with its own success: `export X=$(command)`. */
  readonly answeredBy?: string;
}

/** One simple command of a script, with the state of the shell in which it runs. */
export interface Command {
  /** From the first to the last word. */
  readonly range: Range;
  /** The name and its arguments; never empty. */
  readonly words: readonly [Word, ...Word[]];
  /** Inline assignments before the name. */
  readonly assignments: readonly Assignment[];
  /** What the script assigned before, by name. */
  readonly variables: ReadonlyMap<string, Assignment>;
  /** Why any variable may be set here (`source file`, `eval`). */
  readonly opened?: string;
  /** The working directory: relative to where the script starts, or absolute. */
  readonly directory: Known<string>;
  /** Its own redirects and those of the groups around it. */
  readonly redirects: readonly Redirect[];
  /** The text of a here-document on its standard input. */
  readonly input?: Word;
  /** The command whose output it reads. */
  readonly pipedFrom?: Command;
  readonly guards: readonly Guard[];
  /** What the script asks of its status. */
  readonly question?: StatusQuestion;
  /** True where it ends a pipeline with whose other parts nothing fails: there is no `pipefail`. */
  readonly isSole?: boolean;
  /** True where its output is a value of the script. */
  readonly isCaptured?: boolean;
  /** True where the script fails if this command does. */
  readonly isFatal: boolean;
  /** True where a script of another shell was only split into words, so that it must not be the cause of a report. */
  readonly isApproximate: boolean;
}

/** Answers for what a script gets from outside. */
export interface ShellScope {
  /** The absolute path of the script, where it is a file that is run by its path. */
  readonly file?: string;
  expression(expression: Expression): Known<string>;
  variable(name: string): Known<string>;
}

/** How the shell was started: `bash -e` stops at a failure, `-o pipefail` counts each part of a pipeline. */
export interface ShellOptions {
  readonly errexit: boolean;
  readonly pipefail: boolean;
}
