import type { AndOr, Command as SyntaxCommand, Word as SyntaxWord } from "unbash";
import type { StatusQuestion } from "./command.ts";
import { outcomeOf, type ShellNode } from "./conditions.ts";
import { DECLARATIONS } from "./builtins.ts";
import type { Position } from "./flow.ts";
import { onceForEach } from "../memo.ts";
import type { ScriptRun } from "./script-run.ts";
import { testExpression } from "./test-command.ts";
import { scriptsIn } from "./word.ts";

/** What may change the options of the shell in a way that is not followed. */
const OPENS_OPTIONS = /(?:^|[\n;&|({])\s*set\s[^\n;&|]*\$|\bshopt\s+-\w*o/;
const opensOptions = onceForEach(({ text }: ScriptRun) => OPENS_OPTIONS.test(text));
/** A script that speaks of the parts of its pipelines knows of them. */
const KNOWS_PARTS = /pipe_?fail|pipestatus/i;
const knowsParts = onceForEach(({ text }: ScriptRun) => KNOWS_PARTS.test(text));
/** What only takes the status further, or gives it to later steps. */
const GIVES_AWAY = /\bGITHUB_(?:ENV|OUTPUT)\b/;

/** A test that holds after a success. */
const IS_SUCCESS = /^(?:if\s+)?(?:\[\[?|test\b|\(\()\s*"?\$\{?\?\}?"?\s*(?:-eq|==?)\s*"?0\b/;

/** Whether of a pipeline the last part alone counts, and each of the others ends as the last command in it does. */
export function countsLastAlone(run: ScriptRun, parts: readonly ShellNode[]): boolean {
  const isKnown = !run.state.options.pipefail && !knowsParts(run) && !opensOptions(run);
  return isKnown && parts.slice(0, -1).every((part) => endsAsLastCommand(run, part));
}

function endsAsLastCommand(run: ScriptRun, node: ShellNode | undefined): boolean {
  switch (node?.type) {
    case "BraceGroup":
    case "Subshell":
      return endsAsLastCommand(run, node.body.commands.at(-1)?.command);
    case "Redirected":
      return endsAsLastCommand(run, node.command);
    case "Command":
      return !run.state.functions.has(node.name?.value ?? "");
    default:
      return false;
  }
}

/** Whether who asks for a node's status asks for that of the only thing in it: others could end a subshell before. */
export function passesStatus(node: ShellNode): boolean {
  switch (node.type) {
    case "BraceGroup":
    case "Subshell":
      return node.body.commands.length === 1;
    case "Command":
    case "Pipeline":
    case "Redirected":
      return true;
    default:
      return false;
  }
}

/** The position of something whose status nothing asks for. */
export function unasked(position: Position): Position {
  return position.asked || position.isSole === true ? { ...position, asked: undefined, isSole: false } : position;
}

/** What stands behind `||` where a failure is to count for nothing, or for no output. */
const TOLERATING = /^(?:continue|exit 0|return 0|(?:echo|printf)(?: -n)?(?: (?:""|''))?)$/;

/** What `||` asks of the part before it: nothing where it lets a failure pass, nor where an earlier part may be the one that failed. */
export function alternativeAsks(
  run: ScriptRun,
  { commands, operators }: AndOr,
  index: number,
): StatusQuestion | undefined {
  const part = commands[index];
  const next = commands[index + 1];
  if (!part || !next || operators.slice(0, index + 1).includes("&&")) return undefined;
  const outcome = outcomeOf(next, run);
  const isTolerant = (outcome?.holds.known === true && outcome.holds.value) || TOLERATING.test(run.textOf(next));
  return isTolerant ? undefined : { asker: "||", range: [part.pos, part.end], decides: true };
}

/** What `$?` asks, where a statement reads it before anything else runs. */
export function statusReadBy(run: ScriptRun, statement: ShellNode | undefined): StatusQuestion | undefined {
  if (!statement || !/\$(?:\?|\{\?\})/.test(run.textOf(statement)) || opensOptions(run)) return undefined;
  const node = firstOf(statement);
  const use = node && useOf(run, node);
  return (
    node &&
    use && { asker: "$?", range: [node.pos, node.end], decides: use === "decides" && !isAboutSuccess(run, statement) }
  );
}

/** Whether a statement does something only after a success: `[ $? -eq 0 ] && next`. */
function isAboutSuccess(run: ScriptRun, statement: ShellNode): boolean {
  const hasOther =
    statement.type === "If"
      ? statement.else !== undefined || statement.elif.length > 0
      : statement.type === "AndOr" && statement.operators.includes("||");
  return !hasOther && IS_SUCCESS.test(run.textOf(statement));
}

/** What of a statement is run or expanded first. */
function firstOf(node: ShellNode): ShellNode | undefined {
  switch (node.type) {
    case "AndOr":
    case "Pipeline":
      return node.commands[0] && firstOf(node.commands[0]);
    case "CompoundList":
      return node.commands[0] && firstOf(node.commands[0].command);
    case "If":
      return firstOf(node.clause);
    case "BraceGroup":
    case "Subshell":
      return firstOf(node.body);
    case "Redirected":
      return firstOf(node.command);
    default:
      return node;
  }
}

type Use = "decides" | "ends";

function useOf(run: ScriptRun, node: ShellNode): Use | undefined {
  switch (node.type) {
    case "ArithmeticCommand":
      return node.body.includes("$?") ? "decides" : undefined;
    case "Case":
      return reads(run, [node.word]) ? "decides" : undefined;
    case "TestCommand": {
      const words: SyntaxWord[] = [];
      testExpression(node.expression, (word) => {
        words.push(word);
        return run.reader.readOne(word);
      });
      return reads(run, words) ? "decides" : undefined;
    }
    case "Command":
      return useByCommand(run, node);
    default:
      return undefined;
  }
}

function useByCommand(run: ScriptRun, node: SyntaxCommand): Use | undefined {
  const name = node.name?.value ?? "";
  const args = node.args.filter((item) => item.type === "Word");
  if (name === "[" || name === "test") return reads(run, args) ? "decides" : undefined;
  if (name === "exit" || name === "return") return reads(run, args) ? "ends" : undefined;
  if (name === "echo" || name === "printf") {
    const isGiven = node.redirects.some((redirect) => GIVES_AWAY.test(run.textOf(redirect)));
    return isGiven && reads(run, args) ? "decides" : undefined;
  }
  if (name !== "" && !DECLARATIONS.has(name)) return undefined;
  const [kept, ...others] = [...node.prefix, ...node.suffix].filter((item) => item.type === "Assignment");
  if (kept?.type !== "Assignment" || kept.value.type !== "Word" || others.length > 0) return undefined;
  return /^"?\$(?:\?|\{\?\})"?$/.test(kept.value.text) ? useOfVariable(kept.name, run.text.slice(node.end)) : undefined;
}

/** What the rest of a script does with a variable that it does not assign again. */
function useOfVariable(name: string, rest: string): Use | undefined {
  const read = String.raw`\$\{?${name}\b`;
  if (new RegExp(String.raw`(?:^|[\s;&|({])${name}\+?=`).test(rest)) return undefined;
  const decides = String.raw`(?:\[|\btest\s|\bcase\s)[^\n]*${read}|\(\([^\n]*\b${name}\b|${read}[^\n]*>[^\n]*GITHUB_(?:ENV|OUTPUT)\b`;
  if (new RegExp(decides).test(rest)) return "decides";
  return new RegExp(String.raw`\b(?:exit|return)\s+"?${read}`).test(rest) ? "ends" : undefined;
}

/** Whether `$?` is among what words expand to, and is not that of a substitution in them. */
function reads(run: ScriptRun, words: readonly SyntaxWord[]): boolean {
  return (
    words.every((word) => scriptsIn(word.parts).length === 0) &&
    words.some((word) => run.reader.readOne(word).variables.includes("?"))
  );
}
