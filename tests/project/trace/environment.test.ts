import { describe, expect, it } from "vitest";
import { known } from "../../../src/documents/known.ts";
import {
  Environment,
  openLayer,
  type Answer,
  type Layer,
  type LayerAnswer,
} from "../../../src/project/trace/environment.ts";
import { TaskFilter } from "../../../src/project/turbo/task-environment.ts";

const layer =
  (answer: LayerAnswer | undefined): Layer =>
  (name) =>
    name === "A" ? answer : undefined;
const set = (value: string): Layer => layer({ state: "bound", value: known(value) });
const reassigned = (value: string): Layer => layer({ state: "reassigned", value: known(value) });
const removed = layer({ state: "absent" });
const open = openLayer("it may");
const unclear = layer({ state: "unknown", why: "it may" });
const turbo = layer({ state: "blocked", filter: Object.create(TaskFilter.prototype) as TaskFilter });
const nothing = layer(undefined);

function describeAnswer(answer: Answer | Answer["state"]): string {
  if (typeof answer === "string") return answer;
  if (answer.state === "bound") return answer.value.known ? answer.value.value : "?";
  return answer.state === "filtered" ? `filtered ${describeAnswer(answer.outside)}` : answer.state;
}

describe("a variable in scopes from the inside out", () => {
  it.each<[what: string, layers: readonly Layer[], lookup: string, unfiltered: string]>([
    ["nowhere", [nothing], "absent", "absent"],
    ["outside", [nothing, set("x")], "x", "x"],
    ["inside wins", [set("y"), set("x")], "y", "y"],
    ["an empty value is one", [set(""), set("x")], "", ""],
    ["removed", [removed, set("x")], "absent", "absent"],
    ["reassigned", [reassigned("y"), set("x")], "y", "y"],
    ["reassigned, but not exported", [reassigned("y")], "absent", "absent"],
    ["reassigned twice", [reassigned("z"), reassigned("y"), set("x")], "z", "z"],
    ["perhaps set inside, surely outside", [open, set("x")], "x", "x"],
    ["perhaps set", [open], "unknown", "unknown"],
    ["set, or perhaps not", [unclear, set("x")], "unknown", "unknown"],
    ["kept by turbo", [turbo, set("x")], "filtered x", "x"],
    ["kept by turbo, set nowhere", [turbo], "filtered absent", "absent"],
    ["kept by turbo, perhaps set outside", [turbo, open], "filtered unknown", "unknown"],
    ["kept by turbo, perhaps set inside", [open, turbo, set("x")], "unknown", "unknown"],
    ["set inside turbo's task", [set("y"), turbo, set("x")], "y", "y"],
    ["kept by two turbos", [turbo, turbo, set("x")], "filtered x", "x"],
  ])("%s", (_, [first = nothing, ...others], lookup, unfiltered) => {
    const [innermost, ...outer] = [first, ...others].reverse();
    const outermost = new Environment(innermost ?? nothing);
    const environment = outer.reduce((inner, scope) => inner.with(scope), outermost);
    expect(describeAnswer(environment.lookup("A"))).toBe(lookup);
    expect(describeAnswer(environment.lookupUnfiltered("A"))).toBe(unfiltered);
    expect(environment.lookup("B").state).toMatch(/^(?:absent|unknown)$/);
  });
});
