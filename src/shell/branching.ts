import type { AndOr, Case, CompoundList, For, If } from "unbash";
import { failsSurely, guardOf, outcomeOf, type ShellNode } from "./conditions.ts";
import { guarded, NOT_A_TEST, type Flow, type Position } from "./flow.ts";
import type { ScriptRun } from "./script-run.ts";

const MAX_LOOP_WORDS = 16;

/** `a && b || c`: each part runs if those before it let it. */
export function runAndOr(run: ScriptRun, node: AndOr, position: Position): Flow {
  let inner = position;
  let result: Flow = {};
  let previous: ShellNode | undefined;
  for (const [index, part] of node.commands.entries()) {
    const operator = node.operators[index - 1];
    if (previous) {
      const outcome = outcomeOf(previous, run.reader);
      if (outcome?.holds.known) {
        if (outcome.holds.value !== (operator === "&&")) continue;
      } else if (outcome || operator === "||") {
        inner = guarded(inner, guardOf(previous, run.reader, outcome?.isAboutStrings ?? false));
      }
    }
    previous = part;
    const flow = run.node(part, { ...inner, ...failureAt(node, index, position) });
    const guard = inner.guards.length > position.guards.length ? inner.guards.at(-1) : undefined;
    if (flow.ends && !guard) return flow;
    if (flow.ends === "success" && guard) result = { guard };
    else if (flow.guard) result = { guard: flow.guard };
  }
  return result;
}

/** The shell stops only for the last part of a chain; an earlier one counts if it decides the chain's status. */
function failureAt(node: AndOr, index: number, position: Position): Pick<Position, "stops" | "isLast"> {
  const rescue = node.operators.indexOf("||", index);
  const rescuer = rescue >= 0 ? node.commands[rescue + 1] : undefined;
  if (rescuer) return { stops: false, isLast: failsSurely(rescuer) && (position.isLast || position.stops) };
  return { stops: position.stops && index === node.commands.length - 1, isLast: position.isLast };
}

/** `if`, with the branches that can be taken. */
export function runIf(run: ScriptRun, node: If, position: Position): Flow {
  const branches: (() => Flow)[] = [];
  let inner = position;
  let isDecided = false;
  for (const { clause, then } of [node, ...node.elif]) {
    run.list(clause.commands, { ...inner, stops: false, isLast: false });
    const outcome = outcomeOf(clause, run.reader);
    if (outcome?.holds.known && !outcome.holds.value) continue;
    isDecided = outcome?.holds.known ?? false;
    if (!isDecided) inner = guarded(inner, guardOf(clause, run.reader, outcome?.isAboutStrings ?? false));
    const place = inner;
    branches.push(() => runBranch(run, then, place, position));
    if (isDecided) break;
  }
  const last = node.else;
  if (last && !isDecided) branches.push(() => runBranch(run, last, inner, position));
  return run.branches(branches, isDecided || last !== undefined);
}

/** `case`, with the items that can match. */
export function runCase(run: ScriptRun, node: Case, position: Position): Flow {
  const subject = run.reader.readOne(node.word);
  const { value, variables, expressions } = subject;
  const branches: (() => Flow)[] = [];
  let isDecided = false;
  for (const item of node.items) {
    const patterns = item.pattern.map((pattern) => run.reader.readOne(pattern).value);
    const isLiteral = patterns.every((pattern) => pattern.known && !/[*?[]/.test(pattern.value));
    const matches = patterns.some(
      (pattern) => pattern.known && value.known && [value.value, "*"].includes(pattern.value),
    );
    if (value.known && isLiteral && !matches) continue;
    isDecided = matches;
    const inner =
      isDecided && branches.length === 0 ? position : guarded(position, { variables, expressions, isTest: true });
    branches.push(() => runBranch(run, item.body, inner, position));
    if (isDecided) break;
  }
  return run.branches(branches, isDecided);
}

/** `for` over words: over each of them where they are known. */
export function runFor(run: ScriptRun, node: For, position: Position): Flow {
  const name = node.name.value;
  const words = (node.wordlist ?? []).flatMap((word) => run.reader.read(word));
  const isStatic = words.every((word) => word.value.known && !/[*?[]/.test(word.text));
  if (!node.wordlist || !isStatic || words.length > MAX_LOOP_WORDS) {
    run.assign({ name, value: undefined, reach: "uncertain" });
    return run.loop(node.body, guarded(position, NOT_A_TEST));
  }
  for (const value of words) {
    run.assign({ name, value, reach: "shell" });
    run.loop(node.body, position);
  }
  return {};
}

/** A branch that ends the script without failing makes all that follows depend on the branch's guard. */
function runBranch(run: ScriptRun, body: CompoundList, inner: Position, outer: Position): Flow {
  const flow = run.list(body.commands, inner);
  const guard = inner.guards.length > outer.guards.length ? inner.guards.at(-1) : undefined;
  return flow.ends === "success" && guard ? { ends: "success", guard } : flow;
}
