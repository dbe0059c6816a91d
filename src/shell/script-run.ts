import type {
  AndOr,
  Assignment as SyntaxAssignment,
  Case,
  Command as SyntaxCommand,
  CompoundList,
  For,
  If,
  Pipeline,
  Redirection,
  Statement,
  Word as SyntaxWord,
} from "unbash";
import type { Expression } from "../documents/expression.ts";
import { known, unknown, type Known } from "../documents/known.ts";
import { runAfterwards, runBuiltin, type Ending } from "./builtins.ts";
import type { Assignment, Command, Guard, Redirect, ShellOptions, ShellScope, Word } from "./command.ts";
import { failsSurely, guardOf, outcomeOf, type ShellNode } from "./conditions.ts";
import { ShellState, type FunctionBody } from "./state.ts";
import { scriptsIn, WordReader } from "./word.ts";

const MAX_COMMANDS = 20_000;
const MAX_CALL_DEPTH = 10;
const MAX_LOOP_WORDS = 16;
const NOT_A_TEST: Guard = { variables: [], expressions: [], isTest: false };

/** Where a node stands: what must hold for it to run, and whether its failure counts. */
export interface Position {
  readonly guards: readonly Guard[];
  /** False where the shell never stops at a failure: in conditions, before `||`, after `!`. */
  readonly stops: boolean;
  /** True where the node's status becomes the script's. */
  readonly isLast: boolean;
  readonly redirects: readonly Redirect[];
  readonly input?: Word;
  readonly pipedFrom?: Command;
  readonly depth: number;
}

/** How control goes on after a node: it ended the list, or it may have, under a guard. */
interface Flow {
  readonly ends?: Ending;
  readonly guard?: Guard;
}

/** Follows one script from command to command, without running anything. */
export class ScriptRun {
  readonly commands: Command[] = [];
  readonly #reader: WordReader;
  #state: ShellState;

  constructor(text: string, expressions: readonly Expression[], scope: ShellScope, options: ShellOptions) {
    this.#state = new ShellState(options);
    this.#reader = new WordReader(text, expressions, {
      expression: (expression) => scope.expression(expression),
      variable: (name) => this.#variable(name, scope),
    });
  }

  #variable(name: string, scope: ShellScope): Known<string> {
    const assigned = this.#state.variables.get(name);
    if (assigned?.value) return assigned.value.value;
    if (assigned)
      return assigned.reach === "uncertain" ? unknown(`\`${name}\` is assigned in more than one way`) : known("");
    return this.#state.opened === undefined ? scope.variable(name) : unknown(this.#state.opened);
  }

  /** Runs statements one after another. */
  list(statements: readonly Statement[], position: Position): Flow {
    let guard: Guard | undefined;
    for (const [index, { command, background }] of statements.entries()) {
      if (this.commands.length > MAX_COMMANDS) break;
      const guards = guard ? [...position.guards, guard] : position.guards;
      if (background) {
        this.#inSubshell(() => this.#node(command, { ...position, guards, stops: false, isLast: false }));
        continue;
      }
      const isLast = position.isLast && index === statements.length - 1;
      const flow = this.#node(command, { ...position, guards, isLast });
      guard = flow.guard ?? guard;
      if (flow.ends) return guard ? { guard } : flow;
    }
    return guard ? { guard } : {};
  }

  #node(node: ShellNode, position: Position): Flow {
    switch (node.type) {
      case "Command":
        return this.#command(node, position);
      case "AndOr":
        return this.#andOr(node, position);
      case "Pipeline":
        return this.#pipeline(node, position);
      case "CompoundList":
        return this.list((node as CompoundList).commands, position);
      case "BraceGroup":
        return this.list(node.body.commands, position);
      case "Subshell":
        this.#inSubshell(() => this.list(node.body.commands, { ...position, isLast: this.#counts(position) }));
        return {};
      case "Redirected": {
        const { redirects, input } = this.#redirects(node.redirects);
        const inner = { ...position, redirects: [...redirects, ...position.redirects], ...(input && { input }) };
        return this.#node(node.command, inner);
      }
      case "If":
        return this.#if(node, position);
      case "Case":
        return this.#case(node, position);
      case "For":
        return this.#for(node, position);
      case "While":
        this.#inSubshell(() => this.list(node.clause.commands, { ...position, stops: false, isLast: false }));
        return this.#loop(node.body, guarded(position, guardOf(node.clause, this.#reader, false)));
      case "ArithmeticFor":
      case "Select":
        return this.#loop(node.body, guarded(position, NOT_A_TEST));
      case "Function":
        this.#state.functions = new Map(this.#state.functions).set(node.name.value, node.body);
        return {};
      case "Coproc":
        this.#inSubshell(() => this.#node(node.body, { ...position, stops: false, isLast: false }));
        return {};
      default:
        return {};
    }
  }

  /** Whether the failure of what stands here fails the script. */
  #counts(position: Position): boolean {
    return position.isLast || (position.stops && this.#state.errexit);
  }

  #inSubshell(run: () => unknown): void {
    const outer = this.#state;
    this.#state = outer.fork();
    run();
    this.#state = outer;
  }

  /** Runs each branch from the same state; what they agree on holds afterwards. */
  #branches(branches: readonly (() => Flow)[], isExhaustive: boolean): Flow {
    const before = this.#state;
    const states: ShellState[] = isExhaustive ? [] : [before.fork()];
    const flows = branches.map((run) => {
      this.#state = before.fork();
      const flow = run();
      if (!flow.ends) states.push(this.#state);
      return flow;
    });
    this.#state = before;
    this.#state.merge(states.length > 0 ? states : [before.fork()]);
    const [only] = flows;
    if (isExhaustive && flows.length === 1 && only) return only;
    const guard = flows.find((flow) => flow.guard)?.guard;
    return guard ? { guard } : {};
  }

  /** A branch that ends the script without failing makes all that follows depend on the branch's guard. */
  #branch(body: CompoundList, inner: Position, outer: Position): Flow {
    const flow = this.list(body.commands, inner);
    const guard = inner.guards.length > outer.guards.length ? inner.guards.at(-1) : undefined;
    return flow.ends === "success" && guard ? { ends: "success", guard } : flow;
  }

  #pipeline(node: Pipeline, position: Position): Flow {
    const isNegated = node.prefixes.some((prefix) => prefix.type === "Negation");
    const base = isNegated ? { ...position, stops: false, isLast: false } : position;
    const [only, ...others] = node.commands;
    if (only && others.length === 0) return this.#node(only, base);
    let pipedFrom = position.pipedFrom;
    for (const part of node.commands) {
      const counts = part === node.commands.at(-1) || this.#state.pipefail;
      const place = counts ? base : { ...base, stops: false, isLast: false };
      this.#inSubshell(() => this.#node(part, { ...place, ...(pipedFrom && { pipedFrom }) }));
      pipedFrom = this.commands.at(-1);
    }
    return {};
  }

  #andOr(node: AndOr, position: Position): Flow {
    let inner = position;
    let result: Flow = {};
    let previous: ShellNode | undefined;
    for (const [index, part] of node.commands.entries()) {
      const operator = node.operators[index - 1];
      if (previous) {
        const outcome = outcomeOf(previous, this.#reader);
        if (outcome?.holds.known) {
          if (outcome.holds.value !== (operator === "&&")) continue;
        } else if (outcome || operator === "||") {
          inner = guarded(inner, guardOf(previous, this.#reader, outcome?.isAboutStrings ?? false));
        }
      }
      previous = part;
      const flow = this.#node(part, { ...inner, ...this.#failureAt(node, index, position) });
      const guard = inner.guards.length > position.guards.length ? inner.guards.at(-1) : undefined;
      if (flow.ends && !guard) return flow;
      if (flow.ends === "success" && guard) result = { guard };
      else if (flow.guard) result = { guard: flow.guard };
    }
    return result;
  }

  /** The shell stops only for the last part of a chain; an earlier one counts if it decides the chain's status. */
  #failureAt(node: AndOr, index: number, position: Position): Pick<Position, "stops" | "isLast"> {
    const rescue = node.operators.indexOf("||", index);
    const rescuer = rescue >= 0 ? node.commands[rescue + 1] : undefined;
    if (rescuer) return { stops: false, isLast: failsSurely(rescuer) && (position.isLast || position.stops) };
    return { stops: position.stops && index === node.commands.length - 1, isLast: position.isLast };
  }

  #if(node: If, position: Position): Flow {
    const branches: (() => Flow)[] = [];
    let inner = position;
    let isDecided = false;
    for (const { clause, then } of [node, ...node.elif]) {
      this.list(clause.commands, { ...inner, stops: false, isLast: false });
      const outcome = outcomeOf(clause, this.#reader);
      if (outcome?.holds.known && !outcome.holds.value) continue;
      isDecided = outcome?.holds.known ?? false;
      if (!isDecided) inner = guarded(inner, guardOf(clause, this.#reader, outcome?.isAboutStrings ?? false));
      const place = inner;
      branches.push(() => this.#branch(then, place, position));
      if (isDecided) break;
    }
    const last = node.else;
    if (last && !isDecided) branches.push(() => this.#branch(last, inner, position));
    return this.#branches(branches, isDecided || last !== undefined);
  }

  #case(node: Case, position: Position): Flow {
    const subject = this.#reader.readOne(node.word);
    const { value, variables, expressions } = subject;
    const branches: (() => Flow)[] = [];
    let isDecided = false;
    for (const item of node.items) {
      const patterns = item.pattern.map((pattern) => this.#reader.readOne(pattern).value);
      const isLiteral = patterns.every((pattern) => pattern.known && !/[*?[]/.test(pattern.value));
      const matches = patterns.some(
        (pattern) => pattern.known && value.known && [value.value, "*"].includes(pattern.value),
      );
      if (value.known && isLiteral && !matches) continue;
      isDecided = matches;
      const inner =
        isDecided && branches.length === 0 ? position : guarded(position, { variables, expressions, isTest: true });
      branches.push(() => this.#branch(item.body, inner, position));
      if (isDecided) break;
    }
    return this.#branches(branches, isDecided);
  }

  #for(node: For, position: Position): Flow {
    const name = node.name.value;
    const words = (node.wordlist ?? []).flatMap((word) => this.#reader.read(word));
    const isStatic = words.every((word) => word.value.known && !/[*?[]/.test(word.text));
    if (!node.wordlist || !isStatic || words.length > MAX_LOOP_WORDS) {
      this.#state.assign({ name, value: undefined, reach: "uncertain" });
      return this.#loop(node.body, guarded(position, NOT_A_TEST));
    }
    for (const value of words) {
      this.#state.assign({ name, value, reach: "shell" });
      this.#loop(node.body, position);
    }
    return {};
  }

  #loop(body: CompoundList, position: Position): Flow {
    this.#branches([() => this.list(body.commands, position)], false);
    return {};
  }

  #command(node: SyntaxCommand, position: Position): Flow {
    this.#substitutions(node, position);
    const assignments = this.#assignments(node.prefix, "exported");
    const [name, ...rest] = [node.name, ...node.args].flatMap((word) =>
      word?.type === "Word" ? this.#reader.read(word) : [],
    );
    if (!name) {
      const reach = this.#state.allexport ? "exported" : "shell";
      for (const assignment of this.#assignments(node.prefix, reach)) this.#state.assign(assignment);
      return {};
    }
    const text = name.value.known ? name.value.value : "";
    const body = this.#state.functions.get(text);
    if (body && position.depth < MAX_CALL_DEPTH) return this.#call(body, assignments, position);
    const ends = runBuiltin(text, rest, node, this.#state, (command, reach) => this.#assignments(command.args, reach));
    this.#push(node, [name, ...rest], assignments, position);
    runAfterwards(text, rest, this.#state);
    return ends ? { ends } : {};
  }

  #push(node: SyntaxCommand, words: Command["words"], assignments: readonly Assignment[], position: Position): void {
    const { redirects, input = position.input } = this.#redirects(node.redirects);
    this.commands.push({
      range: [words[0].range[0], (words.at(-1) ?? words[0]).range[1]],
      words,
      assignments,
      variables: this.#state.variables,
      directory: this.#state.directory,
      redirects: [...redirects, ...position.redirects],
      guards: position.guards,
      isFatal: this.#counts(position),
      isApproximate: false,
      ...(this.#state.opened !== undefined && { opened: this.#state.opened }),
      ...(input && { input }),
      ...(position.pipedFrom && { pipedFrom: position.pipedFrom }),
    });
  }

  /** A function runs in the shell of its caller. */
  #call(body: FunctionBody, assignments: readonly Assignment[], position: Position): Flow {
    for (const assignment of assignments) this.#state.assign(assignment);
    const { guard } = this.#node(body as ShellNode, { ...position, depth: position.depth + 1 });
    return guard ? { guard } : {};
  }

  #assignments(
    items: readonly (SyntaxAssignment | { readonly type: string })[],
    reach: Assignment["reach"],
  ): readonly Assignment[] {
    return items.flatMap((item): Assignment[] => {
      if (item.type !== "Assignment") return [];
      const { name, value, append, index } = item as SyntaxAssignment;
      // What `+=` and arrays make of a variable is not followed.
      if (value.type !== "Word" || append || index) return [{ name, value: undefined, reach: "uncertain" }];
      return [{ name, value: this.#reader.readOne(value), reach }];
    });
  }

  #redirects(redirections: readonly Redirection[]): { redirects: readonly Redirect[]; input?: Word } {
    const redirects: Redirect[] = [];
    let input: Word | undefined;
    for (const redirection of redirections) {
      if (redirection.type === "HereDoc") {
        const { pos, end, text, parts } = redirection.body;
        input = this.#reader.readOne({ pos, end, text, value: text, parts });
      } else if (redirection.type === "HereString") {
        if (redirection.target) input = this.#reader.readOne(redirection.target);
      } else if (redirection.target) {
        redirects.push({ operator: redirection.operator, target: this.#reader.readOne(redirection.target) });
      }
    }
    return { redirects, ...(input && { input }) };
  }

  #substitutions(node: SyntaxCommand, position: Position): void {
    const quiet = { ...position, stops: false, isLast: false };
    const visit = (word: SyntaxWord | undefined, place: Position): void => {
      for (const script of scriptsIn(word?.parts)) {
        // Positions inside an escaped backtick substitution refer to its decoded text, not to the script.
        if (script.source === undefined) this.#inSubshell(() => this.list(script.commands, place));
      }
    };
    for (const item of [...node.prefix, node.name, ...node.suffix]) {
      if (item?.type === "Word") visit(item, quiet);
      if (item?.type !== "Assignment" || item.value.type !== "Word") continue;
      // The status of `x=$(command)` is the command's own, unless a declaration around it hides it.
      visit(item.value, node.name ? quiet : { ...position, isLast: this.#counts(position) });
    }
  }
}

function guarded(position: Position, guard: Guard): Position {
  return { ...position, guards: [...position.guards, guard] };
}
