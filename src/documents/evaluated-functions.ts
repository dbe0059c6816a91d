import type { RequiredVariable } from "./env-schema.ts";
import { readImportedNames, type ImportedName } from "./imported-names.ts";
import { Nesting } from "./nesting.ts";
import { checksIn, type Check } from "./required-variables.ts";
import type { Source } from "./source.ts";
import { closingOf, depthOf, significantTokens, type Positioned } from "./source-tokens.ts";

/** What certainly happens when a file is loaded, or when a function is called. */
export interface Evaluated {
  /** The variables without which it throws. */
  readonly required: readonly RequiredVariable[];
  /** The functions of other modules that are called. */
  readonly calls: readonly ImportedName[];
}

/** A JavaScript or TypeScript file as other modules may use it. */
export interface EvaluatedFile {
  readonly whenLoaded: Evaluated;
  /** What its functions do that take no parameters, by the names under which they are exported. */
  readonly functions: ReadonlyMap<string, Evaluated>;
  /** What it exports of other modules. */
  readonly passedOn: ReadonlyMap<string, ImportedName>;
}

/** Reads what happens whenever a file is loaded, with what the functions do that are called then. */
export function readEvaluatedFile(source: Source): EvaluatedFile {
  const tokens = significantTokens(source);
  const { imports, exports } = readImportedNames(source);
  const checks = checksIn(source);
  const { bodies, exported } = declarationsIn(tokens);
  const known = new Map<string, Evaluated>();
  const evaluate = (code: readonly Positioned[]): Evaluated => {
    const { required, names } = certainIn(code, code !== tokens, checks);
    const inner = names.map(call);
    return {
      required: [...new Set([...required, ...inner.flatMap((it) => it.required)])],
      calls: [...new Set(inner.flatMap((it) => it.calls))],
    };
  };
  const call = (name: string): Evaluated => {
    const imported = imports.get(name);
    if (imported && countOf(tokens, name) === 0) return { required: [], calls: [imported] };
    const body = bodies.get(name);
    const isOther = name !== "default" && countOf(tokens, name) !== 1;
    if (known.has(name) || !body || isOther || shadows(body, imports)) return known.get(name) ?? NOTHING;
    // What calls itself adds nothing.
    known.set(name, NOTHING);
    const evaluated = evaluate(body);
    known.set(name, evaluated);
    return evaluated;
  };
  const functions = new Map<string, Evaluated>();
  const passedOn = new Map(exports);
  for (const [other, name] of exported) {
    const imported = imports.get(name);
    if (bodies.has(name)) functions.set(other, call(name));
    else if (imported) passedOn.set(other, imported);
  }
  return { whenLoaded: evaluate(tokens), functions, passedOn };
}

const NOTHING: Evaluated = { required: [], calls: [] };

const DECLARES = /^(?:class|const|function|let|var)$/;

/** How often a name is declared in a file. */
function countOf(tokens: readonly Positioned[], name: string): number {
  return tokens.filter(({ value }, index) => value === name && DECLARES.test(tokens[index - 1]?.value ?? "")).length;
}

/** Whether code may give another meaning to names of the file: `const { name } = …`. */
function shadows(code: readonly Positioned[], names: ReadonlyMap<string, unknown>): boolean {
  return code.some(({ value }, index) => {
    const next = code[index + 1]?.value ?? "";
    return DECLARES.test(value) && (/^(?:[{[]|process)$/.test(next) || names.has(next));
  });
}

/** What code requires and which names it calls whenever it runs; in a body, as far as no statement leaves that before. */
function certainIn(
  code: readonly Positioned[],
  isBody: boolean,
  checks: readonly Check[],
): { readonly required: readonly RequiredVariable[]; readonly names: readonly string[] } {
  const required: RequiredVariable[] = [];
  const names: string[] = [];
  const nesting = new Nesting();
  let isLast = false;
  for (const [index, { type, value }] of code.entries()) {
    nesting.enter(code, index);
    if (isLast && value === ";") break;
    if (isBody && /^(?:break|continue|return|throw)$/.test(value)) {
      if (value !== "return" || !nesting.isCertain) break;
      isLast = true;
    }
    const isMember = /^\??\.$/.test(code[index - 1]?.value ?? "");
    if (type !== "IdentifierName" || !nesting.isCertain || isMember) continue;
    required.push(...checks.flatMap((check) => check(code, index)));
    if (isCallAt(code, index)) names.push(value);
  }
  return { required, names: [...new Set(names)] };
}

/** What a call may stand after. A string is the end of an import without a semicolon. */
const BEFORE_CALL = /^(?:|[[(,=:;]|\.\.\.|await|default|return|["'][^]*)$/;

/** Whether a name is called at an index, and not declared as a method. */
function isCallAt(tokens: readonly Positioned[], index: number): boolean {
  if (tokens[index + 1]?.value !== "(" || !BEFORE_CALL.test(tokens[index - 1]?.value ?? "")) return false;
  return !/^(?:[{:]|=>)$/.test(tokens[closingOf(tokens, index + 1) + 1]?.value ?? "");
}

interface Declarations {
  /** The bodies of functions at the top level, by name; `default` for one that is exported without a name. */
  readonly bodies: ReadonlyMap<string, readonly Positioned[]>;
  /** The names of the file by those under which it exports them. */
  readonly exported: ReadonlyMap<string, string>;
}

function declarationsIn(tokens: readonly Positioned[]): Declarations {
  const bodies = new Map<string, readonly Positioned[]>();
  const exported = new Map<string, string>();
  let depth = 0;
  for (const [index, token] of tokens.entries()) {
    depth += depthOf(token);
    if (depth > 0) continue;
    const [word, name = "", third = ""] = tokens.slice(index, index + 3).map(({ value }) => value);
    const isExported = tokens[index - 1]?.value === "export";
    const start = word === "const" && third === "=" ? index + 3 : word === "function" ? index : undefined;
    const body = start === undefined || tokens[index - 1]?.value === "async" ? undefined : bodyAt(tokens, start);
    if (body) bodies.set(name, body);
    if (isExported && /^(?:const|function)$/.test(word ?? "")) exported.set(name, name);
    if (word !== "export") continue;
    if (name === "{") for (const [local, other] of listAt(tokens, index + 1)) exported.set(other, local);
    if (name !== "default") continue;
    const unnamed = bodyAt(tokens, index + 2);
    const isNamed = third === "function" && tokens[index + 3]?.value !== "(";
    if (unnamed && !isNamed) bodies.set("default", unnamed);
    exported.set("default", isNamed ? (tokens[index + 3]?.value ?? "") : unnamed ? "default" : third);
  }
  return { bodies, exported };
}

/** The names in `{ a, b as c }`, unless another module is what exports them. */
function listAt(tokens: readonly Positioned[], start: number): readonly (readonly [string, string])[] {
  const end = closingOf(tokens, start);
  if (tokens[end + 1]?.value === "from") return [];
  const words = tokens.slice(start + 1, end).map(({ value }) => value);
  return words.flatMap((word, index) => {
    const isFirst = index === 0 || words[index - 1] === ",";
    if (!isFirst) return [];
    return [[word, words[index + 1] === "as" ? (words[index + 2] ?? word) : word] as const];
  });
}

/** What a type that stands after `()` is made of. */
const IN_TYPE = /^(?:[\w$]+|[.,<>|&[\]]|:)$/;

/** The body of a function without parameters that begins at an index: `() => …` or `function name() { … }`. */
function bodyAt(tokens: readonly Positioned[], start: number): readonly Positioned[] | undefined {
  const isArrow = tokens[start]?.value !== "function";
  const isNamed = !isArrow && tokens[start + 1]?.value !== "(";
  const open = isArrow ? start : start + (isNamed ? 2 : 1);
  if (tokens[open]?.value !== "(" || tokens[open + 1]?.value !== ")") return undefined;
  let index = open + 2;
  if (tokens[index]?.value === ":") while (IN_TYPE.test(tokens[index]?.value ?? "")) index++;
  if (isArrow && tokens[index]?.value !== "=>") return undefined;
  const first = isArrow ? index + 1 : index;
  if (tokens[first]?.value === "{") return tokens.slice(first + 1, closingOf(tokens, first));
  return isArrow ? tokens.slice(first, endOfExpression(tokens, first)) : undefined;
}

/** The index after an expression of a statement at the top level. */
function endOfExpression(tokens: readonly Positioned[], start: number): number {
  let depth = 0;
  for (let index = start; index < tokens.length; index++) {
    const { value = "" } = tokens[index] ?? {};
    if (depth === 0 && /^(?:[;,]|async|class|const|export|function|import|let|type|var)$/.test(value)) return index;
    depth += depthOf(tokens[index]);
  }
  return tokens.length;
}
