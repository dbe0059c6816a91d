import { entriesOf, entryOf, stringOf, type DataNode } from "../../documents/data.ts";
import { placeOf, type Place } from "../../documents/source.ts";
import { isSameJob, type Workflow } from "../../documents/workflow.ts";
import type { Repository } from "../../project/repository.ts";
import { similarTo } from "../similar-names.ts";

/** A job that `needs` names, and that the workflow has not. */
export interface MissingNeed {
  readonly place: Place;
  readonly id: string;
  readonly similar: string | undefined;
}

/** The ids in the `needs` of a workflow's jobs for which GitHub rejects it. */
export function missingNeeds(repository: Repository, path: string): readonly MissingNeed[] {
  const workflow = repository.workflowPaths.includes(path) ? repository.workflow(path) : undefined;
  return workflow ? workflow.jobs.flatMap((job) => missingIn(workflow, entryOf(job.node, "needs")?.value)) : [];
}

function missingIn(workflow: Workflow, needs: DataNode | undefined): readonly MissingNeed[] {
  const ids = entriesOf(entryOf(workflow.node, "jobs")?.value).map(({ key }) => key);
  const nodes = needs?.kind === "sequence" ? needs.items : needs ? [needs] : [];
  return nodes.flatMap((node) => {
    const id = stringOf(node);
    // Another form is wrong in another way.
    if (id === undefined || !/^[A-Za-z_][\w-]*$/.test(id) || ids.some((other) => isSameJob(other, id))) return [];
    return [{ place: placeOf(workflow.source, node), id, similar: similarTo(id, ids) }];
  });
}
