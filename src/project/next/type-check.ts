import { posix } from "node:path";
import { textOf } from "../../commands/arguments.ts";
import type { Invocation, RunBinary } from "../../commands/invocation.ts";
import { readSourceReads } from "../../documents/source-reads.ts";
import type { Source } from "../../documents/source.ts";
import { onceForEach } from "../../memo.ts";
import { STARTS_OTHERS } from "../../tools/executed-files.data.ts";
import { BUILD_FLAGS, SKIPS_TYPE_CHECK, UNCHECKED_FILES } from "../../tools/next.data.ts";
import { sourcesNamed } from "../executed/modules.ts";
import type { Repository } from "../repository.ts";
import { projectAt, type Project } from "../typescript/project.ts";
import { workspaceOf } from "../workspace.ts";

/** Whether a command builds an application with Next.js, which checks its types like `tsc`. */
export function isNextBuild(invocation: Invocation): invocation is RunBinary {
  return invocation.kind === "binary" && invocation.name === "next" && textOf(invocation.args[0]) === "build";
}

/** Whether a build has no flags but those that change nothing. */
export function isPlainBuild({ args }: RunBinary): boolean {
  return args.slice(1).every((word) => BUILD_FLAGS.has(textOf(word) ?? ""));
}

const importsOf = onceForEach((source: Source) => readSourceReads(source).imports);

/** The project whose types a build in a folder checks, if it certainly does. */
export function checkedByNext(repository: Repository, build: RunBinary, folder: string): readonly Project[] {
  const config = configOf(repository, build, folder);
  const project = config === undefined ? undefined : projectAt(repository, config);
  return project ? [project] : [];
}

/** Whether a build may keep the errors of a file to itself. */
export function isPassedOverByNext(path: string): boolean {
  return UNCHECKED_FILES.test(path);
}

function configOf(repository: Repository, build: RunBinary, folder: string): string | undefined {
  const config = posix.join(folder, "tsconfig.json");
  if (!isPlainBuild(build) || !repository.files.isTracked(config)) return undefined;
  const settings = sourcesNamed(repository, folder, ["next.config"]);
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
