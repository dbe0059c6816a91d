import type { Expression } from "../../src/documents/expression.ts";
import { known, unknown, type Known } from "../../src/documents/known.ts";
import { HOLE, type Command, type ShellOptions, type Word } from "../../src/shell/command.ts";
import { readScript } from "../../src/shell/script.ts";

/** How GitHub runs a script that names no shell. */
export const DEFAULT_SHELL: ShellOptions = { errexit: true, pipefail: false };

/** What a script sees of the outside: `HOME`, `EMPTY` and `LIST`, and expressions like `${{ env.LIST }}`; `$C` is not known. */
const OUTSIDE: Readonly<Record<string, string>> = {
  GITHUB_WORKSPACE: "/github/workspace",
  EMPTY: "",
  NAME: "name",
  LIST: "one two",
};

function answer(name: string): Known<string> {
  const value = OUTSIDE[name];
  return value === undefined ? unknown(`\`${name}\` depends on the run`) : known(value);
}

/** The commands of a script. */
export function read(text: string, options = DEFAULT_SHELL): readonly Command[] {
  return readScript(
    text,
    { variable: answer, expression: ({ text: name }: Expression) => answer(name.replace(/^env\./, "")) },
    options,
  );
}

/** A word as text: `?` for what is not known, `…` after what may be several words or none. */
export function shown({ shape, splits }: Word): string {
  return shape.replaceAll(HOLE, "?") + (splits ? "…" : "");
}

/** A command as text. */
export function line({ words }: Command): string {
  return words.map(shown).join(" ");
}

/** What a command says of a variable: `A=1`, `A:1` if it is not exported, `A~1` if it may be, `-A` if it is removed. */
export function variable({ assignments, variables, opened }: Command, name: string): string {
  const assignment = assignments.findLast((item) => item.name === name) ?? variables.get(name);
  if (!assignment) return opened === undefined ? "outside" : "opened";
  const { reach, value } = assignment;
  if (!value) return reach === "uncertain" ? `${name}~` : `-${name}`;
  return `${name}${{ exported: "=", shell: ":", uncertain: "~" }[reach]}${shown(value)}`;
}

/** Each command with what it runs under: `?` for a condition, `C?` for one that only variables decide, `!` where it is fatal. */
export function flow(text: string, options = DEFAULT_SHELL): readonly string[] {
  return read(text, options).map((command) => {
    const guards = command.guards.map(({ isTest, variables, expressions }) =>
      isTest ? `${[...variables, ...expressions.map((expression) => expression.text)].join("+")}? ` : "? ",
    );
    return `${guards.join("")}${line(command)}${command.isFatal ? "!" : ""}`;
  });
}
