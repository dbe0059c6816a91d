import { readBundledReads } from "../../documents/bundled-reads.ts";
import { onceForEach } from "../../memo.ts";
import { mayLoadFirst } from "../../project/executed/loaders.ts";
import { builtApp, evaluatedIn, sourcesOf } from "../../project/next/built-app.ts";
import { folderOf, foldersUp, type Repository } from "../../project/repository.ts";
import type { Reach } from "../../project/trace/reach.ts";
import { dotenvNames } from "../environment/dotenv-files.ts";
import { NOTHING_READ, type ReadPlace, type ReadPlaces } from "./executed-sources.ts";

const readsOf = onceForEach(readBundledReads);

/**
 * What the modules of an app certainly read when a reached command builds it, where one of them mentions a variable at all: `next build`
 * evaluates them, to serve or to prerender pages.
 */
export function evaluatedReads({ packages }: Repository, reach: Reach, name: string): ReadPlaces {
  const app = mayLoadFirst(reach) ? undefined : builtApp(packages, reach);
  const isMentioned = app !== undefined && sourcesOf(packages, app).some(({ text }) => text.includes(name));
  return isMentioned ? packages.deriveFor(app, readsIn) : NOTHING_READ;
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
