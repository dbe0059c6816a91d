import { textOf } from "../../commands/arguments.ts";
import type { RunBinary } from "../../commands/invocation.ts";
import { known, type Known } from "../../documents/known.ts";
import type { ReachOf } from "../../project/trace/reach-index.ts";
import type { Repository } from "../../project/repository.ts";
import { packageFolderOf } from "../../project/workspace.ts";
import type { Lack } from "./lack.ts";

/** `bun build` where a package has a script of that name: Bun's bundler fails without an entrypoint. Seen with 1.2.18, 1.3.1 and 1.4.5. */
export function bundlerLack(
  repository: Repository,
  { invocation: { name, args }, directory }: ReachOf<RunBinary>,
): Known<Lack> | undefined {
  const [word, ...others] = args;
  if (name !== "bun" || !word || textOf(word) !== "build" || others.length > 0 || !directory.known) return undefined;
  const folder = packageFolderOf(repository, directory.value);
  if (folder === undefined || repository.manifest(folder)?.scripts.has("build") !== true) return undefined;
  return known({
    kind: "bundlerCommand",
    names: ["build"],
    owner: undefined,
    similar: "run build",
    words: [word, word],
  });
}
