import { textOf } from "../commands/arguments.ts";
import type { RunBinary } from "../commands/invocation.ts";
import { QUIET_ACTIONS, QUIET_COMMANDS, QUIET_TOOL_COMMANDS, QUIET_TOOLS } from "./quiet-commands.data.ts";

/** Whether what an executable is asked for leaves a checkout's sources as they are. */
export function isQuietBinary({ name, args: [word] }: RunBinary): boolean {
  const commands = QUIET_TOOL_COMMANDS.get(name);
  if (!commands) return QUIET_COMMANDS.has(name) || QUIET_TOOLS.has(name);
  const command = word ? textOf(word) : "";
  return command !== undefined && commands.includes(command);
}

/** Whether an action with these inputs puts nothing into the checkout; `name` is its `owner/name` in lower case. */
export function isQuietAction(name: string, inputs: ReadonlyMap<string, unknown>): boolean {
  return QUIET_ACTIONS.get(name)?.every((input) => !inputs.has(input)) ?? false;
}
