import type { Ending } from "./builtins.ts";
import type { Command, Guard, Redirect, Word } from "./command.ts";

/** Where a node stands: what must hold for it to run, and whether its failure counts. */
export interface Position {
  readonly guards: readonly Guard[];
  /** False where the shell never stops at a failure: in conditions, before `||`, after `!`. */
  readonly stops: boolean;
  /** True where the node's status becomes the script's. */
  readonly isLast: boolean;
  readonly redirects: readonly Redirect[];
  readonly input?: Word;
  readonly pipedFrom?: Command;
  readonly depth: number;
}

/** How control goes on after a node: it ended the list, or it may have, under a guard. */
export interface Flow {
  readonly ends?: Ending;
  readonly guard?: Guard;
}

/** A guard about which nothing is known. */
export const NOT_A_TEST: Guard = { variables: [], expressions: [], isTest: false };

/** A position that one more condition guards. */
export function guarded(position: Position, guard: Guard): Position {
  return { ...position, guards: [...position.guards, guard] };
}
