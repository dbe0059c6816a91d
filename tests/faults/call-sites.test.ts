import { expect, it } from "vitest";
import { jobsConcerning } from "../../src/faults/call-sites.ts";
import { Repository } from "../../src/project/repository.ts";
import { writeRepository } from "../support/temporary.ts";

const CALLED = ".github/workflows/called.yml";
const ACTION = ".github/actions/a/action.yml";

it.each(["./", "$/", ".\\"])("a file is entered by the workflows that use it with `%s`", (start) => {
  const repository = new Repository(
    writeRepository({
      ".github/workflows/ci.yml": `on: push\njobs:\n  call:\n    uses: ${start}${CALLED}\n  use:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: ${start}.github/actions/a\n`,
      [CALLED]: "on: workflow_call\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo\n",
      [ACTION]: "runs:\n  using: composite\n  steps:\n    - run: echo\n      shell: bash\n",
    }),
  );
  const callers = (path: string): readonly string[] =>
    jobsConcerning(repository, path)
      .flatMap(({ steps }) => steps)
      .filter(({ source }) => source.path === path)
      .flatMap(({ frames }) => frames.map(({ document }) => document.source.path));
  expect(callers(CALLED)).toEqual([".github/workflows/ci.yml"]);
  expect(callers(ACTION)).toEqual([".github/workflows/ci.yml"]);
});
