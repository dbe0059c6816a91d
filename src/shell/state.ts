import type { CompoundList, Redirected } from "unbash";
import { known, unknown, type Known } from "../documents/known.ts";
import type { Assignment, ShellOptions } from "./command.ts";
import { joinDirectory } from "./directory.ts";

/** A function's body as the parser gives it. */
export type FunctionBody = Redirected["command"] | Redirected | CompoundList;

interface Fields {
  directory: Known<string>;
  /** Where `cd -` goes. */
  previous: Known<string>;
  directoryStack: readonly Known<string>[];
  variables: ReadonlyMap<string, Assignment>;
  /** What reaches child processes of a new value, by name; "shell" for the other names. */
  reaches: ReadonlyMap<string, Assignment["reach"]>;
  /** What the variables of the function that runs become again when it ends; undefined outside functions. */
  locals: ReadonlyMap<string, Assignment | undefined> | undefined;
  functions: ReadonlyMap<string, FunctionBody>;
  opened: string | undefined;
  errexit: boolean;
  pipefail: boolean;
  /** True where a trap may turn a failure of the shell into a success. */
  trapped: boolean;
  /** What reaches child processes of a plain assignment: with `set -a` the new value. */
  assignedReach: Assignment["reach"];
}

const NONE: ReadonlyMap<string, never> = new Map<string, never>();

/** What a shell carries from one command to the next. */
export class ShellState {
  #fields: Fields;

  constructor({ errexit, pipefail }: ShellOptions, fields?: Fields) {
    this.#fields = fields ?? {
      directory: known(""),
      previous: unknown("`cd -` goes to a directory of the machine"),
      directoryStack: [],
      variables: NONE,
      reaches: NONE,
      locals: undefined,
      functions: NONE,
      opened: undefined,
      errexit,
      pipefail,
      trapped: false,
      assignedReach: "shell",
    };
  }

  get directory(): Known<string> {
    return this.#fields.directory;
  }

  get variables(): ReadonlyMap<string, Assignment> {
    return this.#fields.variables;
  }

  get functions(): ReadonlyMap<string, FunctionBody> {
    return this.#fields.functions;
  }

  /** Why any variable may be set, if it may. */
  get opened(): string | undefined {
    return this.#fields.opened;
  }

  get options(): Readonly<Pick<Fields, "errexit" | "pipefail" | "trapped" | "assignedReach">> {
    return this.#fields;
  }

  setOption(name: "errexit" | "pipefail" | "trapped" | "allexport", isOn: boolean): void {
    if (name === "allexport") this.#fields.assignedReach = isOn ? "exported" : "shell";
    else this.#fields[name] = isOn;
  }

  /** A copy whose changes do not come back, as in a subshell or a branch. */
  fork(): ShellState {
    return new ShellState(this.#fields, { ...this.#fields });
  }

  /** Assigns a variable, which stays exported if it was. */
  assign(assignment: Assignment): void {
    const { name } = assignment;
    const reach = assignment.reach === "shell" ? (this.#fields.reaches.get(name) ?? "shell") : assignment.reach;
    this.#set(name, { ...assignment, reach });
    if (reach !== "shell") this.#setReach(name, reach);
  }

  /** `export NAME`: keeps the value, now or later assigned. */
  setExported(name: string): void {
    const before = this.variables.get(name);
    if (before?.value) this.#set(name, { ...before, reach: "exported" });
    this.#setReach(name, "exported");
  }

  /** `unset NAME`: a later value is not exported, whatever the variable was outside. In a function it may show that of the caller. */
  remove(name: string): void {
    this.#set(name, { name, value: undefined, reach: this.#fields.locals ? "uncertain" : "exported" });
    this.#setReach(name, "uncertain");
  }

  #setReach(name: string, reach: Assignment["reach"]): void {
    this.#fields.reaches = new Map(this.#fields.reaches).set(name, reach);
  }

  /** Starts a function, which has no variables of its own yet. */
  enterFunction(): void {
    this.#fields.locals = new Map();
  }

  /** Makes a variable one of the function that runs, if one does; true where it was not yet. */
  makeLocal(name: string): boolean {
    const { locals, variables } = this.#fields;
    if (!locals || locals.has(name)) return false;
    this.#fields.locals = new Map(locals).set(name, variables.get(name));
    return true;
  }

  /** Ends a function: its own variables become again what they were. */
  returnTo(caller: ShellState): void {
    const { locals } = this.#fields;
    for (const [name, before] of locals ?? []) {
      this.#set(name, before);
      if (this.#fields.reaches.get(name) !== caller.#fields.reaches.get(name)) this.#setReach(name, "uncertain");
    }
    this.#fields.locals = caller.#fields.locals;
  }

  #set(name: string, assignment: Assignment | undefined): void {
    const variables = new Map(this.variables);
    if (assignment) variables.set(name, assignment);
    else variables.delete(name);
    this.#fields.variables = variables;
  }

  defineFunction(name: string, body: FunctionBody): void {
    this.#fields.functions = new Map(this.functions).set(name, body);
  }

  /** Takes note that any variable may have been set. */
  open(why: string): void {
    this.#fields.opened = why;
    const uncertain = [...this.variables.keys()].map(
      (name) => [name, { name, value: undefined, reach: "uncertain" }] as const,
    );
    this.#fields.variables = new Map(uncertain);
  }

  /** `cd`, `pushd` and `popd`; undefined stands for the home directory, or for another place of the directory stack. */
  changeDirectory(command: string, target: Known<string> | undefined): void {
    const fields = this.#fields;
    const { directory, previous, directoryStack } = fields;
    fields.previous = directory;
    if (command === "popd" && target === undefined && directoryStack.length > 0) {
      fields.directory = directoryStack.at(-1) ?? directory;
      fields.directoryStack = directoryStack.slice(0, -1);
      return;
    }
    if (command === "pushd" && target) fields.directoryStack = [...directoryStack, directory];
    else if (command !== "cd") fields.directoryStack = [];
    if (target?.known && target.value === "-") fields.directory = previous;
    else if (target && command !== "popd") fields.directory = joinDirectory(directory, target);
    else fields.directory = unknown(`\`${command}\` goes to a directory of the machine`);
  }

  /** Becomes the state after one of several branches ran: what differs between them is not known. */
  merge(branches: readonly ShellState[]): void {
    const [first, ...others] = branches.map((branch) => branch.#fields);
    if (!first) return;
    const all = [first, ...others];
    const agree = (of: (fields: Fields) => unknown): boolean =>
      others.every((other) => of(other) === of(first) || JSON.stringify(of(other)) === JSON.stringify(of(first)));
    const branched = unknown("a branch changes the directory");
    this.#fields = {
      directory: agree(({ directory }) => directory) ? first.directory : branched,
      previous: agree(({ previous }) => previous) ? first.previous : branched,
      directoryStack: agree(({ directoryStack }) => directoryStack) ? first.directoryStack : [],
      variables: mergeMaps(
        all.map(({ variables }) => variables),
        disputed,
      ),
      reaches: mergeMaps(
        all.map(({ reaches }) => reaches),
        () => "uncertain" as const,
      ),
      locals:
        first.locals &&
        mergeMaps(
          all.flatMap(({ locals }) => locals ?? []),
          disputed,
        ),
      functions: others.every(({ functions }) => functions === first.functions)
        ? first.functions
        : new Map(all.flatMap(({ functions }) => [...functions])),
      opened: all.find(({ opened }) => opened !== undefined)?.opened,
      errexit: all.every(({ errexit }) => errexit),
      pipefail: all.every(({ pipefail }) => pipefail),
      trapped: all.some(({ trapped }) => trapped),
      assignedReach: agree(({ assignedReach }) => assignedReach) ? first.assignedReach : "uncertain",
    };
  }
}

/** What branches agree on, by name, and something else for what only some of them have. */
function mergeMaps<Value>(
  branches: readonly ReadonlyMap<string, Value>[],
  otherwise: (name: string) => Value,
): ReadonlyMap<string, Value> {
  const [first, ...others] = branches;
  if (first && others.every((other) => other === first)) return first;
  const merged = new Map<string, Value>();
  for (const branch of branches) {
    for (const [name, value] of branch) {
      if (merged.has(name)) continue;
      const agree = branches.every((other) => other.get(name) === value && other.has(name));
      merged.set(name, agree ? value : otherwise(name));
    }
  }
  return merged;
}

function disputed(name: string): Assignment {
  return { name, value: undefined, reach: "uncertain" };
}
