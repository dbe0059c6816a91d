import { expressionsIn } from "../../documents/expression.ts";
import type { EnvBlock, Step } from "../../documents/step.ts";
import type { Workflow } from "../../documents/workflow.ts";
import type { StepRun } from "../../project/trace/job-run.ts";
import { reachesOfBinary } from "../../project/trace/reach-index.ts";
import type { Repository } from "../../project/repository.ts";
import { convexCommandOf } from "../../tools/credentials.ts";
import { ACCEPTED_CREDENTIALS } from "../../tools/convex.data.ts";
import { startedWorkflow } from "../call-sites.ts";
import { isPrivileged } from "./privileged-triggers.ts";

/** An expression from which workflows take a variable. */
export interface CredentialExpression {
  readonly text: string;
  /** True where only jobs with a deployment environment use it, which may be what holds the secret. */
  readonly isOfEnvironment: boolean;
  /** True where it is used in every run of a workflow that pull requests start. */
  readonly isOfPullRequests: boolean;
}

/**
 * The expressions from which workflows take a variable: those of the workflow itself, else those of all workflows, else the
 * secret of the variable's own name, if nothing tells that the credential comes from elsewhere. Keys for preview deployments
 * are left out. More than one, or none, means that the choice is not ours.
 */
export function expressionsFor(
  repository: Repository,
  workflow: Workflow,
  name: string,
): readonly CredentialExpression[] {
  const own = usedIn([workflow], name);
  if (own.length > 0) return own;
  const workflows = repository.workflowPaths.flatMap((path) => repository.workflow(path) ?? []);
  const others = usedIn(workflows, name);
  if (others.length > 0) return others;
  const text = `\${{ secrets.${name} }}`;
  const isElsewhere = workflows.some((other) => hasOtherSource(other, text));
  return isElsewhere ? [] : [{ text, isOfEnvironment: false, isOfPullRequests: false }];
}

/** Whether a step runs no command of Convex but `codegen`, which changes no deployment. */
function onlyGenerates({ reaches }: StepRun): boolean {
  return reachesOfBinary(reaches, "convex").every(({ invocation }) => convexCommandOf(invocation) === "codegen");
}

/** Whether a step also runs `convex dev` or `init`, which would then work on the key's deployment. */
function alsoDevelops({ reaches }: StepRun): boolean {
  return reaches.some(({ located }) => /\bconvex(?:@\S+)?\s+(?:dev|init)\b/.test(located.text));
}

/** Whether a key does no harm in a step: no stranger's code runs beside it, and no pull request changes a deployment by it. */
export function isHarmless(repository: Repository, run: StepRun, isOfPullRequests = false): boolean {
  const started = startedWorkflow(repository, run);
  if (!started || isPrivileged(started) || alsoDevelops(run)) return false;
  return onlyGenerates(run) || isOfPullRequests || !started.triggers.includes("pull_request");
}

/** Whether an expression can be given in a run: it does no harm, and the run's callers and environment hold its secret. */
export function canUse(
  repository: Repository,
  run: StepRun,
  { text, isOfEnvironment, isOfPullRequests }: CredentialExpression,
): boolean {
  const isEmpty = expressionsIn(text).some((expression) => {
    const value = expression.evaluate(run.lookup);
    return value.known && value.value === "";
  });
  return !isEmpty && isHarmless(repository, run, isOfPullRequests) && (run.job.hasEnvironment || !isOfEnvironment);
}

/** A place where workflows give a variable. */
interface Place {
  readonly env: EnvBlock;
  /** The steps that get it. */
  readonly steps: readonly Step[];
  readonly hasEnvironment: boolean;
  readonly isInEveryRun: boolean;
}

function placesIn({ env, jobs }: Workflow): readonly Place[] {
  const all = jobs.flatMap(({ steps }) => steps);
  return [
    { env, steps: all, hasEnvironment: false, isInEveryRun: true },
    ...jobs.flatMap(({ env: ofJob, steps, hasEnvironment, condition }): readonly Place[] => [
      { env: ofJob, steps, hasEnvironment, isInEveryRun: !condition },
      ...steps.map((step) => ({
        env: step.env,
        steps: [step],
        hasEnvironment,
        isInEveryRun: !condition && !step.condition,
      })),
    ]),
  ];
}

function usedIn(workflows: readonly Workflow[], name: string): readonly CredentialExpression[] {
  const found = new Map<string, CredentialExpression>();
  for (const workflow of workflows) {
    for (const { env, steps, hasEnvironment, isInEveryRun } of placesIn(workflow)) {
      const isForPreviews = steps.some(({ run }) => /--preview-(?:create|name)\b/.test(run?.text ?? ""));
      for (const text of textsIn(env, name)) {
        if (isForPreviews || /preview/i.test(text)) continue;
        const { isOfEnvironment = true, isOfPullRequests = false } = found.get(text) ?? {};
        found.set(text, {
          text,
          isOfEnvironment: isOfEnvironment && hasEnvironment,
          isOfPullRequests: isOfPullRequests || (isInEveryRun && workflow.triggers.includes("pull_request")),
        });
      }
    }
  }
  return [...found.values()];
}

function textsIn({ entries }: EnvBlock, name: string): readonly string[] {
  return entries.flatMap(({ name: key, value }) =>
    key === name && value?.expressions.some(isSecret) ? [value.text] : [],
  );
}

function isSecret({ references }: { readonly references: readonly { readonly context: string }[] }): boolean {
  return references.length > 0 && references.every(({ context }) => context === "secrets");
}

const KEYS = ACCEPTED_CREDENTIALS.flatMap(({ names }) => names).filter((name) => /KEY|TOKEN/.test(name));
const GIVES_KEY = new RegExp(String.raw`\b(?:${KEYS.join("|")})=|--admin-key`);

/** Whether a workflow gives a key of Convex in a way that cannot be copied: computed, by another tool, or to an action. */
function hasOtherSource(workflow: Workflow, secret: string): boolean {
  return placesIn(workflow).some(
    ({ env, steps }) =>
      env.entries.some(
        ({ name, value }) => KEYS.includes(name) && value && value.text !== "" && value.text !== secret,
      ) ||
      steps.some(
        ({ run, inputs }) =>
          GIVES_KEY.test(run?.text ?? "") ||
          [...inputs.values()].some(({ text }) => text !== secret && /secrets\W+\w*CONVEX\w*(?:KEY|TOKEN)/i.test(text)),
      ),
  );
}
