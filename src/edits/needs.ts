import { entryOf, isShared, type DataDocument, type Mapping } from "../documents/data.ts";
import { endOfLine, insert, lineBefore, lineEndingOf, type TextEdit } from "./text-edit.ts";
import { endOfEntry, indentOf, written } from "./yaml.ts";

/**
 * Lets a job wait for another one too. Undefined where the change would touch another place (anchors), and where the `needs` that
 * there are share their lines with something else.
 */
export function addNeed(document: DataDocument, job: Mapping, id: string): readonly TextEdit[] | undefined {
  const { text } = document.source;
  const existing = entryOf(job, "needs");
  if (isShared(document, job.range) || existing?.merged) return undefined;
  if (!existing) return addNeeds(document, job, id);
  const { value } = existing;
  if (isShared(document, value.range)) return undefined;
  const name = written(id, "flow");
  if (value.kind === "scalar") {
    const isName = value.style !== "literal" && value.style !== "folded" && typeof value.value === "string";
    return isName ? [{ range: value.range, text: `[${text.slice(...value.range)}, ${name}]` }] : undefined;
  }
  const last = value.kind === "sequence" ? value.items.at(-1) : undefined;
  if (value.kind !== "sequence" || !last) return undefined;
  if (value.style === "flow") return [insert(last.range[1], `, ${name}`)];
  const before = lineBefore(text, last.range[0]);
  const isAlone = /^[\t ]*-[\t ]+$/.test(before);
  return isAlone ? [insert(endOfLine(text, last.range[1]), `${lineEndingOf(text)}${before}${name}`)] : undefined;
}

/** Below the name of a job, or before all else. */
function addNeeds(document: DataDocument, job: Mapping, id: string): readonly TextEdit[] | undefined {
  const { text } = document.source;
  const own = job.entries.filter(({ merged }) => !merged);
  const [first] = own;
  if (!first) return undefined;
  if (job.style === "flow") return [insert(first.range[0], `needs: ${written(id, "flow")}, `)];
  const [eol, indent] = [lineEndingOf(text), indentOf(document, job)];
  const need = `needs: ${written(id, "block")}`;
  const name = own.find(({ key }) => key === "name");
  if (name) return [insert(endOfEntry(document, name), `${eol}${indent}${need}`)];
  const isAlone = /^[\t ]*$/.test(lineBefore(text, first.range[0]));
  return isAlone ? [insert(first.range[0], `${need}${eol}${indent}`)] : undefined;
}
