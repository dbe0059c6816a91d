import { textOf } from "../../commands/arguments.ts";
import { unknown, type Known } from "../../documents/known.ts";
import type { Step } from "../../documents/step.ts";
import { HOLE, type Command } from "../../shell/command.ts";
import { makesLocalDeployment } from "../../tools/credentials.ts";
import { DOTENV_COMMANDS } from "../../tools/unread-code.data.ts";
import type { Bound, Layer } from "./environment.ts";
import type { Outputs } from "./expression-scope.ts";
import type { Reach } from "./reach.ts";
import type { Repository } from "../repository.ts";
import { unreadCode, type UnreadCode } from "./unread-code.ts";

/** What the steps of a job leave behind besides variables. */
export interface Effects {
  /** Why a `.env` or `.env.local` may be in the workspace that is not in the repository. */
  readonly dotenv?: string;
  /** Folders in which a local Convex deployment was made. */
  readonly localDeployments: readonly Known<string>[];
  /** Tools that were logged in. */
  readonly loggedIn: readonly string[];
}

/** Nothing left behind. */
export const NO_EFFECTS: Effects = { localDeployments: [], loggedIn: [] };

/** Commands that only read the files they name. */
const READERS = new Set([".", "[", "cat", "grep", "head", "ls", "rm", "source", "test"]);

/** What a `run` step leaves behind, added to what was there. */
export function effectsOfRun(before: Effects, step: Step, reaches: readonly Reach[], repository: Repository): Effects {
  let { dotenv, localDeployments, loggedIn } = before;
  if (bringsDotenv(unreadStep(step, reaches))) dotenv ??= "a script in another language may write a dotenv file";
  for (const reach of reaches) {
    const { located, invocation, directory } = reach;
    if (writesDotenv(located.command) || mayBringDotenv(reach))
      dotenv ??= `\`${located.text}\` may write a dotenv file`;
    const code = unreadCode(reach, repository).find(bringsDotenv);
    if (code) dotenv ??= `\`${code.name}\` may write a dotenv file`;
    if (writesPath(located.command, CONVEX_LOGIN)) loggedIn = [...loggedIn, "convex"];
    if (invocation.kind !== "binary") continue;
    if (makesLocalDeployment(invocation)) localDeployments = [...localDeployments, directory];
    const [first, second] = invocation.args;
    const verb = textOf(first) === "auth" ? textOf(second) : textOf(first);
    if (verb === "login") loggedIn = [...loggedIn, invocation.name];
  }
  return { localDeployments, loggedIn, ...(dotenv !== undefined && { dotenv }) };
}

/** A step whose shell is no shell: its text is code of another language. */
function unreadStep({ run }: Step, reaches: readonly Reach[]): UnreadCode {
  return { name: "", text: reaches.length === 0 ? (run?.text ?? "") : "", isJavaScript: false };
}

/** Words of what writes files or runs others, and modules other than those of Node's that are read with. */
const WRITING = [
  /[Ww]rite|append|copy|\bcp(?:Sync)?\b|rename|link|exec|spawn|fork|Worker|eval/,
  /\b(?:require|import)\s*\(\s*(?!["'](?:node:)?(?:fs|os|path|process|url|util)["'])/,
  /\b(?:from|import)\s*(?!["'](?:node:)?(?:fs|os|path|process|url|util)(?:\/promises)?["'])["']/,
];

/** Whether code may write a dotenv file, or have the Convex CLI write one. */
function bringsDotenv({ text, isJavaScript }: UnreadCode): boolean {
  if (text === undefined) return true;
  const mentions = /\.env(?!\w|\.\w)|\.env\.local(?![\w.])|\bconvex\b/.test(
    text.replaceAll(/process\.env|import\.meta\.env|Bun\.env/g, ""),
  );
  return mentions && (!isJavaScript || WRITING.some((pattern) => pattern.test(text)));
}

function mayBringDotenv({ invocation, located }: Reach): boolean {
  const words = invocation.kind === "binary" ? invocation.args : located.command.words;
  const name = invocation.kind === "binary" ? [invocation.name] : [];
  const line = [...name, ...words.map(({ shape }) => shape)].join(" ");
  return DOTENV_COMMANDS.some((pattern) => pattern.test(line));
}

const DOTENV = /(?:^|[/=:,])\.env(?:\.local)?$/;
/** Where `convex login` leaves its token, for all projects. */
const CONVEX_LOGIN = /(?:^|\/)\.convex(?:\/|$)/;

function writesDotenv(command: Command): boolean {
  return writesPath(command, DOTENV);
}

/** Whether a command writes to a path, or names it and does not only read. */
function writesPath({ words, redirects }: Command, path: RegExp): boolean {
  if (redirects.some(({ operator, target }) => operator.startsWith(">") && path.test(target.shape))) return true;
  return words.some((word, index) => index > 0 && path.test(word.shape)) && !READERS.has(textOf(words[0]) ?? "");
}

const ENVIRONMENT_FILE = /GITHUB_ENV|github\.env\b/;

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
    const { located } = reach;
    const { command } = located;
    const code = unreadCode(reach, repository).find(setsVariables);
    if (code) opened ??= `\`${code.name}\` may set any variable`;
    if (!writesFile(command, ENVIRONMENT_FILE)) continue;
    const written = linesWritten(command);
    const entries = written === undefined ? undefined : parseEnvironmentFile(written);
    if (!entries) opened ??= `\`${located.text}\` writes variables that are not known`;
    for (const { name, value } of entries ?? []) {
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

function setsVariables({ text }: UnreadCode): boolean {
  return text === undefined || /GITHUB_ENV|exportVariable|github\.env\b/.test(text);
}

function writesFile({ redirects, words }: Command, name: RegExp): boolean {
  if (redirects.some(({ target }) => name.test(target.text))) return true;
  return textOf(words[0]) === "tee" && words.some(({ text }) => name.test(text));
}

/** Commands that write no output of a step by themselves. */
const PRINTERS = new Set([":", "[", "echo", "exit", "printf", "set", "test", "true"]);

/** What a step that only prints writes to `$GITHUB_OUTPUT`, by name in lower case. Any other command may write outputs too. */
export function outputsOf(reaches: readonly Reach[]): Outputs {
  const outputs = new Map<string, string>();
  for (const { located, guards, isApproximate } of reaches) {
    const { command } = located;
    const written = linesWritten(command) ?? "";
    if (isApproximate || !onlyPrints(command) || /::set-output|<</.test(written)) return new Map();
    if (!writesFile(command, /GITHUB_OUTPUT\b/)) continue;
    const entries = parseEnvironmentFile(written);
    if (!entries || command.redirects.some(({ operator }) => operator !== ">>")) return new Map();
    for (const { name, value } of entries) {
      if (guards.length > 0 || value.includes(HOLE)) outputs.delete(name.toLowerCase());
      else outputs.set(name.toLowerCase(), value);
    }
  }
  return outputs;
}

function onlyPrints({ words }: Command): boolean {
  return PRINTERS.has(textOf(words[0]) ?? "") && !words.some(({ isComputed }) => isComputed);
}

/** What a command prints: the words of `echo` and `printf`, or the here-document of `cat`; undefined for other commands. */
function linesWritten(command: Command): string | undefined {
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
function parseEnvironmentFile(text: string): readonly { readonly name: string; readonly value: string }[] | undefined {
  const entries: { name: string; value: string }[] = [];
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
