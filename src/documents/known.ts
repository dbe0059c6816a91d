/** A value that is certain, or the reason why it cannot be known from the files alone. Unknown is never a reason to report. */
export type Known<T> = { readonly known: true; readonly value: T } | { readonly known: false; readonly why: string };

/** A certain value. */
export function known<T>(value: T): Known<T> {
  return { known: true, value };
}

/** The absence of certainty; `why` completes the sentence "cannot be known because …". */
export function unknown(why: string): Known<never> {
  return { known: false, why };
}
