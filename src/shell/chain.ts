import type { AndOr } from "unbash";
import type { Guard } from "./command.ts";
import { failureOf, guardOf, outcomeOf, type ShellNode } from "./conditions.ts";
import { after, GOES_ON, guarded, NOT_A_TEST, type Flow, type Leave, type Position } from "./flow.ts";
import type { ScriptRun } from "./script-run.ts";
import { alternativeAsks } from "./status.ts";
import { combine, type TestOutcome } from "./test-command.ts";

/** What is known of the parts of a chain so far. A command that does something is taken to succeed. */
interface Chain {
  readonly outcome: TestOutcome;
  readonly parts: readonly ShellNode[];
  /** The tests that can make it fail. */
  readonly doubts: readonly Guard[];
  readonly hasAction: boolean;
}

/** `a && b || c`: each part runs if those before it let it. */
export function runAndOr(run: ScriptRun, node: AndOr, position: Position): Flow {
  const leaves: Leave[] = [];
  let chain: Chain | undefined;
  for (const [index, part] of node.commands.entries()) {
    const isAnd = node.operators[index - 1] === "&&";
    const conditions = chain && conditionsOf(run, chain, isAnd);
    if (conditions === "never") continue;
    const place = guarded(after(position, leaves), conditions ?? []);
    const runPart = (): Flow =>
      run.node(part, {
        ...place,
        ...failureAt(run, node, index, position),
        asked: alternativeAsks(run, node, index),
      });
    if (conditions && conditions.length > 0) leaves.push(...run.branches([runPart, () => GOES_ON]).leaves);
    else {
      const flow = chain?.hasAction === true ? run.attempt(runPart) : runPart();
      if (flow.ends && chain?.hasAction !== true) return { ends: true, leaves: [...leaves, ...flow.leaves] };
      // The part does not run after all if what comes before it fails.
      const doubt = flow.ends ? [NOT_A_TEST] : [];
      leaves.push(...flow.leaves.map((leave) => ({ ...leave, guards: [...leave.guards, ...doubt] })));
    }
    chain = extend(run, chain, part, isAnd);
  }
  return { ends: false, leaves };
}

/** What must hold for the next part of a chain to run. */
function conditionsOf(run: ScriptRun, { outcome, parts, doubts }: Chain, isAnd: boolean): readonly Guard[] | "never" {
  if (outcome.holds.known) return outcome.holds.value === isAnd ? [] : "never";
  return isAnd ? doubts : [guardOf(parts, run.reader, outcome.isAboutStrings)];
}

function extend(run: ScriptRun, chain: Chain | undefined, part: ShellNode, isAnd: boolean): Chain {
  const own = outcomeOf(part, run);
  const outcome = own ?? { holds: { known: false, why: "a command does something" }, isAboutStrings: false };
  const ownDoubts = own && !own.holds.known ? [guardOf([part], run.reader, own.isAboutStrings)] : [];
  const hasAction = own === undefined || chain?.hasAction === true;
  if (!chain) return { outcome, parts: [part], doubts: ownDoubts, hasAction };
  const failsSurely = own?.holds.known === true && !own.holds.value;
  const survives = !isAnd && !failsSurely && ownDoubts.length === 0;
  return {
    outcome: combine(isAnd, [chain.outcome, outcome]),
    parts: [...chain.parts, part],
    doubts: survives ? [] : [...chain.doubts, ...ownDoubts],
    hasAction,
  };
}

/** The shell stops by itself only for the last part of a chain; an earlier one counts if it decides the chain's status. */
function failureAt(
  run: ScriptRun,
  { commands, operators }: AndOr,
  index: number,
  position: Position,
): Pick<Position, "stops" | "isLast"> {
  const { stops, isLast } = position;
  const end = commands.length - 1;
  if (index === end) return { stops, isLast };
  let last = index;
  for (const [next, part] of commands.entries()) {
    if (next <= index || operators[next - 1] === "&&") continue;
    const failure = failureOf(part);
    if (failure === undefined) return { stops: false, isLast: false };
    if (failure === "shell") return { stops: false, isLast: true };
    if (failure === "function") return { stops: false, isLast: position.returnCounts };
    last = next;
  }
  return { stops: false, isLast: last === end ? run.isFatal(position) : isLast };
}
