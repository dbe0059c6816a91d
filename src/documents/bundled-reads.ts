import { readImportedNames, type ImportedName } from "./imported-names.ts";
import { Nesting } from "./nesting.ts";
import { readSourceReads, type VariableRead } from "./source-reads.ts";
import type { Source } from "./source.ts";
import { closingOf, depthOf, significantTokens, type Positioned } from "./source-tokens.ts";

/** Where what is read lies: in the arguments of a call that bundlers keep, in a template that they may leave out, or elsewhere. */
type Surroundings = "call" | "other" | "template";

/** By these a file tells bundlers what has no effect. */
const SAYS_PURE = /[#@]__(?:NO_SIDE_EFFECTS|PURE)__|turbopack no side effects/;
/** Modules whose functions compilers put something else in the place of, or take for ones without effect. */
const COMPILED = /^next\/font\/|^react(?:\/|$)|macro|stylex/;

/** What gives the name of the process to something else than Node does. */
const OTHER_PROCESS =
  /\b(?:class|const|function|let|var)\s+process\b|[{,]\s*process\s*[,}:=]|\bas\s+process\b(?!\s+from\s+["'](?:node:)?process["'])|\bimport\s+process\b(?!\s+from\s+["'](?:node:)?process["'])/;
/** What begins `Bun.env` and `import.meta.env`, which no module has in Node. */
const OTHER_ENVIRONMENTS = new Set(["Bun", "import"]);

/** What a module reads whenever it is evaluated in a bundle. */
export interface BundledReads {
  readonly variables: ReadonlyMap<string, VariableRead>;
  /**
   * True where the module is certainly in the bundle, though none of its exports is used: it calls what it imports from others, of
   * which bundlers cannot know that it has no effect. Without a call Turbopack leaves it out. Next.js 14.0 to 16.4, run
   */
  readonly isKept: boolean;
}

const NOTHING: BundledReads = { variables: new Map(), isKept: false };

/** Reads which environment variables a module reads whenever it is evaluated, as far as no bundler may take that for nothing. */
export function readBundledReads(source: Source): BundledReads {
  const { whenLoaded } = readSourceReads(source);
  // JSX is read as such only where the name of the file says so.
  const isOpen =
    SAYS_PURE.test(source.text) ||
    OTHER_PROCESS.test(source.text) ||
    (!source.path.endsWith("x") && source.text.includes("</"));
  if (whenLoaded.size === 0 || isOpen) return NOTHING;
  const tokens = significantTokens(source);
  const imported = new Map(
    [...readImportedNames(source).imports].filter(([, { specifier }]) => !COMPILED.test(specifier)),
  );
  const kept = new Set<number>();
  const calls = new Set<number>();
  const nesting = new Nesting();
  const outer: Surroundings[] = [];
  let around: Surroundings = "other";
  for (const [index, token] of tokens.entries()) {
    const { type, value, offset } = token;
    nesting.enter(tokens, index);
    const call = nesting.isCertain ? openingOfCall(tokens, index, imported) : undefined;
    if (call !== undefined) calls.add(call);
    if (value === "process" ? around !== "template" : around === "call" && !OTHER_ENVIRONMENTS.has(value))
      kept.add(offset);
    const change = depthOf(token);
    if (change > 0) {
      outer.push(around);
      if (calls.has(index)) around = "call";
      else if (type === "TemplateHead" && around === "other") around = "template";
    } else if (change < 0) around = outer.pop() ?? "other";
  }
  return {
    variables: new Map([...whenLoaded].filter(([, { offset }]) => kept.has(offset))),
    isKept: calls.size > 0,
  };
}

/** What a call may stand after. A string and a closing bracket end a statement without a semicolon. */
const BEFORE_CALL = /^(?:|[[(,=:;})]|\.\.\.|await|default|new|["'][^]*)$/;

/** The index of the bracket of a call, if what is called at an index, or a member of it, is one of some names. */
function openingOfCall(
  tokens: readonly Positioned[],
  index: number,
  names: ReadonlyMap<string, ImportedName>,
): number | undefined {
  const { type, value = "" } = tokens[index] ?? {};
  if (type !== "IdentifierName" || !names.has(value) || !BEFORE_CALL.test(tokens[index - 1]?.value ?? ""))
    return undefined;
  let open = index + 1;
  while (tokens[open]?.value === "." && tokens[open + 1]?.type === "IdentifierName") open += 2;
  if (tokens[open]?.value === "<") open = endOfTypes(tokens, open);
  // What a block follows, or a type, is declared.
  const isCall = tokens[open]?.value === "(" && !/^(?:[{:]|=>)$/.test(tokens[closingOf(tokens, open) + 1]?.value ?? "");
  return isCall ? open : undefined;
}

/** What types in `<…>` are made of. */
const IN_TYPES = /^(?:[\w$]+|["'][^]*|[.,<|&[\]]|>+)$/;

/** The index after the list of types that begins at an index, as far as its tokens may be types. */
function endOfTypes(tokens: readonly Positioned[], start: number): number {
  let depth = 0;
  for (let index = start; IN_TYPES.test(tokens[index]?.value ?? ""); index++) {
    const { value = "" } = tokens[index] ?? {};
    if (value === "<") depth++;
    else if (value.startsWith(">")) depth -= value.length;
    if (depth <= 0) return index + 1;
  }
  return start;
}
