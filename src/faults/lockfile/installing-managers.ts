import { posix } from "node:path";
import type { PackageManager } from "../../commands/invocation.ts";
import { stringOf, entryOf } from "../../documents/data.ts";
import { reachesOfKind } from "../../project/trace/reach-index.ts";
import { allRuns } from "../../project/trace/runs.ts";
import type { Repository } from "../../project/repository.ts";
import { workspaceOf } from "../../project/workspace.ts";

/** The package managers with which workflows install what lies in a workspace, or in a folder that is not known. */
export function managersInCi(repository: Repository, root: string): ReadonlySet<PackageManager> {
  const installs = allRuns(repository)
    .flatMap(({ steps }) => steps.flatMap(({ reaches }) => reachesOfKind(reaches, "install")))
    .filter(({ directory }) => !directory.known || workspaceOf(repository, directory.value)?.root.directory === root);
  return new Set(installs.map(({ invocation }) => invocation.manager));
}

/** The package managers that a host is told to install with. https://vercel.com/docs/project-configuration#installcommand */
export function managersOfHost(repository: Repository, root: string): ReadonlySet<string> {
  const config = repository.json(posix.join(root, "vercel.json"))?.root;
  const command = stringOf(entryOf(config, "installCommand")?.value) ?? "";
  return new Set(command.match(/\b(?:npm|pnpm|yarn|bun)\b/g));
}
