import { entriesOf, entryOf, valueAt, type DataNode, type Entry, type Mapping, type Scalar } from "./data.ts";
import { onceForEach } from "../memo.ts";
import type { Job } from "./workflow.ts";

/** What one job of a matrix finds in `matrix`, by name in lower case: undefined where its combination has nothing of the name. */
export type Combination = ReadonlyMap<string, DataNode | undefined>;

/** More ways to run a job, or more steps in all of them, are not followed one by one: what differs is unknown then. */
const MAX_COMBINATIONS = 32;
const MAX_STEPS = 1000;
/** GitHub starts no more jobs from one matrix. https://docs.github.com/en/actions/reference/limits */
const MAX_JOBS = 256;

/**
 * The combinations of a job's matrix that differ in what its commands, conditions and environment read of it. A single undefined
 * one where there is no matrix, or none that the file alone determines.
 * https://docs.github.com/en/actions/how-tos/write-workflows/choose-what-workflows-do/run-job-variations
 */
export function combinationsOf(job: Job): readonly [Combination | undefined, ...Combination[]] {
  const names = job.matrix ? namesRead(job) : new Set<string>();
  const all = names.size > 0 && job.matrix?.kind === "mapping" ? allCombinations(job.matrix) : undefined;
  const distinct = new Map<string, Combination>();
  for (const combination of all ?? []) {
    const read = new Map([...names].map((name) => [name, combination.get(name)]));
    distinct.set([...read.values()].map((node) => node && keyOf(node)).join("\0"), read);
  }
  const [first, ...others] = distinct.values();
  const isFew = distinct.size <= MAX_COMBINATIONS && distinct.size * job.steps.length <= MAX_STEPS;
  return first && isFew ? [first, ...others] : [undefined];
}

/** Every job that a matrix starts, with all that it finds in `matrix`; undefined where there is none that the file alone determines. */
export function legsOf({ matrix }: Job): readonly Combination[] | undefined {
  return matrix?.kind === "mapping" ? allCombinations(matrix) : undefined;
}

/** Whether a job of a matrix has the values of a combination. */
export function isLegOf(leg: Combination, combination: Combination | undefined): boolean {
  return [...(combination ?? [])].every(([name, node]) => isSame(leg.get(name), node));
}

/** The names that have not the same value in all jobs of a matrix. */
export function differingNames(legs: readonly Combination[]): readonly string[] {
  const names = [...new Set(legs.flatMap((leg) => [...leg.keys()]))];
  return names.filter((name) => legs.some((leg) => !isSame(leg.get(name), legs[0]?.get(name))));
}

function isSame(one: DataNode | undefined, other: DataNode | undefined): boolean {
  return (one && keyOf(one)) === (other && keyOf(other));
}

/** What a job is called and how it is started changes no command, nor does what actions of others get. A job's own `if` has no matrix yet. */
const UNREAD_IN_JOB = new Set(["concurrency", "if", "name", "steps", "strategy", "timeout-minutes"]);

function namesRead({ node }: Job): ReadonlySet<string> {
  const steps = entryOf(node, "steps")?.value;
  const read = [
    ...node.entries.filter(({ key }) => !UNREAD_IN_JOB.has(key)),
    ...(steps?.kind === "sequence" ? steps.items : []).flatMap((step) =>
      entriesOf(step).filter(({ key }) => key !== "name" && (key !== "with" || usesLocalAction(step))),
    ),
  ];
  const texts = read.flatMap(({ value }) => scalarsIn(value).map((scalar) => String(scalar.value)));
  const names = texts.flatMap((text) =>
    Array.from(text.matchAll(/\bmatrix\s*\.\s*([\w-]+)/gi), ([, name = ""]) => name),
  );
  return new Set(names.map((name) => name.toLowerCase()));
}

function usesLocalAction(step: DataNode): boolean {
  const uses = entryOf(step, "uses")?.value;
  return uses?.kind === "scalar" && String(uses.value).startsWith("./");
}

function allCombinations(matrix: Mapping): readonly Combination[] | undefined {
  if (scalarsIn(matrix).some(({ value }) => String(value).includes("${{"))) return undefined;
  const axes = axesOf(matrix);
  const excluded = mappingsIn(entryOf(matrix, "exclude")?.value);
  const included = mappingsIn(entryOf(matrix, "include")?.value);
  const product = productOf(axes);
  if (!excluded || !included || !product) return undefined;
  const originals = product.filter((original) => !excluded.some((item) => agrees(item, original)));
  const combinations = originals.map((original) => new Map(original));
  const added: Combination[] = [];
  for (const item of included) {
    const places = combinations.filter((_, index) =>
      agrees(item, originals[index] ?? new Map<string, DataNode>(), true),
    );
    if (places.length === 0) added.push(new Map(item.entries.map(({ key, value }) => [key.toLowerCase(), value])));
    for (const place of places) for (const { key, value } of item.entries) place.set(key.toLowerCase(), value);
  }
  return [...combinations, ...added];
}

/** Every way to take one value of each axis; none where there is no axis, undefined where one is no list. */
function productOf(axes: Mapping["entries"]): readonly ReadonlyMap<string, DataNode>[] | undefined {
  let product: readonly ReadonlyMap<string, DataNode>[] = axes.length > 0 ? [new Map<string, DataNode>()] : [];
  for (const { key, value } of axes) {
    if (value.kind !== "sequence" || value.items.length * product.length > MAX_JOBS) return undefined;
    product = product.flatMap((outer) => value.items.map((item) => new Map([...outer, [key.toLowerCase(), item]])));
  }
  return product;
}

/** Whether an item has the values of a combination: all of its own, or those alone that the combination has a name for. */
function agrees(item: Mapping, combination: ReadonlyMap<string, DataNode>, isPartial = false): boolean {
  return item.entries.every(({ key, value }) => {
    const own = combination.get(key.toLowerCase());
    return own === undefined ? isPartial : keyOf(own) === keyOf(value);
  });
}

function mappingsIn(node: DataNode | undefined): readonly Mapping[] | undefined {
  if (!node) return [];
  const items = node.kind === "sequence" ? node.items : undefined;
  return items?.every((item) => item.kind === "mapping") === true ? items : undefined;
}

/** All names that `matrix` can have in a job, in any of its combinations; undefined where they are computed. */
export function matrixNames(job: Job): readonly string[] | undefined {
  const { matrix } = job;
  if (!matrix) return entryOf(job.node, "strategy")?.value.kind === "scalar" ? undefined : [];
  return matrix.kind === "mapping" ? namesIn(axesOf(matrix), mappingsIn(entryOf(matrix, "include")?.value)) : undefined;
}

/** All names below one of them; undefined where they are computed too. */
export function matrixNamesBelow({ matrix }: Job, name: string): readonly string[] | undefined {
  const included = mappingsIn(entryOf(matrix, "include")?.value);
  if (matrix?.kind !== "mapping" || !included) return undefined;
  const isNamed = ({ key }: Entry): boolean => key.toLowerCase() === name.toLowerCase();
  const axes = axesOf(matrix).filter(isNamed);
  const values = axes.flatMap(({ value }) => (value.kind === "sequence" ? value.items : [value]));
  values.push(...included.flatMap(({ entries }) => entries.filter(isNamed).map(({ value }) => value)));
  const mappings = values.flatMap((value) => (value.kind === "mapping" ? [value] : []));
  return mappings.length === values.length ? namesIn([], mappings) : undefined;
}

function axesOf({ entries }: Mapping): readonly Entry[] {
  return entries.filter(({ key }) => key !== "include" && key !== "exclude");
}

function namesIn(entries: readonly Entry[], mappings: readonly Mapping[] | undefined): readonly string[] | undefined {
  const names = [...entries, ...(mappings ?? []).flatMap((mapping) => mapping.entries)].map(({ key }) => key);
  return mappings && !names.some((name) => name.includes("${{")) ? [...new Set(names)] : undefined;
}

/** The scalars in a value, however deep. */
export function scalarsIn(node: DataNode): readonly Scalar[] {
  if (node.kind === "scalar") return [node];
  return (node.kind === "mapping" ? node.entries.map(({ value }) => value) : node.items).flatMap(scalarsIn);
}

/** Equal for equal values. */
const keyOf = onceForEach((node: DataNode): string => {
  if (node.kind === "mapping") return JSON.stringify(node.entries.map(({ key, value }) => [key, keyOf(value)]).sort());
  return JSON.stringify(node.kind === "sequence" ? node.items.map(keyOf) : node.value);
});

/**
 * Every value that `matrix.<path>` can have in a job, or undefined where the matrix is computed. A combination that
 * lacks the key gives no scalar, hence the empty string on GitHub.
 */
export function matrixValuesOf(job: Job, path: readonly string[]): readonly (Scalar | undefined)[] | undefined {
  const [name, ...rest] = path;
  if (name === undefined || job.matrix?.kind !== "mapping") return undefined;
  const axes = axesOf(job.matrix);
  const include = entryOf(job.matrix, "include")?.value;
  if (include && include.kind !== "sequence") return undefined;
  const axis = axes.find(({ key }) => key === name)?.value;
  if (axis && axis.kind !== "sequence") return undefined;
  const included = (include?.items ?? []).map((item) => entryOf(item, name)?.value);
  const fromIncludes = axis ? included.filter((value) => value !== undefined) : included;
  const values: (DataNode | undefined)[] = [...(axis?.items ?? []), ...fromIncludes];
  if (!axis && axes.length > 0) values.push(undefined);
  return values.map((value) => {
    const leaf = value && valueAt(value, ...rest);
    return leaf?.kind === "scalar" ? leaf : undefined;
  });
}
