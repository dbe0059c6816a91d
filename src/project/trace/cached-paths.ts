import { MANAGER_FOLDERS } from "../../tools/quiet-commands.data.ts";
import { writesFile } from "./github-files.ts";
import type { StepRun } from "./job-run.ts";
import type { Reach } from "./reach.ts";

/** Stands for a folder in which a package manager keeps packages for all projects. */
export const PACKAGE_STORE = "~/packages";

/** A line that is only what an earlier step has told. */
const TOLD = /^\s*\$\{\{\s*(?:env\.(\w+)|steps\.([\w-]+)\.outputs\.([\w-]+))\s*\}\}\s*$/;

/**
 * The lines of a cache's input `path`, with {@link PACKAGE_STORE} for what an earlier step has asked a package manager for, as
 * https://pnpm.io/continuous-integration#github-actions and https://github.com/actions/cache/blob/main/examples.md#node---yarn do.
 */
export function cachedPaths(run: StepRun, steps: readonly StepRun[]): string {
  const lines = (run.step.inputs.get("path")?.text ?? "*").split("\n");
  return lines.map((line) => (isStore(line, run, steps) ? PACKAGE_STORE : line)).join("\n");
}

function isStore(line: string, run: StepRun, steps: readonly StepRun[]): boolean {
  const [, variable, id, output] = TOLD.exec(line) ?? [];
  const before = steps.slice(0, steps.indexOf(run));
  if (variable !== undefined) {
    const answer = run.environment.lookup(variable);
    const writer = before
      .flatMap(({ reaches }) => reaches)
      .find(({ located }) => answer.state === "bound" && located.place === answer.place);
    return writer !== undefined && tellsStore(writer, variable);
  }
  if (id === undefined || output === undefined) return false;
  const teller = before.findLast(
    ({ step, source }) => source === run.source && step.id?.toLowerCase() === id.toLowerCase(),
  );
  const writers = (teller?.reaches ?? []).filter(({ located: { command } }) => writesOutput(command));
  return writers.length > 0 && writers.every((reach) => tellsStore(reach, output));
}

function writesOutput(command: Reach["located"]["command"]): boolean {
  return writesFile(command, /GITHUB_OUTPUT\b/) || command.words.some(({ text }) => text.includes("set-output"));
}

/** Whether a command writes nothing but where packages are kept: `echo "STORE_PATH=$(pnpm store path)" >> $GITHUB_ENV`. */
function tellsStore({ located: { command }, guards, isApproximate }: Reach, name: string): boolean {
  const [program, word, ...others] = command.words;
  const [, told, question = ""] =
    /^"?(?:::set-output name=)?([\w-]+)(?:=|::)\$\(([^()]*)\)"?$/.exec(word?.text ?? "") ?? [];
  const isPlain = program.text === "echo" && others.length === 0 && guards.length === 0 && !isApproximate;
  return isPlain && told?.toLowerCase() === name.toLowerCase() && MANAGER_FOLDERS.test(question.trim());
}
