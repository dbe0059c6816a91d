import { posix } from "node:path";
import { textOf } from "../../commands/arguments.ts";
import { evaluateTemplate, type Lookup } from "../../documents/expression.ts";
import { unknown, type Known } from "../../documents/known.ts";
import type { Step } from "../../documents/step.ts";
import type { Source } from "../../documents/source.ts";
import { HOLE, type Command } from "../../shell/command.ts";
import { ACTION_EXPORTS, DOTENV_WRITERS } from "../../tools/actions.data.ts";
import { makesLocalDeployment } from "../../tools/credentials.ts";
import type { Bound, Layer } from "./environment.ts";
import type { Outputs } from "./expression-scope.ts";
import type { Reach } from "./reach.ts";
import type { Repository } from "../repository.ts";
import { enterDirectory } from "./routine.ts";

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
export function effectsOfReaches(before: Effects, reaches: readonly Reach[], repository: Repository): Effects {
  let { dotenv, localDeployments, loggedIn } = before;
  for (const { located, invocation, directory } of reaches) {
    if (writesDotenv(located.command)) dotenv ??= `\`${located.text}\` may write a dotenv file`;
    const source = scriptSource(invocation, directory, repository);
    if (source && mayWriteDotenv(source.text)) {
      dotenv ??= `\`${source.path}\` may write a dotenv file`;
    }
    if (invocation.kind !== "binary") continue;
    if (makesLocalDeployment(invocation)) localDeployments = [...localDeployments, directory];
    const [first, second] = invocation.args;
    const verb = textOf(first) === "auth" ? textOf(second) : textOf(first);
    if (verb === "login") loggedIn = [...loggedIn, invocation.name];
  }
  return { localDeployments, loggedIn, ...(dotenv !== undefined && { dotenv }) };
}

/** Words of what writes files or runs others, and modules other than those of Node's that are read with. */
const WRITING = [
  /[Ww]rite|append|copy|\bcp(?:Sync)?\b|rename|link|exec|spawn|fork|Worker|eval/,
  /\b(?:require|import)\s*\(\s*(?!["'](?:node:)?(?:fs|os|path|process|url|util)["'])/,
  /\b(?:from|import)\s*(?!["'](?:node:)?(?:fs|os|path|process|url|util)(?:\/promises)?["'])["']/,
];

function mayWriteDotenv(text: string): boolean {
  const mentionsDotenv = /\.env(?!\w|\.\w)|\.env\.local(?![\w.])/.test(
    text.replaceAll(/process\.env|import\.meta\.env|Bun\.env/g, ""),
  );
  return mentionsDotenv && WRITING.some((pattern) => pattern.test(text));
}

function writesDotenv({ words, redirects }: Command): boolean {
  if (redirects.some(({ operator, target }) => operator.startsWith(">") && isDotenv(target.shape))) return true;
  return words.some((word, index) => index > 0 && isDotenv(word.shape)) && !READERS.has(textOf(words[0]) ?? "");
}

function isDotenv(path: string): boolean {
  return path.includes(".env") && /^\.env(?:\.local)?$/.test(posix.basename(path));
}

/** The text of a JavaScript file of the repository that is run. */
export function scriptSource(
  invocation: Reach["invocation"],
  directory: Known<string>,
  repository: Repository,
): Source | undefined {
  if (invocation.kind !== "file" || invocation.interpreter === "shell") return undefined;
  const path = enterDirectory(directory, { known: true, value: invocation.path });
  return path.known ? repository.files.read(path.value) : undefined;
}

const ENVIRONMENT_FILE = /GITHUB_ENV|github\.env\b/;

/** The variables that a `run` step writes to `$GITHUB_ENV`, which later steps get. */
export function environmentFileLayer(
  reaches: readonly Reach[],
  repository: Repository,
  isBackground: boolean,
): { readonly layer: Layer; readonly names: readonly string[] } | undefined {
  const bindings = new Map<string, Bound>();
  const uncertain = new Set<string>();
  let opened: string | undefined;
  for (const reach of reaches) {
    const { located } = reach;
    const { command } = located;
    const source = scriptSource(reach.invocation, reach.directory, repository);
    if (source && /GITHUB_ENV|exportVariable/.test(source.text)) opened ??= `\`${source.path}\` may set any variable`;
    if (!writesFile(command, ENVIRONMENT_FILE)) continue;
    const written = linesWritten(command);
    const entries = written === undefined ? undefined : parseEnvironmentFile(written);
    if (!entries) opened ??= `\`${located.text}\` writes variables that are not known`;
    for (const { name, value } of entries ?? []) {
      if (reach.guards.length > 0 || isBackground || reach.isApproximate) uncertain.add(name);
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

/** What a `uses` step sets for later steps, by the table of actions; other actions can pass on what their inputs mention. */
export function actionLayer(step: Step, repository: string | undefined, lookup: Lookup): Layer | undefined {
  const exportsOf = repository === undefined ? undefined : ACTION_EXPORTS.get(repository);
  if (exportsOf) {
    const names = exportsOf((name) => {
      const template = step.inputs.get(name);
      const value = template && evaluateTemplate(template, lookup);
      return value?.known ? value.value : template?.text;
    });
    if (names === "any") return () => ({ state: "open", why: `\`${repository ?? ""}\` may set any variable` });
    const bound: Bound = { state: "bound", value: unknown("an action sets it") };
    return (name) => (names.includes(name) ? bound : undefined);
  }
  const texts = [...step.inputs.values(), ...step.env.entries.flatMap(({ value }) => value ?? [])].map(
    ({ text }) => text,
  );
  if (texts.length === 0) return undefined;
  const passesAll = texts.some((text) => /toJSON\(\s*secrets\s*\)/i.test(text));
  return (name) => {
    const mentions = passesAll || texts.some((text) => text.includes(name));
    return mentions ? { state: "open", why: `an action is given \`${name}\` and may set it` } : undefined;
  };
}

/** Whether an action leaves a dotenv file in the workspace. */
export function effectsOfAction(before: Effects, repository: string): Effects {
  return DOTENV_WRITERS.has(repository) ? { ...before, dotenv: `\`${repository}\` may write a dotenv file` } : before;
}
