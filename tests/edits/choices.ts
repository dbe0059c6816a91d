import fc from "fast-check";

/** A source of decisions for a generator of text, which starts over when it is used up. */
export class Choices {
  readonly #numbers: readonly number[];
  #next = 0;

  constructor(numbers: readonly number[]) {
    this.#numbers = numbers;
  }

  /** A number from 0 to below `limit`. */
  below(limit: number): number {
    const number = this.#numbers[this.#next % this.#numbers.length] ?? 0;
    this.#next++;
    return number % limit;
  }

  /** True once in `times`. */
  once(times: number): boolean {
    return this.below(times) === times - 1;
  }

  /** One of the items; the first is the simplest. */
  of<T>(...items: readonly [T, ...T[]]): T {
    return items[this.below(items.length)] ?? items[0];
  }
}

/** What a generator makes of any decisions; a failing run shrinks towards the first of each. */
export function generated<T>(generate: (choices: Choices) => T): fc.Arbitrary<T> {
  return fc
    .array(fc.nat({ max: 2519 }), { minLength: 41, maxLength: 97 })
    .map((numbers) => generate(new Choices(numbers)));
}
