import type {
  Assignment as SyntaxAssignment,
  Command as SyntaxCommand,
  CompoundList,
  Pipeline,
  Redirection,
  Statement,
  Word as SyntaxWord,
} from "unbash";
import type { Expression } from "../documents/expression.ts";
import { known, unknown, type Known } from "../documents/known.ts";
import { runAndOr, runCase, runFor, runIf } from "./branching.ts";
import { runAfterwards, runBuiltin } from "./builtins.ts";
import type { Assignment, Command, Guard, Redirect, ShellOptions, ShellScope, Word } from "./command.ts";
import { guardOf, type ShellNode } from "./conditions.ts";
import { guarded, NOT_A_TEST, type Flow, type Position } from "./flow.ts";
import { ShellState, type FunctionBody } from "./state.ts";
import { scriptsIn, WordReader } from "./word.ts";

const MAX_COMMANDS = 20_000;
const MAX_CALL_DEPTH = 10;

/** Follows one script from command to command, without running anything. */
export class ScriptRun {
  readonly commands: Command[] = [];
  readonly reader: WordReader;
  #state: ShellState;

  constructor(text: string, expressions: readonly Expression[], scope: ShellScope, options: ShellOptions) {
    this.#state = new ShellState(options);
    this.reader = new WordReader(text, expressions, {
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
        this.#inSubshell(() => this.node(command, { ...position, guards, stops: false, isLast: false }));
        continue;
      }
      const isLast = position.isLast && index === statements.length - 1;
      const flow = this.node(command, { ...position, guards, isLast });
      guard = flow.guard ?? guard;
      if (flow.ends) return guard ? { guard } : flow;
    }
    return guard ? { guard } : {};
  }

  /** Runs whatever stands where a command can. */
  node(node: ShellNode, position: Position): Flow {
    switch (node.type) {
      case "Command":
        return this.#command(node, position);
      case "AndOr":
        return runAndOr(this, node, position);
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
        return this.node(node.command, inner);
      }
      case "If":
        return runIf(this, node, position);
      case "Case":
        return runCase(this, node, position);
      case "For":
        return runFor(this, node, position);
      case "While":
        this.#inSubshell(() => this.list(node.clause.commands, { ...position, stops: false, isLast: false }));
        return this.loop(node.body, guarded(position, guardOf(node.clause, this.reader, false)));
      case "ArithmeticFor":
      case "Select":
        return this.loop(node.body, guarded(position, NOT_A_TEST));
      case "Function":
        this.#state.functions = new Map(this.#state.functions).set(node.name.value, node.body);
        return {};
      case "Coproc":
        this.#inSubshell(() => this.node(node.body, { ...position, stops: false, isLast: false }));
        return {};
      default:
        return {};
    }
  }

  /** Whether the failure of what stands here fails the script. */
  #counts(position: Position): boolean {
    return position.isLast || (position.stops && this.#state.errexit);
  }

  /** Sets a variable of the shell. */
  assign(assignment: Assignment): void {
    this.#state.assign(assignment);
  }

  #inSubshell(run: () => unknown): void {
    const outer = this.#state;
    this.#state = outer.fork();
    run();
    this.#state = outer;
  }

  /** Runs each branch from the same state; what they agree on holds afterwards. */
  branches(branches: readonly (() => Flow)[], isExhaustive: boolean): Flow {
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

  #pipeline(node: Pipeline, position: Position): Flow {
    const isNegated = node.prefixes.some((prefix) => prefix.type === "Negation");
    const base = isNegated ? { ...position, stops: false, isLast: false } : position;
    const [only, ...others] = node.commands;
    if (only && others.length === 0) return this.node(only, base);
    let pipedFrom = position.pipedFrom;
    for (const part of node.commands) {
      const counts = part === node.commands.at(-1) || this.#state.pipefail;
      const place = counts ? base : { ...base, stops: false, isLast: false };
      this.#inSubshell(() => this.node(part, { ...place, ...(pipedFrom && { pipedFrom }) }));
      pipedFrom = this.commands.at(-1);
    }
    return {};
  }

  /** Runs a body that may run never, or again. */
  loop(body: CompoundList, position: Position): Flow {
    this.branches([() => this.list(body.commands, position)], false);
    return {};
  }

  #command(node: SyntaxCommand, position: Position): Flow {
    this.#substitutions(node, position);
    const assignments = this.#assignments(node.prefix, "exported");
    const [name, ...rest] = [node.name, ...node.args].flatMap((word) =>
      word?.type === "Word" ? this.reader.read(word) : [],
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
    const { guard } = this.node(body, { ...position, depth: position.depth + 1 });
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
      return [{ name, value: this.reader.readOne(value), reach }];
    });
  }

  #redirects(redirections: readonly Redirection[]): { redirects: readonly Redirect[]; input?: Word } {
    const redirects: Redirect[] = [];
    let input: Word | undefined;
    for (const redirection of redirections) {
      if (redirection.type === "HereDoc") {
        const { pos, end, text, parts } = redirection.body;
        input = this.reader.readOne({ pos, end, text, value: text, parts });
      } else if (redirection.type === "HereString") {
        if (redirection.target) input = this.reader.readOne(redirection.target);
      } else if (redirection.target) {
        redirects.push({ operator: redirection.operator, target: this.reader.readOne(redirection.target) });
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
