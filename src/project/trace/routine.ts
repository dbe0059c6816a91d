import type { Scalar } from "../../documents/data.ts";
import { known, unknown, type Known } from "../../documents/known.ts";
import { scalarTextOf } from "../../documents/scalar-text.ts";
import type { Place, Range, Source } from "../../documents/source.ts";
import { readApproximately } from "../../shell/powershell.ts";
import { readScript } from "../../shell/script.ts";
import { joinDirectory, normalizeDirectory } from "../../shell/directory.ts";
import type { Command, ShellOptions, ShellScope } from "../../shell/command.ts";

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
  const map = scalarTextOf(scalar, source.text);
  const { length } = String(scalar.value);
  return {
    source,
    isExact: map !== undefined,
    // Arguments that a caller appends to a package script stand nowhere in the file.
    rangeOf: (start, end) => (map && end <= length ? map.rangeOf(start, end) : scalar.range),
  };
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
}

/** A command of a script, in its place. */
export interface LocatedCommand {
  readonly command: Command;
  readonly host: Host;
  readonly place: Place;
  /** The command as one line, as messages show it. */
  readonly text: string;
  /** Relative to the repository root. */
  readonly directory: Known<string>;
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
export function locateCommands(script: Script, scope: ShellScope): readonly LocatedCommand[] {
  const { host, directory } = script;
  const commands = script.isPosix ? readScript(script.text, scope, script.options) : readApproximately(script.text);
  return commands.map((command) => {
    const words = command.words
      .map((word) => word.text)
      .join(" ")
      .replaceAll(/\s+/g, " ");
    return {
      command,
      host,
      place: { source: host.source, range: host.rangeOf(...command.range) },
      text: words.length > MAX_TEXT ? `${words.slice(0, MAX_TEXT)}…` : words,
      directory: script.isPosix ? enterDirectory(directory, command.directory) : directory,
    };
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
