import { posix } from "node:path";
import { minVersion, validRange } from "semver";
import { evaluateTemplate } from "../../documents/expression.ts";
import type { Known } from "../../documents/known.ts";
import { actionName } from "../../documents/uses.ts";
import type { JobRun, StepRun } from "../../project/trace/job-run.ts";
import type { Repository } from "../../project/repository.ts";
import { declaredManager } from "../../project/workspace.ts";

/** More than any release has. */
const NEWEST = 999;

/** The pnpm that a step runs, by its first number: the declared one, else that of `pnpm/action-setup`; undefined where it is not known. */
export function pnpmMajorOf(repository: Repository, job: JobRun, run: StepRun, root: string): number | undefined {
  const manifest = repository.manifest(root);
  const declared = /^pnpm@(\d+)\./.exec(manifest ? declaredManager(manifest) : "")?.[1];
  if (declared !== undefined) return Number(declared);
  const version = inputBefore(job, run, "pnpm/action-setup", "version");
  return version?.known === true ? majorOf(version.value) : undefined;
}

/** The Node.js that a step runs, by its first number; undefined where it is not known. A hosted runner has a recent one. */
export function nodeMajorOf(repository: Repository, job: JobRun, run: StepRun): number | undefined {
  const { container } = job.job;
  const setup = setupBefore(job, run, "actions/setup-node");
  if (!setup) return container || job.runner.os === undefined ? undefined : NEWEST;
  const version = inputBefore(job, run, "actions/setup-node", "node-version");
  if (version) return version.known ? majorOf(version.value) : undefined;
  const path = inputBefore(job, run, "actions/setup-node", "node-version-file");
  if (!path) return container ? undefined : NEWEST;
  const source = path.known ? repository.files.read(posix.normalize(path.value)) : undefined;
  if (!source) return undefined;
  const written = /(?:^\s*|\bnode(?:js)?["'\s:=]+)(lts\S*|[v^~>=\s]*\d[\w.]*)/i.exec(source.text)?.[1];
  return written === undefined ? undefined : majorOf(written);
}

function majorOf(version: string): number | undefined {
  const text = version.trim().replace(/^v/, "");
  if (/^(?:\*|current|latest(?:-\d+)?|lts\/\*|lts|node)$/.test(text)) return NEWEST;
  return validRange(text) === null ? undefined : minVersion(text)?.major;
}

function setupBefore({ steps }: JobRun, run: StepRun, action: string): StepRun | undefined {
  return steps.slice(0, steps.indexOf(run)).findLast(({ step }) => step.uses && actionName(step.uses) === action);
}

function inputBefore(job: JobRun, run: StepRun, action: string, input: string): Known<string> | undefined {
  const setup = setupBefore(job, run, action);
  const template = setup?.step.inputs.get(input);
  return setup && template && template.text.trim() !== "" ? evaluateTemplate(template, setup.lookup) : undefined;
}
