import { resolve } from "node:path";
import { known, unknown } from "../../src/documents/known.ts";
import { HOLE, type Command } from "../../src/shell/command.ts";
import { readScript } from "../../src/shell/script.ts";
import type { GeneratedScript } from "./generated-script.ts";
import type { Bash, Visit } from "./real-bash.ts";

/** What the model says that a program gets as a variable. */
type Claim = "unknown" | "absent" | { readonly value: string | undefined };

const OUTSIDE: Readonly<Record<"A" | "B", Claim>> = { A: { value: "start" }, B: "absent" };
/** How often one script is run with a failing probe. */
const MAX_FAILURES = 3;

function claimOf({ assignments, variables, opened }: Command, name: "A" | "B"): Claim {
  const assignment = assignments.findLast((candidate) => candidate.name === name) ?? variables.get(name);
  const outside = opened === undefined ? OUTSIDE[name] : "unknown";
  if (!assignment) return outside;
  const { reach, value } = assignment;
  if (reach === "uncertain") return "unknown";
  if (!value) return "absent";
  const claim = { value: value.value.known ? value.value.value : undefined };
  return reach === "exported" || typeof outside === "object" ? claim : outside;
}

/** In what a command is not what bash ran; undefined where nothing is wrong. */
function differenceOf(command: Command, visit: Visit, start: string): string | undefined {
  const { directory, words } = command;
  if (directory.known && resolve(start, directory.value) !== resolve(start, visit.directory))
    return `runs in ${JSON.stringify(directory.value)}, not ${JSON.stringify(visit.directory)}`;
  for (const name of ["A", "B"] as const) {
    const claim = claimOf(command, name);
    const actual = visit.environment[name];
    if (claim === "unknown") continue;
    const isRight =
      claim === "absent"
        ? actual === undefined
        : actual !== undefined && (claim.value === undefined || claim.value === actual);
    if (!isRight) return `${name} is ${JSON.stringify(claim)}, not ${JSON.stringify(actual)}`;
  }
  const args = words.slice(2);
  if (args.some(({ splits }) => splits)) return undefined;
  const isSame =
    args.length === visit.args.length &&
    args.every(({ shape }, index) => {
      const pieces = shape.split(HOLE).map((piece) => piece.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`));
      return new RegExp(`^${pieces.join("[^]*")}$`).test(visit.args[index] ?? "");
    });
  return isSame
    ? undefined
    : `words are ${JSON.stringify(args.map(({ shape }) => shape))}, not ${JSON.stringify(visit.args)}`;
}

function idOf({ words: [name, id] }: Command): string | undefined {
  return name.text === "probe" && id?.value.known ? id.value.value : undefined;
}

/** In what the model is not what bash does; undefined where it cannot be judged because the script itself is wrong. */
export function disagreements(bash: Bash, script: GeneratedScript): readonly string[] | undefined {
  const { start } = bash;
  const { text, errexit, pipefail } = script;
  const outside = new Map([
    ["A", "start"],
    ["B", ""],
    ["ROOT", start],
  ]);
  const variable = (name: string) => {
    const value = outside.get(name);
    return value === undefined ? unknown("not told") : known(value);
  };
  const commands = readScript(text, { expression: () => unknown("none"), variable }, { errexit, pipefail });
  const probes = new Map<string, Command[]>();
  for (const command of commands) {
    const id = idOf(command);
    if (id !== undefined) probes.set(id, [...(probes.get(id) ?? []), command]);
  }
  const fatal = [...probes.keys()].filter((id) => probes.get(id)?.every(({ isFatal }) => isFatal));
  const failing = fatal.slice(-MAX_FAILURES);
  const [run, ...failed] = bash.run(script, ["", ...failing]);
  if (run?.complaints !== "" || run.status > 2) return undefined;
  const found: string[] = [];
  for (const visit of run.visits) {
    const listed = probes.get(visit.id) ?? [];
    const differences = listed.map((command) => differenceOf(command, visit, start));
    if (listed.length === 0) found.push(`${visit.id} runs but is not listed`);
    else if (differences.every((difference) => difference !== undefined))
      found.push(`${visit.id} ${String(differences[0])}`);
  }
  // A script that fails does not run what comes after.
  for (const [id, listed] of run.status === 0 ? probes : []) {
    const certain = listed.filter(({ guards }) => guards.length === 0);
    const visits = run.visits.filter((visit) => visit.id === id);
    if (certain.length > visits.length)
      found.push(`${id} is listed ${String(certain.length)} times but runs ${String(visits.length)} times`);
    else if (certain.some((command) => visits.every((visit) => differenceOf(command, visit, start) !== undefined)))
      found.push(`${id} is listed with what it never has`);
  }
  for (const [index, { status, visits }] of failed.entries()) {
    const id = failing[index] ?? "";
    for (const visit of visits)
      if (!probes.has(visit.id)) found.push(`${visit.id} runs if ${id} fails but is not listed`);
    if (status === 0 && visits.some((visit) => visit.id === id)) found.push(`${id} is not fatal`);
  }
  return found;
}
