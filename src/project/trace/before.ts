import type { Reach } from "./reach.ts";

/** Runners of scripts that start several at once. */
const PARALLEL_RUNNERS = new Set(["concurrently", "npm-run-all", "npm-run-all2", "run-p", "turbo"]);

/**
 * What may have run in a step when one of its commands starts: all before it or, where several scripts run at once, all but
 * what its own script runs later.
 */
export function reachesBefore(reaches: readonly Reach[], at: Reach): readonly Reach[] {
  const index = reaches.indexOf(at);
  const isParallel = reaches.some(({ entry, invocation }) => entry === at.entry && startsSeveral(invocation));
  return reaches.filter((reach, position) => {
    if (reach === at) return false;
    if (position < index) return true;
    const isOfScript = reach.located.host === at.located.host && reach.filters.at(-1) === at.filters.at(-1);
    return isParallel && reach.entry === at.entry && !isOfScript;
  });
}

function startsSeveral(invocation: Reach["invocation"]): boolean {
  if (invocation.kind === "binary") return PARALLEL_RUNNERS.has(invocation.name);
  return invocation.kind === "turbo" || (invocation.kind === "script" && invocation.scope.kind === "filtered");
}
