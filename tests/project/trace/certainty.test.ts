import { expect, it } from "vitest";
import { Repository } from "../../../src/project/repository.ts";
import { isCertainlyReached } from "../../../src/project/trace/certainty.ts";
import { allRuns } from "../../../src/project/trace/runs.ts";
import { writeRepository, type RepositoryFiles } from "../../support/temporary.ts";

const ASKS_GIT = "git diff --quiet || echo found=true >> $GITHUB_OUTPUT";
const ASKS_FOR_KEY = "test -z '${{ secrets.KEY }}' || echo found=true >> $GITHUB_OUTPUT";

/** A job `look` that says what a script finds. */
const look = (script: string): string => `  look:
    runs-on: ubuntu-latest
    outputs: { found: "\${{ steps.look.outputs.found }}" }
    steps:
      - id: look
        run: ${script}
`;
const called = (jobs = ""): RepositoryFiles => ({
  ".github/workflows/called.yml": `on: workflow_call\njobs:\n${jobs}  last:\n    runs-on: ubuntu-latest\n    steps:\n      - run: last\n`,
});
const calling = (script: string): RepositoryFiles => ({
  ".github/workflows/ci.yml": `on: push\njobs:\n${look(script)}  call:\n    needs: look\n    if: needs.look.outputs.found == 'true'\n    uses: ./.github/workflows/called.yml\n`,
});
const action = (script: string): RepositoryFiles => ({
  "a/action.yml": `runs:\n  using: composite\n  steps:\n    - id: look\n      shell: bash\n      run: ${script}\n    - shell: bash\n      if: steps.look.outputs.found == 'true'\n      run: last\n`,
});
const using = (script: string): RepositoryFiles => ({
  ".github/workflows/ci.yml": `on: push\njobs:\n  use:\n    runs-on: ubuntu-latest\n    steps:\n      - id: look\n        run: ${script}\n      - uses: ./a\n`,
});
const onlyStep = (condition: string, before = ""): string =>
  `on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n${before}      - if: ${condition}\n        run: last\n`;

it.each<[name: string, files: RepositoryFiles, isCertain: boolean]>([
  ["a call whose condition asks what changed", { ...calling(ASKS_GIT), ...called() }, true],
  [
    "a call that names the job before in other letters",
    {
      ".github/workflows/ci.yml": `on: push\njobs:\n${look(ASKS_GIT)}  call:\n    needs: Look\n    if: needs.LOOK.outputs.found == 'true'\n    uses: ./.github/workflows/called.yml\n`,
      ...called(),
    },
    true,
  ],
  ["a call whose condition asks for a key", { ...calling(ASKS_FOR_KEY), ...called() }, false],
  [
    "a call whose condition asks for a key, where the called workflow has a job of that name",
    { ...calling(ASKS_FOR_KEY), ...called(look(ASKS_GIT)) },
    false,
  ],
  ["a step of an action that asks what changed", { ...using("true"), ...action(ASKS_GIT) }, true],
  [
    "a step of an action that asks for a key, where the job has a step of that name",
    { ...using(ASKS_GIT), ...action('test -z "$DEPLOY_KEY" || echo found=true >> $GITHUB_OUTPUT') },
    false,
  ],
  [
    "a step of an action that asks what changed, where a step of the job of that name asks for a key",
    { ...using(ASKS_FOR_KEY), ...action(ASKS_GIT) },
    true,
  ],
  [
    "a call whose condition asks what the checkout has",
    { ...calling("test -f x || echo found=true"), ...called() },
    false,
  ],
  [
    "a call whose condition asks for a script",
    { ...calling("npm run | grep -q x || echo found=true"), ...called() },
    false,
  ],
  ["a step whose condition asks for a file", { ".github/workflows/ci.yml": onlyStep("hashFiles('x') != ''") }, false],
  [
    "a step whose condition asks an action for a file",
    {
      ".github/workflows/ci.yml": onlyStep(
        "steps.x.outputs.files_exists == 'true'",
        "      - { id: x, uses: andstor/file-existence-action@v3 }\n",
      ),
    },
    false,
  ],
  ["a step whose condition asks for the actor", { ".github/workflows/ci.yml": onlyStep("github.actor != 'x'") }, true],
])("%s", (_, files, isCertain) => {
  const repository = new Repository(writeRepository(files));
  const runs = allRuns(repository).flatMap(({ steps }) => steps);
  const verdicts = runs.flatMap((run) =>
    run.reaches.filter(({ located }) => located.text === "last").map((reach) => isCertainlyReached(run, reach)),
  );
  expect(verdicts).toEqual([isCertain]);
});
