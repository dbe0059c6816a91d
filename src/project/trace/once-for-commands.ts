import type { Invocation } from "../../commands/invocation.ts";
import type { Command } from "../../shell/command.ts";
import type { Repository } from "../repository.ts";
import type { Reach } from "./reach.ts";

type Answers<Value> = Map<Invocation, { readonly value: Value }>;

/**
 * What a command comes to wherever it is reached: worked out once for each folder in which it runs. `compute` looks at nothing of the
 * way to it.
 */
export function onceForCommands<ReachKind extends Reach, Value>(
  compute: (packages: Repository, reach: ReachKind) => Value,
): (repository: Repository, reach: ReachKind) => Value {
  const byFolder = (): Map<string, WeakMap<Command, Answers<Value>>> => new Map();
  return ({ packages }, reach) => {
    const { located, invocation, directory } = reach;
    const folders = packages.derive(byFolder);
    const folder = directory.known ? directory.value : `\0${directory.why}`;
    const commands = folders.get(folder) ?? new WeakMap<Command, Answers<Value>>();
    folders.set(folder, commands);
    const answers = commands.get(located.command) ?? (new Map() as Answers<Value>);
    commands.set(located.command, answers);
    let answer = answers.get(invocation);
    if (!answer) answers.set(invocation, (answer = { value: compute(packages, reach) }));
    return answer.value;
  };
}
