import type { Repository } from "../../project/repository.ts";
import { dependsOnFiles, failsJob } from "../../project/trace/certainty.ts";
import type { JobRun, StepRun } from "../../project/trace/job-run.ts";
import type { Reach } from "../../project/trace/reach.ts";
import type { CheckedImport } from "../../project/typescript/imports.ts";
import { packageFolderOf, workspaceOf, type Workspace } from "../../project/workspace.ts";
import { BUILD } from "../../tools/generators.data.ts";
import { mayBeCached } from "../turbo/shared-cache.ts";
import { builtPackages, dependenciesAcross, unbuiltFileOf } from "./built-packages.ts";
import { consumerOf, type Consumer, type Use } from "./consumers.ts";
import { isCertainlyAbsent } from "./job-content.ts";
import { isLeftOut, outputsOf, outputWith, type GeneratedOutput } from "./outputs.ts";

/** A command that a step reaches, and generated code that it may need. */
interface Check {
  readonly run: StepRun;
  readonly reach: Reach;
  readonly output: GeneratedOutput;
}

/** One that fails for want of it, or may. */
export interface MissingImport extends Check {
  /** The first use of it. */
  readonly use: Use;
  readonly verdict: "faulty" | "unknown";
}

/** One before which the job makes the code, or may. */
export interface ProvidedCode extends Check {
  readonly verdict: "sound";
}

/** The commands of a job that need generated code which is not in the repository, up to the first that certainly fails. */
export function missingImports(repository: Repository, job: JobRun): readonly MissingImport[] {
  return repository.deriveFor(job, checksOf).filter((check) => check.verdict !== "sound");
}

/** The same with those before which the code is made, whether they need it or not: sources are only read where it is absent. */
export function checksOf(repository: Repository, { steps }: JobRun): readonly (MissingImport | ProvidedCode)[] {
  const found = steps.flatMap((run) =>
    run.reaches.flatMap((reach) => {
      const outputs = outputsFor(repository, reach);
      if (outputs.length === 0) return [];
      const absent = outputs.filter((output) => isCertainlyAbsent(repository, steps, { run, reach }, output));
      const fails = failsJob(run, reach) && !mayBeCached(run, reach) && !dependsOnFiles(run);
      const verdict: MissingImport["verdict"] = fails ? "faulty" : "unknown";
      return [
        ...outputs
          .filter((output) => !absent.includes(output))
          .map((output): ProvidedCode => ({ run, reach, output, verdict: "sound" })),
        ...usesOf(repository, reach, outputs, absent).map(({ use, output }): MissingImport => ({
          run,
          reach,
          output,
          use,
          verdict,
        })),
      ];
    }),
  );
  const faulty = found.filter(({ verdict }) => verdict === "faulty");
  // What one command starts may run at the same time; what comes after it does not run any more.
  const isEarlier = (earlier: (typeof found)[number], later: (typeof found)[number]): boolean =>
    earlier.output === later.output &&
    earlier.reach.entry !== later.reach.entry &&
    found.indexOf(earlier) < found.indexOf(later);
  return found.filter((later) => !faulty.some((earlier) => isEarlier(earlier, later)));
}

/** The outputs that a command may look for and a fresh checkout lacks. */
function outputsFor(repository: Repository, reach: Reach): readonly GeneratedOutput[] {
  const { directory } = reach;
  const workspace = directory.known ? workspaceOf(repository, directory.value) : undefined;
  if (!directory.known || !workspace) return [];
  const leftOut = repository.packages.deriveFor(workspace, outputsLeftOut);
  const built = builtPackages(repository, workspace);
  // Most workspaces have all that their commands look for.
  const consumer = leftOut.length > 0 || built.length > 0 ? consumerOf(reach) : undefined;
  if (!consumer) return [];
  return [
    ...(consumer.runsPlugins ? leftOut.filter(({ generator }) => !generator.isPlugin) : leftOut),
    ...builtFor(repository, built, directory.value, consumer),
  ];
}

/** What is built of the packages whose types a command checks: those that the package of its folder may import, or all. */
function builtFor(
  repository: Repository,
  built: readonly GeneratedOutput[],
  folder: string,
  consumer: Consumer,
): readonly GeneratedOutput[] {
  if (built.length === 0 || !consumer.checksTypes(repository, folder)) return [];
  const own = packageFolderOf(repository, folder);
  const start = workspaceOf(repository, folder)?.members.find(({ directory }) => directory === own);
  const dependencies = start && dependenciesAcross(repository, start);
  return built.filter(({ owner }) => dependencies?.has(owner) !== false);
}

/** The first use by a command of each output that is absent, among all that it may look for. */
function usesOf(
  repository: Repository,
  reach: Reach,
  outputs: readonly GeneratedOutput[],
  absent: readonly GeneratedOutput[],
): readonly { readonly use: Use; readonly output: GeneratedOutput }[] {
  const consumer = absent.length > 0 ? consumerOf(reach) : undefined;
  if (!consumer || !reach.directory.known) return [];
  const folder = reach.directory.value;
  const workspace = workspaceOf(repository, folder);
  const leftOut = outputs.filter(({ generator }) => generator !== BUILD);
  const uses = absent.some((output) => leftOut.includes(output)) ? consumer.usesIn(repository, folder) : [];
  const types = absent.every((output) => leftOut.includes(output)) ? [] : consumer.typesIn(repository, folder);
  return absent.flatMap((output) => {
    const use =
      output.generator === BUILD
        ? workspace && firstOf(types, (item) => useOfPackage(repository, workspace, item, output))
        : uses.find(({ target }) => outputWith(leftOut, target) === output && isLeftOut(repository, output, target));
    return use ? [{ use, output }] : [];
  });
}

function useOfPackage(
  repository: Repository,
  workspace: Workspace,
  imported: CheckedImport,
  output: GeneratedOutput,
): Use | undefined {
  const file = unbuiltFileOf(repository, workspace, imported, output);
  const { place, specifier } = imported;
  return file && { place, target: file.path, relation: "imports", ofPackage: { specifier, entry: file.entry } };
}

function firstOf<Item, T>(items: readonly Item[], find: (item: Item) => T | undefined): T | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

function outputsLeftOut(repository: Repository, workspace: Workspace): readonly GeneratedOutput[] {
  return outputsOf(repository, workspace).filter((output) => mayBeLeftOut(repository, output));
}

/** Whether it is worth reading sources: most repositories commit what they generate. */
function mayBeLeftOut(repository: Repository, { path, generator }: GeneratedOutput): boolean {
  const { modules, ignoresItself } = generator;
  if (ignoresItself === true) return true;
  return [path, ...(modules ?? ["index"]).map((module) => `${path}/${module}`)].some((module) =>
    [".ts", ".d.ts"].some((form) => repository.files.isIgnored(module + form)),
  );
}
