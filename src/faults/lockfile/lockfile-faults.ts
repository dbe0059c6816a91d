import type { Repository } from "../../project/repository.ts";
import { bunLockfileFaults } from "./bun/bun-lockfile-faults.ts";
import type { LockfileFault } from "./difference.ts";
import { npmLockfileFaults } from "./npm/npm-lockfile-faults.ts";
import { pnpmLockfileFaults } from "./pnpm/pnpm-lockfile-faults.ts";

/** The differences between a package.json and the lockfiles from which its workspace is installed. */
export function lockfileFaults(repository: Repository, path: string): readonly LockfileFault[] {
  return [
    ...bunLockfileFaults(repository, path),
    ...npmLockfileFaults(repository, path),
    ...pnpmLockfileFaults(repository, path),
  ];
}
