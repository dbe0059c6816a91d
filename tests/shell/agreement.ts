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

/** The probes that the model lists, by number. */
function probesOf(
  { text, errexit, pipefail }: GeneratedScript,
  start: string,
): ReadonlyMap<string, readonly Command[]> {
  const outside = new Map([
    ["A", "start"],
    ["B", ""],
    ["ROOT", start],
  ]);
  const variable = (name: string) => {
    const value = outside.get(name);
    return value === undefined ? unknown("not told") : known(value);
  };
  const probes = new Map<string, Command[]>();
  for (const command of readScript(text, { expression: () => unknown("none"), variable }, { errexit, pipefail })) {
    const id = idOf(command);
    if (id !== undefined) probes.set(id, [...(probes.get(id) ?? []), command]);
  }
  return probes;
}

/** In what the model is not what bash does; undefined where the script itself is wrong, so that bash cannot judge. */
export function disagreements(bash: Bash, script: GeneratedScript): readonly string[] | undefined {
  const probes = probesOf(script, bash.start);
  const fatal = [...probes].filter(([, listed]) => listed.every(({ isFatal }) => isFatal)).map(([id]) => id);
  const failing = fatal.slice(-MAX_FAILURES);
  const [run, ...failed] = bash.run(script, ["", ...failing]);
  if (run?.complaints !== "" || run.status > 2) return undefined;
  const unlisted = [run, ...failed].flatMap(({ visits }) => visits.filter(({ id }) => !probes.has(id)));
  const notFatal = failing.filter((id, index) => {
    const { status, visits } = failed[index] ?? run;
    return status === 0 && visits.some((visit) => visit.id === id);
  });
  return [
    ...unlisted.map(({ id }) => `${id} runs but is not listed`),
    ...notFatal.map((id) => `${id} is not fatal`),
    ...run.visits.flatMap((visit) => {
      const differences = (probes.get(visit.id) ?? []).map((command) => differenceOf(command, visit, bash.start));
      return differences.every((difference) => difference !== undefined) ? differences.slice(0, 1) : [];
    }),
    // A script that fails does not run what comes after.
    ...(run.status === 0
      ? [...probes].flatMap(([id, listed]) => brokenPromises(id, listed, run.visits, bash.start))
      : []),
  ];
}

/** What the model says of commands that surely run. */
function brokenPromises(
  id: string,
  listed: readonly Command[],
  visits: readonly Visit[],
  start: string,
): readonly string[] {
  const certain = listed.filter(({ guards }) => guards.length === 0);
  const own = visits.filter((visit) => visit.id === id);
  if (certain.length > own.length)
    return [`${id} is listed ${String(certain.length)} times but runs ${String(own.length)} times`];
  const isWrong = certain.some((command) => own.every((visit) => differenceOf(command, visit, start) !== undefined));
  return isWrong ? [`${id} is listed with what it never has`] : [];
}
