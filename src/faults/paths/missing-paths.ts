import { posix } from "node:path";
import { stringOf } from "../../documents/data.ts";
import type { Place } from "../../documents/source.ts";
import { isCertainlyCommitted, isCertainlyUncommitted, mayListFolder } from "../../project/committed.ts";
import { dependsOnFiles, failsJob } from "../../project/trace/certainty.ts";
import { isRepository } from "../../project/trace/checkout.ts";
import type { JobRun, StepRun } from "../../project/trace/job-run.ts";
import { isIgnoredUntouched, isUntouched } from "../../project/trace/untouched.ts";
import type { Reach } from "../../project/trace/reach.ts";
import { folderOf, foldersUp, type Repository } from "../../project/repository.ts";
import { faultsOfJobs, isHosted, STEP_ITSELF, type FaultPlace, type Sighting } from "../call-sites.ts";
import { tellCommand, type ToldCommand } from "../chain.ts";
import { mayBeCached } from "../turbo/shared-cache.ts";
import { isBeforeCheckout } from "./early-actions.ts";
import { mayMatchTests, mayRestoreTests } from "./matching-tests.ts";
import { usesWorkflow } from "../workflows/misplaced-workflows.ts";
import { arePatterns, type Naming } from "./naming.ts";
import { isOfOtherFiles, leavesLink, mayBeMoved } from "./other-checkouts.ts";
import { pathsOfCommands } from "./paths-of-commands.ts";
import { pathsOfStep } from "./paths-of-steps.ts";
import { pathsOfTests } from "./paths-of-tests.ts";
import { replacementFor } from "./similar-paths.ts";

/** A path that a step, or a command that it reaches, needs and the checkout has not. */
export interface MissingPath extends ToldCommand {
  readonly kind:
    | "earlyAction"
    | "ignoredFile"
    | "missingAction"
    | "missingFile"
    | "missingFolder"
    | "unmatchedHash"
    | "unmatchedPaths"
    | "unmatchedTests";
  /** Where the value is written, if not at the place. */
  readonly writtenAt: Place | undefined;
  /** Relative to the repository root. */
  readonly path: string;
  /** The line of a .gitignore that leaves it out; undefined for several patterns. */
  readonly ignoredAt: Place | undefined;
  /** What may have been meant, relative to the repository root. */
  readonly similar: string | undefined;
  /** The same as it would be written, and where. */
  readonly replacement: { readonly text: string; readonly at: Place } | undefined;
}

/** Whether git may have left out here what other checkouts have. */
export function isSparse({ files }: Repository): boolean {
  return files.exists(".git/info/sparse-checkout");
}

interface Sought {
  readonly naming: Naming;
  /** True for an action of the checkout before there is one. */
  readonly isEarly: boolean;
}

const KINDS = {
  action: "missingAction",
  file: "missingFile",
  folder: "missingFolder",
  hashed: "unmatchedHash",
  patterns: "unmatchedPaths",
  tests: "unmatchedTests",
} as const;

function kindOf({ files }: Repository, { naming: { kind, path = "" }, isEarly }: Sought): MissingPath["kind"] {
  if (isEarly) return "earlyAction";
  return kind === "file" && isOrdinary(path) && files.isIgnored(path) ? "ignoredFile" : KINDS[kind];
}

/** The paths that steps of a workflow or action name, be it through scripts, and that are not there: there they fail. */
export function missingPaths(repository: Repository, path: string): readonly MissingPath[] {
  const { files } = repository;
  // What a submodule holds is not here. Without git it is a template or an example, of which GitHub runs nothing where it stands.
  if (files.exists(".gitmodules") || !files.exists(".git") || isSparse(repository)) return [];
  return faultsOfJobs(repository, path, sightingsIn).map((fault) => describe(repository, fault));
}

function sightingsIn(repository: Repository, job: JobRun): readonly Sighting<Sought>[] {
  const runs = job.steps.filter(({ step }) => !usesWorkflow(repository, step));
  return runs.flatMap((run) =>
    [...pathsOfStep(run), ...pathsOfCommands(run), ...pathsOfTests(repository, job, run)].map(
      (naming): Sighting<Sought> => {
        const isEarly = naming.kind === "action" && isBeforeCheckout(job, run);
        return {
          run,
          // Most paths are there, and nobody asks where they are named.
          get place() {
            return naming.place;
          },
          get subject() {
            return `${naming.kind}\0${naming.subject}`;
          },
          verdict: isEarly ? "faulty" : verdictOf(repository, job, run, naming),
          value: { naming, isEarly },
        };
      },
    ),
  );
}

function verdictOf(repository: Repository, job: JobRun, run: StepRun, naming: Naming): Sighting<unknown>["verdict"] {
  const { kind, path, others, reach, within = "", asksForHosted } = naming;
  if (path === undefined || !(within === "" || repository.files.exists(within))) return "unknown";
  if (
    naming.search
      ? mayMatchTests(repository, naming.search)
      : [path, ...others].some((other) => isThere(repository, kind, other))
  )
    return "sound";
  const paths = arePatterns(kind) ? patternsOf(path) : [path];
  const isAbsent =
    isInCheckout(repository, run, kind, path) &&
    (job.runner.os === "Linux" || !mayBeThere(repository, job, naming, path)) &&
    (asksForHosted !== true || isHosted(job)) &&
    // Nothing fails for a hash that is empty.
    (kind === "hashed" || failsJob(run, reach ?? STEP_ITSELF)) &&
    !dependsOnFiles(run) &&
    !isAfterFailure(run) &&
    !(kind === "tests" ? paths : [path]).some((one) => isOfOtherFiles(repository, run, reach, one)) &&
    !(reach && (mayBeMoved(repository, run, reach) || startsAtLink(repository, naming))) &&
    !(reach && (mayBeCached(run, reach) || isScript(repository, reach, naming.written))) &&
    paths.every((one) =>
      arePatterns(kind) && repository.files.isIgnored(one)
        ? isIgnoredUntouched(job, run, reach, one)
        : isUntouched(job, run, reach, one),
    ) &&
    !(naming.search && mayRestoreTests(job, run, naming.search));
  return isAbsent ? "faulty" : "unknown";
}

/** Whether a step runs only where one before it failed: then files are there that programs leave where they fail. */
function isAfterFailure({ conditions }: StepRun): boolean {
  return conditions.some(({ condition }) => /\bfailure\s*\(/.test(stringOf(condition.node) ?? ""));
}

function startsAtLink(repository: Repository, { reach, written, search }: Naming): boolean {
  if (reach?.directory.known !== true) return false;
  const folder = reach.directory.value;
  return (search?.paths ?? [written]).some((path) => leavesLink(repository, folder, path));
}

/** Whether a package has a script of that name, which Bun takes first. */
function isScript(repository: Repository, { directory, invocation }: Reach, name: string): boolean {
  if (invocation.kind !== "file" || !directory.known) return false;
  return [...foldersUp(directory.value)].some((folder) => repository.manifest(folder)?.scripts.has(name) === true);
}

/** What GitHub takes for an action, in its folder. https://github.com/actions/runner/blob/main/src/Runner.Worker/ActionManager.cs */
const ACTION_FILES = ["action.yml", "action.yaml", "Dockerfile", "dockerfile"];

const found = (): Map<string, boolean> => new Map();

function isThere({ packages }: Repository, kind: Naming["kind"], path: string): boolean {
  const memo = packages.derive(found);
  const key = `${kind}\0${path}`;
  let answer = memo.get(key);
  if (answer === undefined) memo.set(key, (answer = isFound(packages, kind, path)));
  return answer;
}

function isFound(repository: Repository, kind: Naming["kind"], path: string): boolean {
  const { files } = repository;
  if (kind === "action") return ACTION_FILES.some((name) => files.exists(posix.join(path, name)));
  if (kind === "file") return files.exists(path) && !isLeftOut(repository, path);
  if (kind === "folder") return files.exists(path);
  const patterns = patternsOf(path).flatMap((pattern) => [pattern, `${pattern}/**`]);
  return files.glob("", patterns, [], true).some((match) => !isLeftOut(repository, match));
}

/** Whether a file is there for its author only: git ignores it, and has not got it all the same. */
function isLeftOut(repository: Repository, path: string): boolean {
  if (!isOrdinary(path) || !repository.files.isIgnored(path)) return false;
  // A folder above may be committed as a link.
  return [path, ...foldersUp(folderOf(path))].every((one) => one === "" || isCertainlyUncommitted(repository, one));
}

/** Lines without comments and exclusions. */
function patternsOf(lines: string): readonly string[] {
  const patterns = lines.split("\n").map((line) => posix.normalize(line.trim()).replace(/\/$/, ""));
  return patterns.filter((line) => !/^(?:[#!]|\.$)/.test(line));
}

/** Whether another machine than one with Linux may find something for a path that is not there. */
function mayBeThere(repository: Repository, { runner }: JobRun, { kind, reach }: Naming, path: string): boolean {
  if (arePatterns(kind) || isThereInOtherCase(repository, path)) return true;
  if (runner.os === "macOS") return false;
  // Bash on Windows finds `gen.exe` for `gen`, and a package's script may run in a shell that keeps backslashes.
  return (
    repository.files.exists(`${path}.exe`) ||
    (reach !== undefined && basename(reach) === "package.json" && reach.located.text.includes("\\"))
  );
}

function basename({ located }: Reach): string {
  return posix.basename(located.host.source.path);
}

/** On macOS and Windows the case of a name may not matter. */
function isThereInOtherCase({ files }: Repository, path: string): boolean {
  let found = "";
  for (const part of path.split("/")) {
    const name = files.list(found).find((other) => other.toLowerCase() === part.toLowerCase());
    if (name === undefined) return false;
    found = posix.join(found, name);
  }
  return true;
}

/** Whether a path is one of the checkout, where git leaves nothing out and nobody is about to commit it. */
function isInCheckout(repository: Repository, { workspace }: StepRun, kind: Naming["kind"], path: string): boolean {
  const { files } = repository;
  if (!isRepository(workspace)) return false;
  if (arePatterns(kind)) {
    const patterns = patternsOf(path);
    const isIgnored = (one: string): boolean => files.isIgnored(one) || files.isIgnored(`${one}/`);
    return patterns.length > 0 && patterns.every(isOrdinary) && !(kind === "tests" && patterns.some(isIgnored));
  }
  if (!isOrdinary(path) || (isCertainlyCommitted(repository, path) && !isFileOfAction(repository, kind, path)))
    return false;
  // Folders that git ignores are made by tools.
  if (kind === "folder" && files.isIgnored(`${path}/`)) return false;
  if (mayListFolder(repository, path)) return false;
  // A link may lead to where nothing is yet.
  return files.exists(path) || !files.list(folderOf(path)).includes(posix.basename(path));
}

/** Whether the path of an action is that of its file: what git has in the place of a folder may else be a link to one. */
function isFileOfAction({ files }: Repository, kind: Naming["kind"], path: string): boolean {
  return kind === "action" && /\.ya?ml$/.test(path) && files.read(path) !== undefined;
}

function isOrdinary(path: string): boolean {
  return path !== "" && !/^(?:\/|\.\.)|[~\\$]|(?:^|\/)(?:node_modules|\.git)(?:\/|$)/.test(path);
}

function ignoredAt({ files }: Repository, kind: MissingPath["kind"], path: string): Place | undefined {
  if (kind === "ignoredFile") return files.ignoredAt(path);
  const [pattern = "", ...others] = kind === "unmatchedHash" ? patternsOf(path) : [];
  return pattern === "" || others.length > 0 ? undefined : files.ignoredAt(pattern);
}

function describe(repository: Repository, fault: FaultPlace<Sought>): MissingPath {
  const { place, frame, sighting } = fault;
  const { naming } = sighting.value;
  const { path = "", reach, nameAt } = naming;
  const kind = kindOf(repository, sighting.value);
  const told = reach
    ? tellCommand(fault, naming.told ?? reach)
    : { place, text: frame ? frame.uses.text : naming.text, chain: "", command: "", runAt: undefined };
  const isHere = !frame && told.chain === "";
  const found = kind === "earlyAction" || kind === "ignoredFile" ? undefined : replacementFor(repository, naming);
  return {
    ...told,
    kind,
    path: kind === "unmatchedTests" ? path : path.replaceAll(/\s*\n\s*/g, " "),
    writtenAt: frame && !reach ? sighting.place : undefined,
    ignoredAt: ignoredAt(repository, kind, path),
    similar: found?.path,
    replacement: isHere && nameAt && found?.text !== undefined ? { text: found.text, at: nameAt } : undefined,
  };
}
