import { dependsOnFiles, failsJob } from "../../project/trace/certainty.ts";
import type { JobRun, StepRun } from "../../project/trace/job-run.ts";
import type { Reach } from "../../project/trace/reach.ts";
import type { Repository } from "../../project/repository.ts";
import type { Place } from "../../documents/source.ts";
import { checkedByNext, isNextBuild, isPassedOverByNext } from "../../project/next/type-check.ts";
import { checkOf, isCompiler } from "../../project/typescript/compiler.ts";
import { importsOf } from "../../project/typescript/imports.ts";
import { workspaceOf, type Workspace } from "../../project/workspace.ts";
import { mayBeCached } from "../turbo/shared-cache.ts";
import { isCertainlyAbsent } from "./job-content.ts";
import { isLeftOut, outputsOf, outputWith, type GeneratedOutput } from "./outputs.ts";

/** Where a file names another one, and as what. */
interface Use {
  readonly place: Place;
  readonly target: string;
  readonly relation: "extends" | "imports" | "refers to";
}

/** A check of sources that a step reaches, and the generated code without which it fails. */
export interface MissingImport {
  readonly run: StepRun;
  readonly reach: Reach;
  readonly output: GeneratedOutput;
  /** The first use of it. */
  readonly use: Use;
  /** `sound` where the job makes the code before, or may. */
  readonly verdict: "faulty" | "sound" | "unknown";
}

/** The checks of a job that need generated code which is not in the repository, up to the first that certainly fails. */
export function missingImports(repository: Repository, { steps }: JobRun): readonly MissingImport[] {
  const found = steps.flatMap((run) =>
    run.reaches.flatMap((reach) =>
      usesLeftOut(repository, reach).map(({ use, output }): MissingImport => {
        const isAbsent = isCertainlyAbsent(repository, steps, { run, reach }, output);
        const fails = failsJob(run, reach) && !mayBeCached(run, reach) && !dependsOnFiles(run);
        return { run, reach, output, use, verdict: !isAbsent ? "sound" : fails ? "faulty" : "unknown" };
      }),
    ),
  );
  // What one command starts may run at the same time; what comes after it does not run any more.
  const isEarlier = (earlier: MissingImport, later: MissingImport): boolean =>
    earlier.verdict === "faulty" &&
    earlier.output === later.output &&
    earlier.reach.entry !== later.reach.entry &&
    found.indexOf(earlier) < found.indexOf(later);
  return found.filter((later) => !found.some((earlier) => isEarlier(earlier, later)));
}

/** The first use of each output that a command checks and a fresh checkout lacks. */
function usesLeftOut(
  repository: Repository,
  { invocation, directory }: Reach,
): readonly { readonly use: Use; readonly output: GeneratedOutput }[] {
  const isBuild = isNextBuild(invocation);
  if ((!isCompiler(invocation) && !isBuild) || !directory.known) return [];
  const folder = directory.value;
  const workspace = workspaceOf(repository, folder);
  const leftOut = workspace ? repository.packages.deriveFor(workspace, outputsLeftOut) : [];
  // A build may generate what plugins of it make.
  const outputs = isBuild ? leftOut.filter(({ generator }) => !generator.isPlugin) : leftOut;
  if (outputs.length === 0) return [];
  // What Next.js says of a configuration that is not there was not asked.
  const { projects, missing } = isBuild
    ? { projects: checkedByNext(repository, invocation, folder), missing: [] }
    : checkOf(repository, invocation, folder);
  const imports = projects
    .flatMap((project) => importsOf(repository, project))
    .filter(({ place: { source } }) => !isBuild || !isPassedOverByNext(source.path))
    .map(({ place, target }): Use => ({ place, target, relation: "imports" }));
  return outputs.flatMap((output) => {
    const isMissing = ({ target }: Use): boolean =>
      outputWith(outputs, target) === output && isLeftOut(repository, output, target);
    const use = missing.find(isMissing) ?? imports.find(isMissing);
    return use ? [{ use, output }] : [];
  });
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
