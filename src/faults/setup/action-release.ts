import type { Uses } from "../../documents/uses.ts";

/** The release of an action that a ref names, as written: `4`, `4.1.0`; undefined for a branch, and for a commit without a comment. */
export function releaseOf({ target }: Uses): string | undefined {
  if (target.kind !== "repository") return undefined;
  const { ref, versionComment } = target;
  if (/^[0-9a-f]{40}$/i.test(ref)) return versionComment;
  return /^v?(\d+(?:\.\d+){0,2})$/.exec(ref)?.[1];
}

/** Its first number. */
export function majorOf(uses: Uses): number | undefined {
  const release = releaseOf(uses);
  return release === undefined ? undefined : Number.parseInt(release);
}
