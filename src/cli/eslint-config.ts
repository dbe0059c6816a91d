import { parse, type ParserOptions } from "@babel/parser";
import type { CallExpression, Expression, Node, Program } from "@babel/types";
import { appendMember } from "../edits/json.ts";
import { applyEdits, insert, lineEndingOf, type TextEdit } from "../edits/text-edit.ts";
import type { Range } from "../documents/source.ts";
import { CONFIG_CALLS, type ConfigCall } from "./config-calls.data.ts";

const PACKAGE = "eslint-plugin-preflight";
const OPTIONS: ParserOptions = { sourceType: "unambiguous", plugins: ["typescript"], attachComment: false };

/** A configuration file with the plugin in it, or why it cannot be put in for certain. */
export type ConfigChange =
  { readonly kind: "present" } | { readonly kind: "changed"; readonly text: string } | { readonly kind: "unclear" };

/** A configuration file with nothing but the plugin. */
export const NEW_CONFIG = `import { defineConfig } from "eslint/config";
import preflight from "${PACKAGE}";

export default defineConfig([preflight.configs.recommended]);
`;

/** Puts the plugin's configuration behind all others of a flat configuration, and leaves the rest as it is. */
export function addToConfig(text: string): ConfigChange {
  const program = parseProgram(text);
  if (!program) return { kind: "unclear" };
  if (text.includes(PACKAGE)) return { kind: "present" };
  const names = new Set(program.body.flatMap((statement) => declaredNames(statement)));
  const name = ["preflight", "preflightPlugin"].find((candidate) => !names.has(candidate));
  const exported = exportOf(program);
  if (name === undefined || !exported) return { kind: "unclear" };
  const edits = appendTo(program, text, exported.value, `${name}.configs.recommended`);
  if (!edits) return { kind: "unclear" };
  const changed = applyEdits(text, [importEdit(program, text, name, exported.isCommonJs), ...edits]);
  return parseProgram(changed) ? { kind: "changed", text: changed } : { kind: "unclear" };
}

function parseProgram(text: string): Program | undefined {
  try {
    return parse(text, OPTIONS).program;
  } catch {
    return undefined;
  }
}

/** Names that a statement brings to the top of the module. */
function declaredNames(statement: Node): readonly string[] {
  if (statement.type === "ExportNamedDeclaration") {
    return statement.declaration ? declaredNames(statement.declaration) : [];
  }
  if (statement.type === "ImportDeclaration") return statement.specifiers.map(({ local }) => local.name);
  if (statement.type === "FunctionDeclaration" || statement.type === "ClassDeclaration")
    return [statement.id?.name ?? ""];
  if (statement.type !== "VariableDeclaration") return [];
  return statement.declarations.flatMap(({ id }) => {
    if (id.type === "Identifier") return [id.name];
    if (id.type !== "ObjectPattern") return [];
    return id.properties.flatMap((property) =>
      property.type === "ObjectProperty" && property.value.type === "Identifier" ? [property.value.name] : [],
    );
  });
}

interface Exported {
  readonly value: Expression;
  readonly isCommonJs: boolean;
}

function exportOf(program: Program): Exported | undefined {
  for (const statement of program.body) {
    if (statement.type === "ExportDefaultDeclaration") {
      const { declaration } = statement;
      const isValue = !/Declaration$|^TSDeclare/.test(declaration.type);
      return isValue ? { value: declaration as Expression, isCommonJs: false } : undefined;
    }
    const expression = statement.type === "ExpressionStatement" ? statement.expression : undefined;
    if (expression?.type !== "AssignmentExpression" || expression.left.type !== "MemberExpression") continue;
    const { object, property } = expression.left;
    const isExports = object.type === "Identifier" && object.name === "module";
    if (isExports && property.type === "Identifier" && property.name === "exports") {
      return { value: expression.right, isCommonJs: true };
    }
  }
  return undefined;
}

/** What a name or a type assertion stands for: the value of a constant of the module. */
function resolve(program: Program, value: Expression): Expression | undefined {
  if (/^TS(?:As|Satisfies|NonNull)Expression$/.test(value.type)) {
    return resolve(program, (value as Expression & { readonly expression: Expression }).expression);
  }
  if (value.type !== "Identifier") return value;
  for (const statement of program.body) {
    const declaration = statement.type === "ExportNamedDeclaration" ? statement.declaration : statement;
    if (declaration?.type !== "VariableDeclaration" || declaration.kind !== "const") continue;
    for (const { id, init } of declaration.declarations) {
      if (id.type === "Identifier" && id.name === value.name) return init ? resolve(program, init) : undefined;
    }
  }
  return undefined;
}

function appendTo(
  program: Program,
  text: string,
  exported: Expression,
  member: string,
): readonly TextEdit[] | undefined {
  const value = resolve(program, exported);
  if (value?.type === "ArrayExpression") return appendItem(text, rangeOf(value), value.elements, `...${member}`);
  if (value?.type !== "CallExpression") return undefined;
  const call = configCallOf(program, value);
  if (!call) return isComposed(program, value) ? [insert(rangeOf(value)[1], `.append(${member})`)] : undefined;
  const [first, second] = value.arguments;
  if (first?.type === "ArrayExpression" && !second && !call.takesOptions) {
    return appendItem(text, rangeOf(first), first.elements, member);
  }
  const item = call.takesOptions && !first ? `{}, ${member}` : member;
  const open = text.indexOf("(", rangeOf(value.typeParameters ?? value.callee)[1]);
  return open < 0 ? undefined : appendItem(text, [open, rangeOf(value)[1]], value.arguments, item);
}

function appendItem(
  text: string,
  range: Range,
  items: readonly (Node | null)[],
  item: string,
): readonly TextEdit[] | undefined {
  if (items.includes(null)) return undefined;
  const members = items.map((node) => ({ range: rangeOf(node) }));
  return appendMember({ path: "", text }, { kind: "sequence", range }, members, item);
}

function rangeOf(node: Node | null): Range {
  return [node?.start ?? 0, node?.end ?? 0];
}

/** Whether a call is one in a chain of methods that begins with a composer. */
function isComposed(program: Program, call: CallExpression): boolean {
  const { callee } = call;
  if (callee.type !== "MemberExpression" || callee.object.type !== "CallExpression") return false;
  return configCallOf(program, callee.object)?.isComposer ?? isComposed(program, callee.object);
}

/** What is known of the function that is called. */
function configCallOf(program: Program, { callee }: CallExpression): ConfigCall | undefined {
  const isMember = callee.type === "MemberExpression" && callee.object.type === "Identifier";
  const base = isMember ? callee.object : callee;
  const member = isMember && callee.property.type === "Identifier" ? callee.property.name : undefined;
  if (base.type !== "Identifier") return undefined;
  const origin = originOf(program, base.name);
  if (!origin) return undefined;
  return CONFIG_CALLS.find(
    ({ from, name }) =>
      isFrom(origin.from, from) && (name === undefined ? member === undefined : name === (member ?? origin.name)),
  );
}

function isFrom(specifier: string, from: string): boolean {
  return specifier === from || (from.startsWith(".") && specifier.endsWith(`/${from}`));
}

interface Origin {
  readonly from: string;
  /** The name in the module that it comes from; undefined for the whole module or its default export. */
  readonly name: string | undefined;
}

/** Where an imported or required name comes from. */
function originOf(program: Program, local: string): Origin | undefined {
  for (const statement of program.body) {
    if (statement.type === "ImportDeclaration") {
      const found = statement.specifiers.find((specifier) => specifier.local.name === local);
      if (!found) continue;
      const imported = found.type === "ImportSpecifier" ? found.imported : undefined;
      const name = imported?.type === "StringLiteral" ? imported.value : imported?.name;
      return { from: statement.source.value, name: name === "default" ? undefined : name };
    }
    if (statement.type !== "VariableDeclaration") continue;
    for (const { id, init } of statement.declarations) {
      const from = requiredBy(init);
      if (from === undefined) continue;
      if (id.type === "Identifier" && id.name === local) return { from, name: undefined };
      const isTaken = declaredNames({ ...statement, declarations: [{ ...statement.declarations[0], id } as never] });
      if (id.type === "ObjectPattern" && isTaken.includes(local)) return { from, name: local };
    }
  }
  return undefined;
}

function requiredBy(init: Node | null | undefined): string | undefined {
  if (init?.type !== "CallExpression" || init.callee.type !== "Identifier" || init.callee.name !== "require")
    return undefined;
  const [argument] = init.arguments;
  return argument?.type === "StringLiteral" ? argument.value : undefined;
}

/** Imports the plugin after the other imports, in their style. */
function importEdit(program: Program, text: string, name: string, isCommonJs: boolean): TextEdit {
  const last = program.body.findLast((statement) =>
    isCommonJs
      ? statement.type === "VariableDeclaration" &&
        statement.declarations.some(({ init }) => requiredBy(init) !== undefined)
      : statement.type === "ImportDeclaration",
  );
  const [start, end] = last ? rangeOf(last) : [0, 0];
  const sample = last ? text.slice(start, end) : text;
  const quote = /['"]/.exec(sample)?.[0] ?? `"`;
  const semicolon = last && !sample.endsWith(";") ? "" : ";";
  const source = `${quote}${PACKAGE}${quote}`;
  const line = isCommonJs ? `const ${name} = require(${source}).default` : `import ${name} from ${source}`;
  const lineEnding = lineEndingOf(text);
  if (last) return insert(end, `${lineEnding}${line}${semicolon}`);
  // What must come first: a line for the system, a directive, a comment that switches type checks on or off.
  const head = /^(?:#!.*\r?\n)?(?:\/\/ @ts-.*\r?\n|(['"])use strict\1;?\r?\n)*/.exec(text)?.[0] ?? "";
  return insert(head.length, `${line}${semicolon}${lineEnding}`);
}
