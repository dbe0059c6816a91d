import type { Mapping } from "../../documents/data.ts";
import type { StepRun } from "../../project/trace/job-run.ts";
import type { Repository } from "../../project/repository.ts";
import { workspaceOf } from "../../project/workspace.ts";
import { generatingScriptsOf } from "./generating-task.ts";
import type { GeneratedOutput } from "./outputs.ts";

/** Whether a step before this one installs dependencies, and this one does not. */
export function installsBefore(steps: readonly StepRun[], run: StepRun): boolean {
  const installs = ({ reaches }: StepRun): boolean => reaches.some(({ invocation }) => invocation.kind === "install");
  return !installs(run) && steps.slice(0, steps.indexOf(run)).some(installs);
}

/** How each package manager runs an executable of a dependency. */
const RUNS_BINARY = { bun: "bunx", npm: "npx", pnpm: "pnpm exec", yarn: "yarn" } as const;

/** A step that generates an output, as the lines of its keys; undefined where the package manager is not known, and in an action. */
export function newStepFor(
  repository: Repository,
  { step, document, workflow }: StepRun,
  output: GeneratedOutput,
): { readonly before: Mapping; readonly lines: readonly string[] } | undefined {
  const { directory } = output.owner;
  const manager = workspaceOf(repository, directory)?.manager;
  if (!manager || document !== workflow.document) return undefined;
  const [script, ...others] = generatingScriptsOf(repository, output);
  const command =
    script && others.length === 0
      ? `${manager} run ${script.name}`
      : `${RUNS_BINARY[manager]} ${output.generator.command}`;
  const place = directory === "" ? [] : [`working-directory: ${directory}`];
  return { before: step.node, lines: [`run: ${command}`, ...place] };
}
