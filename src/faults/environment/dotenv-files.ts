import { posix } from "node:path";
import type { Repository } from "../../project/repository.ts";

/** What shows how a dotenv file looks; nothing reads it. */
const EXAMPLES = [".env.{dist,example,sample,template}*", ".env.*.{dist,example,sample,template}"];

/** The variables that the committed dotenv files of a folder name; many tools read those by themselves. */
export function dotenvNames({ packages }: Repository, folder: string): ReadonlySet<string> {
  return packages.deriveFor(folder, findNames);
}

function findNames({ files }: Repository, folder: string): ReadonlySet<string> {
  const names = files
    .glob(folder, [".env", ".env.*"], EXAMPLES)
    .map((path) => posix.join(folder, path))
    .filter((path) => files.isTracked(path))
    .flatMap((path) => namesIn(files.read(path)?.text ?? ""));
  return new Set(names);
}

function namesIn(dotenv: string): readonly string[] {
  return Array.from(dotenv.matchAll(/^[ \t]*(?:export[ \t]+)?([\w.-]+)[ \t]*[=:]/gm), ([, name = ""]) => name);
}
