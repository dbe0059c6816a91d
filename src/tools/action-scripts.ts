import type { Template } from "../documents/expression.ts";
import type { Step } from "../documents/step.ts";
import { actionName } from "../documents/uses.ts";
import { ACTION_SCRIPTS } from "./action-scripts.data.ts";

/** A command that an action is told to run. */
export interface GivenScript {
  readonly template: Template;
  /** Where it runs; the workspace where undefined. */
  readonly directory: Template | undefined;
  /** False where it is one command, with its words as they stand. */
  readonly isShell: boolean;
}

/** What a shell takes for more than a word: without one it is a part of a word, or a word. */
const SHELL_SYNTAX = /[\n"'`$\\&|;<>()*?[\]{}~#=]/;

/** The commands that the action of a step is told to run, as far as they can be read. */
export function scriptsOfAction({ uses, inputs }: Step): readonly GivenScript[] {
  const scripts = uses && ACTION_SCRIPTS.get(actionName(uses) ?? "");
  if (!scripts) return [];
  return scripts.flatMap(({ input, directory, isShell, except }) => {
    const template = inputs.get(input);
    const isOther = except?.some((name) => inputs.has(name)) === true;
    const isPlain = template && (isShell || !SHELL_SYNTAX.test(template.text.trim()));
    return template && isPlain && !isOther
      ? [{ template, isShell, directory: directory === undefined ? undefined : inputs.get(directory) }]
      : [];
  });
}
