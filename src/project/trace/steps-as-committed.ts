import { textOf } from "../../commands/arguments.ts";
import type { Install } from "../../commands/invocation.ts";
import { isRefOfRun, isRepository } from "./checkout.ts";
import type { JobRun, StepRun } from "./job-run.ts";
import type { Reach } from "./reach.ts";
import { isKept, leavesAlone, type Concern } from "./workspace-changes.ts";
import type { Repository } from "../repository.ts";
import type { Redirect } from "../../shell/command.ts";
import { QUIET_COMMANDS } from "../../tools/quiet-commands.data.ts";
import { isQuietBinary } from "../../tools/quiet-commands.ts";

/** Inputs of a checkout with which other files are there than the commit has. */
const OTHER_CHECKOUT = ["path", "repository", "sparse-checkout"];
/** What a cache may hold beside packages: it is named by its folder. */
const OF_PACKAGES = /^\s*(?:~|\$\{\{\s*(?:env|steps)\.|.*(?:node_modules|\.cache|\.next|\.npm|\.pnpm-store|\.turbo))/;

/** A step that starts with what was checked out. */
export interface CommittedStep {
  readonly run: StepRun;
  /** Those of its commands that do too. */
  readonly reaches: readonly Reach[];
}

/** The steps of a job after a checkout before which nothing has changed a lockfile or manifest, in order. */
export function stepsAsCommitted({ files }: Repository, { steps }: JobRun): readonly CommittedStep[] {
  // An example inside of another repository has a lockfile where it is copied to, and GitHub runs nothing of it here.
  if (!files.exists(".git")) return [];
  const found: CommittedStep[] = [];
  for (const run of steps) {
    const changing = run.reaches.findIndex((reach) => !keepsLockfiles(reach, run.reaches));
    const reaches = changing < 0 ? run.reaches : run.reaches.slice(0, changing + 1);
    if (isRepository(run.workspace)) found.push({ run, reaches });
    if (changing >= 0 || !leavesAlone(COMMITTED, run, steps)) break;
  }
  return found;
}

/** Lockfiles and manifests, as they are committed. */
const COMMITTED: Concern = {
  isKeptByCommand: keepsLockfiles,
  isKeptByCheckout: ({ step }) =>
    OTHER_CHECKOUT.every((input) => !step.inputs.has(input)) && isRefOfRun(step.inputs.get("ref")),
  isKeptByCache: (paths) => paths.split("\n").every((line) => line.trim() === "" || OF_PACKAGES.test(line)),
};

/** Whether a command leaves lockfiles and manifests as they are. What is not known may not. */
function keepsLockfiles(reach: Reach, reaches: readonly Reach[]): boolean {
  const { words, redirects } = reach.located.command;
  if (redirects.some(writesFile)) return false;
  const [name, ...args] = words.map(textOf);
  const asksVersion = args.length === 1 && /^(?:--version|-v)$/.test(args[0] ?? "");
  if (asksVersion && !reach.isApproximate) return true;
  return isKept(reach, reaches, {
    nothing: () => QUIET_COMMANDS.has(name ?? ""),
    install: isFrozenByVerb,
    binary: isQuietBinary,
  });
}

function writesFile({ operator, target }: Redirect): boolean {
  return (
    operator.includes(">") && !/^(?:[12-]|\/dev\/null)$/.test(target.shape) && !/\bGITHUB_[A-Z]+\b/.test(target.text)
  );
}

function isFrozenByVerb({ verb, args }: Install): boolean {
  const isFlag = (text: string): boolean => text === "--frozen-lockfile" || text === "--immutable";
  return verb?.text === "ci" || args.some(({ text }) => isFlag(text));
}
