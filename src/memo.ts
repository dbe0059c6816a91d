/** A function of an object that is worked out once for each, as long as the object lives. */
export function onceForEach<Key extends object, Value>(compute: (key: Key) => Value): (key: Key) => Value {
  const known = new WeakMap<Key, { readonly value: Value }>();
  return (key) => {
    let entry = known.get(key);
    if (!entry) known.set(key, (entry = { value: compute(key) }));
    return entry.value;
  };
}

const MAX_TEXTS = 10_000;

/** A function of texts that is worked out once for each; of more than a run can need none is kept. */
export function onceForTexts<Texts extends readonly string[], Value>(
  compute: (...texts: Texts) => Value,
): (...texts: Texts) => Value {
  const known = new Map<string, { readonly value: Value }>();
  return (...texts) => {
    const key = texts.join("\0");
    let entry = known.get(key);
    if (!entry) {
      if (known.size >= MAX_TEXTS) known.clear();
      known.set(key, (entry = { value: compute(...texts) }));
    }
    return entry.value;
  };
}
