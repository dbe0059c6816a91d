import { textOf } from "../commands/arguments.ts";
import type { RunBinary } from "../commands/invocation.ts";
import type { Command } from "../shell/command.ts";
import {
  QUIET_ACTIONS,
  QUIET_COMMANDS,
  QUIET_TOOL_COMMANDS,
  QUIET_TOOLS,
  READING_COMMANDS,
} from "./quiet-commands.data.ts";

/** Whether what an executable is asked for leaves a checkout's sources as they are. */
export function isQuietBinary({ name, args }: RunBinary): boolean {
  const [word] = args;
  if (isQuietManager(name, args.map(textOf))) return true;
  const commands = QUIET_TOOL_COMMANDS.get(name);
  if (!commands) return QUIET_COMMANDS.has(name) || QUIET_TOOLS.has(name);
  const command = word ? textOf(word) : "";
  return command !== undefined && commands.includes(command);
}

/**
 * Words with which pip puts packages into a folder that is named, or sources of them beside, and a package of the
 * checkout, whose build writes what it likes.
 */
const PIP_FOLDER = /^(?:-[det]|--(?:editable|prefix|root|src|target))(?:=|$)|^[./]/;
/** A package of the checkout, of which npm runs the scripts. */
const LOCAL_PACKAGE = /^(?:file:|[./])/;

/** `npm install --global pnpm`, `pnpm store path`, `pip install requests`. */
function isQuietManager(name: string, words: readonly (string | undefined)[]): boolean {
  if (name === "npm")
    return (
      words.some((word) => word === "-g" || word === "--global") &&
      !words.some((word) => /^npm(?:@|$)/.test(word ?? "") || LOCAL_PACKAGE.test(word ?? "."))
    );
  if (name === "pnpm") return words.includes("store") && words.includes("path");
  if (/^python3?$/.test(name)) return words[0] === "-m" && words[1] === "pip" && isQuietManager("pip", words.slice(2));
  return /^pip3?$/.test(name) && words[0] === "install" && !words.some((word) => PIP_FOLDER.test(word ?? "-t"));
}

/** Whether an action with these inputs puts nothing into the checkout; `name` is its `owner/name` in lower case. */
export function isQuietAction(name: string, inputs: ReadonlyMap<string, unknown>): boolean {
  return QUIET_ACTIONS.get(name)?.every((input) => !inputs.has(input)) ?? false;
}

/** Files that redirects may write without being a source or a configuration: devices, GitHub's, those of variables and credentials, texts. */
const HARMLESS_TARGET =
  /^(?:\/dev\/|&|\d$)|GITHUB_(?:ENV|OUTPUT|PATH|STEP_SUMMARY)|(?:^|\/)\.(?:env|envrc|netrc|npmrc)(?:\.[\w.-]+)?$|\.(?:log|md|txt)$/;

/** Whether the output of a command may go into a file that is a part of the sources. */
export function writesSource({ redirects }: Command): boolean {
  return redirects.some(
    ({ operator, target }) => operator.includes(">") && !isHarmlessTarget(target.text.replaceAll('"', "")),
  );
}

/** Whether a file that is written is none of the sources. */
export function isHarmlessTarget(path: string): boolean {
  return HARMLESS_TARGET.test(path);
}

/** Whether a command only reads the files it names; where its output goes is another matter. */
export function onlyReadsFiles({ words: [name] }: Command): boolean {
  return READING_COMMANDS.has(textOf(name) ?? "");
}

/** Whether a command only tells its version. */
export function asksVersion(args: readonly (string | undefined)[]): boolean {
  return args.length > 0 && args.every((arg) => arg === "--version" || arg === "-v" || arg === "-V");
}
