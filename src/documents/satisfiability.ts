import type { Asked } from "./alternatives.ts";
import type { ExpressionValue, Lookup, Reference } from "./expression.ts";
import { known, unknown } from "./known.ts";

/** The values that something read can have: `"any"` always the same one, `"unknown"` another one at each place. */
export type Domain = (reference: Reference) => readonly ExpressionValue[] | "any" | "unknown";

/** A value that nothing is compared with. */
const OTHER = "\u{1}";
const MAX_QUESTIONS = 20_000;

/**
 * Whether there are values of what conditions read with which all of them hold. Only comparisons for equality are gone through, and what is certainly not
 * there; what is read otherwise, or is too much to go through, is taken to be able to hold.
 */
export function canHoldTogether(conditions: readonly Asked[], domain: Domain): boolean {
  const expressions = conditions.flatMap(({ expression }) => expression ?? []);
  const measured = new Set(expressions.flatMap((expression) => expression.measured.map(nameOf)));
  const literals = expressions.flatMap((expression) => expression.literals);
  const any = [...new Set<ExpressionValue>([OTHER, "", true, false, ...literals, ...literals.map(String)])];
  const values = new Map(
    expressions
      .flatMap(({ references }) => references)
      .filter((reference) => reference.path.length > 0)
      .flatMap((reference) => {
        const possible = domain(reference);
        const isMeasured = measured.has(nameOf(reference)) && !isAbsent(possible);
        return possible === "unknown" || isMeasured
          ? []
          : [[nameOf(reference), possible === "any" ? any : possible] as const];
      }),
  );
  const names = [...values.keys()];
  const chosen = new Map<string, ExpressionValue>();
  const lookup: Lookup = (reference) => {
    const value = chosen.get(nameOf(reference));
    return value === undefined ? unknown("it is not chosen yet") : known(value);
  };
  let questions = 0;
  const canHold = (index: number): boolean => {
    if (++questions > MAX_QUESTIONS) return true;
    const isExcluded = conditions.some((condition) => {
      const holds = condition.holds(lookup);
      return holds.known && !holds.value;
    });
    const name = names[index];
    if (isExcluded || name === undefined) return !isExcluded;
    const isPossible = (values.get(name) ?? []).some((value) => {
      chosen.set(name, value);
      return canHold(index + 1);
    });
    chosen.delete(name);
    return isPossible;
  };
  return canHold(0);
}

/** Whether something has no value, which is the same however it is read: GitHub makes 0 of it where it is compared with a number. */
function isAbsent(possible: ReturnType<Domain>): boolean {
  return Array.isArray(possible) && possible.length > 0 && possible.every((value) => value === null);
}

/** What is read, as one name: GitHub does not look at its case. */
export function nameOf({ context, path }: Reference): string {
  return [context, ...path].join(".").toLowerCase();
}
