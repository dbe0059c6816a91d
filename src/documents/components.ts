import type { Source } from "./source.ts";
import { significantTokens, type Positioned } from "./source-tokens.ts";

/** An element of JSX that a component renders whenever it is rendered itself. */
export interface RenderedElement {
  /** Its name as written; {@link CHILDREN} for what the component is given as children. */
  readonly name: string;
  /** The names of the elements around it; the empty text for a fragment. */
  readonly around: readonly string[];
}

/** Stands among the elements for `{children}`. */
export const CHILDREN = "{children}";

/**
 * The elements that a component of a module certainly renders, `default` for what the module exports as such: those that stand
 * as they are in its only `return`. Undefined where there is no such function, or where it may end in another way.
 */
export function readComponent(source: Source, name: string): readonly RenderedElement[] | undefined {
  const tokens = significantTokens(source);
  const start = name === "default" ? defaultAt(tokens) : declarationOf(tokens, name);
  const body = start === undefined ? undefined : bodyAt(tokens, start);
  const root = body === undefined ? undefined : returnedAt(tokens, body);
  return root === undefined ? undefined : elementsFrom(tokens, root);
}

/** Where the function begins that is exported as default: at its `function`, or at its parameters. */
function defaultAt(tokens: readonly Positioned[]): number | undefined {
  const index = tokens.findIndex(({ value }, at) => value === "default" && tokens[at - 1]?.value === "export");
  if (index < 0) return undefined;
  const first = tokens[index + 1]?.value === "async" ? index + 2 : index + 1;
  const { type, value = "" } = tokens[first] ?? {};
  if (value === "function" || value === "(") return first;
  const isName =
    type === "IdentifierName" && /^;?$|^(?:export|import|const|function)$/.test(tokens[first + 1]?.value ?? "");
  return isName ? declarationOf(tokens, value) : undefined;
}

/** Where a function begins that a file declares at its top level. */
function declarationOf(tokens: readonly Positioned[], name: string): number | undefined {
  let depth = 0;
  for (const [index, { value }] of tokens.entries()) {
    if (/^[([{]$/.test(value)) depth++;
    else if (/^[)\]}]$/.test(value)) depth--;
    if (depth > 0 || tokens[index + 1]?.value !== name) continue;
    if (value === "function") return index;
    if (value === "const") return valueAt(tokens, index + 2);
  }
  return undefined;
}

/** Where the value of `const name: Type = …` begins. */
function valueAt(tokens: readonly Positioned[], start: number): number | undefined {
  let depth = 0;
  for (let index = start; index < tokens.length; index++) {
    const { value = "" } = tokens[index] ?? {};
    if (/^[([{]$/.test(value)) depth++;
    else if (/^[)\]}]$/.test(value)) depth--;
    if (depth === 0 && value === "=") return tokens[index + 1]?.value === "async" ? index + 2 : index + 1;
    if (depth === 0 && value === ";") return undefined;
  }
  return undefined;
}

/** The first token of a function's body: its `{`, or what an arrow function gives back. */
function bodyAt(tokens: readonly Positioned[], start: number): number | undefined {
  const isArrow = tokens[start]?.value === "(";
  if (!isArrow && tokens[start]?.value !== "function") return undefined;
  const open = isArrow ? start : tokens.findIndex(({ value }, index) => index > start && value === "(");
  const end = open < 0 ? undefined : closeOf(tokens, open);
  if (end === undefined) return undefined;
  const sign = isArrow ? "=>" : "{";
  const found = tokens.findIndex(({ value }, index) => index > end && (value === sign || value === ";"));
  if (tokens[found]?.value !== sign) return undefined;
  return isArrow ? found + 1 : found;
}

/** The index of the bracket that closes the one at an index. */
function closeOf(tokens: readonly Positioned[], open: number): number | undefined {
  let depth = 0;
  for (let index = open; index < tokens.length; index++) {
    const { type, value = "" } = tokens[index] ?? {};
    if (/^[([{]$/.test(value) || type === "TemplateHead") depth++;
    else if (/^[)\]}]$/.test(value) || type === "TemplateTail") depth--;
    if (depth === 0) return index;
  }
  return undefined;
}

/** The `<` of what a body gives back, where it does so once and in no other way. */
function returnedAt(tokens: readonly Positioned[], body: number): number | undefined {
  let index = body;
  if (tokens[body]?.value === "{") {
    const returns = exitsIn(tokens, body, closeOf(tokens, body) ?? tokens.length);
    const [only] = returns ?? [];
    if (only === undefined || returns?.length !== 1) return undefined;
    index = only + 1;
  }
  while (tokens[index]?.value === "(") index++;
  return isTagStart(tokens[index]) ? index : undefined;
}

/** Where a body is left by `return`; undefined where it may be left by a condition or a `throw`. */
function exitsIn(tokens: readonly Positioned[], body: number, end: number): readonly number[] | undefined {
  const exits: number[] = [];
  for (let index = body + 1; index < end; index++) {
    const { value = "" } = tokens[index] ?? {};
    const isFunction = value === "{" && tokens[index - 1]?.value === "=>";
    if (isFunction) index = closeOf(tokens, index) ?? end;
    else if (/^(?:throw|catch|while|for|switch|do)$/.test(value) && tokens[index]?.type === "IdentifierName")
      return undefined;
    else if (value === "{" && /^(?:\)|else|try|finally)$/.test(tokens[index - 1]?.value ?? "")) {
      const close = closeOf(tokens, index) ?? end;
      const isLeft = tokens.slice(index, close).some((token) => token.value === "return");
      if (isLeft) return undefined;
      index = close;
    } else if (value === "return") {
      if (isConditional(tokens, index)) return undefined;
      exits.push(index);
    }
  }
  return exits;
}

/** Whether a statement without a block depends on what stands before. */
function isConditional(tokens: readonly Positioned[], index: number): boolean {
  const before = tokens[index - 1]?.value ?? "";
  if (before === "else") return true;
  if (before !== ")") return false;
  let depth = 0;
  for (let at = index - 1; at >= 0; at--) {
    const { value = "" } = tokens[at] ?? {};
    if (value === ")") depth++;
    else if (value === "(") depth--;
    if (depth === 0) return /^(?:if|while|for)$/.test(tokens[at - 1]?.value ?? "");
  }
  return true;
}

function isTagStart(token: Positioned | undefined): boolean {
  return token?.type === "JSXPunctuator" && token.value === "<";
}

/** The elements of the JSX that begins at an index, and what stands in it as `{children}`; other expressions are passed over. */
function elementsFrom(tokens: readonly Positioned[], root: number): readonly RenderedElement[] {
  const elements: RenderedElement[] = [];
  const around: string[] = [];
  for (let index = root; index < tokens.length; index++) {
    if (tokens[index]?.value === "{") {
      const end = closeOf(tokens, index) ?? tokens.length;
      const text = tokens
        .slice(index + 1, end)
        .map(({ value }) => value)
        .join("");
      if (/^(?:props\.)?children$/.test(text)) elements.push({ name: CHILDREN, around: [...around] });
      index = end;
    } else if (isTagStart(tokens[index])) {
      const tag = tagAt(tokens, index);
      if (!tag) return [];
      if (tag.kind === "close") around.pop();
      else {
        elements.push({ name: tag.name, around: [...around] });
        if (tag.kind === "open") around.push(tag.name);
      }
      index = tag.end;
    }
    if (around.length === 0) return elements;
  }
  return [];
}

interface Tag {
  readonly kind: "close" | "empty" | "open";
  readonly name: string;
  /** The index of its `>`. */
  readonly end: number;
}

function tagAt(tokens: readonly Positioned[], start: number): Tag | undefined {
  const isClose = tokens[start + 1]?.value === "/";
  let name = "";
  let isNamed = false;
  for (let index = start + (isClose ? 2 : 1); index < tokens.length; index++) {
    const { type, value = "" } = tokens[index] ?? {};
    const isPart = !isNamed && (value === "." || (type === "JSXIdentifier" && (name === "" || name.endsWith("."))));
    if (isPart) name += value;
    else isNamed = true;
    if (value === "{") index = closeOf(tokens, index) ?? tokens.length;
    // Arguments for types are not read.
    else if (value === "<") return undefined;
    else if (value === ">") {
      const isEmpty = tokens[index - 1]?.value === "/" && index - 1 > start + 1;
      return { kind: isClose ? "close" : isEmpty ? "empty" : "open", name, end: index };
    }
  }
  return undefined;
}
