import { posix } from "node:path";
import type { Place } from "../../documents/source.ts";
import type { Repository } from "../../project/repository.ts";
import { similarTo } from "../similar-names.ts";
import { isSparse } from "../paths/missing-paths.ts";

/** A call of a reusable workflow that the repository has not: GitHub then starts no job of the caller. */
export interface MissingWorkflow {
  /** The `uses`. */
  readonly place: Place;
  readonly path: string;
  readonly similar: string | undefined;
  /** The whole `uses` with what may have been meant. */
  readonly replacement: string | undefined;
}

/** The calls in a workflow whose target is not there. GitHub looks for it in the commit, whatever a job makes. */
export function missingWorkflows(repository: Repository, path: string): readonly MissingWorkflow[] {
  const { files, workflowPaths } = repository;
  if (!workflowPaths.includes(path) || !files.exists(".git") || isSparse(repository)) return [];
  const workflow = repository.workflow(path);
  return (workflow?.jobs ?? []).flatMap(({ uses }): readonly MissingWorkflow[] => {
    const target = uses?.target.kind === "local" ? posix.normalize(uses.target.path) : "";
    if (!workflow || !uses || !/^\.github\/workflows\/[^/]+\.ya?ml$/.test(target)) return [];
    const [folder, name] = [posix.dirname(target), posix.basename(target)];
    if (files.list(folder).includes(name)) return [];
    const similar = similarTo(name, files.list(folder));
    return [
      {
        place: { source: workflow.source, range: uses.range },
        path: target,
        similar: similar === undefined ? undefined : posix.join(folder, similar),
        replacement: similar === undefined ? undefined : uses.text.replace(name, similar),
      },
    ];
  });
}
