import type { Assignment as SyntaxAssignment, Command as SyntaxCommand, Redirection } from "unbash";
import { assignedWithin, DECLARATIONS, runAfterwards, runBuiltin, type BuiltinCall } from "./builtins.ts";
import { known } from "../documents/known.ts";
import type { Assignment, Command, Redirect, Word } from "./command.ts";
import { GOES_ON, NOT_A_TEST, type Flow, type Leave, type Position } from "./flow.ts";
import type { ScriptRun } from "./script-run.ts";
import type { FunctionBody } from "./state.ts";
import { unasked } from "./status.ts";
import { scriptsIn, type WordReader } from "./word.ts";

const MAX_CALL_DEPTH = 10;

/** A simple command: a list of assignments, the call of a function, a builtin, or a program. */
export function runCommand(run: ScriptRun, node: SyntaxCommand, position: Position): Flow {
  runSubstitutions(run, node, position);
  const [name, ...rest] = run.reader.readCommand(node);
  const place = redirected(run, node.redirects, position);
  if (!name) {
    if (node.redirects.length > 0) run.commands.push(describe(run, [nothingAt(node, run.textOf(node))], [], place));
    return assignAll(run, node);
  }
  const assignments = readAssignments(node.prefix, "exported", run.reader);
  const text = name.value.known ? name.value.value : "";
  const body = run.state.functions.get(text);
  if (body) return callFunction(run, body, assignments, place);
  const call = builtinCall(run, node, text, rest);
  const ending = runBuiltin(call, run.state);
  // What `exec` runs takes the place of the shell.
  const isLast = position.isLast || (call.name === "exec" && ending !== undefined);
  run.commands.push(describe(run, [name, ...rest], assignments, { ...place, isLast }));
  runAfterwards(call, run.state);
  if (call.name === "trap" && rescues(run, rest)) run.state.setOption("trapped", true);
  run.forget(assignedWithin(run.textOf(node)));
  if (!ending) return GOES_ON;
  const counts = ending.scope === "shell" ? position.counts : position.returnCounts;
  if (ending.isFailure && counts && !run.state.options.trapped) return { ends: true, leaves: [] };
  const scope = ending.isFailure && position.returnStops ? "shell" : ending.scope;
  const leave: Leave = { scope, guards: position.guards, state: run.state.fork() };
  // Which of the loops around it `break 2` ends is not followed: then nothing later is certain.
  const isFar = ending.scope !== "shell" && /^(?:break|continue)$/.test(call.name) && rest.length > 0;
  return {
    ends: true,
    leaves: isFar ? [leave, { ...leave, scope: "shell", guards: [...leave.guards, NOT_A_TEST] }] : [leave],
  };
}

/** What does as much as redirects alone: `> file` makes the file. */
function nothingAt({ pos, end }: SyntaxCommand, text: string): Word {
  const range = [pos, end] as const;
  return {
    range,
    text,
    expressions: [],
    value: known(":"),
    shape: ":",
    variables: [],
    splits: false,
    isComputed: false,
  };
}

/** Whether what a trap runs may turn a failure into a success. */
function rescues(run: ScriptRun, [handler, ...signals]: readonly Word[]): boolean {
  if (!handler || !signals.some(({ text }) => /^(?:SIG)?(?:EXIT|ERR)$|^0$/.test(text))) return false;
  const body = run.state.functions.get(handler.shape);
  return !handler.value.known || /\bexit\b(?!\s+0*[1-9])/.test(body ? run.textOf(body) : handler.shape);
}

/** The command as others see it. */
function describe(
  run: ScriptRun,
  words: Command["words"],
  assignments: readonly Assignment[],
  position: Position,
): Command {
  const { variables, directory, opened } = run.state;
  const { redirects, guards, input, pipedFrom, asked, isSole, isCaptured } = position;
  return {
    range: [words[0].range[0], (words.at(-1) ?? words[0]).range[1]],
    words,
    assignments,
    variables,
    directory,
    redirects,
    guards,
    isFatal: run.isFatal(position),
    isApproximate: false,
    ...(opened !== undefined && { opened }),
    ...(input && { input }),
    ...(pipedFrom && { pipedFrom }),
    ...(asked && { question: asked }),
    ...(isSole === true && { isSole }),
    ...(isCaptured === true && { isCaptured }),
  };
}

/** Assignments without a command, of which each sees those before it. */
function assignAll(run: ScriptRun, node: SyntaxCommand): Flow {
  const { assignedReach: reach } = run.state.options;
  for (const item of node.prefix) {
    for (const assignment of readAssignments([item], reach, run.reader)) run.state.assign(assignment);
  }
  run.forget(assignedWithin(run.textOf(node)));
  return GOES_ON;
}

function builtinCall(run: ScriptRun, node: SyntaxCommand, name: string, words: readonly Word[]): BuiltinCall {
  const [first, ...rest] = words;
  // `command cd folder`, `builtin cd folder`
  if ((name === "command" || name === "builtin") && first?.value.known && !first.text.startsWith("-"))
    return builtinCall(run, node, first.value.value, rest);
  return { name, words, assignments: (reach) => readAssignments(node.args, reach, run.reader) };
}

/** A function runs in the shell of its caller, but for variables that are its own. */
function callFunction(
  run: ScriptRun,
  body: FunctionBody,
  assignments: readonly Assignment[],
  position: Position,
): Flow {
  if (position.depth >= MAX_CALL_DEPTH) return GOES_ON;
  const caller = run.state.fork();
  run.state.enterFunction();
  for (const assignment of assignments) run.state.assign(assignment);
  const returnStops = position.stops && run.state.options.errexit;
  const inner = { ...unasked(position), returnCounts: run.isFatal(position), returnStops, depth: position.depth + 1 };
  const flow = run.catchLeaves(run.node(body, inner), ["function"]);
  run.state.returnTo(caller);
  // Shells disagree on whether they stay.
  run.forget(assignments.map(({ name }) => name));
  return flow;
}

/** Assignments as a command line writes them. */
function readAssignments(
  items: readonly (SyntaxAssignment | { readonly type: string })[],
  reach: Assignment["reach"],
  reader: WordReader,
): readonly Assignment[] {
  const names = new Set<string>();
  return items.flatMap((item): Assignment[] => {
    if (item.type !== "Assignment") return [];
    const { name, value, append, index } = item as SyntaxAssignment;
    const word = value.type === "Word" ? reader.readOne(value) : undefined;
    // What `+=` and arrays make of a variable is not followed. Of `A=1 B=$A command`, shells disagree on what `B` is.
    const isFollowed = word && !append && !index && !word.variables.some((variable) => names.has(variable));
    names.add(name);
    return [isFollowed ? { name, value: word, reach } : { name, value: undefined, reach: "uncertain" }];
  });
}

/** A position with more redirects. */
export function redirected(run: ScriptRun, redirections: readonly Redirection[], position: Position): Position {
  if (redirections.length === 0) return position;
  const redirects: Redirect[] = [];
  let input: Word | undefined;
  for (const redirection of redirections) {
    if (redirection.type === "HereDoc") {
      run.substitutions([redirection.body], position);
      input = run.reader.readHereDocument(redirection);
      continue;
    }
    if (!redirection.target) continue;
    run.substitutions([redirection.target], position);
    const target = run.reader.readOne(redirection.target);
    if (redirection.type === "HereString") input = target;
    else redirects.push({ operator: redirection.operator, target });
  }
  return { ...position, redirects: [...redirects, ...position.redirects], ...(input && { input }) };
}

/** Words that no substitution starts in, and no other expansion that holds one. */
const PLAIN = /^[^`(]*$/;

/** The scripts inside a command. The status of `x=$(a)$(b)` is that of the last of them, unless a command hides it. */
function runSubstitutions(run: ScriptRun, node: SyntaxCommand, position: Position): void {
  if (PLAIN.test(run.textOf(node))) return;
  const values = [...node.prefix, ...node.suffix].flatMap((item) => (item.type === "Assignment" ? [item.value] : []));
  const words = values.flatMap((value) => (value.type === "Word" ? [value] : value.elements));
  if (node.name) {
    const [only, ...others] = words;
    const hides = position.asked && DECLARATIONS.has(node.name.value) && only && others.length === 0;
    const place = hides ? { ...position, asked: { ...position.asked, answeredBy: node.name.value } } : position;
    for (const script of scriptsIn(hides ? only.parts : [])) run.substitution(script, { ...place, counts: false });
    run.substitutions(
      [...(hides ? [] : words), node.name, ...node.args.filter((item) => item.type === "Word")],
      position,
    );
    return;
  }
  const scripts = words.flatMap((word) => scriptsIn(word.parts));
  for (const script of scripts) {
    const place = script === scripts.at(-1) ? position : { ...unasked(position), counts: false };
    run.substitution(script, place);
  }
}
