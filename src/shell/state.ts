import type { Redirected } from "unbash";
import { known, unknown, type Known } from "../documents/known.ts";
import type { Assignment, ShellOptions } from "./command.ts";
import { joinDirectory } from "./directory.ts";

/** A function's body as the parser gives it. */
export type FunctionBody = Redirected["command"] | Redirected | { readonly type: "CompoundList" };

interface Fields {
  directory: Known<string>;
  /** Where `cd -` goes. */
  previous: Known<string>;
  directoryStack: readonly Known<string>[];
  variables: ReadonlyMap<string, Assignment>;
  /** Names that were exported before they were assigned. */
  exportedNames: ReadonlySet<string>;
  /** Variables of the function that runs. */
  locals: ReadonlySet<string>;
  functions: ReadonlyMap<string, FunctionBody>;
  opened: string | undefined;
  errexit: boolean;
  pipefail: boolean;
  allexport: boolean;
}

/** What a shell carries from one command to the next. */
export class ShellState {
  #fields: Fields;

  constructor({ errexit, pipefail }: ShellOptions) {
    this.#fields = {
      directory: known(""),
      previous: unknown("`cd -` goes to a directory of the machine"),
      directoryStack: [],
      variables: new Map(),
      exportedNames: new Set(),
      locals: new Set(),
      functions: new Map(),
      opened: undefined,
      errexit,
      pipefail,
      allexport: false,
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

  get options(): Readonly<Pick<Fields, "errexit" | "pipefail" | "allexport">> {
    return this.#fields;
  }

  setOption(name: "errexit" | "pipefail" | "allexport", isOn: boolean): void {
    this.#fields[name] = isOn;
  }

  /** A copy whose changes do not come back, as in a subshell or a branch. */
  fork(): ShellState {
    const copy = new ShellState(this.#fields);
    copy.#fields = { ...this.#fields };
    return copy;
  }

  /** Assigns a variable, which stays exported if it was. */
  assign(assignment: Assignment): void {
    const { name, value, reach } = assignment;
    const before = this.variables.get(name);
    const wasExported =
      (before?.reach === "exported" && before.value !== undefined) || this.#fields.exportedNames.has(name);
    let stays = reach;
    if (reach === "shell" && wasExported) stays = "exported";
    else if (reach === "shell" && before?.reach === "uncertain") stays = "uncertain";
    this.#set(name, { name, value, reach: stays });
  }

  /** `export NAME`: keeps the value, now or later assigned. */
  setExported(name: string): void {
    this.#fields.exportedNames = new Set(this.#fields.exportedNames).add(name);
    const before = this.variables.get(name);
    if (before?.value) this.#set(name, { ...before, reach: "exported" });
  }

  /** `unset NAME` */
  remove(name: string): void {
    this.#fields.exportedNames = new Set([...this.#fields.exportedNames].filter((other) => other !== name));
    this.#set(name, { name, value: undefined, reach: "exported" });
  }

  /** Starts a function, which has no variables of its own yet. */
  enterFunction(): void {
    this.#fields.locals = new Set();
  }

  /** Makes a variable one of the function that runs. */
  makeLocal(name: string): void {
    this.#fields.locals = new Set(this.#fields.locals).add(name);
  }

  /** Ends a function: its own variables become again what they were when it was called. */
  returnTo(caller: ShellState): void {
    const fields = this.#fields;
    for (const name of fields.locals) this.#set(name, caller.variables.get(name));
    fields.locals = caller.#fields.locals;
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
      others.every((other) => JSON.stringify(of(other)) === JSON.stringify(of(first)));
    const branched = unknown("a branch changes the directory");
    this.#fields = {
      directory: agree(({ directory }) => directory) ? first.directory : branched,
      previous: agree(({ previous }) => previous) ? first.previous : branched,
      directoryStack: agree(({ directoryStack }) => directoryStack) ? first.directoryStack : [],
      variables: mergeVariables(all.map(({ variables }) => variables)),
      exportedNames: new Set(all.flatMap(({ exportedNames }) => [...exportedNames])),
      locals: new Set(all.flatMap(({ locals }) => [...locals])),
      functions: new Map(all.flatMap(({ functions }) => [...functions])),
      opened: all.find(({ opened }) => opened !== undefined)?.opened,
      errexit: all.every(({ errexit }) => errexit),
      pipefail: all.every(({ pipefail }) => pipefail),
      allexport: all.some(({ allexport }) => allexport),
    };
  }
}

function mergeVariables(branches: readonly ReadonlyMap<string, Assignment>[]): ReadonlyMap<string, Assignment> {
  const merged = new Map<string, Assignment>();
  for (const name of new Set(branches.flatMap((variables) => [...variables.keys()]))) {
    const [first, ...others] = branches.map((variables) => variables.get(name));
    const agree = first !== undefined && others.every((other) => other === first);
    merged.set(name, agree ? first : { name, value: undefined, reach: "uncertain" });
  }
  return merged;
}
