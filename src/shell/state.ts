import type { Redirected } from "unbash";
import { known, unknown, type Known } from "../documents/known.ts";
import type { Assignment, ShellOptions } from "./command.ts";
import { joinDirectory } from "./directory.ts";

/** A function's body as the parser gives it. */
export type FunctionBody = Redirected["command"] | Redirected | { readonly type: "CompoundList" };

/** What a shell carries from one command to the next. */
export class ShellState {
  directory: Known<string> = known("");
  variables: ReadonlyMap<string, Assignment> = new Map();
  functions: ReadonlyMap<string, FunctionBody> = new Map();
  opened: string | undefined;
  errexit: boolean;
  pipefail: boolean;
  allexport = false;
  #directoryStack: readonly Known<string>[] = [];

  constructor(options: ShellOptions) {
    this.errexit = options.errexit;
    this.pipefail = options.pipefail;
  }

  /** A copy whose changes do not come back, as in a subshell or a branch. */
  fork(): ShellState {
    const copy = new ShellState({ errexit: this.errexit, pipefail: this.pipefail });
    copy.directory = this.directory;
    copy.variables = this.variables;
    copy.functions = this.functions;
    copy.opened = this.opened;
    copy.allexport = this.allexport;
    copy.#directoryStack = this.#directoryStack;
    return copy;
  }

  assign(assignment: Assignment): void {
    this.variables = new Map(this.variables).set(assignment.name, assignment);
  }

  /** `cd`, `pushd` and `popd`; undefined stands for the home or the previous directory. */
  changeDirectory(command: string, target: Known<string> | undefined): void {
    if (command === "popd") {
      this.directory = this.#directoryStack.at(-1) ?? unknown("`popd` leaves the known directories");
      this.#directoryStack = this.#directoryStack.slice(0, -1);
      return;
    }
    if (command === "pushd") this.#directoryStack = [...this.#directoryStack, this.directory];
    this.directory = target
      ? joinDirectory(this.directory, target)
      : unknown(`\`${command}\` goes to a directory of the machine`);
  }

  /** Becomes the state after one of several branches ran: what differs between them is not known. */
  merge(branches: readonly ShellState[]): void {
    for (const branch of branches) {
      if (JSON.stringify(branch.directory) !== JSON.stringify(branches[0]?.directory)) {
        this.directory = unknown("a branch changes the directory");
      } else if (branch === branches[0]) this.directory = branch.directory;
      this.opened ??= branch.opened;
      this.functions = new Map([...this.functions, ...branch.functions]);
      this.errexit &&= branch.errexit;
      this.pipefail &&= branch.pipefail;
    }
    const names = new Set(branches.flatMap((branch) => [...branch.variables.keys()]));
    const merged = new Map<string, Assignment>();
    for (const name of names) {
      const versions = branches.map((branch) => branch.variables.get(name));
      const [first] = versions;
      const agree = versions.every((version) => version === first);
      merged.set(name, agree && first ? first : { name, value: undefined, reach: "uncertain" });
    }
    this.variables = merged;
  }
}
