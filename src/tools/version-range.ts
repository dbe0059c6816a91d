import { intersects, satisfies, subset, validRange } from "semver";
import { onceForTexts } from "../memo.ts";

/** True where a version, or every version of a range, is in another range. `latest` and `*` are the newest. */
export function liesWithin(version: string | undefined, range: string): boolean {
  return version !== undefined && relationOf(version, range).isWithin;
}

/** True where a version, or every version of a range, is outside another range. */
export function liesOutside(version: string | undefined, range: string): boolean {
  return version !== undefined && relationOf(version, range).isOutside;
}

interface Relation {
  readonly isWithin: boolean;
  readonly isOutside: boolean;
}

/** The same few ranges are asked for again and again. */
const relationOf = onceForTexts((version: string, range: string): Relation => {
  if (version === "latest" || version === "*" || version === "") {
    const isWithin = satisfies("9999.0.0", range);
    return { isWithin, isOutside: !isWithin };
  }
  const valid = validRange(version);
  if (valid === null) return { isWithin: false, isOutside: false };
  return { isWithin: subset(valid, range), isOutside: !intersects(valid, range) };
});

/** Whether a version can be in both of two ranges, prereleases among them. */
export const canMeet = onceForTexts((range: string, other: string): boolean =>
  intersects(range, other, { includePrerelease: true }),
);
