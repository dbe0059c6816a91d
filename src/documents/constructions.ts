import { readImportedNames } from "./imported-names.ts";
import { Nesting } from "./nesting.ts";
import type { Source } from "./source.ts";
import { significantTokens, type Positioned } from "./source-tokens.ts";

/** An object of an imported class that is made from an environment variable whenever a file is loaded. */
export interface Construction {
  /** The module that the class is imported from. */
  readonly module: string;
  /** The name of the class there. */
  readonly name: string;
  readonly variable: string;
  readonly offset: number;
  /** The properties that are given beside; undefined where they are not all written there. */
  readonly options: readonly string[] | undefined;
}

/** Reads what is constructed as `new Client(process.env.NAME!)`, or from a constant that is no more than that. */
export function readConstructions(source: Source): readonly Construction[] {
  // JSX is read as such only where the name of the file says so.
  if (!/\bnew\b/.test(source.text) || (!source.path.endsWith("x") && source.text.includes("</"))) return [];
  const tokens = significantTokens(source);
  const { imports } = readImportedNames(source);
  const nesting = new Nesting();
  const found: Construction[] = [];
  let depth = 0;
  for (const [index, { type, value }] of tokens.entries()) {
    nesting.enter(tokens, index);
    if (/^[([{]$/.test(value) || type === "TemplateHead") depth++;
    else if (/^[)\]}]$/.test(value) || type === "TemplateTail") depth--;
    // What is in brackets may be the default of a parameter.
    if (value !== "new" || depth > 0 || !nesting.isCertain) continue;
    const [callee, open] = tokens.slice(index + 1, index + 3);
    const imported = callee && open?.value === "(" ? imports.get(callee.value) : undefined;
    if (!callee || !imported) continue;
    const [first = [], ...others] = argumentsAt(tokens, index + 2);
    const variable = variableIn(first) ?? variableOfConstant(tokens.slice(0, index), first);
    if (variable === undefined) continue;
    const { offset } = callee;
    found.push({ module: imported.specifier, name: imported.name, variable, offset, options: optionsIn(others) });
  }
  return found;
}

/** The arguments of the call whose bracket stands at an index. */
function argumentsAt(tokens: readonly Positioned[], open: number): readonly (readonly Positioned[])[] {
  const found: Positioned[][] = [[]];
  let depth = 1;
  for (const token of tokens.slice(open + 1)) {
    const { type, value } = token;
    if (/^[)\]}]$/.test(value) || type === "TemplateTail") depth--;
    if (depth === 0) break;
    if (depth === 1 && value === ",") found.push([]);
    else found.at(-1)?.push(token);
    if (/^[([{]$/.test(value) || type === "TemplateHead") depth++;
  }
  return found.filter((argument) => argument.length > 0);
}

/** The names in objects, those of objects inside them too. */
function optionsIn(values: readonly (readonly Positioned[])[]): readonly string[] | undefined {
  const isOpen = values.some(
    (value) => value[0]?.value !== "{" || value.some((token) => /^(?:\.\.\.|\[)$/.test(token.value)),
  );
  return isOpen ? undefined : values.flat().map(({ value }) => value.replaceAll(/^["']|["']$/g, ""));
}

const PROMISE = String.raw`(?: !)*(?: as (?:string|any))?`;
const VARIABLE = new RegExp(String.raw`^process \. env (?:\. (\w+)|\[ ["'](\w+)["'] \])${PROMISE}$`);
const CONSTANT = new RegExp(String.raw`^([\w$]+)${PROMISE}$`);

/** The variable in `process.env.NAME` and `process.env["NAME"]`, with what tells TypeScript that it is there. */
function variableIn(value: readonly Positioned[]): string | undefined {
  const [, plain, quoted] = VARIABLE.exec(textOf(value)) ?? [];
  return plain ?? quoted;
}

/** The variable that `const name = process.env.NAME` holds, where no other variable before has that name. */
function variableOfConstant(tokens: readonly Positioned[], value: readonly Positioned[]): string | undefined {
  const [, name] = CONSTANT.exec(textOf(value)) ?? [];
  if (name === undefined) return undefined;
  const nesting = new Nesting();
  const declared: number[] = [];
  let isCertain = true;
  for (const [index, token] of tokens.entries()) {
    nesting.enter(tokens, index);
    if (token.value !== name || !/^(?:const|let|var|,|\{|:|\()$/.test(tokens[index - 1]?.value ?? "")) continue;
    const isUse = /^[,(:{]$/.test(tokens[index - 1]?.value ?? "") && tokens[index + 1]?.value !== "=";
    if (isUse) continue;
    declared.push(index);
    isCertain &&= nesting.isCertain && tokens[index - 1]?.value === "const";
  }
  const [only] = declared;
  if (only === undefined || declared.length > 1 || !isCertain) return undefined;
  const start = tokens.findIndex((token, index) => index > only && token.value === "=");
  const end = tokens.findIndex((token, index) => index > start && BEGINS_STATEMENT.test(token.value));
  // Between them a type may stand.
  const isShort = start > only && start - only <= 5;
  return isShort ? variableIn(tokens.slice(start + 1, end < 0 ? tokens.length : end)) : undefined;
}

const BEGINS_STATEMENT = /^(?:;|async|class|const|declare|enum|export|function|if|import|interface|let|type|var)$/;

function textOf(tokens: readonly Positioned[]): string {
  return tokens.map(({ value }) => value).join(" ");
}
