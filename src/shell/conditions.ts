import type { AndOr, Command as SyntaxCommand, CompoundList, Statement } from "unbash";
import { known, unknown } from "../documents/known.ts";
import type { Guard, Word } from "./command.ts";
import type { FunctionBody, ShellState } from "./state.ts";
import { combine, negate, testExpression, testWords, type TestOutcome } from "./test-command.ts";
import type { WordReader } from "./word.ts";

/** Whatever can stand where a command can. */
export type ShellNode = Statement["command"] | FunctionBody | CompoundList;

/** Commands that only look: what follows them with `&&` or `||` depends on what they find. */
const PROBES = new Set("cmp command diff egrep fgrep git grep hash jq let ls pgrep read rg stat type which".split(" "));
const LEAVES = new Set(["break", "continue", "exec", "exit", "return"]);

/** What a condition is judged with. */
export interface Judge {
  readonly reader: WordReader;
  readonly state: Pick<ShellState, "functions" | "options">;
  textOf(node: ShellNode): string;
}

const MAX_CALL_DEPTH = 5;
const FAILURE: TestOutcome = { holds: known(false), isAboutStrings: true };
const UNDECIDED: TestOutcome = { holds: unknown("it depends on several commands"), isAboutStrings: false };

/** What a command that only looks finds; undefined for a command that does something. */
export function outcomeOf(node: ShellNode, judge: Judge, depth = 0): TestOutcome | undefined {
  switch (node.type) {
    case "TestCommand":
      return testExpression(node.expression, (word) => judge.reader.readOne(word));
    case "While":
      return (outcomeOf(node.clause, judge, depth) ?? outcomeOf(node.body, judge, depth)) && UNDECIDED;
    case "For":
    case "ArithmeticFor":
    case "Select":
      return outcomeOf(node.body, judge, depth) && UNDECIDED;
    case "ArithmeticCommand":
    case "Case":
    case "If":
      return UNDECIDED;
    case "CompoundList": {
      const { commands } = node;
      const last = commands.at(-1);
      const outcome = last && outcomeOf(last.command, judge, depth);
      return outcome && commands.length > 1 ? UNDECIDED : outcome;
    }
    case "BraceGroup":
      return outcomeOf(node.body, judge, depth);
    case "Subshell":
      return failureOf(node) ? FAILURE : outcomeOf(node.body, judge, depth);
    case "Redirected":
      return outcomeOf(node.command, judge, depth);
    case "Pipeline": {
      const isNegated = node.prefixes.filter((prefix) => prefix.type === "Negation").length % 2 === 1;
      const counted = judge.state.options.pipefail ? node.commands : node.commands.slice(-1);
      const outcomes = counted.flatMap((part) => outcomeOf(part, judge, depth) ?? (failureOf(part) ? FAILURE : []));
      const outcome = node.commands.length > 1 && outcomes.length > 0 ? UNDECIDED : outcomes[0];
      return isNegated ? negate(outcome ?? UNDECIDED) : outcome;
    }
    case "AndOr":
      return outcomeOfChain(node, judge, depth);
    case "Command":
      return outcomeOfCommand(node, judge, depth);
    default:
      return undefined;
  }
}

function outcomeOfCommand(node: SyntaxCommand, judge: Judge, depth: number): TestOutcome | undefined {
  const name = node.name?.value ?? "";
  if (name === "true" || name === ":") return { holds: known(true), isAboutStrings: true };
  if (name === "false") return FAILURE;
  if (name === "test") return testWords(wordsOf(node, judge.reader).slice(1));
  if (name === "[") return testWords(wordsOf(node, judge.reader).slice(1, -1));
  if (PROBES.has(name)) return { holds: unknown(`\`${name}\` looks at the machine`), isAboutStrings: false };
  const body = judge.state.functions.get(name);
  if (!body) return undefined;
  // A function that may return a failure from its middle is one that finds something, too.
  const isOpen = depth >= MAX_CALL_DEPTH || /\breturn\b(?!\s+0)/.test(judge.textOf(body));
  return isOpen || outcomeOf(body, judge, depth + 1) ? UNDECIDED : undefined;
}

function outcomeOfChain({ commands, operators }: AndOr, judge: Judge, depth: number): TestOutcome | undefined {
  const outcomes = commands.map((part) => outcomeOf(part, judge, depth));
  if (outcomes.every((outcome) => outcome === undefined)) return undefined;
  const [first = UNDECIDED, ...others] = outcomes.map((outcome) => outcome ?? UNDECIDED);
  return others.reduce((chain, outcome, index) => combine(operators[index] === "&&", [chain, outcome]), first);
}

/** The guard that conditions put on what depends on them. */
export function guardOf(nodes: readonly ShellNode[], reader: WordReader, isTest: boolean): Guard {
  return guardOn(
    nodes.flatMap((node) => wordsOf(node, reader)),
    isTest,
  );
}

/** The guard of a condition that looks at words. */
export function guardOn(words: readonly Word[], isTest: boolean): Guard {
  return {
    variables: words.flatMap((word) => word.variables),
    expressions: words.flatMap((word) => word.expressions),
    isTest: isTest && !words.some(({ isComputed }) => isComputed),
  };
}

function wordsOf(node: ShellNode, reader: WordReader): readonly Word[] {
  switch (node.type) {
    case "Command":
      return reader.readCommand(node);
    case "Pipeline":
    case "AndOr":
      return node.commands.flatMap((part) => wordsOf(part, reader));
    case "CompoundList":
      return node.commands.flatMap(({ command }) => wordsOf(command, reader));
    case "BraceGroup":
    case "Subshell":
      return wordsOf(node.body, reader);
    case "TestCommand": {
      const words: Word[] = [];
      testExpression(node.expression, (word) => {
        const read = reader.readOne(word);
        words.push(read);
        return read;
      });
      return words;
    }
    default:
      return [];
  }
}

/**
 * What surely fails where a node runs: the shell (`exit 1`), the function around it (`return 1`) or only the node (`false`).
 * A group fails as its last command does.
 */
export function failureOf(node: ShellNode, isAlone = true): "shell" | "function" | "node" | undefined {
  if (node.type === "Subshell") return failureOf(node.body) && "node";
  if (node.type === "BraceGroup") return failureOf(node.body);
  if (node.type === "CompoundList") {
    const commands = node.commands.map(({ command }) => command);
    const last = commands.pop();
    const isPlain = commands.every(
      (command) => command.type === "Command" && command.name && !LEAVES.has(command.name.value),
    );
    return last && isPlain ? failureOf(last, commands.length === 0) : undefined;
  }
  if (node.type !== "Command" || !node.name) return undefined;
  const { value: name } = node.name;
  if (name === "false") return "node";
  if (name !== "exit" && name !== "return") return undefined;
  const [status] = node.args;
  // Without a status it takes that of the command before.
  const isBare = status?.type !== "Word" || status.text === "$?";
  if (isBare ? !isAlone : !/^0*[1-9]\d*$/.test(status.value)) return undefined;
  return name === "exit" ? "shell" : "function";
}
