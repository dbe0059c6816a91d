/** One file as text. Paths are relative to the repository root, with forward slashes; the text has no byte order mark. */
export interface Source {
  readonly path: string;
  readonly text: string;
}

/** Half-open range of UTF-16 offsets into a source's text. */
export type Range = readonly [start: number, end: number];

/** A place in a file. */
export interface Place {
  readonly source: Source;
  readonly range: Range;
}

/** Where a node stands. Only a place whose range is asked for makes the node find its own. */
export function placeOf(source: Source, node: { readonly range: Range }): Place {
  return {
    source,
    get range() {
      return node.range;
    },
  };
}

/** Where the key of an entry stands, in the same way. */
export function keyPlaceOf(source: Source, entry: { readonly keyRange: Range }): Place {
  return {
    source,
    get range() {
      return entry.keyRange;
    },
  };
}

const lineStartsOf = new WeakMap<Source, readonly number[]>();

function lineStarts(source: Source): readonly number[] {
  let starts = lineStartsOf.get(source);
  if (!starts) {
    starts = [0, ...Array.from(source.text.matchAll(/\r\n|[\n\r]/g), (match) => match.index + match[0].length)];
    lineStartsOf.set(source, starts);
  }
  return starts;
}

/** The 1-based line that holds `offset`. */
export function lineOf(source: Source, offset: number): number {
  const starts = lineStarts(source);
  let low = 0;
  let high = starts.length;
  while (low + 1 < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle;
  }
  return low + 1;
}

/** `path:line`, as messages name the other end of a finding. */
export function describePlace(place: Place): string {
  return `${place.source.path}:${String(lineOf(place.source, place.range[0]))}`;
}

/** The comment behind a place on its line, in YAML; empty where there is none. */
export function commentBehind({ source: { text }, range: [, end] }: Place): string {
  return /^["']?[ \t]+(#.*)/.exec(text.slice(end))?.[1] ?? "";
}
