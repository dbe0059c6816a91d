import { distance } from "fastest-levenshtein";

/** The name that is written like another one but for its scope or punctuation or, where there is no such, but for a letter or two. */
export function similarTo(name: string, candidates: Iterable<string>): string | undefined {
  const others = [...new Set(candidates)].filter((other) => other !== name);
  const same = others.filter((other) => isSpelledLike(other.replace(/^@[^/]*\//, ""), name.replace(/^@[^/]*\//, "")));
  const close = name.length < 4 ? [] : others.filter((other) => distance(other, name) <= 2);
  const [first, ...more] = same.length > 0 ? same : close;
  return more.length === 0 ? first : undefined;
}

/** Whether two names are the same but for their punctuation and the case of their letters. */
export function isSpelledLike(one: string, other: string): boolean {
  const letters = (text: string): string => text.toLowerCase().replaceAll(/[^a-z\d]/g, "");
  return letters(one) === letters(other);
}
