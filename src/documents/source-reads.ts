import { checkedVariablesAt, givenValuesAt, type GivenValues } from "./env-schema.ts";
import { MOCKS } from "./mocked-modules.ts";
import { Nesting } from "./nesting.ts";
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
export const SETS_ANY = new RegExp(
  [
    String.raw`\b(?:Object\.(?:assign|definePropert(?:ies|y))|Reflect\.set|populate)\(\s*process\.env\b`,
    String.raw`\bprocess\.env\s*=(?!=)`,
    String.raw`\bprocess\.env\s*\[\s*[^\s"'][^=\n;]*\]\s*(?:\?\?|\|\|)?=(?![=>])`,
    // `const { env } = process`
    String.raw`(?<!\.)\benv(?:\.\w+|\[[^\]\n]*\])\s*(?:\?\?|\|\|)?=(?![=>])`,
    String.raw`\bloadEnvFile\b`,
  ].join("|"),
);
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
    if (!nesting.isOutsideBranches) return;
    if (!outsideBranches.has(name)) outsideBranches.set(name, read);
    if (nesting.isCertain && !whenLoaded.has(name)) whenLoaded.set(name, read);
  };
  let given: GivenValues | undefined;
  for (const [index, token] of tokens.entries()) {
    nesting.enter(tokens, index);
    if (hasSchema) given = givenValuesAt(tokens, index) ?? given;
    const unlessSet = given && index < given.end ? given.unlessSet : [];
    for (const name of readAt(tokens, index)) add(name, { offset: token.offset, unlessSet });
    for (const { name, ...read } of hasSchema ? checkedVariablesAt(tokens, index) : []) add(name, read);
    const target = writtenAt(tokens, index);
    if (target !== undefined) written.add(target);
    const module = importedModuleAt(tokens, index, isTypeScript);
    if (isMocking || !module) continue;
    imports.push(module.specifier);
    if (!module.isCall || nesting.isCertain) loadedImports.push(module.specifier);
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

/** The variables of an environment that is read at an index. */
function readAt(tokens: readonly Positioned[], index: number): readonly string[] {
  const end = environmentEnd(tokens, index);
  if (end === undefined) return [];
  const { name, next } = memberAt(tokens, end);
  const isType = tokens[index - 1]?.value === "typeof" && !/^[!=]==?$/.test(tokens[next]?.value ?? "");
  const read = name === undefined || isType || isSetAt(tokens, index, next) ? [] : [name];
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

/** The index after `process.env` and its like, if they start here, and are no members of something else. */
function environmentEnd(tokens: readonly Positioned[], index: number): number | undefined {
  const isMember = /^\??\.$/.test(tokens[index - 1]?.value ?? "");
  if (isMember && !/^global(?:This)?$/.test(tokens[index - 2]?.value ?? "")) return undefined;
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
