import { placeOf, type Place } from "../../documents/source.ts";
import { actionName } from "../../documents/uses.ts";
import type { JobRun, StepRun } from "../../project/trace/job-run.ts";
import type { Reach } from "../../project/trace/reach.ts";
import { unreadCode, type UnreadCode } from "../../project/trace/unread-code.ts";
import type { Repository } from "../../project/repository.ts";
import { isQuietAction } from "../../tools/quiet-commands.ts";
import { isJobToken } from "./job-token.ts";

/** What git has to push by: the token of the job, which actions/checkout keeps for it, or nothing, which the checkout is told. */
export type KeptCredentials = { readonly kind: "token" } | { readonly kind: "none"; readonly toldAt: Place };

/** Inputs with which a checkout is not this repository's alone, or git gets something else to go by. */
const OTHER_CHECKOUTS = ["path", "repository", "ssh-key", "submodules", "github-server-url"];
/** Actions that leave git's configuration alone, and no file of the checkout. */
const PLAIN_ACTIONS = new Set(["actions/cache", "actions/cache/restore", "oven-sh/setup-bun", "pnpm/action-setup"]);
/** Variables by which git finds credentials, or other settings. https://git-scm.com/docs/git#_environment_variables */
const GIT_VARIABLES = ["GIT_ASKPASS", "GIT_CONFIG_COUNT", "GIT_CONFIG_GLOBAL", "GIT_CONFIG_PARAMETERS", "SSH_ASKPASS"];

/**
 * What git pushes by in the checkout of a job; undefined where that is not certain.
 * https://github.com/actions/checkout/blob/main/src/git-auth-helper.ts
 */
export function keptCredentials(
  repository: Repository,
  job: JobRun,
  run: StepRun,
  at: Reach | undefined,
): KeptCredentials | undefined {
  // An action may give git something to go by before it runs a command of one's own.
  if (at && run.step.uses) return undefined;
  const before = job.steps.slice(0, job.steps.indexOf(run));
  const checkouts = before.filter(({ step }) => step.uses && actionName(step.uses) === "actions/checkout");
  const [checkout] = checkouts;
  if (!checkout || checkouts.length > 1 || checkout.step.condition) return undefined;
  const { inputs } = checkout.step;
  const token = inputs.get("token");
  if (OTHER_CHECKOUTS.some((input) => inputs.has(input)) || (token && !isJobToken(token))) return undefined;
  if ([...before, run].some((other) => other !== checkout && mayGiveCredentials(repository, other, run)))
    return undefined;
  const environment = at?.environment ?? run.environment;
  if (GIT_VARIABLES.some((name) => environment.lookup(name).state !== "absent")) return undefined;
  const persist = inputs.get("persist-credentials");
  if (!persist || /^true$/i.test(persist.text.trim())) return { kind: "token" };
  return /^false$/i.test(persist.text.trim())
    ? { kind: "none", toldAt: placeOf(checkout.source, persist.node) }
    : undefined;
}

function mayGiveCredentials(repository: Repository, other: StepRun, run: StepRun): boolean {
  const { uses } = other.step;
  if (uses && other !== run && uses.target.kind !== "local") {
    const action = actionName(uses) ?? "";
    // webfactory/ssh-agent sends what goes to github.com by the keys that it is given.
    const isPlain = PLAIN_ACTIONS.has(action) || isQuietAction(action, other.step.inputs);
    return !isPlain || /ssh|credential/.test(action);
  }
  return (
    CREDENTIALS.test(other.step.run?.text ?? "") ||
    other.reaches.some((reach) => changesGit(reach) || unreadCode(reach, repository).some(mayChangeGit))
  );
}

/** What a script gives git a way to authenticate by. */
const CREDENTIALS =
  /insteadof|extraheader|credential|netrc|x-access-token|askpass|setup-git|https:\/\/[^\s/]*@|\bssh\b|GIT_CONFIG/i;
function mayChangeGit({ text }: UnreadCode): boolean {
  return text === undefined || CREDENTIALS.test(text) || /\bgit\b/.test(text);
}

/** Settings that are about commits and branches. */
const PLAIN_SETTING =
  /^(?:(?:user|commit|advice|init|pull|push|merge|rebase|safe|diff|fetch|tag|log)\..*|core\.(?:autocrlf|eol|filemode|ignorecase|longpaths|quotepath))$/i;

/** Whether a command may change where git pushes to, or by what. */
function changesGit({ invocation, located }: Reach): boolean {
  if (CREDENTIALS.test(located.text)) return true;
  if (invocation.kind !== "binary") return false;
  const words = invocation.args.map(({ shape }) => shape);
  if (invocation.name === "gh") return words[0] === "auth" || words[0] === "repo";
  if (invocation.name !== "git") return false;
  const [verb, ...others] = words;
  if (verb === "config") return !others.some((word) => PLAIN_SETTING.test(word));
  return (
    /^(?:-.*|clone|credential|init|remote|submodule)$/.test(verb ?? "") &&
    !/^remote\0(?:-v|show|prune|update)/.test(words.join("\0"))
  );
}
