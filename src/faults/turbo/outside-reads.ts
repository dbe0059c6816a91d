import { posix } from "node:path";
import { loadsVariables } from "../../commands/index.ts";
import { entriesOf } from "../../documents/data.ts";
import { RUNTIME_VARIABLES, TURBO_OWN_VARIABLES } from "../../tools/turbo-environment.data.ts";
import type { StepRun } from "../../project/trace/job-run.ts";
import type { Repository } from "../../project/repository.ts";
import { patternsOf } from "../../project/turbo/task-environment.ts";

/** Files in which package managers expand variables. */
const SETTINGS = [".npmrc", ".yarnrc.yml", "bunfig.toml"];

/**
 * Whether something else than a task may have a use for a variable that a step sets: turbo, the package manager, the step's own
 * keys, a script on the way to turbo, or a program there that loads variables.
 */
export function isReadOutside(repository: Repository, run: StepRun, name: string): boolean {
  if (patternsOf([...TURBO_OWN_VARIABLES, ...RUNTIME_VARIABLES]).includes(name)) return true;
  const reaches = run.reaches.filter(({ filters }) => filters.length === 0);
  if (reaches.some(({ located }) => loadsVariables(located.command.words))) return true;
  const folders = ["", ...reaches.flatMap(({ directory }) => (directory.known ? directory.value : []))];
  const settings = [...new Set(folders)].flatMap((folder) =>
    SETTINGS.map((file) => repository.files.read(posix.join(folder, file))?.text ?? ""),
  );
  const hosts = new Set(reaches.map(({ located }) => located.host.source).filter((source) => source !== run.source));
  const keys = entriesOf(run.step.node)
    .filter(({ key }) => key !== "env")
    .map(({ value: { range } }) => run.source.text.slice(...range));
  const defaults = run.job.defaults ?? run.workflow.defaults;
  const texts = [...keys, defaults?.workingDirectory?.text ?? "", ...settings, ...[...hosts].map(({ text }) => text)];
  return texts.some((text) => text.split(/\W+/).includes(name));
}
