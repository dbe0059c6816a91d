import { known, unknown, type Known } from "../documents/known.ts";
import type { Assignment, Word } from "./command.ts";
import type { Scope } from "./flow.ts";
import type { ShellState } from "./state.ts";

/** Builtins whose own success hides how a substitution among their assignments ended. */
export const DECLARATIONS: ReadonlySet<string> = new Set(["declare", "export", "local", "readonly", "typeset"]);
const READERS = new Set(["getopts", "let", "mapfile", "printf", "read", "readarray"]);
const NAME = /^[A-Za-z_]\w*$/;

/** A builtin as a script calls it. */
export interface BuiltinCall {
  readonly name: string;
  readonly words: readonly Word[];
  /** The assignments among its arguments. */
  readonly assignments: (reach: Assignment["reach"]) => readonly Assignment[];
}

/** What a builtin ends, and whether it says that something failed. */
export interface Ending {
  readonly scope: Scope;
  readonly isFailure: boolean;
}

/** What a builtin changes before the next command runs; the answer says what it ends. */
export function runBuiltin(call: BuiltinCall, state: ShellState): Ending | undefined {
  const { name, words } = call;
  if (DECLARATIONS.has(name)) declare(call, state);
  if (READERS.has(name)) assignRead(call, state);
  if (name === "unset") unset(words, state);
  if (name === "set") setOptions(words, state);
  const [first] = words;
  if (name === "break") return { scope: "loop", isFailure: false };
  if (name === "continue") return { scope: "iteration", isFailure: false };
  if (name === "exec" && first) return { scope: "shell", isFailure: false };
  if (name !== "exit" && name !== "return") return undefined;
  // Without a status, or with one that is computed, it may be a success.
  const isFailure = first?.value.known === true && !/^0+$/.test(first.value.value);
  return { scope: name === "exit" ? "shell" : "function", isFailure };
}

/** What a builtin changes after it ran itself in the old state. */
export function runAfterwards({ name, words }: BuiltinCall, state: ShellState): void {
  if (name === "cd" || name === "pushd" || name === "popd") {
    const target = words.find((word) => !/^[-+]./.test(word.text));
    const isRotation = name === "popd" && words.length > 0;
    state.changeDirectory(
      name,
      isRotation ? unknown("`popd` takes any of the directories") : target && directoryOf(target),
    );
  }
  if (name === "eval" && words.some(({ shape }) => /\b(?:cd|popd|pushd)\b/.test(shape)))
    state.changeDirectory(name, unknown("`eval` changes the directory"));
  if (name === "source" || name === "." || name === "eval") state.open(`\`${name}\` can set any variable`);
}

/** The names that the expansions and arithmetic of a command assign: `${X:=1}`, `$((X += 1))`. */
export function assignedWithin(text: string): readonly string[] {
  if (!text.includes("${") && !text.includes("((")) return [];
  const defaults = Array.from(text.matchAll(/\$\{([A-Za-z_]\w*):?=/g), ([, name = ""]) => name);
  return [...defaults, ...Array.from(text.matchAll(/\(\(([^]*?)\)\)/g), ([, body = ""]) => assignedBy(body)).flat()];
}

/** The names that an arithmetic expression assigns. */
export function assignedBy(expression: string): readonly string[] {
  const pattern =
    /([A-Za-z_]\w*)\s*(?:\[[^\]]*\]\s*)?(?:\+\+|--|(?:[-+*/%&^|]|<<|>>)?=(?!=))|(?:\+\+|--)\s*([A-Za-z_]\w*)/g;
  return Array.from(expression.matchAll(pattern), ([, before, behind]) => before ?? behind ?? "");
}

function directoryOf({ text, value }: Word): Known<string> {
  return /^[^'"]*[*?[]/.test(text) ? unknown("the directory is a pattern") : value;
}

function unset(words: readonly Word[], state: ShellState): void {
  for (const { value } of words) {
    if (!value.known) state.open("`unset` takes computed names");
    else if (NAME.test(value.value)) state.remove(value.value);
  }
}

function assignRead({ name, words }: BuiltinCall, state: ShellState): void {
  const values = words.map((word) => (word.value.known ? word.value.value : ""));
  let names: readonly string[] = values;
  if (name === "printf") names = values[0] === "-v" ? values.slice(1, 2) : [];
  if (name === "let") names = values.flatMap(assignedBy);
  if (name === "read" && !values.some((value) => NAME.test(value))) names = ["REPLY"];
  for (const target of names) {
    if (NAME.test(target)) state.assign({ name: target, value: undefined, reach: "uncertain" });
  }
}

function declare({ name, words, assignments }: BuiltinCall, state: ShellState): void {
  const flags = words.filter(({ text }) => /^[-+]/.test(text)).map(({ text }) => text);
  if (flags.some((flag) => flag.includes("f"))) return;
  const isExport = name === "export" || flags.some((flag) => /^-\w*x/.test(flag));
  const isUnexport = name === "export" && flags.some((flag) => flag.includes("n"));
  const isGlobal = name === "export" || name === "readonly" || flags.some((flag) => flag.includes("g"));
  const reach = isUnexport ? "uncertain" : isExport ? "exported" : state.options.assignedReach;
  const assign = (assignment: Assignment): void => {
    if (!isGlobal) state.makeLocal(assignment.name);
    state.assign(assignment);
  };
  for (const assignment of assignments(reach)) assign(assignment);
  for (const word of words) {
    if (flags.includes(word.text)) continue;
    const [, target, value] = /^([A-Za-z_]\w*)(?:=([^]*))?$/.exec(word.shape) ?? [];
    if (target === undefined) state.open(`\`${name}\` sets variables whose names are computed`);
    else if (value !== undefined) assign({ name: target, value: valueIn(word, value), reach });
    else if (isUnexport) assign({ name: target, value: undefined, reach });
    else if (isExport) state.setExported(target);
    // Some shells let it keep the value from outside, some do not.
    else if (!isGlobal && state.makeLocal(target)) state.assign({ name: target, value: undefined, reach: "uncertain" });
  }
}

/** The value in a word that is an assignment as a whole: `export "A=$B"`. */
function valueIn(word: Word, shape: string): Word {
  return { ...word, shape, value: word.value.known ? known(shape) : word.value };
}

function setOptions(words: readonly Word[], state: ShellState): void {
  const values = words.map((word) => (word.value.known ? word.value.value : ""));
  for (let index = 0; index < values.length; index++) {
    const value = values[index] ?? "";
    if (!/^[-+][A-Za-z]/.test(value)) return;
    const isOn = value.startsWith("-");
    const named = value.endsWith("o") ? values[++index] : undefined;
    if (value.includes("e") || named === "errexit") state.setOption("errexit", isOn);
    if (value.includes("a") || named === "allexport") state.setOption("allexport", isOn);
    if (named === "pipefail") state.setOption("pipefail", isOn);
  }
}
