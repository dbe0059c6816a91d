import { posix } from "node:path";
import { textOf } from "../../commands/arguments.ts";
import { actionName } from "../../documents/uses.ts";
import type { StepRun } from "../../project/trace/job-run.ts";
import { isFollowed } from "../../project/trace/reach-index.ts";
import type { Reach } from "../../project/trace/reach.ts";
import type { Repository } from "../../project/repository.ts";
import { EXECUTED_FILES, SOURCE_EXTENSIONS, STARTS_OTHERS } from "../../tools/executed-files.data.ts";
import { CACHE_ACTIONS, QUIET_COMMANDS, QUIET_TOOL_COMMANDS } from "../../tools/quiet-commands.data.ts";
import { isQuietAction, isQuietBinary, writesSource } from "../../tools/quiet-commands.ts";
import type { GeneratedOutput } from "./outputs.ts";

/** Inputs of a checkout with which the workspace is not a fresh copy of the whole repository at its root. */
const PARTIAL_CHECKOUT = ["clean", "path", "repository", "sparse-checkout"];
/** Runners of scripts that start several at once. */
const PARALLEL_RUNNERS = new Set(["concurrently", "npm-run-all", "npm-run-all2", "run-p", "turbo"]);

/** Tools that execute a configuration of their own, and with it no plugin of a bundler (@sveltejs/kit 2.70.4, run). */
const WITHOUT_PLUGINS = new Set(["drizzle-kit", "graphql-codegen", "prisma", "svelte-kit"]);

/** Whether a generated file is certainly absent when a step gets to a command: a fresh checkout, and nothing since that could make it. */
export function isCertainlyAbsent(
  repository: Repository,
  steps: readonly StepRun[],
  at: { readonly run: StepRun; readonly reach: Reach },
  output: GeneratedOutput,
): boolean {
  const index = steps.indexOf(at.run);
  const earlier = steps.slice(0, index);
  const isFresh = earlier.some(isWholeCheckout);
  const others = [...earlier, ...steps.filter(({ step }) => step.background)];
  return (
    isFresh &&
    others.every((run) => leavesAlone(repository, steps, run, output)) &&
    reachesBefore(at.run.reaches, at.reach).every((reach) => !mayMake(repository, at.run.reaches, reach, output))
  );
}

/** Whether a step leaves nothing in the workspace but a fresh copy of the repository. */
export function isWholeCheckout({ step }: StepRun): boolean {
  const target = step.uses?.target;
  if (target?.kind !== "repository" || target.repository !== "actions/checkout") return false;
  return PARTIAL_CHECKOUT.every((input) => !step.inputs.has(input));
}

/** Whether a step makes no file of an output. */
function leavesAlone(
  repository: Repository,
  steps: readonly StepRun[],
  run: StepRun,
  output: GeneratedOutput,
): boolean {
  const { step, reaches } = run;
  if (step.run) return reaches.length > 0 && reaches.every((reach) => !mayMake(repository, reaches, reach, output));
  // The steps of a composite action stand among the others.
  if (step.uses?.target.kind === "local") return steps.some(({ frames }) => frames.at(-1)?.uses === step.uses);
  const name = step.uses && actionName(step.uses);
  if (name === undefined) return false;
  if (name === "actions/checkout") return isWholeCheckout(run);
  if (CACHE_ACTIONS.has(name)) return !mayRestore(step.inputs.get("path")?.text, output);
  return isQuietAction(name, step.inputs);
}

/** Whether a cache can hold a file of an output. */
function mayRestore(paths: string | undefined, { path }: GeneratedOutput): boolean {
  return (paths ?? "*").split("\n").some((line) => {
    const folder = posix.normalize(line.trim()).replace(/\/$/, "");
    if (folder === "." || folder.startsWith("~") || /(?:^|\/)node_modules$/.test(folder)) return folder === ".";
    if (/[*?${}[\]!]/.test(folder)) return true;
    return `${path}/`.startsWith(`${folder}/`) || folder.startsWith(`${path}/`);
  });
}

/** What may have run when a command starts: all before it or, where several scripts run at once, all but what its own script runs later. */
function reachesBefore(reaches: readonly Reach[], at: Reach): readonly Reach[] {
  const index = reaches.indexOf(at);
  const isParallel = reaches.some(({ entry, invocation }) => entry === at.entry && startsSeveral(invocation));
  return reaches.filter((reach, position) => {
    if (reach === at) return false;
    if (position < index) return true;
    const isOfScript = reach.located.host === at.located.host && reach.filters.at(-1) === at.filters.at(-1);
    return isParallel && reach.entry === at.entry && !isOfScript;
  });
}

function startsSeveral(invocation: Reach["invocation"]): boolean {
  if (invocation.kind === "binary") return PARALLEL_RUNNERS.has(invocation.name);
  return invocation.kind === "turbo" || (invocation.kind === "script" && invocation.scope.kind === "filtered");
}

/** Whether something that is reached can make a file of an output. What is not known can. */
function mayMake(
  repository: Repository,
  reaches: readonly Reach[],
  reach: Reach,
  { generator }: GeneratedOutput,
): boolean {
  const { invocation, located, directory } = reach;
  if (reach.isApproximate || writesSource(located.command)) return true;
  switch (invocation.kind) {
    case "nothing": {
      const [name, ...args] = located.command.words.map(textOf);
      return !invocation.listedBy && !QUIET_COMMANDS.has(name ?? "") && !asksVersion(args);
    }
    case "install":
      return !invocation.runsScripts || !directory.known;
    case "binary": {
      const { name, args } = invocation;
      if (generator.makers.has(name)) return true;
      if (isQuietBinary(invocation) || asksVersion(args.map(textOf))) return false;
      if (QUIET_TOOL_COMMANDS.has(name)) return true;
      if (generator.isPlugin && EXECUTED_FILES.has(name) && !WITHOUT_PLUGINS.has(name)) return true;
      if (EXECUTED_FILES.has(name)) return mayRunOthers(repository, reach, name);
      return !isFollowed(reaches, reach);
    }
    default:
      return !isFollowed(reaches, reach);
  }
}

/** Whether a tool that executes its configuration can start others by that. */
function mayRunOthers(repository: Repository, { directory, located }: Reach, name: string): boolean {
  const hasOtherConfig = located.command.words.some(({ text }) => /^(?:-c|--config)(?:=|$)/.test(text));
  if (!directory.known || hasOtherConfig) return true;
  const { configs = [], runsFile } = EXECUTED_FILES.get(name) ?? {};
  const texts = configs
    .flat()
    .flatMap((config) =>
      SOURCE_EXTENSIONS.map(
        (extension) => repository.files.read(posix.join(directory.value, config + extension))?.text,
      ),
    );
  return runsFile === true || texts.some((text) => text !== undefined && STARTS_OTHERS.test(text));
}

function asksVersion(args: readonly (string | undefined)[]): boolean {
  return args.length > 0 && args.every((arg) => arg === "--version" || arg === "-v" || arg === "-V");
}
