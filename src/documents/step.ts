import { entriesOf, entryOf, stringOf, type DataNode, type Mapping } from "./data.ts";
import { Condition, readTemplate, type Template } from "./expression.ts";
import type { Range, Source } from "./source.ts";
import { readUses, type Uses } from "./uses.ts";

/** One variable of an `env` mapping. */
export interface EnvEntry {
  readonly name: string;
  readonly keyRange: Range;
  /** Absent where the value is no scalar, which GitHub rejects. */
  readonly value?: Template;
}

/** The `env` key of a workflow, job, step or container. */
export interface EnvBlock {
  readonly entries: readonly EnvEntry[];
  /** True where the whole mapping is an expression, so that it can set any name. */
  readonly computed: boolean;
}

/** The `defaults.run` key of a workflow or job. */
export interface RunDefaults {
  readonly workingDirectory?: Template;
  readonly shell?: string;
}

/** One step of a job or composite action. */
export interface Step {
  readonly node: Mapping;
  readonly id?: string;
  readonly condition?: Condition;
  readonly env: EnvBlock;
  readonly continueOnError?: Template;
  readonly run?: Template;
  readonly workingDirectory?: Template;
  readonly shell?: string;
  readonly uses?: Uses;
  /** The inputs of `with`, by name in lower case, as GitHub compares them. */
  readonly inputs: ReadonlyMap<string, Template>;
  /** True where later steps do not wait for this one (`background`, or inside `parallel`). */
  readonly background: boolean;
}

/** The step with an id, as expressions name it: GitHub compares ids without case. */
export function findStep(steps: readonly Step[], id: string): Step | undefined {
  return steps.find((step) => step.id?.toLowerCase() === id.toLowerCase());
}

/** Reads an `env` mapping; anything else is an empty block. */
export function readEnv(node: DataNode | undefined): EnvBlock {
  const entries = entriesOf(node).map(({ key, keyRange, value }): EnvEntry => {
    const template = readTemplate(value);
    return { name: key, keyRange, ...(template && { value: template }) };
  });
  const text = stringOf(node);
  const computed = (text?.includes("${{") ?? false) || entries.some((entry) => entry.name.includes("${{"));
  return { entries, computed };
}

/** Reads a `defaults` mapping. */
export function readRunDefaults(node: DataNode | undefined): RunDefaults | undefined {
  const run = entryOf(node, "run")?.value;
  if (run?.kind !== "mapping") return undefined;
  const workingDirectory = readTemplate(entryOf(run, "working-directory")?.value);
  const shell = stringOf(entryOf(run, "shell")?.value);
  return { ...(workingDirectory && { workingDirectory }), ...(shell !== undefined && { shell }) };
}

/** Reads a `steps` sequence; items that are no mapping are left out, those of `parallel` stand among their neighbours. */
export function readSteps(node: DataNode | undefined, source: Source, background = false): readonly Step[] {
  if (node?.kind !== "sequence") return [];
  return node.items.flatMap((item) => {
    if (item.kind !== "mapping") return [];
    const parallel = entryOf(item, "parallel")?.value;
    return parallel ? readSteps(parallel, source, true) : [readStep(item, source, background)];
  });
}

function readStep(node: Mapping, source: Source, background: boolean): Step {
  const value = (key: string): DataNode | undefined => entryOf(node, key)?.value;
  const id = stringOf(value("id"));
  const condition = value("if");
  const continueOnError = readTemplate(value("continue-on-error"));
  const run = stringOf(value("run")) === undefined ? undefined : readTemplate(value("run"));
  const workingDirectory = readTemplate(value("working-directory"));
  const shell = stringOf(value("shell"));
  const uses = readUses(value("uses"), source);
  return {
    node,
    env: readEnv(value("env")),
    inputs: readInputs(value("with")),
    background: background || entryOf(node, "background")?.value.kind === "scalar",
    ...(id !== undefined && { id }),
    ...(condition && { condition: new Condition(condition) }),
    ...(continueOnError && { continueOnError }),
    ...(run && { run }),
    ...(workingDirectory && { workingDirectory }),
    ...(shell !== undefined && { shell }),
    ...(uses && { uses }),
  };
}

const NO_INPUTS: ReadonlyMap<string, Template> = new Map();

/** Reads a `with` mapping. */
export function readInputs(node: DataNode | undefined): ReadonlyMap<string, Template> {
  if (!node) return NO_INPUTS;
  return new Map(
    entriesOf(node).flatMap(({ key, value }) => {
      const template = readTemplate(value);
      return template ? [[key.toLowerCase(), template] as const] : [];
    }),
  );
}
