import {
  entriesOf,
  entryOf,
  stringOf,
  stringsOf,
  valueAt,
  type DataDocument,
  type DataNode,
  type Mapping,
} from "./data.ts";
import { Condition, readTemplate, type Template } from "./expression.ts";
import type { Known } from "./known.ts";
import { readPermissions, type Permissions } from "./permissions.ts";
import { readEnv, readInputs, readRunDefaults, readSteps, type EnvBlock, type RunDefaults, type Step } from "./step.ts";
import type { Range, Source } from "./source.ts";
import { readUses, type Uses } from "./uses.ts";

/** A workflow file. */
export interface Workflow {
  readonly kind: "workflow";
  readonly document: DataDocument;
  readonly source: Source;
  readonly node: Mapping;
  /** Names of the events that start it. */
  readonly triggers: readonly string[];
  /** Present where other workflows can call it. */
  readonly call?: WorkflowCall;
  readonly env: EnvBlock;
  readonly permissions?: Known<Permissions>;
  readonly defaults?: RunDefaults;
  readonly jobs: readonly Job[];
}

/** `on.workflow_call`: what a reusable workflow declares. Names are in lower case, as GitHub compares them. */
export interface WorkflowCall {
  readonly inputs: ReadonlyMap<string, InputDeclaration>;
  readonly secrets: ReadonlyMap<string, SecretDeclaration>;
}

/** One secret that a reusable workflow declares. */
export interface SecretDeclaration {
  readonly keyRange: Range;
  /** True where a call that does not pass it is an error. */
  readonly isRequired: boolean;
}

/** One input of a reusable workflow or an action. */
export interface InputDeclaration {
  readonly keyRange: Range;
  readonly default?: Template;
  /** What a reusable workflow makes of its value; those of actions are always strings. */
  readonly type: "boolean" | "number" | "string";
  /** True where a call of a reusable workflow that does not pass it is an error. */
  readonly isRequired: boolean;
}

/** One job of a workflow: its own steps, or a call of a reusable workflow. */
export interface Job {
  readonly id: string;
  readonly node: Mapping;
  readonly keyRange: Range;
  readonly condition?: Condition;
  readonly continueOnError?: Template;
  readonly needs: readonly string[];
  /** Runner labels; undefined where a runner group or an expression list chooses. */
  readonly runsOn?: readonly Template[];
  readonly container?: { readonly image?: Template; readonly env: EnvBlock };
  readonly env: EnvBlock;
  readonly permissions?: Known<Permissions>;
  readonly defaults?: RunDefaults;
  readonly outputs: ReadonlyMap<string, Template>;
  /** True where the job takes part in a deployment environment, which can add secrets and variables of any name. */
  readonly hasEnvironment: boolean;
  readonly matrix?: DataNode;
  readonly steps: readonly Step[];
  readonly uses?: Uses;
  readonly inputs: ReadonlyMap<string, Template>;
  /** Secrets that a call passes on, by name in lower case, or all of them. */
  readonly secrets: "inherit" | ReadonlyMap<string, Template>;
}

/**
 * Whether two ids of jobs are the same to GitHub, which compares them without case in `needs` and in expressions. ConvertToJobs in
 * https://github.com/actions/runner/blob/258d6c857db3519913f7deb6004b60172f8043ae/src/Sdk/WorkflowParser/Conversion/WorkflowTemplateConverter.cs
 */
export function isSameJob(id: string, other: string): boolean {
  return id.toLowerCase() === other.toLowerCase();
}

/** The job of a workflow with an id, as `needs` names it. */
export function findJob({ jobs }: Pick<Workflow, "jobs">, id: string): Job | undefined {
  return jobs.find((job) => isSameJob(job.id, id));
}

/** Whether a job names the one with an id in its `needs`. */
export function waitsFor({ needs }: Job, id: string): boolean {
  return needs.some((needed) => isSameJob(needed, id));
}

/** Reads a workflow; undefined where the file holds no mapping with jobs. */
export function readWorkflow(document: DataDocument): Workflow | undefined {
  const { root, source } = document;
  if (root?.kind !== "mapping") return undefined;
  const on = entryOf(root, "on")?.value;
  const defaults = readRunDefaults(entryOf(root, "defaults")?.value);
  const call = readWorkflowCall(on);
  const permissions = entryOf(root, "permissions");
  return {
    kind: "workflow",
    document,
    source,
    node: root,
    triggers: triggersOf(on),
    env: readEnv(entryOf(root, "env")?.value),
    jobs: entriesOf(entryOf(root, "jobs")?.value).flatMap(({ key, keyRange, value }) =>
      value.kind === "mapping" ? [readJob(key, keyRange, value, source)] : [],
    ),
    ...(call && { call }),
    ...(permissions && { permissions: readPermissions(permissions) }),
    ...(defaults && { defaults }),
  };
}

function triggersOf(on: DataNode | undefined): readonly string[] {
  const single = stringOf(on);
  return single === undefined ? [...stringsOf(on), ...entriesOf(on).map((entry) => entry.key)] : [single];
}

function readWorkflowCall(on: DataNode | undefined): WorkflowCall | undefined {
  if (!triggersOf(on).includes("workflow_call")) return undefined;
  return {
    inputs: readInputDeclarations(valueAt(on, "workflow_call", "inputs"), true),
    secrets: readSecretDeclarations(valueAt(on, "workflow_call", "secrets")),
  };
}

function readSecretDeclarations(node: DataNode | undefined): ReadonlyMap<string, SecretDeclaration> {
  return new Map(
    entriesOf(node).map(({ key, keyRange, value }) => [key.toLowerCase(), { keyRange, isRequired: isRequired(value) }]),
  );
}

function isRequired(declaration: DataNode): boolean {
  const required = entryOf(declaration, "required")?.value;
  return required?.kind === "scalar" && required.value === true;
}

/** Reads the `inputs` mapping of a reusable workflow, whose inputs have types, or of an action. */
export function readInputDeclarations(
  node: DataNode | undefined,
  isTyped = false,
): ReadonlyMap<string, InputDeclaration> {
  return new Map(
    entriesOf(node).map(({ key, keyRange, value }) => {
      const initial = readTemplate(entryOf(value, "default")?.value);
      const written = isTyped ? stringOf(entryOf(value, "type")?.value) : undefined;
      const type = written === "boolean" || written === "number" ? written : "string";
      const declaration = {
        keyRange,
        type,
        isRequired: isRequired(value),
        ...(initial && { default: initial }),
      } as const;
      return [key.toLowerCase(), declaration];
    }),
  );
}

function readJob(id: string, keyRange: Range, node: Mapping, source: Source): Job {
  const value = (key: string): DataNode | undefined => entryOf(node, key)?.value;
  const condition = value("if");
  const continueOnError = readTemplate(value("continue-on-error"));
  const needs = stringOf(value("needs"));
  const runsOn = readRunsOn(value("runs-on"));
  const container = readContainer(value("container"));
  const defaults = readRunDefaults(value("defaults"));
  const matrix = valueAt(node, "strategy", "matrix");
  const uses = readUses(value("uses"), source);
  const secrets = value("secrets");
  const permissions = entryOf(node, "permissions");
  return {
    id,
    node,
    keyRange,
    needs: needs === undefined ? stringsOf(value("needs")) : [needs],
    env: readEnv(value("env")),
    outputs: readInputs(value("outputs")),
    hasEnvironment: value("environment") !== undefined,
    steps: readSteps(value("steps"), source),
    inputs: readInputs(value("with")),
    secrets: stringOf(secrets) === "inherit" ? "inherit" : readInputs(secrets),
    ...(condition && { condition: new Condition(condition) }),
    ...(continueOnError && { continueOnError }),
    ...(runsOn && { runsOn }),
    ...(container && { container }),
    ...(permissions && { permissions: readPermissions(permissions) }),
    ...(defaults && { defaults }),
    ...(matrix && { matrix }),
    ...(uses && { uses }),
  };
}

function readRunsOn(node: DataNode | undefined): readonly Template[] | undefined {
  if (node?.kind === "mapping") {
    return entryOf(node, "group") ? undefined : readRunsOn(entryOf(node, "labels")?.value);
  }
  const labels = (node?.kind === "sequence" ? node.items : [node]).map(readTemplate);
  return labels.every((label) => label !== undefined) ? labels : undefined;
}

function readContainer(node: DataNode | undefined): Job["container"] {
  if (!node) return undefined;
  const image = readTemplate(node.kind === "mapping" ? entryOf(node, "image")?.value : node);
  return { env: readEnv(entryOf(node, "env")?.value), ...(image && { image }) };
}
