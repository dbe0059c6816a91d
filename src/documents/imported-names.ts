import type { Source } from "./source.ts";
import { significantTokens, stringValue, type Positioned } from "./source-tokens.ts";

/** What a name of a file is the name of in another module. */
export interface ImportedName {
  readonly specifier: string;
  /** The name there: `default` for the default export, `*` for all of them. */
  readonly name: string;
}

/** The names that a file takes from other modules. */
export interface ImportedNames {
  /** By the name in the file. */
  readonly imports: ReadonlyMap<string, ImportedName>;
  /** Those that it passes on as `export { … } from "x"`, by the name under which it does. */
  readonly exports: ReadonlyMap<string, ImportedName>;
}

/** Reads the names in `import … from "x"` and `export { … } from "x"`. */
export function readImportedNames(source: Source): ImportedNames {
  const tokens = significantTokens(source);
  const imports = new Map<string, ImportedName>();
  const exports = new Map<string, ImportedName>();
  for (const [index, { value }] of tokens.entries()) {
    const specifier = value === "from" ? stringValue(tokens[index + 1]) : undefined;
    if (specifier === undefined) continue;
    const start = tokens.slice(0, index).findLastIndex((token) => /^(?:import|export)$/.test(token.value));
    const names = tokens[start]?.value === "import" ? imports : exports;
    for (const [local, name] of namesIn(tokens.slice(start + 1, index))) names.set(local, { specifier, name });
  }
  return { imports, exports };
}

/** The local and the other name in `a, { b, c as d }` and `* as e`. */
function namesIn(clause: readonly Positioned[]): readonly (readonly [string, string])[] {
  let isInBraces = false;
  const names: (readonly [string, string])[] = [];
  let part: string[] = [];
  for (const { value } of [...clause, { value: "," }]) {
    if (!/^[{},]$/.test(value)) {
      part.push(value);
      continue;
    }
    const [first = "", last = first] = [part[0], part.at(-1)];
    const isType = first === "type" && part.length > 1;
    if (part.length > 0 && !isType) names.push([last, isInBraces || first === "*" ? first : "default"]);
    part = [];
    isInBraces = value === "{" || (isInBraces && value === ",");
  }
  return names;
}
