import { posix } from "node:path";
import { known, unknown, type Known } from "../documents/known.ts";

/** A path from a directory; an absolute path replaces it. */
export function joinDirectory(from: Known<string>, to: Known<string>): Known<string> {
  if (!to.known) return to;
  // Nearly all commands stay where they are.
  if (to.value === "") return from;
  if (to.value.startsWith("/")) return known(normalizeDirectory(to.value));
  if (to.value.startsWith("~") || to.value === "-") return unknown("the directory is one of the machine");
  return from.known ? known(normalizeDirectory(posix.join(from.value, to.value))) : from;
}

/** Without `.` segments and slashes at the end; the start itself is the empty string. */
export function normalizeDirectory(path: string): string {
  // Most are normal already.
  if (!/[.\\]|\/\/|\/$/.test(path)) return path;
  const normal = posix.normalize(path.replaceAll("\\", "/"));
  const bare = normal.length > 1 && normal.endsWith("/") ? normal.slice(0, -1) : normal;
  return bare === "." ? "" : bare;
}
