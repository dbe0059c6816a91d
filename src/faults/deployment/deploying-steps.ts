import { replaceExpressions, type Template } from "../../documents/expression.ts";
import type { Place } from "../../documents/source.ts";
import { failsJob } from "../../project/trace/certainty.ts";
import type { Environment } from "../../project/trace/environment.ts";
import { actionName } from "../../documents/uses.ts";
import type { StepRun } from "../../project/trace/job-run.ts";
import { reachesOfBinaries } from "../../project/trace/reach-index.ts";
import { HOLE } from "../../shell/command.ts";
import { deploymentOf, DEPLOYING_TOOLS, isDeployingAction } from "../../tools/deployments.ts";
import { STEP_ITSELF } from "../call-sites.ts";
import { chainOf } from "../chain.ts";

/** What deploys in a step, and fails its job where it fails. */
export interface DeployingStep {
  readonly run: StepRun;
  /** The command in the step's own script, or the action. */
  readonly place: Place;
  readonly text: string;
  /** The way from there to the command that deploys; empty where it is the command itself. */
  readonly chain: string;
}

/** The first thing in a step that deploys for certain. */
export function findDeployment(run: StepRun): DeployingStep | undefined {
  const { uses } = run.step;
  if (uses) {
    const isDeploying = deploysByAction(run) && failsJob(run, STEP_ITSELF);
    const place = { source: run.source, range: uses.range };
    return isDeploying ? { run, place, text: uses.text, chain: "" } : undefined;
  }
  const found = reachesOfBinaries(run.reaches, DEPLOYING_TOOLS).find(
    (reach) =>
      deploymentOf(reach.invocation) !== undefined &&
      reach.guards.length === 0 &&
      failsJob(run, reach) &&
      !isOnRunner(reach.environment),
  );
  // A trap can tell of a failure itself.
  if (!found || run.reaches.some(({ located }) => located.command.words[0].text === "trap")) return undefined;
  return {
    run,
    text: found.entry.text,
    get place() {
      return found.entry.place;
    },
    get chain() {
      return chainOf(found);
    },
  };
}

/** Whether Convex's commands go to a server on the runner itself, as tests do. */
function isOnRunner(environment: Environment): boolean {
  const answer = environment.lookup("CONVEX_SELF_HOSTED_URL");
  return answer.state === "bound" && answer.value.known && /127\.0\.0\.1|localhost/.test(answer.value.value);
}

/** Whether a step deploys, by an action or by any command that it reaches, whatever its conditions. */
export function mayDeploy(run: StepRun): boolean {
  return (
    deploysByAction(run) ||
    reachesOfBinaries(run.reaches, DEPLOYING_TOOLS).some(({ invocation }) => deploymentOf(invocation))
  );
}

function deploysByAction({ step, lookup }: StepRun): boolean {
  const name = step.uses && actionName(step.uses);
  return name !== undefined && isDeployingAction(name, (input) => shapeOf(step.inputs.get(input), lookup));
}

/** A template's text with {@link HOLE} for each expression whose value is not known. */
function shapeOf(template: Template | undefined, lookup: StepRun["lookup"]): string {
  if (!template) return "";
  return replaceExpressions(template, (expression) => {
    const value = expression.evaluate(lookup);
    return value.known ? String(value.value ?? "") : HOLE;
  });
}
