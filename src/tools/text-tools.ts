import { HOLE, type Word } from "../shell/command.ts";

/**
 * Programs that print what they make of a text, and that their words may tell to write files or run others, too: whether these do
 * not. https://www.gnu.org/software/sed/manual/sed.html, https://www.gnu.org/software/gawk/manual/gawk.html, uniq(1)
 */
export const TEXT_TOOLS: ReadonlyMap<string, (args: readonly Word[]) => boolean> = new Map([
  ["awk", onlyPrintsByAwk],
  ["sed", onlyPrintsBySed],
  // The second file is the one that it writes.
  ["uniq", (args) => args.filter(({ shape }) => !shape.startsWith("-")).length <= 1],
]);

/** A line or lines that a command of sed is for. */
const ADDRESS = String.raw`(?:[\d${HOLE}]+(?:~\d+)?|[$]|[+~]\d+|/(?:\\.|[^/\\\n])+/[IM]*)`;
const ADDRESSES = String.raw`${ADDRESS}[ \t]*(?:,[ \t]*${ADDRESS}[ \t]*)?(?:![ \t]*)?`;
/** All but `a`, `c`, `i`, `r` and those that write or run: `w`, `W`, `e`, and the flags `w` and `e` of `s`. */
const COMMAND = String.raw`(?:[=DGHNPQdghlnpqxz]\d*|:[ \t]*\w+|[bTt][ \t]*\w*|s([^\w\s\\])(?:\\.|(?!\1)[^\\\n])*\1(?:\\[^]|(?!\1)[^\\])*\1[gIiMmp\d]*|y/(?:\\.|[^/\\\n])*/(?:\\.|[^/\\\n])*/)`;
const PART = new RegExp(
  String.raw`[\s;{}]+|#[^\n]*|${ADDRESSES}(?=\{)|(?:${ADDRESSES})?${COMMAND}(?=[ \t]*(?:[;}\n#]|$))`,
  "y",
);

/** Whether a script of sed only edits what it prints. */
function editsWhatIsPrinted(script: string): boolean {
  PART.lastIndex = 0;
  while (PART.lastIndex < script.length) if (!PART.test(script)) return false;
  return script !== "";
}

function onlyPrintsBySed(args: readonly Word[]): boolean {
  const scripts: string[] = [];
  const operands: string[] = [];
  for (let index = 0; index < args.length; index++) {
    const shape = args[index]?.shape ?? "";
    const [, inline] = /^(?:-[Enrsuz]*e|--expression(?:=|$))([^]*)$/.exec(shape) ?? [];
    if (inline !== undefined) scripts.push(inline === "" ? (args[++index]?.shape ?? "") : inline);
    else if (!shape.startsWith("-")) operands.push(shape);
    else if (!/^-[Enrsuz]+$|^--(?:null-data|posix|quiet|regexp-extended|separate|silent|unbuffered)$/.test(shape))
      return false;
  }
  const all = scripts.length > 0 ? scripts : operands.slice(0, 1);
  return all.length > 0 && all.every(editsWhatIsPrinted);
}

/** What awk writes files and runs programs with; `>` compares, too. */
const AWK_WRITES = />(?!=)|\||@|\bsystem\b/;

function onlyPrintsByAwk(args: readonly Word[]): boolean {
  let index = 0;
  for (; args[index]?.shape.startsWith("-"); index++) {
    const { shape = "" } = args[index] ?? {};
    if (!/^-[Fv]/.test(shape)) return false;
    if (shape.length === 2) index++;
  }
  const program = args[index];
  return program?.value.known === true && !AWK_WRITES.test(program.value.value.replaceAll("||", ""));
}
