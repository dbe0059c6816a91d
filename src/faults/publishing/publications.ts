import { posix } from "node:path";
import { hasFlag, readArguments, textOf } from "../../commands/arguments.ts";
import { NPM_FLAGS, PNPM_FLAGS } from "../../commands/flags.data.ts";
import type { RunBinary } from "../../commands/invocation.ts";
import { entryOf, stringsOf } from "../../documents/data.ts";
import { bringsOthers } from "../../project/trace/checkout.ts";
import type { JobRun, StepRun } from "../../project/trace/job-run.ts";
import { reachesOfBinaries, type ReachOf } from "../../project/trace/reach-index.ts";
import type { Reach } from "../../project/trace/reach.ts";
import { unreadCode } from "../../project/trace/unread-code.ts";
import type { Repository } from "../../project/repository.ts";
import { versionOf } from "../../project/versions.ts";
import { workspaceOf, type WorkspacePackage } from "../../project/workspace.ts";
import { liesWithin } from "../../tools/version-range.ts";
import { isMadeAnew } from "../scripts/changed-manifests.ts";

/** A command that publishes packages of the workspace as they are committed. */
export interface Publication {
  readonly run: StepRun;
  readonly reach: ReachOf<RunBinary>;
  readonly packages: readonly WorkspacePackage[];
  /** True where it publishes only what has a new version. */
  readonly waits: boolean;
  /** True where it leaves the ranges of the workspace's own protocols as they stand. */
  readonly keepsRanges: boolean;
  /** True where a flag asks for provenance. */
  readonly asksProvenance: boolean;
}

const TOOLS = new Set(["changeset", "npm", "pnpm"]);

/** What the steps of a job publish. */
export function publicationsOf(repository: Repository, job: JobRun): readonly Publication[] {
  return job.steps.some((run) => reachesOfBinaries(run.reaches, TOOLS).length > 0)
    ? repository.deriveFor(job, findPublications)
    : [];
}

function findPublications(repository: Repository, { steps }: JobRun): readonly Publication[] {
  const found: Publication[] = [];
  for (const run of steps) {
    if (bringsOthers(run.step)) return found;
    for (const reach of run.reaches) {
      const publication = isPublishing(reach) ? publicationOf(repository, run, reach) : undefined;
      if (publication) found.push(publication);
      else if (mayChangeManifests(repository, reach)) return found;
    }
  }
  return found;
}

function isPublishing(reach: Reach): reach is ReachOf<RunBinary> {
  return reach.invocation.kind === "binary" && TOOLS.has(reach.invocation.name);
}

function mayChangeManifests(repository: Repository, reach: Reach): boolean {
  return (
    isMadeAnew(reach) ||
    unreadCode(reach, repository).some(({ text }) => text === undefined || text.includes("package.json"))
  );
}

function publicationOf(repository: Repository, run: StepRun, reach: ReachOf<RunBinary>): Publication | undefined {
  const { invocation, directory } = reach;
  const { name, args } = invocation;
  const parsed = readArguments(args, name === "pnpm" ? PNPM_FLAGS : NPM_FLAGS);
  const [verb, ...positionals] = parsed.positionals;
  if (textOf(verb) !== "publish" || !parsed.isCertain || !directory.known) return undefined;
  if (hasFlag(parsed, "--dry-run", "-w", "--workspace", "--workspaces", "--filter", "-F", "--tag-only"))
    return undefined;
  const isRecursive = name === "changeset" || hasFlag(parsed, "-r", "--recursive");
  const packages = isRecursive
    ? membersOf(repository, directory.value)
    : packageAt(repository, directory.value, positionals.map(textOf));
  const provenance = parsed.flags.get("--provenance")?.at(-1);
  return {
    run,
    reach,
    packages,
    waits: isRecursive,
    keepsRanges: name === "npm" || (name === "changeset" && runsNpm(repository, reach)),
    asksProvenance: provenance === true || (provenance !== undefined && textOf(provenance) !== "false"),
  };
}

/** `@changesets/cli` 2 publishes by npm wherever the workspace is none of pnpm. https://github.com/changesets/changesets/blob/%40changesets/cli%402.29.7/packages/cli/src/commands/publish/npm-utils.ts */
function runsNpm(repository: Repository, { invocation, directory }: ReachOf<RunBinary>): boolean {
  const folder = directory.known ? directory.value : "";
  const manager = workspaceOf(repository, folder)?.manager;
  const version = versionOf(repository, "@changesets/cli", folder, invocation);
  return manager !== undefined && manager !== "pnpm" && version !== undefined && liesWithin(version, "^2.0.0");
}

/** The packages that are not private, and not left out by the configuration of changesets. */
function membersOf(repository: Repository, folder: string): readonly WorkspacePackage[] {
  const workspace = workspaceOf(repository, folder);
  if (!workspace) return [];
  const config = repository.json(posix.join(workspace.root.directory, ".changeset/config.json"))?.root;
  const ignored = stringsOf(entryOf(config, "ignore")?.value);
  // A pattern may stand for any of them.
  if (ignored.some((name) => /[*?{[]/.test(name))) return [];
  const members = workspace.isMonorepo ? workspace.members : workspace.packages;
  return members.filter((member) => isPublic(member) && !ignored.includes(member.name ?? ""));
}

/** The package of a folder, which may be named by a path; a tarball, or a package by name, is none of the checkout. */
function packageAt(
  repository: Repository,
  directory: string,
  [path = ".", ...others]: readonly (string | undefined)[],
): readonly WorkspacePackage[] {
  if (others.length > 0 || !/^\.{0,2}(?:\/|$)|\/$/.test(path)) return [];
  const folder = posix.join(directory, path).replace(/^\.?\/?|\/$/g, "");
  const workspace = workspaceOf(repository, folder);
  const found = workspace?.packages.find((candidate) => candidate.directory === folder);
  return found && isPublic(found) ? [found] : [];
}

/** Scripts that run before a package is packed, and may write another package.json for it. */
const PACKING = ["prepack", "prepublish", "prepublishOnly"];

function isPublic({ manifest }: WorkspacePackage): boolean {
  const isPrivate = entryOf(manifest.node, "private")?.value;
  const isRewritten = PACKING.some((name) => /pack|node|bun|tsx/.test(manifest.scripts.get(name)?.text ?? ""));
  return isPrivate === undefined && manifest.name !== undefined && !isRewritten;
}
