import { evaluateTemplate, type Lookup, type Template } from "../../documents/expression.ts";
import { known, unknown, type Known } from "../../documents/known.ts";
import type { Source } from "../../documents/source.ts";
import type { RunDefaults, Step } from "../../documents/step.ts";
import { scriptsOfAction } from "../../tools/action-scripts.ts";
import type { Repository } from "../repository.ts";
import type { WorkspaceContent } from "./checkout.ts";
import { enterFolder, scalarHost, type Script } from "./routine.ts";
import { shellOf } from "./shell-of.ts";

/** What surrounds a step and decides how its script runs. */
export interface StepSurroundings {
  readonly source: Source;
  readonly defaults: RunDefaults | undefined;
  readonly os: string | undefined;
  readonly workspace: WorkspaceContent;
  readonly lookup: Lookup;
}

/** The script of a step, or the commands that its action is told to run. */
export function scriptsOf(repository: Repository, step: Step, surroundings: StepSurroundings): readonly Script[] {
  const { source, defaults, os, lookup, workspace } = surroundings;
  const enter = (directory: Template | undefined): Known<string> =>
    workspace.foreign === undefined
      ? enterFolder(repository, known(""), directory ? evaluateTemplate(directory, lookup) : known(""))
      : unknown(workspace.foreign);
  if (!step.run) {
    return scriptsOfAction(step).map(({ template, directory, isShell }) => ({
      text: template.text,
      host: scalarHost(source, template.node),
      directory: enter(directory),
      isPosix: true,
      options: { errexit: !isShell, pipefail: false },
    }));
  }
  const shell = shellOf(step.shell ?? defaults?.shell, os);
  if (!shell) return [];
  const directory = step.workingDirectory ?? defaults?.workingDirectory;
  return [{ text: step.run.text, host: scalarHost(source, step.run.node), directory: enter(directory), ...shell }];
}
