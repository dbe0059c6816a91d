import type { RunBinary } from "../../src/commands/invocation.ts";
import { bunSourcesOf, type BunSource } from "../../src/faults/bun/bun-source.ts";
import type { Reach } from "../../src/project/trace/reach.ts";
import { Repository } from "../../src/project/repository.ts";
import { allRuns } from "../../src/project/trace/runs.ts";
import { writeRepository, type RepositoryFiles } from "../support/temporary.ts";

/** The path of the only workflow. */
export const WORKFLOW = ".github/workflows/ci.yml";

/** A repository whose only job has the given steps after a checkout, and further keys. */
export function repositoryWith(steps: readonly string[], files: RepositoryFiles = {}, job = ""): Repository {
  const lines = ["on: push", "jobs:", "  build:", "    runs-on: ubuntu-latest", ...(job === "" ? [] : [`    ${job}`])];
  const items = ["uses: actions/checkout@v5", ...steps].map((step) => `      - ${step}`);
  return new Repository(writeRepository({ ...files, [WORKFLOW]: [...lines, "    steps:", ...items, ""].join("\n") }));
}

/** What a line of shell reaches. */
export function reachesOf(line: string, files: RepositoryFiles = {}): readonly Reach[] {
  const repository = repositoryWith([`run: ${JSON.stringify(line)}`], { "package.json": "{}", ...files });
  return allRuns(repository).flatMap(({ steps }) => steps.flatMap(({ reaches }) => reaches));
}

/** The executable that a line of shell runs. */
export function binaryOf(line: string): RunBinary {
  const binary = reachesOf(line)
    .map(({ invocation }) => invocation)
    .find((invocation) => invocation.kind === "binary");
  if (!binary) throw new Error(`${line} runs no executable`);
  return binary;
}

/** The sources of Bun in a repository's only job. */
export function sourcesOf(repository: Repository): readonly BunSource[] {
  return allRuns(repository).flatMap((job) => bunSourcesOf(repository, job));
}
