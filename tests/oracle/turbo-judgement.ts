import fc from "fast-check";
import { writeRepository } from "../support/temporary.ts";
import { listedTasks, startedProcesses, type TurboCall, type TurboVersion } from "./turbo-binaries.ts";
import { calls } from "./turbo-commands.ts";
import { repositories, type GeneratedRepository } from "./turbo-repositories.ts";
import { VARIABLES } from "./turbo-variables.ts";
import { commandLine, expectedTasks } from "./turbo-verdicts.ts";

/** A repository with command lines: of all turbo lists the tasks, and it runs those of the last. */
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
export async function disagreements({ version, files, calls: list }: OracleCase): Promise<readonly string[]> {
  const root = writeRepository(files);
  const found: string[] = [];
  for (const call of list) found.push(...(await judgeGraph(version, root, call)));
  return [...found, ...(await judgeEnvironment(version, root, list[2]))];
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

/** Compares what each process gets with what the model lets through. */
export async function judgeEnvironment(
  version: TurboVersion,
  root: string,
  call: TurboCall,
): Promise<readonly string[]> {
  const processes = await startedProcesses(version, root, call);
  if ("refusal" in processes) return [];
  const expected = [...(expectedTasks(root, call)?.values() ?? [])];
  const hasSiblings = expected.some(({ task }) => task.definition.with.length > 0);
  return expected.flatMap(({ task, gets }) => {
    const environment = processes.get(`${task.package.directory}#${task.name}`);
    // turbo 2.11 does not wait for siblings (`with`), and ends before it has started all of them.
    if (!environment) return hasSiblings ? [] : [`${describeCall(call)} starts no ${task.id}`];
    const arrives = (name: string): boolean => environment.get(name) === call.env[name];
    const wrong = VARIABLES.filter((name) => gets(name) !== arrives(name));
    const said = wrong.map((name) => `${arrives(name) ? "gets" : "lacks"} ${name}`);
    return said.length === 0
      ? []
      : [`${describeCall(call)}: ${task.id} ${said.join(", ")}, and the model does not say so`];
  });
}

function describeCall({ args, folder, env }: TurboCall): string {
  const mode = env["TURBO_ENV_MODE"];
  return `${folder === "" ? "" : `cd ${folder} && `}${mode === undefined ? "" : `TURBO_ENV_MODE=${mode} `}${commandLine(args)}`;
}
