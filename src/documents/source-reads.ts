import { checkedVariablesAt } from "./env-schema.ts";
import type { Source } from "./source.ts";
import { importedModuleAt } from "./source-imports.ts";
import { significantTokens, stringValue, type Positioned } from "./source-tokens.ts";

/** What a JavaScript or TypeScript file says about its surroundings. */
export interface SourceReads {
  /** Environment variables that it reads, with the first read of each. */
  readonly variables: ReadonlyMap<string, VariableRead>;
  /** Those of them that it reads outside of branches, be it in a function. */
  readonly outsideBranches: ReadonlyMap<string, VariableRead>;
  /** Those of them that it reads whenever it is loaded: outside functions, classes and branches. */
  readonly whenLoaded: ReadonlyMap<string, VariableRead>;
  /** Environment variables that it sets itself. */
  readonly written: ReadonlySet<string>;
  /** True where it may set any. */
  readonly setsAny: boolean;
  /** Modules that it imports, as written; none where it puts others in their place. */
  readonly imports: readonly string[];
  /** Those of them that are loaded whenever it is. */
  readonly loadedImports: readonly string[];
}

/** A read of an environment variable. */
export interface VariableRead {
  readonly offset: number;
  /** Variables of which none may be set, or it is not read. */
  readonly unlessSet: readonly string[];
}

const NOTHING: SourceReads = {
  variables: new Map(),
  outsideBranches: new Map(),
  whenLoaded: new Map(),
  written: new Set(),
  setsAny: false,
  imports: [],
  loadedImports: [],
};
/** Ways to set variables that are not named. */
export const SETS_ANY = /\bObject\.assign\(\s*process\.env\b|\bprocess\.env\s*=(?!=)|\bloadEnvFile\b/;
/** Calls by which a test puts modules in the place of others, also of those that its imports import. */
const MOCKS = /\b(?:do|unstable_)?[mM]ock(?:Module)?\(|\bmock\.module\(|\bproxyquire\b/;
const EXTENSION = /\.[cm]?[jt]sx?$/;

/** Reads a source file by its tokens, so that comments and strings are not taken for code; other files by name. */
export function readSourceReads(source: Source): SourceReads {
  if (source.path.endsWith(".prisma")) return readPrisma(source);
  if (!EXTENSION.test(source.path)) return NOTHING;
  const tokens = significantTokens(source);
  const variables = new Map<string, VariableRead>();
  const outsideBranches = new Map<string, VariableRead>();
  const whenLoaded = new Map<string, VariableRead>();
  const written = new Set<string>();
  const imports: string[] = [];
  const loadedImports: string[] = [];
  const isTypeScript = /\.[cm]?tsx?$/.test(source.path);
  const isMocking = MOCKS.test(source.text);
  const nesting = new Nesting();
  const hasSchema = source.text.includes("@t3-oss/env-");
  const add = (name: string, read: VariableRead): void => {
    if (!variables.has(name)) variables.set(name, read);
    if (nesting.isBranch || nesting.isPassedOver) return;
    if (!outsideBranches.has(name)) outsideBranches.set(name, read);
    if (nesting.isLoaded && !nesting.isDefault && !whenLoaded.has(name)) whenLoaded.set(name, read);
  };
  for (const [index, token] of tokens.entries()) {
    nesting.enter(token, tokens[index - 1]);
    for (const name of readAt(tokens, index)) add(name, { offset: token.offset, unlessSet: [] });
    for (const { name, ...read } of hasSchema ? checkedVariablesAt(tokens, index) : []) add(name, read);
    const target = writtenAt(tokens, index);
    if (target !== undefined) written.add(target);
    const module = importedModuleAt(tokens, index, isTypeScript);
    if (isMocking || !module) continue;
    imports.push(module.specifier);
    if (!module.isCall || (nesting.isLoaded && !module.isConditional)) loadedImports.push(module.specifier);
  }
  return {
    variables,
    outsideBranches,
    whenLoaded,
    written,
    setsAny: SETS_ANY.test(source.text),
    imports,
    loadedImports,
  };
}

/** What a `{` stands after where it begins an object, so that what is inside runs with what is around it. */
const BEFORE_OBJECT = new Set(["=", "(", ",", ":", "[", "?", "??", "||", "&&", "default"]);

/** What stands before the `{` of a branch, or before the condition in front of it. */
const BRANCHES = new Set(["if", "else", "switch", "while", "catch"]);

/** After these the rest of an expression is evaluated only where what stands before asks for it. */
const PASSING = new Set(["?", "&&", "||", "??", "else"]);

/** What begins another expression or statement. */
const NEXT = new Set([",", ";", "const", "export", "import", "let", "return", "throw", "var"]);

/** How the place that was reached is run. */
class Nesting {
  readonly #outer: {
    readonly isLoaded: boolean;
    readonly isBranch: boolean;
    readonly isPassedOver: boolean;
    readonly before: string;
  }[] = [];
  /** What stands before the brackets that were last closed. */
  #closed = "";
  /** Whether it runs whenever the file is loaded. */
  isLoaded = true;
  /** Whether it runs only where a condition holds. */
  isBranch = false;
  /** Whether it is a part of an expression, or of a statement without a block, that may be passed over. */
  isPassedOver = false;
  /** Whether it is what a parameter is for want of an argument, or a property that is not there. */
  isDefault = false;

  enter({ type, value }: Positioned, previous: Positioned | undefined): void {
    const before = previous?.value ?? "";
    this.isDefault = before === "=" && this.#outer.length > 0;
    if (NEXT.has(value)) this.isPassedOver = false;
    else if (PASSING.has(value) || (before === ")" && BRANCHES.has(this.#closed))) this.isPassedOver = true;
    if (/^[([{]$/.test(value) || type === "TemplateHead") {
      const { isLoaded, isBranch, isPassedOver } = this;
      this.#outer.push({ isLoaded, isBranch, isPassedOver, before });
      if (isPassedOver) this.isBranch = true;
      this.isPassedOver = false;
      if (value !== "{") return;
      if (!BEFORE_OBJECT.has(before)) this.isLoaded = false;
      if (BRANCHES.has(before === ")" ? this.#closed : before)) this.isBranch = true;
    } else if (/^[)\]}]$/.test(value) || type === "TemplateTail") {
      const outer = this.#outer.pop();
      this.isLoaded = outer?.isLoaded ?? true;
      this.isBranch = outer?.isBranch ?? false;
      // A block ends the statement that it is.
      this.isPassedOver = outer?.isPassedOver === true && !(value === "}" && /^(?:\)|else)$/.test(outer.before));
      this.#closed = outer?.before ?? "";
    } else if (value === "=>") this.isLoaded = false;
    else if (value === ";" && this.#outer.length === 0) this.isLoaded = true;
    // Without semicolons the next statement shows that an arrow function has ended.
    else if (/^(?:const|export|let|var)$/.test(value) && this.#outer.length === 0) this.isLoaded = true;
  }
}

/** The variables of an environment that is read at an index. */
function readAt(tokens: readonly Positioned[], index: number): readonly string[] {
  const end = environmentEnd(tokens, index);
  if (end === undefined) return [];
  const { name, next } = memberAt(tokens, end);
  const read = name === undefined || isSetAt(tokens, index, next) ? [] : [name];
  const names = tokens[index - 1]?.value === "=" ? [...read, ...destructuredKeys(tokens, index - 2)] : read;
  return tokens[index]?.value === "import" ? names.filter((found) => BUNDLED.test(found)) : names;
}

/** What bundlers put into `import.meta.env`, beside values of their own like `BASE_URL` and `MODE`. */
const BUNDLED = /^(?:PUBLIC|VITE)_/;

const ASSIGNMENTS = new Set(["=", "??=", "||="]);

/** The variable of an environment that is set at an index. */
function writtenAt(tokens: readonly Positioned[], index: number): string | undefined {
  const end = environmentEnd(tokens, index);
  const { name, next } = end === undefined ? { next: index } : memberAt(tokens, end);
  return isSetAt(tokens, index, next) ? name : undefined;
}

/** Whether the member of an environment that ends before an index is given a value, or taken away. */
function isSetAt(tokens: readonly Positioned[], start: number, end: number): boolean {
  return ASSIGNMENTS.has(tokens[end]?.value ?? "") || tokens[start - 1]?.value === "delete";
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

/** `url = env("DATABASE_URL")`. https://www.prisma.io/docs/orm/reference/prisma-schema-reference */
function readPrisma({ text }: Source): SourceReads {
  const code = text.replaceAll(/\/\/[^\n]*/g, (comment) => " ".repeat(comment.length));
  const found = [...code.matchAll(/\benv\(\s*"(\w+)"\s*\)/g)];
  const variables = new Map(found.map((match) => [match[1] ?? "", { offset: match.index, unlessSet: [] }]));
  return { ...NOTHING, variables, outsideBranches: variables, whenLoaded: variables };
}
