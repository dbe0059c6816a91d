import { textOf } from "../../commands/arguments.ts";
import { HOLE, type Command } from "../../shell/command.ts";

/** A line `name=value` of one of GitHub's files, or a value of several lines, which is then a hole. */
export interface Entry {
  readonly name: string;
  /** With holes for what is computed in the run. */
  readonly value: string;
}

/** What a command writes to a file of GitHub's, such as `$GITHUB_ENV`; undefined where that is not known. */
export function entriesWritten(command: Command): readonly Entry[] | undefined {
  const written = linesWritten(command);
  return written === undefined ? undefined : parseEnvironmentFile(written);
}

/** Whether a command writes to a file that has a name like this. */
export function writesFile({ redirects, words }: Command, name: RegExp): boolean {
  if (redirects.some(({ target }) => name.test(target.text))) return true;
  return textOf(words[0]) === "tee" && words.some(({ text }) => name.test(text));
}

/** What a command prints: the words of `echo` and `printf`, or the here-document of `cat`; undefined for other commands. */
export function linesWritten(command: Command): string | undefined {
  const [name, ...rest] = command.words;
  const words = rest.filter((word, index) => !(index === 0 && /^-[neE]+$/.test(word.text)));
  switch (textOf(name)) {
    case "echo":
      return words.map((word) => word.shape).join(" ");
    case "printf":
      return words[0]?.shape.replaceAll("%s", HOLE).replaceAll(String.raw`\n`, "\n");
    case "cat":
      return rest.length === 0 ? command.input?.shape : undefined;
    case "tee":
      return command.pipedFrom ? linesWritten(command.pipedFrom) : command.input?.shape;
    default:
      return undefined;
  }
}

/** https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#environment-files */
function parseEnvironmentFile(text: string): readonly Entry[] | undefined {
  const entries: Entry[] = [];
  const lines = text.split("\n").map((line) => line.replace(/\r$/, ""));
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] ?? "";
    if (line === "") continue;
    const [, name, separator, rest = ""] = /^([^=<]+?)(=|<<)([^]*)$/.exec(line) ?? [];
    if (name === undefined || name.includes(HOLE)) return undefined;
    if (separator === "=") entries.push({ name, value: rest });
    else {
      // The lines up to the delimiter may come from a later command.
      entries.push({ name, value: HOLE });
      const end = lines.indexOf(rest, index + 1);
      index = end < 0 ? lines.length : end;
    }
  }
  return entries;
}
