import type { DataNode, Entry } from "../../documents/data.ts";
import { evaluateTemplate } from "../../documents/expression.ts";
import { differingNames, scalarsIn } from "../../documents/matrix.ts";
import { runnerOf } from "../../project/trace/runner.ts";
import type { UploadInstance } from "./upload-instances.ts";

/** What may be there only after something went wrong. */
const OF_FAILURES = /crash|debug|diff|dump|error|fail|\blogs?\b|\.log\b|screenshot|test-results|trace|video/i;
/** What is left out, or is not, by the version of the action. */
const HIDDEN = /(?:^|[\s/\\])\.[^./\\\s]/;
/** What has the same name on each system. */
const OF_ANY_SYSTEM =
  /(?:^|\/)(?:build|coverage|dist|html-report|lib|out|playwright-report|public|reports?|wheelhouse|[^/]*\.(?:html|info|json|tgz|whl|xml))\/?$/;
const OF_SYSTEMS = /darwin|linux|mac|osx|ubuntu|win/i;

/** Whether a step either finds files or fails. The merge fails without artifacts, that for GitHub Pages packs a folder first. */
export function findsOrFails({ run, upload, lookup }: UploadInstance): boolean {
  if (upload.action !== "actions/upload-artifact") return true;
  const template = run.step.inputs.get("if-no-files-found");
  const value = template && evaluateTemplate(template, lookup);
  return value?.known === true && value.value.trim() === "error";
}

/** Whether a step is there to upload what each run has at one place: otherwise it never does anything. */
export function findsByName(instance: UploadInstance): boolean {
  if (findsOrFails(instance)) return true;
  const path = pathOf(instance);
  return path !== undefined && !/[*?[\n]/.test(path) && instance.run.frames.every(({ step }) => !step);
}

/** Whether jobs of a matrix that take the same step find files all, or none of them. */
export function findAlike(instances: readonly UploadInstance[]): boolean {
  if (instances.every(findsOrFails)) return true;
  const paths = instances.map(pathOf);
  const legs = instances.flatMap(({ leg }) => leg ?? []);
  const differing = new Set(differingNames(legs));
  const isMixed = isOnSeveralSystems(instances);
  const isNeutral = paths.every((path) => path !== undefined && OF_ANY_SYSTEM.test(path) && !OF_SYSTEMS.test(path));
  if (paths.includes(undefined) || (isMixed && !isNeutral)) return false;
  // Each has a place of its own, or all have the same one.
  const isOwn = new Set(paths).size === instances.length && paths.every((path) => !/[*?[\n]/.test(path ?? ""));
  if (!isOwn && new Set(paths).size > 1) return false;
  return instances.every((instance) => worksAlike(instance, differing, isMixed, isOwn));
}

/** The files that a step asks for, if it does not matter to it whether something went wrong. */
function pathOf({ run: { step }, lookup }: UploadInstance): string | undefined {
  const template = step.inputs.get("path");
  const path = template && evaluateTemplate(template, lookup);
  if (!path?.known || path.value.trim() === "" || step.inputs.has("if-no-files-found")) return undefined;
  return OF_FAILURES.test(path.value) || HIDDEN.test(path.value) ? undefined : path.value.trim();
}

function isOnSeveralSystems(instances: readonly UploadInstance[]): boolean {
  const systems = new Set(instances.map(({ run: { job }, lookup }) => runnerOf(job, lookup).os));
  const isChosen = instances.some(({ run }) =>
    run.job.runsOn?.some(({ expressions }) => expressions.some(({ references }) => references.length > 0)),
  );
  return systems.size > 1 || (isChosen && systems.has(undefined));
}

/** Keys that tell a job or step from others of a matrix without changing what it makes. */
const UNREAD = new Set([
  "concurrency",
  "container",
  "continue-on-error",
  "name",
  "runs-on",
  "services",
  "steps",
  "strategy",
  "timeout-minutes",
]);
const SETUP = /^(?!\.)[^@]*\/(?:action-setup|cache|setup-[\w-]+)@/;

/**
 * Whether what a job does up to its upload is the same with each value of some names of its matrix. In a job that uploads what has
 * its own name there, whether it does something at all is enough.
 */
function worksAlike(
  { run, jobRun }: UploadInstance,
  names: ReadonlySet<string>,
  isMixed: boolean,
  isOwn: boolean,
): boolean {
  const steps = jobRun.steps.slice(0, jobRun.steps.indexOf(run) + 1);
  const differs = (node: DataNode): boolean =>
    scalarsIn(node).some(({ value }) => readsLeg(String(value), names) || (isMixed && readsSystem(String(value))));
  const isRead = (entries: readonly Entry[], isSetup = false): boolean =>
    entries.some(({ key, value }) => {
      if (isOwn) return key === "if" && differs(value);
      return !UNREAD.has(key) && !(isSetup && key === "with") && differs(value);
    });
  return (
    !isRead(jobRun.job.node.entries) &&
    steps.every(({ step }) => !isRead(step.node.entries, step === run.step || SETUP.test(step.uses?.text ?? "")))
  );
}

const SHARD = /--shard(?:=|\s+)["']?(?:\$\{\{[^}]*\}\}|[\d/])+["']?/g;

/** Whether a text reads something of a matrix that differs, or may. */
function readsLeg(text: string, names: ReadonlySet<string>): boolean {
  const rest = text.replaceAll(SHARD, "");
  const read = [...rest.matchAll(/\bmatrix\b(?:\s*\.\s*([\w-]+))?/gi)];
  return /\bjob-index\b/i.test(rest) || read.some(([, name]) => name === undefined || names.has(name.toLowerCase()));
}

function readsSystem(text: string): boolean {
  return /\brunner\s*\.\s*(?:arch|name|os)\b|RUNNER_(?:ARCH|OS)|OSTYPE|\buname\b/i.test(text);
}
