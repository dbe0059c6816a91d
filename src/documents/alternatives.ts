import { Expression, type Condition } from "./expression.ts";

/** What is asked of a condition, or of a part of it. */
export type Asked = Pick<Condition, "expression" | "references" | "holds">;

/** One side of an `||` by which a condition can hold. */
export interface Alternative {
  /** As written, and where it starts in the text of the condition's expression. */
  readonly text: string;
  readonly start: number;
  /** Itself, together with all that has to hold beside it. */
  readonly asked: Asked;
  /** The other sides of its `||`. */
  readonly others: readonly Expression[];
  /** Those of an `||` inside of it. */
  readonly inner: readonly Alternative[];
}

/** A part of an expression: offsets in its text. */
type Part = readonly [start: number, end: number];

/** The alternatives of an expression: sides of an `||` that no function, comparison or `!` stands around. */
export function alternativesOf({ text }: Expression): readonly Alternative[] {
  return alternativesIn(text, [0, text.length], []);
}

function alternativesIn(text: string, part: Part, beside: readonly Part[]): readonly Alternative[] {
  const inside = withoutParentheses(text, part);
  const sides = partsOf(text, inside, "||");
  if (sides.length > 1) {
    return sides.map((side) => {
      const whole = conjunctionOf(text, [...beside, side]);
      return {
        text: text.slice(...side),
        start: side[0],
        asked: askedOf(whole),
        others: sides.filter((other) => other !== side).map((other) => conjunctionOf(text, [other])),
        inner: alternativesIn(text, side, beside),
      };
    });
  }
  const terms = partsOf(text, inside, "&&");
  if (terms.length === 1) return [];
  return terms.flatMap((term) => alternativesIn(text, term, [...beside, ...terms.filter((other) => other !== term)]));
}

/** An expression as what is asked. */
export function askedOf(expression: Expression): Asked {
  return { expression, references: expression.references, holds: (lookup) => expression.holds(lookup) };
}

function conjunctionOf(text: string, parts: readonly Part[]): Expression {
  const joined = parts.map((part) => `(${text.slice(...part)})`).join(" && ");
  return new Expression(joined, 0, joined.length);
}

/** What an operator joins in a part, where no parentheses are around that. */
function partsOf(text: string, [start, end]: Part, operator: "||" | "&&"): readonly Part[] {
  const parts: Part[] = [];
  let [from, depth] = [start, 0];
  for (const { 0: token, index } of text.slice(start, end).matchAll(/'(?:[^']|'')*'|\|\||&&|[()[\]]/g)) {
    if (/[([]/.test(token[0] ?? "")) depth++;
    else if (/[)\]]/.test(token[0] ?? "")) depth--;
    else if (token === operator && depth === 0) {
      parts.push(trimmed(text, [from, start + index]));
      from = start + index + operator.length;
    }
  }
  return [...parts, trimmed(text, [from, end])];
}

function trimmed(text: string, [start, end]: Part): Part {
  const part = text.slice(start, end);
  return [end - part.trimStart().length, start + part.trimEnd().length];
}

/** What stands in the parentheses that are around the whole of a part. */
function withoutParentheses(text: string, part: Part): Part {
  const [start, end] = trimmed(text, part);
  const written = text.slice(start, end).replaceAll(/'(?:[^']|'')*'/g, (quoted) => "_".repeat(quoted.length));
  let depth = 0;
  const closing = [...written.matchAll(/[()]/g)].find(([token]) => (depth += token === "(" ? 1 : -1) === 0);
  return written.startsWith("(") && closing?.index === written.length - 1
    ? withoutParentheses(text, [start + 1, end - 1])
    : [start, end];
}
