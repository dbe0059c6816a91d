import { posix } from "node:path";
import { textOf } from "../../commands/arguments.ts";
import type { Place } from "../../documents/source.ts";
import { variablesReadBy } from "../../tools/credentials.ts";
import { dotenvNames } from "../environment/dotenv-files.ts";
import { evaluatedRead } from "./evaluated-sources.ts";
import { executedReads, packageReads, type ReadPlace } from "./executed-sources.ts";
import { isNewYarn } from "../../project/trace/package-scope.ts";
import type { Reach } from "../../project/trace/reach.ts";
import type { Repository } from "../../project/repository.ts";
import type { Task } from "../../project/turbo/task-graph.ts";

/** A proof that a task's process reads a variable: where, and by what. */
export interface Evidence {
  readonly place: Place;
  /** Completes "the task …": `runs \`wrangler deploy\``, `reads it`. */
  readonly reader: string;
}

/**
 * Which source files count as proof: all that are compiled in, where a step sets the variable for what it runs itself; those
 * that a command certainly executes; or none.
 */
export type SourceProof = "compiled" | "executed" | "none";

/** Proof that one of the commands of a task's process from which turbo keeps a variable reads it, the strongest first. */
export function evidenceOf(
  repository: Repository,
  task: Task,
  reaches: readonly Reach[],
  name: string,
  proof: SourceProof,
): Evidence | undefined {
  const { directory } = task.package;
  const bySources = (readIn: (reach: Reach) => ReadPlace | undefined): Evidence | undefined => {
    for (const reach of reaches) {
      const { place, unlessSet = [] } = readIn(reach) ?? {};
      if (place && unlessSet.every((other) => isUnset(repository, task, reach, other)))
        return { place, reader: posix.basename(place.source.path) };
    }
    return undefined;
  };
  const isFromSources = proof !== "none" && !SET_BY_TOOLS.has(name);
  return (
    scriptEvidence(reaches, name) ??
    toolEvidence(reaches, name) ??
    registryEvidence(repository, directory, task, reaches, name) ??
    (isFromSources && (proof === "compiled" || !hasDotenv(repository, task, name))
      ? bySources((reach) => executedReads(repository, reach, proof === "compiled" ? "anywhere" : "loaded").get(name))
      : undefined) ??
    (isFromSources && !hasDotenv(repository, task, name)
      ? bySources((reach) => evaluatedRead(repository, reach, name))
      : undefined) ??
    (isFromSources && proof === "compiled"
      ? bySources((reach) => packageReads(repository, reach, directory).get(name))
      : undefined)
  );
}

/** Whether nothing sets a variable for a command of a task: neither the workflow, past turbo, nor a dotenv file. */
function isUnset(repository: Repository, task: Task, { environment }: Reach, name: string): boolean {
  const { state } = environment.lookup(name);
  return (state === "absent" || state === "filtered") && !hasDotenv(repository, task, name);
}

/** Frameworks, bundlers and test runners set it for themselves where nothing else does. */
const SET_BY_TOOLS = new Set(["NODE_ENV"]);

/** Whether a committed dotenv file of the package or of the workspace root sets the variable. */
function hasDotenv(repository: Repository, { package: { directory }, turbo }: Task, name: string): boolean {
  return [directory, turbo.workspace.root.directory].some((folder) => dotenvNames(repository, folder).has(name));
}

function scriptEvidence(reaches: readonly Reach[], name: string): Evidence | undefined {
  const reach = reaches.find(({ located: { command } }) => {
    const words = [
      ...command.words,
      ...command.redirects.map(({ target }) => target),
      ...command.assignments.flatMap(({ value }) => value ?? []),
    ];
    // What the script has assigned is its own variable, exported or not.
    return !command.variables.has(name) && words.some((word) => word.variables.includes(name));
  });
  return reach && { place: reach.located.place, reader: reach.located.text };
}

function toolEvidence(reaches: readonly Reach[], name: string): Evidence | undefined {
  const reach = reaches.find(
    ({ invocation }) => invocation.kind === "binary" && variablesReadBy(invocation).includes(name),
  );
  return reach && { place: reach.located.place, reader: reach.located.text };
}

/** Publishing and installing use the registry's token; Yarn 1 refuses to run anything without it. */
function registryEvidence(
  repository: Repository,
  folder: string,
  task: Task,
  reaches: readonly Reach[],
  name: string,
): Evidence | undefined {
  const reach = reaches.find(({ invocation }) => {
    if (invocation.kind === "install") return readsNpmrc(repository, invocation.manager, folder);
    return (
      invocation.kind === "binary" &&
      /^(?:npm|pnpm|yarn|bun)$/.test(invocation.name) &&
      textOf(invocation.args[0]) === "publish" &&
      readsNpmrc(repository, invocation.name, folder)
    );
  });
  if (!reach) return undefined;
  for (const path of [posix.join(folder, ".npmrc"), posix.join(task.turbo.workspace.root.directory, ".npmrc")]) {
    const source = repository.files.isTracked(path) ? repository.files.read(path) : undefined;
    const code = source?.text.replaceAll(/^[ \t]*[#;].*/gm, (comment) => " ".repeat(comment.length)) ?? "";
    const offset = code.indexOf(`\${${name}}`);
    if (source && offset >= 0) return { place: { source, range: [offset, offset] }, reader: ".npmrc" };
  }
  return undefined;
}

/** The newer Yarn has a file of its own. */
function readsNpmrc(repository: Repository, manager: string, folder: string): boolean {
  return manager !== "yarn" || !isNewYarn(repository, folder);
}
