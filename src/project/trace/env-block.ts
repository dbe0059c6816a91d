import { evaluateTemplate, type Lookup } from "../../documents/expression.ts";
import { unknown } from "../../documents/known.ts";
import type { Range, Source } from "../../documents/source.ts";
import type { EnvBlock } from "../../documents/step.ts";
import type { Bound, Layer } from "./environment.ts";

/** The scope that an `env` mapping makes, if it sets anything. Its members cannot refer to each other. */
export function blockLayer(block: EnvBlock, source: Source, lookup: Lookup): Layer | undefined {
  if (block.entries.length === 0 && !block.computed) return undefined;
  const bindings = new Map<string, Bound>();
  return (name) => {
    const memo = bindings.get(name);
    if (memo) return memo;
    const entry = block.entries.findLast((candidate) => candidate.name === name);
    if (!entry) return block.computed ? { state: "open", why: "the `env` mapping is an expression" } : undefined;
    const { value: template, keyRange } = entry;
    const range: Range = template ? [keyRange[0], template.node.range[1]] : keyRange;
    const bound: Bound = {
      state: "bound",
      value: template ? evaluateTemplate(template, lookup) : unknown("the value is no scalar"),
      place: { source, range },
      ...(template && { template }),
    };
    bindings.set(name, bound);
    return bound;
  };
}
