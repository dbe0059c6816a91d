import { intersects, satisfies, subset, validRange } from "semver";

/** True where a version, or every version of a range, is in another range. `latest` and `*` are the newest. */
export function liesWithin(version: string | undefined, range: string): boolean {
  if (version === undefined) return false;
  if (isNewest(version)) return satisfies("9999.0.0", range);
  const valid = validRange(version);
  return valid !== null && subset(valid, range);
}

/** True where a version, or every version of a range, is outside another range. */
export function liesOutside(version: string | undefined, range: string): boolean {
  if (version === undefined) return false;
  if (isNewest(version)) return !satisfies("9999.0.0", range);
  const valid = validRange(version);
  return valid !== null && !intersects(valid, range);
}

function isNewest(version: string): boolean {
  return version === "latest" || version === "*" || version === "";
}
