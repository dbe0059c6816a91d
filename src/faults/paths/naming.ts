import type { Place } from "../../documents/source.ts";
import type { Reach } from "../../project/trace/reach.ts";
import type { Told } from "../chain.ts";
import type { TestSearch } from "./matching-tests.ts";

/** A path of the checkout that a step or one of its commands names. */
export interface Naming {
  readonly kind: "action" | "file" | "folder" | "hashed" | "patterns" | "tests";
  /** Relative to the repository root; undefined where it is not known. For patterns, also of what is hashed, and for what tests are looked for, their lines. */
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
  /** The command from where the path is written on, if that is not where the command itself is. */
  readonly told?: Told | undefined;
  /** How a test runner looks for the path. */
  readonly search?: TestSearch | undefined;
  /** The folder without which it is not looked for. */
  readonly within?: string | undefined;
  /** True where the machine can be such that it is not looked for. */
  readonly asksForHosted?: boolean;
}

/** Whether a path is the patterns of files. */
export function arePatterns(kind: Naming["kind"]): boolean {
  return kind === "hashed" || kind === "patterns" || kind === "tests";
}

/**
 * What a text asks for, as far as that tells one subject from another: what depends on the combination of a matrix alone, or on
 * nothing, is told apart; what callers make of it is not.
 */
export function toldApart(text: string, asked: readonly string[]): readonly string[] {
  return /\bmatrix\b|^[^$]*$/.test(text) ? asked : [];
}

/** The subject of a command that asks for something. */
export function subjectOf(place: Place, { located, hops }: Reach, asked: readonly string[]): string {
  const way = place === located.place ? [located.text] : hops.map(({ text }) => text);
  return [...way, ...toldApart(located.text, asked)].join("\0");
}
