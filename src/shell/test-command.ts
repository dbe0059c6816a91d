import type { TestExpression, Word as SyntaxWord } from "unbash";
import { known, unknown, type Known } from "../documents/known.ts";
import { HOLE, type Word } from "./command.ts";

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
  }),
);
const ARITHMETIC: ReadonlyMap<string, (left: number, right: number) => boolean> = new Map(
  Object.entries({
    "-eq": (left, right) => left === right,
    "-ge": (left, right) => left >= right,
    "-gt": (left, right) => left > right,
    "-le": (left, right) => left <= right,
    "-lt": (left, right) => left < right,
    "-ne": (left, right) => left !== right,
  }),
);
/** No test of a script comes near. */
const MAX_WORDS = 200;
const STRING_OPERATORS = new Set(["=~", "<", ">", "\\<", "\\>"]);

/** The outcome of a test, and whether it is one about strings alone. */
export interface TestOutcome {
  readonly holds: Known<boolean>;
  readonly isAboutStrings: boolean;
}

/** `test …` and `[ … ]`, given the words after the name and without the closing bracket. */
export function testWords(words: readonly Word[]): TestOutcome {
  const [first] = words;
  if (words.length > MAX_WORDS) return { holds: unknown("the test is not understood"), isAboutStrings: false };
  // `-a` binds tighter than `-o`, and `!` tighter than both unless the test has four words.
  if (words.length > 2 && !(words.length === 4 && first?.text === "!")) {
    const junction = ["-o", "-a"]
      .map((name) => words.findIndex(({ text }) => text === name))
      .find((index) => index > 0);
    if (junction !== undefined) {
      const isAnd = words[junction]?.text === "-a";
      return combine(isAnd, [testWords(words.slice(0, junction)), testWords(words.slice(junction + 1))]);
    }
  }
  if (first?.text === "!" && words.length > 1) return negate(testWords(words.slice(1)));
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
  if (!operand.value.known && !operand.splits && operand.shape.replaceAll(HOLE, "") !== "") {
    return { holds: known(test("x")), isAboutStrings: true };
  }
  return { holds: operand.value.known ? known(test(operand.value.value)) : operand.value, isAboutStrings: true };
}

function binary(operator: string, left: Word, right: Word): TestOutcome {
  const compare = COMPARISONS.get(operator) ?? numbers(ARITHMETIC.get(operator));
  const isAboutStrings = compare !== undefined || STRING_OPERATORS.has(operator);
  if (!compare) return { holds: unknown(`\`${operator}\` is not evaluated`), isAboutStrings };
  if (!left.value.known) return { holds: left.value, isAboutStrings };
  if (!right.value.known) return { holds: right.value, isAboutStrings };
  const isPattern = /[*?[]/.test(right.value.value);
  if (isPattern) return { holds: unknown("the right side is a pattern"), isAboutStrings };
  const holds = compare(left.value.value, right.value.value);
  return { holds: holds === undefined ? unknown("one of the sides is not a number") : known(holds), isAboutStrings };
}

function numbers(
  compare: ((left: number, right: number) => boolean) | undefined,
): ((left: string, right: string) => boolean | undefined) | undefined {
  const isNumber = (text: string): boolean => /^[-+]?(?:0|[1-9]\d*)$/.test(text);
  return (
    compare && ((left, right) => (isNumber(left) && isNumber(right) ? compare(Number(left), Number(right)) : undefined))
  );
}
