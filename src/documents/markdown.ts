import { Lexer, type Tokens } from "marked";
import type { Source } from "./source.ts";

/** A table of a Markdown document, with the text of its cells as written. */
export interface MarkdownTable {
  /** The text of the heading above it; empty where there is none. */
  readonly heading: string;
  /** The 1-based line of its header. */
  readonly line: number;
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Quotes and lists, nested deeper than anyone writes them: they would take the parser minutes, or overflow its stack. */
const TOO_DEEP = /^(?:[ \t]*>){20}|^[ \t]{40,}(?:[-*+]|\d+[.)])\s|^[ \t]*(?:(?:[-*+>]|\d+[.)])[ \t]+){20}/m;

/** The tables of a document that stand outside of lists and quotes (GitHub Flavored Markdown). */
export function tablesOf({ text }: Source): readonly MarkdownTable[] {
  if (TOO_DEEP.test(text)) return [];
  const tables: MarkdownTable[] = [];
  let heading = "";
  let line = 1;
  // The blocks alone: what stands within a line is not read.
  for (const token of new Lexer().blockTokens(text.replaceAll(/\r\n?/g, "\n"))) {
    if (token.type === "heading") heading = (token as Tokens.Heading).text;
    else if (token.type === "table") {
      const { header, rows } = token as Tokens.Table;
      tables.push({ heading, line, header: header.map(textOf), rows: rows.map((row) => row.map(textOf)) });
    }
    line += token.raw.split("\n").length - 1;
  }
  return tables;
}

const textOf = ({ text }: Tokens.TableCell): string => text;
