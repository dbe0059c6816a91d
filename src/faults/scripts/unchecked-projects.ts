import { posix } from "node:path";
import { textOf } from "../../commands/arguments.ts";
import type { RunBinary } from "../../commands/invocation.ts";
import { dependencyRange } from "../../documents/manifest.ts";
import { known, unknown, type Known } from "../../documents/known.ts";
import type { StepRun } from "../../project/trace/job-run.ts";
import type { ReachOf } from "../../project/trace/reach-index.ts";
import type { Reach } from "../../project/trace/reach.ts";
import { runsOfWorkflow } from "../../project/trace/runs.ts";
import { folderOf, foldersUp, type Repository } from "../../project/repository.ts";
import { checkOf, isCompiler, soleConfigOf, withReferences } from "../../project/typescript/compiler.ts";
import type { Project } from "../../project/typescript/project.ts";
import { isSolution } from "../../project/typescript/solution.ts";
import { versionOf } from "../../project/versions.ts";
import { workspaceOf } from "../../project/workspace.ts";
import type { Word } from "../../shell/command.ts";
import { normalizeDirectory } from "../../shell/directory.ts";
import { isQuietBinary } from "../../tools/quiet-commands.ts";
import { TYPE_CHECKERS, TYPE_CHECKING_PACKAGES } from "../../tools/type-checkers.data.ts";
import { liesWithin } from "../../tools/version-range.ts";
import { startedWorkflow } from "../call-sites.ts";
import { isInstalled, type Lack } from "./lack.ts";

/** The compilers that pass over references, and since when: TypeScript 4.9 to 7.0 and vue-tsc 2.0, 2.2 and 3.3, run. */
const COMPILERS: ReadonlyMap<string, string> = new Map([
  ["tsc", ">=4.9"],
  ["vue-tsc", ">=2"],
]);
/** Flags with which the compiler still succeeds where it has nothing to check. */
const PLAIN_FLAGS = /^--?(?:p|project|noEmit|pretty|skipLibCheck|strict|incremental|diagnostics|extendedDiagnostics)$/i;
/** Those that may stand beside `-b`: `--noEmit` since TypeScript 5.6 (5.5.4 fails with TS5094). */
const BUILD_FLAGS = /^--?(?:p|project|noEmit|pretty)$/i;
const BUILD_VERSIONS = ">=5.6";
/** What may check types by another name. */
const NAMES_CHECK = /tsc|ts-?check|type-?s?-?check|check-?types?|tsconfig|typescript/i;

/** What a compiler passes over, and nothing else in the workflow checks; undefined for what is no compiler. */
export function uncheckedLack(
  repository: Repository,
  run: StepRun,
  reach: ReachOf<RunBinary>,
): Known<Lack | undefined> | undefined {
  const { invocation, directory } = reach;
  const versions = COMPILERS.get(invocation.name);
  if (versions === undefined) return undefined;
  if (!directory.known || !run.workspace.isCheckedOut || !isInstalled(reach))
    return unknown("what it checks is not known");
  const folder = directory.value;
  const path = soleConfigOf(repository, invocation, folder);
  if (path === undefined) return unknown("what it checks is not known");
  const typescript = versionOf(repository, "typescript", folder);
  if (!isSolution(repository, path, typescript)) return known(undefined);
  const isOfVersion = liesWithin(
    invocation.name === "tsc" ? typescript : versionOf(repository, invocation.name, folder),
    versions,
  );
  const isPlain = invocation.args.every(({ shape }) => !shape.startsWith("-") || PLAIN_FLAGS.test(shape));
  const isAsked = invocation.version !== undefined || reach.located.text.includes("typescript@");
  if (!isOfVersion || !isPlain || isAsked || mayBeChecked(repository, run, path))
    return unknown("something else may check them");
  const words = wordsOf(reach);
  const build =
    words && liesWithin(typescript, BUILD_VERSIONS) ? buildOf(words, refersOn(repository, path)) : undefined;
  return known({
    kind: "uncheckedProjects",
    names: [path],
    owner: undefined,
    similar: build,
    ...(words?.[0] && { words: [words[0], words.at(-1) ?? words[0]] }),
  });
}

/** The compiler's own words in a command. */
function wordsOf({ located, invocation: { name, args } }: ReachOf<RunBinary>): readonly Word[] | undefined {
  const { words } = located.command;
  const own = words.slice(words.length - args.length - 1);
  return textOf(own[0]) === name && own.every((word, index) => index === 0 || word === args[index - 1])
    ? own
    : undefined;
}

/** Whether a project that a configuration refers to refers to others in turn. */
function refersOn(repository: Repository, path: string): boolean {
  return projectsOf(repository, path).some((project) => repository.tsConfig(project)?.references.length !== 0);
}

/** The configurations that one refers to. */
function projectsOf(repository: Repository, path: string): readonly string[] {
  return (repository.tsConfig(path)?.references ?? []).map(({ name }) => {
    const target = normalizeDirectory(posix.join(folderOf(path), name));
    return target.endsWith(".json") ? target : posix.join(target, "tsconfig.json");
  });
}

/** The same with `-b`, which has to come first; undefined where that fails. */
function buildOf([compiler, ...args]: readonly Word[], hasChain: boolean): string | undefined {
  const isAllowed = ({ shape, value }: Word): boolean =>
    value.known && /^[\w./-]+$/.test(shape) && (!shape.startsWith("-") || BUILD_FLAGS.test(shape));
  const at = args.findIndex(({ shape }) => /^--?p(?:roject)?$/i.test(shape));
  const project = at < 0 ? [] : args.slice(at + 1, at + 2);
  const others = at < 0 ? args : [...args.slice(0, at), ...args.slice(at + 2)];
  if (!compiler || !args.every(isAllowed)) return undefined;
  // TS6310 (5.6.1-rc, 5.9.3 and 6.0.3, run): what another project refers to has to emit.
  if (hasChain && args.some(({ shape }) => /^--?noEmit$/i.test(shape))) return undefined;
  return [compiler.shape, "-b", ...[...project, ...others].map(({ shape }) => shape)].join(" ");
}

/** What is passed over: the configurations that are named, and their projects where all of them are known. */
interface PassedOver {
  readonly folders: readonly string[];
  readonly projects: readonly Project[];
}

/** Whether something else in the workflow checks the projects, or may. */
function mayBeChecked(repository: Repository, run: StepRun, path: string): boolean {
  const [, ...projects] = withReferences(repository, [path]);
  const own = projectsOf(repository, path).map(folderOf);
  const passedOver = {
    folders: [...new Set([...own, ...projects.map((project) => folderOf(project.path))])],
    projects,
  };
  const workflow = startedWorkflow(repository, run);
  const steps = workflow ? runsOfWorkflow(repository, workflow).flatMap((job) => job.steps) : [];
  return (
    steps.length === 0 ||
    passedOver.folders.some((folder) => isCheckedByPlugin(repository, folder)) ||
    steps.some(({ step, reaches }) => {
      if (step.uses && NAMES_CHECK.test(step.uses.text)) return true;
      const followed = new Set(reaches.flatMap(({ hops, located }) => hops.filter((hop) => hop !== located)));
      return reaches.some((reach) => !followed.has(reach.located) && mayCheck(repository, reach, path, passedOver));
    })
  );
}

function mayCheck(
  repository: Repository,
  { invocation, directory, located }: Reach,
  path: string,
  { folders, projects }: PassedOver,
): boolean {
  const { words, redirects } = located.command;
  if (redirects.some(({ target }) => target.shape.includes("tsconfig"))) return true;
  const isNamed = words.some(({ shape }) => NAMES_CHECK.test(shape));
  if (invocation.kind !== "binary") return isNamed;
  if (!TYPE_CHECKERS.has(invocation.name)) return isNamed && !isQuietBinary(invocation);
  if (!directory.known) return true;
  const folder = directory.value;
  if (isCompiler(invocation)) {
    const checked = checkOf(repository, invocation, folder).projects;
    const isOther = (project: Project): boolean => project.path !== path;
    return checked.length === 0 || checked.filter(isOther).some((project) => overlaps(project, projects));
  }
  return folders.some((other) => isWithin(other, folder) || isWithin(folder, other));
}

/** Whether a project holds what others hold; it may where they are not known. */
function overlaps(one: Project, others: readonly Project[]): boolean {
  if (others.length === 0) return true;
  return others.some((other) => one.path === other.path || one.files.some((file) => other.files.includes(file)));
}

function isWithin(inner: string, outer: string): boolean {
  return outer === "" || inner === outer || inner.startsWith(`${outer}/`);
}

function isCheckedByPlugin(repository: Repository, folder: string): boolean {
  const folders = [...foldersUp(folder)];
  const workspace = workspaceOf(repository, folder);
  const above = workspace?.packages.filter(({ directory }) => folders.includes(directory)) ?? [];
  return above.some(({ manifest }) =>
    [...TYPE_CHECKING_PACKAGES].some((name) => dependencyRange(manifest, name) !== undefined),
  );
}
