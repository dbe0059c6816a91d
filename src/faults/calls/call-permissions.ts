import type { DataDocument } from "../../documents/data.ts";
import { isAbove, LEVELS, levelOf, type Level, type Permissions } from "../../documents/permissions.ts";
import type { Place, Source } from "../../documents/source.ts";
import type { Job, Workflow } from "../../documents/workflow.ts";
import type { Repository } from "../../project/repository.ts";
import { callsIn, callsOf, type Call } from "./called-workflow.ts";

/** A permission that a called workflow asks for, and that is not granted. */
export interface ExceededPermission {
  readonly name: string;
  readonly asked: Level;
  readonly askedAt: Place;
  /** True where it is a part of `write-all` or `read-all`. */
  readonly isOfAll: boolean;
  readonly allowed: Level;
}

/** A call that GitHub rejects, because what is called asks for more than the job may pass on. */
export interface ExceededCall {
  /** The call's `uses`. */
  readonly place: Place;
  readonly exceeded: readonly ExceededPermission[];
  /** The `permissions` that say what may be passed on. */
  readonly grantedAt: Place;
  readonly granted: Permissions;
  readonly document: DataDocument;
  readonly job: Job;
}

/** The calls of a workflow that grant less than what they call asks for. */
export function exceededCalls(repository: Repository, path: string): readonly ExceededCall[] {
  return callsIn(repository, path).flatMap((call) => {
    const { workflow, job, uses } = call;
    const { source, document } = workflow;
    const granted = job.permissions ?? workflow.permissions;
    // What GitHub grants by itself is a setting of the repository.
    if (!granted?.known) return [];
    const exceeded = highest(exceededBy(repository, call, granted.value, new Set()));
    if (exceeded.length === 0) return [];
    const grantedAt = { source, range: granted.value.entry.keyRange };
    return [{ place: { source, range: uses.range }, exceeded, grantedAt, granted: granted.value, document, job }];
  });
}

/**
 * What a called workflow asks for beyond what is granted. Its own `permissions` count even where each of its jobs has some, and
 * what neither has is passed on to what it calls itself.
 * ConvertToReferencedWorkflow in https://github.com/actions/runner/blob/258d6c857db3519913f7deb6004b60172f8043ae/src/Sdk/WorkflowParser/Conversion/WorkflowTemplateConverter.cs
 */
function exceededBy(
  repository: Repository,
  { callee }: Call,
  granted: Permissions,
  seen: ReadonlySet<string>,
): readonly ExceededPermission[] {
  const { path } = callee.source;
  if (seen.has(path)) return [];
  const asking: readonly (Workflow | Job)[] = [callee, ...callee.jobs];
  const own = asking.flatMap(({ permissions }) =>
    permissions?.known ? beyond(permissions.value, granted, callee.source) : [],
  );
  const calls = callee.permissions ? [] : callsOf(repository, callee).filter(({ job }) => !job.permissions);
  return [...own, ...calls.flatMap((call) => exceededBy(repository, call, granted, new Set([...seen, path])))];
}

function beyond(asked: Permissions, granted: Permissions, source: Source): readonly ExceededPermission[] {
  return asked.granted.flatMap(({ name, level, range }) => {
    const allowed = levelOf(granted, name);
    const permission = { name, asked: level, askedAt: { source, range }, isOfAll: asked.isShorthand, allowed };
    return isAbove(level, allowed) ? [permission] : [];
  });
}

/** Of each permission the furthest level that is asked for, where it is asked for first. */
function highest(exceeded: readonly ExceededPermission[]): readonly ExceededPermission[] {
  const names = [...new Set(exceeded.map(({ name }) => name))];
  return names.flatMap((name) => {
    const same = exceeded.filter((permission) => permission.name === name);
    const level = LEVELS.findLast((other) => same.some(({ asked }) => asked === other));
    return same.find(({ asked }) => asked === level) ?? [];
  });
}
