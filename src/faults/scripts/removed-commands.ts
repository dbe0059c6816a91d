import { posix } from "node:path";
import { textOf } from "../../commands/arguments.ts";
import type { RunBinary } from "../../commands/invocation.ts";
import { dependencyRange } from "../../documents/manifest.ts";
import { known, unknown, type Known } from "../../documents/known.ts";
import type { StepRun } from "../../project/trace/job-run.ts";
import type { ReachOf } from "../../project/trace/reach-index.ts";
import type { Reach } from "../../project/trace/reach.ts";
import type { Repository } from "../../project/repository.ts";
import { versionOf } from "../../project/versions.ts";
import { workspaceOf } from "../../project/workspace.ts";
import { REMOVED_COMMANDS, type RemovedCommands } from "../../tools/removed-commands.data.ts";
import { liesOutside, liesWithin } from "../../tools/version-range.ts";
import { isInstalled, type Lack } from "./lack.ts";

/** A command that the installed version of its tool has no more; undefined for one that no version ever took away. */
export function removedLack(
  repository: Repository,
  { workspace }: StepRun,
  reach: ReachOf<RunBinary>,
  earlier: readonly Reach[],
): Known<Lack | undefined> | undefined {
  const { invocation, directory } = reach;
  const [first] = invocation.args;
  const word = textOf(first);
  const removed = REMOVED_COMMANDS.get(invocation.name)?.find(({ words }) => word !== undefined && words.has(word));
  if (!removed || !first || word === undefined) return undefined;
  if (!directory.known || !workspace.isCheckedOut || !isInstalled(reach))
    return unknown("which version runs is not known");
  const folder = directory.value;
  const asked = invocation.name === removed.package && invocation.version !== undefined;
  const version = versionOf(repository, removed.package, folder, asked ? { version: invocation.version } : {});
  if (liesOutside(version, removed.versions)) return known(undefined);
  if (!liesWithin(version, removed.versions) || version === undefined || version === "latest")
    return unknown("an older version may run");
  if (asksForHelp(invocation) || isRestored(repository, removed, folder, word) || earlier.some(installs(removed)))
    return unknown("the word may mean something");
  const similar = removed.words.get(word);
  return known({
    kind: removed.succeeds === true ? "emptiedCommand" : "removedCommand",
    names: [word],
    owner: `${removed.package}@${version}`,
    similar,
    words: [first, first],
    ...(removed.advice !== undefined && { advice: removed.advice }),
  });
}

function asksForHelp({ args }: RunBinary): boolean {
  return args.some(({ shape }) => /^(?:--?h|--?help|--?v|--?version|help)$/i.test(shape));
}

function isRestored(
  repository: Repository,
  { isFolder, restoredBy }: RemovedCommands,
  folder: string,
  word: string,
): boolean {
  if (isFolder === true && repository.files.exists(posix.join(folder, word))) return true;
  if (restoredBy === undefined) return false;
  const workspace = workspaceOf(repository, folder);
  const packages = workspace?.packages ?? [];
  return packages.some(({ manifest }) => dependencyRange(manifest, restoredBy) !== undefined);
}

/** Whether a command names another version of the tool. */
function installs({ package: name }: RemovedCommands): (reach: Reach) => boolean {
  return ({ located }) => located.command.words.some(({ shape }) => shape.includes(`${name}@`));
}
