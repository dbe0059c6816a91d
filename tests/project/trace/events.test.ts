import { expect, it } from "vitest";
import { Repository } from "../../../src/project/repository.ts";
import { allRuns } from "../../../src/project/trace/runs.ts";
import { writeRepository } from "../../support/temporary.ts";

/** Whether a step with a condition runs in a workflow that is called by jobs with another. */
function runs(on: string, call: string | undefined, condition: string, flag = "''"): boolean {
  const repository = new Repository(
    writeRepository({
      ".github/workflows/ci.yml": `on: ${on}\njobs:\n  a:\n    uses: ./.github/workflows/called.yml\n    with: { flag: ${flag} }\n${call === undefined ? "" : `    if: ${call}\n`}`,
      ".github/workflows/called.yml": `on: { workflow_call: { inputs: { flag: { type: boolean } } } }\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - if: ${condition}\n        run: echo\n`,
    }),
  );
  return allRuns(repository).some(({ steps }) => steps.length > 0);
}

it.each<[on: string, call: string | undefined, condition: string, isRun: boolean]>([
  ["pull_request", undefined, "github.event_name == 'push'", false],
  ["pull_request", undefined, "github.event_name != 'pull_request'", false],
  ["pull_request", undefined, "github.ref == 'refs/heads/main'", false],
  ["pull_request", undefined, "startsWith(github.ref, 'refs/tags/')", false],
  ["pull_request", undefined, "github.head_ref != 'main'", true],
  ["pull_request", undefined, "github.actor == 'dependabot[bot]'", true],
  ["push", undefined, "github.event_name == 'push'", true],
  ["push", undefined, "github.event_name == 'workflow_dispatch'", false],
  ["push", undefined, "github.ref == 'refs/heads/main'", true],
  ["push", undefined, "github.base_ref == 'main'", false],
  ["[push, pull_request]", undefined, "github.event_name == 'push'", true],
  ["[push, pull_request]", undefined, "github.event_name == 'schedule'", false],
  ["[push, pull_request]", "github.event_name == 'pull_request'", "github.event_name == 'push'", false],
  ["[push, pull_request]", "github.event_name == 'push'", "github.ref == 'refs/heads/main'", true],
  ["[push, pull_request]", "github.event_name != 'push'", "github.ref == 'refs/heads/main'", false],
])("on %s, called if %s: %s", (on, call, condition, isRun) => {
  expect(runs(on, call, condition)).toBe(isRun);
});

it.each([
  ["pull_request", false],
  ["push", true],
  ["[push, pull_request]", true],
])("on %s an input that tells of the event is known where only one can be", (on, isRun) => {
  expect(runs(on, undefined, "inputs.flag", "\"${{ github.event_name == 'push' }}\"")).toBe(isRun);
});

it("a script sees the event", () => {
  const repository = new Repository(
    writeRepository({
      ".github/workflows/ci.yml": `on: pull_request\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: if [ "$GITHUB_EVENT_NAME" = push ]; then deploy; else check; fi\n`,
    }),
  );
  const texts = allRuns(repository).flatMap(({ steps }) => steps.flatMap(({ reaches }) => reaches));
  expect(texts.map(({ located }) => located.text)).not.toContain("deploy");
});
