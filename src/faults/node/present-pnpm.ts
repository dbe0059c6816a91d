import { textOf } from "../../commands/arguments.ts";
import { actionName, majorOf } from "../../documents/uses.ts";
import { isRepository } from "../../project/trace/checkout.ts";
import { inputOf, type StepRun } from "../../project/trace/job-run.ts";
import type { Reach } from "../../project/trace/reach.ts";
import type { Repository } from "../../project/repository.ts";
import { declaredAt } from "../setup/declared-manager.ts";

/** The pnpm that steps find. */
export interface PresentPnpm {
  readonly isBrought: boolean;
  /** Undefined where it is not known. */
  readonly version?: string;
}

/** The pnpm that is found after something brought one: which of two comes first is not known. */
export function pnpmAfter({ isBrought }: PresentPnpm, version: string | undefined): PresentPnpm {
  return { isBrought: true, ...(!isBrought && version !== undefined && { version }) };
}

/** Whether a step runs in each run of its job, and does what it is there for. */
function isSure({ step, frames, mayFail }: StepRun): boolean {
  return !mayFail && !step.background && !step.condition && frames.every((frame) => !frame.step?.condition);
}

/** Releases of pnpm/action-setup that install pnpm as it is asked for; later ones take one that brings a Node.js where that of the machine is too old. */
const PLAIN_RELEASES: readonly (number | undefined)[] = [2, 3, 4];

/** The version of pnpm that a step with pnpm/action-setup brings; undefined where that is not known. */
export function pnpmOfStep(repository: Repository, run: StepRun): string | undefined {
  const { step, workspace } = run;
  const { uses, inputs } = step;
  if (!uses || !isSure(run) || actionName(uses) !== "pnpm/action-setup" || !PLAIN_RELEASES.includes(majorOf(uses)))
    return undefined;
  if (["dest", "nodejs_bundled", "package_json_file", "standalone"].some((name) => inputs.has(name))) return undefined;
  const version = inputOf(run, "version");
  if (!version.known) return undefined;
  if (version.value !== "") return version.value;
  if (!isRepository(workspace)) return undefined;
  return /^pnpm@([^+]+)/.exec(declaredAt(repository, "")?.text ?? "")?.[1];
}

/** The version that `npm install --global pnpm@…` brings. */
export function pnpmOfCommand(run: StepRun, { guards, invocation, isFatal, located }: Reach): string | undefined {
  const words = located.command.words.map(textOf);
  const isInstall = invocation.kind === "binary" && invocation.name === "npm" && words[0] === "npm";
  const packages = words.slice(1).filter((word) => !/^(?:add|i|install|-g|--global)$/.test(word ?? ""));
  const [version, ...others] = packages.map((word) => /^pnpm@(.+)$/.exec(word ?? "")?.[1]);
  return isInstall && isFatal && guards.length === 0 && others.length === 0 && isSure(run) ? version : undefined;
}
