import jsTokens from "js-tokens";
import type { Source } from "./source.ts";

/** A module that a file imports from, or passes on the exports of, by a name of it. */
export interface ModuleImport {
  readonly specifier: string;
  /** Where the specifier is written. */
  readonly offset: number;
}

/** What a TypeScript file says about modules, as far as it matters to their being found. */
export interface ModuleNames {
  readonly imports: readonly ModuleImport[];
  /** Names and patterns of `declare module "…"`, which stand in for modules that are not found. */
  readonly declared: readonly string[];
}

const NOISE = /^(?:WhiteSpace|LineTerminatorSequence|HashbangComment)$/;
const COMMENT = /^(?:Single|Multi)LineComment$/;
const CLAUSE = /^[{},*]$/;

/**
 * Reads `import … from "x"` and `export … from "x"` at the top level of a file. A dynamic import, a `require` and an import
 * for its effect alone are left out, and so is all whose errors a comment turns off.
 */
export function readModuleNames(source: Source): ModuleNames {
  const imports: ModuleImport[] = [];
  const declared: string[] = [];
  let offset = 0;
  let depth = 0;
  let isInClause = false;
  let isMuted = false;
  const recent: string[] = [];
  const end = endOfNames(source.text);
  for (const { type, value } of jsTokens(source.text, { jsx: source.path.endsWith("x") })) {
    const start = offset;
    offset += value.length;
    if (start > end) break;
    if (COMMENT.test(type)) {
      if (value.includes("@ts-nocheck")) return { imports: [], declared };
      isMuted ||= /@ts-(?:ignore|expect-error)/.test(value);
    }
    if (NOISE.test(type) || COMMENT.test(type)) continue;
    const isText = type === "StringLiteral";
    if (isText && recent.at(-1) === "module" && recent.at(-2) === "declare") declared.push(value.slice(1, -1));
    if (isText && isInClause) {
      if (recent.at(-1) === "from" && !isMuted) imports.push({ specifier: value.slice(1, -1), offset: start });
      isInClause = isMuted = false;
    }
    const isKeyword = (value === "import" || value === "export") && depth === 0 && recent.at(-1) !== ".";
    if (isKeyword) isInClause = true;
    else if (type !== "IdentifierName" && !CLAUSE.test(value)) isInClause = false;
    if (/^[([{]$/.test(value)) depth++;
    else if (/^[)\]}]$/.test(value)) depth--;
    recent.push(value);
    if (recent.length > 2) recent.shift();
  }
  return { imports, declared };
}

/** The offset after which no module is named, so that the rest of the file need not be read. */
function endOfNames(text: string): number {
  return Math.max(
    -1,
    ...Array.from(text.matchAll(/\b(?:from|module)\s*["']/g), ({ index, 0: match }) => index + match.length),
  );
}
