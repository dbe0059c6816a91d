import { readSourceReads } from "./source-reads.ts";
import { closingOf, significantTokens, stringValue, type Positioned } from "./source-tokens.ts";
import type { Source } from "./source.ts";

/** What a prisma.config.ts says. */
export interface PrismaConfig {
  /** The path of the schema as it is written, relative to the file; undefined where none is named. */
  readonly schema: string | undefined;
  readonly imports: readonly string[];
}

/** What says where the database is, or sets up another engine. https://www.prisma.io/docs/orm/reference/prisma-config-reference */
const CONNECTS = /\b(?:adapter|datasource|engine|experimental|url)\b/;

/** Reads a prisma.config.ts; undefined where it may set variables, say otherwise where the database is, or compute the schema's path. */
export function readPrismaConfig(source: Source): PrismaConfig | undefined {
  const { setsAny, written, imports } = readSourceReads(source);
  const tokens = significantTokens(source);
  if (setsAny || written.size > 0 || tokens.some(({ value }) => CONNECTS.test(value))) return undefined;
  const keys = tokens.flatMap(({ value }, index) => (/^["']?schema["']?$/.test(value) ? [index] : []));
  const [key] = keys;
  if (key === undefined) return { schema: undefined, imports };
  const schema = keys.length === 1 && tokens[key + 1]?.value === ":" ? pathAt(tokens, key + 2) : undefined;
  return schema === undefined ? undefined : { schema, imports };
}

/** `"prisma/schema.prisma"` and `path.join("prisma", "schema.prisma")`. */
function pathAt(tokens: readonly Positioned[], index: number): string | undefined {
  const direct = stringValue(tokens[index]);
  if (direct !== undefined) return endsValue(tokens[index + 1]) ? direct : undefined;
  const isJoin = ["path", ".", "join", "("].every((value, at) => tokens[index + at]?.value === value);
  if (!isJoin) return undefined;
  const end = closingOf(tokens, index + 3);
  const parts = tokens.slice(index + 4, end).filter(({ value }) => value !== ",");
  const texts = parts.flatMap((part) => stringValue(part) ?? []);
  return texts.length === parts.length && endsValue(tokens[end + 1]) ? texts.join("/") : undefined;
}

function endsValue(token: Positioned | undefined): boolean {
  return token?.value === "," || token?.value === "}";
}
