import { posix } from "node:path";
import type { RunBinary } from "../../commands/invocation.ts";
import { STARTS_OTHERS } from "../../tools/executed-files.data.ts";
import { CHANGES_RESOLUTION, NEXT_VERSIONS } from "../../tools/next.data.ts";
import { liesWithin } from "../../tools/version-range.ts";
import { loadingFrom, relativeTarget, type Loading } from "../executed/loading.ts";
import { passesOver } from "../executed/vite.ts";
import type { Repository } from "../repository.ts";
import { projectAt } from "../typescript/project.ts";
import { mappedTargets } from "../typescript/resolution.ts";
import { versionOf } from "../versions.ts";
import { packageFolderOf } from "../workspace.ts";
import { isUsualApp } from "./modules.ts";
import { routesOf } from "./routes.ts";
import { isPlainBuild } from "./type-check.ts";

/** What a build in a folder bundles for the pages of an app; undefined where that is not certain. */
export function bundledByNext(repository: Repository, build: RunBinary, app: string): Loading | undefined {
  const isKnown = liesWithin(versionOf(repository, "next", app), NEXT_VERSIONS);
  if (!isPlainBuild(build) || !isKnown || packageFolderOf(repository, app) !== app || !isUsualApp(repository, app))
    return undefined;
  const texts = repository.files
    .glob(app, ["next.config.*"])
    .map((name) => repository.files.read(posix.join(app, name)));
  if (texts.some((source) => !source || CHANGES_RESOLUTION.test(source.text) || STARTS_OTHERS.test(source.text)))
    return undefined;
  if (passesOver(repository, app)) return undefined;
  const { served, pages } = routesOf(repository, app);
  const project = projectAt(repository, posix.join(app, "tsconfig.json"));
  return loadingFrom([...served, ...pages], {
    targetOf: (importer, specifier) => {
      const mapped =
        project && packageFolderOf(repository, posix.dirname(importer)) === app
          ? mappedTargets(project, specifier)
          : undefined;
      return relativeTarget(importer, specifier) ?? (mapped?.length === 1 ? mapped[0] : undefined);
    },
  });
}
