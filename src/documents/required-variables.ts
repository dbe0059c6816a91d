import { requiredBySchemaAt, type RequiredVariable } from "./env-schema.ts";
import { Nesting } from "./nesting.ts";
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

/** Reads what a source file requires and loads whenever it is loaded itself. */
export function readLoadedFile(source: Source): LoadedFile {
  if (!/\.[cm]?[jt]sx?$/.test(source.path)) return NOTHING;
  const tokens = significantTokens(source);
  const isTypeScript = /\.[cm]?tsx?$/.test(source.path);
  const checks = checksIn(source);
  const required: RequiredVariable[] = [];
  const modules: string[] = [];
  const nesting = new Nesting();
  for (const [index, token] of tokens.entries()) {
    nesting.enter(tokens, index);
    const module = importedModuleAt(tokens, index, isTypeScript);
    if (module && (!module.isCall || (nesting.isCertain && isAwaited(tokens, index)))) modules.push(module.specifier);
    const isMember = /^\??\.$/.test(tokens[index - 1]?.value ?? "");
    if (token.type === "IdentifierName" && nesting.isCertain && !isMember) {
      required.push(...checks.flatMap((check) => check(tokens, index)));
    }
  }
  return { required, modules };
}

/** Whether `await import("x")`, `await jiti.import("x")` and `require("x")` are no type, and nothing catches their failure. */
function isAwaited(tokens: readonly Positioned[], index: number): boolean {
  const start = tokens[index - 1]?.value === "." ? index - 2 : index;
  const isCaught = tokens[index + 4]?.value === ".";
  return !isCaught && (tokens[index]?.value !== "import" || tokens[start - 1]?.value === "await");
}

/** What a call or statement that begins at an index requires. */
export type Check = (tokens: readonly Positioned[], index: number) => readonly RequiredVariable[];

/** An import of a name, as it is, from a package. */
function imports(name: string, from: string): RegExp {
  return new RegExp(String.raw`^import\s*\{[^}]*\b${name}\b(?!\s+as\b)[^}]*\}\s*from\s*["']${from}["']`, "m");
}

/** What a file may require by what it imports; nothing for almost all. */
export function checksIn({ text }: Source): readonly Check[] {
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
