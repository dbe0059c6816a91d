import { posix } from "node:path";
import type { Install, Invocation, RunBinary } from "../../commands/invocation.ts";
import { actionName } from "../../documents/uses.ts";
import { CACHE_ACTIONS, STORE_NAMES } from "../../tools/quiet-commands.data.ts";
import { isQuietAction } from "../../tools/quiet-commands.ts";
import { cachedPaths, PACKAGE_STORE } from "./cached-paths.ts";
import type { StepRun } from "./job-run.ts";
import { isFollowed } from "./reach-index.ts";
import type { Reach } from "./reach.ts";

/** Something in the workspace, told by what leaves it as it is. What is not known may change it. */
export interface Concern {
  /** `isCaller` where what is asked about is handed on by the command to the one that it runs. */
  isKeptByCommand(reach: Reach, reaches: readonly Reach[], isCaller?: boolean): boolean;
  isKeptByCheckout(run: StepRun): boolean;
  /** `paths` are the lines of a cache's input. */
  isKeptByCache(paths: string): boolean;
}

/** Whether a command that asks for this leaves something as it is. */
export interface KeptBy {
  readonly nothing: (invocation: Extract<Invocation, { kind: "nothing" }>) => boolean;
  readonly install: (install: Install) => boolean;
  readonly binary: (binary: RunBinary) => boolean;
}

/** Whether a command leaves something as it is, by what it asks for. */
export function isKept(reach: Reach, reaches: readonly Reach[], by: KeptBy): boolean {
  const { invocation, isApproximate } = reach;
  if (isApproximate) return false;
  switch (invocation.kind) {
    case "nothing":
      return by.nothing(invocation);
    case "install":
      return by.install(invocation);
    case "binary":
      return by.binary(invocation);
    default:
      // What it runs stands among the others.
      return isFollowed(reaches, reach);
  }
}

/** Whether what a step runs or uses leaves something in the workspace as it is; `steps` are those of its job. */
export function leavesAlone(concern: Concern, run: StepRun, steps: readonly StepRun[]): boolean {
  const { step, reaches } = run;
  if (step.run) return reaches.length > 0 && reaches.every((reach) => concern.isKeptByCommand(reach, reaches));
  // The steps of a composite action stand among the others.
  if (step.uses?.target.kind === "local") return steps.some(({ frames }) => frames.at(-1)?.uses === step.uses);
  const name = step.uses && actionName(step.uses);
  if (name === undefined) return false;
  if (name === "actions/checkout") return concern.isKeptByCheckout(run);
  if (CACHE_ACTIONS.has(name)) return concern.isKeptByCache(cachedPaths(run, steps));
  return isQuietAction(name, step.inputs);
}

/** Whether a cache with these paths can hold something at a path, or below it. */
export function mayRestore(paths: string, path: string): boolean {
  const lines = paths.split("\n").filter((line) => line.trim() !== "");
  return lines.some((line) => {
    // A setting may have it in the checkout.
    if (line === PACKAGE_STORE) return STORE_NAMES.test(path);
    // Where hosted runners keep the workspace.
    const inWorkspace = line
      .trim()
      .replace(/^(?:\/home\/runner\/work|\/Users\/runner\/work|\/__w)\/[^/]+\/[^/]+\/?/, "./");
    const folder = posix.normalize(inWorkspace).replace(/\/$/, "");
    if (folder === "." || folder.startsWith("~") || /(?:^|\/)node_modules$/.test(folder)) return folder === ".";
    if (/[*?${}[\]!]/.test(folder)) return true;
    return `${path}/`.startsWith(`${folder}/`) || folder.startsWith(`${path}/`);
  });
}
