import { describe, expect, it } from "vitest";
import { loaderOf } from "../../../src/project/executed/loaders.ts";
import { loadedImports } from "../../../src/project/executed/loading.ts";
import { Repository } from "../../../src/project/repository.ts";
import { allRuns } from "../../../src/project/trace/runs.ts";
import { withoutExtension } from "../../../src/project/typescript/resolution.ts";
import { writeRepository, type RepositoryFiles } from "../../support/temporary.ts";
import { LOADING_CASES } from "./loading-cases.ts";

const WORKFLOW = ".github/workflows/ci.yml";

/** The modules of a repository that a command looks for and that are not there. */
function missingFor(files: RepositoryFiles, command: string): readonly string[] {
  const workflow = `on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: ${command.startsWith("vit") ? `npx ${command}` : command}\n`;
  const repository = new Repository(writeRepository({ ...files, [WORKFLOW]: workflow }));
  const reaches = allRuns(repository).flatMap(({ steps }) => steps.flatMap((step) => step.reaches));
  return reaches.flatMap((reach) => {
    const loading = reach.directory.known ? loaderOf(reach)?.loadingIn(repository, reach.directory.value) : undefined;
    const targets = loading ? loadedImports(repository, loading).map(({ target }) => target) : [];
    const isThere = (target: string): boolean =>
      [".ts", ".js"].some((extension) => repository.files.exists(withoutExtension(target) + extension));
    return targets.filter((target) => !isThere(target));
  });
}

describe("what a command misses", () => {
  it.each(LOADING_CASES)("$what", ({ files, command, missing }) => {
    expect(missingFor(files, command)).toEqual(missing === undefined ? [] : [missing]);
  });
});
