import type { TestExpression, Word as SyntaxWord } from "unbash";
import { known, unknown, type Known } from "../documents/known.ts";
import type { Word } from "./command.ts";

/** Operators of `test` and `[[` that look at files or the shell, not at strings. */
const STRING_TESTS: ReadonlyMap<string, (operand: string) => boolean> = new Map(
  Object.entries({
    "-n": (operand) => operand !== "",
    "-z": (operand) => operand === "",
  }),
);
const COMPARISONS: ReadonlyMap<string, (left: string, right: string) => boolean> = new Map(
  Object.entries({
    "=": (left, right) => left === right,
    "==": (left, right) => left === right,
    "!=": (left, right) => left !== right,
    "-eq": (left, right) => Number(left) === Number(right),
    "-ne": (left, right) => Number(left) !== Number(right),
  }),
);

/** The outcome of a test, and whether it is one about strings alone. */
export interface TestOutcome {
  readonly holds: Known<boolean>;
  readonly isAboutStrings: boolean;
}

/** `test …` and `[ … ]`, given the words after the name and without the closing bracket. */
export function testWords(words: readonly Word[]): TestOutcome {
  const [first] = words;
  if (first?.text === "!") return negate(testWords(words.slice(1)));
  const junction = words.findIndex((word) => word.text === "-a" || word.text === "-o");
  if (junction > 0) {
    const isAnd = words[junction]?.text === "-a";
    return combine(isAnd, [testWords(words.slice(0, junction)), testWords(words.slice(junction + 1))]);
  }
  // `[ $X ]` with an empty value has no words at all and fails.
  if (words.length === 0) return { holds: known(false), isAboutStrings: true };
  if (words.length === 1 && first) return unary("-n", first);
  const [, operator, right] = words;
  if (words.length === 2 && first && operator) return unary(first.text, operator);
  if (words.length === 3 && first && operator && right) return binary(operator.text, first, right);
  return { holds: unknown("the test is not understood"), isAboutStrings: false };
}

/** `[[ … ]]`. */
export function testExpression(expression: TestExpression, read: (word: SyntaxWord) => Word): TestOutcome {
  switch (expression.type) {
    case "TestUnary":
      return unary(expression.operator, read(expression.operand));
    case "TestBinary":
      return binary(expression.operator, read(expression.left), read(expression.right));
    case "TestLogical":
      return combine(
        expression.operator === "&&",
        expression.operands.map((operand) => testExpression(operand, read)),
      );
    case "TestNot":
      return expression.negations.length % 2 === 1
        ? negate(testExpression(expression.operand, read))
        : testExpression(expression.operand, read);
    case "TestGroup":
      return testExpression(expression.expression, read);
  }
}

/** The outcome opposite to another. */
export function negate({ holds, isAboutStrings }: TestOutcome): TestOutcome {
  return { holds: holds.known ? known(!holds.value) : holds, isAboutStrings };
}

/** Several outcomes joined by `&&` or `||`; one that decides makes the others not matter. */
export function combine(isAnd: boolean, outcomes: readonly TestOutcome[]): TestOutcome {
  const isAboutStrings = outcomes.every((outcome) => outcome.isAboutStrings);
  const decisive = outcomes.find(({ holds }) => holds.known && holds.value !== isAnd);
  const open = outcomes.find(({ holds }) => !holds.known);
  return { holds: decisive?.holds ?? open?.holds ?? known(isAnd), isAboutStrings };
}

function unary(operator: string, operand: Word): TestOutcome {
  const test = STRING_TESTS.get(operator);
  if (!test) return { holds: unknown(`\`${operator}\` looks at the machine`), isAboutStrings: operator === "-v" };
  // A value with a known part is not empty, whatever the rest is.
  if (!operand.value.known && operand.shape.length > 1 && !operand.splits) {
    return { holds: known(test("x")), isAboutStrings: true };
  }
  return { holds: operand.value.known ? known(test(operand.value.value)) : operand.value, isAboutStrings: true };
}

function binary(operator: string, left: Word, right: Word): TestOutcome {
  const compare = COMPARISONS.get(operator);
  const isAboutStrings = compare !== undefined || operator === "=~" || operator === "<" || operator === ">";
  if (!compare) return { holds: unknown(`\`${operator}\` is not evaluated`), isAboutStrings };
  const isPattern = right.value.known && /[*?[]/.test(right.value.value);
  if (!left.value.known) return { holds: left.value, isAboutStrings };
  if (!right.value.known) return { holds: right.value, isAboutStrings };
  if (isPattern) return { holds: unknown("the right side is a pattern"), isAboutStrings };
  return { holds: known(compare(left.value.value, right.value.value)), isAboutStrings };
}
