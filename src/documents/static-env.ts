import type { Source } from "./source.ts";
import { importedModuleAt } from "./source-imports.ts";
import { significantTokens, stringValue, type Positioned } from "./source-tokens.ts";

/** A variable that a module of SvelteKit takes in when it is built. */
export interface StaticVariable {
  readonly name: string;
  /** What it is called in the module. */
  readonly local: string;
  readonly offset: number;
}

/** What a module of SvelteKit imports. */
export interface StaticImports {
  /** The names that it imports from `$env/static/public` and `$env/static/private`, and uses. */
  readonly variables: readonly StaticVariable[];
  /** Other modules, as written. */
  readonly modules: readonly string[];
}

const STATIC_ENV = /^\$env\/static\/(?:public|private)$/;

/** Reads a module, or the scripts of a component, of SvelteKit. https://svelte.dev/docs/kit/$env-static-private */
export function readStaticImports(source: Source): StaticImports {
  const isComponent = source.path.endsWith(".svelte");
  const tokens = significantTokens(isComponent ? scriptsOf(source) : source);
  const variables: StaticVariable[] = [];
  const modules: string[] = [];
  for (const index of tokens.keys()) {
    // SvelteKit has the compiler keep all imports but those of types.
    const module = importedModuleAt(tokens, index, false);
    if (!module || module.isCall || isOfTypes(tokens, index)) continue;
    if (STATIC_ENV.test(module.specifier)) variables.push(...namesBefore(tokens, index));
    else modules.push(module.specifier);
  }
  const markup = isComponent ? source.text.replaceAll(/<(script|style)\b[^]*?<\/\1>|<!--[^]*?-->/g, "") : "";
  return { variables: variables.filter(({ local }) => isUsed(tokens, markup, local)), modules };
}

/** The text of the scripts, each where it stands. */
function scriptsOf({ path, text }: Source): Source {
  let code = "";
  for (const match of text.matchAll(/<script\b[^>]*>([^]*?)<\/script>/g)) {
    const start = match.index + match[0].indexOf(">") + 1;
    code += blank(text.slice(code.length, start)) + (match[1] ?? "");
  }
  return { path, text: code };
}

function blank(text: string): string {
  return text.replaceAll(/[^\n]/g, " ");
}

/** Whether `import type { … }` ends with the `from` at an index, or a clause whose names are all types. */
function isOfTypes(tokens: readonly Positioned[], from: number): boolean {
  if (tokens[from]?.value === "import") return false;
  const start = tokens.slice(0, from).findLastIndex(({ value }) => value === "import" || value === "export");
  const [first, ...others] = tokens.slice(start + 1, from).map(({ value }) => value);
  if (first === "type" && others[0] !== ",") return true;
  return first === "{" && [",", ...others].every((value, index, list) => value !== "," || list[index + 1] === "type");
}

/** The names `A` and `B` of `import { A, B as b } from …`, where `from` stands at an index. */
function namesBefore(tokens: readonly Positioned[], from: number): readonly StaticVariable[] {
  const open = tokens.slice(0, from).findLastIndex(({ value }) => value === "{");
  if (tokens[open - 1]?.value !== "import" || stringValue(tokens[from + 1]) === undefined) return [];
  return tokens.slice(open, from).flatMap(({ type, value, offset }, index, list) => {
    const isFirst = type === "IdentifierName" && /^[,{]$/.test(list[index - 1]?.value ?? "");
    const [next, local] = list.slice(index + 1, index + 3);
    if (!isFirst || (value === "type" && next?.type === "IdentifierName" && next.value !== "as")) return [];
    return [{ name: value, local: next?.value === "as" ? (local?.value ?? "") : value, offset }];
  });
}

/** Whether a name is used as a value: another time in the code, or in the markup. */
function isUsed(tokens: readonly Positioned[], markup: string, name: string): boolean {
  const uses = tokens.filter(({ value }, index) => value === name && tokens[index - 1]?.value !== "typeof");
  return uses.length > 1 || new RegExp(String.raw`\{[^}]*\b${name}\b`).test(markup);
}
