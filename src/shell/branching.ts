import type { ArithmeticFor, Case, CompoundList, Elif, For, If, Select, While } from "unbash";
import { assignedBy } from "./builtins.ts";
import type { StatusQuestion } from "./command.ts";
import { guardOf, guardOn, outcomeOf } from "./conditions.ts";
import { after, GOES_ON, guarded, NOT_A_TEST, silenced, type Flow, type Leave, type Position } from "./flow.ts";
import type { ScriptRun } from "./script-run.ts";

const MAX_LOOP_WORDS = 16;

/** `if`, with the branches that can be taken. */
export function runIf(run: ScriptRun, { clause, then, elif, else: last }: If, position: Position): Flow {
  return runClauses(run, [{ clause, then }, ...elif], last, position);
}

function runClauses(
  run: ScriptRun,
  [first, ...others]: readonly Pick<Elif, "clause" | "then">[],
  last: CompoundList | undefined,
  position: Position,
): Flow {
  if (!first) return last ? run.list(last.commands, position) : GOES_ON;
  const { ends, leaves } = run.list(first.clause.commands, askedBy("if", first.clause, position));
  if (ends) return { ends, leaves };
  const outcome = outcomeOf(first.clause, run);
  const place = after(position, leaves);
  const runThen = (at: Position): Flow => run.list(first.then.commands, at);
  const runElse = (at: Position): Flow => runClauses(run, others, last, at);
  if (outcome?.holds.known) return joined(leaves, outcome.holds.value ? runThen(place) : runElse(place));
  const inner = guarded(place, [guardOf([first.clause], run.reader, outcome?.isAboutStrings ?? false)]);
  return joined(leaves, run.branches([() => runThen(inner), () => runElse(inner)]));
}

/** Where a condition stands. */
function askedBy(asker: StatusQuestion["asker"], { pos, end }: CompoundList, position: Position): Position {
  return { ...silenced(position), asked: { asker, range: [pos, end], decides: true } };
}

function joined(leaves: readonly Leave[], flow: Flow): Flow {
  return leaves.length === 0 ? flow : { ...flow, leaves: [...leaves, ...flow.leaves] };
}

/** `case`, with the items that can match. */
export function runCase(run: ScriptRun, node: Case, position: Position): Flow {
  run.substitutions([node.word], position);
  const subject = run.reader.readOne(node.word);
  const { value } = subject;
  const items = node.items.map(({ body, pattern }) => ({
    body,
    patterns: pattern.map((word) => run.reader.readOne(word)),
  }));
  const words = [subject, ...items.flatMap(({ patterns }) => patterns)];
  const inner = guarded(position, [guardOn(words, true)]);
  if (node.items.some(({ terminator }) => terminator !== undefined && terminator !== ";;"))
    return runFallingItems(run, node, inner);
  const branches: (() => Flow)[] = [];
  for (const { body, patterns } of items) {
    const isLiteral = patterns.every((pattern) => pattern.value.known && !/[*?[]/.test(pattern.text));
    const matches = patterns.some(
      (pattern) =>
        pattern.text === "*" ||
        (isLiteral && value.known && pattern.value.known && pattern.value.value === value.value),
    );
    if (value.known && isLiteral && !matches) continue;
    const place = matches && branches.length === 0 ? position : inner;
    branches.push(() => run.list(body.commands, place));
    if (matches) return run.branches(branches);
  }
  return run.branches([...branches, () => GOES_ON]);
}

/** Items that go on with the next one (`;&`): any of them may run. */
function runFallingItems(run: ScriptRun, { items }: Case, position: Position): Flow {
  const leaves: Leave[] = [];
  for (const [index, { body }] of items.entries()) {
    const place = { ...after(position, leaves), isLast: position.isLast && index === items.length - 1 };
    leaves.push(...run.branches([() => run.list(body.commands, place), () => GOES_ON]).leaves);
  }
  return { ends: false, leaves };
}

/** `for` over words: over each of them where they are known. */
export function runFor(run: ScriptRun, node: For, position: Position): Flow {
  const name = node.name.value;
  run.substitutions(node.wordlist ?? [], position);
  const words = (node.wordlist ?? []).flatMap((word) => run.reader.read(word));
  const isStatic = words.every((word) => word.value.known && !/[*?[]/.test(word.text));
  if (!node.wordlist || !isStatic || words.length > MAX_LOOP_WORDS) {
    run.forget([name]);
    return runLoop(run, node.body, guarded(position, [NOT_A_TEST]));
  }
  const leaves: Leave[] = [];
  for (const [index, value] of words.entries()) {
    run.state.assign({ name, value, reach: "shell" });
    const isLast = position.isLast && index === words.length - 1;
    const body = run.list(node.body.commands, { ...after(position, leaves), isLast });
    const { ends, leaves: further } = run.catchLeaves(body, ["iteration"]);
    leaves.push(...further);
    if (ends) return run.catchLeaves({ ends, leaves }, ["loop"]);
  }
  return run.catchLeaves({ ends: false, leaves }, ["loop"]);
}

/** `while` and `until`: the condition runs at least once, and can leave the loop, too. */
export function runWhile(run: ScriptRun, { clause, body, kind }: While, position: Position): Flow {
  const flow = run.list(clause.commands, askedBy(kind, clause, position));
  const outcome = flow.ends ? undefined : outcomeOf(clause, run);
  const isOver = flow.ends || (outcome?.holds.known === true && outcome.holds.value === (kind === "until"));
  if (isOver) return run.catchLeaves(flow, ["iteration", "loop"]);
  const inner = guarded(after(position, flow.leaves), [guardOf([clause], run.reader, false)]);
  return run.catchLeaves(joined(flow.leaves, runLoop(run, body, inner)), ["iteration", "loop"]);
}

/** `for ((…))` and `select` */
export function runOtherLoop(run: ScriptRun, node: ArithmeticFor | Select, position: Position): Flow {
  const header = run.textOf({ pos: node.pos, end: node.body.pos });
  run.forget(node.type === "Select" ? [node.name.value] : assignedBy(header));
  return runLoop(run, node.body, guarded(position, [NOT_A_TEST]));
}

/** A body that may run never, or many times: what it changes is not known when it runs again. */
function runLoop(run: ScriptRun, body: CompoundList, position: Position): Flow {
  const runBody = (): Flow =>
    run.catchLeaves(run.list(body.commands, { ...position, isLast: false }), ["iteration", "loop"]);
  const once = (): Flow => run.branches([runBody, () => GOES_ON]);
  run.rehearse(once);
  return once();
}
