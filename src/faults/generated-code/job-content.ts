import { posix } from "node:path";
import { textOf } from "../../commands/arguments.ts";
import type { RunBinary } from "../../commands/invocation.ts";
import { dependencyRange } from "../../documents/manifest.ts";
import { sourcesNamed } from "../../project/executed/modules.ts";
import { reachesBefore } from "../../project/trace/before.ts";
import { isWholeCheckout } from "../../project/trace/checkout.ts";
import type { StepRun } from "../../project/trace/job-run.ts";
import { isFollowed } from "../../project/trace/reach-index.ts";
import type { Reach } from "../../project/trace/reach.ts";
import { isKept, leavesAlone, mayRestore, type Concern } from "../../project/trace/workspace-changes.ts";
import type { Repository } from "../../project/repository.ts";
import { emitsNothing } from "../../project/typescript/compiler.ts";
import { workspaceOf, type WorkspacePackage } from "../../project/workspace.ts";
import { EXECUTED_FILES, STARTS_OTHERS } from "../../tools/executed-files.data.ts";
import { PNPM_HOOK_FILES, QUIET_YARN_PLUGINS } from "../../tools/install-scripts.data.ts";
import { QUIET_COMMANDS, QUIET_MANAGER_COMMANDS, QUIET_TOOL_COMMANDS } from "../../tools/quiet-commands.data.ts";
import { onlyWritesJson } from "../../tools/node-code.ts";
import { asksVersion, isQuietBinary, writesSource } from "../../tools/quiet-commands.ts";
import { BUILD, GENERATORS, type Generator } from "../../tools/generators.data.ts";
import { runsGenerator, type GeneratedOutput } from "./outputs.ts";

/** Tools that execute a configuration of their own, and with it no plugin of a bundler (@sveltejs/kit 2.70.4, run). */
const WITHOUT_PLUGINS = new Set(["drizzle-kit", "graphql-codegen", "prisma", "svelte-kit"]);

/** Generators that write nothing into other packages than their own, as far as no schema of Prisma says otherwise. */
const KEEPING_TO_ITSELF: readonly Generator[] = [GENERATORS.convex, GENERATORS.prisma, GENERATORS.svelteKit];

/** Whether a generated file is certainly absent when a step gets to a command: a fresh checkout, and nothing since that could make it. */
export function isCertainlyAbsent(
  repository: Repository,
  steps: readonly StepRun[],
  at: { readonly run: StepRun; readonly reach: Reach },
  output: GeneratedOutput,
): boolean {
  const concern = concernOf(repository, output);
  const index = steps.indexOf(at.run);
  const earlier = steps.slice(0, index);
  const isFresh = earlier.some(isWholeCheckout);
  const others = [...earlier, ...steps.filter(({ step }) => step.background)];
  return (
    isFresh &&
    others.every((run) => leavesAlone(concern, run, steps)) &&
    reachesBefore(at.run.reaches, at.reach).every((reach) => concern.isKeptByCommand(reach, at.run.reaches))
  );
}

/** The place of an output, where nothing of it is yet. */
function concernOf(repository: Repository, output: GeneratedOutput): Concern {
  return {
    isKeptByCommand: (reach, reaches) => keepsAbsentOnce(repository, reach, reaches, output),
    isKeptByCheckout: isWholeCheckout,
    isKeptByCache: (paths) => !mayRestore(paths, output.path),
  };
}

const answersFor = (): WeakMap<Reach, boolean> => new WeakMap();

/** What {@link keepsAbsent} answers, which is asked again for each check that comes later. */
function keepsAbsentOnce(
  repository: Repository,
  reach: Reach,
  reaches: readonly Reach[],
  output: GeneratedOutput,
): boolean {
  const answers = repository.deriveFor(output, answersFor);
  const answer = answers.get(reach) ?? keepsAbsent(repository, reach, reaches, output);
  answers.set(reach, answer);
  return answer;
}

/** Whether something that is reached makes no file of an output. What is not known may. */
function keepsAbsent(
  repository: Repository,
  reach: Reach,
  reaches: readonly Reach[],
  output: GeneratedOutput,
): boolean {
  const { located, directory, isApproximate } = reach;
  if (isApproximate || writesSource(located.command)) return false;
  const words = located.command.words.map(textOf);
  const [name = "", ...args] = words;
  if (name === "trap") return QUIET_TRAP.test(args[0] ?? "?");
  if (asksSettings(words) && !isFollowed(reaches, reach)) return true;
  return isKept(reach, reaches, {
    nothing: ({ listedBy }) =>
      listedBy !== undefined ||
      QUIET_COMMANDS.has(name) ||
      asksVersion(args) ||
      (onlyWritesJson(located.command.words) && !located.command.words.some(({ shape }) => shape.includes("tsconfig"))),
    install: ({ runsScripts }) => runsScripts && directory.known && !mayRunHooks(repository, directory.value),
    binary: (binary) => isKeptByBinary(repository, reach, binary, output) ?? isFollowed(reaches, reach),
  });
}

/** Whether an executable makes no file of an output; undefined where only what it runs tells. */
function isKeptByBinary(
  repository: Repository,
  reach: Reach,
  binary: RunBinary,
  { generator, owner }: GeneratedOutput,
): boolean | undefined {
  const { name, args } = binary;
  const { directory } = reach;
  if (generator.makers.has(name))
    return generator === BUILD && directory.known && emitsNothing(repository, binary, directory.value);
  if (isQuietBinary(binary) || asksVersion(args.map(textOf))) return true;
  if (QUIET_TOOL_COMMANDS.has(name)) return false;
  if (generator === BUILD && KEEPING_TO_ITSELF.some((other) => runsGenerator(binary, other)))
    return !mayGenerateInto(repository, owner) && !mayRunOthers(repository, reach, name);
  if (!EXECUTED_FILES.has(name)) return undefined;
  return (!generator.isPlugin || WITHOUT_PLUGINS.has(name)) && !mayRunOthers(repository, reach, name);
}

/** What a trap may run when the shell ends without making anything. */
const QUIET_TRAP = /^(?:-?|(?:echo|exit|kill|rm)\b[^;&|]*)$/;

/** Whether an install in a folder may run code of the repository besides its scripts: a plugin of Yarn, or hooks of pnpm. */
function mayRunHooks(repository: Repository, folder: string): boolean {
  const root = workspaceOf(repository, folder)?.root.directory ?? folder;
  const read = (name: string): string => repository.files.read(posix.join(root, name))?.text ?? "";
  const yarn = read(".yarnrc.yml");
  const plugins = Array.from(yarn.matchAll(/^\s*(?:- )?(?:- |path:).*$/gm), ([line]) => line).filter((line) =>
    /\.[cm]?js\b/.test(line),
  );
  return (
    plugins.some((line) => !QUIET_YARN_PLUGINS.has(/@yarnpkg\/plugin-([\w-]+)\.[cm]?js/.exec(line)?.[1] ?? "")) ||
    PNPM_HOOK_FILES.some((name) => STARTS_OTHERS.test(read(name)))
  );
}

/** Whether Prisma, or another generator that it starts, may write into a package. */
function mayGenerateInto(repository: Repository, { directory, manifest }: WorkspacePackage): boolean {
  const folder = posix.basename(directory);
  return (
    GENERATORS.prisma.packages.some((name) => dependencyRange(manifest, name) !== undefined) ||
    repository.files.glob("", ["**/*.prisma"]).some((path) => {
      const text = repository.files.read(path)?.text ?? "";
      return path.startsWith(`${directory}/`) || text.includes(`/${folder}/`) || text.includes(`/${folder}"`);
    })
  );
}

/** Whether a tool that executes its configuration can start others by that. */
function mayRunOthers(repository: Repository, { directory, located }: Reach, name: string): boolean {
  const hasOtherConfig = located.command.words.some(({ text }) => /^(?:-c|--config)(?:=|$)/.test(text));
  if (!directory.known || hasOtherConfig) return true;
  const { configs = [], runsFile } = EXECUTED_FILES.get(name) ?? {};
  const sources = sourcesNamed(repository, directory.value, configs.flat());
  return runsFile === true || sources.some(({ text }) => STARTS_OTHERS.test(text));
}

/** Whether a package manager only tells, or changes nothing but itself and what is installed for the whole machine. */
function asksSettings([name = "", command = "", ...args]: readonly (string | undefined)[]): boolean {
  const isGlobal = /^(?:i|install)$/.test(command) && args.some((arg) => arg === "-g" || arg === "--global");
  return (name === "npm" && isGlobal) || QUIET_MANAGER_COMMANDS.get(name)?.includes(command) === true;
}
