import { readArguments, textOf } from "../commands/arguments.ts";
import type { PackageManager } from "../commands/invocation.ts";
import { describePlace } from "../documents/source.ts";
import { applyEdits } from "../edits/text-edit.ts";
import { addItemAfter } from "../edits/yaml.ts";
import type { Repository } from "../project/repository.ts";
import type { StepRun } from "../project/trace/job-run.ts";
import type { Reach } from "../project/trace/reach.ts";
import { allRuns } from "../project/trace/runs.ts";
import { workspaceAt } from "../project/workspace.ts";

const RUNNERS: Readonly<Record<PackageManager, string>> = { npm: "npx", pnpm: "pnpm exec", yarn: "yarn", bun: "bunx" };

/** https://eslint.org/docs/latest/use/command-line-interface */
const VALUE_FLAGS = new Set(
  "-c --config --ext --rule --ignore-pattern --max-warnings -f --format -o --output-file --fix-type --cache-location --cache-strategy --concurrency --flag".split(
    " ",
  ),
);

/** Paths that have the workflows in them. */
const WHOLE = new Set([".", "./", ".github", ".github/", ".github/workflows"]);

/** How CI comes to lint the plugin's files: it does, by one more step, or by one that has its place where nothing tells. */
export type CiStep =
  | { readonly kind: "present"; readonly at: string }
  | { readonly kind: "changed"; readonly path: string; readonly text: string }
  | { readonly kind: "unclear"; readonly snippet: string };

/** Adds a step behind the only one of all workflows that runs ESLint, unless one runs it over the workflows. */
export function ciStep(repository: Repository): CiStep {
  const runs = allRuns(repository).flatMap(({ steps }) =>
    steps.map((run) => ({ run, reaches: run.reaches.filter(isEslint) })),
  );
  const linting = runs.filter(({ reaches }) => reaches.length > 0);
  const whole = linting.find(({ reaches }) => reaches.some(lintsAll));
  if (whole)
    return { kind: "present", at: describePlace({ source: whole.run.source, range: whole.run.step.node.range }) };
  const snippet = `run: ${lintCommand(repository)}`;
  const steps = new Set(linting.map(({ run }) => run.step));
  const [only] = linting;
  if (only && steps.size === 1 && isInRoot(only.run, only.reaches)) {
    const edits = addItemAfter(only.run.document, only.run.step.node, snippet);
    if (edits) return { kind: "changed", path: only.run.source.path, text: applyEdits(only.run.source.text, edits) };
  }
  return { kind: "unclear", snippet: `- ${snippet}` };
}

function isEslint({ invocation }: Reach): boolean {
  return invocation.kind === "binary" && invocation.name === "eslint";
}

function lintsAll({ invocation, directory, guards }: Reach): boolean {
  if (invocation.kind !== "binary" || !directory.known || directory.value !== "" || guards.length > 0) return false;
  const paths = readArguments(invocation.args, { valueFlags: VALUE_FLAGS }).positionals.map(textOf);
  return paths.length === 0 || paths.some((path) => path !== undefined && WHOLE.has(path));
}

/** Whether the step is written in the workflow itself, and its script begins in the root of the repository. */
function isInRoot({ step, frames }: StepRun, reaches: readonly Reach[]): boolean {
  const begins = reaches.every(({ entry }) => entry.directory.known && entry.directory.value === "");
  return frames.length === 0 && !step.workingDirectory && begins;
}

/** The command that lints the files that the repository has, by its package manager. */
function lintCommand(repository: Repository): string {
  const workspace = workspaceAt(repository, "");
  const { files } = repository;
  const manifests = workspace?.isMonorepo ? `"**/package.json"` : "package.json";
  const turbo = workspace?.isMonorepo ? `"**/turbo.json"` : "turbo.json";
  const paths = [
    ...(files.exists(".github") ? [".github"] : []),
    ...(files.exists("turbo.json") ? [turbo] : []),
    ...(workspace ? [manifests] : []),
  ];
  return [RUNNERS[workspace?.manager ?? "npm"], "eslint", ...paths].join(" ");
}
