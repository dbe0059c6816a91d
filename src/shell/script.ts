import { parse, type ParsedScript } from "unbash";
import { expressionsIn, type Expression } from "../documents/expression.ts";
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

/** The simple commands that a bash or sh script runs, in order, each with the state of the shell in which it runs. */
export function readScript(text: string, scope: ShellScope, options: ShellOptions): readonly Command[] {
  const expressions = expressionsIn(text);
  const script: ParsedScript = parse(maskExpressions(text, expressions));
  const run = new ScriptRun(text, expressions, scope, options);
  run.list(script.commands, START);
  const isBroken = (script.errors?.length ?? 0) > 0;
  return isBroken ? run.commands.map((command) => ({ ...command, isApproximate: true })) : run.commands;
}

/** GitHub replaces expressions before the shell sees the script; a word of the same length stands for each. */
function maskExpressions(text: string, expressions: readonly Expression[]): string {
  let masked = "";
  let end = 0;
  for (const expression of expressions) {
    masked += text.slice(end, expression.start) + "_".repeat(expression.end - expression.start);
    end = expression.end;
  }
  return masked + text.slice(end);
}
