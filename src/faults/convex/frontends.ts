import { posix } from "node:path";
import { flagText, hasFlag, readArguments, textOf } from "../../commands/arguments.ts";
import { entryOf, stringOf } from "../../documents/data.ts";
import { replaceExpressions, type Lookup, type Template } from "../../documents/expression.ts";
import { known, type Known } from "../../documents/known.ts";
import type { Place } from "../../documents/source.ts";
import type { StepRun } from "../../project/trace/job-run.ts";
import { reachesOfBinaries } from "../../project/trace/reach-index.ts";
import { HOLE } from "../../shell/command.ts";
import { foldersUp, type Repository } from "../../project/repository.ts";
import { deploymentOf, DEPLOYING_TOOLS, isDeployingAction } from "../../tools/deployments.ts";

/** What a step deploys for users of a frontend. */
export interface Frontend {
  readonly place: Place;
  readonly text: string;
  readonly tool: string;
  /** What is deployed, or the folder in which its build is configured; relative to the repository root. */
  readonly folder: Known<string>;
  /** True where files are put out as they are. */
  readonly isBuilt: boolean;
}

const FRONTEND_TOOLS = new Set(["netlify", "vercel", "wrangler"]);
const OUTPUT_FLAGS = ["--dir", "-d", "--assets"];
const VALUE_FLAGS = new Set([
  ...OUTPUT_FLAGS,
  ..."--project-name --branch --env -e --message -m --site -s --auth --token -t --scope -S --commit-hash --commit-message".split(
    " ",
  ),
]);
/** Flags that choose another folder, or something other than production. */
const OTHER_PLACES = ["--alias", "--config", "-c", "--context", "--cwd", "--filter", "--name"];

/** The frontends that a step deploys for its users; a preview is none. */
export function frontendsOf(run: StepRun): readonly Frontend[] {
  const { step, source } = run;
  const commands = reachesOfBinaries(run.reaches, DEPLOYING_TOOLS).flatMap((reach): readonly Frontend[] => {
    const deployment = deploymentOf(reach.invocation);
    if (!deployment || !FRONTEND_TOOLS.has(deployment.tool) || reach.isApproximate) return [];
    if (reach.entry.host.source !== source) return [];
    const flags = readArguments(reach.invocation.args, { valueFlags: VALUE_FLAGS });
    if (hasFlag(flags, ...OTHER_PLACES) || !isProduction(flags)) return [];
    const words = deployment.command.split(" ").length - 1;
    const isPages = deployment.command.startsWith("wrangler pages");
    const output = isPages ? textOf(flags.positionals[words]) : flagText(flags, ...OUTPUT_FLAGS);
    const folder = reach.directory.known ? known(posix.join(reach.directory.value, output ?? "")) : reach.directory;
    const isBuilt = isPages || hasFlag(flags, "--no-build");
    return [{ place: reach.entry.place, text: reach.entry.text, tool: deployment.tool, folder, isBuilt }];
  });
  const action = step.uses && actionFrontend(run);
  return action ? [...commands, action] : commands;
}

function isProduction(flags: ReturnType<typeof readArguments>): boolean {
  const targets = ["--env", "-e", "--branch"].filter((flag) => hasFlag(flags, flag));
  return targets.every((flag) => /^(?:main|master|prod|production)$/.test(flagText(flags, flag) ?? ""));
}

/** By the actions that put files out, the input with the folder. */
export const FRONTEND_ACTIONS: ReadonlyMap<string, string> = new Map([
  ["cloudflare/pages-action", "directory"],
  ["cloudflare/wrangler-action", "workingdirectory"],
  ["nwtgck/actions-netlify", "publish-dir"],
]);

function actionFrontend({ step, source, lookup }: StepRun): Frontend | undefined {
  const { uses } = step;
  if (uses?.target.kind !== "repository" || uses.target.path !== "") return undefined;
  const name = uses.target.repository;
  const input = FRONTEND_ACTIONS.get(name);
  const valueOf = (key: string): string | undefined => {
    const template = step.inputs.get(key.toLowerCase());
    return template ? textWithout(template, lookup) : "";
  };
  const [command, folder] = [valueOf("command"), input && valueOf(input)];
  if (folder === undefined || command === undefined || !isDeployingAction(name, (key) => valueOf(key) ?? HOLE))
    return undefined;
  const isOther = /--(?:config|cwd|env)\b|\s-[ce]\b|--branch[= ](?!(?:main|master|production)\b)/.test(command);
  if (isOther || step.inputs.has("environment")) return undefined;
  const output = /\bpages (?:deploy|publish)\s+(?!-)(\S+)/.exec(command)?.[1] ?? "";
  const place = { source, range: uses.range };
  return { place, text: uses.text, tool: name, folder: known(posix.join(folder, output)), isBuilt: true };
}

/** A template's text with a letter for each value of a flag that is not known; undefined where another part is not. */
function textWithout(template: Template, lookup: Lookup): string | undefined {
  const text = replaceExpressions(template, (expression, before) => {
    const value = expression.evaluate(lookup);
    if (value.known) return String(value.value ?? "");
    return /--[\w-]+[= ]["']?$/.test(before) ? "x" : HOLE;
  });
  return text.includes(HOLE) ? undefined : text;
}

/** Whether what a platform builds before it deploys is written in the repository: its dashboard can hold another command. */
export function buildIsWritten(repository: Repository, { tool, folder, isBuilt }: Frontend): boolean {
  if (isBuilt || tool === "wrangler") return true;
  if (!folder.known) return false;
  for (const candidate of foldersUp(folder.value)) {
    if (tool === "vercel") {
      const document = repository.json(posix.join(candidate, "vercel.json"));
      if (stringOf(entryOf(document?.root, "buildCommand")?.value) !== undefined) return true;
    }
    if (
      tool === "netlify" &&
      /^\s*command\s*=/m.test(repository.files.read(posix.join(candidate, "netlify.toml"))?.text ?? "")
    )
      return true;
  }
  return false;
}
