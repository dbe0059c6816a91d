import jsTokens, { type JSXToken, type Token } from "js-tokens";
import type { Source } from "./source.ts";

/** A token of a JavaScript or TypeScript file, with where it begins. */
export interface Positioned {
  readonly type: (JSXToken | Token)["type"];
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

/** The module in `from "x"`, `import "x"`, `import("x")` and `require("x")`. */
export function specifierAt(tokens: readonly Positioned[], index: number): string | undefined {
  const { value } = tokens[index] ?? {};
  if (value === "from" || value === "import") {
    const direct = stringValue(tokens[index + 1]);
    if (direct !== undefined) return direct;
  }
  const isCall = (value === "import" || value === "require") && tokens[index + 1]?.value === "(";
  return isCall ? stringValue(tokens[index + 2]) : undefined;
}

/** What a string without expressions holds. */
export function stringValue(token: Positioned | undefined): string | undefined {
  const isString = token?.type === "StringLiteral" || token?.type === "NoSubstitutionTemplate";
  return isString ? token.value.slice(1, -1) : undefined;
}

/** The index of the bracket that closes the one at an index. */
export function closingOf(tokens: readonly Positioned[], start: number): number {
  let depth = 0;
  for (let index = start; index < tokens.length; index++) {
    depth += depthOf(tokens[index]);
    if (depth === 0) return index;
  }
  return tokens.length;
}

/** By how much a token changes the depth of brackets. */
export function depthOf(token: Positioned | undefined): number {
  if (/^[([{]$/.test(token?.value ?? "") || token?.type === "TemplateHead") return 1;
  return /^[)\]}]$/.test(token?.value ?? "") || token?.type === "TemplateTail" ? -1 : 0;
}
