import { posix } from "node:path";
import picomatch from "picomatch";
import { entriesOf, entryOf, stringOf, stringsOf, type DataNode } from "../../documents/data.ts";
import type { Reference } from "../../documents/expression.ts";
import { findStep, type Step } from "../../documents/step.ts";
import { findJob } from "../../documents/workflow.ts";
import { hasIndex, isCertainlyCommitted } from "../../project/committed.ts";
import type { Repository } from "../../project/repository.ts";
import { isReadIn } from "../../project/trace/callees.ts";
import type { Surroundings } from "../../project/trace/expression-scope.ts";
import type { StepRun } from "../../project/trace/job-run.ts";
import type { Reach } from "../../project/trace/reach.ts";
import { enterDirectory } from "../../project/trace/routine.ts";
import { startedWorkflow } from "../call-sites.ts";

/** Names of branches that hold what is at hand, or come from it. Another one may have other files. */
const USUAL_BRANCHES =
  "canary dev develop development main master next preview prod production release staging trunk".split(" ");

/** Whether a step runs on branches alone that may have other files, or not before somebody adds what is missing. */
export function isOfOtherFiles(repository: Repository, run: StepRun, reach: Reach | undefined, path: string): boolean {
  return (
    isOnOtherBranches(repository, run, reach, path) ||
    isAskedFor(run, (text) => FILE_WORDS.test(text) || text.includes(path))
  );
}

/** Whether a step runs only for the outcome of a step that asks for something, by its script or inputs. */
export function isAskedFor({ conditions }: StepRun, asks: (text: string) => boolean): boolean {
  return conditions.some(({ condition, surroundings }) =>
    condition.references.some((reference) =>
      producersOf(reference, surroundings).some(({ run, inputs }) =>
        [run?.text ?? "", ...Array.from(inputs.values(), ({ text }) => text)].some(asks),
      ),
    ),
  );
}

/** Whether a step runs on branches alone that may have other files, or where a path changes that is not there. */
export function isOnOtherBranches(
  repository: Repository,
  run: StepRun,
  reach: Reach | undefined,
  path: string,
): boolean {
  const workflow = startedWorkflow(repository, run);
  return (
    (workflow !== undefined && isTriggeredElsewhere(entryOf(workflow.node, "on")?.value, path)) ||
    run.conditions.some(({ condition }) => asksForBranch(stringOf(condition.node) ?? "")) ||
    (reach?.guards ?? []).some(
      ({ guard }) =>
        guard.variables.some((name) => /^GITHUB_(?:REF|REF_NAME|BASE_REF|HEAD_REF)$/.test(name)) ||
        guard.expressions.some(({ text }) => asksForBranch(text)),
    )
  );
}

/** The events that filters choose from by branches and paths. */
export const FILTERED_EVENTS: ReadonlySet<string> = new Set(["pull_request", "pull_request_target", "push"]);

function isTriggeredElsewhere(on: DataNode | undefined, path: string): boolean {
  const events = entriesOf(on).filter(({ key }) => key !== "workflow_call");
  return (
    events.length > 0 &&
    events.every(({ key, value }) => {
      if (!FILTERED_EVENTS.has(key)) return false;
      const paths = filterOf(value, "paths");
      return isForOtherBranches(value) || (paths.length > 0 && paths.every((pattern) => isBelow(pattern, path)));
    })
  );
}

/** The patterns of a filter of an event; none where it has no such filter. */
function filterOf(event: DataNode | undefined, name: string): readonly string[] {
  const node = entryOf(event, name)?.value;
  const single = stringOf(node);
  return single === undefined ? stringsOf(node) : [single];
}

/** Whether an event asks for branches alone that may have other files. */
export function isForOtherBranches(event: DataNode | undefined): boolean {
  const branches = filterOf(event, "branches");
  return branches.length > 0 && filterOf(event, "tags").length === 0 && !branches.some(isUsual);
}

function isUsual(pattern: string): boolean {
  return USUAL_BRANCHES.some((name) => picomatch.isMatch(name, pattern));
}

function isBelow(pattern: string, path: string): boolean {
  return pattern === path || pattern.startsWith(`${path}/`);
}

const REF = String.raw`github\.(?:ref|ref_name|base_ref|head_ref)`;
const COMPARES_REF = new RegExp(
  String.raw`(?:${REF}\s*==\s*|(?:startsWith|endsWith|contains)\(\s*${REF}\s*,\s*)'([^']*)'|'([^']*)'\s*==\s*${REF}`,
  "gi",
);

/** Whether a condition holds on a branch with a name of its own. */
function asksForBranch(condition: string): boolean {
  return Array.from(condition.matchAll(COMPARES_REF), ([, after, before]) => after ?? before ?? "").some((name) => {
    const branch = name.replace(/^refs\/heads\//, "");
    return branch !== "" && !/^refs\/(?:tags|pull)\//.test(branch) && !USUAL_BRANCHES.includes(branch);
  });
}

/** The steps whose outputs a condition reads. */
function producersOf({ context, path }: Reference, { steps, workflow }: Surroundings): readonly Step[] {
  const [name = "", kind, output] = path;
  if (kind !== "outputs") return [];
  const step = context === "steps" ? findStep(steps, name) : undefined;
  if (step) return [step];
  const job = context === "needs" && workflow ? findJob(workflow, name) : undefined;
  const expressions = job?.outputs.get(output?.toLowerCase() ?? "")?.expressions ?? [];
  return expressions
    .flatMap(({ references }) => references)
    .flatMap((reference) => producersOf(reference, { steps: job?.steps ?? [], workflow: undefined }));
}

const FILE_WORDS = /\b(?:hashFiles|ls|find|stat|wc|compgen|glob|ls-files|ls-tree)\b|exist|\s-[adefrsx]\s/;

/** What moves or ends the shell that reads it in. */
const CHANGES_SHELL = /\b(?:cd|pushd|popd|exit|return|trap|eval|source|set\s+\+)\b|^\s*\.\s/m;

/** Whether a script that was read in before a command may have moved or ended its shell. */
export function mayBeMoved({ files }: Repository, { reaches }: StepRun, reach: Reach): boolean {
  const before = reaches.slice(0, reaches.indexOf(reach));
  return before.some(({ invocation, located, directory }) => {
    if (invocation.kind !== "file" || !isReadIn(located)) return false;
    const isAround = reach.hops.some(({ place }) => place === located.place);
    if (isAround || !reach.hops.some(({ place }) => place.source === located.place.source)) return false;
    const path = enterDirectory(directory, { known: true, value: invocation.path });
    return CHANGES_SHELL.test((path.known && files.read(path.value)?.text) || "source");
  });
}

/** Whether a path goes up from a link, behind which another folder is above. */
export function leavesLink(repository: Repository, from: string, written: string): boolean {
  if (!/(?:^|\/)\.\.(?:\/|$)/.test(written) || !hasIndex(repository)) return false;
  let folder = from;
  for (const part of written.split("/")) {
    // Of folders git lists links alone.
    if (part === ".." && folder !== "" && isCertainlyCommitted(repository, folder)) return true;
    folder = posix.join(folder, part).replace(/^\.$/, "");
  }
  return false;
}
