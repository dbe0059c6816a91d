import { entryOf, isShared, type DataDocument, type DataNode, type Entry, type Mapping } from "../documents/data.ts";
import type { Range } from "../documents/source.ts";
import { endOfLine, insert, lineBefore, lineEndingOf, type TextEdit } from "./text-edit.ts";

/** An entry to add to a mapping. */
export interface NewEntry {
  readonly name: string;
  readonly value: string | boolean;
}

/** The keys whose mappings get entries. */
type AddedKey = "env" | "permissions" | "secrets" | "with";

/**
 * Adds entries to the mapping under a key of a workflow, job or step, or fills those that are blank there: variables to its `env`,
 * inputs to its `with`. Undefined where the change would touch another place too (anchors), or where the mapping is an expression.
 */
export function addUnder(
  document: DataDocument,
  owner: Mapping,
  key: AddedKey,
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
  // `? env` has no colon after which a mapping could stand.
  const isSimple = existing.range[0] === existing.keyRange[0];
  if (!isEmpty || !isSimple || owner.style === "flow") return undefined;
  const indent = indentOf(document, owner) + indentUnit(document, owner);
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
  if (root.style !== "block" || inputs?.merged || entryOf(inputs?.value, name)) return undefined;
  const eol = lineEndingOf(text);
  const unit = indentUnit(document, root);
  const body = (indent: string): string =>
    `${eol}${indent}${name}:${eol}${indent}${unit}description: ${written(description, "block")}${eol}${indent}${unit}required: true`;
  if (inputs?.value.kind === "mapping" && inputs.value.style === "block") {
    const last = inputs.value.entries.findLast((entry) => !entry.merged);
    if (!last || isShared(document, inputs.value.range)) return undefined;
    return [insert(endOfEntry(document, last), body(indentOf(document, inputs.value)))];
  }
  const previous = entryBefore(root, "runs");
  return inputs || !previous ? undefined : [insert(endOfEntry(document, previous), `${eol}inputs:${body(unit)}`)];
}

/**
 * Removes one item of a block sequence with its lines; undefined where it shares them with something else, where an alias
 * repeats a part of it, and where no item would be left.
 */
export function removeItem(document: DataDocument, item: Mapping): readonly TextEdit[] | undefined {
  const { text } = document.source;
  const before = lineBefore(text, item.range[0]);
  const last = item.entries.findLast((entry) => !entry.merged);
  if (!last || !/^[\t ]*-[\t ]+$/.test(before) || isShared(document, item.range)) return undefined;
  const items = itemsAround(document.root, item);
  if (items.length < 2 || document.sharedRanges.some((range) => contains(item.range, range))) return undefined;
  const previous = items[items.indexOf(item) - 1];
  const start = item.range[0] - before.length;
  const end = item.style === "flow" ? endOfLine(text, item.range[1]) : endOfEntry(document, last);
  // Of the blank lines on both sides of an item one side goes; a script before it that keeps blank lines gets no more of them.
  const isApart =
    /\n[\t ]*\r?\n$/.test(text.slice(0, start)) || (previous && keepsBlankLines(document, lastScalar(previous)));
  const lineBreaks = (isApart ? /^\r?\n(?:[\t ]*\r?\n)*/ : /^\r?\n/).exec(text.slice(end))?.[0].length ?? 0;
  return [{ range: [start, end + lineBreaks], text: "" }];
}

/** Adds an item of one line after another one of a block sequence; undefined where that one shares its lines with something else. */
export function addItemAfter(document: DataDocument, item: Mapping, text: string): readonly TextEdit[] | undefined {
  const source = document.source.text;
  const before = lineBefore(source, item.range[0]);
  const last = item.entries.findLast((entry) => !entry.merged);
  if (!last || item.style === "flow" || !/^[\t ]*-[\t ]+$/.test(before)) return undefined;
  if (isShared(document, item.range)) return undefined;
  const lineEnding = lineEndingOf(source);
  const isApart = /\n[\t ]*\r?\n$/.test(source.slice(0, item.range[0] - before.length));
  return [insert(endOfEntry(document, last), `${isApart ? lineEnding : ""}${lineEnding}${before}${text}`)];
}

function contains(outer: Range, inner: Range): boolean {
  return outer[0] <= inner[0] && inner[1] <= outer[1];
}

/** The items of the sequence that holds an item. */
export function itemsAround(node: DataNode | undefined, item: Mapping): readonly DataNode[] {
  if (!node || node.kind === "scalar" || !contains(node.range, item.range)) return [];
  const children = node.kind === "mapping" ? node.entries.map((entry) => entry.value) : node.items;
  if (node.kind === "sequence" && children.includes(item)) return children;
  return children.flatMap((child) => itemsAround(child, item));
}

function addEntries(
  document: DataDocument,
  mapping: Mapping,
  variables: readonly NewEntry[],
): readonly TextEdit[] | undefined {
  const own = mapping.entries.filter((entry) => !entry.merged);
  const edits: TextEdit[] = [];
  const missing: NewEntry[] = [];
  for (const variable of variables) {
    // GitHub rejects names that differ in case alone as defined twice.
    const entry = own.find(({ key }) => key.toLowerCase() === variable.name.toLowerCase());
    if (entry && entry.key !== variable.name) return undefined;
    const edit = entry && fillBlank(document, entry, written(variable.value, styleOf(mapping)));
    if (entry && !edit) return undefined;
    if (edit) edits.push(edit);
    else missing.push(variable);
  }
  const additions = missing.length === 0 ? [] : appendEntries(document, mapping, own.at(-1), missing);
  return additions && [...edits, ...additions];
}

/** Gives a value to an entry that is an empty string or none; undefined where it has one, or shares it. */
function fillBlank(document: DataDocument, { value }: Entry, text: string): TextEdit | undefined {
  const isBlank = value.kind === "scalar" && (value.value === "" || value.value === null);
  if (!isBlank || isShared(document, value.range)) return undefined;
  const [start, end] = value.range;
  return { range: value.range, text: start === end ? ` ${text}` : text };
}

function appendEntries(
  document: DataDocument,
  mapping: Mapping,
  last: Entry | undefined,
  entries: readonly NewEntry[],
): readonly TextEdit[] | undefined {
  if (mapping.style === "flow") {
    if (last) return [insert(last.range[1], `, ${inFlow(entries)}`)];
    const isEmpty = /^\{(?:\s|#[^\n]*\n)*\}$/.test(document.source.text.slice(...mapping.range));
    return isEmpty ? [insert(mapping.range[0] + 1, ` ${inFlow(entries)} `)] : undefined;
  }
  return last && [insert(endOfEntry(document, last), lines(document, indentOf(document, mapping), entries))];
}

/** The keys before which new `env` and `permissions` stand, as workflows are commonly written; `with` follows `uses`, and `secrets` follow `with`. */
export const WHAT_RUNS = ["run", "uses", "steps", "jobs"];

function addMapping(
  document: DataDocument,
  owner: Mapping,
  key: AddedKey,
  entries: readonly NewEntry[],
): readonly TextEdit[] | undefined {
  const { text } = document.source;
  const eol = lineEndingOf(text);
  const own = owner.entries.filter((entry) => !entry.merged);
  const last = own.at(-1);
  if (!last) return undefined;
  if (owner.style === "flow") {
    // `[run: x]` has no braces that could hold a second key.
    return text[owner.range[0]] === "{" ? [insert(last.range[1], `, ${key}: { ${inFlow(entries)} }`)] : undefined;
  }
  const runs = own.find((entry) => WHAT_RUNS.includes(entry.key));
  const isBefore = key === "env" || key === "permissions";
  const before = isBefore && runs ? entryBefore(owner, runs.key) : undefined;
  const inputs = key === "secrets" ? own.find((entry) => entry.key === "with") : undefined;
  const previous = before ?? inputs ?? runs ?? last;
  const indent = indentOf(document, owner);
  const offset = endOfEntry(document, previous);
  // Sections of a workflow are set apart by blank lines where the one that follows is.
  const gap = /^\s*?\n[ \t]*\r?\n/.test(text.slice(offset)) && indent === "" ? eol : "";
  return [
    insert(offset, `${gap}${eol}${indent}${key}:${lines(document, indent + indentUnit(document, owner), entries)}`),
  ];
}

/** The entry that is written before one with this key. */
export function entryBefore(mapping: Mapping, key: string): Entry | undefined {
  const own = mapping.entries.filter((entry) => !entry.merged);
  return own[own.findIndex((entry) => entry.key === key) - 1];
}

function lines(document: DataDocument, indent: string, variables: readonly NewEntry[]): string {
  const eol = lineEndingOf(document.source.text);
  return variables.map((variable) => `${eol}${indent}${pair(variable, "block")}`).join("");
}

function inFlow(variables: readonly NewEntry[]): string {
  return variables.map((variable) => pair(variable, "flow")).join(", ");
}

/** How what is written is read: line by line, or between braces. */
export type Style = "block" | "flow";

/** JSON is written like a flow mapping. */
function styleOf({ style }: Mapping): Style {
  return style === "block" ? "block" : "flow";
}

function pair({ name, value }: NewEntry, style: Style): string {
  return `${written(name, style)}: ${written(value, style)}`;
}

/** A value as YAML: a string is plain where that is read back as the same string, else in double quotes. */
export function written(value: string | boolean, style: Style): string {
  if (typeof value === "boolean") return String(value);
  const isPlain =
    /^(?:\.?[A-Za-z_$/][\x20-\x7e]*|\d+\.\d+\.\d+[\w.+-]*)$/.test(value) &&
    !/: | #|[: ]$|^(?:null|true|false|yes|no|on|off|[yn]|\.inf|\.nan)$/i.test(value) &&
    !(style === "flow" && /[,[\]{}]/.test(value));
  return isPlain ? value : JSON.stringify(value);
}

/** The blanks before the keys of a block mapping; after the dash of a list item they stand below the first key. */
export function indentOf(document: DataDocument, mapping: Mapping): string {
  return lineBefore(document.source.text, mapping.range[0]).replaceAll(/[^\t ]/g, " ");
}

/** The blanks by which a block mapping in a mapping stands further in. */
export function indentUnit(document: DataDocument, owner: Mapping): string {
  const outer = indentOf(document, owner).length;
  for (const { value } of owner.entries) {
    const difference =
      value.kind === "mapping" && value.style === "block" ? indentOf(document, value).length - outer : 0;
    if (difference > 0 && difference <= 8) return " ".repeat(difference);
  }
  return "  ";
}

/** The end of the line on which an entry ends, so that a comment there stays with it. */
export function endOfEntry(document: DataDocument, entry: Entry): number {
  const { text } = document.source;
  const [, end] = entry.range;
  const last = lastScalar(entry.value);
  const isKept = last.range[1] === end && keepsBlankLines(document, last);
  const blankLines = isKept ? /^(?:[\t ]*\r?\n)*(?=[\t ]*\r?\n)/.exec(text.slice(end))?.[0] : undefined;
  return endOfLine(text, end + (blankLines?.length ?? 0));
}

function lastScalar(node: DataNode): DataNode {
  const last =
    node.kind === "mapping" ? node.entries.at(-1)?.value : node.kind === "sequence" ? node.items.at(-1) : undefined;
  return last ? lastScalar(last) : node;
}

/** With `|+` the blank lines at the end belong to the value. */
function keepsBlankLines(document: DataDocument, node: DataNode): boolean {
  const isBlock = node.kind === "scalar" && (node.style === "literal" || node.style === "folded");
  return isBlock && /^[|>]\d?\+/.test(document.source.text.slice(...node.range));
}
