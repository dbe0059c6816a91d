import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import type { RepositoryFiles } from "./temporary.ts";

/** The folder of the example that the incident happened in. */
export const INCIDENT = fileURLToPath(new URL("../../examples/incident", import.meta.url));

/** The files of a folder, by path. */
export function readFolder(folder: string): RepositoryFiles {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(
    paths.map((path) => [relative(folder, path).replaceAll("\\", "/"), readFileSync(path, "utf8")]),
  );
}

/** The repository of the incident with some of its text replaced: path → pairs of old and new text. */
export function incidentWith(
  changes: Readonly<Record<string, readonly (readonly [from: string, to: string])[]>>,
): RepositoryFiles {
  const files = { ...readFolder(INCIDENT) };
  for (const [path, replacements] of Object.entries(changes)) {
    for (const [from, to] of replacements) {
      const text = files[path];
      if (!text?.includes(from)) throw new Error(`${path} does not hold ${JSON.stringify(from)}`);
      files[path] = text.replace(from, to);
    }
  }
  return files;
}
