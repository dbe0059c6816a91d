import { posix } from "node:path";
import { lt } from "semver";
import { isPattern, type PackageManager, type RunBinary, type RunScript } from "../../commands/invocation.ts";
import { known, unknown, type Known } from "../../documents/known.ts";
import type { Command, Word } from "../../shell/command.ts";
import { isNewYarn, packagesOf, scriptOwnersOf } from "../../project/trace/package-scope.ts";
import { onceForCommands } from "../../project/trace/once-for-commands.ts";
import type { ReachOf } from "../../project/trace/reach-index.ts";
import type { Reach } from "../../project/trace/reach.ts";
import { foldersUp, type Repository } from "../../project/repository.ts";
import { declaredManager, workspaceOf, type WorkspacePackage } from "../../project/workspace.ts";
import { RUNNER_PROGRAMS } from "../../tools/programs.data.ts";
import { isSpelledLike, similarTo } from "../similar-names.ts";
import { isPackageName, separateValueLack, type Lack } from "./lack.ts";

/**
 * Names that mean something without a script too: `npm start` runs server.js, `npm run env` prints variables, `npm run test` passes
 * with npm 6, `pnpm test` may.
 */
const OWN_NAMES = new Set(["env", "restart", "start", "stop", "test"]);

/**
 * What a package manager is asked for and does not find: undefined where it finds it. Seen with npm 10, pnpm 8 to 12, Yarn 1 and 4,
 * Bun 1.2.18, 1.3.1 and 1.4.5.
 */
export function scriptLack(repository: Repository, reach: ReachOf<RunScript | RunBinary>): Known<Lack | undefined> {
  const lack = lackOfCommand(repository, reach);
  return lack.known && isChangedBySettings(repository, reach) ? unknown("settings may select other packages") : lack;
}

const lackOfCommand = onceForCommands((repository, reach: ReachOf<RunScript | RunBinary>): Known<Lack | undefined> => {
  const { invocation, directory, located } = reach;
  if (invocation.kind === "binary" && invocation.shadows)
    return known(shadowLack(repository, invocation, invocation.shadows, directory));
  const manager = invocation.kind === "script" ? invocation.manager : invocation.soughtBy;
  const names = invocation.kind === "script" ? invocation.names : [invocation.name];
  const [name] = names;
  if (!manager || name === undefined || names.some(isPattern)) return unknown("the names are patterns");
  if (located.command.words.some(({ shape }) => shape.includes("--if-present"))) return known(undefined);
  if (isOneOfSeveral(located.command)) return unknown("another command may decide whether it succeeds");
  const packages =
    invocation.kind === "script"
      ? scriptOwnersOf(repository, invocation, directory)
      : packagesOf(repository, invocation, directory);
  if (!packages || !directory.known) return unknown("the packages are not known");
  const { scope } = invocation;
  // What a member in a submodule has is not known.
  if (scope.kind === "filtered" && repository.files.exists(".gitmodules")) return unknown("a member may be elsewhere");
  // Whose members a filter selects from is another manager's own matter, and that of a workspace within one.
  if (scope.kind !== "here" && workspaceOf(repository, directory.value)?.manager !== manager)
    return unknown("the workspace is another manager's");
  if (packages.length === 0) return packageLack(repository, manager, reach, directory.value);
  const missing = names.find((candidate) => lacks(manager, packages, candidate));
  if (missing === undefined) return known(undefined);
  // A package that is made in the run lies in a folder of its own.
  if (scope.kind === "here" && packages[0]?.directory !== directory.value) return unknown("it is no package's folder");
  if (OWN_NAMES.has(missing)) return unknown("the name means something by itself");
  const lacking = packages.filter(({ manifest }) => !manifest.scripts.has(missing));
  const scripts = lacking.flatMap(({ manifest }) => [...manifest.scripts.keys()]);
  const isRun = located.command.words.some(({ shape }) => shape === "run" || shape === "run-script");
  const isSelection = scope.kind !== "here" && scope.kind !== "root";
  // pnpm looks for an executable in each package of a filter since 11; `yarn run -T` does in the root.
  const isScriptOnly = isRun || (isSelection && isOldPnpm(repository, directory.value));
  const mayBeExecutable = invocation.kind === "binary" || manager === "yarn" || (manager === "pnpm" && !isScriptOnly);
  if (mayBeExecutable && !isScriptName(repository, missing, directory.value, scripts)) {
    return unknown("an executable can have that name");
  }
  if (invocation.kind === "script" && invocation.lostTo && missing === "run") {
    return known(separateValueLack("lostRun", invocation.lostTo));
  }
  const [only, ...others] = lacking;
  const owner = only && others.length === 0 ? posix.join(only.directory, "package.json") : undefined;
  const mayPass = manager === "pnpm" && isSelection && mayPassOver(repository, directory.value);
  const kind = mayPass ? "unselectedScript" : "missingScript";
  const advice =
    manager === "pnpm" && isSelection && !isRun ? `With \`exec ${missing}\` it runs an executable.` : undefined;
  return known({
    kind,
    names: [missing],
    owner,
    similar: similarTo(missing, scripts),
    ...(advice !== undefined && { advice }),
  });
});

/**
 * The first pnpm that fails where none of the packages that it selects has the script: 10.28.1 and 10.34.0 do, 8.15.9, 9.15.9 and
 * 10.28.0 say so and succeed, run.
 */
const FAILS_UNSELECTED = "10.28.1";

function mayPassOver(repository: Repository, folder: string): boolean {
  const workspace = workspaceOf(repository, folder);
  const [, version] = /^pnpm@(\d+\.\d+\.\d+)/.exec(workspace ? declaredManager(workspace.root.manifest) : "") ?? [];
  return version === undefined || lt(version, FAILS_UNSELECTED);
}

/** Whether a workspace declares a pnpm in which `pnpm --filter web x` is for scripts alone: 8.15.9, 9.15.9, 10.0.0 and 10.34.9, run with an executable of that name. */
function isOldPnpm(repository: Repository, folder: string): boolean {
  const workspace = workspaceOf(repository, folder);
  return /^pnpm@(?:8|9|10)\./.test(workspace ? declaredManager(workspace.root.manifest) : "");
}

/** A script whose name pnpm takes for its own command: seen with pnpm 8.15, 9.15 and 10.34, not with 12.21. */
function shadowLack(
  repository: Repository,
  invocation: RunBinary,
  word: Word,
  directory: Known<string>,
): Lack | undefined {
  const workspace = directory.known ? workspaceOf(repository, directory.value) : undefined;
  const [, major] = /^pnpm@(\d+)\./.exec(workspace ? declaredManager(workspace.root.manifest) : "") ?? [];
  const name = word.shape;
  const [first, ...others] =
    packagesOf(repository, invocation, directory)?.filter(({ manifest }) => manifest.scripts.has(name)) ?? [];
  if (!/^(?:8|9|10)$/.test(major ?? "") || !first) return undefined;
  const owner = others.length === 0 ? posix.join(first.directory, "package.json") : undefined;
  return { kind: "shadowedScript", names: [name], owner, similar: `run ${name}`, words: [word, word] };
}

/** Whether it is open whose failure counts, as with `concurrently --success first`, or nothing fails, as with Yarn's `foreach`. */
function isOneOfSeveral({ words }: Command): boolean {
  const has = (...texts: readonly string[]): boolean =>
    words.some(({ shape }) => texts.includes(shape.split("=")[0] ?? ""));
  return has("foreach") || (has("concurrently") && has("-s", "--success"));
}

/** Settings with which npm and pnpm run a script in other packages, or do without it: names in files, and variables. */
const SETTINGS = /^\s*(?:if-present|include-?workspace-?root|workspaces?)\s*[=:]/im;
const SETTING_VARIABLES = ["if_present", "include_workspace_root", "workspace", "workspaces"].flatMap((name) => [
  `npm_config_${name}`,
  `NPM_CONFIG_${name.toUpperCase()}`,
]);

function isChangedBySettings({ packages }: Repository, { directory, environment }: Reach): boolean {
  return (
    (directory.known && packages.deriveFor(directory.value, hasSettings)) ||
    SETTING_VARIABLES.some((name) => environment.lookup(name).state === "bound")
  );
}

function hasSettings({ files }: Repository, folder: string): boolean {
  const paths = [...foldersUp(folder)].flatMap((at) =>
    [".npmrc", "pnpm-workspace.yaml"].map((name) => posix.join(at, name)),
  );
  return paths.some((path) => SETTINGS.test(files.read(path)?.text ?? ""));
}

/** npm fails for the first package without the script, the others only where no package has it. */
function lacks(manager: PackageManager, packages: readonly WorkspacePackage[], name: string): boolean {
  const has = ({ manifest }: WorkspacePackage): boolean => manifest.scripts.has(name);
  return manager === "npm" ? !packages.every(has) : !packages.some(has);
}

function packageLack(
  repository: Repository,
  manager: PackageManager,
  { invocation: { scope }, located }: ReachOf<RunScript | RunBinary>,
  folder: string,
): Known<Lack | undefined> {
  const filters = scope.kind === "filtered" ? scope.filters : [];
  const [name, ...others] = filters;
  const workspace = workspaceOf(repository, folder);
  // npm takes a folder for all packages in it.
  const isFolder = manager === "npm" && name !== undefined && repository.files.exists(posix.join(folder, name));
  const isOne = name !== undefined && others.length === 0 && isPackageName(name) && !isFolder;
  if (!isOne || workspace?.isMonorepo !== true || manager === "yarn") {
    return unknown("the filters may select more");
  }
  const candidates = workspace.members.flatMap((member) => member.name ?? []);
  const failsWithoutMatch = located.command.words.some(({ shape }) => shape.startsWith("--fail-if-no-match"));
  const kind = manager === "pnpm" && !failsWithoutMatch ? "ignoredPackage" : "missingPackage";
  return known({ kind, names: [name], owner: undefined, similar: similarTo(name, candidates) });
}

/**
 * Whether a name can be nothing but a script: with a colon, or where a script elsewhere shows what is meant, and no program of
 * the machine, no file and no package of the lockfile is called so. Yarn 1 and pnpm write no executables into theirs.
 */
function isScriptName(repository: Repository, name: string, folder: string, scripts: readonly string[]): boolean {
  const workspace = workspaceOf(repository, folder);
  if (!workspace) return false;
  const isElsewhere = workspace.packages.some(({ manifest }) => manifest.scripts.has(name));
  // Where one package alone has it, the newer Yarn runs it in all of them.
  if (name.includes(":")) return !isElsewhere || workspace.manager !== "yarn" || !isNewYarn(repository, folder);
  if (!/^[\w-]+$/.test(name) || RUNNER_PROGRAMS.has(name)) return false;
  const isMeant = isElsewhere || scripts.some((script) => isSpelledLike(script, name));
  const texts = ["bun.lock", "yarn.lock"].flatMap(
    (file) => repository.files.read(posix.join(workspace.root.directory, file))?.text ?? [],
  );
  const isListed = texts.some((text) => new RegExp(`(?<![\\w-])${name}(?![\\w-])`).test(text));
  const isFile = repository.files.list(folder).some((entry) => entry.replace(/\.[cm]?[jt]sx?$/, "") === name);
  return (
    isMeant && texts.length > 0 && !texts.some((text) => text.includes("yarn lockfile v1")) && !isListed && !isFile
  );
}
