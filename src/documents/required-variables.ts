import { requiredBySchemaAt, type RequiredVariable } from "./env-schema.ts";
import type { Source } from "./source.ts";
import { importedModuleAt } from "./source-imports.ts";
import { significantTokens, stringValue, type Positioned } from "./source-tokens.ts";

/** What happens whenever a JavaScript or TypeScript file is loaded. */
export interface LoadedFile {
  /** The variables without which it throws. */
  readonly required: readonly RequiredVariable[];
  /** The modules that it then loads, as written. */
  readonly modules: readonly string[];
}

const NOTHING: LoadedFile = { required: [], modules: [] };

/** Reads what a source file requires and loads outside of functions, classes, branches and conditions. */
export function readLoadedFile(source: Source): LoadedFile {
  if (!/\.[cm]?[jt]sx?$/.test(source.path)) return NOTHING;
  const tokens = significantTokens(source);
  const isTypeScript = /\.[cm]?tsx?$/.test(source.path);
  const checks = checksIn(source);
  const required: RequiredVariable[] = [];
  const modules: string[] = [];
  const surroundings = new Surroundings();
  for (const [index, token] of tokens.entries()) {
    surroundings.enter(tokens, index);
    const module = importedModuleAt(tokens, index, isTypeScript);
    if (module && (!module.isCall || (surroundings.isCertain && isAwaited(tokens, index)))) {
      modules.push(module.specifier);
    }
    if (token.type !== "IdentifierName" || !surroundings.isCertain || !isEvaluated(tokens, index)) continue;
    required.push(...checks.flatMap((check) => check(tokens, index)));
  }
  return { required, modules };
}

/** Whether `await import("x")`, `await jiti.import("x")` and `require("x")` are evaluated, are no type, and nothing catches their failure. */
function isAwaited(tokens: readonly Positioned[], index: number): boolean {
  const isImport = tokens[index]?.value === "import";
  const start = tokens[index - 1]?.value === "." ? index - 2 : index;
  const isCaught = tokens[index + 4]?.value === ".";
  return (
    !isCaught &&
    (!isImport || tokens[start - 1]?.value === "await") &&
    isEvaluated(tokens, isImport ? start - 1 : start)
  );
}

/** What a call or statement that begins at an index requires. */
type Check = (tokens: readonly Positioned[], index: number) => readonly RequiredVariable[];

/** An import of a name, as it is, from a package. */
function imports(name: string, from: string): RegExp {
  return new RegExp(String.raw`^import\s*\{[^}]*\b${name}\b(?!\s+as\b)[^}]*\}\s*from\s*["']${from}["']`, "m");
}

function checksIn({ text }: Source): readonly Check[] {
  return [
    ...(imports("createEnv", String.raw`@t3-oss/env-(?:core|nextjs)`).test(text) ? [requiredBySchemaAt] : []),
    ...(imports("env", "prisma/config").test(text) ? [requiredByPrisma] : []),
  ];
}

/** `env("DATABASE_URL")` of `prisma/config` throws where it is not set. Prisma 6.19.0 and 7.10.1, run. */
const requiredByPrisma: Check = (tokens, index) => {
  const [callee, open, argument, close] = tokens.slice(index, index + 4);
  const name = stringValue(argument);
  const isCall = callee?.value === "env" && open?.value === "(" && close?.value === ")";
  return isCall && name !== undefined ? [{ name, offset: callee.offset, unlessSet: [], skippedBy: undefined }] : [];
};

/** What stands before an expression that is evaluated in any case. */
const BEFORE_EVALUATED = new Set(["", "=", "(", ",", "[", ";", "{", "}", "await", "default"]);

/** Whether what begins at an index is evaluated where its surroundings are: not after `&&`, in a part of a ternary or after `if (…)`. */
function isEvaluated(tokens: readonly Positioned[], index: number): boolean {
  const { type, value = "" } = tokens[index - 1] ?? {};
  return BEFORE_EVALUATED.has(value) || type === "StringLiteral" || isPropertyValue(tokens, index);
}

/** Whether a value stands after the name of a property, and not after the `:` of a ternary. */
function isPropertyValue(tokens: readonly Positioned[], index: number): boolean {
  const [before, name, colon] = tokens.slice(index - 3, index);
  return (
    colon?.value === ":" &&
    /^(?:IdentifierName|StringLiteral)$/.test(name?.type ?? "") &&
    /^[,{]$/.test(before?.value ?? "")
  );
}

/** Words before a bracket whose content is not evaluated as an argument. */
const STATEMENTS = new Set(["catch", "for", "function", "if", "switch", "while", "with"]);

/** Whether the place that was reached is evaluated whenever the file is loaded. */
class Surroundings {
  readonly #outer: boolean[] = [];
  isCertain = true;

  enter(tokens: readonly Positioned[], index: number): void {
    const { type, value = "" } = tokens[index] ?? {};
    const opens = /^[([{]$/.test(value) || type === "TemplateHead";
    if (opens) {
      this.#outer.push(this.isCertain);
      this.isCertain &&= isEvaluatedBracket(tokens, index);
    } else if (/^[)\]}]$/.test(value) || type === "TemplateTail") this.isCertain = this.#outer.pop() ?? true;
    else if (value === "=>") this.isCertain = false;
    else if (this.#outer.length === 0 && /^(?:;|const|export|let|var)$/.test(value)) this.isCertain = true;
  }
}

/** Whether what is in a bracket is evaluated where the bracket is: an object, a list, arguments, but no block. */
function isEvaluatedBracket(tokens: readonly Positioned[], index: number): boolean {
  const { value } = tokens[index] ?? {};
  const before = tokens[index - 1]?.value ?? "";
  if (value === "{") return /^[=(,[]$|^default$/.test(before) || isPropertyValue(tokens, index);
  if (value === "(" && tokens[index - 1]?.type === "IdentifierName" && !BEFORE_EVALUATED.has(before)) {
    let start = index - 1;
    while (tokens[start - 1]?.value === ".") start -= 2;
    return !STATEMENTS.has(before) && isEvaluated(tokens, start);
  }
  return isEvaluated(tokens, index);
}
