import { expressionsIn } from "../documents/expression.ts";
import { known, unknown } from "../documents/known.ts";
import { HOLE, type Command, type Word } from "./command.ts";

const TOKEN =
  /(?<comment>#[^\n]*|<#[^]*?#>)|(?<string>@'[^]*?\n'@|@"[^]*?\n"@|'(?:[^']|'')*'|"(?:[^"`]|`[^]|"")*")|(?<continuation>`\r?\n)|(?<end>&&|\|\||[\n;|&{}()])|(?<blank>[^\S\n]+)|(?<text>(?:\$\{\{[^]*?\}\}|`[^]|[^\s;|&{}()'"#`])+|[^])/g;

/**
 * The commands of a PowerShell or cmd script, split into words and nothing more: no state, no control flow. They can show
 * that something is reached or set, but are never certain enough to be reported.
 */
export function readApproximately(text: string): readonly Command[] {
  const expressions = expressionsIn(text);
  const commands: Command[] = [];
  let words: Word[] = [];
  let current: { start: number; end: number; value: string } | undefined;
  const endWord = (): void => {
    if (!current) return;
    const { start, end, value } = current;
    const inside = expressions.filter((expression) => expression.start < end && start < expression.end);
    const isKnown = inside.length === 0 && !/[$%]/.test(value);
    words.push({
      range: [start, end],
      text: text.slice(start, end),
      value: isKnown ? known(value) : unknown("the script is not a shell script"),
      shape: isKnown ? value : HOLE,
      variables: [],
      expressions: inside,
      splits: !isKnown,
      isComputed: !isKnown,
    });
    current = undefined;
  };
  const endCommand = (): void => {
    endWord();
    const [first, ...rest] = words;
    if (first) commands.push(approximateCommand([first, ...rest]));
    words = [];
  };
  for (const match of text.matchAll(TOKEN)) {
    const { string, end, blank, comment, continuation } = match.groups ?? {};
    if (end !== undefined) endCommand();
    else if (blank !== undefined || comment !== undefined || continuation !== undefined) endWord();
    else {
      current ??= { start: match.index, end: match.index, value: "" };
      current.end = match.index + match[0].length;
      const edge = string?.startsWith("@") ? 3 : 1;
      current.value += string === undefined ? match[0] : string.slice(edge, -edge);
    }
  }
  endCommand();
  return commands;
}

function approximateCommand(words: Command["words"]): Command {
  return {
    range: [words[0].range[0], (words.at(-1) ?? words[0]).range[1]],
    words,
    assignments: [],
    variables: new Map(),
    directory: unknown("the script is not a shell script"),
    redirects: [],
    guards: [],
    isFatal: false,
    isApproximate: true,
  };
}
