import type { RunBinary } from "../../commands/invocation.ts";
import type { Place } from "../../documents/source.ts";
import { failsJob } from "../../project/trace/certainty.ts";
import type { Answer } from "../../project/trace/environment.ts";
import type { JobRun, StepRun } from "../../project/trace/job-run.ts";
import { reachesOfBinaries, type ReachOf } from "../../project/trace/reach-index.ts";
import type { Repository } from "../../project/repository.ts";
import { needOfAction, pushesToOrigin, requestOfGh } from "../../tools/token-needs.ts";
import type { ActionNeed, TokenNeed } from "../../tools/token-needs.data.ts";
import { isHosted, startedWorkflow, STEP_ITSELF } from "../call-sites.ts";
import { provisionOf } from "../environment/provision.ts";
import { asksForThisRepository } from "../gh-repository.ts";
import { asksForProvenance } from "../publishing/provenance.ts";
import { publicationsOf, type Publication } from "../publishing/publications.ts";
import { isJobToken } from "./job-token.ts";
import { keptCredentials } from "./kept-credentials.ts";

/** Something that a step does by the `GITHUB_TOKEN` of its job, or would if it had one. */
export interface TokenUse {
  readonly run: StepRun;
  /** The command; undefined for what the action of the step does. */
  readonly reach: ReachOf<RunBinary> | undefined;
  readonly permissions: TokenNeed;
  /** True where it succeeds as long as there is nothing to do. */
  readonly waits: boolean;
  /** Why it fails whatever is granted: gh without a token, what no permission allows, git without credentials. */
  readonly obstacle: "missingToken" | "beyondToken" | "unkeptToken" | undefined;
  /** Where git's credentials are thrown away. */
  readonly toldAt?: Place;
  /** Whether it certainly goes by that token, and fails the job where that may not. */
  readonly isCertain: boolean;
}

/** What a step does by the token of its job. */
export function tokenUsesOf(repository: Repository, job: JobRun, run: StepRun): readonly TokenUse[] {
  const need = needOfAction(run.step);
  const commands = reachesOfBinaries(run.reaches, COMMANDS).flatMap(
    (reach) =>
      (reach.invocation.name === "gh" ? useOfGh(job, run, reach) : useOfGit(repository, job, run, reach)) ?? [],
  );
  const publications = publicationsOf(repository, job)
    .filter((publication) => publication.run === run)
    .flatMap((publication) => useOfPublication(repository, job, publication) ?? []);
  return [...(need ? [useOfAction(repository, job, run, need)] : []), ...commands, ...publications];
}

/** npm signs what it publishes by the identity of the job. */
function useOfPublication(repository: Repository, job: JobRun, publication: Publication): TokenUse | undefined {
  const { run, reach, packages, waits } = publication;
  if (!packages.some((member) => asksForProvenance(repository, job, publication, member))) return undefined;
  return {
    run,
    reach,
    permissions: [["id-token"]],
    waits: waits || reach.guards.length > 0,
    obstacle: undefined,
    isCertain: failsWhereReached(run, reach),
  };
}

const COMMANDS = new Set(["gh", "git"]);
const TOKEN_VARIABLES = ["GH_TOKEN", "GITHUB_TOKEN"];

function useOfAction(repository: Repository, job: JobRun, run: StepRun, need: ActionNeed): TokenUse {
  const { permissions, waits = false } = need;
  const kept = need.pushes && keptCredentials(repository, job, run, undefined);
  const isCertain =
    takesJobToken(run, need) &&
    (need.pushes !== true || kept !== undefined) &&
    (!need.machine || hasNoCredentials(job, run, need.machine)) &&
    !(need.isOpenInPullRequests && startedWorkflow(repository, run)?.triggers.includes("pull_request")) &&
    failsJob(run, STEP_ITSELF);
  const use = { run, reach: undefined, permissions, waits, obstacle: undefined, isCertain };
  // One that takes a token pushes by that.
  return kept?.kind === "none" && !need.tokens ? { ...use, obstacle: "unkeptToken", toldAt: kept.toldAt } : use;
}

/** Whether an action is given the token of its job, or takes it where it is given none. */
function takesJobToken({ step, environment }: StepRun, { tokens, asksForToken }: ActionNeed): boolean {
  if (!tokens) return true;
  const given = tokens.flatMap((input) => step.inputs.get(input) ?? []);
  const variables = TOKEN_VARIABLES.map((name) => environment.lookup(name));
  const isGiven = given.length > 0 || variables.some(({ state }) => state !== "absent");
  return (
    (isGiven || asksForToken !== true) &&
    given.every(isJobToken) &&
    variables.every((answer) => answer.state === "absent" || isTokenOfJob(answer))
  );
}

/** Whether a machine has no credentials by which an action could go: it is new, and no step before speaks of such. */
function hasNoCredentials(job: JobRun, run: StepRun, names: readonly string[]): boolean {
  const service = /^[A-Z]+/.exec(names[0] ?? "")?.[0] ?? "";
  const speaks = new RegExp(service, "i");
  const before = job.steps.slice(0, job.steps.indexOf(run));
  return (
    isHosted(job) &&
    names.every((name) => run.environment.lookup(name).state === "absent") &&
    !before.some(({ source, step }) => speaks.test(source.text.slice(...step.node.range)))
  );
}

function useOfGh(job: JobRun, run: StepRun, reach: ReachOf<RunBinary>): TokenUse | undefined {
  const request = requestOfGh(reach.invocation);
  if (!request) return undefined;
  const { permissions, waits = false, isBeyond, repository } = request;
  const token = tokenOfGh(run, reach);
  // An action may give a token to the commands that it runs.
  const isBare = token === "none" && !run.step.uses;
  return {
    run,
    reach,
    permissions,
    waits: waits || reach.guards.length > 0,
    obstacle: isBare ? "missingToken" : isBeyond ? "beyondToken" : undefined,
    isCertain:
      (token === "job" ? asksForThisRepository(job, run, reach, repository) : isBare && isHosted(job)) &&
      failsWhereReached(run, reach),
  };
}

/** What gh goes by. https://cli.github.com/manual/gh_help_environment */
function tokenOfGh({ effects }: StepRun, { environment }: ReachOf<RunBinary>): "job" | "none" | "unknown" {
  const answers = TOKEN_VARIABLES.map((name) => environment.lookup(name));
  const first = answers.find((answer) => provisionOf(answer) !== "no");
  if (first) return isTokenOfJob(first) ? "job" : "unknown";
  const isLoggedIn = effects.loggedIn.includes("gh") || environment.lookup("GH_CONFIG_DIR").state !== "absent";
  return isLoggedIn || environment.lookup("GH_HOST").state !== "absent" ? "unknown" : "none";
}

function useOfGit(repository: Repository, job: JobRun, run: StepRun, reach: ReachOf<RunBinary>): TokenUse | undefined {
  if (!pushesToOrigin(reach.invocation)) return undefined;
  const kept = keptCredentials(repository, job, run, reach);
  return {
    run,
    reach,
    permissions: [["contents"]],
    waits: reach.guards.length > 0,
    obstacle: kept?.kind === "none" ? "unkeptToken" : undefined,
    ...(kept?.kind === "none" && { toldAt: kept.toldAt }),
    isCertain: kept !== undefined && reach.directory.known && failsWhereReached(run, reach),
  };
}

/** What a condition may ask about the token that is at hand. */
const ABOUT_TOKENS = /TOKEN|PAT\b|SECRET|KEY|AUTH/i;

/** Whether a command that is not allowed what it does fails the job in each run that gets there: what leads there is other work. */
function failsWhereReached(run: StepRun, reach: ReachOf<RunBinary>): boolean {
  const isAboutTokens = reach.guards.some(
    ({ guard }) =>
      guard.variables.some((name) => ABOUT_TOKENS.test(name)) ||
      guard.expressions.some(({ text }) => ABOUT_TOKENS.test(text)),
  );
  return !isAboutTokens && failsJob(run, { ...reach, guards: [] });
}

function isTokenOfJob(answer: Answer): boolean {
  return answer.state === "bound" && isJobToken(answer.template);
}
