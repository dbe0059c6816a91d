import { posix } from "node:path";
import { textOf } from "../../commands/arguments.ts";
import type { RunBinary } from "../../commands/invocation.ts";
import { readPackageSpec } from "../../commands/package-spec.ts";
import { LOCKFILE_NAMES } from "../../documents/lockfile.ts";
import type { Known } from "../../documents/known.ts";
import { dependencyRange } from "../../documents/manifest.ts";
import { isRepository } from "../../project/trace/checkout.ts";
import type { JobRun, StepRun } from "../../project/trace/job-run.ts";
import { reachesOfKind } from "../../project/trace/reach-index.ts";
import type { Reach } from "../../project/trace/reach.ts";
import type { LocatedCommand } from "../../project/trace/routine.ts";
import { foldersUp, type Repository } from "../../project/repository.ts";
import { versionOf } from "../../project/versions.ts";
import { declaredManager, workspaceOf } from "../../project/workspace.ts";
import {
  DEMANDING_TOOLS,
  NPM_REQUIREMENTS,
  PNPM_REQUIREMENTS,
  type DemandingTool,
  type NodeRequirement,
} from "../../tools/node-requirements.data.ts";
import { mayBeCached, searchesElsewhere } from "../setup/manager-needs.ts";

/** A command that runs only on some Node.js. */
export interface Demand {
  readonly run: StepRun;
  readonly reach: Reach;
  /** The tool with its version, as a message calls it. */
  readonly title: string;
  /** A version or range. */
  readonly version: string;
  readonly requirements: readonly NodeRequirement[];
  /** The tool whose package the repository has or `npx` fetches; undefined for a package manager. */
  readonly tool: DemandingTool | undefined;
}

const TOOLS = new Map(DEMANDING_TOOLS.flatMap((tool) => tool.names.map((name) => [name, tool] as const)));

/** What finds the executable of a package, so that it is none that is installed globally. */
const RUNS_PACKAGES = /^(?:npm|npx|pnpm|pnpx|yarn)$|node_modules\//;

/** What a command demands of Node.js; `pnpm` is the version of the pnpm that steps find. Undefined where nothing is known. */
export function demandOf(
  repository: Repository,
  run: StepRun,
  reach: Reach,
  pnpm: string | undefined,
): Demand | undefined {
  const { invocation, located, hops } = reach;
  const name = textOf(located.command.words[0]) ?? "";
  const ofManager = (title: string, version: string, requirements: Demand["requirements"]): Demand => ({
    run,
    reach,
    title: `${title} ${version}`,
    version,
    requirements,
    tool: undefined,
  });
  if (pnpm !== undefined && hops.length === 1 && (name === "pnpm" || name === "pnpx"))
    return ofManager("pnpm", pnpm, PNPM_REQUIREMENTS);
  if (invocation.kind !== "binary") return undefined;
  if (invocation.name === "npm" && name === "npm") {
    const asked = newNpm(invocation);
    return asked === undefined ? undefined : ofManager("npm", asked, NPM_REQUIREMENTS);
  }
  const tool = TOOLS.get(invocation.name);
  const isOfPackage = RUNS_PACKAGES.test(name) || posix.basename(located.host.source.path) === "package.json";
  const version = tool && isOfPackage ? toolVersion(repository, run, reach, invocation, tool) : undefined;
  if (!tool || version === undefined) return undefined;
  const title = version === "latest" ? `the newest ${tool.title}` : `${tool.title} ${invocation.version ?? version}`;
  return { run, reach, title, version, requirements: tool.requirements, tool };
}

/** The npm that `npm install --global npm@…` asks for. */
function newNpm({ args }: RunBinary): string | undefined {
  const words = args.map(textOf);
  const has = (...flags: readonly string[]): boolean =>
    words.some((word) => word !== undefined && flags.includes(word));
  const isInstall = has("add", "i", "install") && has("-g", "--global", "--location=global");
  if (!isInstall || has("-f", "--force") || words.includes(undefined)) return undefined;
  return words.flatMap((word) => /^npm@(.+)$/.exec(word ?? "")?.[1] ?? [])[0];
}

/** The version of a tool's package where a command runs it. */
function toolVersion(
  repository: Repository,
  { workspace }: StepRun,
  { directory, located }: Reach,
  { name, version, fetches }: RunBinary,
  { packages }: DemandingTool,
): string | undefined {
  // `npx ng` and `npx firebase` fetch packages of these names.
  const isPackage = packages.includes(name);
  if (version !== undefined)
    return isPackage && version !== "*" ? versionOf(repository, name, "", { version }) : undefined;
  const isAsked = located.command.words.some(({ shape }) => {
    const spec = readPackageSpec(shape);
    return spec.version !== undefined && packages.includes(spec.name);
  });
  if (isAsked || !directory.known || !isRepository(workspace)) return undefined;
  const folder = directory.value;
  const present = packages.flatMap((candidate) => versionOf(repository, candidate, folder) ?? [])[0];
  if (present !== undefined || !isPackage || isRunByNpm(located)) return present;
  return versionOf(repository, name, folder, { fetches });
}

/** Whether the Node.js that runs a command is the one that was set up, and the tool the one that the repository tells of. */
export function isAsSetUp(repository: Repository, job: JobRun, { run, reach, tool }: Demand): boolean {
  if (searchesElsewhere(reach.environment)) return false;
  if (tool === undefined) return true;
  const before = reachesOfJobBefore(job, run, reach);
  return (
    !isRunElsewhere(repository, job, run, reach) &&
    !mayBeReplaced(before, tool) &&
    !mayBeFetched(repository, before, reach)
  );
}

function reachesOfJobBefore({ steps }: JobRun, run: StepRun, at: Reach): readonly Reach[] {
  const earlier = steps.slice(0, steps.indexOf(run)).flatMap(({ reaches }) => reaches);
  return [...earlier, ...run.reaches.slice(0, run.reaches.indexOf(at))];
}

function isRunByNpm({ command }: LocatedCommand): boolean {
  return /^np[mx]$/.test(textOf(command.words[0]) ?? "");
}

/**
 * Whether `npx` may run another version than the one of the repository: one of a folder above or, where it finds none, the newest of
 * which `engines` fit. npm 10.8.2 and 11.19.1 under Node.js 20.20.2 fetch Wrangler 4.86.0 for `npx wrangler`, not 4.164.0.
 */
function mayBeFetched(
  repository: Repository,
  before: readonly Reach[],
  { invocation, located, directory }: Reach,
): boolean {
  if (invocation.kind !== "binary" || invocation.version !== undefined || !isRunByNpm(located)) return false;
  const rootOf = (folder: Known<string>): string | undefined =>
    folder.known ? workspaceOf(repository, folder.value)?.root.directory : undefined;
  const installs = before.filter((reach) => reach.invocation.kind === "install");
  return !installs.some((install) => rootOf(install.directory) === rootOf(directory));
}

/** Programs that run others by another Node.js than the one that a step finds. */
const RUN_ELSEWHERE = /^(?:bunx?|doas|su|sudo)\b/;
/** Settings with which scripts are run by another Node.js, or by a shell that may find one. */
const CHOOSES_NODE = /use-?node-?version|script-?shell|executionEnv|"?runtime"?\s*:/i;
const NODE_VARIABLES: readonly string[] = [
  "npm_config_use_node_version",
  "NPM_CONFIG_USE_NODE_VERSION",
  "pnpm_config_use_node_version",
  "PNPM_CONFIG_USE_NODE_VERSION",
];
/** A package that brings an executable `node`, in whichever lockfile. */
const NODE_PACKAGE = /(?<![\w@/.-])node@|node_modules\/node"|(?<!types)\/node\/\d|"node": ?\[/;

/** Whether another Node.js may run a command, or what it leaves is taken from a cache. */
function isRunElsewhere(repository: Repository, job: JobRun, { reaches }: StepRun, reach: Reach): boolean {
  const { directory, environment, filters, hops } = reach;
  if (!directory.known || hops.some(({ text }) => RUN_ELSEWHERE.test(text))) return true;
  if (hops.some(({ text }) => /(?<![\w@/.-])node@/.test(text))) return true;
  if (NODE_VARIABLES.some((name) => environment.lookupUnfiltered(name).state !== "absent")) return true;
  const root = workspaceOf(repository, directory.value)?.root;
  const isOfBun = root === undefined || declaredManager(root.manifest).startsWith("bun@");
  if (filters.length > 0 && (isOfBun || reachesOfKind(reaches, "turbo").some((turbo) => mayBeCached(job, turbo))))
    return true;
  const folders = [...foldersUp(directory.value)];
  const isIn = (names: readonly string[], pattern: RegExp): boolean =>
    folders.some((folder) =>
      names.some((name) => pattern.test(repository.files.read(posix.join(folder, name))?.text ?? "")),
    );
  const brings = folders.some((folder) => {
    const manifest = repository.manifest(folder);
    return manifest !== undefined && dependencyRange(manifest, "node") !== undefined;
  });
  return (
    brings ||
    isIn([".npmrc", "package.json", "pnpm-workspace.yaml"], CHOOSES_NODE) ||
    isIn(LOCKFILE_NAMES, NODE_PACKAGE)
  );
}

/** Whether a command before names a package, and so may install another version of it than the repository has. */
function mayBeReplaced(before: readonly Reach[], { packages, names }: DemandingTool): boolean {
  return before.some(
    ({ invocation, located }) =>
      !(invocation.kind === "binary" && names.includes(invocation.name)) &&
      located.command.words.some(({ shape }) => packages.includes(readPackageSpec(shape).name)),
  );
}
