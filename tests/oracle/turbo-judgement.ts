import fc from "fast-check";
import type { Task } from "../../src/project/turbo/task-graph.ts";
import { writeRepository } from "../support/temporary.ts";
import { listedTasks, startedProcesses, type TurboCall, type TurboVersion } from "./turbo-binaries.ts";
import { calls } from "./turbo-commands.ts";
import { repositories, type GeneratedRepository } from "./turbo-repositories.ts";
import { valueOf, VARIABLES } from "./turbo-variables.ts";
import { commandLine, expectedTasks } from "./turbo-verdicts.ts";

/** A repository with command lines: of two turbo lists the tasks, those of the last it runs. */
export interface OracleCase extends GeneratedRepository {
  readonly calls: readonly [TurboCall, TurboCall, TurboCall];
}

/** Any case for a version of turbo. */
export function cases(version: TurboVersion): fc.Arbitrary<OracleCase> {
  return repositories(version).chain((repository) => {
    const call = calls(version, repository.names);
    return fc.tuple(call, call, call).map((list) => ({ ...repository, calls: list }));
  });
}

/** Where the model and turbo disagree, one line each. */
export async function disagreements({
  version,
  files,
  calls: [one, two, last],
}: OracleCase): Promise<readonly string[]> {
  const root = writeRepository(files);
  const listed = await Promise.all([one, two].map((call) => judgeGraph(version, root, call)));
  return [...listed.flat(), ...(await judgeEnvironment(version, root, last))];
}

/** Compares the tasks that turbo lists with those of the model. */
export async function judgeGraph(version: TurboVersion, root: string, call: TurboCall): Promise<readonly string[]> {
  const listed = await listedTasks(version, root, call);
  // What `--only` leaves out turbo checks all the same, the model does not.
  if ("refusal" in listed && call.args.includes("--only")) return [];
  const expected = expectedTasks(root, call);
  // To run nothing and to refuse is the same for whoever waits for a task.
  const theirs = "refusal" in listed ? "" : listed.join(" ");
  const ours = [...(expected?.keys() ?? [])].sort().join(" ");
  if (theirs === ours) return [];
  const said =
    "refusal" in listed
      ? `refuses (${listed.refusal.replaceAll(/\s+/g, " ").slice(-200)})`
      : `lists [${listed.join(" ")}]`;
  return [`${describeCall(call)}: turbo ${said}, the model [${ours}]`];
}

/** Compares the processes that turbo starts, and what each gets, with the model. */
export async function judgeEnvironment(
  version: TurboVersion,
  root: string,
  call: TurboCall,
): Promise<readonly string[]> {
  const processes = await startedProcesses(version, root, call);
  if ("refusal" in processes) return judgeGraph(version, root, call);
  const expected = new Map(
    [...(expectedTasks(root, call)?.values() ?? [])].map((item) => [processOf(item.task), item] as const),
  );
  const found = [...processes.keys()].filter((id) => !expected.has(id)).map((id) => `starts ${id}`);
  // turbo 2.11 does not wait for siblings (`with`), and ends before it has started all of them.
  const hasSiblings = [...expected.values()].some(({ task }) => task.definition.with.length > 0);
  for (const [id, { gets }] of expected) {
    const environment = processes.get(id);
    if (!environment && !hasSiblings) found.push(`does not start ${id}`);
    // Nor does it let all of them write down what they get.
    if (!environment || (hasSiblings && environment.size === 0)) continue;
    const arrives = (name: string): boolean => environment.get(name) === valueOf(name);
    const wrong = VARIABLES.filter((name) => gets(name) !== arrives(name));
    found.push(...wrong.map((name) => `${arrives(name) ? "gives" : "does not give"} ${name} to ${id}`));
  }
  return found.map((line) => `${describeCall(call)}: turbo ${line}, the model says otherwise`);
}

function processOf({ package: { directory }, name }: Task): string {
  return `${directory}#${name}`;
}

function describeCall({ args, folder, mode }: TurboCall): string {
  return `${folder === "" ? "" : `cd ${folder} && `}${mode === undefined ? "" : `TURBO_ENV_MODE=${mode} `}${commandLine(args)}`;
}
