import { entryOf } from "../../documents/data.ts";
import type { Action } from "../../documents/action.ts";
import type { Step } from "../../documents/step.ts";
import type { Workflow } from "../../documents/workflow.ts";
import type { StepRun } from "../../project/trace/job-run.ts";
import { outputNamesOf } from "../../project/trace/step-effects.ts";
import type { Repository } from "../../project/repository.ts";
import { normalizeDirectory } from "../../shell/directory.ts";
import { runsConcerning } from "../call-sites.ts";
import { keysOf, type DeclaredOutputs } from "./declared-names.ts";

/**
 * What a step gives out: what its composite action declares, or what its script writes. Undefined where that is not known in each
 * of its runs, and where the script mentions the output that is asked for.
 */
export function outputsOfStep(
  repository: Repository,
  { source }: Workflow | Action,
  step: Step,
  asked: string,
): DeclaredOutputs | undefined {
  const target = step.uses?.target;
  const isScript = step.run && !mentions(step.run.text, asked);
  if (!isScript && target?.kind !== "local") return undefined;
  const runs = runsConcerning(repository, source.path).filter((run) => run.step === step);
  if (runs.length === 0) return undefined;
  if (target?.kind === "local") return outputsOfAction(repository, target.path, runs);
  const written = runs.map(({ reaches }) => outputNamesOf(step, reaches));
  if (!written.every((names) => names !== undefined)) return undefined;
  return { names: [...new Set(written.flat())], by: "script", place: { source, range: step.node.range } };
}

/** Only a composite action gives out nothing that it does not declare. */
function outputsOfAction(repository: Repository, path: string, runs: readonly StepRun[]): DeclaredOutputs | undefined {
  const action = repository.action(normalizeDirectory(path));
  const outputs = entryOf(action?.node, "outputs");
  const names = keysOf(outputs?.value);
  const isOfRepository = runs.every(({ workspace }) => workspace.foreign === undefined);
  if (!action?.isComposite || !names || !isOfRepository) return undefined;
  return { names, by: "action", place: { source: action.source, range: outputs?.keyRange ?? action.node.range } };
}

/** Whether a text has a name, or one that ends with it. */
function mentions(text: string, name: string): boolean {
  const [, ...behind] = text.toLowerCase().split(name.toLowerCase());
  return behind.some((rest) => !/^[\w-]/.test(rest));
}
