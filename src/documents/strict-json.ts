import { entryOf, type DataNode, type Entry, type Mapping, type Scalar, type Sequence } from "./data.ts";
import type { Range } from "./source.ts";

/** Finds the value, or its entry, in the tree with positions. */
type Locate<T> = () => T | undefined;

/**
 * The value of a strict JSON text as nodes, undefined for other texts. The nodes ask `locate` for the tree with positions only
 * when they are asked for one: of the hundreds of package.json files that a monorepo has, a finding names one or two.
 */
export function readStrictJson(text: string, locate: Locate<DataNode>): DataNode | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  return nodeOf(value, locate);
}

function nodeOf(value: unknown, locate: Locate<DataNode>): DataNode {
  if (Array.isArray(value)) return new LazySequence(value, locate);
  if (typeof value === "object" && value !== null) return new LazyMapping(value, locate);
  return new LazyScalar(value as Scalar["value"], locate);
}

abstract class Located<T extends { readonly range: Range }> {
  protected readonly locate: Locate<T>;

  constructor(locate: Locate<T>) {
    this.locate = locate;
  }

  get range(): Range {
    return this.locate()?.range ?? [0, 0];
  }
}

class LazyScalar extends Located<DataNode> implements Scalar {
  readonly kind = "scalar";
  readonly style = "json";
  readonly value: Scalar["value"];

  constructor(value: Scalar["value"], locate: Locate<DataNode>) {
    super(locate);
    this.value = value;
  }
}

class LazySequence extends Located<DataNode> implements Sequence {
  readonly kind = "sequence";
  readonly style = "json";
  readonly items: readonly DataNode[];

  constructor(values: readonly unknown[], locate: Locate<DataNode>) {
    super(locate);
    this.items = values.map((value, index) =>
      nodeOf(value, () => {
        const node = locate();
        return node?.kind === "sequence" ? node.items[index] : undefined;
      }),
    );
  }
}

class LazyMapping extends Located<DataNode> implements Mapping {
  readonly kind = "mapping";
  readonly style = "json";
  readonly #value: object;
  #entries: readonly Entry[] | undefined;

  constructor(value: object, locate: Locate<DataNode>) {
    super(locate);
    this.#value = value;
  }

  get entries(): readonly Entry[] {
    return (this.#entries ??= Object.entries(this.#value).map(
      ([key, value]) => new LazyEntry(key, value, () => entryOf(this.locate(), key)),
    ));
  }
}

class LazyEntry extends Located<Entry> implements Entry {
  readonly merged = false;
  readonly key: string;
  readonly value: DataNode;

  constructor(key: string, value: unknown, locate: Locate<Entry>) {
    super(locate);
    this.key = key;
    this.value = nodeOf(value, () => locate()?.value);
  }

  get keyRange(): Range {
    return this.locate()?.keyRange ?? [0, 0];
  }
}
