import { readBundledReads } from "../../documents/bundled-reads.ts";
import type { Source } from "../../documents/source.ts";
import { onceForEach } from "../../memo.ts";
import { mayLoadFirst } from "../../project/executed/loaders.ts";
import { builtApp, evaluatedIn, sourcesOf } from "../../project/next/built-app.ts";
import { folderOf, foldersUp, type Repository } from "../../project/repository.ts";
import type { Reach } from "../../project/trace/reach.ts";
import { packageFolderOf } from "../../project/workspace.ts";
import { dotenvNames } from "../environment/dotenv-files.ts";
import type { ReadPlace, ReadPlaces } from "./executed-sources.ts";

const readsOf = onceForEach(readBundledReads);

/** Where a module certainly reads a variable when a reached command builds an app: `next build` evaluates it, to serve or to prerender pages. */
export function evaluatedRead({ packages }: Repository, reach: Reach, name: string): ReadPlace | undefined {
  const app = mayLoadFirst(reach) ? undefined : builtApp(packages, reach);
  if (app === undefined) return undefined;
  // Which modules are evaluated need not be known where none could read it.
  const isReading = (source: Source): boolean => {
    if (!source.text.includes(name)) return false;
    const { variables, isKept } = readsOf(source);
    return variables.has(name) && (isKept || packageFolderOf(packages, folderOf(source.path)) === app);
  };
  return sourcesOf(packages, app).some(isReading) ? packages.deriveFor(app, readsIn).get(name) : undefined;
}

function readsIn(repository: Repository, app: string): ReadPlaces {
  const { modules, written } = evaluatedIn(repository, app);
  const places = new Map<string, ReadPlace>();
  for (const { source, isEntered } of modules) {
    const { variables, isKept } = readsOf(source);
    if (!isEntered && !isKept) continue;
    // A module of a package may load the dotenv file that lies there.
    const isInFile = (name: string): boolean =>
      [...foldersUp(folderOf(source.path))].some((folder) => dotenvNames(repository, folder).has(name));
    for (const [name, { offset, unlessSet }] of variables) {
      if (!places.has(name) && !written.has(name) && !isInFile(name))
        places.set(name, { place: { source, range: [offset, offset] }, unlessSet });
    }
  }
  return places;
}
