import { known } from "../../documents/known.ts";
import type { Place } from "../../documents/source.ts";
import { actionName, majorOf, releaseOf, type Uses } from "../../documents/uses.ts";
import { isRepository } from "../../project/trace/checkout.ts";
import { inputOf, type StepRun } from "../../project/trace/job-run.ts";
import type { Repository } from "../../project/repository.ts";
import {
  SETUP_NODE_CACHES_UNASKED,
  SETUP_NODE_COMMITS,
  SETUP_NODE_WITHOUT_CACHE,
  type SetUpManager,
} from "../../tools/manager-setup.data.ts";
import { declaredAt, yarnMismatch, type DeclaredManager } from "./declared-manager.ts";

/** A cache of packages for which `actions/setup-node` asks a package manager where its packages lie. */
export interface KeptCache {
  readonly manager: SetUpManager;
  readonly place: Place;
  /** The declaration that the Yarn of the image does not fit, or by which a cache is kept that no input asks for. */
  readonly declared: DeclaredManager | undefined;
  /** True where no input asks for it. */
  readonly isUnasked: boolean;
}

/** The cache that a step keeps with what no image brings; undefined where it keeps none, or where that is not known. */
export function cacheOf(repository: Repository, run: StepRun): KeptCache | undefined {
  const { step, source } = run;
  const { uses } = step;
  if (!uses || actionName(uses) !== "actions/setup-node") return undefined;
  if (SETUP_NODE_WITHOUT_CACHE.test(releaseOf(uses) ?? "")) return undefined;
  const input = step.inputs.get("cache");
  const asked = inputOf(run, "cache");
  if (!asked.known) return undefined;
  if (!input || asked.value === "") return unaskedCache(repository, run, uses);
  return cacheBy(repository, run, asked.value, { source, range: input.node.range }, undefined);
}

function unaskedCache(repository: Repository, run: StepRun, uses: Uses): KeptCache | undefined {
  const { step, source, workspace } = run;
  if (!isRepository(workspace)) return undefined;
  const declared = declaredAt(repository, "");
  const manager = /^\^?(pnpm|yarn)@/.exec(declared?.text ?? "")?.[1];
  const commit = uses.target.kind === "repository" ? SETUP_NODE_COMMITS.get(uses.target.ref) : undefined;
  const isKept = (commit ?? majorOf(uses)) === SETUP_NODE_CACHES_UNASKED && !step.inputs.has("package-manager-cache");
  if (!isKept || manager === undefined) return undefined;
  return cacheBy(repository, run, manager, { source, range: uses.range }, declared);
}

function cacheBy(
  repository: Repository,
  run: StepRun,
  manager: string,
  place: Place,
  unasked: DeclaredManager | undefined,
): KeptCache | undefined {
  const isUnasked = unasked !== undefined;
  if (manager === "pnpm") return { manager, place, declared: unasked, isUnasked };
  // With a path it asks Yarn in the folders that it finds.
  if (manager !== "yarn" || run.step.inputs.has("cache-dependency-path")) return undefined;
  const declared = yarnMismatch(repository, run, known(""), run.environment);
  return declared && { manager, place, declared, isUnasked };
}
