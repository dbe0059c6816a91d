import { folderOf, type Repository } from "../../../project/repository.ts";
import { workspaceOf } from "../../../project/workspace.ts";
import { CATALOGS_SINCE } from "../../../tools/bun.data.ts";
import { liesOutside } from "../../../tools/version-range.ts";
import type { BunLockfileFault, Difference } from "../difference.ts";
import { conflictFaults, repetitionFaults } from "./damage-faults.ts";
import { dependencyFaults } from "./dependency-faults.ts";
import { lockedProjectAt, type LockedProject } from "./locked-project.ts";
import { memberFaults } from "./member-faults.ts";
import { removalFaults } from "./removal-faults.ts";
import { catalogFaults, overrideFaults } from "./setting-faults.ts";

/** The differences between a package.json and the bun.lock of its workspace. */
export function bunLockfileFaults(repository: Repository, path: string): readonly BunLockfileFault[] {
  const root = workspaceOf(repository, folderOf(path))?.root.directory;
  if (root === undefined) return [];
  return bunLockfileFaultsAt(repository, root).filter(({ place }) => place.source.path === path);
}

/** The differences between a bun.lock and the workspace whose root is the given folder. */
export function bunLockfileFaultsAt(repository: Repository, root: string): readonly BunLockfileFault[] {
  return repository.deriveFor(root, findFaults);
}

function findFaults(repository: Repository, root: string): readonly BunLockfileFault[] {
  const project = lockedProjectAt(repository, root);
  if (!project) return conflictFaults(repository, root);
  const repetitions = repetitionFaults(project);
  // All else is compared with what no Bun reads.
  if (repetitions.length > 0) return repetitions;
  const differences = [
    ...memberFaults(project),
    ...dependencyFaults(project),
    ...removalFaults(project),
    ...overrideFaults(project),
    ...catalogFaults(project),
  ];
  return differences.map((difference) => ({ ...difference, manager: "bun", bun: writerOf(project, difference) }));
}

/** The declared Bun, unless it cannot write what is missing. */
function writerOf({ bun }: LockedProject, { problem }: Difference): string | undefined {
  return problem === "changedCatalog" && liesOutside(bun, `>=${CATALOGS_SINCE}`) ? undefined : bun;
}
