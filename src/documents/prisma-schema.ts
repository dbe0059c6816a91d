import type { Source } from "./source.ts";

/** The `datasource` block of a schema of Prisma. */
export interface Datasource {
  /** What it reads by `env("NAME")`. */
  readonly reads: readonly DatasourceRead[];
}

/** `url = env("DATABASE_URL")`. */
export interface DatasourceRead {
  readonly property: string;
  readonly variable: string;
  /** Where `env` begins in the file. */
  readonly offset: number;
}

/**
 * The datasources of a file, of which a valid schema has at most one. Blocks and properties have lines of their own, and there are no
 * comments but those to the end of a line: anything else is an error of Prisma 5.22.0.
 * https://www.prisma.io/docs/orm/reference/prisma-schema-reference
 */
export function readDatasources({ text }: Source): readonly Datasource[] {
  const code = text.replaceAll(COMMENT_OR_STRING, (part) => (part.startsWith("//") ? " ".repeat(part.length) : part));
  return Array.from(code.matchAll(BLOCK), (block) => {
    const start = block.index + block[0].indexOf("{") + 1;
    const body = code.slice(start, block.index + block[0].length);
    return {
      reads: Array.from(body.matchAll(READ), (read) => {
        const [line, property = "", variable = ""] = read;
        return { property, variable, offset: start + read.index + line.search(/\benv\s*\(/) };
      }),
    };
  });
}

const COMMENT_OR_STRING = /\/\/[^\n]*|"(?:\\.|[^"\\\n])*"/g;
const BLOCK = /^[ \t]*datasource[ \t]+[\w-]+[ \t]*\{[ \t\r]*$[^]*?^[ \t]*\}/gm;
const READ = /^[ \t]*(\w+)[ \t]*=[ \t]*env[ \t]*\([ \t]*"([^"\\\n]+)"[ \t]*\)[ \t\r]*$/gm;
