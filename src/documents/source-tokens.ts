import jsTokens, { type Token } from "js-tokens";
import type { Source } from "./source.ts";

/** A token of a JavaScript or TypeScript file, with where it begins. */
export interface Positioned {
  readonly type: Token["type"];
  readonly value: string;
  readonly offset: number;
}

/** The tokens of a source file without white space and comments. */
export function significantTokens(source: Source): readonly Positioned[] {
  const tokens: Positioned[] = [];
  let offset = 0;
  for (const { type, value } of jsTokens(source.text, { jsx: source.path.endsWith("x") })) {
    const isNoise = /^(?:WhiteSpace|LineTerminatorSequence|SingleLineComment|MultiLineComment|HashbangComment)$/.test(
      type,
    );
    if (!isNoise) tokens.push({ type, value, offset });
    offset += value.length;
  }
  return tokens;
}
