import { posix } from "node:path";
import { entryOf, stringOf } from "../../documents/data.ts";
import type { Known } from "../../documents/known.ts";
import { placeOf, type Place } from "../../documents/source.ts";
import { isRepository } from "../../project/trace/checkout.ts";
import type { Environment } from "../../project/trace/environment.ts";
import type { StepRun } from "../../project/trace/job-run.ts";
import { foldersUp, type Repository } from "../../project/repository.ts";
import { YARN_CHECK_VARIABLES, YARN_OF_IMAGES_RUNS } from "../../tools/manager-setup.data.ts";

/** A `packageManager` as written: `pnpm@9.1.0+sha512.…`. */
export interface DeclaredManager {
  readonly text: string;
  readonly place: Place;
}

/** The `packageManager` of a folder's package.json; undefined where it has none that is a text. */
export function declaredAt(repository: Repository, folder: string): DeclaredManager | undefined {
  const manifest = repository.manifest(folder);
  const node = manifest && entryOf(manifest.node, "packageManager")?.value;
  const text = stringOf(node);
  return manifest && node && text !== undefined ? { text, place: placeOf(manifest.source, node) } : undefined;
}

/** The declaration for which the Yarn of the images refuses to run in a folder; undefined where it may run. */
export function yarnMismatch(
  repository: Repository,
  { workspace }: StepRun,
  directory: Known<string>,
  environment: Environment,
): DeclaredManager | undefined {
  if (!isRepository(workspace) || !directory.known) return undefined;
  if (YARN_CHECK_VARIABLES.some((name) => environment.lookup(name).state !== "absent")) return undefined;
  const folders = [...foldersUp(directory.value)];
  const hasPath = folders.some((folder) =>
    [".yarnrc.yml", ".yarnrc"].some((name) =>
      /yarnPath|yarn-path/.test(repository.files.read(posix.join(folder, name))?.text ?? ""),
    ),
  );
  const declared = folders.flatMap((folder) => declaredAt(repository, folder) ?? [])[0];
  return !hasPath && declared && !YARN_OF_IMAGES_RUNS.test(declared.text) ? declared : undefined;
}
