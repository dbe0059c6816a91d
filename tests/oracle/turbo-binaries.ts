import { execFile } from "node:child_process";
import { chmodSync, readdirSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { join, relative } from "node:path";
import { writeFiles } from "../support/temporary.ts";
import { valueOf, VARIABLES } from "./turbo-variables.ts";

/** The versions of turbo that judge, each with the name under which `package.json` beside this file installs it. */
export const TURBO_VERSIONS = { "2.11.11": "turbo", "2.0.14": "turbo-2.0", "1.13.4": "turbo-1" } as const;

/** One of them. */
export type TurboVersion = keyof typeof TURBO_VERSIONS;

/** A call of turbo: its words after `turbo`, where it is made, and what `TURBO_ENV_MODE` holds. */
export interface TurboCall {
  readonly args: readonly string[];
  readonly folder: string;
  readonly mode?: string | undefined;
}

/** What each task's process got: its environment by the folder and name of the task (`apps/web#build`, `#build` in the root). */
export type Processes = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** What turbo says where it runs nothing. */
export interface Refusal {
  readonly refusal: string;
}

/** Where the processes of a repository write what they got. It is outside of the packages. */
const RECORDS = ".records";
const MANAGERS = ["npm", "pnpm", "yarn", "bun"];
/** Stands in for the package manager that turbo starts for each task: it runs no script, it writes down where and how it was called. */
const RECORDER = `#!/bin/sh
{ printf '%s\\n' "$(pwd -P)" "$*"; env; } > "\${0%/*}/$$.record"
`;

const binaries = new Map<TurboVersion, string>();

/** The executable of a version for this machine, without the script that looks for it. */
export function binaryOf(version: TurboVersion): string {
  const known = binaries.get(version);
  if (known !== undefined) return known;
  const name = TURBO_VERSIONS[version];
  const from = createRequire(new URL(`node_modules/${name}/package.json`, import.meta.url));
  const target = `${process.platform}-${process.arch === "x64" ? "64" : process.arch}`;
  const path = from.resolve(`${name === "turbo" ? "@turbo/" : "turbo-"}${target}/bin/turbo`);
  binaries.set(version, path);
  return path;
}

/** The ids of the tasks with a script that turbo lists for a call, sorted, or why it refuses. */
export async function listedTasks(
  version: TurboVersion,
  root: string,
  call: TurboCall,
): Promise<readonly string[] | Refusal> {
  const output = await runTurbo(version, root, call, ["--dry=json"]);
  if (typeof output !== "string") return output;
  // turbo 1 writes warnings before it.
  const { tasks } = JSON.parse(output.slice(output.search(/^\{$/m))) as {
    tasks: { taskId?: string; task: string; command: string }[];
  };
  return tasks
    .filter(({ command }) => command !== "<NONEXISTENT>")
    .map(({ taskId, task }) => (taskId?.includes("#") ? taskId : `//#${task}`))
    .sort();
}

/** The hash by which turbo finds a task of a call in its cache. */
export async function taskHash(version: TurboVersion, root: string, call: TurboCall): Promise<string> {
  const output = await runTurbo(version, root, call, ["--dry=json"]);
  if (typeof output !== "string") throw new Error(output.refusal);
  const { tasks } = JSON.parse(output) as { tasks: readonly { readonly hash: string }[] };
  return tasks.map(({ hash }) => hash).join(" ");
}

/** Runs the tasks of a call. */
export async function startedProcesses(
  version: TurboVersion,
  root: string,
  call: TurboCall,
): Promise<Processes | Refusal> {
  const records = join(root, RECORDS);
  for (const manager of MANAGERS) {
    writeFiles(root, { [`${RECORDS}/${manager}`]: RECORDER });
    chmodSync(join(records, manager), 0o755);
  }
  const output = await runTurbo(version, root, call, ["--force=true", "--cache-dir=.turbo-cache"]);
  const texts = readdirSync(records)
    .filter((name) => name.endsWith(".record"))
    .map((name) => readFileSync(join(records, name), "utf8"));
  rmSync(records, { recursive: true });
  return typeof output === "string" ? new Map(texts.flatMap((text) => readRecord(root, text))) : output;
}

/** A record by its task; none where the package manager was asked for something else, as for its version. */
function readRecord(root: string, text: string): readonly (readonly [string, ReadonlyMap<string, string>])[] {
  const [folder = "", args = "", ...lines] = text.split("\n");
  const [verb, task = ""] = args.split(" ");
  if (verb !== "run") return [];
  const variables = lines.map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)] as const);
  return [[`${relative(realpathSync(root), folder)}#${task}`, new Map(variables)]];
}

/** Standard output, or why turbo ends with an error. */
async function runTurbo(
  version: TurboVersion,
  root: string,
  { args, folder, mode }: TurboCall,
  flags: readonly string[],
): Promise<string | Refusal> {
  const [head, rest] = args[0] === "run" ? [["run"], args.slice(1)] : [[], args];
  const words = [...head, "--no-daemon", ...flags, ...rest];
  return new Promise((resolve) => {
    execFile(
      binaryOf(version),
      words,
      {
        cwd: join(root, folder),
        env: {
          TURBO_TELEMETRY_DISABLED: "1",
          DO_NOT_TRACK: "1",
          NO_UPDATE_NOTIFIER: "1",
          TURBO_NO_UPDATE_NOTIFIER: "1",
          TURBO_CONFIG_DIR_PATH: join(root, RECORDS),
          ...Object.fromEntries(VARIABLES.map((name) => [name, valueOf(name)])),
          ...(mode !== undefined && { TURBO_ENV_MODE: mode }),
          PATH: `${join(root, RECORDS)}:/usr/bin:/bin`,
        },
        timeout: 20_000,
      },
      (error, stdout, stderr) => {
        resolve(error ? { refusal: stderr } : stdout);
      },
    );
  });
}
