import { parse, type ParsedScript } from "unbash";
import { expressionsIn, replaceExpressions, type Expression } from "../documents/expression.ts";
import type { Known } from "../documents/known.ts";
import type { Command, ShellOptions, ShellScope } from "./command.ts";
import type { Position } from "./flow.ts";
import { ScriptRun } from "./script-run.ts";

const START: Position = {
  guards: [],
  stops: true,
  isLast: true,
  counts: true,
  returnCounts: true,
  returnStops: false,
  redirects: [],
  depth: 0,
};

/** What one reading of a script asked of the outside, and what it was told. */
interface Reading {
  readonly commands: readonly Command[];
  /** By the name of the variable, or the expression. */
  readonly answers: ReadonlyMap<Expression | string, Known<string>>;
}

/** The last reading of each text: most scripts ask nothing, or are told the same wherever they stand. */
const readings = new Map<string, Reading>();
const MAX_READINGS = 10_000;

const NAMES_ITSELF = /\$\{?(?:0\b|BASH_SOURCE\b)/;

/** The simple commands that a bash or sh script runs, in order, each with the state of the shell in which it runs. */
export function readScript(text: string, scope: ShellScope, options: ShellOptions): readonly Command[] {
  const path = scope.file !== undefined && NAMES_ITSELF.test(text) ? scope.file : "";
  const key = `${options.errexit ? "e" : ""}${options.pipefail ? "p" : ""}:${path}:${text}`;
  const known = readings.get(key);
  if (known && isToldTheSame(known, scope)) return known.commands;
  if (readings.size >= MAX_READINGS) readings.clear();
  const reading = read(text, scope, options);
  readings.set(key, reading);
  return reading.commands;
}

function isToldTheSame({ answers }: Reading, scope: ShellScope): boolean {
  for (const [asked, answer] of answers) {
    const now = typeof asked === "string" ? scope.variable(asked) : scope.expression(asked);
    if (!isEqual(now, answer)) return false;
  }
  return true;
}

function isEqual(a: Known<string>, b: Known<string>): boolean {
  return a.known ? b.known && a.value === b.value : !b.known && a.why === b.why;
}

function read(text: string, scope: ShellScope, options: ShellOptions): Reading {
  const answers = new Map<Expression | string, Known<string>>();
  const remember = (asked: Expression | string, ask: () => Known<string>): Known<string> => {
    let answer = answers.get(asked);
    if (!answer) answers.set(asked, (answer = ask()));
    return answer;
  };
  const asking: ShellScope = {
    ...(scope.file !== undefined && { file: scope.file }),
    expression: (expression) => remember(expression, () => scope.expression(expression)),
    variable: (name) => remember(name, () => scope.variable(name)),
  };
  return { commands: readCommands(text, asking, options), answers };
}

function readCommands(text: string, scope: ShellScope, options: ShellOptions): readonly Command[] {
  const expressions = expressionsIn(text);
  // GitHub replaces expressions before the shell sees the script; a word of the same length stands for each.
  const masked = replaceExpressions({ text, expressions }, ({ start, end }) => "_".repeat(end - start));
  const script: ParsedScript = parse(masked);
  const run = new ScriptRun(text, expressions, scope, options);
  run.list(script.commands, START);
  const isBroken = (script.errors?.length ?? 0) > 0;
  return isBroken ? run.commands.map((command) => ({ ...command, isApproximate: true })) : run.commands;
}
