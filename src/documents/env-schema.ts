import type { Positioned } from "./source-tokens.ts";

/** A variable that a schema of the environment checks. */
export interface CheckedVariable {
  readonly name: string;
  /** Where the schema names it. */
  readonly offset: number;
  /** Variables of which none may be set, or nothing is checked. */
  readonly unlessSet: readonly string[];
}

/**
 * The variables that a schema of @t3-oss/env checks where it stands, the keys of `createEnv({ server: { NAME: … } })` at an index: each
 * has to be there, or the module throws when it is loaded. None where the values are given one by one, which are read where they
 * are named, and where it cannot be told when the check is skipped. @t3-oss/env-core 0.13.11 and env-nextjs 0.13.11, dist/index.js
 */
export function checkedVariablesAt(tokens: readonly Positioned[], index: number): readonly CheckedVariable[] {
  const isCall = tokens[index]?.value === "createEnv" && tokens[index + 1]?.value === "(";
  const properties = isCall ? propertiesIn(tokens, index + 2) : undefined;
  const isGivenAll = textOf(properties?.get("runtimeEnv")) === "process.env";
  // Beside what is listed here, a schema for Next.js takes process.env.
  if (!properties || !(isGivenAll || properties.has("experimental__runtimeEnv"))) return [];
  const unlessSet = properties.has("skipValidation") ? skippingNames(textOf(properties.get("skipValidation"))) : [];
  if (!unlessSet) return [];
  return (isGivenAll ? ["server", "shared", "client"] : ["server", "shared"]).flatMap((part) => {
    const { value = [] } = properties.get(part) ?? {};
    return [...propertiesIn(value, 0)].map(([name, { offset }]) => ({ name, offset, unlessSet }));
  });
}

const ENV = String.raw`process\.env\.[A-Z][A-Z0-9_]*`;
const TERM = String.raw`(?:!!${ENV}|Boolean\(${ENV}\)|${ENV}(?:===?(?:"[^"]+"|'[^']+'))?)`;
const SKIPS = new RegExp(String.raw`^(?:false|${TERM}(?:\|\|${TERM})*)$`);

/** The variables without which a condition does not hold; undefined where it may. Test runners set NODE_ENV themselves. */
function skippingNames(condition: string): readonly string[] | undefined {
  const names = Array.from(condition.matchAll(/\.([A-Z][A-Z0-9_]*)/g), ([, name = ""]) => name);
  return SKIPS.test(condition) && !names.includes("NODE_ENV") ? names : undefined;
}

interface Property {
  /** Where its name stands. */
  readonly offset: number;
  readonly value: readonly Positioned[];
}

function textOf(property: Property | undefined): string {
  return (property?.value ?? []).map(({ value }) => value).join("");
}

/** The properties `name: value` of the object that begins at an index; none where none begins there. */
function propertiesIn(tokens: readonly Positioned[], start: number): ReadonlyMap<string, Property> {
  const properties = new Map<string, Property>();
  if (tokens[start]?.value !== "{") return properties;
  let depth = 0;
  let first = start + 1;
  for (let index = start; index < tokens.length; index++) {
    const { value = "" } = tokens[index] ?? {};
    const isEnd = depth === 1 && (value === "," || value === "}");
    if (isEnd) {
      const [name, colon] = tokens.slice(first, first + 2);
      if (name?.type === "IdentifierName" && colon?.value === ":") {
        properties.set(name.value, { offset: name.offset, value: tokens.slice(first + 2, index) });
      }
      first = index + 1;
    }
    if (/^[([{]$/.test(value)) depth++;
    else if (/^[)\]}]$/.test(value)) depth--;
    if (depth === 0) break;
  }
  return properties;
}
