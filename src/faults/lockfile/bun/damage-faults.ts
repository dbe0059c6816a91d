import { posix } from "node:path";
import { repeatedPackages } from "../../../documents/bun-lock.ts";
import type { Repository } from "../../../project/repository.ts";
import { workspaceAt } from "../../../project/workspace.ts";
import type { BunLockfileFault } from "../difference.ts";
import { manifestPlace } from "../manifest-place.ts";
import { isInstalledByBun, type LockedProject } from "./locked-project.ts";

/** What a merge leaves at the start of a line where it did not know what to take. */
const CONFLICT = /^<{7} .*$(?=[^]*^={7}$[^]*^>{7} )/m;

/** A bun.lock that was committed in the middle of a merge: Bun ignores it, and a frozen install fails. */
export function conflictFaults(repository: Repository, root: string): readonly BunLockfileFault[] {
  const workspace = workspaceAt(repository, root);
  const source = repository.lockfileText(posix.join(root, "bun.lock"));
  const conflict = source && CONFLICT.exec(source.text);
  if (!conflict || !workspace || !isInstalledByBun(repository, workspace)) return [];
  return [
    {
      manager: "bun",
      problem: "conflictedLockfile",
      isCertain: true,
      place: manifestPlace(workspace.root.manifest, "name"),
      name: "",
      declared: "",
      locked: "",
      lockedAt: { source, range: [conflict.index, conflict.index + conflict[0].length] },
      bun: undefined,
    },
  ];
}

/** Packages that a bun.lock has twice, as a merge without conflicts can leave them: Bun ignores it too, and a frozen install fails. */
export function repetitionFaults({ workspace, lock: { source }, bun }: LockedProject): readonly BunLockfileFault[] {
  return repeatedPackages(source).map(({ name, range }) => ({
    manager: "bun",
    problem: "repeatedPackage",
    isCertain: true,
    place: manifestPlace(workspace.root.manifest, "name"),
    name,
    declared: "",
    locked: "",
    lockedAt: { source, range },
    bun,
  }));
}
