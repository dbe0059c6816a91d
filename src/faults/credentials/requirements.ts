import { posix } from "node:path";
import { parseEnv } from "node:util";
import type { RunBinary } from "../../commands/invocation.ts";
import { requirementOf, TOOLS_WITH_CREDENTIALS, type Requirement } from "../../tools/credentials.ts";
import { failsJob } from "../../project/trace/certainty.ts";
import type { Environment } from "../../project/trace/environment.ts";
import type { StepRun } from "../../project/trace/job-run.ts";
import type { Reach } from "../../project/trace/reach.ts";
import { reachesOfBinaries, type ReachOf } from "../../project/trace/reach-index.ts";
import type { Repository } from "../../project/repository.ts";
import { versionOf } from "../../project/versions.ts";
import { provisionOf, type Provision } from "../environment/provision.ts";
import { functionsFolderOf } from "../convex/convex-project.ts";

/** A command that fails without credentials, as one step reaches it. */
export interface Need {
  readonly requirement: Requirement;
  readonly run: StepRun;
  readonly reach: Reach;
  /** Whether variables that the step provides are enough, whatever turbo then lets through. */
  readonly isMet: "yes" | "no" | "unknown";
  /** True where the command may work all the same, or may fail without failing the job. */
  readonly isOpen: boolean;
  /** The set of variables that the step provides, or the one to provide. */
  readonly names: readonly string[];
}

/** What the commands of a step need, in order; those that need nothing that is known are left out. */
export function needsOf(repository: Repository, run: StepRun): readonly Need[] {
  return repository.deriveFor(run, findNeeds);
}

function findNeeds(repository: Repository, run: StepRun): readonly Need[] {
  const reaches = reachesOfBinaries(run.reaches, TOOLS_WITH_CREDENTIALS);
  return reaches.flatMap((reach) => needOf(repository, run, reach) ?? []);
}

/** What a reached command needs; undefined where it needs nothing that is known. */
export function needOf(repository: Repository, run: StepRun, reach: ReachOf<RunBinary>): Need | undefined {
  const { invocation, directory } = reach;
  if (!directory.known) return undefined;
  const requirement = requirementOf(invocation, {
    version: () => versionOf(repository, invocation.name, directory.value, invocation),
    hasConvexComponents: () => hasComponents(repository, directory.value),
  });
  if (!requirement) return undefined;
  const provided = (names: readonly string[]): readonly Provision[] =>
    names.map((name) => provisionOf(reach.environment.lookupUnfiltered(name)));
  const { accepted } = requirement;
  const met = accepted.find((names) => provided(names).every((provision) => provision === "yes"));
  const possible = accepted.find((names) => !provided(names).includes("no"));
  const begun = accepted.find((names) => provided(names)[0] === "yes");
  return {
    requirement,
    run,
    reach,
    names: met ?? possible ?? begun ?? accepted[0] ?? [],
    isMet: met ? "yes" : possible ? "unknown" : "no",
    get isOpen() {
      return (
        !failsJob(run, reach) || mayComeFromElsewhere(repository, requirement, run, reach.environment, directory.value)
      );
    },
  };
}

/** Files, logins and local deployments that can stand in for variables. */
function mayComeFromElsewhere(
  repository: Repository,
  requirement: Requirement,
  run: StepRun,
  environment: Environment,
  folder: string,
): boolean {
  const { tool, command, files } = requirement;
  const { dotenv, localDeployments, loggedIn } = run.effects;
  if (loggedIn.includes(tool) || (dotenv !== undefined && files.length > 0)) return true;
  if (filesMeet(repository, requirement, environment, folder)) return true;
  // A deployment always goes to the cloud; the other commands use a local deployment where one was made.
  const usesLocal = tool === "convex" && command !== "convex deploy";
  return usesLocal && localDeployments.some((made) => !made.known || made.value === folder);
}

/** Whether the tool's files, with what the environment has, can make up one of the sets. A variable that is set, even to nothing, hides theirs. */
function filesMeet(
  repository: Repository,
  { accepted, files }: Requirement,
  environment: Environment,
  folder: string,
): boolean {
  const paths = files.map((file) => posix.join(folder, file)).filter((path) => repository.files.isTracked(path));
  // A file in another format than dotenv can hold the credential under any name.
  if (paths.some((path) => !posix.basename(path).startsWith(".env"))) return true;
  const values = paths.map((path) => parseEnv(repository.files.read(path)?.text ?? ""));
  const inFiles = (name: string): boolean =>
    environment.lookup(name).state !== "bound" && Boolean(values.find((file) => file[name] !== undefined)?.[name]);
  return accepted.some(
    (set) =>
      set.some(inFiles) &&
      set.every((name) => inFiles(name) || provisionOf(environment.lookupUnfiltered(name)) !== "no"),
  );
}

function hasComponents(repository: Repository, folder: string): boolean {
  const functions = functionsFolderOf(repository, folder);
  return ["convex.config.ts", "convex.config.js"].some((name) => repository.files.exists(posix.join(functions, name)));
}
