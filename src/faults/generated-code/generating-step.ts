import type { Mapping } from "../../documents/data.ts";
import type { StepRun } from "../../project/trace/job-run.ts";
import type { Repository } from "../../project/repository.ts";
import { versionOf } from "../../project/versions.ts";
import { workspaceOf } from "../../project/workspace.ts";
import { CODEGEN_NEEDS_DEPLOYMENT } from "../../tools/convex.data.ts";
import type { PackageManager } from "../../commands/invocation.ts";
import { turboWorkspaceOf } from "../../project/turbo/turbo-workspace.ts";
import { BUILD, GENERATORS } from "../../tools/generators.data.ts";
import { liesWithin } from "../../tools/version-range.ts";
import { canUse, expressionsFor } from "../credentials/credential-expression.ts";
import { buildsWhole, isMadeByBuild } from "./build-task.ts";
import { builtPackages, dependenciesAcross } from "./built-packages.ts";
import { generatingScriptsOf } from "./generating-task.ts";
import type { GeneratedOutput } from "./outputs.ts";

/** Whether a step before this one installs dependencies, and this one does not. */
export function installsBefore(steps: readonly StepRun[], run: StepRun): boolean {
  const installs = ({ reaches }: StepRun): boolean => reaches.some(({ invocation }) => invocation.kind === "install");
  return !installs(run) && steps.slice(0, steps.indexOf(run)).some(installs);
}

/** How each package manager runs an executable of a dependency. */
const RUNS_BINARY = { bun: "bunx", npm: "npx", pnpm: "pnpm exec", yarn: "yarn" } as const;

/** How each package manager runs the build of a member from the root. */
const BUILDS_MEMBER: Readonly<Record<PackageManager, (name: string) => string>> = {
  bun: (name) => `bun run --filter ${name} build`,
  npm: (name) => `npm run build --workspace=${name}`,
  pnpm: (name) => `pnpm --filter ${name} run build`,
  yarn: (name) => `yarn workspace ${name} run build`,
};

/** A step that generates an output, as the lines of its keys; undefined where the package manager is not known, and in an action. */
export function newStepFor(
  repository: Repository,
  run: StepRun,
  output: GeneratedOutput,
): { readonly before: Mapping; readonly lines: readonly string[] } | undefined {
  const { step, document, workflow } = run;
  const { directory } = output.owner;
  const manager = workspaceOf(repository, directory)?.manager;
  if (!manager || document !== workflow.document) return undefined;
  if (output.generator === BUILD) {
    const command = buildCommandOf(repository, output, manager);
    return command === undefined ? undefined : { before: step.node, lines: [`run: ${command}`] };
  }
  const [script, ...others] = generatingScriptsOf(repository, output);
  const command =
    script && others.length === 0
      ? `${manager} run ${script.name}`
      : `${RUNS_BINARY[manager]} ${output.generator.command}`;
  const place = directory === "" ? [] : [`working-directory: ${directory}`];
  return { before: step.node, lines: [`run: ${command}`, ...place, ...keyFor(repository, run, output)] };
}

/** The command that builds a package with all that it imports, through turbo where it does so; undefined where none is known. */
function buildCommandOf(repository: Repository, output: GeneratedOutput, manager: PackageManager): string | undefined {
  const { name, directory } = output.owner;
  const workspace = workspaceOf(repository, directory);
  if (!workspace || name === undefined || !isMadeByBuild(repository, output)) return undefined;
  const turbo = turboWorkspaceOf(repository, directory);
  if (turbo?.workspace.root.directory === "" && buildsWhole(repository, turbo, output.owner))
    return `${RUNS_BINARY[manager]} turbo run build --filter=${name}`;
  const imported = dependenciesAcross(repository, output.owner);
  const isAlone = !builtPackages(repository, workspace).some((other) => imported.has(other.owner));
  if (!isAlone || workspace.root.directory !== "") return undefined;
  return BUILDS_MEMBER[manager](name);
}

/** The lines with which a step gets the deploy key that Convex generates with; none where the job has one, or what to give is not known. */
function keyFor(repository: Repository, run: StepRun, { generator, owner }: GeneratedOutput): readonly string[] {
  const { job, workflow, written } = run;
  const name = "CONVEX_DEPLOY_KEY";
  const inBlocks = [job.env, workflow.env].flatMap(({ entries }) => entries.map((entry) => entry.name));
  const isGiven = [...inBlocks, ...written].some((given) => given.startsWith("CONVEX_"));
  const version = versionOf(repository, "convex", owner.directory);
  if (generator !== GENERATORS.convex || !liesWithin(version, CODEGEN_NEEDS_DEPLOYMENT)) return [];
  const [expression, ...others] = expressionsFor(repository, workflow, name);
  const isUsable = expression !== undefined && others.length === 0 && canUse(repository, run, expression);
  return isGiven || !isUsable ? [] : ["env:", `  ${name}: ${expression.text}`];
}
