import type { ParsedScript, Pipeline, Statement, Word as SyntaxWord } from "unbash";
import type { Expression } from "../documents/expression.ts";
import { known, unknown, type Known } from "../documents/known.ts";
import { runCase, runFor, runIf, runOtherLoop, runWhile } from "./branching.ts";
import { assignedBy } from "./builtins.ts";
import { runAndOr } from "./chain.ts";
import type { Command, ShellOptions, ShellScope } from "./command.ts";
import { guardOf, outcomeOf, type ShellNode } from "./conditions.ts";
import { after, GOES_ON, type Flow, type Leave, type Position, type Scope } from "./flow.ts";
import { redirected, runCommand } from "./simple-command.ts";
import { ShellState } from "./state.ts";
import { countsLastAlone, passesStatus, statusReadBy, unasked } from "./status.ts";
import { testExpression } from "./test-command.ts";
import { scriptsIn, WordReader } from "./word.ts";

/** No script of a repository comes near; nested loops and recursion of a hostile one end here. */
const MAX_STEPS = 50_000;

/** Follows one script from command to command, without running anything. */
export class ScriptRun {
  readonly commands: Command[] = [];
  readonly reader: WordReader;
  readonly text: string;
  #state: ShellState;
  #steps = 0;
  #isRehearsal = false;

  constructor(text: string, expressions: readonly Expression[], scope: ShellScope, options: ShellOptions) {
    this.text = text;
    this.#state = new ShellState(options);
    this.reader = new WordReader(text, expressions, {
      file: scope.file,
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

  /** The shell as it is at this point of the script. */
  get state(): ShellState {
    return this.#state;
  }

  /** Whether the script fails if what stands here does. */
  isFatal({ counts, isLast, stops }: Position): boolean {
    const { errexit, trapped } = this.#state.options;
    return counts && !trapped && (isLast || (stops && errexit));
  }

  /** Takes note that variables got values that are not followed. */
  forget(names: readonly string[]): void {
    for (const name of names) this.#state.assign({ name, value: undefined, reach: "uncertain" });
  }

  /** The text that a node of the script is written as. */
  textOf({ pos, end }: { readonly pos: number; readonly end: number }): string {
    return this.text.slice(pos, end);
  }

  /** Runs statements one after another. */
  list(statements: readonly Statement[], position: Position): Flow {
    const leaves: Leave[] = [];
    let place = position;
    const leave = (further: readonly Leave[] = []): void => {
      leaves.push(...further);
      place = after(place, further);
    };
    for (const [index, { command, background }] of statements.entries()) {
      if (background) {
        this.subshell({ ...unasked(place), counts: false }, (inner) => this.node(command, inner));
        continue;
      }
      const next = statements[index + 1];
      const isLast = position.isLast && !next;
      const asked = next ? statusReadBy(this, next.command) : position.asked;
      const flow = this.node(command, { ...place, isLast, asked, isSole: false });
      leave(flow.leaves);
      if (flow.ends) return { ends: true, leaves };
      const stop = this.#stopAt(command, place);
      leave(stop?.leaves);
      if (stop?.ends) return { ends: true, leaves };
    }
    return { ends: false, leaves };
  }

  /** Under `set -e` a test that does not hold ends the shell. */
  #stopAt(node: ShellNode, position: Position): Flow | undefined {
    if (!position.stops || !this.#state.options.errexit || !/^(?:Arithmetic|Test)?Command$/.test(node.type))
      return undefined;
    const outcome = outcomeOf(node, this);
    if (!outcome || (outcome.holds.known && outcome.holds.value)) return undefined;
    const guards = [...position.guards, guardOf([node], this.reader, outcome.isAboutStrings)];
    const leave: Leave = { scope: "shell", guards, state: this.#state.fork() };
    return { ends: outcome.holds.known, leaves: position.counts ? [] : [leave] };
  }

  /** Runs whatever stands where a command can. */
  node(node: ShellNode, outer: Position): Flow {
    if (++this.#steps > MAX_STEPS) return GOES_ON;
    const position = passesStatus(node) ? outer : unasked(outer);
    switch (node.type) {
      case "Command":
        return runCommand(this, node, position);
      case "AndOr":
        return runAndOr(this, node, position);
      case "Pipeline":
        return this.#pipeline(node, position);
      case "CompoundList":
        return this.list(node.commands, position);
      case "BraceGroup":
        return this.list(node.body.commands, position);
      case "Subshell":
        this.subshell(position, (inner) => this.list(node.body.commands, inner));
        return GOES_ON;
      case "Redirected":
        return this.node(node.command, redirected(this, node.redirects, position));
      case "If":
        return runIf(this, node, position);
      case "Case":
        return runCase(this, node, position);
      case "For":
        return runFor(this, node, position);
      case "While":
        return runWhile(this, node, position);
      case "ArithmeticFor":
      case "Select":
        return runOtherLoop(this, node, position);
      case "Function":
        this.#state.defineFunction(node.name.value, node.body);
        return GOES_ON;
      case "Coproc":
        this.subshell({ ...position, counts: false }, (inner) => this.node(node.body, inner));
        return GOES_ON;
      case "ArithmeticCommand":
        this.forget(assignedBy(node.body));
        return GOES_ON;
      case "TestCommand": {
        const words: SyntaxWord[] = [];
        testExpression(node.expression, (word) => {
          words.push(word);
          return this.reader.readOne(word);
        });
        this.substitutions(words, position);
        return GOES_ON;
      }
    }
  }

  /** Runs something in a copy of the shell, whose own failure counts as the position says. */
  subshell(position: Position, run: (inner: Position) => unknown): void {
    const outer = this.#state;
    const counts = this.isFatal(position);
    this.#state = outer.fork();
    run({ ...position, counts, returnCounts: counts, isLast: true });
    this.#state = outer;
  }

  /** Runs each branch from the same state; what they agree on holds afterwards. */
  branches(branches: readonly (() => Flow)[]): Flow {
    const before = this.#state;
    const states: ShellState[] = [];
    const flows = branches.map((run) => {
      this.#state = before.fork();
      const flow = run();
      if (!flow.ends) states.push(this.#state);
      return flow;
    });
    this.#state = before;
    this.#state.merge(states);
    return { ends: flows.every(({ ends }) => ends), leaves: flows.flatMap(({ leaves }) => leaves) };
  }

  /** Runs what may not run after all: if it ends a list, the state goes on as if it had not run. */
  attempt(run: () => Flow): Flow {
    const before = this.#state.fork();
    const flow = run();
    if (flow.ends) this.#state = before;
    return flow;
  }

  /** Runs something only for what it does to the state. */
  rehearse(run: () => unknown): void {
    if (this.#isRehearsal) return;
    const { length } = this.commands;
    this.#isRehearsal = true;
    run();
    this.#isRehearsal = false;
    this.commands.length = length;
  }

  /** Goes on at the end of a loop or function, also with what left it early. */
  catchLeaves(flow: Flow, scopes: readonly Scope[]): Flow {
    const caught = flow.leaves.filter(({ scope }) => scopes.includes(scope));
    if (caught.length === 0) return flow;
    this.#state.merge([...(flow.ends ? [] : [this.#state.fork()]), ...caught.map(({ state }) => state)]);
    return { ends: false, leaves: flow.leaves.filter((leave) => !caught.includes(leave)) };
  }

  /** Runs the scripts inside words, whose failure counts for nothing. */
  substitutions(words: readonly (Pick<SyntaxWord, "parts"> | undefined)[], position: Position): void {
    const scripts = words.flatMap((word) => scriptsIn(word?.parts));
    for (const script of scripts) this.substitution(script, { ...unasked(position), counts: false });
  }

  /** Runs `$(…)`, which a failure ends only after a `set -e` of its own. */
  substitution({ commands }: ParsedScript, position: Position): void {
    const place = commands.length > 1 ? unasked(position) : position;
    this.subshell({ ...place, isCaptured: true, isSole: false }, (inner) => {
      this.#state.setOption("errexit", false);
      this.list(commands, inner);
    });
  }

  #pipeline({ commands, prefixes }: Pipeline, position: Position): Flow {
    const isNegated = prefixes.some((prefix) => prefix.type === "Negation");
    const base = isNegated ? { ...position, stops: false, isLast: false } : position;
    const [only, ...others] = commands;
    if (only && others.length === 0) return this.node(only, base);
    let { pipedFrom } = position;
    const isSole = countsLastAlone(this, commands);
    for (const part of commands) {
      const isEnd = part === commands.at(-1);
      const place = {
        ...(isEnd ? base : unasked(base)),
        isSole: isEnd && isSole,
        counts: base.counts && (isEnd || this.#state.options.pipefail),
        ...(pipedFrom && { pipedFrom }),
      };
      const { length } = this.commands;
      this.subshell(place, (inner) => this.node(part, inner));
      pipedFrom = this.commands.length > length ? this.commands.at(-1) : undefined;
    }
    return GOES_ON;
  }
}
