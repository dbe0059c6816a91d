import jsTokens, { type Token } from "js-tokens";
import type { Source } from "./source.ts";

/** What a JavaScript or TypeScript file says about its surroundings. */
export interface SourceReads {
  /** Environment variables that it reads, with the offset of the first read of each. */
  readonly variables: ReadonlyMap<string, number>;
  /** Relative modules that it imports, as written. */
  readonly imports: readonly string[];
}

interface Positioned {
  readonly type: Token["type"];
  readonly value: string;
  readonly offset: number;
}

const EXTENSION = /\.[cm]?[jt]sx?$/;

/** Reads a source file by its tokens, so that comments and strings are not taken for code; other files by name. */
export function readSourceReads(source: Source): SourceReads {
  if (source.path.endsWith(".prisma")) return readPrisma(source);
  if (!EXTENSION.test(source.path)) return { variables: new Map(), imports: [] };
  const tokens = significantTokens(source);
  const variables = new Map<string, number>();
  const imports: string[] = [];
  const add = (name: string | undefined, offset: number): void => {
    if (name !== undefined && !variables.has(name)) variables.set(name, offset);
  };
  for (const [index, token] of tokens.entries()) {
    const end = environmentEnd(tokens, index);
    if (end !== undefined) {
      const { name, next } = memberAt(tokens, end);
      if (name !== undefined && tokens[next]?.value !== "=") add(name, token.offset);
      if (tokens[index - 1]?.value === "=")
        for (const key of destructuredKeys(tokens, index - 2)) add(key, token.offset);
    }
    const specifier = specifierAt(tokens, index);
    if (specifier?.startsWith(".")) imports.push(specifier);
  }
  return { variables, imports };
}

function significantTokens(source: Source): readonly Positioned[] {
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

const ENVIRONMENTS: readonly (readonly string[])[] = [
  ["process", ".", "env"],
  ["import", ".", "meta", ".", "env"],
  ["Bun", ".", "env"],
];

/** The index after `process.env` and its like, if they start here. */
function environmentEnd(tokens: readonly Positioned[], index: number): number | undefined {
  const found = ENVIRONMENTS.find((words) => words.every((word, position) => tokens[index + position]?.value === word));
  return found && index + found.length;
}

/** The name in `.NAME`, `?.NAME` or `["NAME"]`, and the index after it. */
function memberAt(tokens: readonly Positioned[], index: number): { readonly name?: string; readonly next: number } {
  const [first, second, third] = tokens.slice(index, index + 3);
  if ((first?.value === "." || first?.value === "?.") && second?.type === "IdentifierName") {
    return { name: second.value, next: index + 2 };
  }
  const literal = first?.value === "[" && third?.value === "]" ? stringValue(second) : undefined;
  return literal === undefined ? { next: index } : { name: literal, next: index + 3 };
}

/** The keys of `{ A, B: b = 1 }` that ends at an index. */
function destructuredKeys(tokens: readonly Positioned[], end: number): readonly string[] {
  if (tokens[end]?.value !== "}") return [];
  const keys: string[] = [];
  for (let index = end - 1; index >= 0 && tokens[index]?.value !== "{"; index--) {
    const before = tokens[index - 1]?.value;
    const token = tokens[index];
    if (token?.type === "IdentifierName" && (before === "{" || before === ",")) keys.push(token.value);
  }
  return keys;
}

/** The module in `from "x"`, `import "x"`, `import("x")` and `require("x")`. */
function specifierAt(tokens: readonly Positioned[], index: number): string | undefined {
  const { value } = tokens[index] ?? {};
  if (value === "from" || value === "import") {
    const direct = stringValue(tokens[index + 1]);
    if (direct !== undefined) return direct;
  }
  const isCall = (value === "import" || value === "require") && tokens[index + 1]?.value === "(";
  return isCall ? stringValue(tokens[index + 2]) : undefined;
}

function stringValue(token: Positioned | undefined): string | undefined {
  const isString = token?.type === "StringLiteral" || token?.type === "NoSubstitutionTemplate";
  return isString ? token.value.slice(1, -1) : undefined;
}

/** `url = env("DATABASE_URL")`. https://www.prisma.io/docs/orm/reference/prisma-schema-reference */
function readPrisma({ text }: Source): SourceReads {
  const code = text.replaceAll(/\/\/[^\n]*/g, (comment) => " ".repeat(comment.length));
  const found = [...code.matchAll(/\benv\(\s*"(\w+)"\s*\)/g)];
  return { variables: new Map(found.map((match) => [match[1] ?? "", match.index])), imports: [] };
}
