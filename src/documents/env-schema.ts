import type { Positioned } from "./source-tokens.ts";

/** The property of a call's only argument, by name, with the index of its value. */
type Properties = ReadonlyMap<string, number>;

/**
 * The variables that a schema of @t3-oss/env checks where it stands, the keys of `createEnv({ server: { NAME: … } })` at an index: each has
 * to be there, or the module throws when it is loaded. None where the check may be skipped, or the schema is given the values one
 * by one, which are read where they are named. @t3-oss/env-core 0.13.11 and env-nextjs 0.13.11, dist/index.js
 */
export function checkedNamesAt(tokens: readonly Positioned[], index: number): readonly Positioned[] {
  const isCall = tokens[index]?.value === "createEnv" && tokens[index + 1]?.value === "(";
  const properties = isCall ? propertiesAt(tokens, index + 2) : undefined;
  if (!properties || properties.has("skipValidation")) return [];
  const isGivenAll = isProcessEnv(tokens, properties.get("runtimeEnv"));
  // Beside what is listed here, a schema for Next.js takes process.env.
  if (!isGivenAll && !properties.has("experimental__runtimeEnv")) return [];
  return (isGivenAll ? ["server", "shared", "client"] : ["server", "shared"]).flatMap((part) => {
    const names = propertiesAt(tokens, properties.get(part) ?? tokens.length);
    return [...(names?.values() ?? [])].flatMap((value) => tokens[value - 2] ?? []);
  });
}

function isProcessEnv(tokens: readonly Positioned[], start = tokens.length): boolean {
  const [first, dot, second, end] = tokens.slice(start, start + 4).map(({ value }) => value);
  return first === "process" && dot === "." && second === "env" && (end === "," || end === "}");
}

/** The properties `name: value` of the object that begins at an index; undefined where none begins there. */
function propertiesAt(tokens: readonly Positioned[], start: number): Properties | undefined {
  if (tokens[start]?.value !== "{") return undefined;
  const properties = new Map<string, number>();
  let depth = 0;
  for (let index = start; index < tokens.length; index++) {
    const { type, value } = tokens[index] ?? {};
    if (/^[([{]$/.test(value ?? "")) depth++;
    else if (/^[)\]}]$/.test(value ?? "")) depth--;
    if (depth === 0) break;
    const isFirst = tokens[index - 1]?.value === "," || index === start + 1;
    if (depth === 1 && isFirst && type === "IdentifierName" && tokens[index + 1]?.value === ":") {
      properties.set(value ?? "", index + 2);
    }
  }
  return properties;
}
