import { posix } from "node:path";
import picomatch from "picomatch";
import { readInvocation, readRunner } from "../../commands/index.ts";
import { textOf } from "../../commands/arguments.ts";
import type { Install, Invocation, RunBinary, RunFile, RunScript, RunTasks } from "../../commands/invocation.ts";
import type { PackageScript } from "../../documents/manifest.ts";
import type { Known } from "../../documents/known.ts";
import type { Place } from "../../documents/source.ts";
import type { Assignment, Command, Word } from "../../shell/command.ts";
import { assignmentLayer, openLayer, type Layer } from "./environment.ts";
import type { Repository } from "../repository.ts";
import {
  enterDirectory,
  enterFolder,
  fileHost,
  isShellScript,
  nestedHost,
  scalarHost,
  type LocatedCommand,
  type Script,
} from "./routine.ts";
import { tasksOf, type Task } from "../turbo/task-graph.ts";
import { turboWorkspaceOf } from "../turbo/turbo-workspace.ts";
import { workspaceOf, type WorkspacePackage } from "../workspace.ts";
import { INSTALL_SCRIPTS } from "../../tools/install-scripts.data.ts";
import { ignoresScripts, isNewYarn, packagesOf, runsHooks, scriptOwnersOf } from "./package-scope.ts";

/** A script that a command runs in turn. */
export interface Callee {
  readonly script: Script;
  /** Distinguishes one script from another, so that a cycle is noticed. */
  readonly key: string;
  /** Where it is the process of a turbo task. */
  readonly task?: Task;
}

/** One thing that a command asks for, after wrappers are peeled off and names are looked up. */
export interface Resolved {
  readonly invocation: Invocation;
  /** Relative to the repository root. */
  readonly directory: Known<string>;
  /** What wrappers add to the environment, outermost first. */
  readonly layers: readonly Layer[];
  readonly callees: readonly Callee[];
}

const MAX_WRAPPERS = 20;
const NO_SHELL_OPTIONS = { errexit: false, pipefail: false };

/** By the folder in which they run. */
const resolutions = (): Map<string, WeakMap<Command, readonly Resolved[]>> => new Map();

/** Everything that a command asks for: the same wherever it is written, unless it holds a script or variables of its own. */
export function resolveCommand({ packages }: Repository, located: LocatedCommand): readonly Resolved[] {
  const { command, directory } = located;
  const memo = packages.derive(resolutions);
  const folder = directory.known ? directory.value : `\0${directory.why}`;
  let byCommand = memo.get(folder);
  if (!byCommand) memo.set(folder, (byCommand = new WeakMap()));
  const known = byCommand.get(command);
  if (known) return known;
  const resolver = new Resolver(packages, located);
  const resolved = resolver.resolve(readInvocation(command.words), directory, []);
  if (!resolver.usesPlaces) byCommand.set(command, resolved);
  return resolved;
}

class Resolver {
  /** Whether what is found tells where the command is written. */
  usesPlaces = false;
  readonly #repository: Repository;
  readonly #located: LocatedCommand;

  constructor(repository: Repository, located: LocatedCommand) {
    this.#repository = repository;
    this.#located = located;
  }

  resolve(invocation: Invocation, from: Known<string>, layers: readonly Layer[]): readonly Resolved[] {
    switch (invocation.kind) {
      case "nothing":
        return [{ invocation, directory: from, layers, callees: [] }];
      case "several": {
        const { invocations, opened } = invocation;
        const added = opened === undefined ? layers : [...layers, openLayer(opened)];
        return invocations.flatMap((item) => this.resolve(item, from, added));
      }
      case "wrapped": {
        if (layers.length > MAX_WRAPPERS) return [];
        const { assignments, opened, words } = invocation;
        const added = [
          ...(opened === undefined ? [] : [openLayer(opened)]),
          ...(assignments.length === 0 ? [] : [this.#assignments(assignments)]),
        ];
        return this.resolve(readInvocation(words), enterFolder(this.#repository, from, invocation.directory), [
          ...layers,
          ...added,
        ]);
      }
      case "text": {
        const directory = enterFolder(this.#repository, from, invocation.directory);
        const added = invocation.opened === undefined ? layers : [...layers, openLayer(invocation.opened)];
        this.usesPlaces = true;
        const host = nestedHost(this.#placeOf(invocation.word) ?? this.#located.place);
        const script = { text: invocation.text, host, directory, options: NO_SHELL_OPTIONS, isPosix: true };
        return [
          {
            invocation,
            directory,
            layers: added,
            callees: [{ script, key: `${host.source.path}:${invocation.text}` }],
          },
        ];
      }
      case "file":
        return [this.#file(invocation, enterFolder(this.#repository, from, invocation.directory), layers)];
      case "install":
        return [this.#install(invocation, enterFolder(this.#repository, from, invocation.directory), layers)];
      case "turbo":
        return [this.#tasks(invocation, enterFolder(this.#repository, from, invocation.directory), layers)];
      case "script":
        return this.#scripts(invocation, enterFolder(this.#repository, from, invocation.directory), layers);
      case "binary":
        return this.#binaries(invocation, from, layers);
    }
  }

  #assignments(assignments: readonly Assignment[]): Layer {
    this.usesPlaces = true;
    return assignmentLayer(assignments, new Map(), (item) => this.#placeOf(item.value));
  }

  #placeOf(word: Word | undefined): Place | undefined {
    return word && this.#located.placeOf(word.range);
  }

  #binaries(binary: RunBinary, from: Known<string>, layers: readonly Layer[]): readonly Resolved[] {
    const directory = enterFolder(this.#repository, from, binary.directory);
    const packages = binary.scope.kind === "here" ? undefined : packagesOf(this.#repository, binary, directory);
    if (binary.scope.kind !== "here" && !packages) return [];
    const directories = packages
      ? packages.map((item): Known<string> => ({ known: true, value: item.directory }))
      : [directory];
    return directories.flatMap((place) => {
      const runner = readRunner(binary);
      const leaf: Resolved = { invocation: binary, directory: place, layers, callees: [] };
      if (runner.kind === "nothing") return [leaf];
      return [leaf, ...this.resolve(runner, place, layers)];
    });
  }

  #scripts(run: RunScript, directory: Known<string>, layers: readonly Layer[]): readonly Resolved[] {
    const owners = scriptOwnersOf(this.#repository, run, directory);
    if (!owners) return [];
    const callees = owners.flatMap((member) => run.names.flatMap((name) => this.#scriptsNamed(run, member, name)));
    if (callees.length > 0 || run.otherwise === "nothing") return [{ invocation: run, directory, layers, callees }];
    const [name = ""] = run.names;
    const binary: RunBinary = {
      kind: "binary",
      name,
      fetches: false,
      args: run.args,
      directory: { known: true, value: "" },
      scope: run.scope,
      soughtBy: run.manager,
    };
    // pnpm looks only for scripts where a filter chooses the packages.
    return run.manager === "pnpm" && run.scope.kind === "filtered" ? [] : this.resolve(binary, directory, layers);
  }

  #scriptsNamed(run: RunScript, member: WorkspacePackage, name: string): readonly Callee[] {
    const { scripts } = member.manifest;
    const matches = /[*{]/.test(name) ? picomatch(name.replaceAll(":", "/")) : undefined;
    const names = matches ? [...scripts.keys()].filter((candidate) => matches(candidate.replaceAll(":", "/"))) : [name];
    const hooks = run.hooks && runsHooks(this.#repository, run.manager, member.directory);
    return names.flatMap((found) => scriptWithHooks(member, found, hooks, run.args));
  }

  #tasks(run: RunTasks, directory: Known<string>, layers: readonly Layer[]): Resolved {
    const turbo = directory.known ? turboWorkspaceOf(this.#repository, directory.value, run.version) : undefined;
    const tasks = turbo && directory.known ? tasksOf(this.#repository, turbo, run, directory.value) : undefined;
    const workspace = turbo?.workspace;
    const hooks = workspace !== undefined && runsHooks(this.#repository, workspace.manager, workspace.root.directory);
    // `turbo run web#build -- --x` gives `--x` to `build` of every package; seen with turbo 1.13.4 and 2.11.11.
    const given = new Set(run.tasks.map((task) => task.slice(task.indexOf("#") + 1)));
    const callees = (tasks ?? []).flatMap((task) =>
      scriptWithHooks(task.package, task.name, hooks, given.has(task.name) ? run.args : []).map((callee) => ({
        ...callee,
        task,
      })),
    );
    return { invocation: run, directory, layers, callees };
  }

  /** The scripts of the root and of its members run too. */
  #install(install: Install, directory: Known<string>, layers: readonly Layer[]): Resolved {
    const workspace =
      directory.known && install.runsScripts ? workspaceOf(this.#repository, directory.value) : undefined;
    if (!workspace || this.#ignoresScripts(workspace.root.directory)) {
      return { invocation: install, directory, layers, callees: [] };
    }
    const { root, packages } = workspace;
    const isNew = isNewYarn(this.#repository, root.directory);
    const { inRoot, inMembers } = INSTALL_SCRIPTS[install.manager === "yarn" && isNew ? "newYarn" : install.manager];
    const callees = packages.flatMap((member) => calleesOf(member, member === root ? inRoot : inMembers, []));
    return { invocation: install, directory, layers, callees };
  }

  #ignoresScripts(folder: string): boolean {
    return ignoresScripts(this.#repository.files.read(posix.join(folder, ".npmrc"))?.text ?? "");
  }

  #file(run: RunFile, directory: Known<string>, layers: readonly Layer[]): Resolved {
    const path = enterDirectory(directory, { known: true, value: run.path });
    const source = path.known ? this.#repository.files.read(path.value) : undefined;
    if (!source || !isShellScript(run, source)) return { invocation: run, directory, layers, callees: [] };
    // Only the system reads the first line: to a shell that is given the file it is a comment.
    const isOwnProgram = run.interpreter === "shebang";
    const options = { errexit: isOwnProgram && /^#!.*\s-\w*e/.test(source.text), pipefail: false };
    // In a file that is read in, `$0` stands for what reads it.
    const isFile = !isReadIn(this.#located);
    const script = { text: source.text, host: fileHost(source), directory, options, isPosix: true, isFile };
    const key = `${source.path}${isOwnProgram ? "" : "\0by a shell"}${isFile ? "" : "\0read in"}`;
    return { invocation: run, directory, layers, callees: [{ script, key }] };
  }
}

/** Whether a command reads a script into the shell that is there: `source x.sh`, `. x.sh`. */
export function isReadIn({ command }: LocatedCommand): boolean {
  return /^(?:source|\.)$/.test(textOf(command.words[0]) ?? "");
}

/** A script with the ones that run before and after it. */
function scriptWithHooks(
  member: WorkspacePackage,
  name: string,
  hooks: boolean,
  args: readonly Word[],
): readonly Callee[] {
  if (!member.manifest.scripts.has(name)) return [];
  return [
    ...(hooks ? calleesOf(member, [`pre${name}`], []) : []),
    ...calleesOf(member, [name], args),
    ...(hooks ? calleesOf(member, [`post${name}`], []) : []),
  ];
}

function calleesOf(member: WorkspacePackage, names: readonly string[], args: readonly Word[]): readonly Callee[] {
  return names.flatMap((name) => {
    const script = member.manifest.scripts.get(name);
    return script ? [calleeOf(member, script, args)] : [];
  });
}

function calleeOf(member: WorkspacePackage, script: PackageScript, args: readonly Word[]): Callee {
  const text = [script.text, ...args.map(quote)].join(" ");
  const host = scalarHost(member.manifest.source, script.node);
  const directory: Known<string> = { known: true, value: member.directory };
  return {
    key: `${posix.join(member.directory, "package.json")}#${script.name} ${text}`,
    script: { text, host, directory, options: NO_SHELL_OPTIONS, isPosix: true },
  };
}

/** A word that is appended to a script; one that is not known becomes an expansion that is not known either. */
function quote(word: Word): string {
  const text = textOf(word);
  if (text === undefined) return word.splits ? "$*" : '"$*"';
  return /^[\w%+,./:=@-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
