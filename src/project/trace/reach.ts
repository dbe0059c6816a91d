import { NOTHING, type Invocation } from "../../commands/invocation.ts";
import { known, unknown, type Known } from "../../documents/known.ts";
import { keyPlaceOf, type Place } from "../../documents/source.ts";
import { onceForEach } from "../../memo.ts";
import type { Guard, ShellScope } from "../../shell/command.ts";
import { resolveCommand, type Callee, type Resolved } from "./callees.ts";
import { assignmentLayer, filterLayer, openLayer, type Environment } from "./environment.ts";
import type { Repository } from "../repository.ts";
import { locateCommands, UNKNOWN_SCOPE, type LocatedCommand, type Script } from "./routine.ts";
import { TaskFilter } from "../turbo/task-environment.ts";
import type { Task } from "../turbo/task-graph.ts";

/** One hop on the way from a step to a command, as messages name it. */
export interface Hop {
  readonly place: Place;
  /** The command as written, or the id of a turbo task. */
  readonly text: string;
}

/** A condition of the shell that could not be decided, with the variables that it saw. */
export interface ReachGuard {
  readonly guard: Guard;
  readonly environment: Environment;
}

/** Something that a step asks for, directly or through scripts and turbo, with the environment that it gets. */
export interface Reach {
  /** The command in the step's own script that leads here. */
  readonly entry: LocatedCommand;
  readonly located: LocatedCommand;
  readonly invocation: Invocation;
  /** Relative to the repository root. */
  readonly directory: Known<string>;
  readonly environment: Environment;
  /** From the entry to the command itself. */
  readonly hops: readonly Hop[];
  /** The turbo tasks on the way, outermost first. */
  readonly filters: readonly TaskFilter[];
  readonly guards: readonly ReachGuard[];
  /** True where its failure fails the step's script. */
  readonly isFatal: boolean;
  /** True where a shell on the way was only split into words. */
  readonly isApproximate: boolean;
}

const MAX_DEPTH = 40;
const MAX_REACHES = 50_000;

interface Way {
  readonly entry: LocatedCommand | undefined;
  readonly hops: readonly Hop[];
  readonly filters: readonly TaskFilter[];
  readonly guards: readonly ReachGuard[];
  readonly keys: readonly string[];
  readonly isFatal: boolean;
  readonly isApproximate: boolean;
}

const START: Way = {
  entry: undefined,
  hops: [],
  filters: [],
  guards: [],
  keys: [],
  isFatal: true,
  isApproximate: false,
};

interface Routine {
  readonly located: LocatedCommand;
  readonly resolved: readonly Resolved[];
}

interface Routines {
  readonly byScript: WeakMap<Script, readonly Routine[]>;
  /** By key and folder, for scripts that are resolved anew at each call. */
  readonly byKey: Map<string, readonly Routine[]>;
}

const routines = (): Routines => ({ byScript: new WeakMap(), byKey: new Map() });

/** Everything that a step's script asks for, in the order in which it runs. */
export function reachesOf(
  repository: Repository,
  script: Script,
  scope: ShellScope,
  environment: Environment,
): readonly Reach[] {
  const walk = new Walk(repository);
  walk.routine(readRoutine(repository, script, scope), environment, START);
  return walk.reaches;
}

function readRoutine(repository: Repository, script: Script, scope: ShellScope): readonly Routine[] {
  return locateCommands(repository, script, scope).map((located) => ({
    located,
    resolved: resolveCommand(repository, located),
  }));
}

/** What a script runs that other scripts call is the same for all of them. */
function calleeRoutine({ packages }: Repository, { script, key }: Callee): readonly Routine[] {
  const { byScript, byKey } = packages.derive(routines);
  const known = byScript.get(script);
  if (known) return known;
  const full = `${key}\0${script.directory.known ? script.directory.value : "?"}`;
  const routine = byKey.get(full) ?? readRoutine(packages, script, UNKNOWN_SCOPE);
  byKey.set(full, routine);
  byScript.set(script, routine);
  return routine;
}

const hopTo = onceForEach((task: Task): Hop => {
  const [{ task: definition, config }] = task.definition.contributions;
  return { place: keyPlaceOf(config.source, definition.entry), text: task.id };
});

class Walk {
  readonly reaches: Reach[] = [];
  readonly #repository: Repository;

  constructor(repository: Repository) {
    this.#repository = repository;
  }

  routine(routine: readonly Routine[], environment: Environment, way: Way): void {
    for (const { located, resolved } of routine) {
      const { command } = located;
      let inner = command.opened === undefined ? environment : environment.with(openLayer(command.opened));
      if (command.variables.size > 0 || command.assignments.length > 0) {
        inner = inner.with(
          assignmentLayer(command.assignments, command.variables, ({ value }) => value && located.placeOf(value.range)),
        );
      }
      const next: Way = {
        entry: way.entry ?? located,
        hops: [...way.hops, located],
        filters: way.filters,
        guards:
          command.guards.length === 0
            ? way.guards
            : [...way.guards, ...command.guards.map((guard) => ({ guard, environment: inner }))],
        keys: way.keys,
        isFatal: way.isFatal && command.isFatal,
        isApproximate: way.isApproximate || command.isApproximate,
      };
      const nothing: Resolved = { invocation: NOTHING, directory: located.directory, layers: [], callees: [] };
      for (const item of resolved.length > 0 ? resolved : [nothing]) this.#resolved(item, located, inner, next);
    }
  }

  #resolved(
    { invocation, directory, layers, callees }: Resolved,
    located: LocatedCommand,
    outer: Environment,
    way: Way,
  ): void {
    if (this.reaches.length > MAX_REACHES) return;
    const environment = layers.reduce((scope, layer) => scope.with(layer), outer);
    const { entry = located, hops, filters, guards, isFatal, isApproximate } = way;
    this.reaches.push({
      entry,
      located,
      invocation,
      directory,
      environment,
      hops,
      filters,
      guards,
      isFatal,
      isApproximate,
    });
    if (way.keys.length > MAX_DEPTH || callees.length === 0) return;
    const mode = invocation.kind === "turbo" ? turboEnvMode(this.#repository, environment) : undefined;
    for (const callee of callees) {
      if (way.keys.includes(callee.key)) continue;
      const next = { ...way, keys: [...way.keys, callee.key] };
      const routine = calleeRoutine(this.#repository, callee);
      const { task } = callee;
      if (!task || !mode || invocation.kind !== "turbo") {
        this.routine(routine, environment, next);
        continue;
      }
      const filter = new TaskFilter(task, invocation, mode);
      this.routine(routine, environment.with(filterLayer(filter)), {
        ...next,
        hops: [...way.hops, hopTo(task)],
        filters: [...way.filters, filter],
      });
    }
  }
}

const TURBO_ENV_MODE = "TURBO_ENV_MODE";

const namesTurboEnvMode = ({ files }: Repository): boolean =>
  files.glob("", [".env*"]).some((path) => files.read(path)?.text.includes(TURBO_ENV_MODE));

/** A dotenv file or secret manager that a command loads is taken to set it only where a dotenv file of the repository names it. */
function turboEnvMode(repository: Repository, environment: Environment): Known<string | undefined> {
  const isNamed = repository.packages.derive(namesTurboEnvMode);
  const answer = isNamed ? environment.lookup(TURBO_ENV_MODE) : environment.lookupWritten(TURBO_ENV_MODE);
  if (answer.state === "unknown") return unknown(answer.why);
  return answer.state === "bound" ? answer.value : known(undefined);
}
