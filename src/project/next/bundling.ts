import { posix } from "node:path";
import { textOf } from "../../commands/arguments.ts";
import type { RunBinary } from "../../commands/invocation.ts";
import { entryOf } from "../../documents/data.ts";
import { STARTS_OTHERS } from "../../tools/executed-files.data.ts";
import { BUILD_FLAGS, CHANGES_RESOLUTION, NEXT_VERSIONS } from "../../tools/next.data.ts";
import { liesWithin } from "../../tools/version-range.ts";
import { relativeTarget, type Loading } from "../executed/loading.ts";
import type { Repository } from "../repository.ts";
import { projectAt } from "../typescript/project.ts";
import { mappedTargets } from "../typescript/resolution.ts";
import { versionOf } from "../versions.ts";
import { packageFolderOf } from "../workspace.ts";
import { isUsualApp } from "./modules.ts";
import { routesOf } from "./routes.ts";

/** What a build in a folder bundles for the pages of an app; undefined where that is not certain. */
export function bundledByNext(repository: Repository, { args }: RunBinary, app: string): Loading | undefined {
  const isPlain = args.slice(1).every((word) => BUILD_FLAGS.has(textOf(word) ?? ""));
  const isKnown = liesWithin(versionOf(repository, "next", app), NEXT_VERSIONS);
  if (!isPlain || !isKnown || packageFolderOf(repository, app) !== app || !isUsualApp(repository, app))
    return undefined;
  const texts = repository.files
    .glob(app, ["next.config.*"])
    .map((name) => repository.files.read(posix.join(app, name)));
  if (texts.some((source) => !source || CHANGES_RESOLUTION.test(source.text) || STARTS_OTHERS.test(source.text)))
    return undefined;
  if (entryOf(repository.manifest(app)?.node, "sideEffects")) return undefined;
  const { served, pages } = routesOf(repository, app);
  const project = projectAt(repository, posix.join(app, "tsconfig.json"));
  return {
    entries: [...served, ...pages],
    setups: [],
    isBundled: false,
    isInOrder: false,
    targetOf: (importer, specifier) => {
      const mapped =
        project && packageFolderOf(repository, posix.dirname(importer)) === app
          ? mappedTargets(project, specifier)
          : undefined;
      return relativeTarget(importer, specifier) ?? (mapped?.length === 1 ? mapped[0] : undefined);
    },
  };
}
