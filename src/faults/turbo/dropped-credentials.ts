import { describePlace } from "../../documents/source.ts";
import type { StepRun } from "../../project/trace/job-run.ts";
import type { Repository } from "../../project/repository.ts";
import { needsOf } from "../credentials/requirements.ts";
import { droppedVariable, type DroppedVariable } from "./dropped-variable.ts";

/** Credentials of tools that a task runs, whether or not a workflow sets them yet. */
export function* droppedCredentials(repository: Repository, run: StepRun): Generator<DroppedVariable> {
  for (const need of needsOf(repository, run)) {
    const { reach } = need;
    if (reach.filters.length === 0 || need.isMet === "unknown" || need.isOpen) continue;
    const states = need.requirement.accepted.map((names) => names.map((name) => reach.environment.lookup(name).state));
    const arrives = states.some((set) => set.every((state) => state === "bound" || state === "unknown"));
    if (arrives) continue;
    const reader = `\`${need.requirement.command}\` (${describePlace(reach.located.place)})`;
    for (const name of need.names) {
      const answer = reach.environment.lookup(name);
      if (answer.state !== "filtered") continue;
      for (const filter of answer.filters)
        yield droppedVariable(filter, name, reach, { reason: "credential", reader, isOnlyTask: true });
    }
  }
}
