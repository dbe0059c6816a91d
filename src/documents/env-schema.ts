import { closingOf, type Positioned } from "./source-tokens.ts";

/** A variable that a schema of the environment checks. */
export interface CheckedVariable {
  readonly name: string;
  /** Where the schema names it. */
  readonly offset: number;
  /** Variables of which none may be set, or nothing is checked. */
  readonly unlessSet: readonly string[];
}

/** A variable that has to be there. */
export interface RequiredVariable extends CheckedVariable {
  /** What can be set so that nothing is checked. */
  readonly skippedBy: { readonly name: string; readonly value: string } | undefined;
}

/**
 * The variables that a schema of @t3-oss/env checks where it stands, the keys of `createEnv({ server: { NAME: … } })` at an index: each
 * has to be there, or the module throws when it is loaded. None where the values are given one by one, which are read where they
 * are named, and where it cannot be told when the check is skipped. @t3-oss/env-core 0.13.11 and env-nextjs 0.13.11, dist/index.js
 */
export function checkedVariablesAt(tokens: readonly Positioned[], index: number): readonly CheckedVariable[] {
  const schema = schemaAt(tokens, index);
  if (!schema) return [];
  const { properties, unlessSet } = schema;
  const isGivenAll = textOf(properties.get("runtimeEnv")) === "process.env";
  // Beside what is listed here, a schema for Next.js takes process.env.
  if (!isGivenAll && !properties.has("experimental__runtimeEnv")) return [];
  return (isGivenAll ? PARTS : SERVER_PARTS).flatMap((part) =>
    keysOf(properties.get(part)).map(([name, { offset }]) => ({ name, offset, unlessSet })),
  );
}

/** A schema whose values are given one by one, which are of no use where it is not checked. */
export interface GivenValues {
  /** The index after them. */
  readonly end: number;
  readonly unlessSet: readonly string[];
}

/** The values that are given to a schema whose call begins at an index, if it can be told when it is checked. */
export function givenValuesAt(tokens: readonly Positioned[], index: number): GivenValues | undefined {
  const schema = schemaAt(tokens, index);
  return schema && { end: closingOf(tokens, index + 1), unlessSet: schema.unlessSet };
}

/** Options with which a schema may be checked in another way, or say nothing. */
const OTHER_CHECKS = ["createFinalSchema", "isServer", "onValidationError"];

/** The variables without which a schema of @t3-oss/env throws where it stands: those of which it takes no lack. */
export function requiredBySchemaAt(tokens: readonly Positioned[], index: number): readonly RequiredVariable[] {
  const schema = schemaAt(tokens, index);
  if (!schema || schema.isSpread || OTHER_CHECKS.some((name) => schema.properties.has(name))) return [];
  const { properties, unlessSet } = schema;
  const skippedBy = skippingVariable(textOf(properties.get("skipValidation")));
  const isGivenAll = textOf(properties.get("runtimeEnv")) === "process.env";
  const forNext = properties.get("experimental__runtimeEnv");
  const given = new Map(keysOf(forNext ?? properties.get("runtimeEnv") ?? properties.get("runtimeEnvStrict")));
  return PARTS.flatMap((part) => {
    const isItself = isGivenAll || (forNext !== undefined && part !== "client");
    return keysOf(properties.get(part)).flatMap(([key, { offset, value }]) => {
      const name = isItself ? key : variableIn(given.get(key)?.value ?? []);
      return name !== undefined && name !== "NODE_ENV" && rejectsUndefined(value)
        ? [{ name, offset, unlessSet, skippedBy }]
        : [];
    });
  });
}

const SERVER_PARTS = ["server", "shared"];
const PARTS = [...SERVER_PARTS, "client"];

/** The variable that a value is, as it is: `process.env.NAME`. */
function variableIn(value: readonly Positioned[]): string | undefined {
  const [name, assertion, ...others] = value.slice(4);
  const isRead =
    value
      .slice(0, 4)
      .map((token) => token.value)
      .join("") === "process.env.";
  return isRead && others.length === 0 && (!assertion || assertion.value === "!") ? name?.value : undefined;
}

interface Schema {
  readonly properties: ReadonlyMap<string, Property>;
  /** True where it has properties in another form, or takes them from elsewhere. */
  readonly isSpread: boolean;
  readonly unlessSet: readonly string[];
}

/** The schema `createEnv({ … })` that begins at an index, if it can be told when it is checked. */
function schemaAt(tokens: readonly Positioned[], index: number): Schema | undefined {
  if (tokens[index]?.value !== "createEnv" || tokens[index + 1]?.value !== "(") return undefined;
  const { properties, isSpread } = propertiesIn(tokens, index + 2);
  const unlessSet = properties.has("skipValidation") ? skippingNames(textOf(properties.get("skipValidation"))) : [];
  return unlessSet && { properties, isSpread, unlessSet };
}

function keysOf(property: Property | undefined): readonly (readonly [string, Property])[] {
  return property ? [...propertiesIn(property.value, 0).properties] : [];
}

/** What `z.string().min(1)` begins with where it takes no lack of a value, and what keeps it so. zod 3.25.76 and 4.6.1, run. */
const STRICT_TYPES =
  /^z\.(?:(?:base64|base64url|cuid2?|email|enum|httpUrl|int|ipv[46]|jwt|literal|nanoid|nativeEnum|number|string|stringbool|ulid|url|uuid)|coerce\.(?:bigint|date|number))$/;
const STRICT_METHODS =
  /^(?:base64|cuid2?|datetime|describe|email|endsWith|gte?|includes|int|ip|length|lte?|max|meta|min|nonempty|nonnegative|pipe|positive|refine|regex|startsWith|superRefine|toLowerCase|toUpperCase|transform|trim|ulid|url|uuid)$/;

/** Whether a validator of zod fails where there is no value. */
function rejectsUndefined(value: readonly Positioned[]): boolean {
  const calls: string[] = [];
  let depth = 0;
  let callee = "";
  for (const { value: text } of value) {
    if (depth === 0 && text === "(") {
      calls.push(callee);
      callee = "";
    } else if (depth === 0) callee += text;
    if (/^[([{]$/.test(text)) depth++;
    else if (/^[)\]}]$/.test(text)) depth--;
  }
  const [type = "", ...methods] = calls;
  return (
    callee === "" &&
    STRICT_TYPES.test(type) &&
    methods.every((name) => name.startsWith(".") && STRICT_METHODS.test(name.slice(1)))
  );
}

const ENV = String.raw`process\.env\.[A-Z][A-Z0-9_]*`;
const TERM = String.raw`(?:!!${ENV}|Boolean\(${ENV}\)|${ENV}(?:===?(?:"[^"]+"|'[^']+'))?)`;
const SKIPS = new RegExp(String.raw`^(?:false|${TERM}(?:\|\|${TERM})*)$`);

/** The variables without which a condition does not hold; undefined where it may. Test runners set NODE_ENV themselves. */
function skippingNames(condition: string): readonly string[] | undefined {
  const names = Array.from(condition.matchAll(/\.([A-Z][A-Z0-9_]*)/g), ([, name = ""]) => name);
  return SKIPS.test(condition) && !names.includes("NODE_ENV") ? names : undefined;
}

/** The first variable of such a condition that is there for no other purpose. */
function skippingVariable(condition: string): RequiredVariable["skippedBy"] {
  const [, name, value = "true"] = /\.((?!CI\b)[A-Z][A-Z0-9_]*)(?:===?["']([^"']+)["'])?/.exec(condition) ?? [];
  return name === undefined ? undefined : { name, value };
}

interface Property {
  /** Where its name stands. */
  readonly offset: number;
  readonly value: readonly Positioned[];
}

function textOf(property: Property | undefined): string {
  return (property?.value ?? []).map(({ value }) => value).join("");
}

/** The properties `name: value` of the object that begins at an index, and whether it has others; none where none begins there. */
function propertiesIn(tokens: readonly Positioned[], start: number): Pick<Schema, "isSpread" | "properties"> {
  const properties = new Map<string, Property>();
  let isSpread = false;
  if (tokens[start]?.value !== "{") return { properties, isSpread };
  let depth = 0;
  let first = start + 1;
  for (let index = start; index < tokens.length; index++) {
    const { value = "" } = tokens[index] ?? {};
    const isEnd = depth === 1 && (value === "," || value === "}");
    if (isEnd) {
      const [name, colon] = tokens.slice(first, first + 2);
      if (name?.type === "IdentifierName" && colon?.value === ":") {
        properties.set(name.value, { offset: name.offset, value: tokens.slice(first + 2, index) });
      } else if (name && index > first) isSpread = true;
      first = index + 1;
    }
    if (/^[([{]$/.test(value)) depth++;
    else if (/^[)\]}]$/.test(value)) depth--;
    if (depth === 0) break;
  }
  return { properties, isSpread };
}
