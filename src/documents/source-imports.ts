import { stringValue, type Positioned } from "./source-tokens.ts";

/** A module that is imported at a token. */
export interface ImportedModule {
  /** As written. */
  readonly specifier: string;
  /** True for `import(…)` and `require(…)`, which run only where they stand, and perhaps not there. */
  readonly isCall: boolean;
}

/** The module that is imported at an index, unless it is only imported for types, which compilers of TypeScript drop. */
export function importedModuleAt(
  tokens: readonly Positioned[],
  index: number,
  isTypeScript: boolean,
): ImportedModule | undefined {
  const { value } = tokens[index] ?? {};
  const direct = value === "from" || value === "import" ? stringValue(tokens[index + 1]) : undefined;
  if (direct !== undefined) {
    const isDropped = isTypeScript && value === "from" && isDroppedClause(tokens, index);
    return isDropped ? undefined : { specifier: direct, isCall: false };
  }
  const isCall = (value === "import" || value === "require") && tokens[index + 1]?.value === "(";
  const specifier = isCall ? stringValue(tokens[index + 2]) : undefined;
  return specifier === undefined ? undefined : { specifier, isCall };
}

/** Whether nothing of what stands between `import` or `export` and the `from` at an index is needed when the file runs. */
function isDroppedClause(tokens: readonly Positioned[], from: number): boolean {
  const start = tokens.slice(0, from).findLastIndex(({ value }) => value === "import" || value === "export");
  const clause = tokens.slice(start + 1, from);
  const [first, second] = clause.map(({ value }) => value);
  if (first === "type" && second !== undefined && second !== ",") return true;
  const names = namesIn(clause);
  if (names.length === 0) return false;
  const values = names.filter(({ isType }) => !isType);
  if (tokens[start]?.value === "export") return values.length === 0;
  const others = [...tokens.slice(0, start), ...tokens.slice(from)];
  return !values.some(({ name }) => others.some((token, index) => token.value === name && isValue(others, index)));
}

/** The names of `{ a, type B, c as d }`, `* as e` and `f`, as they are known in the file. */
function namesIn(clause: readonly Positioned[]): readonly { readonly name: string; readonly isType: boolean }[] {
  const parts: string[][] = [[]];
  for (const { value } of clause) {
    if (/^[{},]$/.test(value)) parts.push([]);
    else parts.at(-1)?.push(value);
  }
  return parts.flatMap((part) => {
    const name = part.at(-1);
    return name === undefined || name === "*" ? [] : [{ name, isType: part[0] === "type" && part.length > 1 }];
  });
}

/** Whether a name stands where no type can. */
function isValue(tokens: readonly Positioned[], index: number): boolean {
  const before = tokens[index - 1]?.value ?? "";
  if (before === "." || before === "?.") return false;
  if (tokens[index]?.type === "JSXIdentifier") return true;
  const after = tokens[index + 1]?.value ?? "";
  const isArgument = before === "(" && /^[),]$/.test(after);
  return isArgument || /^(?:[.(]|\?\.)$/.test(after) || /^(?:await|default|new|return|\.\.\.)$/.test(before);
}
