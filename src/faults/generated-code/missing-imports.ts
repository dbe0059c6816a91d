import { stringOf } from "../../documents/data.ts";
import { failsJob } from "../../project/trace/certainty.ts";
import type { JobRun, StepRun } from "../../project/trace/job-run.ts";
import type { Reach } from "../../project/trace/reach.ts";
import type { Repository } from "../../project/repository.ts";
import { isCompiler, projectsChecked } from "../../project/typescript/compiler.ts";
import { importsOf, type CheckedImport } from "../../project/typescript/imports.ts";
import { workspaceOf, type Workspace } from "../../project/workspace.ts";
import { isCertainlyAbsent } from "./job-content.ts";
import { isGenerated, isLeftOut, outputsOf, type GeneratedOutput } from "./outputs.ts";

/** A check of sources that a step reaches, and the generated code without which it fails. */
export interface MissingImport {
  readonly run: StepRun;
  readonly reach: Reach;
  readonly output: GeneratedOutput;
  /** The first import of it. */
  readonly imported: CheckedImport;
  /** `sound` where the job makes the code before, or may. */
  readonly verdict: "faulty" | "sound" | "unknown";
}

/** The checks of a job that need generated code which is not in the repository, up to the first that certainly fails. */
export function missingImports(repository: Repository, { steps }: JobRun): readonly MissingImport[] {
  const found = steps.flatMap((run) =>
    run.reaches.flatMap((reach) =>
      importsLeftOut(repository, reach).map(({ imported, output }): MissingImport => {
        const isAbsent = isCertainlyAbsent(repository, steps, { run, reach }, output);
        const fails = failsJob(run, reach) && !mayBeCached(reach) && !dependsOnFiles(run);
        return { run, reach, output, imported, verdict: !isAbsent ? "sound" : fails ? "faulty" : "unknown" };
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

/** The first import of each output that a command checks and a fresh checkout lacks. */
function importsLeftOut(
  repository: Repository,
  { invocation, directory }: Reach,
): readonly { readonly imported: CheckedImport; readonly output: GeneratedOutput }[] {
  if (!isCompiler(invocation) || !directory.known) return [];
  const workspace = workspaceOf(repository, directory.value);
  const outputs = workspace ? outputsLeftOut(repository, workspace) : [];
  if (outputs.length === 0) return [];
  const projects = projectsChecked(repository, invocation, directory.value);
  const imports = projects.flatMap((project) => importsOf(repository, project));
  return outputs.flatMap((output) => {
    const imported = imports.find(({ target }) => isGenerated(output, target) && isLeftOut(repository, target));
    return imported ? [{ imported, output }] : [];
  });
}

const leftOutByWorkspace = (): Map<Workspace, readonly GeneratedOutput[]> => new Map();

function outputsLeftOut({ packages }: Repository, workspace: Workspace): readonly GeneratedOutput[] {
  const known = packages.derive(leftOutByWorkspace);
  let outputs = known.get(workspace);
  if (!outputs) {
    outputs = outputsOf(packages, workspace).filter((output) => mayBeLeftOut(packages, output));
    known.set(workspace, outputs);
  }
  return outputs;
}

/** Whether it is worth reading sources: most repositories commit what they generate. */
function mayBeLeftOut(repository: Repository, { path, generator: { modules } }: GeneratedOutput): boolean {
  return [path, ...(modules ?? ["index"]).map((module) => `${path}/${module}`)].some((module) =>
    [".ts", ".d.ts"].some((form) => repository.files.isIgnored(module + form)),
  );
}

/** A step may run only where the code is there. */
function dependsOnFiles({ conditions }: StepRun): boolean {
  return conditions.some(({ condition }) => /\bhashFiles\b/i.test(stringOf(condition.node) ?? ""));
}

/** Turbo takes the result of another machine, where the code was there, if the two share a cache. */
function mayBeCached({ environment, filters }: Reach): boolean {
  return filters.length > 0 && environment.lookupUnfiltered("TURBO_TOKEN").state !== "absent";
}
