// What actions/upload-artifact finds for its `path`: src/shared/search.ts of v4.4.0 to v7.0.0 with @actions/glob 0.5.0 and 0.6.1, 2026-11.

/** One line of a `path` that asks for something. */
export interface ArtifactPath {
  readonly text: string;
  /** Where it starts in the value. */
  readonly start: number;
  /** True where all that it can match is left out with the hidden files. */
  readonly isHidden: boolean;
}

/** Names up to the first wildcard are where the search starts. */
const WILDCARD = /[*?]/;
/** Classes and escapes, and what rather stands for something else: a variable that nothing expands, several paths on a line. */
const UNCLEAR = /[\\[$\s]/;
/** Refused anywhere but at the start: "Relative pathing '.' and '..' is not allowed." */
const RELATIVE = /(?:^(?:!\s*)?|\/)\.\.(?:\/|$)|\/\.(?:\/|$)/;

/**
 * What the lines of a `path` ask for; nothing where the action refuses one of them. Hidden is what starts with a dot where the search
 * starts and below; a folder above that may be hidden, `.next/static` is found. Where one path lies in another, the search starts at the outer one.
 * https://github.com/actions/toolkit/blob/main/packages/glob/src/internal-globber.ts
 */
export function artifactPaths(value: string): readonly ArtifactPath[] {
  const lines = [...value.matchAll(/[^\n]+/g)].map((match) => {
    const text = match[0].trim().replace(/^(?:!\s*!\s*)+/, "");
    return { text, start: match.index + match[0].indexOf(text) };
  });
  const patterns = lines.filter(({ text }) => text !== "" && !text.startsWith("#"));
  if (patterns.some(({ text }) => RELATIVE.test(text))) return [];
  const wanted = patterns.filter(({ text }) => !text.startsWith("!"));
  const roots = wanted.filter(({ text }) => !UNCLEAR.test(text)).map(({ text }) => rootOf(namesOf(text)));
  return wanted.map((line) => ({ ...line, isHidden: !UNCLEAR.test(line.text) && isHidden(namesOf(line.text), roots) }));
}

function isHidden(names: readonly string[], roots: readonly (readonly string[])[]): boolean {
  const own = rootOf(names);
  const outer = roots.filter((root) => root.every((name, index) => name === own[index]));
  const depth = Math.min(...outer.map(({ length }) => length));
  return names.slice(Math.max(depth - 1, 0)).some((name) => name.startsWith("."));
}

function rootOf(names: readonly string[]): readonly string[] {
  const end = names.findIndex((name) => WILDCARD.test(name));
  return end < 0 ? names : names.slice(0, end);
}

/** The names on the way from the workspace; those of an absolute path come after a `/`. */
function namesOf(text: string): readonly string[] {
  const names = text.split("/").filter((name) => name !== "" && name !== ".");
  return text.startsWith("/") ? ["/", ...names] : names;
}
