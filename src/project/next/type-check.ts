import { posix } from "node:path";
import { textOf } from "../../commands/arguments.ts";
import type { Invocation, RunBinary } from "../../commands/invocation.ts";
import { readSourceReads } from "../../documents/source-reads.ts";
import type { Source } from "../../documents/source.ts";
import { onceForEach } from "../../memo.ts";
import { SOURCE_EXTENSIONS, STARTS_OTHERS } from "../../tools/executed-files.data.ts";
import { BUILD_FLAGS, SKIPS_TYPE_CHECK } from "../../tools/next.data.ts";
import type { Repository } from "../repository.ts";
import { workspaceOf } from "../workspace.ts";

/** Whether a command builds an application with Next.js, which checks its types like `tsc`. */
export function isNextBuild(invocation: Invocation): invocation is RunBinary {
  return invocation.kind === "binary" && invocation.name === "next" && textOf(invocation.args[0]) === "build";
}

const importsOf = onceForEach((source: Source) => readSourceReads(source).imports);

/** The tsconfig.json by which a build in a folder checks the types; undefined where it may check none. */
export function configOfNextBuild(repository: Repository, { args }: RunBinary, folder: string): string | undefined {
  const isPlain = args.slice(1).every((word) => BUILD_FLAGS.has(textOf(word) ?? ""));
  const config = posix.join(folder, "tsconfig.json");
  if (!isPlain || !repository.files.isTracked(config)) return undefined;
  const settings = SOURCE_EXTENSIONS.flatMap(
    (extension) => repository.files.read(posix.join(folder, `next.config${extension}`)) ?? [],
  );
  // What it takes from another module of the repository may say anything.
  const isOwn = (specifier: string): boolean => {
    const name = /^(?:@[^/]+\/)?[\w][^/]*/.exec(specifier)?.[0];
    return name === undefined || workspaceOf(repository, folder)?.byName.has(name) !== false;
  };
  const maySkip = settings.some(
    (source) => SKIPS_TYPE_CHECK.test(source.text) || STARTS_OTHERS.test(source.text) || importsOf(source).some(isOwn),
  );
  return maySkip ? undefined : config;
}
