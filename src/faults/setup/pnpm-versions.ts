import { posix } from "node:path";
import { valueAt, type DataDocument, type Mapping } from "../../documents/data.ts";
import type { Place } from "../../documents/source.ts";
import { actionName, majorOf, type Uses } from "../../documents/uses.ts";
import { hasIndex, isCertainlyUncommitted } from "../../project/committed.ts";
import { failsJob } from "../../project/trace/certainty.ts";
import { isRepository } from "../../project/trace/checkout.ts";
import { inputOf, type JobRun, type StepRun } from "../../project/trace/job-run.ts";
import { stepsAsCommitted } from "../../project/trace/steps-as-committed.ts";
import { folderOf, type Repository } from "../../project/repository.ts";
import { normalizeDirectory } from "../../shell/directory.ts";
import { ACTION_SETUP_COMPARES, ACTION_SETUP_DROPS_HASH } from "../../tools/manager-setup.data.ts";
import { isQuietAction } from "../../tools/quiet-commands.ts";
import { faultsOfJobs, STEP_ITSELF, type Sighting } from "../call-sites.ts";
import { declaredAt, type DeclaredManager } from "./declared-manager.ts";

/** A `pnpm/action-setup` that fails because it is told two versions, or none. */
export interface PnpmVersionFault {
  readonly place: Place;
  /** The `uses` as written. */
  readonly text: string;
  /** The version that the step is given; empty for none. */
  readonly version: string;
  /** What `packageManager` says; undefined where there is none. */
  readonly declared: DeclaredManager | undefined;
  /** The package.json that the action reads. */
  readonly path: string;
  readonly lacks: "both" | "field" | "file" | "checkout" | "pnpm";
  /** The step, with the file that it is written in; undefined for a fault of one of its callers. */
  readonly step: Mapping | undefined;
  readonly document: DataDocument;
}

type Spotted = Omit<PnpmVersionFault, "document" | "place" | "step">;

/** The steps of a workflow or action with `pnpm/action-setup` that fail for the versions that they are told. */
export function pnpmVersionFaults(repository: Repository, path: string): readonly PnpmVersionFault[] {
  if (!/\.ya?ml$/.test(path)) return [];
  return faultsOfJobs(repository, path, sightingsIn).map(({ place, frame, sighting: { run, value } }) => ({
    ...value,
    place,
    text: frame ? frame.uses.text : value.text,
    document: run.document,
    step: frame ? undefined : run.step.node,
  }));
}

function sightingsIn(repository: Repository, job: JobRun): readonly Sighting<Spotted>[] {
  const setups = job.steps.filter(({ step }) => step.uses && actionName(step.uses) === "pnpm/action-setup");
  if (setups.length === 0) return [];
  const asCommitted = new Set(stepsAsCommitted(repository, job).map(({ run }) => run));
  return setups.flatMap((run) => {
    const uses = run.step.uses;
    const input = run.step.inputs.get("version");
    if (!uses) return [];
    const judged = judge(repository, job, run, uses, asCommitted.has(run));
    const isFatal = failsJob(run, STEP_ITSELF);
    return [
      {
        run,
        place: {
          source: run.source,
          range: judged.fault?.version === "" ? uses.range : (input?.node.range ?? uses.range),
        },
        subject: "version",
        verdict: judged.verdict === "faulty" && !isFatal ? "unknown" : judged.verdict,
        value: judged.fault ?? { text: uses.text, version: "", declared: undefined, path: "", lacks: "both" },
      },
    ];
  });
}

interface Judgement {
  readonly verdict: Sighting<unknown>["verdict"];
  readonly fault?: Spotted;
}

const UNKNOWN: Judgement = { verdict: "unknown" };
const SOUND: Judgement = { verdict: "sound" };

function judge(repository: Repository, job: JobRun, run: StepRun, uses: Uses, isAsCommitted: boolean): Judgement {
  const major = majorOf(uses);
  const version = inputOf(run, "version");
  const file = inputOf(run, "package_json_file");
  if (major === undefined || !version.known || !file.known) return UNKNOWN;
  const path = normalizeDirectory(file.value === "" ? "package.json" : file.value);
  if (posix.basename(path) !== "package.json" || /^[~/]|\.\./.test(path)) return UNKNOWN;
  const declared = declaredAt(repository, folderOf(path));
  const fault = { text: uses.text, version: version.value, declared, path };
  if (!isAsCommitted) {
    const hasNoFile = version.value === "" && isBeforeCheckout(job, run);
    return hasNoFile ? { verdict: "faulty", fault: { ...fault, declared: undefined, lacks: "checkout" } } : UNKNOWN;
  }
  const isPnpm = declared?.text.startsWith("pnpm@") === true;
  if (version.value !== "") {
    if (!isPnpm || major < ACTION_SETUP_COMPARES) return SOUND;
    const isOther = pnpmVersionOf(declared, major < ACTION_SETUP_DROPS_HASH) !== version.value;
    return isOther ? { verdict: "faulty", fault: { ...fault, lacks: "both" } } : SOUND;
  }
  if (isPnpm) return SOUND;
  const manifest = repository.manifest(folderOf(path));
  // Newer releases read it from there.
  if (manifest && valueAt(manifest.node, "devEngines")) return UNKNOWN;
  if (manifest) return { verdict: "faulty", fault: { ...fault, lacks: declared ? "pnpm" : "field" } };
  // What is not at hand may yet be committed, as in an extract of a repository.
  const isMissing = hasIndex(repository) && !repository.files.exists(path) && isCertainlyUncommitted(repository, path);
  return isMissing ? { verdict: "faulty", fault: { ...fault, lacks: "file" } } : UNKNOWN;
}

/** The version as the action compares it, with the hash that may follow or without. */
function pnpmVersionOf({ text }: DeclaredManager, withHash: boolean): string {
  const version = text.replace("pnpm@", "");
  return withHash ? version : version.replace(/\+.*$/, "");
}

/** Whether a step runs on a new machine before anything but set-up, and the checkout comes later. */
function isBeforeCheckout({ runner, steps, workspace }: JobRun, run: StepRun): boolean {
  const isLater = !run.workspace.isCheckedOut && isRepository(workspace);
  const earlier = steps.slice(0, steps.indexOf(run));
  return (
    runner.image !== undefined &&
    isLater &&
    earlier.every(({ step }) => step.uses !== undefined && isQuietAction(actionName(step.uses) ?? "", step.inputs))
  );
}
