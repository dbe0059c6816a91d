import type { Template } from "../../documents/expression.ts";
import { known, unknown, type Known } from "../../documents/known.ts";
import type { Place } from "../../documents/source.ts";
import type { Assignment } from "../../shell/command.ts";
import type { TaskFilter } from "../turbo/task-environment.ts";

/** A variable that is set: to what, as far as that is known, and where it was decided. */
export interface Bound {
  readonly state: "bound";
  readonly value: Known<string>;
  readonly place?: Place;
  /** What a workflow writes as its value. */
  readonly template?: Template;
}

/** What an environment says about one name. */
export type Answer =
  | Bound
  | { readonly state: "absent" }
  /** Turbo takes it away; `outside` is what turbo itself gets. */
  | { readonly state: "filtered"; readonly filters: readonly TaskFilter[]; readonly outside: Bound | Unset }
  | { readonly state: "unknown"; readonly why: string };

type Unset = { readonly state: "absent" } | { readonly state: "unknown"; readonly why: string };

/** What one layer says about a name; undefined where it says nothing and the next layer outwards decides. */
export type LayerAnswer =
  | Bound
  | Unset
  /** A new value that reaches child processes only if the variable did before. */
  | { readonly state: "reassigned"; readonly value: Known<string> }
  /** Set here if nothing outside sets it, or perhaps not. */
  | { readonly state: "open"; readonly why: string }
  | { readonly state: "blocked"; readonly filter: TaskFilter };

/** One scope of an environment. */
export type Layer = (name: string) => LayerAnswer | undefined;

/** The variables that a process gets: a scope, and around it the next one outwards. */
export class Environment {
  readonly #layer: Layer;
  readonly #outer: Environment | undefined;

  constructor(layer: Layer, outer?: Environment) {
    this.#layer = layer;
    this.#outer = outer;
  }

  /** This environment with one more scope inside, if there is one. */
  with(layer: Layer | undefined): Environment {
    return layer ? new Environment(layer, this) : this;
  }

  /** What is known about a name. */
  lookup(name: string): Answer {
    return Environment.#answer(this, name, true);
  }

  /** What is known about a name if scopes that may set any name do not set this one. */
  lookupWritten(name: string): Answer {
    return Environment.#answer(this, name, false);
  }

  static #answer(innermost: Environment, name: string, countsOpen: boolean): Answer {
    const filters: TaskFilter[] = [];
    let openInside: string | undefined;
    let openOutside: string | undefined;
    let reassigned: Known<string> | undefined;
    let outside: Bound | Unset = { state: "absent" };
    for (let scope: Environment | undefined = innermost; scope; scope = scope.#outer) {
      const answer = scope.#layer(name);
      if (!answer) continue;
      if (answer.state === "reassigned") reassigned ??= answer.value;
      else if (answer.state === "blocked") filters.push(answer.filter);
      else if (answer.state === "open") {
        if (!countsOpen) continue;
        if (filters.length === 0) openInside ??= answer.why;
        else openOutside ??= answer.why;
      } else {
        outside = answer.state === "bound" && reassigned ? { ...answer, value: reassigned } : answer;
        break;
      }
    }
    if (outside.state === "absent" && openOutside !== undefined) outside = unsetUnknown(openOutside);
    if (filters.length > 0)
      return openInside === undefined ? { state: "filtered", filters, outside } : unsetUnknown(openInside);
    return outside.state === "absent" && openInside !== undefined ? unsetUnknown(openInside) : outside;
  }

  /** What would be known if turbo took nothing away. */
  lookupUnfiltered(name: string): Bound | Unset {
    const answer = this.lookup(name);
    return answer.state === "filtered" ? answer.outside : answer;
  }

  /** The value as a shell or an expression sees it; what is absent is the empty string. */
  valueOf(name: string): Known<string> {
    const answer = this.lookup(name);
    if (answer.state === "bound") return answer.value;
    return answer.state === "unknown" ? unknown(answer.why) : known("");
  }
}

function unsetUnknown(why: string): Unset {
  return { state: "unknown", why };
}

/** A scope in which any name may be set. */
export function openLayer(why: string): Layer {
  return () => ({ state: "open", why });
}

/** A scope that sets given names. */
export function bindingLayer(bindings: ReadonlyMap<string, Bound>): Layer {
  return (name) => bindings.get(name);
}

/** The scope of a command: what its script assigned before, then what stands before the command's name. */
export function assignmentLayer(
  assignments: readonly Assignment[],
  variables: ReadonlyMap<string, Assignment>,
  placeOf: (assignment: Assignment) => Place | undefined,
): Layer {
  return (name) => {
    const assignment = assignments.findLast((candidate) => candidate.name === name) ?? variables.get(name);
    if (!assignment) return undefined;
    if (assignment.reach === "uncertain")
      return { state: "unknown", why: `\`${name}\` is assigned in more than one way` };
    if (!assignment.value) return { state: "absent" };
    if (assignment.reach === "shell") return { state: "reassigned", value: assignment.value.value };
    const place = placeOf(assignment);
    return { state: "bound", value: assignment.value.value, ...(place && { place }) };
  };
}

/** The scope of a turbo task. */
export function filterLayer(filter: TaskFilter): Layer {
  return (name) => {
    const verdict = filter.verdict(name);
    if (!verdict.known) return { state: "open", why: verdict.why };
    return verdict.value.passes ? undefined : { state: "blocked", filter };
  };
}
