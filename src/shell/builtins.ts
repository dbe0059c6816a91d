import type { Command as SyntaxCommand } from "unbash";
import type { Assignment, Word } from "./command.ts";
import type { ShellState } from "./state.ts";

const DECLARATIONS = new Set(["declare", "export", "local", "readonly", "typeset"]);
const READERS = new Set(["getopts", "mapfile", "read", "readarray"]);

/** How a command ends the list that it stands in. */
export type Ending = "success" | "failure";

/** What a builtin changes before the next command runs; the answer says whether it ends the list. */
export function runBuiltin(
  name: string,
  words: readonly Word[],
  node: SyntaxCommand,
  state: ShellState,
  assignmentsOf: (node: SyntaxCommand, reach: Assignment["reach"]) => readonly Assignment[],
): Ending | undefined {
  const values = words.map((word) => (word.value.known ? word.value.value : ""));
  if (DECLARATIONS.has(name)) declare(name, node, state, assignmentsOf);
  if (READERS.has(name)) assignAll(values, "uncertain", state);
  if (name === "unset") assignAll(values, "exported", state);
  if (name === "set") setOptions(values, state);
  if (name === "break" || name === "continue") return "success";
  if (name === "exit" || name === "return") return /^0*$/.test(values[0] ?? "0") ? "success" : "failure";
  return undefined;
}

/** What a builtin changes after it ran itself in the old state. */
export function runAfterwards(name: string, words: readonly Word[], state: ShellState): void {
  if (name === "cd" || name === "pushd" || name === "popd") {
    const target = words.find((word) => !word.text.startsWith("-") || word.text === "-");
    state.changeDirectory(name, target?.value);
  }
  if (name === "source" || name === "." || name === "eval") state.opened = `\`${name}\` can set any variable`;
}

function assignAll(names: readonly string[], reach: Assignment["reach"], state: ShellState): void {
  for (const name of names) if (/^[A-Za-z_]\w*$/.test(name)) state.assign({ name, value: undefined, reach });
}

function declare(
  name: string,
  node: SyntaxCommand,
  state: ShellState,
  assignmentsOf: (node: SyntaxCommand, reach: Assignment["reach"]) => readonly Assignment[],
): void {
  const words = node.args.flatMap((item) => (item.type === "Word" ? [item.text] : []));
  const flags = words.filter((word) => word.startsWith("-")).join("");
  const isExport = name === "export" || flags.includes("x") || state.allexport;
  for (const assignment of assignmentsOf(node, isExport ? "exported" : "shell")) state.assign(assignment);
  if (!isExport) return;
  for (const word of words) {
    const assigned = state.variables.get(word);
    if (flags.includes("n")) state.assign({ name: word, value: undefined, reach: "exported" });
    else if (assigned?.reach === "shell") state.assign({ ...assigned, reach: "exported" });
  }
}

function setOptions(values: readonly string[], state: ShellState): void {
  for (const [index, value] of values.entries()) {
    const isOn = value.startsWith("-");
    if (!isOn && !value.startsWith("+")) continue;
    const named = value.endsWith("o") ? values[index + 1] : undefined;
    if (value.includes("e") || named === "errexit") state.errexit = isOn;
    if (value.includes("a") || named === "allexport") state.allexport = isOn;
    if (named === "pipefail") state.pipefail = isOn;
  }
}
