import { textOf } from "../commands/arguments.ts";
import type { RunBinary } from "../commands/invocation.ts";
import type { Command, Word } from "../shell/command.ts";
import {
  QUIET_ACTIONS,
  QUIET_COMMANDS,
  QUIET_TOOL_COMMANDS,
  QUIET_TOOLS,
  READING_COMMANDS,
  WRITING_WORDS,
} from "./quiet-commands.data.ts";
import { TEXT_TOOLS } from "./text-tools.ts";

/** Whether what an executable is asked for leaves a checkout's sources as they are. */
export function isQuietBinary({ name, args }: RunBinary): boolean {
  if (isQuietManager(name, args.map(textOf))) return true;
  const commands = QUIET_TOOL_COMMANDS.get(name);
  if (!commands) return isQuietProgram(name, args) || QUIET_TOOLS.has(name);
  const [command, second] = args.length === 0 ? [""] : args.map(textOf);
  const isListed =
    command !== undefined && [command, `${command} ${second ?? ""}`].some((text) => commands.includes(text));
  return isListed && !isToldToWrite(name, args);
}

/** Whether a command of the shell or of the system writes no file by itself, with these arguments. */
export function isQuietProgram(name: string, args: readonly Word[]): boolean {
  if (QUIET_COMMANDS.has(name)) return true;
  const isKnown = args.every(({ splits }) => !splits);
  if (!isKnown) return false;
  return TEXT_TOOLS.get(name)?.(args) ?? (WRITES_BY_WORDS.has(name) && !isToldToWrite(name, args));
}

/** Programs that write where one of their words says so, and need none that says what else they do. */
const WRITES_BY_WORDS = new Set([...WRITING_WORDS.keys()].filter((name) => !QUIET_TOOL_COMMANDS.has(name)));

/** Where `curl` puts what it is not to print. */
const NOWHERE = /^(?:-[A-Za-z]*o|--output)$/;

function isToldToWrite(name: string, args: readonly Word[]): boolean {
  const words = args.map(({ shape }) => shape);
  return words.some(
    (word, index) =>
      WRITING_WORDS.get(name)?.test(word) === true && !(NOWHERE.test(word) && words[index + 1] === "/dev/null"),
  );
}

/**
 * Words with which pip puts packages into a folder that is named, or sources of them beside, and a package of the
 * checkout, whose build writes what it likes.
 */
const PIP_FOLDER = /^(?:-[det]|--(?:editable|prefix|root|src|target))(?:=|$)|^[./]/;
/** A package of the checkout, of which npm runs the scripts. */
const LOCAL_PACKAGE = /^(?:file:|[./])/;

/** What package managers only tell. */
const TELLING = /^(?:cache (?:dir|path)|config (?:get|list|ls)|info|ping|prefix|root|show|view|whoami)(?: |$)/;

/** `npm install --global pnpm`, `pnpm store path`, `yarn cache dir`, `npm view react version`, `pip install requests`. */
function isQuietManager(name: string, words: readonly (string | undefined)[]): boolean {
  if (/^(?:npm|pnpm|yarn)$/.test(name) && TELLING.test(`${words[0] ?? ""} ${words[1] ?? ""}`)) return true;
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
export function onlyReadsFiles({ words: [first, ...args] }: Command): boolean {
  const name = textOf(first) ?? "";
  return READING_COMMANDS.has(name) || (TEXT_TOOLS.has(name) && isQuietProgram(name, args));
}

/** Whether a command only tells its version. */
export function asksVersion(args: readonly (string | undefined)[]): boolean {
  return args.length > 0 && args.every((arg) => arg === "--version" || arg === "-v" || arg === "-V");
}
