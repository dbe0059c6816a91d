import { textOf } from "../../commands/arguments.ts";
import type { Command, Redirect, StatusQuestion } from "../../shell/command.ts";
import { ALWAYS_SUCCEED, BETWEEN, FILTERS, STAND_INS } from "../../tools/statuses.data.ts";

/** Builtins that run what may set other options, or stand for something that runs already. */
const RUNS_ANYTHING = new Set([".", "eval", "exec", "source", "wait"]);

/** A question about a status that the failure of a command cannot get to. */
export interface Unanswered {
  /**
   * What answers instead: the last command of a pipeline, the builtin around a substitution, what stands between, or nothing, as
   * the script ends.
   */
  readonly kind: "pipeline" | "builtin" | "between" | "stopped";
  readonly question: StatusQuestion;
  /** The command whose failure is asked for; undefined where that is not known. */
  readonly command: Command | undefined;
  /** The name of what answers. */
  readonly answering: string;
}

/** What is wrong with the question that a script asks of a command; undefined where it may be answered. */
export function unansweredBy(command: Command): Unanswered | undefined {
  const { question } = command;
  const answering = textOf(command.words[0]);
  if (!question || answering === undefined || command.opened !== undefined) return undefined;
  const { asker, decides, answeredBy } = question;
  if (answeredBy !== undefined)
    return canFail(command) ? { kind: "builtin", question, command, answering: answeredBy } : undefined;
  if (standsIn(command)) {
    const culprit = culpritBefore(command);
    return culprit && { kind: "pipeline", question, command: culprit, answering };
  }
  if (asker !== "$?" || !decides) return undefined;
  if (BETWEEN.has(answering) && command.redirects.every(isStream))
    return { kind: "between", question, command: undefined, answering };
  const isStopped = command.isFatal && canFail(command) && !RUNS_ANYTHING.has(answering);
  return isStopped ? { kind: "stopped", question, command, answering } : undefined;
}

/** Whether a command answers with its own success for the pipeline that it ends. */
function standsIn({ words, isSole }: Command): boolean {
  const [name, ...args] = words;
  const pattern = STAND_INS.get(textOf(name) ?? "");
  return isSole === true && pattern !== undefined && args.every(({ text }) => pattern.test(text));
}

/** The last command of the pipeline before one that can fail, and does more than change a text. */
function culpritBefore({ pipedFrom }: Command): Command | undefined {
  if (!pipedFrom) return undefined;
  return isFilter(pipedFrom) || !canFail(pipedFrom) ? culpritBefore(pipedFrom) : pipedFrom;
}

/** Whether a redirect leads to another stream, which does not fail as a file can. */
function isStream({ target }: Redirect): boolean {
  return /^(?:&?[12]|\/dev\/(?:null|stderr|stdout))$/.test(target.text);
}

function isFilter({ words: [name] }: Command): boolean {
  return FILTERS.has(textOf(name) ?? "");
}

/** Whether a command is one that can fail: an expression can stand for any. */
function canFail({ words: [name] }: Command): boolean {
  const text = textOf(name);
  return text === undefined ? name.expressions.length === 0 : !ALWAYS_SUCCEED.has(text);
}
