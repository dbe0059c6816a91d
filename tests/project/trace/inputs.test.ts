import { expect, it } from "vitest";
import { Repository } from "../../../src/project/repository.ts";
import { allRuns } from "../../../src/project/trace/runs.ts";
import { writeRepository } from "../../support/temporary.ts";

const STEP = (condition: string): string => `      - if: ${condition}\n        run: echo\n`;

/** Whether a step with a condition runs in a workflow that is called with a value for its input. */
function runs(declaration: string, value: string | undefined, condition: string): boolean {
  const repository = new Repository(
    writeRepository({
      ".github/workflows/ci.yml": `on: push\njobs:\n  a:\n    uses: ./.github/workflows/called.yml\n${value === undefined ? "" : `    with: { flag: ${value} }\n`}`,
      ".github/workflows/called.yml": `on: { workflow_call: { inputs: { flag: ${declaration} } } }\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n${STEP(condition)}`,
    }),
  );
  return allRuns(repository).some(({ steps }) => steps.length > 0);
}

it.each<[declaration: string, value: string | undefined, condition: string, isRun: boolean]>([
  ["{ type: boolean }", undefined, "inputs.flag", false],
  ["{ type: boolean, default: false }", undefined, "inputs.flag", false],
  ["{ type: boolean, default: true }", undefined, "inputs.flag == true", true],
  ["{ type: boolean }", "true", "inputs.flag == true", true],
  ["{ type: boolean, default: true }", "false", "${{ !inputs.flag }}", true],
  ["{ type: boolean }", "'${{ 1 == 2 }}'", "inputs.flag", false],
  ["{ type: string, default: 'false' }", undefined, "inputs.flag", true],
  ["{ type: string }", undefined, "inputs.flag", false],
  ["{ type: number }", undefined, "inputs.flag > 1", false],
  ["{ type: number, default: 2 }", undefined, "inputs.flag > 1", true],
])("an input %s that is given %s: %s", (declaration, value, condition, isRun) => {
  expect(runs(declaration, value, condition)).toBe(isRun);
});

it("an input of an action is a string, whatever it is declared to be", () => {
  const repository = new Repository(
    writeRepository({
      ".github/workflows/ci.yml": "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: ./a\n",
      "a/action.yml": `inputs: { flag: { type: boolean, default: false } }\nruns:\n  using: composite\n  steps:\n    - shell: bash\n      if: inputs.flag\n      run: echo\n`,
    }),
  );
  expect(allRuns(repository).flatMap(({ steps }) => steps.map(({ step }) => step.run?.text))).toEqual([
    undefined,
    "echo",
  ]);
});
