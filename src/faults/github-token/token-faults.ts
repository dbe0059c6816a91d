import type { DataDocument, Mapping } from "../../documents/data.ts";
import type { Level, Permissions } from "../../documents/permissions.ts";
import { describePlace, placeOf, type Place } from "../../documents/source.ts";
import type { JobRun } from "../../project/trace/job-run.ts";
import type { Repository } from "../../project/repository.ts";
import { faultsOfJobs, type FaultPlace, type Sighting } from "../call-sites.ts";
import { tellCommand, type ToldCommand } from "../chain.ts";
import { levelIn, tokenOf, type JobToken } from "./job-token.ts";
import { tokenUsesOf, type TokenUse } from "./token-uses.ts";

/** A permission that has to be `write`, and how far the token goes. */
export interface Lack {
  readonly name: string;
  readonly level: Level;
}

/** What fails for want of a permission or of the token itself. */
export interface TokenFault {
  readonly kind: "beyondToken" | "missingPermission" | "missingToken" | "ungrantedPermission" | "unkeptToken";
  readonly told: ToldCommand;
  /** True where it fails only when there is something to do. */
  readonly waits: boolean;
  readonly lacks: readonly Lack[];
  /** The `permissions` that are too few, or the input that throws git's credentials away. */
  readonly causedAt: Place | undefined;
  readonly granted: Permissions | undefined;
  /** The job that can grant more. */
  readonly job: Written;
  /** The step that can be given the token; undefined where the place is none. */
  readonly step: Written | undefined;
}

/** A mapping, and the file in which it stands. */
export interface Written {
  readonly node: Mapping;
  readonly document: DataDocument;
}

interface Spotted {
  readonly token: JobToken;
  readonly use: TokenUse;
  readonly lacks: readonly Lack[];
}

/** The steps of a workflow or action that fail for want of a permission of the `GITHUB_TOKEN`, or of that token. */
export function tokenFaults(repository: Repository, path: string): readonly TokenFault[] {
  if (!/\.ya?ml$/.test(path)) return [];
  return faultsOfJobs(repository, path, sightingsIn).map((fault) => {
    const { token, use, lacks } = fault.sighting.value;
    const { granted, job, document } = token;
    const grantedAt = granted && { source: document.source, range: granted.entry.keyRange };
    return {
      kind: use.obstacle ?? (granted ? "missingPermission" : "ungrantedPermission"),
      told: use.reach ? tellCommand(fault, use.reach) : tellAction(fault),
      waits: use.waits,
      lacks,
      causedAt: use.toldAt ?? grantedAt,
      granted,
      job: { node: job.node, document },
      step: fault.frame ? undefined : { node: use.run.step.node, document: use.run.document },
    };
  });
}

/** An action as a message tells of it, with the `uses` that leads to it where that is the place. */
function tellAction({ place, frame, sighting: { run, place: own } }: FaultPlace<Spotted>): ToldCommand {
  const text = run.step.uses?.text ?? "";
  const told = { place, command: text, runAt: undefined };
  return frame ? { ...told, text: frame.uses.text, chain: describePlace(own) } : { ...told, text, chain: "" };
}

function sightingsIn(repository: Repository, job: JobRun): readonly Sighting<Spotted>[] {
  const token = tokenOf(repository, job);
  return token
    ? job.steps.flatMap((run) => tokenUsesOf(repository, job, run).map((use) => sightingOf(job, token, use)))
    : [];
}

/** A permission is granted in the workflow of the job: what lacks one is mended there, at the step or the `uses` that leads to it. */
function sightingOf({ frames }: JobRun, token: JobToken, use: TokenUse): Sighting<Spotted> {
  const { run, reach, obstacle } = use;
  const lacks = obstacle ? [] : lacksOf(token, use);
  const isFaulty = obstacle !== undefined || lacks.length > 0;
  return {
    run,
    place: reach ? reach.entry.place : placeOf(run.source, run.step.uses ?? run.step.node),
    subject: reach ? reach.hops.map(({ text }) => text).join("\0") : "",
    verdict: !isFaulty ? "sound" : use.isCertain ? "faulty" : "unknown",
    mendedAt: obstacle ? undefined : (token.frame ?? run.frames[frames.length]),
    value: { token, use, lacks },
  };
}

function lacksOf(token: JobToken, { permissions }: TokenUse): readonly Lack[] {
  return permissions.flatMap((names) => {
    const levels = names.map((name) => levelIn(token, name));
    const isLacking = levels.every((level) => level === "none" || level === "read");
    const [level] = levels;
    return isLacking && level ? [{ name: names[0], level }] : [];
  });
}
