import { posix } from "node:path";
import { PLAIN_GLOB } from "../../../project/workspace.ts";
import { liesWithin } from "../../../tools/version-range.ts";
import type { Difference } from "../difference.ts";
import { manifestPlace } from "../manifest-place.ts";
import { excludesMembers, lockedPlace, memberGlobs, type LockedProject } from "./locked-project.ts";

/** Since this release a member that is locked and not there is taken for one that was pruned. */
const SKIPS_MISSING_MEMBERS = "1.4.0";

/** Members that the lockfile lacks, calls otherwise, or has too many. */
export function memberFaults(project: LockedProject): readonly Difference[] {
  const { members, workspace } = project;
  const renamed = members.flatMap(({ directory, manifest, locked }): readonly Difference[] => {
    if (directory === "" || manifest.name === undefined || manifest.name === locked.name) return [];
    return [
      {
        problem: "renamedMember",
        isCertain: true,
        place: manifestPlace(manifest, "name"),
        name: directory,
        declared: manifest.name,
        locked: locked.name ?? "",
        lockedAt: lockedPlace(project, "workspaces", directory, "name"),
      },
    ];
  });
  const isKnown = memberGlobs(workspace).every((glob) => PLAIN_GLOB.test(glob));
  return isKnown ? [...renamed, ...unlockedMembers(project), ...removedMembers(project)] : renamed;
}

/** What no exclusion takes out is a member in every release; seen with Bun 1.2.0 to 1.4.5. */
function unlockedMembers(project: LockedProject): readonly Difference[] {
  const { repository, unlocked, workspace } = project;
  return unlocked.flatMap(({ name = "", directory, manifest }) => {
    // One without a name is an error of its own, or no member at all.
    if (name === "" || !repository.files.isTracked(manifest.source.path)) return [];
    return {
      problem: "unlockedMember",
      isCertain: true,
      place: manifestPlace(manifest, "name"),
      name: posix.relative(workspace.root.directory, directory),
      declared: name,
      locked: "",
      lockedAt: lockedPlace(project, "workspaces"),
    };
  });
}

function removedMembers(project: LockedProject): readonly Difference[] {
  const { repository, workspace, lock, members, buns } = project;
  const { directory: root, manifest } = workspace.root;
  const present = new Set(members.map(({ directory }) => directory));
  const hasExclusions = excludesMembers(workspace);
  return [...lock.workspaces].flatMap(([directory, { name = "" }]) => {
    if (present.has(directory)) return [];
    const folder = posix.join(root, directory);
    const path = posix.join(folder, "package.json");
    const isThere = repository.manifest(folder) !== undefined && repository.files.isTracked(path);
    // What cannot be read, is ignored, or comes with a submodule can be a member where the install runs.
    if (isThere ? hasExclusions : repository.files.exists(path) || repository.files.exists(".gitmodules")) return [];
    return {
      problem: "removedMember",
      isCertain: isThere || liesWithin(buns, `<${SKIPS_MISSING_MEMBERS}`),
      place: manifestPlace(manifest, "workspaces"),
      name: directory,
      declared: "",
      locked: name,
      lockedAt: lockedPlace(project, "workspaces", directory),
    };
  });
}
