import type { Command, Guard, Redirect, StatusQuestion, Word } from "./command.ts";
import type { ShellState } from "./state.ts";

/** Where a node stands: what must hold for it to run, and whether its failure counts. */
export interface Position {
  readonly guards: readonly Guard[];
  /** False where `set -e` has no effect: in conditions, before `&&` and `||`, after `!`. */
  readonly stops: boolean;
  /** True where the node's status becomes that of the shell or subshell around it. */
  readonly isLast: boolean;
  /** True where the script fails if the shell or subshell around the node ends with a failure. */
  readonly counts: boolean;
  /** True where the script fails if the function around the node returns a failure. */
  readonly returnCounts: boolean;
  /** True where the shell ends if that function returns a failure. */
  readonly returnStops: boolean;
  readonly redirects: readonly Redirect[];
  readonly input?: Word;
  readonly pipedFrom?: Command;
  /** What the script asks of the node's status. */
  readonly asked?: StatusQuestion | undefined;
  /** True where the node ends a pipeline of which only its status counts. */
  readonly isSole?: boolean;
  /** True within a substitution. */
  readonly isCaptured?: boolean;
  /** How many function calls deep it is. */
  readonly depth: number;
}

/** What `continue`, `break`, `return` and `exit` end. */
export type Scope = "iteration" | "loop" | "function" | "shell";

/** A way out of the middle of a list that does not fail the script, with the state in which it is taken. */
export interface Leave {
  readonly scope: Scope;
  readonly guards: readonly Guard[];
  readonly state: ShellState;
}

/** How control goes on after a node. */
export interface Flow {
  /** True where nothing after the node runs until one of the scopes that it leaves ends. */
  readonly ends: boolean;
  /** The ways out that it may take; none where all of them fail the script. */
  readonly leaves: readonly Leave[];
}

/** Control goes on with the next command. */
export const GOES_ON: Flow = { ends: false, leaves: [] };

/** A guard about which nothing is known. */
export const NOT_A_TEST: Guard = { variables: [], expressions: [], isTest: false };

/** A position at which more must hold, each condition once. */
export function guarded(position: Position, guards: readonly Guard[]): Position {
  return guards.length === 0 ? position : { ...position, guards: [...new Set([...position.guards, ...guards])] };
}

/** The same, for what runs only if none of the given ways out was taken. */
export function after(position: Position, leaves: readonly Leave[]): Position {
  return guarded(
    position,
    leaves.flatMap(({ guards }) => guards),
  );
}

/** A position whose failure counts for nothing. */
export function silenced(position: Position): Position {
  return { ...position, stops: false, isLast: false };
}
