import { textOf } from "../../commands/arguments.ts";
import { unknown, type Known } from "../../documents/known.ts";
import type { Step } from "../../documents/step.ts";
import { HOLE, type Command } from "../../shell/command.ts";
import { PLAIN_PROGRAMS, QUIET_TOOL_COMMANDS } from "../../tools/quiet-commands.data.ts";
import type { Bound, Layer } from "./environment.ts";
import type { Outputs } from "./expression-scope.ts";
import { entriesWritten, linesWritten, writesFile } from "./github-files.ts";
import type { Reach } from "./reach.ts";
import type { Repository } from "../repository.ts";
import { bringsDotenv, leftBehind, setsVariables } from "./left-behind.ts";
import type { UnreadCode } from "./unread-code.ts";

/** What the steps of a job leave behind besides variables. */
export interface Effects {
  /** Why a dotenv file that tools read by themselves may be in the workspace that is not in the repository. */
  readonly dotenv?: string;
  /** Folders in which a local Convex deployment was made. */
  readonly localDeployments: readonly Known<string>[];
  /** Tools that were logged in. */
  readonly loggedIn: readonly string[];
}

/** Nothing left behind. */
export const NO_EFFECTS: Effects = { localDeployments: [], loggedIn: [] };

/** What a `run` step leaves behind, added to what was there. */
export function effectsOfRun(before: Effects, step: Step, reaches: readonly Reach[], repository: Repository): Effects {
  let { dotenv, localDeployments, loggedIn } = before;
  if (bringsDotenv(unreadStep(step, reaches))) dotenv ??= "a script in another language may write a dotenv file";
  for (const reach of reaches) {
    const left = leftBehind(reach, repository);
    if (!left) continue;
    if (left.dotenvBy !== undefined) dotenv ??= `\`${left.dotenvBy}\` may write a dotenv file`;
    if (left.makesLocalDeployment) localDeployments = [...localDeployments, reach.directory];
    loggedIn = [...loggedIn, ...left.loggedIn];
  }
  return { localDeployments, loggedIn, ...(dotenv !== undefined && { dotenv }) };
}

/** A step whose shell is no shell: its text is code of another language. */
function unreadStep({ run }: Step, reaches: readonly Reach[]): UnreadCode {
  return { name: "", text: reaches.length === 0 ? (run?.text ?? "") : "", isJavaScript: false };
}

/** The variables that a `run` step writes to `$GITHUB_ENV`, which later steps get. */
export function environmentFileLayer(
  step: Step,
  reaches: readonly Reach[],
  repository: Repository,
): { readonly layer: Layer; readonly names: readonly string[] } | undefined {
  const bindings = new Map<string, Bound>();
  const uncertain = new Set<string>();
  let opened = setsVariables(unreadStep(step, reaches))
    ? "a script in another language may set any variable"
    : undefined;
  for (const reach of reaches) {
    const left = leftBehind(reach, repository);
    if (!left) continue;
    const { located } = reach;
    if (left.setsAny !== undefined) opened ??= `\`${left.setsAny}\` may set any variable`;
    if (!left.variables) opened ??= `\`${located.text}\` writes variables that are not known`;
    for (const { name, value } of left.variables ?? []) {
      if (reach.guards.length > 0 || step.background || reach.isApproximate) uncertain.add(name);
      else {
        const isKnown = !value.includes(HOLE);
        bindings.set(name, {
          state: "bound",
          place: located.place,
          value: isKnown ? { known: true, value } : unknown("it is computed in the run"),
        });
      }
    }
  }
  if (bindings.size === 0 && uncertain.size === 0 && opened === undefined) return undefined;
  const layer: Layer = (name) => {
    if (uncertain.has(name)) return { state: "open", why: `\`${name}\` is perhaps written to $GITHUB_ENV` };
    const bound = bindings.get(name);
    return bound ?? (opened === undefined ? undefined : { state: "open", why: opened });
  };
  return { layer, names: [...bindings.keys()] };
}

/** Commands that write no output of a step by themselves. */
const PRINTERS = new Set([":", "[", "echo", "exit", "printf", "set", "test", "true"]);

/** What a step that only prints writes to `$GITHUB_OUTPUT`, by name in lower case. Any other command may write outputs too. */
export function outputsOf(reaches: readonly Reach[]): Outputs {
  const outputs = new Map<string, string>();
  for (const { located, guards, isApproximate } of reaches) {
    const { command } = located;
    if (isApproximate || !onlyPrints(command) || /::set-output|<</.test(linesWritten(command) ?? "")) return new Map();
    if (!writesFile(command, /GITHUB_OUTPUT\b/)) continue;
    const entries = entriesWritten(command);
    if (!entries || command.redirects.some(({ operator }) => operator !== ">>")) return new Map();
    for (const { name, value } of entries) {
      if (guards.length > 0 || value.includes(HOLE)) outputs.delete(name.toLowerCase());
      else outputs.set(name.toLowerCase(), value);
    }
  }
  return outputs;
}

/** How a script names the file of outputs where it only adds lines to it. */
const ADDED_OUTPUT = /(?:>>|\btee (?:-a|--append))[\t ]*["']?\$(?:GITHUB_OUTPUT\b|\{GITHUB_OUTPUT\})/g;

/**
 * The names of all outputs that a step's script can write, in lower case; undefined where it runs something that may write others, or
 * uses the file in another way.
 */
export function outputNamesOf({ run }: Step, reaches: readonly Reach[]): readonly string[] | undefined {
  const others = (run?.text ?? "").replaceAll(ADDED_OUTPUT, "");
  // What runs within arithmetic is not followed.
  const isOpen = /GITHUB_OUTPUT|set-output|github\s*\.\s*output|\(\(/i.test(others);
  if (reaches.length === 0 || isOpen) return undefined;
  const names = reaches.map(({ located: { command }, isApproximate }) => {
    const program = textOf(command.words[0]);
    if (isApproximate || program === undefined || !isPlain(program, textOf(command.words[1]))) return undefined;
    if (!writesFile(command, /GITHUB_OUTPUT\b/)) return [];
    return entriesWritten(command)?.map(({ name }) => name.toLowerCase());
  });
  return names.every((some) => some !== undefined) ? names.flat() : undefined;
}

function isPlain(program: string, first: string | undefined): boolean {
  if (program === "git") return QUIET_TOOL_COMMANDS.get(program)?.includes(first ?? "") === true;
  return PRINTERS.has(program) || PLAIN_PROGRAMS.has(program);
}

function onlyPrints({ words }: Command): boolean {
  return PRINTERS.has(textOf(words[0]) ?? "") && !words.some(({ isComputed }) => isComputed);
}
