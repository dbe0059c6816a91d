import { stringOf, stringsOf, valueAt } from "../../documents/data.ts";
import type { Place } from "../../documents/source.ts";
import type { Repository } from "../../project/repository.ts";
import { similarTo } from "../similar-names.ts";

/** A workflow that waits for the runs of others, none of which is there. */
export interface MissingTrigger {
  /** The `workflows` of `workflow_run`. */
  readonly place: Place;
  readonly names: readonly string[];
  /** The only name of a workflow that is almost the same. */
  readonly similar: string | undefined;
}

/** Workflows that GitHub brings itself: for Pages, CodeQL, Dependabot, Copilot and the dependency graph. */
const OF_GITHUB = /pages|codeql|dependabot|copilot|dependency/i;
/** A name may be a pattern: get-convex/convex-backend waits for `**`. */
const PATTERN = /[*?+![\]]/;

/**
 * What `workflow_run` waits for in a workflow, where no workflow of the repository is called so.
 * https://docs.github.com/actions/reference/workflows-and-actions/events-that-trigger-workflows#workflow_run
 */
export function missingTriggers(repository: Repository, path: string): readonly MissingTrigger[] {
  const { workflowPaths } = repository;
  const workflow = workflowPaths.includes(path) ? repository.workflow(path) : undefined;
  const node = valueAt(workflow?.node, "on", "workflow_run", "workflows");
  const single = stringOf(node);
  const names = single === undefined ? stringsOf(node) : [single];
  if (!workflow || !node || names.length === 0) return [];
  const known = workflowPaths.map((other) => nameOf(repository, other));
  const isThere = (name: string): boolean => known.some((other) => other?.toLowerCase() === name.toLowerCase());
  // A file that cannot be read may have any name.
  if (known.includes(undefined) || names.some((name) => isThere(name) || PATTERN.test(name) || OF_GITHUB.test(name)))
    return [];
  const others = known.flatMap((name) => name ?? []);
  const similar = names.length === 1 ? similarTo(names.join(""), others) : undefined;
  return [{ place: { source: workflow.source, range: node.range }, names, similar }];
}

/** One without a name is called by its path. */
function nameOf(repository: Repository, path: string): string | undefined {
  const workflow = repository.workflow(path);
  return workflow && (stringOf(valueAt(workflow.node, "name")) ?? path);
}
