import { Lexer, TokenType, type Token } from "@actions/expressions/lexer";
import type { Reference } from "./expression-references.ts";
import type { Range } from "./source.ts";

/** Where an expression names one part of the path of what it reads, each time that it reads it: `build` in `steps.build.outcome`. */
export function rangesOfPart(text: string, { context, path }: Reference, part: number): readonly Range[] {
  const { tokens } = new Lexer(text).lex();
  return tokens.flatMap((token, index) => {
    const isContext = token.type === TokenType.IDENTIFIER && isSame(token.lexeme, context);
    if (!isContext || tokens[index - 1]?.type === TokenType.DOT) return [];
    const named = partTokens(tokens.slice(index + 1)).slice(0, part + 1);
    const isRead = named.length > part && named.every((name, at) => isSame(nameIn(name), path[at] ?? ""));
    const last = named.at(-1);
    return isRead && last ? rangeOf(last, text) : [];
  });
}

function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** The names in `.a['b'].c`, as far as they are written. */
function partTokens([separator, name, ...rest]: readonly Token[]): readonly Token[] {
  if (!name) return [];
  if (separator?.type === TokenType.DOT) return [name, ...partTokens(rest)];
  const isQuoted = separator?.type === TokenType.LEFT_BRACKET && name.type === TokenType.STRING;
  return isQuoted && rest[0]?.type === TokenType.RIGHT_BRACKET ? [name, ...partTokens(rest.slice(1))] : [];
}

function nameIn({ type, lexeme, value }: Token): string {
  return type === TokenType.STRING ? String(value) : lexeme;
}

/** Without the quotes; nothing where the lexer's place does not hold the name, as behind a text with a line break. */
function rangeOf(token: Token, text: string): readonly Range[] {
  const { line, column } = token.range.start;
  const before = text.split("\n").slice(0, line);
  const start =
    before.reduce((sum, { length }) => sum + length + 1, column) + (token.type === TokenType.STRING ? 1 : 0);
  const name = nameIn(token);
  return text.startsWith(name, start) ? [[start, start + name.length]] : [];
}
