import type { CompoundList, Statement } from "unbash";
import { known, unknown } from "../documents/known.ts";
import type { Guard, Word } from "./command.ts";
import type { FunctionBody } from "./state.ts";
import { combine, negate, testExpression, testWords, type TestOutcome } from "./test-command.ts";
import type { WordReader } from "./word.ts";

/** Whatever can stand where a command can. */
export type ShellNode = Statement["command"] | FunctionBody | CompoundList;

/** Commands that only look: what follows them with `&&` or `||` depends on what they find. */
const PROBES = new Set(["[", "command", "diff", "git", "grep", "hash", "jq", "test", "type", "which"]);

/** What a command that only looks finds; undefined for a command that does something. */
export function outcomeOf(node: ShellNode, reader: WordReader): TestOutcome | undefined {
  switch (node.type) {
    case "TestCommand":
      return testExpression(node.expression, (word) => reader.readOne(word));
    case "CompoundList": {
      const [only, ...others] = (node as CompoundList).commands;
      return only && others.length === 0 ? outcomeOf(only.command, reader) : undefined;
    }
    case "Pipeline": {
      const [only, ...others] = node.commands;
      const outcome = only && others.length === 0 ? outcomeOf(only, reader) : undefined;
      return outcome && node.prefixes.some((prefix) => prefix.type === "Negation") ? negate(outcome) : outcome;
    }
    case "AndOr": {
      const isAnd = node.operators[0] === "&&";
      if (node.operators.some((operator) => (operator === "&&") !== isAnd)) return undefined;
      const outcomes = node.commands.map((part) => outcomeOf(part, reader));
      return outcomes.every((outcome) => outcome !== undefined) ? combine(isAnd, outcomes) : undefined;
    }
    case "Command": {
      const name = node.name?.value ?? "";
      if (name === "true" || name === ":") return { holds: known(true), isAboutStrings: true };
      if (name === "false") return { holds: known(false), isAboutStrings: true };
      const words = wordsOf(node, reader).slice(1);
      if (name === "test") return testWords(words);
      if (name === "[") return testWords(words.slice(0, -1));
      return PROBES.has(name)
        ? { holds: unknown(`\`${name}\` looks at the machine`), isAboutStrings: false }
        : undefined;
    }
    default:
      return undefined;
  }
}

/** The guard that a condition puts on what depends on it. */
export function guardOf(node: ShellNode, reader: WordReader, isTest: boolean): Guard {
  const words = wordsOf(node, reader);
  return {
    variables: words.flatMap((word) => word.variables),
    expressions: words.flatMap((word) => word.expressions),
    isTest,
  };
}

function wordsOf(node: ShellNode, reader: WordReader): readonly Word[] {
  switch (node.type) {
    case "Command":
      return [node.name, ...node.args].flatMap((word) => (word?.type === "Word" ? reader.read(word) : []));
    case "Pipeline":
    case "AndOr":
      return node.commands.flatMap((part) => wordsOf(part, reader));
    case "CompoundList":
      return (node as CompoundList).commands.flatMap(({ command }) => wordsOf(command, reader));
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

/** `exit 1`, `false`, and groups that end with one of them. */
export function failsSurely(node: ShellNode): boolean {
  if (node.type === "BraceGroup" || node.type === "Subshell") {
    const last = node.body.commands.at(-1);
    return last !== undefined && failsSurely(last.command);
  }
  if (node.type !== "Command" || !node.name) return false;
  if (node.name.value === "false") return true;
  if (node.name.value !== "exit" && node.name.value !== "return") return false;
  const [status] = node.args;
  return status?.type !== "Word" || status.text === "$?" || /^0*[1-9]\d*$/.test(status.value);
}
