import type { Place } from "../../documents/source.ts";
import type { Reach } from "../../project/trace/reach.ts";

/** A path of the checkout that a step or one of its commands names. */
export interface Naming {
  readonly kind: "action" | "file" | "folder" | "patterns";
  /** Relative to the repository root; undefined where it is not known. For patterns, their lines. */
  readonly path: string | undefined;
  /** Other paths with which what names it is content. */
  readonly others: readonly string[];
  /** The path as it is written. */
  readonly written: string;
  /** Where it is written so, and nothing else. */
  readonly nameAt: Place | undefined;
  readonly place: Place;
  /** What stands at the place, for what is no command. */
  readonly text: string;
  /** Tells one from another at the same place. */
  readonly subject: string;
  /** The command that names it. */
  readonly reach?: Reach;
  /** The folder without which it is not looked for. */
  readonly within?: string | undefined;
  /** True where the machine can be such that it is not looked for. */
  readonly asksForHosted?: boolean;
}

/** A path that depends on the combination of a matrix alone, or on nothing, is another subject than other paths. */
export function subjectOf(text: string, path: string | undefined): string {
  return /\bmatrix\b|^[^$]*$/.test(text) ? (path ?? "") : "";
}
