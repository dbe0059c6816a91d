import { readArguments, textOf } from "../commands/arguments.ts";
import type { RunBinary } from "../commands/invocation.ts";
import type { Template } from "../documents/expression.ts";
import type { Step } from "../documents/step.ts";
import { actionName, majorOf } from "../documents/uses.ts";
import type { Word } from "../shell/command.ts";
import { ACTION_NEEDS, GH_BEYOND_TOKEN, GH_NEEDS, type ActionNeed, type GhNeed } from "./token-needs.data.ts";

/** What the action of a step needs of its job's token; undefined where it is none that is known, or goes another way. */
export function needOfAction({ uses, inputs }: Step): ActionNeed | undefined {
  const need = uses && ACTION_NEEDS.get(actionName(uses)?.toLowerCase() ?? "");
  if (!need || (need.since !== undefined && (majorOf(uses) ?? 0) < need.since)) return undefined;
  const matches = ([input, pattern]: readonly [string, RegExp], isAsked: boolean): boolean => {
    const given: Template | undefined = inputs.get(input);
    if (!given) return false;
    // What is computed may come to nothing, or to anything.
    const isOpen = given.expressions.some(({ text }) => /&&|\|\||\(/.test(text));
    return isAsked
      ? pattern.test(given.text.trim()) && !isOpen
      : pattern.test(given.text.trim()) || given.expressions.length > 0;
  };
  const isThisWay =
    Object.entries(need.only ?? {}).every((input) => matches(input, true)) &&
    !Object.entries(need.except ?? {}).some((input) => matches(input, false));
  return isThisWay ? need : undefined;
}

/** What a command of gh asks for. */
export interface GhRequest extends GhNeed {
  /** True where no permission allows it. */
  readonly isBeyond: boolean;
  /** The repository that it names. */
  readonly repository: Word | undefined;
}

/** Flags with which gh asks GitHub for nothing. */
const IDLE_FLAG = /^(?:-h|--help|-w|--web|--dry-run|--no-repos-selected|-o|--org|-u|--user)(?:=|$)/;

/** What gh does by its token; undefined where that is not known. */
export function requestOfGh({ args }: RunBinary): GhRequest | undefined {
  const [group, command, ...others] = args;
  const name = `${textOf(group) ?? ""} ${textOf(command) ?? ""}`;
  const isBeyond = GH_BEYOND_TOKEN.has(name);
  const need = isBeyond ? { permissions: [] } : GH_NEEDS.get(name);
  if (!need || others.some(({ shape }) => IDLE_FLAG.test(shape))) return undefined;
  const at = others.findIndex(({ shape }) => /^(?:-R|--repo)(?:=|$)/.test(shape));
  const named = others[at];
  return { ...need, isBeyond, repository: named?.shape.includes("=") === true ? named : named && others[at + 1] };
}

const PUSH_FLAGS = { valueFlags: new Set(["-o", "--push-option", "--repo", "--receive-pack", "--exec"]) };

/** Whether a command is `git push` to where the checkout came from. */
export function pushesToOrigin({ args: [verb, ...words] }: RunBinary): boolean {
  if (textOf(verb) !== "push") return false;
  const { flags, positionals, isCertain } = readArguments(words, PUSH_FLAGS);
  const [remote] = positionals;
  const isPush = !["--repo", "--help", "-h"].some((flag) => flags.has(flag));
  return isPush && isCertain && (!remote || textOf(remote) === "origin");
}
