import { posix } from "node:path";
import { entryOf, stringOf } from "../../documents/data.ts";
import { dependencyRange } from "../../documents/manifest.ts";
import type { Repository } from "../../project/repository.ts";
import type { Workspace, WorkspacePackage } from "../../project/workspace.ts";

/** The folder of a Convex project's functions. https://docs.convex.dev/production/project-configuration#convexjson */
export function functionsFolderOf(repository: Repository, folder: string): string {
  const configuration = repository.json(posix.join(folder, "convex.json"));
  return posix.join(folder, stringOf(entryOf(configuration?.root, "functions")?.value) ?? "convex");
}

/** A package that holds the functions of a Convex backend. */
export interface ConvexBackend {
  readonly package: WorkspacePackage;
  /** Relative to the repository root. */
  readonly functions: string;
}

/** The Convex backends of a workspace: packages with the dependency, and a folder with a schema or generated code. */
export function backendsOf({ packages }: Repository, workspace: Workspace): readonly ConvexBackend[] {
  return packages.deriveFor(workspace, findBackends);
}

function findBackends(repository: Repository, { packages }: Workspace): readonly ConvexBackend[] {
  const dependents = packages.filter(({ manifest }) => dependencyRange(manifest, "convex") !== undefined);
  return dependents.flatMap((member) => {
    const functions = functionsFolderOf(repository, member.directory);
    const isBackend = ["schema.ts", "schema.js", "_generated"].some((name) =>
      repository.files.exists(posix.join(functions, name)),
    );
    return isBackend ? [{ package: member, functions }] : [];
  });
}
