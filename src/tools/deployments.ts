import { flagTexts, hasFlag, readArguments, textOf, type Arguments } from "../commands/arguments.ts";
import type { Invocation } from "../commands/invocation.ts";
import { onceForEach } from "../memo.ts";
import type { Word } from "../shell/command.ts";
import { ACTION_DEPLOYMENTS, TOOL_DEPLOYMENTS, type InputShapes, type ToolDeployments } from "./deployments.data.ts";

/** A command that deploys. */
export interface Deployment {
  readonly tool: string;
  /** The tool's command, as messages name it: `wrangler pages deploy`. */
  readonly command: string;
}

/** What a command deploys with; undefined where it deploys nothing, only a preview, or that is not certain. */
export const deploymentOf = onceForEach((invocation: Invocation): Deployment | undefined => {
  if (invocation.kind !== "binary") return undefined;
  for (const entry of TOOL_DEPLOYMENTS) {
    if (!entry.names.includes(invocation.name)) continue;
    const command = commandOf(entry, invocation.args);
    const [tool] = entry.names;
    if (command !== undefined) return { tool, command: `${tool} ${command}`.trim() };
  }
  return undefined;
});

/** The executables that have commands which deploy. */
export const DEPLOYING_TOOLS: ReadonlySet<string> = new Set(TOOL_DEPLOYMENTS.flatMap(({ names }) => names));

/** Whether an action, by its `owner/name` in lower case, deploys with the inputs of a step. */
export function isDeployingAction(name: string, input: InputShapes): boolean {
  return ACTION_DEPLOYMENTS.get(name)?.(input) ?? false;
}

function commandOf(entry: ToolDeployments, args: readonly Word[]): string | undefined {
  const parsed = readArguments(args, { valueFlags: new Set(entry.valueFlags) });
  // To a server on the runner itself, as tests do.
  if (args.some(({ shape }) => /\b(?:127\.0\.0\.1|localhost)\b/.test(shape))) return undefined;
  // A word that may become a flag can turn a deployment into a dry run.
  if (parsed.positionals.some((word) => word.splits && !word.value.known)) return undefined;
  if (["--help", "-h", "--version", ...(entry.idleFlags ?? [])].some((flag) => isGiven(parsed, flag))) return undefined;
  if (entry.neededFlags && !entry.neededFlags.some((flag) => isGiven(parsed, flag))) return undefined;
  const words = parsed.positionals.map(textOf);
  return entry.commands.find((command) =>
    command === "" ? words.length === 0 : command.split(" ").every((word, index) => words[index] === word),
  );
}

function isGiven(parsed: Arguments, flag: string): boolean {
  const [name = "", value] = flag.split("=");
  return value === undefined ? hasFlag(parsed, name) : (flagTexts(parsed, name)?.includes(value) ?? false);
}
