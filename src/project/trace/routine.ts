import type { Scalar } from "../../documents/data.ts";
import type { RunFile } from "../../commands/invocation.ts";
import { known, unknown, type Known } from "../../documents/known.ts";
import { scalarTextOf, type ScalarText } from "../../documents/scalar-text.ts";
import type { Place, Range, Source } from "../../documents/source.ts";
import type { Repository } from "../repository.ts";
import { readApproximately } from "../../shell/powershell.ts";
import { readScript } from "../../shell/script.ts";
import { joinDirectory, normalizeDirectory } from "../../shell/directory.ts";
import type { Command, ShellOptions, ShellScope, Word } from "../../shell/command.ts";

/** Where a script is written. */
export interface Host {
  readonly source: Source;
  /** The file's range for a range of the script. */
  rangeOf(start: number, end: number): Range;
  /** False where a range of the script has no exact counterpart, so that `rangeOf` gives the container. */
  readonly isExact: boolean;
}

/** A script as a scalar of a YAML or JSON file. */
export function scalarHost(source: Source, scalar: Scalar): Host {
  return new ScalarHost(source, scalar);
}

class ScalarHost implements Host {
  readonly source: Source;
  readonly #scalar: Scalar;
  #map: ScalarText | "none" | undefined;

  constructor(source: Source, scalar: Scalar) {
    this.source = source;
    this.#scalar = scalar;
  }

  /** Most scripts give no reason to ask for a position. */
  get #exact(): ScalarText | "none" {
    return (this.#map ??= scalarTextOf(this.#scalar, this.source.text) ?? "none");
  }

  get isExact(): boolean {
    return this.#exact !== "none";
  }

  rangeOf(start: number, end: number): Range {
    const map = this.#exact;
    // Arguments that a caller appends to a package script stand nowhere in the file.
    return map !== "none" && end <= String(this.#scalar.value).length ? map.rangeOf(start, end) : this.#scalar.range;
  }
}

/** A script that is a file. */
export function fileHost(source: Source): Host {
  return { source, isExact: true, rangeOf: (start, end) => [start, end] };
}

/** A script inside a word of another one. */
export function nestedHost(place: Place): Host {
  return { source: place.source, isExact: false, rangeOf: () => place.range };
}

/** A shell script, and the folder in which it starts. */
export interface Script {
  readonly text: string;
  readonly host: Host;
  /** Relative to the repository root. */
  readonly directory: Known<string>;
  readonly options: ShellOptions;
  /** False for shells that are only split into words. */
  readonly isPosix: boolean;
  /** True for a file that is run by its path. */
  readonly isFile?: boolean;
}

/** A command of a script, in its place. */
export class LocatedCommand {
  readonly command: Command;
  readonly host: Host;
  /** Relative to the repository root. */
  readonly directory: Known<string>;
  #place: Place | undefined;
  #text: string | undefined;

  constructor(command: Command, host: Host, directory: Known<string>) {
    this.command = command;
    this.host = host;
    this.directory = directory;
  }

  get place(): Place {
    return (this.#place ??= this.placeOf(this.command.range));
  }

  /** The command as one line, as it is written. */
  get text(): string {
    return (this.#text ??= oneLine(this.command.words.filter(isFirstOfPlace).map(({ text }) => text)));
  }

  /** The command as one line, with the words that an expression stands for. */
  get expandedText(): string {
    const { words } = this.command;
    const isAlone = (word: Word): boolean => words.every((other) => other === word || !isSamePlace(word, other));
    return oneLine(words.map((word) => (isAlone(word) || !word.value.known ? word.text : word.value.value)));
  }

  /** Where a part of the command stands. */
  placeOf(range: Range): Place {
    const { host } = this;
    return {
      source: host.source,
      get range() {
        return host.rangeOf(...range);
      },
    };
  }
}

/** Whether a word is the first of those that one expression stands for. */
function isFirstOfPlace(word: Word, index: number, words: readonly Word[]): boolean {
  const before = words[index - 1];
  return !before || !isSamePlace(word, before);
}

function isSamePlace({ range: [start, end] }: Word, { range }: Word): boolean {
  return start === range[0] && end === range[1];
}

function oneLine(words: readonly string[]): string {
  const text = words.join(" ").replaceAll(/\s+/g, " ");
  return text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text;
}

/** Whether a file that is run is a script of the shell, which is followed. */
export function isShellScript({ interpreter }: RunFile, { text }: Source): boolean {
  return interpreter === "shell" || (interpreter === "shebang" && /^#!.*\b(?:ba|da|z)?sh\b/.test(text));
}

/** What a package script sees of the outside while it is read: nothing that is certain for all of its callers. */
export const UNKNOWN_SCOPE: ShellScope = {
  expression: (expression) => unknown(`\`${expression.text}\` depends on the run`),
  variable: (name) => unknown(`\`${name}\` depends on the caller`),
};

/** The absolute path that stands for the checked out repository in values of variables and expressions. */
export const WORKSPACE_PATH = "/github/workspace";

const MAX_TEXT = 80;

/** The commands of a script, in order. */
export function locateCommands(repository: Repository, script: Script, scope: ShellScope): readonly LocatedCommand[] {
  const { host, directory } = script;
  const inFile = script.isFile === true ? { ...scope, file: `${WORKSPACE_PATH}/${host.source.path}` } : scope;
  const commands = script.isPosix ? readScript(script.text, inFile, script.options) : readApproximately(script.text);
  return commands.map((command) => {
    const folder = script.isPosix ? enterFolder(repository, directory, command.directory) : directory;
    return new LocatedCommand(command, host, folder);
  });
}

/** The folder that a script reaches from where it starts, relative to the repository root. */
export function enterDirectory(from: Known<string>, to: Known<string>): Known<string> {
  const target = joinDirectory(from, to);
  if (!target.known) return target;
  if (target.value === WORKSPACE_PATH || target.value.startsWith(`${WORKSPACE_PATH}/`)) {
    return known(normalizeDirectory(target.value.slice(WORKSPACE_PATH.length + 1)));
  }
  const isOutside = target.value.startsWith("/") || target.value === ".." || target.value.startsWith("../");
  return isOutside ? unknown("the directory is outside the repository") : target;
}

/** The same where the folder is in the repository: what a run has yet to make, or cannot enter, is not known. */
export function enterFolder({ files }: Repository, from: Known<string>, to: Known<string>): Known<string> {
  const folder = enterDirectory(from, to);
  const isThere = !folder.known || folder.value === "" || files.exists(folder.value);
  return isThere ? folder : unknown(`the repository has no folder \`${folder.value}\``);
}
