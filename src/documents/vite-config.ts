import type { Source } from "./source.ts";
import { significantTokens, specifierAt, stringValue, type Positioned } from "./source-tokens.ts";

/** What a configuration of Vite or Vitest says about which files are loaded. */
export interface ViteConfig {
  /** The patterns of tests; undefined where they are the usual ones. */
  readonly include: readonly string[] | undefined;
  /** The patterns of what is no test, beside the usual ones. */
  readonly exclude: readonly string[];
  readonly setupFiles: readonly string[];
  /** The modules that it imports. */
  readonly modules: readonly string[];
}

/** Keys with which other files are tests, or modules are looked for elsewhere. */
const UNREADABLE = new Set(
  "browser customResolver define defineProject defineWorkspace deps dir environments extends extensions external globalSetup input lib mergeConfig projects root rootDir runner ssr typecheck workspace".split(
    " ",
  ),
);

/** Objects whose keys count; all others, like `coverage`, have an `include` of their own. */
const COUNTED = new Set<string | undefined>([
  undefined,
  "build",
  "resolve",
  "rolldownOptions",
  "rollupOptions",
  "test",
]);

/** Patterns that Vitest itself exports. */
const USUAL_PATTERNS = /^(?:configDefaults\.(?:exclude|include)|default(?:Exclude|Include))$/;

/** Reads a configuration; undefined where it is not certain which tests it selects, or that relative imports mean what they say. */
export function readViteConfig(source: Source): ViteConfig | undefined {
  const tokens = significantTokens(source);
  const lists = new Map<string, readonly string[]>();
  const modules: string[] = [];
  const outer: (string | undefined)[] = [];
  for (const [index, { value }] of tokens.entries()) {
    const module = specifierAt(tokens, index);
    if (module !== undefined) modules.push(module);
    if (/^[[{]$/.test(value)) outer.push(tokens[index - 1]?.value === ":" ? nameAt(tokens, index - 2) : undefined);
    else if (/^[\]}]$/.test(value)) outer.pop();
    if (!outer.every((key) => COUNTED.has(key))) continue;
    if (value === "..." || /^(?:if|switch)$/.test(value)) return undefined;
    if (tokens[index - 1]?.value === ".") {
      if (!isUsualMember(tokens, index)) return undefined;
      continue;
    }
    const name = nameAt(tokens, index);
    if (name === undefined) continue;
    if (UNREADABLE.has(name)) return undefined;
    if (name === "alias" && !leavesRelative(tokens, index + 2)) return undefined;
    if (!/^(?:exclude|include|setupFiles)$/.test(name)) continue;
    const list = outer.includes("test") && !lists.has(name) ? listAt(tokens, index + 2) : undefined;
    if (!list) return undefined;
    lists.set(name, list);
  }
  return {
    include: lists.get("include"),
    exclude: lists.get("exclude") ?? [],
    setupFiles: lists.get("setupFiles") ?? [],
    modules,
  };
}

/** Whether a member is none of what counts, of a configuration that is made step by step. */
function isUsualMember(tokens: readonly Positioned[], index: number): boolean {
  const { value = "" } = tokens[index] ?? {};
  const isCounted = UNREADABLE.has(value) || /^(?:alias|exclude|include|plugins|setupFiles|test)$/.test(value);
  return !isCounted || tokens[index - 2]?.value === "configDefaults";
}

/** A list of strings, or a string, as the value that begins at an index; undefined for anything else. */
function listAt(tokens: readonly Positioned[], start: number): readonly string[] | undefined {
  const single = stringValue(tokens[start]);
  if (single !== undefined) return endsValue(tokens, start + 1) ? [single] : undefined;
  if (tokens[start]?.value !== "[") return undefined;
  const list: string[] = [];
  for (let index = start + 1; index < tokens.length; index++) {
    const { value } = tokens[index] ?? {};
    const text = stringValue(tokens[index]);
    const usual =
      value === "..."
        ? tokens
            .slice(index + 1, index + 4)
            .map((token) => token.value)
            .join("")
        : "";
    if (value === "]") return endsValue(tokens, index + 1) ? list : undefined;
    if (text !== undefined && /^[,\]]$/.test(tokens[index + 1]?.value ?? "")) list.push(text);
    else if (USUAL_PATTERNS.test(usual)) index += 3;
    else if (value !== ",") return undefined;
  }
  return undefined;
}

function endsValue(tokens: readonly Positioned[], index: number): boolean {
  return /^[,}]$/.test(tokens[index]?.value ?? "");
}

/** Whether the aliases that begin at an index are named, and none begins with a dot, so that no relative import is one of them. */
function leavesRelative(tokens: readonly Positioned[], start: number): boolean {
  const opening = tokens[start]?.value;
  let depth = 0;
  for (let index = start; index < tokens.length; index++) {
    const { value = "" } = tokens[index] ?? {};
    const isKey = depth === 1 && opening === "{" && /^[{,]$/.test(tokens[index - 1]?.value ?? "") && value !== "}";
    if (isKey && !isPackageLike(nameAt(tokens, index))) return false;
    // Of a list each item is an object with a name.
    if (depth === 1 && opening === "[" && !/^[{},\]]$/.test(value)) return false;
    const isItem = depth === 1 && opening === "[" && value === "{";
    if (isItem && !(nameAt(tokens, index + 1) === "find" && isPackageLike(stringValue(tokens[index + 3]))))
      return false;
    if (/^[([{]$/.test(value)) depth++;
    else if (/^[)\]}]$/.test(value)) depth--;
    if (depth === 0) return (opening === "{" || opening === "[") && endsValue(tokens, index + 1);
  }
  return false;
}

function isPackageLike(name: string | undefined): boolean {
  return name !== undefined && /^[@~#$\w]/.test(name);
}

/** A key, or a name in the place of one. */
function nameAt(tokens: readonly Positioned[], index: number): string | undefined {
  const token = tokens[index];
  const next = tokens[index + 1]?.value ?? "";
  if (token?.type === "IdentifierName" && /^[:(,}]$/.test(next)) return token.value;
  return next === ":" ? stringValue(token) : undefined;
}
