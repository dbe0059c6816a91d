import { posix } from "node:path";
import { actionName } from "../../documents/uses.ts";
import type { StepRun } from "../../project/trace/job-run.ts";
import type { Reach } from "../../project/trace/reach.ts";
import { unreadCode } from "../../project/trace/unread-code.ts";
import type { Repository } from "../../project/repository.ts";
import { ACTION_EXPORTS } from "../../tools/actions.data.ts";
import { CACHE_ACTIONS, QUIET_ACTIONS } from "../../tools/quiet-commands.data.ts";
import { BRINGS_VARIABLES, LOADING_VARIABLES } from "../../tools/variable-sources.data.ts";

/** What changes files that are committed. */
const CHANGES_FILES = /\bgit (?:am|apply|checkout|cherry-pick|merge|pull|reset|restore|stash|switch)\b/;
const WRITES = /(?<![-=\w])(?:cat|cp|dd|ln|mv|patch|rm|sed|tee|truncate)\s|>/;

/**
 * Whether a command may find what it lacks in a way that the trace does not follow: a dotenv file or a login that an earlier step
 * brings, an action that is not known, a file that is not as it was committed. `paths` are the files that ask for it.
 */
export function mayComeFromElsewhere(
  repository: Repository,
  run: StepRun,
  reach: Reach,
  before: readonly StepRun[],
  paths: readonly string[],
): boolean {
  if (run.job.container) return true;
  if (LOADING_VARIABLES.some((name) => reach.environment.lookupUnfiltered(name).state !== "absent")) return true;
  const names = paths.map((path) => posix.basename(path)).filter((name) => name !== "");
  return [...before, run].some((other) => {
    if (other !== run && other.step.uses && !isKnownAction(other)) return true;
    const texts = textsOf(repository, other);
    const changes = texts.some(
      (text) => CHANGES_FILES.test(text) || (WRITES.test(text) && names.some((name) => text.includes(name))),
    );
    return changes || texts.some((text) => BRINGS_VARIABLES.test(text));
  });
}

/** Whether all that an action leaves behind is known. What a composite one of the repository runs are steps of their own. */
function isKnownAction({ step: { uses, inputs } }: StepRun): boolean {
  const name = uses && actionName(uses);
  if (!uses || name === undefined) return uses?.target.kind === "local";
  if (CACHE_ACTIONS.has(name)) return !/\.env|\.config|\*|^\s*\.\s*$/m.test(inputs.get("path")?.text ?? "");
  return name === "actions/checkout" || QUIET_ACTIONS.has(name) || ACTION_EXPORTS.has(name);
}

/** What a step says, and the scripts and programs that it runs. */
function textsOf(repository: Repository, { step, reaches }: StepRun): readonly string[] {
  const scripts = new Map(reaches.map(({ located }) => [located.host.source.path, located]));
  return [
    ...(step.run ? [step.run.text] : []),
    ...[...step.inputs.values(), ...step.env.entries.flatMap(({ value }) => value ?? [])].map(({ text }) => text),
    ...reaches.map(({ located }) => located.expandedText),
    ...[...scripts.values()]
      .filter(({ host }) => !/\.(?:json|ya?ml)$/.test(host.source.path))
      .map(({ host }) => host.source.text),
    ...reaches.flatMap((reach) => unreadCode(reach, repository)).map(({ text }) => text ?? ".env"),
  ];
}
