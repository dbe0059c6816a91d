import { textOf } from "../../commands/arguments.ts";
import { actionName } from "../../documents/uses.ts";
import type { StepRun } from "../../project/trace/job-run.ts";
import type { Reach } from "../../project/trace/reach.ts";
import { isKept } from "../../project/trace/workspace-changes.ts";
import type { Word } from "../../shell/command.ts";
import { INSTALLERS_OF_PROGRAMS } from "../../tools/programs.data.ts";
import {
  BRINGING_ACTIONS,
  BROUGHT_BY_COREPACK,
  CACHED_PROGRAMS,
  MANAGER_EXECUTABLES,
  PLAIN_ACTIONS,
  PLAIN_TOOLS,
  SCRIPT_RUNNERS,
  SETTING_UP,
  SETUP_ACTIONS,
  UNNAMED_PACKAGE,
  type Brought,
  type SetUpManager,
} from "../../tools/manager-setup.data.ts";
import { CACHE_ACTIONS, QUIET_COMMANDS } from "../../tools/quiet-commands.data.ts";
import { isQuietAction, isQuietBinary, isQuietProgram } from "../../tools/quiet-commands.ts";

const NONE: Brought = [];

/** What a step with `uses` brings; `next` is the step after it, which is its own first one where a composite action is read. */
export function broughtByAction({ step, frames }: StepRun, next: StepRun | undefined): Brought {
  const { uses, inputs } = step;
  const name = uses && actionName(uses);
  if (uses?.target.kind === "local") return (next?.frames.length ?? 0) > frames.length ? NONE : "any";
  if (name === undefined) return "any";
  const brought = BRINGING_ACTIONS.get(name);
  if (brought) return brought;
  const manager = SETUP_ACTIONS.get(name);
  if (manager) return [manager];
  if (CACHE_ACTIONS.has(name) || name === "actions/download-artifact")
    return CACHED_PROGRAMS.test(inputs.get("path")?.text ?? "-") ? "any" : NONE;
  return PLAIN_ACTIONS.has(name) || isQuietAction(name, inputs) ? NONE : "any";
}

/** Texts with which a command changes where programs are looked for. */
const CHANGES_PATH = /GITHUB_PATH|github\.path|add-path|\bPATH=/;
/** Files that commands write to by a variable, none of which is a program. */
const PLAIN_TARGET = /^"?\$\{?(?:GITHUB|HOME|PWD|RUNNER|TE?MP)/;
/** Texts with which it changes which Yarn a project asks for. */
const CHANGES_YARN = /package\.json|packageManager|\bpkg\b|yarnrc|yarnPath/;
const MANAGER_WORD = /(?<![\w.:-])(?:@pnpm\/exe|@yarnpkg\/cli-dist|bun|corepack|pnpm|yarn)(?=$|[@"'\s])/g;

/** What a command brings, among those of its step. */
export function broughtByCommand(reach: Reach, reaches: readonly Reach[]): Brought {
  const { command } = reach.located;
  const [first, ...others] = command.words;
  const written = command.redirects.flatMap(({ operator, target }) => (operator.includes(">") ? [target] : []));
  const texts = [...others, ...written].map(({ text }) => text).join(" ");
  if (reach.isApproximate || CHANGES_PATH.test(texts)) return "any";
  // Which file it is, and whether programs are looked for there, is not known.
  if (written.some(({ text, value }) => !value.known && !PLAIN_TARGET.test(text))) return "any";
  const name = textOf(first) ?? "";
  const isEcho = name === "echo" || name === "printf";
  // What a file holds is not read.
  if (!isEcho && !command.input && written.some(({ text }) => text.includes("GITHUB_ENV"))) return "any";
  // A shell that reads the output of another command runs it.
  if (command.pipedFrom && !isQuietProgram(name, others)) return "any";
  const read = isEcho ? written : [...others, ...written];
  const words = read.map((word) => textOf(word) ?? word.text).join(" ");
  const own = MANAGER_EXECUTABLES.get(name);
  const named = (name === "corepack" ? [name] : (words.match(MANAGER_WORD) ?? [])).flatMap(managersOf);
  const brought = named.filter((manager) => manager !== own);
  if (CHANGES_YARN.test(words)) brought.push("yarn");
  const { invocation } = reach;
  const areAllNamed =
    invocation.kind === "binary" ? areNamed(invocation.name, invocation.args) : areNamed(name, others);
  return areAllNamed && isPlain(reach, reaches) ? brought : "any";
}

/** Whether the packages that npm or apt installs are all told by their names. */
function areNamed(name: string, args: readonly Word[]): boolean {
  if (name !== "npm" && name !== "apt-get") return true;
  const texts = args.map(textOf);
  const isGlobal =
    name === "apt-get" || texts.some((text) => /^(?:-g|--global|--location=global|link|ln)$/.test(text ?? ""));
  return texts.every((text) => text !== undefined && !(isGlobal && UNNAMED_PACKAGE.test(text)));
}

function managersOf(word: string): readonly SetUpManager[] {
  if (word === "corepack") return BROUGHT_BY_COREPACK;
  if (word.startsWith("@yarnpkg")) return ["yarn"];
  return [MANAGER_EXECUTABLES.get(word) ?? "pnpm"];
}

/** Whether a command is known to install no program of its own accord. */
function isPlain(reach: Reach, reaches: readonly Reach[]): boolean {
  const name = textOf(reach.located.command.words[0]) ?? "";
  return isKept(reach, reaches, {
    nothing: () => QUIET_COMMANDS.has(name) || MANAGER_EXECUTABLES.has(name) || /^(?:npm|npx|corepack)$/.test(name),
    install: () => true,
    // What a package script or npx runs is a package.
    binary: (binary) =>
      isQuietBinary(binary) ||
      PLAIN_TOOLS.has(binary.name) ||
      (![INSTALLERS_OF_PROGRAMS, SCRIPT_RUNNERS].some((names) => names.has(binary.name)) &&
        !SETTING_UP.test(binary.name) &&
        (reach.hops.length > 1 || /^(?:npm|npx|pnpm|yarn|bunx?)$/.test(name))),
  });
}
