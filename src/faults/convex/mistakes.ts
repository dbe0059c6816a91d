import { hasFlag, textOf } from "../../commands/arguments.ts";
import type { Place } from "../../documents/source.ts";
import { failsJob } from "../../project/trace/certainty.ts";
import type { Repository } from "../../project/repository.ts";
import type { Word } from "../../shell/command.ts";
import {
  COMMON_SELECTION,
  DEPLOYMENT_COMMANDS,
  INIT_SELECTS,
  KNOWN_COMMANDS,
  PERSONAL_COMMANDS,
  REFUSES_PREVIEW_KEY,
  REJECTED_FLAGS,
  REMOVED_COMMANDS,
} from "../../tools/convex.data.ts";
import { liesWithin } from "../../tools/version-range.ts";
import { needOf } from "../credentials/requirements.ts";
import { provisionOf } from "../environment/provision.ts";
import type { ConvexCall } from "./convex-calls.ts";
import { isSet, keyOf, mayReadDotenv } from "./deploy-key.ts";

/** What is wrong with a call of the Convex CLI, whatever the deployment. */
export interface Mistake {
  readonly kind:
    /** The command refuses a flag. */
    | "rejectedFlag"
    /** `--url` or `--admin-key` without the other, which nothing reads. */
    | "ignoredFlag"
    /** `--cmd-url-env-var-name` without the command that would read the variable. */
    | "idleFlag"
    | "removedCommand"
    | "unknownCommand"
    /** A command for somebody who is logged in. */
    | "personalCommand"
    | "malformedKey"
    | "previewKey"
    | "productionKey"
    /** `CONVEX_DEPLOYMENT` beside the variables of a backend of one's own. */
    | "conflictingDeployment";
  /** The command, flag or variable that it is about. */
  readonly name: string;
  /** The flag with its value, where it is one. */
  readonly words: readonly Word[];
  /** What else is needed, or is in the way. */
  readonly other: string;
  /** Where the variable is set. */
  readonly setAt: Place | undefined;
}

/** What is wrong with a call as it is written. */
export function writtenMistakes(repository: Repository, call: ConvexCall): readonly Mistake[] {
  if (call.reach.isApproximate) return [];
  const fatal = failsJob(call.run, call.reach) ? [...rejectedFlags(call), ...unusableCommand(call)] : [];
  return fatal.length > 0 ? fatal : [...ignoredFlag(repository, call), ...idleFlag(call)];
}

/** What is wrong with the variables that a call reads. */
export function variableMistake(repository: Repository, call: ConvexCall): Mistake | undefined {
  if (call.reach.isApproximate || !readsVariables(call)) return undefined;
  return keyMistake(call) ?? (failsJob(call.run, call.reach) ? conflict(repository, call) : undefined);
}

function mistake(kind: Mistake["kind"], name: string, more: Partial<Mistake> = {}): Mistake {
  return { kind, name, words: [], other: "", setAt: undefined, ...more };
}

function* rejectedFlags({ command, flags, binary, version }: ConvexCall): Generator<Mistake> {
  const rejected = REJECTED_FLAGS.filter(
    ({ commands, versions }) => commands.includes(command) && liesWithin(version, versions),
  );
  for (const flag of rejected.flatMap((row) => row.flags)) {
    if (hasFlag(flags, flag)) yield mistake("rejectedFlag", flag, { words: wordsOf(binary.args, flag) });
  }
}

/** A flag with its value, where that stands in a word of its own. */
function wordsOf(args: readonly Word[], flag: string): readonly Word[] {
  const at = args.findIndex(({ shape }) => shape === flag || shape.startsWith(`${flag}=`));
  const [word, next] = args.slice(at < 0 ? args.length : at);
  if (!word) return [];
  const takesNext = word.shape === flag && TAKES_VALUE.has(flag) && next !== undefined;
  return takesNext ? [word, next] : [word];
}

const TAKES_VALUE = new Set([
  ..."--admin-key --cmd --cmd-url-env-var-name --deployment --deployment-name --env-file --preview-create --preview-name --run --url".split(
    " ",
  ),
]);

function* unusableCommand({ command, flags, run, reach, version }: ConvexCall): Generator<Mistake> {
  const { names, versions: compared } = KNOWN_COMMANDS;
  if (!names.has(command) && liesWithin(version, compared)) yield mistake("unknownCommand", command);
  const words = flags.positionals.map(textOf);
  const isCalled = (command: string): boolean => command.split(" ").every((word, index) => words[index] === word);
  const removed = REMOVED_COMMANDS.find(isCalled);
  if (removed !== undefined) yield mistake("removedCommand", `convex ${removed}`);
  const personal = PERSONAL_COMMANDS.find((row) => isCalled(row.command) && liesWithin(version, row.versions));
  // A step may write the file that `convex login` writes: `~/.convex/config.json`.
  const isLoggedIn =
    run.effects.loggedIn.includes("convex") ||
    reach.environment.lookup("CONVEX_OVERRIDE_ACCESS_TOKEN").state !== "absent" ||
    run.job.steps.some((step) => /(?:~|HOME\}?)\/\.convex|\.convex\/config/.test(step.run?.text ?? ""));
  if (personal && !isLoggedIn) yield mistake("personalCommand", `convex ${personal.command}`);
}

/** Where the command fails for want of a credential, that is reported, and the flag with it. */
function* ignoredFlag(repository: Repository, call: ConvexCall): Generator<Mistake> {
  const { flags, binary, run, reach } = call;
  const [given, ...others] = ["--url", "--admin-key"].filter((flag) => hasFlag(flags, flag));
  if (given === undefined || others.length > 0 || !readsDeployment(call) || mayHoldFlags(call)) return;
  const need = needOf(repository, run, reach);
  if (need?.isMet === "no" && !need.isOpen) return;
  const other = given === "--url" ? "--admin-key" : "--url";
  // Where a value is empty, the next flag takes its place.
  if (binary.args.some(({ text }) => text.startsWith(other))) return;
  yield mistake("ignoredFlag", given, { words: wordsOf(binary.args, given), other });
}

// runCommand in https://github.com/get-convex/convex-js/blob/main/src/cli/lib/deploy2.ts, alike from 1.10 to 1.48
function* idleFlag(call: ConvexCall): Generator<Mistake> {
  const { command, flags, binary } = call;
  const [name, other] = ["--cmd-url-env-var-name", "--cmd"] as const;
  if (command !== "deploy" || !hasFlag(flags, name) || hasFlag(flags, other) || mayHoldFlags(call)) return;
  yield mistake("idleFlag", name, { words: wordsOf(binary.args, name), other });
}

function readsDeployment({ command, version }: ConvexCall): boolean {
  return (command === "dev" || DEPLOYMENT_COMMANDS.includes(command)) && liesWithin(version, COMMON_SELECTION);
}

function mayHoldFlags({ binary }: ConvexCall): boolean {
  return binary.args.some(({ splits, value }) => splits && !value.known);
}

/** Whether the variables of the process choose the deployment. */
function readsVariables(call: ConvexCall): boolean {
  const choosers = ["--admin-key", "--deployment", "--deployment-name", "--env-file", "--system-udfs"];
  const isInit = call.command === "init" && liesWithin(call.version, INIT_SELECTS);
  return (readsDeployment(call) || isInit) && !hasFlag(call.flags, ...choosers) && !mayHoldFlags(call);
}

function keyMistake(call: ConvexCall): Mistake | undefined {
  const { command, flags, run, reach, version } = call;
  const key = keyOf(call);
  if (!key) return undefined;
  const more = { setAt: key.place, other: `convex ${command}` };
  if (key.kind === "production") {
    const pushes = command === "dev" && !hasFlag(flags, "--configure", "--local", "--cloud", "--prod", "--skip-push");
    return pushes ? mistake("productionKey", key.name, more) : undefined;
  }
  if (!failsJob(run, reach)) return undefined;
  if (key.kind === "malformed") return mistake("malformedKey", key.name, more);
  const refuses = key.kind === "preview" ? REFUSES_PREVIEW_KEY.get(command) : undefined;
  return refuses !== undefined && liesWithin(version, refuses) ? mistake("previewKey", key.name, more) : undefined;
}

function conflict(repository: Repository, { reach, run }: ConvexCall): Mistake | undefined {
  const { environment } = reach;
  const hasNoKey = ["CONVEX_DEPLOY_KEY", "CONVEX_DEPLOYMENT_TOKEN"].every(
    (name) => provisionOf(environment.lookup(name)) === "no",
  );
  if (!hasNoKey || mayReadDotenv(repository, run, reach)) return undefined;
  const deployment = environment.lookup("CONVEX_DEPLOYMENT");
  const own = SELF_HOSTED.find((name) => isSet(environment.lookup(name)));
  if (own === undefined || deployment.state !== "bound" || !isSet(deployment)) return undefined;
  const need = needOf(repository, run, reach);
  if (need?.isMet === "no") return undefined;
  return mistake("conflictingDeployment", "CONVEX_DEPLOYMENT", { other: own, setAt: deployment.place });
}

const SELF_HOSTED = ["CONVEX_SELF_HOSTED_URL", "CONVEX_SELF_HOSTED_ADMIN_KEY"];
