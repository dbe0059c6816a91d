import { entryOf, isShared, type DataDocument, type DataNode, type Entry, type Mapping } from "../documents/data.ts";
import { endOfLine, insert, lineBefore, lineEndingOf, type TextEdit } from "./text-edit.ts";

/** An entry to add to an `env` or `with` mapping. */
export interface NewEntry {
  readonly name: string;
  readonly value: string;
}

/**
 * Adds variables to the `env` of a workflow, job or step. Undefined where the change would touch another place too (anchors),
 * or where the mapping is an expression.
 */
export function addEnv(
  document: DataDocument,
  owner: Mapping,
  variables: readonly NewEntry[],
): readonly TextEdit[] | undefined {
  return addUnder(document, owner, "env", variables);
}

/** Adds inputs to the `with` of a step; undefined as for {@link addEnv}. */
export function addInputs(
  document: DataDocument,
  step: Mapping,
  inputs: readonly NewEntry[],
): readonly TextEdit[] | undefined {
  return addUnder(document, step, "with", inputs);
}

function addUnder(
  document: DataDocument,
  owner: Mapping,
  key: "env" | "with",
  entries: readonly NewEntry[],
): readonly TextEdit[] | undefined {
  const existing = entryOf(owner, key);
  if (isShared(document, owner.range) || existing?.merged) return undefined;
  if (!existing) return addMapping(document, owner, key, entries);
  const { value } = existing;
  if (isShared(document, value.range)) return undefined;
  if (value.kind === "mapping") return addEntries(document, value, entries);
  // `env:` without a value
  const isEmpty = value.kind === "scalar" && value.value === null && value.range[0] === value.range[1];
  if (!isEmpty || owner.style === "flow") return undefined;
  const indent = indentOf(document, existing) + indentUnit(document, owner);
  return [insert(endOfLine(document.source.text, existing.range[1]), lines(document, indent, entries))];
}

/** Adds one input under the `inputs` of an action. */
export function addActionInput(
  document: DataDocument,
  root: Mapping,
  name: string,
  description: string,
): readonly TextEdit[] | undefined {
  const { text } = document.source;
  const inputs = entryOf(root, "inputs");
  if (root.style !== "block" || inputs?.merged) return undefined;
  const eol = lineEndingOf(text);
  const unit = indentUnit(document, root);
  const body = (indent: string): string =>
    `${eol}${indent}${name}:${eol}${indent}${unit}description: ${description}${eol}${indent}${unit}required: true`;
  const last = inputs?.value.kind === "mapping" ? inputs.value.entries.at(-1) : undefined;
  if (last && inputs?.value.kind === "mapping" && inputs.value.style === "block") {
    return [insert(endOfEntry(document, last), body(indentOf(document, last)))];
  }
  const previous = entryBefore(root, "runs");
  return inputs || !previous ? undefined : [insert(endOfEntry(document, previous), `${eol}inputs:${body(unit)}`)];
}

/** Removes one item of a block sequence with its lines; undefined where it shares them with something else. */
export function removeItem(document: DataDocument, item: Mapping): readonly TextEdit[] | undefined {
  const { text } = document.source;
  const before = lineBefore(text, item.range[0]);
  const last = item.entries.at(-1);
  if (!last || !/^[\t ]*-[\t ]+$/.test(before) || isShared(document, item.range)) return undefined;
  const lineBreaks = /^(?:\r?\n)+/.exec(text.slice(endOfEntry(document, last)))?.[0].length ?? 0;
  return [{ range: [item.range[0] - before.length, endOfEntry(document, last) + lineBreaks], text: "" }];
}

function addEntries(
  document: DataDocument,
  mapping: Mapping,
  variables: readonly NewEntry[],
): readonly TextEdit[] | undefined {
  const last = mapping.entries.findLast((entry) => !entry.merged);
  if (mapping.style === "flow") {
    const text = variables.map(({ name, value }) => `${name}: ${quoteInFlow(value)}`).join(", ");
    return last ? [insert(last.range[1], `, ${text}`)] : [insert(mapping.range[0] + 1, ` ${text} `)];
  }
  return last && [insert(endOfEntry(document, last), lines(document, indentOf(document, last), variables))];
}

/** The keys before which a new `env` stands, as workflows are commonly written; `with` follows `uses`. */
const WHAT_RUNS = ["run", "uses", "steps", "jobs"];

function addMapping(
  document: DataDocument,
  owner: Mapping,
  key: "env" | "with",
  entries: readonly NewEntry[],
): readonly TextEdit[] | undefined {
  const { text } = document.source;
  const eol = lineEndingOf(text);
  const own = owner.entries.filter((entry) => !entry.merged);
  const last = own.at(-1);
  if (!last) return undefined;
  if (owner.style === "flow") {
    const inner = entries.map(({ name, value }) => `${name}: ${quoteInFlow(value)}`).join(", ");
    return [insert(last.range[1], `, ${key}: { ${inner} }`)];
  }
  const runs = own.find((entry) => WHAT_RUNS.includes(entry.key));
  const before = key === "env" && runs ? entryBefore(owner, runs.key) : undefined;
  const previous = before ?? runs ?? last;
  const indent = indentOf(document, previous);
  const offset = endOfEntry(document, previous);
  // Sections of a workflow are set apart by blank lines where the one that follows is.
  const gap = /^\s*?\n[ \t]*\r?\n/.test(text.slice(offset)) && indent === "" ? eol : "";
  return [
    insert(offset, `${gap}${eol}${indent}${key}:${lines(document, indent + indentUnit(document, owner), entries)}`),
  ];
}

function entryBefore(mapping: Mapping, key: string): Entry | undefined {
  const own = mapping.entries.filter((entry) => !entry.merged);
  return own[own.findIndex((entry) => entry.key === key) - 1];
}

function lines(document: DataDocument, indent: string, variables: readonly NewEntry[]): string {
  const eol = lineEndingOf(document.source.text);
  return variables.map(({ name, value }) => `${eol}${indent}${name}: ${value}`).join("");
}

/** Braces of an expression would end a flow mapping. */
function quoteInFlow(value: string): string {
  return /[,[\]{}]/.test(value) ? `"${value.replaceAll(/["\\]/g, String.raw`\$&`)}"` : value;
}

function indentOf(document: DataDocument, entry: Entry): string {
  // A key that follows the dash of a list item stands in the same column as the keys below it.
  return lineBefore(document.source.text, entry.keyRange[0]).replaceAll(/[^\t ]/g, " ");
}

function indentUnit(document: DataDocument, owner: Mapping): string {
  for (const entry of owner.entries) {
    const { value } = entry;
    const first = value.kind === "mapping" && value.style === "block" ? value.entries[0] : undefined;
    const difference = first && indentOf(document, first).length - indentOf(document, entry).length;
    if (difference !== undefined && difference > 0 && difference <= 8) return " ".repeat(difference);
  }
  return "  ";
}

/** The end of the line on which an entry ends, so that a comment there stays with it. */
function endOfEntry(document: DataDocument, entry: Entry): number {
  const { text } = document.source;
  const [, end] = entry.range;
  const last = lastScalar(entry.value);
  // With `|+` the blank lines at the end belong to the value.
  const isKept = last.range[1] === end && /^[|>]\d?\+/.test(text.slice(...last.range));
  const blankLines = isKept ? /^(?:[\t ]*\r?\n)*(?=[\t ]*\r?\n)/.exec(text.slice(end))?.[0] : undefined;
  return endOfLine(text, end + (blankLines?.length ?? 0));
}

function lastScalar(node: DataNode): DataNode {
  const last =
    node.kind === "mapping" ? node.entries.at(-1)?.value : node.kind === "sequence" ? node.items.at(-1) : undefined;
  return last ? lastScalar(last) : node;
}
