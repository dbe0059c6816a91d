import { posix } from "node:path";
import { normalizeDirectory } from "../../shell/directory.ts";
import type { JobRun, StepRun } from "../../project/trace/job-run.ts";
import { isUntouched } from "../../project/trace/untouched.ts";
import { dependsOnFiles, failsJob } from "../../project/trace/certainty.ts";
import { isHosted, STEP_ITSELF } from "../call-sites.ts";

/** Whether a step uses an action of the checkout where there is none yet: the machine is new, and no step before it brings files. */
export function isBeforeCheckout(job: JobRun, run: StepRun): boolean {
  const { steps } = job;
  const { workspace, frames } = run;
  if (workspace.isCheckedOut || workspace.foreign !== undefined || frames.some((frame) => frame.step)) return false;
  // After the first that is not there, the job is over.
  const isFirst = steps.find(({ step }) => step.uses?.target.kind === "local") === run;
  return (
    isHosted(job) &&
    isFirst &&
    !dependsOnFiles(run) &&
    failsJob(run, STEP_ITSELF) &&
    isUntouched(job, run, undefined, posix.join(normalizeDirectory(run.step.uses?.text ?? ""), "action.yml"))
  );
}
