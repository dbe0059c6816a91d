import type { DataDocument } from "../../documents/data.ts";
import { evaluateTemplate, type Lookup } from "../../documents/expression.ts";
import { known, type Known } from "../../documents/known.ts";
import type { Combination } from "../../documents/matrix.ts";
import type { Source } from "../../documents/source.ts";
import type { RunDefaults, Step } from "../../documents/step.ts";
import { actionName, type Uses } from "../../documents/uses.ts";
import type { Job, Workflow } from "../../documents/workflow.ts";
import { normalizeDirectory } from "../../shell/directory.ts";
import { BEFORE_CHECKOUT, workspaceAfter, type WorkspaceContent } from "./checkout.ts";
import { actionLayer, effectsOfAction } from "./action-effects.ts";
import { blockLayer } from "./env-block.ts";
import { Environment, type Layer } from "./environment.ts";
import { eventLayer, occurrenceOf, onlyEvent, type Events } from "./events.ts";
import {
  inputsOf,
  isOrMayBeTrue,
  lookupIn,
  scoped,
  type Inputs,
  type Outputs,
  type ScopedCondition,
  type Surroundings,
} from "./expression-scope.ts";
import { reachesOf, type Reach } from "./reach.ts";
import type { Repository } from "../repository.ts";
import type { Script } from "./routine.ts";
import { runnerOf, type Runner } from "./runner.ts";
import { lookupOfJob, type Frame, type WorkflowEntry } from "./workflow-entry.ts";
import { scriptsOf } from "./step-scripts.ts";
import { effectsOfRun, environmentFileLayer, NO_EFFECTS, outputsOf, type Effects } from "./step-effects.ts";

/** One step as one job runs it: entered through zero or more callers, with the environment that it gets. */
export interface StepRun {
  readonly step: Step;
  /** Where the step is written. */
  readonly document: DataDocument;
  readonly source: Source;
  readonly job: Job;
  readonly workflow: Workflow;
  /** Outermost first. */
  readonly frames: readonly Frame[];
  /** True where its job or action has no other step. */
  readonly isOnlyStep: boolean;
  readonly environment: Environment;
  readonly lookup: Lookup;
  readonly surroundings: Surroundings;
  /** All that the step's script asks for; empty for a step that runs none. */
  readonly reaches: readonly Reach[];
  /** What the workspace holds before the step. */
  readonly workspace: WorkspaceContent;
  /** What this step and those before it left behind. */
  readonly effects: Effects;
  /** The variables that earlier steps wrote to `$GITHUB_ENV`. */
  readonly written: readonly string[];
  readonly conditions: readonly ScopedCondition[];
  /** True where its failure does not fail the job, or may not. */
  readonly mayFail: boolean;
}

/** One job of a run, with its steps and those of the composite actions that it uses. */
export interface JobRun {
  readonly job: Job;
  readonly workflow: Workflow;
  readonly frames: readonly Frame[];
  /** Of its matrix: undefined where it stands for all jobs that one starts. */
  readonly combination: Combination | undefined;
  readonly runner: Runner;
  readonly steps: readonly StepRun[];
  /** What the workspace holds in the end. */
  readonly workspace: WorkspaceContent;
}

const MAX_ACTION_DEPTH = 10;

/** An input of a step without the blanks around it, which actions cut off; empty where it is not given. */
export function inputOf({ step, lookup }: StepRun, name: string): Known<string> {
  const template = step.inputs.get(name);
  const value = template ? evaluateTemplate(template, lookup) : known("");
  return value.known ? known(value.value.trim()) : value;
}

/** Follows the steps of one job, with one combination of its matrix; undefined where its condition is never true. */
export function runJob(
  repository: Repository,
  entry: WorkflowEntry,
  job: Job,
  combination: Combination | undefined,
): JobRun | undefined {
  const { workflow } = entry;
  const occurrence = occurrenceOf(job.condition, entry.events, lookupOfJob(entry, job, combination));
  if (occurrence.holds.known && !occurrence.holds.value) return undefined;
  const { events } = occurrence;
  const lookup = lookupOfJob({ ...entry, events }, job, combination);
  const runner = runnerOf(job, lookup);
  const blocks = [job.container?.env, workflow.env, job.env].filter((block) => block !== undefined);
  const environment = blocks.reduce(
    (outer, block) => outer.with(blockLayer(block, workflow.source, lookup)),
    new Environment(runner.layer, entry.outside && new Environment(entry.outside)).with(eventLayer(events)),
  );
  const run = new StepSequence(repository, entry, job, combination, runner, environment);
  run.steps(job.steps, {
    document: workflow.document,
    surroundings: { steps: job.steps, workflow },
    frames: entry.frames,
    events,
    overrides: [],
    conditions: [...entry.conditions, ...scoped(job.condition, lookup, { steps: [], workflow })],
    mayFail: entry.mayFail || isOrMayBeTrue(job.continueOnError, lookup),
    defaults: job.defaults ?? workflow.defaults,
    outputs: new Map(),
    ...(entry.inputs && { inputs: entry.inputs }),
  });
  return { job, workflow, frames: entry.frames, combination, runner, steps: run.runs, workspace: run.workspace };
}

/** What the steps of one file have in common. */
interface StepContext {
  readonly document: DataDocument;
  readonly surroundings: Surroundings;
  readonly frames: readonly Frame[];
  /** The events at which the steps may run. */
  readonly events: Events;
  /** The `env` of the `uses` steps through which these steps are entered. */
  readonly overrides: readonly (Layer | undefined)[];
  readonly conditions: readonly ScopedCondition[];
  readonly mayFail: boolean;
  readonly defaults: RunDefaults | undefined;
  readonly inputs?: Inputs;
  /** What the steps so far gave out, by their `id` in lower case. */
  readonly outputs: Map<string, Outputs>;
}

class StepSequence {
  readonly runs: StepRun[] = [];
  readonly #repository: Repository;
  readonly #entry: WorkflowEntry;
  readonly #job: Job;
  readonly #combination: Combination | undefined;
  readonly #runner: Runner;
  /** What every later step gets, with what earlier ones wrote to `$GITHUB_ENV`. */
  #global: Environment;
  #effects: Effects = NO_EFFECTS;
  #workspace = BEFORE_CHECKOUT;
  /** Names that the steps so far wrote for later ones. */
  #written: readonly string[] = [];

  constructor(
    repository: Repository,
    entry: WorkflowEntry,
    job: Job,
    combination: Combination | undefined,
    runner: Runner,
    environment: Environment,
  ) {
    this.#repository = repository;
    this.#entry = entry;
    this.#job = job;
    this.#combination = combination;
    this.#runner = runner;
    this.#global = environment;
  }

  /** What the workspace holds after the steps so far. */
  get workspace(): WorkspaceContent {
    return this.#workspace;
  }

  steps(steps: readonly Step[], context: StepContext): void {
    for (const step of steps) this.#step(step, context, steps.length === 1);
  }

  #step(step: Step, context: StepContext, isOnlyStep: boolean): void {
    const outer = context.overrides.reduce((scope, layer) => scope.with(layer), this.#global);
    // A step that asks for the status may run after a failure, without those that did not run then.
    const scope = step.condition?.asksForStatus === true ? { ...context, outputs: new Map() } : context;
    const outerLookup = this.#lookup(scope, outer);
    const layer = blockLayer(step.env, context.document.source, outerLookup);
    const environment = outer.with(layer);
    const lookup = layer ? this.#lookup(scope, environment) : outerLookup;
    const { events, holds } = occurrenceOf(step.condition, context.events, lookup);
    if (holds.known && !holds.value) return;
    const conditions = [...context.conditions, ...scoped(step.condition, lookup, context.surroundings)];
    const mayFail = context.mayFail || step.background || isOrMayBeTrue(step.continueOnError, lookup);
    const scripts = scriptsOf(this.#repository, step, {
      source: context.document.source,
      defaults: context.defaults,
      os: this.#runner.os,
      workspace: this.#workspace,
      lookup,
    });
    const reaches = scripts.flatMap((script) => this.#run(script, environment, lookup));
    this.#effects = effectsOfRun(this.#effects, step, reaches, this.#repository);
    const written = environmentFileLayer(step, reaches, this.#repository);
    this.#global = this.#global.with(written?.layer);
    if (written) this.#written = [...this.#written, ...written.names];
    // A step that may fail without failing the job may end before it wrote them.
    if (step.id !== undefined && holds.known && !mayFail) {
      context.outputs.set(step.id.toLowerCase(), outputsOf(reaches));
    }
    this.runs.push({
      step,
      document: context.document,
      source: context.document.source,
      job: this.#job,
      workflow: this.#entry.workflow,
      frames: context.frames,
      isOnlyStep,
      environment,
      lookup,
      surroundings: context.surroundings,
      reaches,
      workspace: this.#workspace,
      effects: this.#effects,
      written: this.#written,
      conditions,
      mayFail,
    });
    if (step.uses)
      this.#use(
        step,
        step.uses,
        { ...context, events, conditions, mayFail, overrides: [...context.overrides, layer] },
        lookup,
      );
  }

  #lookup({ events, inputs, outputs }: StepContext, environment: Environment): Lookup {
    const event = onlyEvent(events);
    return lookupIn({
      job: this.#job,
      environment,
      secrets: this.#entry.secrets,
      outputs,
      ...(this.#combination && { combination: this.#combination }),
      ...(inputs && { inputs }),
      ...(this.#runner.os !== undefined && { runnerOs: this.#runner.os }),
      ...(event !== undefined && { event }),
    });
  }

  #run(script: Script, environment: Environment, lookup: Lookup): readonly Reach[] {
    return reachesOf(
      this.#repository,
      script,
      {
        expression: (expression) => {
          const value = expression.evaluate(lookup);
          return value.known ? known(String(value.value ?? "")) : value;
        },
        variable: (name) => environment.valueOf(name),
      },
      environment,
    );
  }

  #use(step: Step, uses: Uses, context: StepContext, lookup: Lookup): void {
    const { target } = uses;
    if (target.kind === "local") {
      const action =
        this.#workspace.foreign === undefined ? this.#repository.action(normalizeDirectory(target.path)) : undefined;
      if (action?.isComposite && context.frames.length < MAX_ACTION_DEPTH) {
        this.steps(action.steps, {
          ...context,
          document: action.document,
          surroundings: { steps: action.steps, workflow: undefined },
          frames: [...context.frames, { document: context.document, uses, step, job: this.#job }],
          inputs: inputsOf(action.inputs, step.inputs, lookup),
          defaults: undefined,
          outputs: new Map(),
        });
        return;
      }
    }
    const name = actionName(uses);
    if (name !== undefined) {
      const { foreign } = this.#workspace;
      const after = workspaceAfter(this.#workspace, name, step, lookup);
      // A checkout that may not run leaves what is there.
      const mayStay = foreign !== undefined && after.foreign === undefined && step.condition !== undefined;
      this.#workspace = mayStay ? { ...after, foreign } : after;
    }
    this.#effects = effectsOfAction(this.#effects, step, name);
    this.#global = this.#global.with(actionLayer(step, name, lookup, this.#repository));
  }
}
