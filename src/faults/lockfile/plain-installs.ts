import { posix } from "node:path";
import { areListed, readArguments, textOf, type Arguments } from "../../commands/arguments.ts";
import type { Install } from "../../commands/invocation.ts";
import type { StepRun } from "../../project/trace/job-run.ts";
import { reachesOfKind, type ReachOf } from "../../project/trace/reach-index.ts";
import type { Reach } from "../../project/trace/reach.ts";
import type { CommittedStep } from "../../project/trace/steps-as-committed.ts";
import { foldersUp, type Repository } from "../../project/repository.ts";
import { findMembers } from "../../project/workspace.ts";
import { FROZEN_INSTALLS } from "../../tools/frozen-installs.data.ts";

/** The package managers whose installs are told apart here. */
export type Manager = "npm" | "pnpm";

/** The installs among the commands of a step. */
export function installsIn({
  run,
  reaches,
}: CommittedStep): readonly { readonly run: StepRun; readonly reach: ReachOf<Install> }[] {
  return reachesOfKind(reaches, "install").map((reach) => ({ run, reach }));
}

/** The flags of an install of a workspace, where none of them and no setting may keep it from comparing the lockfile. */
export function readPlainInstall(
  repository: Repository,
  manager: Manager,
  reach: ReachOf<Install>,
  root: string,
): Arguments | undefined {
  const syntax = FROZEN_INSTALLS[manager];
  const [name, ...words] = reach.located.command.words;
  const parsed = readArguments(words, syntax);
  const [verb, ...others] = parsed.positionals;
  if (textOf(name) !== manager || !parsed.isCertain || others.length + parsed.rest.length > 0) return undefined;
  if (!syntax.verbs.has(textOf(verb) ?? "") || hasSetting(repository, manager, reach, root)) return undefined;
  const frozen = parsed.flags.get("--frozen-lockfile") ?? [];
  const isPlain = areListed(parsed, syntax) && frozen.every((value) => value === true || textOf(value) === "true");
  return isPlain ? parsed : undefined;
}

/** Whether a setting of a file or variable may keep the install from comparing. */
function hasSetting({ files }: Repository, manager: Manager, { directory, environment }: Reach, root: string): boolean {
  const { settings } = FROZEN_INSTALLS[manager];
  const folders = directory.known ? [root, directory.value] : [root];
  // `.npmrc` has `frozen-lockfile=…`, pnpm-workspace.yaml `frozenLockfile: …`.
  const names = settings.map((name) => name.replaceAll("-", "-?")).join("|");
  const pattern = new RegExp(`^\\s*(?:${names})\\s*[=:]`, "im");
  const paths = folders.flatMap((folder) => [".npmrc", "pnpm-workspace.yaml"].map((name) => posix.join(folder, name)));
  if (paths.some((path) => pattern.test(files.read(path)?.text ?? ""))) return true;
  return settings.some((setting) => {
    const name = setting.replaceAll("-", "_");
    const variables = [`npm_config_${name}`, `NPM_CONFIG_${name.toUpperCase()}`];
    const ofPnpm = manager === "pnpm" ? [`pnpm_config_${name}`, `PNPM_CONFIG_${name.toUpperCase()}`] : [];
    return [...variables, ...ofPnpm].some((variable) => environment.lookupWritten(variable).state !== "absent");
  });
}

/** Whether npm takes a folder for a member of a workspace around it, and installs that. */
export function isMemberForNpm(repository: Repository, root: string): boolean {
  return [...foldersUp(root)].slice(1).some((folder) => {
    const globs = repository.manifest(folder)?.workspaces ?? [];
    return findMembers(repository, folder, globs).some(({ directory }) => directory === root);
  });
}
