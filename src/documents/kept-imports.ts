import type { Source } from "./source.ts";
import { significantTokens, stringValue, type Positioned } from "./source-tokens.ts";

/** A module that a file certainly still imports when its types are gone. */
export interface KeptImport {
  readonly specifier: string;
  /** Where the specifier is written. */
  readonly offset: number;
  /** True for `const X = lazy(() => import("x"))`, which loads it later, but has it bundled. */
  readonly isLazy: boolean;
}

/**
 * The imports at the top level of a file that are there for certain when it runs or is bundled. What compiles TypeScript file by
 * file drops those of which no name is used as a value: esbuild, Oxc, SWC and Bun, run.
 */
export function readKeptImports(source: Source): readonly KeptImport[] {
  const tokens = significantTokens(source);
  const isTypeScript = /\.[cm]?tsx?$/.test(source.path);
  const imports: KeptImport[] = [];
  let uses: Uses | undefined;
  let depth = 0;
  for (const [index, { value }] of tokens.entries()) {
    if (/^[([{]$/.test(value)) depth++;
    else if (/^[)\]}]$/.test(value)) depth--;
    if (depth > 0) continue;
    const lazy = value === "const" ? lazyImportAt(tokens, index) : undefined;
    if (lazy) imports.push({ ...lazy, isLazy: true });
    const clause = value === "import" || value === "export" ? clauseAt(tokens, index) : undefined;
    if (!clause) continue;
    const isKept = !isTypeScript || keeps(clause, () => (uses ??= new Uses(tokens)));
    if (isKept) imports.push({ ...clause.module, isLazy: false });
  }
  return imports;
}

/** `import … from "x"` or `export … from "x"`. */
interface Clause {
  readonly keyword: string;
  readonly words: readonly string[];
  readonly module: { readonly specifier: string; readonly offset: number };
}

const MAX_CLAUSE = 1000;

function clauseAt(tokens: readonly Positioned[], index: number): Clause | undefined {
  const keyword = tokens[index]?.value ?? "";
  const words: string[] = [];
  for (let at = index + 1; at <= index + MAX_CLAUSE; at++) {
    const token = tokens[at];
    const specifier = stringValue(token);
    if (token && specifier !== undefined) {
      const isModule = words.at(-1) === "from" || (words.length === 0 && keyword === "import");
      return isModule ? { keyword, words: words.slice(0, -1), module: { specifier, offset: token.offset } } : undefined;
    }
    if (!token || !(token.type === "IdentifierName" || /^[{},*]$/.test(token.value))) return undefined;
    words.push(token.value);
  }
  return undefined;
}

/** Whether nothing that compiles a clause can drop it. */
function keeps({ keyword, words }: Clause, usesOf: () => Uses): boolean {
  const [first, second] = words;
  if (first === undefined) return true;
  if (first === "type" && second !== undefined && second !== ",") return false;
  const names = namesIn(words);
  if (keyword === "export") return first === "*" || names.length > 0;
  return names.some((name) => usesOf().isValue(name));
}

/** The names of `{ a, type B, c as d }`, `* as e` and `f` that are not said to be types, as they are known in the file. */
function namesIn(words: readonly string[]): readonly string[] {
  const parts: string[][] = [[]];
  for (const word of words) {
    if (/^[{},]$/.test(word)) parts.push([]);
    else parts.at(-1)?.push(word);
  }
  return parts.flatMap((part) => {
    const name = part.at(-1);
    return name === undefined || name === "*" || (part[0] === "type" && part.length > 1) ? [] : [name];
  });
}

/** `const X = lazy(() => import("x"))` */
function lazyImportAt(
  tokens: readonly Positioned[],
  index: number,
): { readonly specifier: string; readonly offset: number } | undefined {
  const [name, equals, ...rest] = tokens.slice(index + 1, index + 14);
  if (name?.type !== "IdentifierName" || equals?.value !== "=") return undefined;
  const words = rest.map(({ value }) => value);
  const start = words[0] === "React" && words[1] === "." ? 2 : 0;
  const isLazy = words[start] === "lazy" && words.slice(start + 1, start + 7).join("") === "(()=>import(";
  const token = isLazy ? rest[start + 7] : undefined;
  const specifier = stringValue(token);
  return token && specifier !== undefined ? { specifier, offset: token.offset } : undefined;
}

/** Before a name these make it a value, whatever follows. */
const BEFORE_VALUE = new Set(["await", "instanceof", "new", "return", "throw", "yield", "!", "&&", "||", "??", "==="]);
/** Words before a bracket in which there may be a type. */
const BEFORE_TYPES = new Set(
  "as asserts catch constructor extends for function if implements in infer is keyof of readonly satisfies switch typeof unique while".split(
    " ",
  ),
);

const DECLARING = new Set(
  "class const declare enum function infer interface let namespace override private protected public readonly static type var".split(
    " ",
  ),
);

/** How the names of a file are used in it. */
class Uses {
  readonly #tokens: readonly Positioned[];
  readonly #at = new Map<string, number[]>();

  constructor(tokens: readonly Positioned[]) {
    this.#tokens = tokens;
    for (const [index, { type, value }] of tokens.entries()) {
      if (type !== "IdentifierName" && type !== "JSXIdentifier") continue;
      const known = this.#at.get(value);
      if (known) known.push(index);
      else this.#at.set(value, [index]);
    }
  }

  /** Whether a name that is imported certainly stands for a value somewhere: nothing else in the file may have the same name. */
  isValue(name: string): boolean {
    const indices = (this.#at.get(name) ?? []).filter((index) => this.#value(index - 1) !== ".");
    return indices.some((index) => this.#isValueAt(index)) && !indices.some((index) => this.#mayDeclare(index));
  }

  #value(index: number): string {
    return this.#tokens[index]?.value ?? "";
  }

  #isValueAt(index: number): boolean {
    const before = this.#value(index - 1);
    // `<List<Item>>`
    const isElement = before === "<" && this.#tokens[index - 2]?.type !== "JSXIdentifier";
    if (this.#tokens[index]?.type === "JSXIdentifier") return isElement;
    if (BEFORE_VALUE.has(before)) return true;
    const end = this.#endOfMembers(index);
    const isMember = end > index + 1;
    if (this.#value(end) === "(") return isMember || this.#isCalled(index, end);
    if (before === "=") return /^(?:const|let|var)$/.test(this.#value(index - 3));
    return /^[(,]$/.test(before) && this.#isArgument(index, isMember);
  }

  /** Whether a name before an opening bracket is called, and no method that is declared. */
  #isCalled(index: number, open: number): boolean {
    const isExpression = /^(?:[=([,:?@]|=>|\.\.\.|default)$/.test(this.#value(index - 1));
    return isExpression && !/^(?:[{:]|=>)$/.test(this.#value(this.#closing(open) + 1));
  }

  /** Whether what stands at an index is given to a function: a parameter has no members. */
  #isArgument(index: number, isMember: boolean): boolean {
    const open = this.#openingOfArguments(index);
    const callee = this.#tokens[open - 1];
    const isCall = this.#value(open) === "(" && callee?.type === "IdentifierName" && !BEFORE_TYPES.has(callee.value);
    if (!isCall || this.#value(open - 2) === "function") return false;
    const isWhole = /^[,)]$/.test(this.#value(index + 1));
    return isMember || (isWhole && !/^(?:[{:]|=>)$/.test(this.#value(this.#closing(open) + 1)));
  }

  /** The index after `a.b.c` that begins at an index. */
  #endOfMembers(index: number): number {
    let end = index + 1;
    while (/^\??\.$/.test(this.#value(end)) && this.#tokens[end + 1]?.type === "IdentifierName") end += 2;
    return end;
  }

  /** The bracket around an index; -1 where what is between may be the beginning of a list of types. */
  #openingOfArguments(index: number): number {
    let depth = 0;
    for (let open = index - 1; open >= 0; open--) {
      if (depth === 0 && this.#value(open) === "<") return -1;
      if (/^[)\]}]$/.test(this.#value(open))) depth++;
      else if (/^[([{]$/.test(this.#value(open)) && depth-- === 0) return open;
    }
    return -1;
  }

  #closing(open: number): number {
    let depth = 0;
    for (let index = open; index < this.#tokens.length; index++) {
      if (/^[([{]$/.test(this.#value(index))) depth++;
      else if (/^[)\]}]$/.test(this.#value(index)) && --depth === 0) return index;
    }
    return this.#tokens.length;
  }

  /** Whether a name may be that of a variable, parameter, function or type here. */
  #mayDeclare(index: number): boolean {
    const [before, after] = [this.#value(index - 1), this.#value(index + 1)];
    if (DECLARING.has(before) || after === "=>") return true;
    if (!/^(?:[(,:{[]|\.\.\.)$/.test(before) || !/^[:=,)\]}?]$/.test(after)) return false;
    if (before === ":") return /^[=,}]$/.test(after);
    // Where it is imported, and in a call, a name stands between the same signs.
    const isArgument = /^[(,]$/.test(before) && /^[,)]$/.test(after) && this.#isArgument(index, false);
    return !isArgument && !this.#isInClause(index);
  }

  #isInClause(index: number): boolean {
    for (let at = index - 1; at >= 0; at--) {
      const { type, value = "" } = this.#tokens[at] ?? {};
      if (value === "import") return true;
      if (type !== "IdentifierName" && !/^[{},*]$/.test(value)) return false;
    }
    return false;
  }
}
