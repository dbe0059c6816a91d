import { textOf } from "../../commands/arguments.ts";
import type { DataDocument, Mapping } from "../../documents/data.ts";
import type { Place } from "../../documents/source.ts";
import type { StepRun } from "../../project/trace/job-run.ts";
import type { Repository } from "../../project/repository.ts";
import { runsConcerning, startedWorkflow } from "../call-sites.ts";
import { chainOf } from "../chain.ts";
import { jobsBefore } from "../jobs-before.ts";
import { requiredUsesOf, type RequiredUse } from "./required-secrets.ts";

/** A command that fails in each pull request that gets no secrets: from a fork, or by Dependabot. */
export interface ForkSecret {
  readonly place: Place;
  readonly text: string;
  /** The way from there to the command that fails; empty where it is the command itself. */
  readonly chain: string;
  readonly command: string;
  readonly secret: string;
  /** The variable that the secret is given in. */
  readonly variable: string;
  /** Whether a condition of the step sees it, and no other step asks for what this one gives out. */
  readonly canSkip: boolean;
  /** True where the repository has pull requests by Dependabot. */
  readonly hasDependabot: boolean;
  readonly document: DataDocument;
  readonly step: Mapping;
}

/** The first command of each step that nothing keeps from running in pull requests without secrets. */
export function forkSecrets(repository: Repository, path: string): readonly ForkSecret[] {
  if (!repository.workflowPaths.includes(path)) return [];
  const runs = runsConcerning(repository, path).filter(
    (run) => run.source.path === path && isOpenToForks(repository, run),
  );
  const hasDependabot = ["yml", "yaml"].some((type) => repository.files.exists(`.github/dependabot.${type}`));
  const found = new Map<Mapping, ForkSecret>();
  for (const run of runs) {
    // A condition keeps the whole step from running.
    const [use] = found.has(run.step.node) ? [] : requiredUsesOf(repository, run);
    if (use && !mayEndBefore(use)) {
      const { reach, need, secrets } = use;
      const [{ name, variable, binding }] = secrets;
      found.set(run.step.node, {
        place: reach.entry.place,
        text: reach.entry.text,
        chain: chainOf(reach),
        command: need.requirement.command,
        secret: name,
        variable,
        canSkip: run.environment.lookup(variable) === binding && run.step.id === undefined,
        hasDependabot,
        document: run.document,
        step: run.step.node,
      });
    }
  }
  return [...found.values()];
}

/** Commands with which a script ends by itself where something is missing. */
const ENDS = new Set(["[", "exit", "return", "test"]);

/** Whether the script may look for the secret itself, and end before the command: `exit 1`, `${KEY:?}`. */
function mayEndBefore({ run: { reaches, step }, reach }: RequiredUse): boolean {
  const before = reaches.slice(0, reaches.indexOf(reach) + 1).map(({ located }) => located.command.words);
  return (
    step.run?.text.includes("[[") === true ||
    before.some((words) => ENDS.has(textOf(words[0]) ?? "") || words.some(({ text }) => text.includes(":?")))
  );
}

/** Whether each pull request that starts the workflow gets to a step: no condition on the way can keep one out. */
function isOpenToForks(repository: Repository, run: StepRun): boolean {
  return (
    startedWorkflow(repository, run)?.triggers.includes("pull_request") === true &&
    run.conditions.length === 0 &&
    jobsBefore(repository, run).every(({ job }) => !job.condition)
  );
}
