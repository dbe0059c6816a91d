import {
  entriesOf,
  entryOf,
  isShared,
  stringOf,
  type DataDocument,
  type Entry,
  type Mapping,
} from "../documents/data.ts";
import { scalarTextOf } from "../documents/scalar-text.ts";
import { insert, lineBefore, lineEndingOf, type TextEdit } from "./text-edit.ts";
import { addUnder, endOfEntry, entryBefore, indentOf, indentUnit, itemsAround, WHAT_RUNS, written } from "./yaml.ts";

/** A step that runs a script. */
export interface NewStep {
  readonly name: string;
  /** The condition as it stands in the file; undefined for none. */
  readonly condition: string | undefined;
  readonly env: readonly { readonly name: string; readonly value: string }[];
  readonly script: readonly string[];
}

/** Puts a step that runs a script before another one; undefined as for {@link insertStep}. */
export function insertStepBefore(
  document: DataDocument,
  step: Mapping,
  { name, condition, env, script }: NewStep,
): readonly TextEdit[] | undefined {
  const unit = indentUnit(document, step);
  return insertStep(document, step, "before", [
    `name: ${written(name, "block")}`,
    ...(condition === undefined ? [] : [`if: ${condition}`]),
    ...(env.length === 0 ? [] : ["env:"]),
    ...env.map((entry) => `${unit}${written(entry.name, "block")}: ${written(entry.value, "block")}`),
    "run: |",
    ...script.map((line) => unit + line),
  ]);
}

/**
 * Puts a step, given as the lines of its keys, before another one and above the comments that belong to that, or after it.
 * Undefined in a flow sequence, where something else shares the line, and where an alias repeats the steps.
 */
export function insertStep(
  document: DataDocument,
  step: Mapping,
  side: "before" | "after",
  lines: readonly string[],
): readonly TextEdit[] | undefined {
  const { text } = document.source;
  const dash = lineBefore(text, step.range[0]);
  const items = itemsAround(document.root, step);
  const index = items.indexOf(step);
  const own = lastEntry(step);
  if (!/^[\t ]*-[\t ]+$/.test(dash) || index < 0 || !own || isShared(document, step.range)) return undefined;
  const eol = lineEndingOf(text);
  const added = dash + lines.join(eol + indentOf(document, step));
  if (side === "after") return step.style === "block" ? [insert(endOfEntry(document, own), eol + added)] : undefined;
  const previous = items[index - 1];
  const last = previous?.kind === "mapping" ? lastEntry(previous) : undefined;
  const floor = last ? endOfEntry(document, last) : index === 0 ? 0 : undefined;
  const start = startOfComments(text, step.range[0] - dash.length, floor);
  const gap = /\n[\t ]*\r?\n$/.test(text.slice(0, start)) ? eol : "";
  return [insert(start, added + eol + gap)];
}

function lastEntry(mapping: Mapping): Entry | undefined {
  return mapping.entries.findLast((entry) => !entry.merged);
}

/** The start of the comment lines right above a line that are not indented further, none of which lies before `floor`. */
function startOfComments(text: string, lineStart: number, floor: number | undefined): number {
  if (floor === undefined) return lineStart;
  const indent = /^[\t ]*/.exec(text.slice(lineStart))?.[0].length ?? 0;
  for (let start = lineStart; ;) {
    const above = text.lastIndexOf("\n", start - 2) + 1;
    const blanks = /^[\t ]*(?=#)/.exec(text.slice(above, start))?.[0].length ?? Infinity;
    if (start === 0 || above < floor || blanks > indent) return start;
    start = above;
  }
}

/**
 * Removes an input of a step, and its `with` if no other is left; undefined where it shares its lines with something else, where a
 * comment would go with it, and where an alias repeats it.
 */
export function removeInput(document: DataDocument, step: Mapping, name: string): readonly TextEdit[] | undefined {
  const { text } = document.source;
  const block = entryOf(step, "with");
  const inputs = block?.value;
  if (!block || block.merged || inputs?.kind !== "mapping" || isShared(document, step.range)) return undefined;
  const entry = inputs.entries.find(({ key, merged }) => key.toLowerCase() === name && !merged);
  const isOnly = inputs.entries.length === 1;
  if (!entry || step.style !== "block" || (inputs.style !== "block" && !isOnly)) return undefined;
  const removed = isOnly ? block : entry;
  const before = lineBefore(text, removed.range[0]);
  const start = removed.range[0] - before.length;
  const end = endOfEntry(document, removed);
  const isAlone = /^[\t ]*$/.test(before) && !/(?:^|\s)#/.test(text.slice(start, end)) && start > 0;
  if (!isAlone || isShared(document, inputs.range)) return undefined;
  const lineBreak = /^\r?\n/.exec(text.slice(end))?.[0].length;
  return [
    lineBreak === undefined
      ? { range: [start - lineEndingOf(text).length, end], text: "" }
      : { range: [start, end + lineBreak], text: "" },
  ];
}

/** Gives a step a key that is written before what runs; undefined where it has one, and as for {@link insertStepBefore}. */
export function addStepKey(
  document: DataDocument,
  step: Mapping,
  key: "if" | "shell",
  value: string,
): readonly TextEdit[] | undefined {
  const { text } = document.source;
  const own = step.entries.filter((entry) => !entry.merged);
  const [first] = own;
  const isTaken = step.entries.some((entry) => entry.key === key);
  if (!first || isTaken || step.style !== "block" || isShared(document, step.range)) return undefined;
  const runs = own.find((entry) => WHAT_RUNS.includes(entry.key));
  const previous: Entry = (runs && entryBefore(step, runs.key)) ?? runs ?? first;
  const line = `${lineEndingOf(text)}${indentOf(document, step)}${key}: ${value}`;
  return [insert(endOfEntry(document, previous), line)];
}

/**
 * Lets the condition of a step test secrets through the step's own `env`, which the runner evaluates before it.
 * https://github.com/actions/runner/blob/main/src/Runner.Worker/StepsRunner.cs
 */
export function testThroughEnv(
  document: DataDocument,
  step: Mapping,
  secrets: readonly string[],
): readonly TextEdit[] | undefined {
  const condition = step.entries.find(({ key }) => key === "if")?.value;
  if (condition?.kind !== "scalar" || typeof condition.value !== "string" || secrets.length === 0) return undefined;
  const map = scalarTextOf(condition, document.source.text);
  // What stands between quotes is text; a secret that is named in another way than with a dot is left alone.
  const reads = [...condition.value.matchAll(/'(?:[^']|'')*'|\bsecrets\b(?:\.([A-Za-z_]\w*))?/gi)].filter(
    ([read]) => !read.startsWith("'"),
  );
  const names = new Set(reads.map(([, name]) => name?.toLowerCase()));
  if (!map || isShared(document, condition.range) || names.has(undefined) || names.size !== secrets.length)
    return undefined;
  const own = entriesOf(entryOf(step, "env")?.value);
  const variables = secrets.map((secret) => {
    const value = `\${{ secrets.${secret} }}`;
    const given = own.find((entry) => stringOf(entry.value) === value);
    return { secret, name: given?.key ?? secret, value, isGiven: given !== undefined };
  });
  const missing = variables.filter(({ isGiven }) => !isGiven);
  const env = missing.length === 0 ? [] : addUnder(document, step, "env", missing);
  const tests = reads.map((match): TextEdit => {
    const [read, secret = ""] = match;
    const name = variables.find((variable) => variable.secret === secret)?.name ?? secret;
    return { range: map.rangeOf(match.index, match.index + read.length), text: `env.${name}` };
  });
  return env && [...env, ...tests];
}
