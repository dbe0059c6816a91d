import type { Place } from "../../documents/source.ts";
import { actionName } from "../../documents/uses.ts";
import { dependsOnFiles, failsJob } from "../../project/trace/certainty.ts";
import type { JobRun, StepRun } from "../../project/trace/job-run.ts";
import type { Repository } from "../../project/repository.ts";
import { firstLineFor, needOf, unmetNeed } from "../../tools/node-requirements.ts";
import { faultsOfJobs, type FaultPlace, type Sighting } from "../call-sites.ts";
import { chainOf } from "../chain.ts";
import type { Brought } from "../../tools/manager-setup.data.ts";
import { broughtByAction, broughtByCommand } from "../setup/brought-managers.ts";
import { demandOf, isAsSetUp, type Demand } from "./demands.ts";
import { pnpmAfter, pnpmOfCommand, pnpmOfStep, type PresentPnpm } from "./present-pnpm.ts";
import { setUpNodes, type SetUpNode } from "./set-up-node.ts";

/** A Node.js that a workflow sets up, with which a command of the job certainly fails. */
export interface UnfitNode {
  readonly place: Place;
  /** As it is asked for, and the file that does where that is not the place. */
  readonly node: string;
  readonly file: string | undefined;
  /** The first command that fails, as the step has it, and the way from there. */
  readonly command: string;
  readonly commandAt: Place;
  readonly chain: string;
  /** The tool with its version, and the range of Node.js that it needs. */
  readonly tool: string;
  readonly need: string;
  /** How many commands would fail besides. */
  readonly others: number;
  /** The characters of the version, and the line of Node.js that all tools of the job take. */
  readonly written: Place | undefined;
  readonly line: string | undefined;
}

/** A Node.js with the commands that it runs. */
interface Use {
  readonly run: StepRun;
  readonly nodes: readonly SetUpNode[];
  readonly demands: Demand[];
}

interface Spotted {
  readonly node: SetUpNode;
  /** All that the job runs by it, and those that certainly fail. */
  readonly demands: readonly Demand[];
  readonly failing: readonly Demand[];
}

/** The values of a workflow or action that set up a Node.js which is too old for a tool that its job runs. */
export function unfitNodes(repository: Repository, path: string): readonly UnfitNode[] {
  if (!/\.ya?ml$/.test(path)) return [];
  return faultsOfJobs(repository, path, sightingsIn).flatMap(describe);
}

function sightingsIn(repository: Repository, job: JobRun): readonly Sighting<Spotted>[] {
  if (job.runner.image === undefined || !job.steps.some(setsUpNode)) return [];
  return usesIn(repository, job).flatMap(({ run, nodes, demands }) =>
    nodes.map((node) => {
      const failing = demands.filter(
        (demand) => unmet(node, demand) !== undefined && isCertain(repository, job, demand, run, node),
      );
      // A value that is written for this Node.js is to blame, whoever else comes by; another one may have other values too.
      const verdict = failing.length > 0 ? "faulty" : node.isWritten ? "unknown" : "sound";
      return { run, place: node.place, subject: "", verdict, value: { node, demands, failing } };
    }),
  );
}

function setsUpNode({ step }: StepRun): boolean {
  return step.uses !== undefined && actionName(step.uses) === "actions/setup-node";
}

/** What the steps of a job run by a Node.js that is known. */
function usesIn(repository: Repository, job: JobRun): readonly Use[] {
  const uses: Use[] = [];
  let current: Use | undefined;
  let pnpm: PresentPnpm = { isBrought: false };
  const bring = (brought: Brought, version: string | undefined): void => {
    if (brought === "any") current = undefined;
    if (brought === "any" || brought.includes("pnpm")) pnpm = pnpmAfter(pnpm, version);
  };
  for (const [index, run] of job.steps.entries()) {
    const { step, reaches } = run;
    if (setsUpNode(run)) {
      current = { run, nodes: run.mayFail || step.background ? [] : setUpNodes(repository, job, run), demands: [] };
      uses.push(current);
    } else if (step.uses) {
      bring(broughtByAction(run, job.steps[index + 1]), pnpmOfStep(repository, run));
    } else if (reaches.length === 0) {
      bring("any", undefined);
    }
    for (const reach of reaches) {
      const demand = current && demandOf(repository, run, reach, pnpm.version);
      if (demand) current?.demands.push(demand);
      bring(broughtByCommand(reach, reaches), pnpmOfCommand(run, reach));
    }
  }
  return uses.filter(({ nodes }) => nodes.length > 0);
}

function unmet({ range }: SetUpNode, { version, requirements }: Demand): string | undefined {
  return unmetNeed(range, version, requirements);
}

/** Whether a command certainly runs where a step has set up a Node.js, by that, and its failure fails the job. */
function isCertain(
  repository: Repository,
  job: JobRun,
  demand: Demand,
  setup: StepRun,
  { isOfMatrix }: SetUpNode,
): boolean {
  const { run, reach } = demand;
  const { conditions } = run;
  const readsMatrix = conditions.some(({ condition }) =>
    condition.references.some(({ context }) => context === "matrix"),
  );
  return (
    setup.conditions.every((condition) => conditions.includes(condition)) &&
    !(isOfMatrix && readsMatrix) &&
    !run.step.background &&
    // What a script tests, such as whether a file is there, may never be so.
    reach.guards.length === 0 &&
    !dependsOnFiles(run) &&
    failsJob(run, reach) &&
    isAsSetUp(repository, job, demand)
  );
}

function describe({ place, sighting }: FaultPlace<Spotted>): readonly UnfitNode[] {
  const { node, demands, failing } = sighting.value;
  const [first, ...others] = failing;
  if (!first) return [];
  const { entry, hops } = first.reach;
  const needs = demands.flatMap(({ version, requirements }) => needOf(version, requirements) ?? []);
  return [
    {
      place,
      node: node.text,
      file: node.file,
      command: entry.text,
      commandAt: entry.place,
      chain: chainOf({ hops }),
      tool: first.title,
      need: unmet(node, first) ?? "",
      others: new Set(others.map(({ reach }) => reach.located)).size,
      written: place === node.place ? node.written : undefined,
      line: firstLineFor(node.range, needs),
    },
  ];
}
